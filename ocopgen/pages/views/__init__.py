"""What a template may see: plain values, in one language."""

from ocopgen.pages.views.desk import Desk, Page, Photos
from ocopgen.pages.views.pages import pages

__all__ = ["Desk", "Page", "Photos", "pages"]

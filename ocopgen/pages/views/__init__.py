"""What a template may see: plain values, in one language."""

from ocopgen.pages.views.desk import Desk, File, Page, Photos, Sought
from ocopgen.pages.views.pages import feed_pages, moves, pages
from ocopgen.pages.views.press import Press

__all__ = ["Desk", "File", "Page", "Photos", "Press", "Sought", "feed_pages", "moves", "pages"]

"""What a template may see: plain values, in one language."""

from ocopgen.pages.views.desk import Batch, Desk, File, Page, Photos, Sought
from ocopgen.pages.views.pages import batches, feed_batches, feed_pages, moves, pages
from ocopgen.pages.views.press import Press

__all__ = [
    "Batch",
    "Desk",
    "File",
    "Page",
    "Photos",
    "Press",
    "Sought",
    "batches",
    "feed_batches",
    "feed_pages",
    "moves",
    "pages",
]

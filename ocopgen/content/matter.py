"""The front matter of Markdown files, exactly as written."""

from ocopgen.content.fields import Count, Line, Reference
from ocopgen.content.record import Record
from ocopgen.content.records import Source


class Story(Record):
    """The front matter of a product's story; the text itself is beside it."""

    title: Line
    summary: Line | None = None
    sources: tuple[Source, ...] = ()


class ContentPage(Story):
    """The front matter of a page that stands by itself."""

    path: Reference | None = None
    """Its word in the address; absent: the page's id."""
    order: Count | None = None
    """Its place in the footer; absent: not in it."""

"""What views are made from, and what a page is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.content.edition import Edition
from ocopgen.content.load import Entry
from ocopgen.pages.assets import Assets
from ocopgen.pages.messages import Messages
from ocopgen.pages.photos import Measured
from ocopgen.pages.routes import Address, Routes

Photos = Mapping[tuple[str, str], tuple[Digest, Measured]]
"""The digest and the measures of each photo, by its folder and file name."""


class Manual(Struct, frozen=True):
    """The printed manual that the site offers in one language."""

    url: str
    size: int
    """In bytes."""


class Desk(Struct, frozen=True):
    """All that the pages of one edition are made from."""

    edition: Edition
    t: Messages
    routes: Routes
    photos: Photos
    assets: Assets
    manual: Manual | None = None
    """Absent: the site offers none."""


class Sought(Struct, frozen=True):
    """A page that search engines may list."""

    address: Address
    languages: Collection[str] | None = None
    """In which its words are written; absent: in all."""
    entry: Entry[Any] | None = None
    """The record that it is the page of; absent: of none."""


@dataclass(frozen=True)
class Page:
    """A page that the site shall have; its view is made only when somebody looks at it."""

    path: str
    """Where it lies in the site's folder."""
    template: str
    origin: Spot
    """The file that asks for the page."""
    make: Callable[[], Any] = field(compare=False)
    """Makes the view."""
    code: str = ""
    """The address that the QR code beside the page leads to; empty: it has none."""
    recipe: Callable[[], Digest] | None = field(default=None, compare=False)
    """Equal recipes, equal views; None where to make the view costs no more than to tell that."""

    sought: Sought | None = field(default=None, compare=False)
    """Absent: nobody is to look for the page."""

    @cached_property
    def name(self) -> str | None:
        """Return one name for all that the view is made of; None where nobody can tell."""
        return f"view {self.recipe()}" if self.recipe else None

    @cached_property
    def view(self) -> Any:  # noqa: ANN401 - a template knows which view it wants
        """Return what the template may see as `page`: plain values only."""
        return self.make()


class File(Struct, frozen=True):
    """A file beside the pages, for machines; small enough to be written anew by every plan."""

    path: str
    """Where it lies in the site's folder."""
    content: bytes
    origin: Spot
    """The file of content/ that asks for it."""

"""What views are made from, and what a page is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.content.edition import Edition
from ocopgen.content.load import Entry
from ocopgen.content.record import Record
from ocopgen.content.words import Words
from ocopgen.pages.assets import Assets
from ocopgen.pages.messages import Messages
from ocopgen.pages.photos import Measured
from ocopgen.pages.routes import Address, Routes, address_of
from ocopgen.pages.views.shown import Shown

if TYPE_CHECKING:
    from ocopgen.pages.views.press import Press

R = TypeVar("R", bound=Record)

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
    shown: Shown | None = None
    """What the editions of one site find out together; absent: each does so by itself."""


class Sought(Struct, frozen=True, gc=False):
    """A page that search engines may list."""

    address: Address
    languages: Collection[str] | None = None
    """In which its words are written; absent: in all."""
    entry: Entry[Any] | None = None
    """The record that it is the page of; absent: of none."""


class Page(Protocol):
    """A page that the site shall have; its view is made only when somebody looks at it."""

    @property
    def path(self) -> str:
        """Return where it lies in the site's folder."""

    @property
    def template(self) -> str:
        """Return the name of its template."""

    @property
    def origin(self) -> Spot:
        """Return the file that asks for the page."""

    @property
    def code(self) -> str:
        """Return the address that the QR code beside the page leads to; empty: it has none."""

    @property
    def sought(self) -> Sought | None:
        """Return what search engines may list; None: nobody is to look for the page."""

    @property
    def name(self) -> Digest | None:
        """Return one name for all that the view is made of.

        None: to make the view costs no more than to tell that. Nothing here is held, and this
        takes a while: whoever needs it twice keeps it.
        """

    @property
    def view(self) -> Any:  # noqa: ANN401 - a template knows which view it wants
        """Return what the template may see as `page`, plain values only: it is made for this."""


class SinglePage(Struct, frozen=True):
    """A page unlike any other of the edition, or a part of a list."""

    path: str
    template: str
    origin: Spot
    make: Callable[[], Any]
    sought: Sought | None = None
    recipe: Callable[[], Digest] | None = None
    """Finds out what the view is made of; absent: nobody can tell."""

    @property
    def code(self) -> str:
        """Return that no QR code leads there."""
        return ""

    @property
    def name(self) -> Digest | None:
        """Return one name for all that the view is made of; None where nobody can tell."""
        return self.recipe() if self.recipe else None

    @property
    def view(self) -> Any:  # noqa: ANN401 - as of every page
        """Return what the template may see as `page`."""
        return self.make()


class PageKind(Struct, Generic[R], frozen=True):
    """What the pages of all records of one kind have in common, in one edition."""

    press: "Press"
    template: str
    route: Callable[[Routes, str], str]
    make: Callable[["Press", Entry[R]], Any]
    recipe: Callable[["Press", Entry[R]], Digest] | None = None
    coded: bool = False
    """Whether a QR code leads to each."""
    words: Callable[[R], Words] | None = None
    """What of the record is written in the languages in which the page is listed; absent: all."""
    file: str = ""
    """The file of the record beside its page; empty: the page itself."""


class RecordPage(Struct, frozen=True, gc=False):
    """The page of a record. There are thousands, so that it holds nothing that can be told."""

    kind: PageKind[Any]
    entry: Entry[Any]

    @property
    def _url(self) -> str:
        return self.kind.route(self.kind.press.routes, self.entry.id)

    @property
    def path(self) -> str:
        """Return where it lies in the site's folder."""
        return self.kind.press.routes.file(f"{self._url}{self.kind.file}")

    @property
    def template(self) -> str:
        """Return the name of its template."""
        return self.kind.template

    @property
    def origin(self) -> Spot:
        """Return the file of the record."""
        return Spot(self.entry.tree.path)

    @property
    def code(self) -> str:
        """Return the address that the QR code beside the page leads to; empty: it has none."""
        return self.kind.press.absolute(self._url) if self.kind.coded else ""

    @property
    def sought(self) -> Sought | None:
        """Return what search engines may list; None for what is not a page for people."""
        if self.kind.file:
            return None
        words, edition = self.kind.words, self.kind.press.edition
        written = edition.written_in(words(self.entry.record)) if words else None
        return Sought(address_of(self.kind.route, self.entry.id), written, self.entry)

    @property
    def name(self) -> Digest | None:
        """Return one name for all that the view is made of; None where nobody can tell."""
        recipe = self.kind.recipe
        return recipe(self.kind.press, self.entry) if recipe else None

    @property
    def view(self) -> Any:  # noqa: ANN401 - as of every page
        """Return what the template may see as `page`."""
        return self.kind.make(self.kind.press, self.entry)


class Batch(Struct, frozen=True):
    """Pages that follow each other, listed only when somebody asks for them."""

    pages: Callable[[], Iterable[Page]]
    """Lists them."""
    scene: Callable[[], Digest] | None = None
    """Finds one name for all that these pages show, and for which they are, but for what is their
    `own`; absent: nobody can tell before they are listed."""
    own: Callable[[], list[str]] | None = None
    """Finds what each page, in their order, shows beside that, and whose it is; absent: they share
    all."""


class File(Struct, frozen=True):
    """A file beside the pages, for machines; small enough to be written anew by every plan."""

    path: str
    """Where it lies in the site's folder."""
    content: bytes
    origin: Spot
    """The file of content/ that asks for it."""

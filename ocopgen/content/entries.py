"""What was read: each record and each text with its place, and all of them together."""

from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.json import encode

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.problems import Spot
from ocopgen.content.boundaries import Boundary
from ocopgen.content.kept import prose_of
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.prose import Prose
from ocopgen.content.province import Areas, Claims, Programme, Redirects, Sectors, SiteInfo
from ocopgen.content.record import Record
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.tree import Key, Tree

R = TypeVar("R", bound=Record)
Matter_co = TypeVar("Matter_co", bound=Story, covariant=True)


class Entry(Struct, Generic[R], frozen=True, gc=False):
    """A record with its id, where it came from and where each value stood."""

    id: str
    record: R
    tree: Tree
    digest: Digest
    """Of the file that it was read from."""
    folder: str = ""
    """Where its pictures lie, if it has any; empty where records of its kind have none."""
    files: tuple[str, ...] = ()
    """The names of the pictures in the folder, as the disk spells them."""
    lacking: tuple[tuple[Key, str], ...] = ()
    """Where a text lacks a language, and which; found once, when the file is read."""
    face: Digest | None = None
    """Of what other pages show of a product; absent: of all that the file says."""

    def spot(self, *key: str | int) -> Spot:
        """Return where the value of *key* stands."""
        return self.tree.spot(key)


def face_of(product: Product) -> Digest:
    """Return one name for what lists and neighbours show of *product*: its card, its poster.

    A product stands in dozens of lists, and most edits are of what none of these shows.
    """
    where = product.set, product.producer, product.commune, product.district
    worth = product.certifications, product.photos, product.draft
    return digest_of_bytes(encode((product.name, *where, *worth), enc_hook=dict))


class Text(Struct, Generic[Matter_co], frozen=True, gc=False):
    """A Markdown file: a product's story or a content page, in one language."""

    id: str
    language: str
    record: Matter_co
    tree: Tree
    digest: Digest
    pictured: bool
    """Whether its prose shows pictures."""

    @property
    def prose(self) -> Prose:
        """Return what it says below the front matter."""
        assert self.tree.line is not None  # noqa: S101 - that is how it was read
        prose = prose_of(self.tree.line.surely())
        assert prose is not None  # noqa: S101 - it is of a Markdown file
        return prose


class Content(Struct):
    """Everything that could be read, not yet tied together."""

    site: Entry[SiteInfo]
    areas: Entry[Areas]
    sectors: Entry[Sectors]
    programme: Entry[Programme]
    products: dict[str, Entry[Product]] = field(default_factory=dict)
    producers: dict[str, Entry[Producer]] = field(default_factory=dict)
    outlets: dict[str, Entry[Outlet]] = field(default_factory=dict)
    events: dict[str, Entry[Event]] = field(default_factory=dict)
    stories: dict[tuple[str, str], Text[Story]] = field(default_factory=dict)
    pages: dict[tuple[str, str], Text[ContentPage]] = field(default_factory=dict)
    redirects: Entry[Redirects] | None = None
    """Absent while nothing was ever moved."""
    claims: Entry[Claims] | None = None
    """Absent where nobody wrote down which claims to look for."""
    boundaries: tuple[Boundary, ...] = ()
    """None are there where the catalogue has no file of them."""
    boundaries_digest: str = ""
    faulty: set[str] = field(default_factory=set)
    """Records with faults of their own, as "producers/<id>": who names them is not at fault."""

    def ids(self, kind: str) -> set[str]:
        """Return the ids of the records of the *kind* "products" and so on, faulty or not."""
        faulty = (name.split("/") for name in self.faulty)
        return {*getattr(self, kind), *(id_ for each, id_ in faulty if each == kind)}

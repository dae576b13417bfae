"""The small things that views are put together from."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from ocopgen.base.digest import Digest, Shared
from ocopgen.content.edition import Phrase
from ocopgen.pages.routes import Address

Part = tuple[Address, Callable[[], Digest], Callable[[], Any]]
"""One part of a list: its address, what tells what its view is made of, and what makes the view."""

Thing = Mapping[str, Any]
"""What programs are told of one thing: its type, and what is known of it (JSON-LD)."""

COMMUNE, DISTRICT = "commune", "district"
"""The kinds of places: communes of today, and districts of then."""


def anchor_of(kind: str, id_: str) -> str:
    """Return what leads to the place *id_* in an index: a commune may bear a district's id."""
    return f"{kind}-{id_}"


class Link(Struct, frozen=True, gc=False):
    """Words that lead somewhere."""

    text: Phrase
    url: str
    """Empty: the words lead nowhere."""
    outside: bool = False
    """Whether another site answers there."""
    note: str = ""
    """What stands behind the link."""


class Count(Struct, frozen=True):
    """A row of an index: where it leads, and how many products it holds."""

    text: Phrase
    url: str
    """Empty: there is nothing to lead to."""
    count: int
    note: str = ""
    anchor: str = ""
    """Leads to the row from elsewhere; empty: nothing does."""
    outlets: str = ""
    """Where those who sell there are listed, of a place where nothing was ever made."""


class Picture(Struct, frozen=True, gc=False):
    """A picture in all its sizes."""

    url: str
    """The size for browsers that know nothing newer; empty: there is no picture at all."""
    width: int
    height: int
    sources: str = ""
    """All sizes in the newer format, as `srcset` wants them; empty for a drawing."""
    largest: str = ""
    """The size that is shown alone; empty for a drawing."""
    tone: str = ""
    """The class that fills the place of the picture until it comes."""
    alt: Phrase | None = None
    """Absent: it says nothing that the words beside it do not."""
    credit: Phrase | None = None
    licence: str = ""


class Card(Shared, frozen=True):
    """A product in a list."""

    id: str
    name: Phrase
    url: str
    picture: Picture
    star: int
    """0: no star is shown."""
    star_words: str
    producer: Phrase
    place: str
    note: str
    """What is to be said of its certificate; empty while it is plainly in force."""
    draft: str
    """The word for what is not to be published yet; empty in every site that is."""


class Fact(Struct, frozen=True):
    """A term and what is known of it."""

    label: str
    items: tuple[Link, ...]


class Row(Struct, frozen=True):
    """A line of a ledger: a name, what it is, and a line about it."""

    name: Link
    kind: str
    lines: tuple[Phrase, ...] = ()


class Shelf(Struct, frozen=True):
    """Some cards under a heading."""

    id: str
    title: Phrase
    cards: tuple[Card, ...]
    note: str = ""
    more: Link | None = None


class Paging(Struct, frozen=True):
    """The parts of a long list."""

    links: tuple[tuple[str, str], ...]
    """The number and the address of each part shown; an empty number is a gap."""
    current: str
    previous: str
    """Empty on the first part."""
    next: str
    """Empty on the last part."""

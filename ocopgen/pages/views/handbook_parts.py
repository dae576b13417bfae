"""What the printed manual is put together from."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.words import Words
from ocopgen.pages.drawings import Drawing
from ocopgen.pages.prints import Cutting
from ocopgen.pages.views.figures import Chart
from ocopgen.pages.views.parts import Fact, Link, Row
from ocopgen.pages.views.press import Press

Presses = Sequence[Press]
"""The editions that a manual is set in: one, or two side by side."""
Said = tuple[Phrase, ...]
"""The same in every language of the manual."""


class Paper(Struct, frozen=True):
    """The sheet, and how entries lie on it; all in millimetres."""

    name: str
    wide: float
    high: float
    margin: float
    tall: tuple[float, float]
    """The photo of an entry that has a page to itself; it reaches to the edge of the sheet."""
    broad: tuple[float, float]
    """The same where there is no story to be set beside it."""
    upright: tuple[float, float]
    """The same of a photo with too few dots to go across the page."""
    part: tuple[float, float]
    """The photo of an entry that shares a page."""
    most: int
    """How many entries share a page at most, if they are in one language."""


PAPERS = {
    each.name: each
    for each in (
        Paper("a4", 210, 297, 18, (105, 131.25), (210, 168), (132, 165), (60, 75), 3),
        Paper("a5", 148, 210, 12, (74, 92.5), (148, 118.4), (93, 116.25), (46, 57.5), 2),
    )
}
BLEED = 3.0
"""Millimetres that a picture goes on beyond the edge, for the knife."""


class Shot(Struct, frozen=True):
    """A picture as it is printed."""

    file: str
    """Empty: there is none."""
    alt: Phrase
    cutting: Cutting | None
    """How the file is made; absent: it is a drawing."""


class Paragraph(Struct, frozen=True):
    """A piece of a story."""

    kind: str
    """What it is: "text", "head" or "point", one of a list."""
    text: str


class Side(Struct, frozen=True):
    """What is said of a product in one language."""

    lang: str
    name: Phrase
    kind: str
    stars: str
    state: str
    issuer: Phrase | None
    note: str
    summary: Phrase
    maker: Fact
    reach: tuple[Fact, ...]
    """How to get at the maker, as far as that may be told."""
    facts: tuple[Fact, ...]
    brief: tuple[Fact, ...]
    """Those that an entry has room for that shares its page."""
    buy: Fact | None
    tale: Phrase
    """The title of the story; empty where there is none."""
    story: tuple[Paragraph, ...]
    tale_lang: str
    more: str
    """Says where a story goes on for which there was no room."""
    code: str
    """What the QR code is, in words."""


class Entry(Struct, frozen=True):
    """A product in the manual."""

    id: str
    star: int
    wide: bool
    """Whether its photo takes most of the page, as it has no story beside it."""
    span: tuple[float, float]
    """What its photo covers, in millimetres, without bleed."""
    picture: Shot
    code: str
    """The file of the QR code."""
    address: str
    url: str
    sides: tuple[Side, ...]


class Leaf(Struct, frozen=True):
    """A page of entries."""

    entries: tuple[Entry, ...]
    slots: int
    """How many the page is divided for: 1, 2 or 3."""


class Chapter(Struct, frozen=True):
    """A sector with its products."""

    id: str
    titles: Said
    counts: Said
    groups: tuple[Said, ...]
    about: Said
    """What the map shows, in words."""
    map: Drawing | None
    leaves: tuple[Leaf, ...]


class Line(Struct, frozen=True):
    """A line of an index."""

    names: Said
    note: str
    pages: tuple[str, ...]
    """The products on whose pages it is found."""


class Letter(Struct, frozen=True):
    """The lines of an index that begin alike."""

    letter: str
    lines: tuple[Line, ...]


class Index(Struct, frozen=True):
    """An index with page numbers."""

    titles: Said
    letters: tuple[Letter, ...]


class Shops(Struct, frozen=True):
    """Places that sell, in one region, in every language."""

    titles: Said
    rows: tuple[tuple[Row, ...], ...]
    """Each in every language."""


class Rating(Struct, frozen=True):
    """What a number of stars stands for."""

    star: int
    stars: Said
    points: Said
    issuer: Said


class Rules(Struct, frozen=True):
    """How stars are given."""

    titles: Said
    ratings: tuple[Rating, ...]
    texts: tuple[Said, ...]


class Section(Struct, frozen=True):
    """A part of the manual with a heading, and what is to be known before it."""

    id: str
    titles: Said
    ledes: Said
    shops: tuple[Shops, ...] = ()
    charts: tuple[tuple[Chart, ...], ...] = ()
    """Each in every language."""


class Imprint(Struct, frozen=True):
    """Who made the manual, when, and from what."""

    titles: Said
    texts: tuple[Said, ...]
    links: tuple[Link, ...]
    code: str
    address: str


class Handbook(Struct, frozen=True):
    """What the printed manual shows."""

    languages: tuple[str, ...]
    paper: Paper
    bleed: float
    day: tuple[int, int, int]
    title: str
    """Of the document."""
    titles: Said
    scopes: tuple[Said, ...]
    """What it was narrowed down to; empty: it shows all that carries stars."""
    ledes: Said
    editions: Said
    example: Said
    shots: tuple[Shot, ...]
    """For the cover."""
    imprint: Imprint
    contents: Said
    rules: Rules
    chapters: tuple[Chapter, ...]
    sections: tuple[Section, ...]
    indexes: tuple[Index, ...]


class Sheets(Struct, frozen=True):
    """Product sheets, a page each."""

    languages: tuple[str, ...]
    paper: Paper
    bleed: float
    day: tuple[int, int, int]
    title: str
    site: Said
    editions: Said
    leaves: tuple[Leaf, ...]


def each(presses: Presses, tell: Callable[[Press], str]) -> Said:
    """Return what *tell* makes of each of *presses*, marked where it is not in the first one."""
    first, *others = presses
    return Phrase(tell(first)), *(Phrase(tell(press), press.site.language) for press in others)


def said(presses: Presses, key: str, **values: object) -> Said:
    """Return the words of *key* in the language of each of *presses*."""
    return each(presses, lambda press: press.t(key, **values))


def named(presses: Presses, words: Words) -> Said:
    """Return *words* of a record in the language of each of *presses*."""
    return each(presses, lambda press: press.edition.say(words).text)

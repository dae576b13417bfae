"""The producers: their index, and the page of each."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from ocopgen.base.text import after, nfc, sort_key, toneless
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer
from ocopgen.pages.routes import Address, part_of
from ocopgen.pages.views import linked_data, linked_records
from ocopgen.pages.views.buying import Contact, Selling, contact, door_of, sold_at
from ocopgen.pages.views.cuts import Cut, Here, cut_of
from ocopgen.pages.views.frame import Head, Site, mistake
from ocopgen.pages.views.lists import Stars, by_star
from ocopgen.pages.views.paging import paging, parts
from ocopgen.pages.views.parts import Card, Fact, Link, Paging, Picture
from ocopgen.pages.views.pictures import photos_of
from ocopgen.pages.views.press import Press

_BEGINNING = attrgetter("producers")
_ROWS = 4
"""How many rows take the room of a card."""


class ProducerRow(Struct, frozen=True):
    """A producer in the index."""

    name: Link
    kind: str
    place: str
    count: str


class Letter(Struct, frozen=True):
    """The producers whose names begin with one letter."""

    letter: str
    rows: tuple[ProducerRow, ...]


class ProducersPage(Struct, frozen=True):
    """What one part of the index of producers shows."""

    site: Site
    head: Head
    count: str
    letters: tuple[Letter, ...]
    kinds: tuple[Fact, ...]
    """The producers of each kind, by name; on the first part only."""
    paging: Paging | None


class ProducerPage(Struct, frozen=True):
    """What the page of a producer shows."""

    site: Site
    head: Head
    crumbs: tuple[Link, ...]
    name: Phrase
    other_names: tuple[Phrase, ...]
    facts: tuple[Fact, ...]
    cut: Cut | None
    """Where it is, as exactly as the public may know; absent: nobody knows."""
    contact: Contact | None
    count: str
    stars: tuple[Stars, ...]
    former: tuple[Card, ...]
    photos: tuple[Picture, ...]
    selling: Selling
    sources: tuple[Link, ...]
    mistake: str


def producers_pages(press: Press) -> Iterator[tuple[Address, Callable[[], ProducersPage]]]:
    """Yield the address of each part of the index of producers, and what makes its view."""
    rows = sorted((sorted_by(press, id_), id_) for id_ in press.shelves.producers)
    cut = parts([id_ for _, id_ in rows], press.catalogue.site.per_page * _ROWS)
    for number, ids in enumerate(cut, 1):
        yield part_of(_BEGINNING, number), partial(_part, press, ids, number, len(cut))


def _part(press: Press, ids: Sequence[str], number: int, last: int) -> ProducersPage:
    t, total = press.t, len(press.shelves.producers)
    title, about = t("producers.title"), t("producers.about", province=press.site.province)
    title, about = press.numbered(title, number), press.numbered(about, number)
    letters = tuple(_letters(press, ids))
    shown = [row.name for letter in letters for row in letter.rows]
    return ProducersPage(
        site=press.site,
        head=press.framer.head(
            title,
            about,
            "producers",
            part_of(_BEGINNING, number),
            things=(
                linked_data.trail(press, (), t("producers.title")),
                linked_data.rows(press, shown, total),
            ),
        ),
        count=t("count.producers", count=total, number=press.formats.number(total)),
        letters=letters,
        kinds=tuple(_by_kind(press)) if number == 1 else (),
        paging=paging(press, press.routes.producers, number, last),
    )


def producer_page(press: Press, entry: Entry[Producer]) -> ProducerPage:
    """Return what the page of the producer *entry* shows."""
    producer, t, board = entry.record, press.t, press.shelves.producers[entry.id]
    name, photos = press.edition.say(producer.name), photos_of(press.desk, entry)
    crumbs = (Link(Phrase(t("menu.producers")), press.routes.producers),)
    return ProducerPage(
        site=press.site,
        head=press.framer.head(
            t("producer.title", name=name),
            t("producer.about", name=name, place=press.where(producer)),
            "producers",
            lambda routes: routes.producer(entry.id),
            things=(
                linked_data.trail(press, crumbs, name.text),
                linked_records.producer(press, entry, photos),
            ),
        ),
        crumbs=crumbs,
        name=name,
        other_names=press.edition.others(producer.name),
        facts=tuple(_facts(press, producer)),
        cut=cut_of(press, here_of(press, producer)),
        contact=contact(press, producer),
        count=press.products(len(board.current)),
        stars=by_star(press, board.current),
        former=press.cards(board.former),
        photos=photos,
        selling=sold_at(press, entry.id),
        sources=press.sources(producer.sources),
        mistake=mistake(
            press.desk,
            t("report.subject", id=entry.id),
            t("report.body", address=press.absolute(press.routes.producer(entry.id))),
        ),
    )


def here_of(press: Press, producer: Producer) -> Here:
    """Return where *producer* is; the kinds that are asked for consent are shown by commune."""
    point = door_of(producer)
    name = press.edition.say(producer.name).text if point else ""
    return Here(producer.commune, producer.district, point, name)


def _facts(press: Press, producer: Producer) -> Iterator[Fact]:
    t = press.t
    if producer.kind:
        yield Fact(t("fact.kind"), (Link(Phrase(t(f"producer.kind.{producer.kind}")), ""),))
    if producer.since:
        yield Fact(t("fact.founded"), (Link(Phrase(str(producer.since)), ""),))
    yield Fact(t("fact.seat"), press.places(producer))


def _letters(press: Press, ids: Sequence[str]) -> Iterator[Letter]:
    for letter, same in groupby(ids, lambda id_: initial(_proper(press, id_))):
        yield Letter(letter, tuple(_row(press, id_) for id_ in same))


def _by_kind(press: Press) -> Iterator[Fact]:
    """Yield each kind of producer with its producers; those of unknown kind last."""
    of_kind: dict[str, list[Link]] = {}
    for _, id_ in sorted((sorted_by(press, id_), id_) for id_ in press.shelves.producers):
        kind = press.catalogue.producers[id_].record.kind
        of_kind.setdefault(kind or "", []).append(press.producer_link(id_))
    unknown = of_kind.pop("", [])
    for name, links in sorted(of_kind.items(), key=lambda pair: -len(pair[1])):
        yield Fact(press.t(f"producer.kind.{name}"), tuple(links))
    if unknown:
        yield Fact(press.t("producer.unknown_kind"), tuple(unknown))


def _row(press: Press, id_: str) -> ProducerRow:
    producer = press.catalogue.producers[id_].record
    kind = press.t(f"producer.kind.{producer.kind}") if producer.kind else ""
    held = len(press.shelves.producers[id_].current)
    count = press.products(held) if held else press.t("producer.former")
    return ProducerRow(press.producer_link(id_), kind, press.where(producer), count)


def sorted_by(press: Press, id_: str) -> tuple[bytes, str]:
    """Return by what the producer *id_* is sorted: its proper name."""
    return sort_key(_proper(press, id_))


def _proper(press: Press, id_: str) -> str:
    """Return the name of the producer *id_* without its title or its form: "Hà Mỵ"."""
    name = press.edition.say(press.catalogue.producers[id_].record.name).text
    titles, forms = (tuple(press.t(f"producers.{key}").split("; ")) for key in ("titles", "forms"))
    untitled = after(titles, name)
    return untitled if untitled != name else after(forms, name)


def initial(name: str) -> str:
    """Return the letter that *name* begins with, without its tone: "Đ" for "Đông"."""
    letter = toneless(nfc(name)[:1])
    return letter.upper() if letter.isalpha() else "#"

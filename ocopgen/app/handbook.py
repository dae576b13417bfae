"""Set the printed manual, and product sheets, as PDF."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from ocopgen.app.labels import known
from ocopgen.app.places import MEMORY, STORE, cache_of
from ocopgen.app.terminal import Terminal
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems, WrongUse
from ocopgen.base.store import Store
from ocopgen.base.text import raised
from ocopgen.base.whole import make_unkept, write_whole
from ocopgen.build.ground import Ground, set_up
from ocopgen.build.printing import printed
from ocopgen.content.words import Words
from ocopgen.pages.views import Press
from ocopgen.pages.views.handbook import handbook, sheets
from ocopgen.pages.views.handbook_parts import (
    PAPERS,
    Handbook,
    Presses,
    Said,
    Sheets,
    each,
    named,
    said,
)
from ocopgen.pages.views.shelves import Board

BOTH = "both"


class Wish(Struct, frozen=True):
    """Which manual is asked for; every condition narrows it down."""

    language: str | None = None
    """Absent: the first one of the site; BOTH: the first two side by side."""
    district: str | None = None
    star: int | None = None
    sector: str | None = None
    producer: str | None = None
    event: str | None = None
    size: str = "a4"
    bleed: bool = False


def make(root: Path, day: date, wish: Wish, out: Path, terminal: Terminal) -> None:
    """Set the manual that *wish* asks for into the file *out*, and tell what that came to."""
    ground = _ground(root, day)
    presses = _presses(ground, wish.language)
    chosen = _chosen(presses[0], wish)
    ids = chosen.current
    if not ids:
        raise WrongUse("handbook.none")
    scopes = tuple(_scopes(presses, wish))
    view = handbook(presses, ids, PAPERS[wish.size], bleed=wish.bleed, scopes=scopes)
    made = _printed(root, ground, view)
    write_whole(out, made)
    if left := len(chosen.former):
        words = terminal.words("count_products", count=left)
        terminal.hint("handbook_left", products=words)
    _tell("handbook_made", len(ids), made, out, terminal)


def make_sheets(
    root: Path, day: date, ids: Sequence[str], wish: Wish, out: Path, terminal: Terminal
) -> None:
    """Set a sheet for each of the products *ids* into the file *out*."""
    ground = _ground(root, day)
    presses = _presses(ground, wish.language)
    shown = [known(id_, ground.catalogue.products, "product") for id_ in dict.fromkeys(ids)]
    for id_ in shown:
        if presses[0].mark(id_).lapsed:
            raise WrongUse("sheet.lapsed", id=id_, note=presses[0].mark(id_).note)
    view = sheets(presses, shown, PAPERS[wish.size], bleed=wish.bleed)
    made = _printed(root, ground, view)
    write_whole(out, made)
    _tell("sheets_set", len(shown), made, out, terminal)


def _ground(root: Path, day: date) -> Ground:
    cache, problems = cache_of(root), Problems()
    make_unkept(cache)
    memory = Memory(cache / MEMORY)
    ground = set_up(root, day, memory, problems, store=Store(cache / STORE))
    if ground is None:
        raise ContentFaults(problems)
    # What a build remembers is more than this, and stays as that left it.
    if not (cache / MEMORY).exists():
        memory.save()
    return ground


def _scopes(presses: Presses, wish: Wish) -> Iterator[Said]:
    """Yield what *wish* narrows a manual down to, as its cover says it."""
    catalogue = presses[0].catalogue
    if wish.star:
        yield said(presses, "list.star", star=wish.star)
    if district := wish.district:
        yield each(presses, lambda press: raised(press.former_district(district)))
    names: list[Words] = [sector.name for sector in catalogue.sectors if sector.id == wish.sector]
    if wish.producer:
        names.append(catalogue.producers[wish.producer].record.name)
    if wish.event:
        names.append(catalogue.events[wish.event].record.name)
    for name in names:
        yield named(presses, name)


def _printed(root: Path, ground: Ground, view: Handbook | Sheets) -> bytes:
    cache = cache_of(root)
    return printed(view, ground.workshop, Store(cache / STORE), cache)


def _presses(ground: Ground, language: str | None) -> Presses:
    """Return the editions that are asked for by *language*."""
    if language == BOTH:
        return ground.presses[:2]
    found = [each for each in ground.presses if language in {None, each.site.language}]
    if not found:
        raise WrongUse("handbook.language", code=language)
    return found[:1]


def _chosen(press: Press, wish: Wish) -> Board:
    """Return the products that *wish* asks for, in the order of lists."""
    shelves, catalogue = press.shelves, press.catalogue
    everything, standings = shelves.all, catalogue.standings
    found = {*everything.current, *everything.former}
    sectors = {sector.id for sector in catalogue.sectors}
    for boards, id_ in (
        (
            shelves.districts,
            wish.district and known(wish.district, catalogue.map.districts, "district"),
        ),
        (shelves.sectors, wish.sector and known(wish.sector, sectors, "sector")),
        (
            shelves.producers,
            wish.producer and known(wish.producer, catalogue.producers, "producer"),
        ),
    ):
        if id_:
            board = boards.get(id_, Board())
            found &= {*board.current, *board.former}
    if wish.event:
        event = catalogue.events[known(wish.event, catalogue.events, "event")].record
        found &= set(event.products)
    found = {id_ for id_ in found if wish.star in {None, standings[id_].star}}
    return everything.among(found)


def _tell(key: str, count: int, made: bytes, out: Path, terminal: Terminal) -> None:
    megabytes = f"{len(made) / 1e6:.1f}"
    terminal.say(
        key, out=out, products=terminal.words("count_products", count=count), size=megabytes
    )

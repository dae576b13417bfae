"""Set the printed manual, and product sheets, as PDF."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path

from msgspec import Struct

from ocopgen.app.labels import known
from ocopgen.app.places import cache_of
from ocopgen.app.run import MEMORY, STORE
from ocopgen.app.terminal import Terminal
from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems, WrongUse
from ocopgen.base.store import Store, write_whole
from ocopgen.build.ground import Ground, set_up
from ocopgen.build.machine import usable_cores
from ocopgen.build.typesetting import Copy, typeset
from ocopgen.pages import codes, prints
from ocopgen.pages.prints import Cutting
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press
from ocopgen.pages.views.handbook import handbook, sheets
from ocopgen.pages.views.handbook_entries import DRAWINGS
from ocopgen.pages.views.handbook_parts import PAPERS, Handbook, Leaf, Presses, Sheets, Shot

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
    memory = Memory(cache_of(root) / MEMORY)
    ground = _ground(root, day, memory)
    presses = _presses(ground, wish.language)
    ids = _chosen(presses[0], wish)
    if not ids:
        raise WrongUse("handbook.none")
    view = handbook(presses, ids, PAPERS[wish.size], bleed=wish.bleed)
    made = _set("handbook.typ", view, ground, root)
    write_whole(out, made)
    _tell("handbook_made", len(ids), made, out, terminal)


def make_sheets(
    root: Path, day: date, ids: Sequence[str], wish: Wish, out: Path, terminal: Terminal
) -> None:
    """Set a sheet for each of the products *ids* into the file *out*."""
    memory = Memory(cache_of(root) / MEMORY)
    ground = _ground(root, day, memory)
    presses = _presses(ground, wish.language)
    shown = [known(id_, ground.catalogue.products, "product") for id_ in dict.fromkeys(ids)]
    for id_ in shown:
        if presses[0].mark(id_).lapsed:
            raise WrongUse("sheet.lapsed", id=id_, note=presses[0].mark(id_).note)
    view = sheets(presses, shown, PAPERS[wish.size], bleed=wish.bleed)
    made = _set("product_sheet.typ", view, ground, root)
    write_whole(out, made)
    _tell("sheets_set", len(shown), made, out, terminal)


def _ground(root: Path, day: date, memory: Memory) -> Ground:
    problems = Problems()
    ground = set_up(root, day, memory, problems, store=Store(cache_of(root) / STORE))
    if ground is None:
        raise ContentFaults(problems)
    memory.save()
    return ground


def _presses(ground: Ground, language: str | None) -> Presses:
    """Return the editions that are asked for by *language*."""
    if language == BOTH:
        return ground.presses[:2]
    found = [each for each in ground.presses if language in {None, each.site.language}]
    if not found:
        raise WrongUse("handbook.language", code=language)
    return found[:1]


def _chosen(press: Press, wish: Wish) -> list[str]:
    """Return the products with stars that *wish* asks for, in the order of lists."""
    shelves, catalogue = press.shelves, press.catalogue
    found = set(shelves.all.current)
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
            found &= set(boards[id_].current if id_ in boards else ())
    if wish.event:
        event = catalogue.events[known(wish.event, catalogue.events, "event")].record
        found &= set(event.products)
    if wish.star:
        found &= set(shelves.stars[wish.star])
    return [id_ for id_ in shelves.all.current if id_ in found]


def _set(template: str, view: Handbook | Sheets, ground: Ground, root: Path) -> bytes:
    """Return *view* set by *template*, with every picture that it names."""
    cache = cache_of(root)
    cache.mkdir(exist_ok=True)
    shots = _shots(view)
    files = chain(
        _drawings(root, shots).items(),
        _codes(view).items(),
        _photos(root, ground, shots, Store(cache / STORE)),
    )
    copy = Copy(template, view, files, ground.catalogue.day)
    return typeset(copy, theme_for(root), cache)


def _leaves(view: Handbook | Sheets) -> list[Leaf]:
    if isinstance(view, Sheets):
        return list(view.leaves)
    return [leaf for chapter in view.chapters for leaf in chapter.leaves]


def _shots(view: Handbook | Sheets) -> list[Shot]:
    own = [entry.picture for leaf in _leaves(view) for entry in leaf.entries]
    return [*own, *view.shots] if isinstance(view, Handbook) else own


def _codes(view: Handbook | Sheets) -> dict[str, bytes]:
    entries = (entry for leaf in _leaves(view) for entry in leaf.entries)
    found = {entry.code: codes.dots(entry.url) for entry in entries}
    if isinstance(view, Handbook):
        found[view.imprint.code] = codes.dots(view.imprint.address)
    return found


def _drawings(root: Path, shots: Iterable[Shot]) -> dict[str, bytes]:
    assets = dict(theme_for(root).files("assets"))
    names = {shot.file for shot in shots if shot.file.startswith(f"{DRAWINGS}/")}
    return {name: assets[name.partition("/")[2]].read_bytes() for name in sorted(names)}


def _photos(
    root: Path, ground: Ground, shots: Iterable[Shot], store: Store
) -> Iterator[tuple[str, bytes]]:
    """Yield the photos that *shots* name, from *store* or cut anew."""
    jobs = {shot.file: shot.cutting for shot in shots if shot.cutting}
    quality, codecs = prints.fineness(jobs.values()), ground.workshop.codecs

    def made(job: Cutting) -> bytes:
        key = prints.key(job, quality, codecs)
        photo = store.get(key)
        if photo is None:
            own = (root / job.path).read_bytes()
            photo = prints.cut(own, job, quality)
            if digest_of_bytes(own) == job.digest:
                store.put(key, photo)
        return prints.wrapped(photo, job)

    with ThreadPoolExecutor(usable_cores()) as pool:
        yield from zip(jobs, pool.map(made, jobs.values()), strict=True)


def _tell(key: str, count: int, made: bytes, out: Path, terminal: Terminal) -> None:
    megabytes = f"{len(made) / 1e6:.1f}"
    terminal.say(
        key, out=out, products=terminal.words("count_products", count=count), size=megabytes
    )

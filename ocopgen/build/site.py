"""The whole walk, from folder to published site."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, MachineTrouble, Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.ahead import Bench, fill
from ocopgen.build.developing import Hands, Progress
from ocopgen.build.execute import Made, execute
from ocopgen.build.given import with_given
from ocopgen.build.ground import set_up
from ocopgen.build.held import Looked
from ocopgen.build.links import beside
from ocopgen.build.machine import usable_cores
from ocopgen.build.outline import outline, outline_apart
from ocopgen.build.pictures import sizes
from ocopgen.build.plan import Output, Plan, glimpse, plan, write
from ocopgen.build.posters import posters_of
from ocopgen.build.publish import Published, publish
from ocopgen.build.reading import read
from ocopgen.build.trace import settled
from ocopgen.build.workshop import Workshop
from ocopgen.content.catalogue import Guise
from ocopgen.pages import offline, photos
from ocopgen.pages.assets import Assets
from ocopgen.pages.feeds import feeds
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press

STORE_DAYS = 30
STORE_LIMIT = 4_000_000_000
"""Bytes that the store may hold before what is not in use goes, pictures last."""
_MANY, _DAY = 100, 86_400
"""Pages after which the store is looked through at once, and seconds after which in any case."""
ATTEMPTS = 3
"""How often a site is made when files are saved meanwhile, or what was kept has gone bad."""


class Early(Struct, frozen=True):
    """Some pages that somebody looks at, and wants to see before all others."""

    paths: Collection[str]
    manifest: Mapping[str, Digest]
    """What is there already: a page that needs a new file beside it waits for that."""
    make: Callable[[Plan, Workshop], None]
    go_on: Callable[[], None]
    """Called every now and then; raises where all of this is to begin anew."""


class Making(Struct, frozen=True):
    """What making needs beside the catalogue."""

    store: Store
    memory: Memory
    scratch: Path
    """A folder for what lives only while something is made."""
    jobs: int | None
    progress: Progress
    early: Early | None = None
    """Absent: no page is wanted before the others."""
    guise: Guise | None = None
    """Absent: the site is what its own file says."""
    handbook: bool = False
    """Whether the site offers the printed manual."""


class Prepared(Struct, frozen=True):
    """A site that is decided on, not yet made."""

    plan: Plan
    presses: tuple[Press, ...]
    workshop: Workshop
    filled: int = 0
    """Pages that were filled while it was decided on."""
    developed: int = 0
    """Photos that were made meanwhile."""


class Built(Struct, frozen=True):
    """A site that was made, and what came of it."""

    manifest: Mapping[str, Digest]
    """The key of every file, by its path."""
    made: Made
    problems: Problems
    """The warnings; a fault would have stopped the build."""
    base: str
    """The path that every address begins with."""
    pages: int
    photos: int
    """Photos, not files: each one has several sizes."""
    used: frozenset[Digest]
    """Every entry of the store that this site stands on."""
    prepared: Prepared | None = None
    """What search and the open data are made from, until they are."""


def prepare(  # noqa: PLR0913 - a catalogue, a day, two baskets, and what a preview wants
    root: Path,
    day: date,
    memory: Memory,
    problems: Problems,
    *,
    drafts: bool = False,
    early: Early | None = None,
    guise: Guise | None = None,
    hands: Hands | None = None,
    scratch: Path | None = None,
) -> Prepared | None:
    """Return what the site of the catalogue in *root* shall be on *day*.

    Everything that is wrong goes into *problems*; None where faults leave nothing to plan. *hands*
    are for whoever wants the pages too: those that have to be looked at are filled meanwhile.
    *scratch* is a folder to set the printed manual in, where the site offers it.
    """
    if hands:
        read(root, memory, hands.jobs)
    ground = set_up(
        root,
        day,
        memory,
        problems,
        drafts=drafts,
        guise=guise,
        store=hands.store if hands else None,
        # Whoever watches a page sees it before a new photo of another one is made.
        hands=None if early else hands,
    )
    if ground is None:
        return None
    catalogue, presses, workshop = ground.catalogue, ground.presses, ground.workshop
    templates, assets, codecs = workshop.templates, ground.assets, workshop.codecs
    files: list[Output] = []
    if scratch and hands:
        from ocopgen.build.printing import manuals  # few sites offer any

        presses, files = manuals(presses, workshop, hands.store, scratch)
    bench = Bench(presses, workshop)
    files += [*_copies(assets), *sizes(catalogue, ground.pictures, codecs)]
    if early and all(file.path in early.manifest for file in files):
        early.make(glimpse(presses, templates, early.paths, memory), workshop)
    go_on = early.go_on if early else None
    files += [*_feeds(presses), _worker(assets, presses)]
    files += _minded(posters_of(presses, codecs, memory), go_on)
    # Whoever watches a page saves again soon, and no list of all pages shall hold that up.
    by_hands = (hands.store, hands.jobs) if hands and not early else None
    pages = outline_apart(bench, memory, *by_hands) if by_hands else None
    filled = fill(bench, memory, *by_hands) if by_hands and not pages else 0
    pages = pages or outline(bench, memory, problems, go_on)
    planned = plan(pages.pages, [*files, *pages.sitemaps], problems)
    planned = with_given(planned, theme_for(root), presses, problems)
    filled += pages.filled
    if _stopped(problems):
        return None
    return Prepared(planned, presses, workshop, filled, len(ground.developed))


def _minded(outputs: Iterable[Output], go_on: Callable[[], None] | None) -> Iterator[Output]:
    """Yield *outputs* for as long as nothing speaks against it."""
    for output in outputs:
        if go_on:
            go_on()
        yield output


def _stopped(problems: Problems) -> bool:
    return problems.faults > 0


def make(root: Path, day: date, making: Making, *, drafts: bool = False) -> Built:
    """Make the site of the catalogue in *root* as of *day*; raises ContentFaults.

    Afterwards the store holds every file of it: what was saved meanwhile is made again.
    """
    return completed(make_pages(root, day, making, drafts=drafts), making)


def make_pages(root: Path, day: date, making: Making, *, drafts: bool = False) -> Built:
    """Make all of the site but what search needs, which may take longer than all the rest."""
    for _ in range(ATTEMPTS):
        built = _made(root, day, making, drafts=drafts)
        if all(key in making.store for key in built.manifest.values()):
            return built
    raise MachineTrouble("build.restless")


def _made(root: Path, day: date, making: Making, *, drafts: bool) -> Built:
    problems, jobs = Problems(), making.jobs or usable_cores()
    prepared = prepare(
        root,
        day,
        making.memory,
        problems,
        drafts=drafts,
        early=making.early,
        guise=making.guise,
        hands=Hands(making.store, jobs, making.progress),
        scratch=making.scratch if making.handbook else None,
    )
    if prepared is None:
        raise ContentFaults(problems)
    workshop = prepared.workshop
    made = execute(prepared.plan, making.store, workshop, jobs, making.progress)
    made.pages += prepared.filled
    made.photos += prepared.developed
    if making.memory.holds and settled(theme_for(root).layers, "templates") == workshop.theme:
        making.memory.hold(workshop, workshop)
    manifest = {path: output.key for path, output in prepared.plan.items()}
    return Built(
        manifest,
        made,
        problems,
        base=prepared.presses[0].routes.base,
        pages=sum(path.endswith(".html") for path in manifest),
        photos=len(prepared.presses[0].desk.photos),
        used=frozenset(manifest.values()),
        prepared=prepared,
    )


def completed(built: Built, making: Making) -> Built:
    """Return *built* with what takes long and no page waits for: search, and the open data."""
    if built.prepared is None:
        return built
    from concurrent.futures import ThreadPoolExecutor

    # What writes tables and runs programs is of no use to whoever only looks at pages.
    from ocopgen.build.finding import search_files
    from ocopgen.build.open_data import open_data_beside

    presses, store = built.prepared.presses, making.store
    # Pagefind is a program of its own: while it reads, the tables of the open data are written.
    with open_data_beside(presses, store) as opened, ThreadPoolExecutor(1) as thread:
        searched = thread.submit(search_files, presses, store, making.memory, making.scratch)
        files, kept = opened()
        found, indexed = searched.result()
    found |= files
    used = built.used.union(found.values(), indexed, [kept])
    return replace(built, manifest={**built.manifest, **found}, used=used, prepared=None)


def release(built: Built, site: Path, making: Making, looked: Looked | None = None) -> Published:
    """Put the files of *built* in the place of what *site* holds; *looked* as `publish`."""
    published = publish(built.manifest, making.store, site, looked)
    today = int(time.time() // _DAY)
    # To look at all entries takes longer than to fill the pages of an edit, which add little.
    much = built.made.photos or built.made.pages > _MANY or making.handbook
    if much or making.memory.recall("tidied") != today:
        used = built.used.union(map(beside, built.used))
        making.store.tidy(used, STORE_DAYS, STORE_LIMIT, photos.is_made)
        making.memory.keep("tidied", today)
    return published


def _copies(assets: Assets) -> Iterator[Output]:
    for path, content in assets.contents.items():
        if path != offline.WORKER:
            yield write(path, content, Spot("assets"))


def _worker(assets: Assets, presses: Iterable[Press]) -> Output:
    file = offline.worker_file(assets, (press.routes for press in presses))
    return write(file.path, file.content, file.origin)


def _feeds(presses: Iterable[Press]) -> Iterator[Output]:
    for press in presses:
        for file in feeds(press):
            yield write(file.path, file.content, file.origin)

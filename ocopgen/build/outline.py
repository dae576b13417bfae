"""Say which pages a site has, what each is made of, and what search engines are told of them.

Where a catalogue is large and little of it is new, several processes tell of an edition each.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, count

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Gain, Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.ahead import Bench, named_pages
from ocopgen.build.execute import make_chunk
from ocopgen.build.plan import Code, Listed, Named, Output, Pending, pages_of, views_in, write
from ocopgen.build.pool import may_fork, side_by_side
from ocopgen.pages.sitemap import Sitemap, lines_in, sitemap_files, sitemaps_of
from ocopgen.pages.views import Press

_WORTH_A_COPY = 300
"""Products of which an edition takes longer to list than a copy of this process to be made."""
_BEFORE = "told of pages before"
"""What a memory keeps that knows any."""
_FEW, _MANY = 80, 10
"""So many new pages, or one in so many, whoever lists them fills too; more are shared out among
all processes, and then each edition is listed once more."""

_Row = tuple[str, Digest, str | int, str, int]
"""Of a page or a QR code: its path, its key, the code's address or the page's place in its edition,
and the file and the line of content/ that ask for it."""


class Outline(Struct, frozen=True):
    """The pages of a site, and the sitemaps of these."""

    pages: Sequence[Output]
    sitemaps: Sequence[Output]
    filled: int = 0
    """Pages that were filled in passing."""


class _Told(Struct, frozen=True):
    """What one process found out about an edition."""

    rows: Sequence[_Row]
    sitemaps: Sequence[Sitemap]
    filled: int
    new: Sequence[Digest]
    """What it put into the store."""
    gain: Gain


def outline(
    bench: Bench,
    memory: Memory,
    problems: Problems,
    go_on: Callable[[], None] | None = None,
) -> Outline:
    """Return the pages of *bench*; what is wrong with them goes into *problems*.

    *go_on* is called for every page; then these are listed one by one, and not held.
    """
    presses, templates = bench.presses, bench.workshop.templates
    named = map(named_pages, presses) if go_on else (each.named for each in bench.editions)
    pages = list[Output]()
    for output in pages_of(zip(presses, named, strict=True), templates, memory, problems):
        if go_on:
            go_on()
        pages.append(output)
    sitemaps = (sitemaps_of(press, presses, _named(press, pages), memory) for press in presses)
    return Outline(pages, _written(presses, chain.from_iterable(sitemaps)))


def outline_apart(bench: Bench, memory: Memory, store: Store, jobs: int) -> Outline | None:
    """Return the same as up to *jobs* processes tell it; None where that is not worth it.

    It is if *memory* knows nearly all pages. The few that *store* lacks are put into it.
    """
    presses = bench.presses
    many = len(presses[0].catalogue.products) >= _WORTH_A_COPY
    if not many or min(jobs, len(presses)) == 1 or not may_fork():
        return None
    if not memory.recall(_BEFORE):  # all is new
        memory.keep(_BEFORE, value=True)
        return None
    for press in presses:
        lines_in(memory, press)  # what a copy learns of them has its place here
    told = _all_told(bench, memory, store, jobs)
    editions = [each for _, each in sorted(told.items())]
    store.look()
    bench.workshop.forget_stale(chain.from_iterable(each.new for each in editions), store)
    for each in editions:
        memory.take(each.gain)
    if len(editions) < len(presses):
        return None
    pages = [
        output
        for number, each in enumerate(editions)
        for output in _outputs(bench, number, each.rows)
    ]
    sitemaps = chain.from_iterable(each.sitemaps for each in editions)
    return Outline(pages, _written(presses, sitemaps), sum(each.filled for each in editions))


def _all_told(bench: Bench, memory: Memory, store: Store, jobs: int) -> dict[int, _Told]:
    """Return what *jobs* processes find out about all editions, by their numbers.

    The first of them is this one. Editions that nothing can be told of are left out.
    """
    numbers = range(len(bench.presses))
    shares = [partial(_share, bench, memory, store, numbers[own::jobs]) for own in numbers[:jobs]]
    # Each is waited for, whatever came of the others: it may have put pages into the store.
    return {number: told for share in side_by_side(shares) for number, told in share.items()}


def _share(bench: Bench, memory: Memory, store: Store, numbers: range) -> dict[int, _Told]:
    """Return what is to be told of the editions *numbers*, up to one that nothing is told of."""
    found = dict[int, _Told]()
    for number in numbers:
        told = _told(bench, memory, store, number)
        if told is None:
            break
        found[number] = told
    return found


def _told(bench: Bench, memory: Memory, store: Store, number: int) -> _Told | None:
    """Tell of edition *number*; None where much of it is new, or anything is wrong with it."""
    press, problems, names = bench.presses[number], Problems(), views_in(memory)
    with memory.noting() as gain:
        listed, named, new = bench.editions[number].pages, list[Named](), 0
        few = max(_FEW, len(listed) // _MANY)
        for page in listed:
            name = page.name
            if name and memory.row(names, name) is None:
                new += 1
                if new > few:
                    return None
            named.append((page, name))
        pages = list(pages_of([(press, named)], bench.workshop.templates, memory, problems))
        told = _named(press, pages)
        sitemaps = list(sitemaps_of(press, bench.presses, told, memory))
    lacking = [each for each in pages if isinstance(each.job, Pending) and each.key not in store]
    if problems.found or len(lacking) > few:
        return None
    _, filled, _ = make_chunk(bench.workshop, store, lacking)
    return _Told(list(_rows(pages)), sitemaps, filled, [each.key for each in lacking], gain)


def _rows(pages: Iterable[Output]) -> Iterator[_Row]:
    places = count()
    for output in pages:
        job = output.job
        what = job.address if isinstance(job, Code) else next(places)
        yield output.path, output.key, what, output.origin.path, output.origin.line


def _outputs(bench: Bench, number: int, rows: Iterable[_Row]) -> Iterator[Output]:
    edition, language = bench.editions[number], bench.presses[number].edition.language.code
    for path, key, what, file, line in rows:
        job = Code(what) if isinstance(what, str) else Listed(edition, what, language)
        yield Output(path, Digest(key), job, Spot(file, line))


def _named(press: Press, pages: Iterable[Output]) -> Iterator[Named]:
    """Yield those of *pages* that are in the language of *press*, with their names."""
    code = press.routes.language.code
    for output in pages:
        job = output.job
        if isinstance(job, Pending) and job.language == code:
            yield job.page, job.name


def _written(presses: Sequence[Press], sitemaps: Iterable[Sitemap]) -> list[Output]:
    files = sitemap_files(presses, sitemaps)
    return [write(file.path, file.content, file.origin) for file in files]

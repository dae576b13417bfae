"""Say which pages a site has, what each is made of, and what search engines are told of them.

What is remembered of batches of pages is not looked at again; where much is to be looked at of a
large catalogue, and little of it is new, several processes tell of an edition each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Gain, Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.ahead import BatchPages, Bench, EditionPages, named_pages
from ocopgen.build.batches import Row, Said, keep, recalled, recalled_by_name, rows_of
from ocopgen.build.execute import make_chunk
from ocopgen.build.plan import Code, Listed, Named, Output, Pending, pages_of, views_in, write
from ocopgen.build.pool import may_fork, side_by_side
from ocopgen.pages.sitemap import Line, Sitemap, line_of, sitemap_files, sitemaps_of
from ocopgen.pages.views import Press

_WORTH_A_COPY = 300
"""Products from which on an edition takes longer to list than to be recalled, or than a copy of
this process to be made."""
_BEFORE = "told of pages before"
"""What a memory keeps that knows any."""
_FEW, _MANY = 80, 10
"""So many new pages, or one in so many, whoever lists them fills too; more are shared out among
all processes, and then each edition is listed once more."""
_FEW_BATCHES = 4
"""Batches of an edition that are looked into as fast as a copy of this process is made."""
_LINE = itemgetter(4)
"""What the sitemap says of the page of a row."""


class Outline(Struct, frozen=True):
    """The pages of a site, and the sitemaps of these."""

    pages: Sequence[Output]
    sitemaps: Sequence[Output]
    filled: int = 0
    """Pages that were filled in passing."""


class _Told(Struct, frozen=True):
    """What one process found out about an edition."""

    found: Mapping[int, Sequence[Row]]
    """The pages that were not remembered, by the number of their batch."""
    sitemaps: Sequence[Sitemap]
    filled: int
    new: Sequence[Digest]
    """What it put into the store."""
    gain: Gain
    remembers: bool
    """Whether nobody asked for the views of some pages, since these were remembered."""


def outline(
    bench: Bench,
    memory: Memory,
    problems: Problems,
    go_on: Callable[[], None] | None = None,
) -> Outline:
    """Return the pages of *bench*; what is wrong with them goes into *problems*.

    *go_on* is called for every page; then these are listed one by one, and not held.
    """
    presses, templates, pages = bench.presses, bench.workshop.templates, list[Output]()
    sitemaps = list[Sitemap]()
    for edition in bench.editions:
        press, lines = edition.press, list[Line]()
        said = _said(press, presses)
        if go_on:
            for output in pages_of(press, named_pages(press), templates, memory, problems):
                go_on()
                pages.append(output)
                if isinstance(output.job, Pending):
                    lines.append(said(output.job))
        else:
            for number, batch in enumerate(edition.batches):
                before = problems.faults
                outputs = list(pages_of(press, batch.named, templates, memory, problems))
                rows = list(rows_of(outputs, said))
                if problems.faults == before:
                    keep(memory, edition, number, templates, rows)
                lines += map(_LINE, rows)
                pages += outputs
        sitemaps += sitemaps_of(press, lines)
    return Outline(pages, _written(presses, sitemaps))


def _said(press: Press, presses: Sequence[Press]) -> Said:
    """Return what tells of a page in the edition of *press*, one of *presses*."""
    return lambda job: line_of(press, presses, job.page.sought)


def outline_apart(bench: Bench, memory: Memory, store: Store, jobs: int) -> Outline | None:
    """Return the same as up to *jobs* processes tell it; None where that is not worth it.

    It is if *memory* knows nearly all pages. The few that *store* lacks are put into it.
    """
    presses = bench.presses
    if len(presses[0].catalogue.products) < _WORTH_A_COPY:
        return None
    if not memory.recall(_BEFORE):  # all is new
        memory.keep(_BEFORE, value=True)
        return None
    known = [_recalled(bench, memory, edition) for edition in bench.editions]
    told = _all_told(bench, memory, store, known, jobs)
    editions = [each for _, each in sorted(told.items())]
    store.look()
    bench.workshop.forget_stale(chain.from_iterable(each.new for each in editions), store)
    for each in editions:
        memory.take(each.gain)
    if len(editions) < len(presses):
        return None
    if any(each.remembers for each in editions):
        memory.leave(views_in(memory))
    pages = [
        output
        for edition, before, each in zip(bench.editions, known, editions, strict=True)
        for output in _outputs(edition, _whole(before, each.found))
    ]
    sitemaps = chain.from_iterable(each.sitemaps for each in editions)
    return Outline(pages, _written(presses, sitemaps), sum(each.filled for each in editions))


_Known = Sequence[Sequence[Row | None] | None]
"""What is remembered of the pages of each batch of an edition."""


def _recalled(bench: Bench, memory: Memory, edition: EditionPages) -> _Known:
    numbers, templates = range(len(edition.batches)), bench.workshop.templates
    return [recalled(memory, edition, number, templates) for number in numbers]


def _whole(known: _Known, found: Mapping[int, Sequence[Row]]) -> Iterator[Sequence[Row]]:
    """Yield all pages of each batch: those that were *found*, or those that were *known*."""
    for number, rows in enumerate(known):
        yield found.get(number) or _filled(rows, ())


def _all_told(
    bench: Bench, memory: Memory, store: Store, known: Sequence[_Known], jobs: int
) -> dict[int, _Told]:
    """Return what *jobs* processes find out about all editions, by their numbers.

    The first of them is this one. Editions that nothing can be told of are left out.
    """
    strange = max(sum(rows is None or None in rows for rows in each) for each in known)
    jobs = jobs if strange > _FEW_BATCHES and may_fork() else 1
    numbers, work = range(len(known)), (bench, memory, store, known)
    shares = [partial(_share, *work, numbers[own::jobs]) for own in numbers[:jobs]]
    # Each is waited for, whatever came of the others: it may have put pages into the store.
    return {number: told for share in side_by_side(shares) for number, told in share.items()}


def _share(
    bench: Bench, memory: Memory, store: Store, known: Sequence[_Known], numbers: range
) -> dict[int, _Told]:
    """Return what is to be told of the editions *numbers*, up to one that nothing is told of."""
    found = dict[int, _Told]()
    for number in numbers:
        told = _told(bench, memory, store, known[number], bench.editions[number])
        if told is None:
            break
        found[number] = told
    return found


def _told(
    bench: Bench, memory: Memory, store: Store, known: _Known, edition: EditionPages
) -> _Told | None:
    """Tell of *edition*; None where much of it is new, or anything is wrong with it."""
    press, templates, names = edition.press, bench.workshop.templates, views_in(memory)
    few, new, problems = max(_FEW, len(press.catalogue.products) // _MANY), 0, Problems()
    said, found = _said(press, bench.presses), dict[int, Sequence[Row]]()
    seen, remembers = dict[Digest, Output](), False
    with memory.noting() as gain:
        for number, rows_known in enumerate(known):
            before = rows_known
            if before is None:
                before = recalled_by_name(memory, edition, number, templates)
            remembers = remembers or any(before or ())
            strange = _strange(edition.batches[number], before)
            new += sum(memory.row(names, name) is None for _, name in strange if name)
            if new > few:
                return None
            outputs = pages_of(press, strange, templates, memory, problems)
            rows = list(rows_of(_noted(outputs, seen), said))
            if problems.found:
                return None
            if strange or rows_known is None:
                found[number] = _filled(before, rows)
                keep(memory, edition, number, templates, found[number])
    whole = [*_whole(known, found)]
    sitemaps = list(sitemaps_of(press, map(_LINE, chain.from_iterable(whole))))
    lacking = [
        seen.get(row[1]) or _output(row, job)
        for row, job in _jobs(edition, whole)
        if row[1] not in store
    ]
    if len(lacking) > few:
        return None
    _, filled, _ = make_chunk(bench.workshop, store, lacking)
    return _Told(found, sitemaps, filled, [each.key for each in lacking], gain, remembers)


def _noted(outputs: Iterable[Output], seen: dict[Digest, Output]) -> Iterator[Output]:
    """Yield *outputs*, and note the pages whose views were made: most are filled right after."""
    for output in outputs:
        if isinstance(output.job, Pending) and output.job.view is not None:
            seen[output.key] = output
        yield output


def _filled(before: Sequence[Row | None] | None, found: Iterable[Row]) -> Sequence[Row]:
    """Return *before* with what was *found* where it lacks anything."""
    rest = iter(found)
    if before is None:
        return list(rest)
    return [each for row in before if (each := row or next(rest, None))]


def _strange(batch: BatchPages, rows: Sequence[Row | None] | None) -> Sequence[Named]:
    """Return the pages of *batch* of which *rows* tell nothing, with their names."""
    if rows is None:
        return batch.named
    lacking = [place for place, row in enumerate(rows) if row is None]
    return [batch.name(place) for place in lacking]


def _jobs(edition: EditionPages, told: Iterable[Iterable[Row]]) -> Iterator[tuple[Row, Listed]]:
    """Yield what is *told* of the pages of *edition*, and how each is made."""
    language = edition.press.edition.language.code
    for batch, rows in zip(edition.batches, told, strict=True):
        for place, row in enumerate(rows):
            yield row, Listed(batch, place, language)


def _output(row: Row, job: Listed) -> Output:
    path, key, file, line, _, _ = row
    return Output(path, key, job, Spot(file, line))


def _outputs(edition: EditionPages, told: Iterable[Iterable[Row]]) -> Iterator[Output]:
    """Yield the pages of *edition* that are *told* of, and the codes beside them."""
    for row, job in _jobs(edition, told):
        page = _output(row, job)
        yield page
        if code := row[5]:
            path, key, address = code
            yield Output(path, key, Code(address), page.origin)


def _written(presses: Sequence[Press], sitemaps: Iterable[Sitemap]) -> list[Output]:
    files = sitemap_files(presses, sitemaps)
    return [write(file.path, file.content, file.origin) for file in files]

"""Make what the plan asks for and the store does not hold."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from ocopgen.base.problems import ContentFaults, MachineTrouble, Problem, Problems
from ocopgen.base.store import Store
from ocopgen.build.developing import PHOTO_COST, Progress
from ocopgen.build.links import keep_links
from ocopgen.build.plan import Output, Plan, Print, Render, Write, ready
from ocopgen.build.pool import Broken, Worker, pays, spread
from ocopgen.build.workshop import Workshop
from ocopgen.pages.photos import Resize
from ocopgen.pages.templates import TemplateFault

_CHUNK = 64
"""Pages that travel to a worker together: one at a time costs forty times more."""
_POSTERS = 16
"""Posters that travel together: an even number, since most pictures are shown on two."""
_POSTER, _PAGE = 8, 1
"""What a poster and a page cost, in pages."""


class Made(Struct):
    """What one run had to make."""

    pages: int = 0
    photos: int = 0
    problems: list[Problem] = field(default_factory=list)


def execute(plan: Plan, store: Store, workshop: Workshop, jobs: int, progress: Progress) -> Made:
    """Make in *jobs* processes what *store* lacks of *plan*, and say how much that was.

    Every job runs even if one fails; raises ContentFaults with all that failed. What cannot be
    made because its source was changed since it was planned is missing in *store* afterwards.
    """
    made = Made()
    missing = list(_missing(plan, store))
    total = sum(isinstance(output.job, Resize) for output in missing)
    with store.gather():
        for output in missing:
            if isinstance(output.job, Write):
                store.put(output.key, output.job.content)
    work = [
        replace(output, job=ready(output.job))
        for output in missing
        if not isinstance(output.job, Write)
    ]
    for photos, pages, problems in _results(work, store, workshop, jobs):
        made.photos += photos
        made.pages += pages
        made.problems += problems
        if photos:
            progress(made.photos, total)
    store.look()
    workshop.forget_stale((each.key for each in work if isinstance(each.job, Render)), store)
    if made.problems:
        raise ContentFaults(Problems(made.problems))
    return made


def _missing(plan: Plan, store: Store) -> Iterator[Output]:
    """Yield an output for each job that is to be done: one for all the sizes of a photo."""
    seen: set[str] = set()
    for output in plan.values():
        name = output.job.digest if isinstance(output.job, Resize) else output.key
        if name not in seen and output.key not in store:
            seen.add(name)
            yield output


Result = tuple[int, int, list[Problem]]
"""How many photos and pages a chunk made, and what went wrong."""


def _results(
    work: Sequence[Output], store: Store, workshop: Workshop, jobs: int
) -> Iterator[Result]:
    cost = sum(_cost(output) for output in work)
    chunks = list(_chunks(work))
    if jobs == 1 or not pays(cost) or len(chunks) == 1:
        for chunk in chunks:
            yield make_chunk(workshop, store, chunk)
        return
    left = chunks
    for _attempt in range(2):
        done: list[int] = []
        try:
            held, pieces = (workshop, store), [(chunk,) for chunk in left]
            for place, result in spread(min(jobs, len(left)), _make_chunk_apart, pieces, held):
                done.append(place)
                yield result
        except Broken:
            left = [chunk for place, chunk in enumerate(left) if place not in done]
        else:
            return
    raise MachineTrouble("worker.broken", origin=left[0][0].origin.path)


def _cost(output: Output) -> int:
    match output.job:
        case Resize():
            return PHOTO_COST
        case Print():
            return _POSTER
        case _:
            return _PAGE


def _make_chunk_apart(chunk: Sequence[Output]) -> Result:
    workshop, store = Worker.held
    return make_chunk(workshop, store, chunk)


def make_chunk(workshop: Workshop, store: Store, chunk: Sequence[Output]) -> Result:
    """Make the outputs of *chunk*, put them into *store*, and say how it went."""
    # Pictures are dear, and stay files of their own; many share a store and none is made twice.
    dear = any(isinstance(output.job, Resize | Print) for output in chunk)
    with nullcontext() if dear else store.gather():
        return _made_of(workshop, store, chunk)


def _made_of(workshop: Workshop, store: Store, chunk: Sequence[Output]) -> Result:
    photos, pages, problems = 0, 0, []
    for output in chunk:
        try:
            entries = workshop.make(output)
        except TemplateFault as fault:
            problems.append(fault.problem)
            continue
        for key, content in entries.items():
            store.put(key, content)
            keep_links(output.path, key, content, store)
        photos += isinstance(output.job, Resize)
        pages += output.path.endswith(".html")
    return photos, pages, problems


def _chunks(work: Iterable[Output]) -> Iterator[list[Output]]:
    """Yield photos one by one, since each is long, and pages and posters in chunks."""
    pages: list[Output] = []
    posters: list[tuple[str, Output]] = []
    for output in work:
        if isinstance(output.job, Resize):
            yield [output]
        elif isinstance(output.job, Print):
            posters.append((_shown(output.job), output))
        else:
            pages.append(output)
    # Posters with the same picture stand beside each other, so that it is decoded once.
    posters.sort(key=itemgetter(0))
    for start in range(0, len(posters), _POSTERS):
        yield [output for _, output in posters[start : start + _POSTERS]]
    for start in range(0, len(pages), _CHUNK):
        yield pages[start : start + _CHUNK]


def _shown(job: Print) -> str:
    """Return which picture the poster of *job* shows."""
    poster = job.poster
    return poster.shot.digest if poster.shot else poster.drawing

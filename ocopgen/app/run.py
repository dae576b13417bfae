"""Carry out the commands that make, check and remove."""

import atexit
import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from ocopgen.app.cleaning import forget
from ocopgen.app.places import MEMORY, STORE, TRACE, WAIT_SECONDS, cache_of
from ocopgen.app.published import published_files
from ocopgen.app.terminal import Terminal
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, MachineTrouble, Problems
from ocopgen.base.sight import Sight
from ocopgen.base.store import Store
from ocopgen.base.whole import make_unkept
from ocopgen.build.held import Looked
from ocopgen.build.publish import MANIFEST, Lost, doubt, hold, holds, look_whose, spare_of
from ocopgen.build.spare import laid_out
from ocopgen.build.trace import inputs_of, read_trace, write_trace
from ocopgen.pages.theme import theme_for

if TYPE_CHECKING:
    from ocopgen.build.publish import Published
    from ocopgen.build.site import Built, Making


class Order(Struct, frozen=True):
    """What one build is asked for."""

    root: Path
    day: date
    out: Path
    jobs: int | None = None
    """Absent: as many processes as there are cores to use."""
    fresh: bool = False
    """Whether nothing that was made or remembered before may be used."""
    target: str = "plain"
    """The kind of host that the site goes to."""
    published: str | None = None
    """Where the manifest of the site lies that is online; absent: nothing is compared."""
    shrink: bool = False
    """Whether there may be far fewer products than online."""
    summary: Path | None = None
    """Where to write down what changes of the site that is online."""
    guise: Mapping[str, str | bool] = field(default_factory=dict)
    """What the site is made with instead of what site.yaml says."""
    handbook: bool = False
    """Whether the site offers the printed manual."""

    @property
    def cache(self) -> Path:
        """Return the folder of what is kept between builds."""
        return cache_of(self.root)


def build(order: Order, terminal: Terminal) -> None:
    """Build and publish what *order* asks for, unless nothing has changed since."""
    start = time.monotonic()
    spare_the_collector()
    before = published_files(order.published, terminal) if order.published else None
    waiting = partial(terminal.hint, "waiting")
    # Builds that share no cache may share a site, so it has a lock too: always taken second.
    with hold(order.cache, WAIT_SECONDS, waiting):
        traces = read_trace(order.cache / TRACE)
        trace = traces.get(str(order.out.resolve()), {})
        doubted = order.fresh or before is not None or not trace
        sight = Sight()
        layers = theme_for(order.root).layers
        inputs, theme = inputs_of(layers, sight)
        same = not doubted and inputs and _is_same(trace, order, inputs)
        if same and holds(order.out, trace["manifest"]):
            terminal.say("unchanged", out=order.out.name, seconds=_since(start))
            return
        stays = trace.get("files", 0) if trace.get("theme") == theme and not order.fresh else 0
        look_whose(order.out)  # sooner than after a long build
        spare = spare_of(order.out)
        with hold(spare, WAIT_SECONDS, waiting), laid_out(order.out, spare, stays) as laid:
            built, published = _build(order, before, terminal, sight, laid)
        if inputs:
            done = {**_asked(order), "inputs": inputs, "manifest": published.digest}
            done |= {"files": len(built.manifest), "theme": theme}
            write_trace(order.cache / TRACE, {**traces, str(order.out.resolve()): done})
    if built.problems.found:
        terminal.hint("warnings", count=len(list(built.problems)))
    terminal.say(
        "built",
        out=order.out.name,
        pages=built.pages,
        pages_made=built.made.pages,
        photos=built.photos,
        photos_made=built.made.photos,
        written=published.written,
        deleted=published.deleted,
        seconds=_since(start),
    )
    # What a host does not take is known to this build alone: a check does not ask for the host.
    limits = [each for each in built.problems if each.code.startswith("host.")]
    if limits:
        terminal.report(Problems(limits), order.root, "text")
    if before is not None:
        _compare(order, before, terminal)


def _compare(order: Order, before: Mapping[str, str], terminal: Terminal) -> None:
    from ocopgen.app.comparing import tell_changes, write_summary
    from ocopgen.build.compare import changes

    found = changes(before, published_files(str(order.out / MANIFEST), terminal))
    tell_changes(found, terminal)
    if order.summary:
        write_summary(order.summary, found, terminal)


def _is_same(trace: Mapping[str, Any], order: Order, inputs: str) -> bool:
    """Tell whether *trace* is of a build of the same inputs."""
    return {**trace, **_asked(order), "inputs": inputs} == trace


def _asked(order: Order) -> dict[str, object]:
    return {
        "day": order.day.isoformat(),
        "target": order.target,
        "guise": dict(order.guise),
        "handbook": order.handbook,
    }


def _build(
    order: Order,
    before: Mapping[str, str] | None,
    terminal: Terminal,
    sight: Sight,
    laid: Callable[[], Looked | None],
) -> "tuple[Built, Published]":
    from ocopgen.build.reading import read

    if order.fresh:
        forget(order.cache)
        doubt(order.out)
    memory = Memory(order.cache / MEMORY, lasts=False)
    memory.sight = sight
    try:
        # All that makes pages takes as long to import as half a thousand files to read.
        site = partial(import_module, "ocopgen.build.site")
        read(order.root, memory, order.jobs, meanwhile=site)
        return _released(order, before, terminal, memory, laid)
    finally:
        memory.save()


def _released(
    order: Order,
    before: Mapping[str, str] | None,
    terminal: Terminal,
    memory: Memory,
    laid: Callable[[], Looked | None],
) -> "tuple[Built, Published]":
    from ocopgen.build.site import ATTEMPTS, Making, release

    store = Store(order.cache / STORE)
    with terminal.progress("making_photos") as progress:
        making = Making(
            store,
            memory,
            order.cache,
            order.jobs,
            progress,
            guise=order.guise,
            handbook=order.handbook,
        )
        for _ in range(ATTEMPTS):
            built = _made(order, before, making)
            looked = laid()
            with suppress(Lost):  # what was damaged in the store is made once more
                return built, release(built, order.out, making, looked)
    raise MachineTrouble("build.restless")


def _made(order: Order, before: Mapping[str, str] | None, making: "Making") -> "Built":
    """Make the site, look it over, and dress it for its host; raises ContentFaults."""
    from ocopgen.build.hosts import TARGETS, dress, hosted_by, look_at_limits
    from ocopgen.build.review import guard, review
    from ocopgen.build.site import completed, make_pages

    pages = make_pages(order.root, order.day, making)
    assert pages.prepared is not None  # noqa: S101 - search is still to be made from it
    hosted, problems = hosted_by(pages.prepared.presses), pages.problems
    review(pages.prepared, making, problems)
    if before is not None:
        guard(pages.prepared, before.keys(), problems, shrink=order.shrink)
    if problems.faults:
        raise ContentFaults(problems)
    whole, target = completed(pages, making), TARGETS[order.target]
    dressed = dress(whole.manifest, hosted, target, making.store, making.jobs)
    look_at_limits(
        {path: making.store.size(key) for path, key in dressed.items()}, hosted, target, problems
    )
    return replace(whole, manifest=dressed, used=whole.used.union(dressed.values()))


def check(
    root: Path, day: date, published: Mapping[str, str] | None = None, *, pages: bool = True
) -> Problems:
    """Return everything that is wrong with the catalogue in *root* on *day*, or could be better.

    *published*: the files of the site that is online, of which no address may be lost. *pages*:
    those are made and looked at too, which takes longer than all the rest.
    """
    from ocopgen.build.review import advise, guard, review
    from ocopgen.build.site import Making, prepare

    spare_the_collector()
    problems = Problems()
    with _kept(root) as cache:
        memory = Memory(cache / MEMORY)
        prepared = prepare(root, day, memory, problems)
        if prepared:
            making = Making(Store(cache / STORE), memory, cache, None, _quiet)
            if pages:
                review(prepared, making, problems)
            if published is not None:
                guard(prepared, published.keys(), problems)
        advise(root, day, memory, prepared, problems)
        memory.save()
    return problems


@contextmanager
def _kept(root: Path) -> Iterator[Path]:
    """Yield the folder of what is kept between builds, or one that passes where none can be."""
    import tempfile  # no build needs it

    cache = cache_of(root)
    with ExitStack() as left:
        try:
            make_unkept(cache)
            tempfile.TemporaryFile(dir=cache).close()
        except OSError:  # content on a disk that may only be read
            cache = Path(left.enter_context(tempfile.TemporaryDirectory(prefix="ocopgen-")))
        yield cache


def spare_the_collector() -> None:
    """Stop looking for circles: a run makes hardly any, and the search takes a third of it.

    Nor does Python look for them when it ends.
    """
    gc.disable()
    atexit.register(gc.freeze)


def _quiet(_done: int, _total: int) -> None:
    """Show no progress: a check makes no pictures."""


def nearby(path: Path, root: Path) -> str:
    """Return *path* as seen from *root*, or whole where it is elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _since(start: float) -> str:
    return f"{time.monotonic() - start:.1f}"

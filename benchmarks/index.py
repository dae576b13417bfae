"""Time the making of the search index against what Pagefind alone takes for the same pages.

    python -m benchmarks.index CATALOGUE [ROUNDS]

Alone means its program over pages that are written already, one run a language side by side, as a
build runs it. The other figure is all that a build does for search: writing those pages, running
Pagefind, reading what it made into the store, and the file in which names are looked up. Both in
turn, medians of ROUNDS (5).
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.bare import DAY
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build import search
from ocopgen.build.finding import search_files
from ocopgen.build.ground import set_up
from ocopgen.pages.gist import feed
from ocopgen.pages.views import Press


def main() -> None:
    """Print both figures, and how many times the one is the other."""
    root, rounds = Path(sys.argv[1]).resolve(), int((*sys.argv[2:], "5")[0])
    alone, whole = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for number in range(rounds):
            folder = Path(scratch, str(number))
            presses = _presses(root, folder)
            works = [folder / press.routes.language.code for press in presses]
            pages = 0
            for press, work in zip(presses, works, strict=True):
                written = feed(press.edition, press.routes)
                work.mkdir(parents=True)
                search._write(written, work / "feed")  # noqa: SLF001 - the very same pages
                pages += len(written)
            alone.append(_seconds(lambda works=works: _run(works)))
            store, memory = Store(folder / "store"), Memory(folder / "memory.lines")
            fresh = _presses(root, folder)
            parts = (fresh, store, memory, folder)
            whole.append(_seconds(lambda parts=parts: search_files(*parts)))
    one, other = statistics.median(alone), statistics.median(whole)
    print(f"{pages} pages: Pagefind {one:.2f} s, all of search {other:.2f} s, {other / one:.2f}")


def _presses(root: Path, folder: Path) -> tuple[Press, ...]:
    ground = set_up(root, DAY, Memory(folder / "read.lines"), Problems())
    assert ground is not None  # noqa: S101 - a made-up catalogue has no fault
    return ground.presses


def _run(works: Iterable[Path]) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(search._run, works))  # noqa: SLF001 - the very same command


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

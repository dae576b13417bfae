"""Time ocopgen, Hugo, Eleventy and Astro side by side on the same made-up catalogue.

    python -m benchmarks.bench [--size PRODUCTS] [--photos N] [--rounds N] [--edits N] [--out FILE]

All make the same pages (benchmarks/same.py is asked at small sizes, and stops where not): first
cold, then with nothing changed, then after one edit of each kind. Whoever is measured takes turns
with the others, and the medians of all rounds count. `make bench` sets up what is needed.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bare import DAY
from benchmarks.catalogue import write
from benchmarks.cost import Cost, cost
from benchmarks.edits import EDITS, PEERS_TOO
from benchmarks.sides import OCOPGEN, SIDES, Side
from ocopgen.build.machine import usable_cores

COLD, NOTHING = "cold", "nothing changed"
Rows = dict[str, dict[str, list[Cost]]]
"""What each run cost: by the kind of build, then by the generator."""
_SMALL = 1000
"""Products up to which the sites are compared, and nobody rests: those of more take longer to
compare than to make, and have so many files that it matters when some were deleted."""
_REST, _FIRST_REST = 65, 370
"""Seconds after which nobody waits any more for what the others deleted, or somebody before them
who did not wait for the disk: see `make_cold`."""
_FIRST = (0, 2, 1, 3)
"""Who begins, turn by turn."""
SETTLED = 2.5
"""Seconds after which a file counts as settled: a build right after an edit has to doubt it."""


def timed(catalogue: Path, work: Path, rounds: int, edits: int) -> Rows:
    """Return what builds of *catalogue* cost each generator, in projects below *work*.

    *edits* is how many kinds of edit are tried.
    """
    projects = {side.name: work / side.name.lower() for side in SIDES}
    for side in SIDES:
        side.set_up(catalogue, projects[side.name])
    rows: Rows = {}
    small = sum(1 for _ in (catalogue / "content/products").iterdir()) <= _SMALL
    rest = 0 if small else _REST
    for turn in range(rounds):
        time.sleep(rest if turn or small else _FIRST_REST)
        for side in _in_turn(turn):
            side.make_cold(projects[side.name])
            _note(rows, COLD, side, projects[side.name])
    if small:
        _compare(projects)
    for turn in range(rounds):
        for side in _in_turn(turn):
            _note(rows, NOTHING, side, projects[side.name])
    for kind in list(EDITS)[:edits]:
        for turn in range(1, rounds + 1):
            edited = _edit(kind, catalogue, projects, turn)
            time.sleep(max(rest, SETTLED))
            for side in edited:
                _note(rows, kind, side, projects[side.name])
    return rows


def _in_turn(turn: int) -> list[Side]:
    """Return all sides, another one first each *turn*: that one may find a machine that idled."""
    first = _FIRST[turn % len(_FIRST)]
    return [*SIDES[first:], *SIDES[:first]]


def _edit(kind: str, catalogue: Path, projects: dict[str, Path], turn: int) -> list[Side]:
    """Make the edit *kind* for all who are timed after it, and return these."""
    sides = [side for side in _in_turn(turn - 1) if side is OCOPGEN or kind in PEERS_TOO]
    EDITS[kind](catalogue, turn)
    for side in sides:
        side.follow(catalogue, projects[side.name])
    return sides


def _note(rows: Rows, kind: str, side: Side, project: Path) -> None:
    os.sync()  # nobody waits for a disk that is busy with what others wrote
    spent = cost(side.command, project, **side.environment())
    rows.setdefault(kind, {}).setdefault(side.name, []).append(spent)
    figures = f"{spent.wall:8.2f} s {spent.cpu:8.2f} s {spent.memory:6.0f} MB"
    print(f"{kind:18} {side.name:9} {figures}", flush=True)


def _compare(projects: dict[str, Path]) -> None:
    """Refuse to compare times of sites that differ."""
    own = projects[OCOPGEN.name] / OCOPGEN.site
    for side in SIDES:
        if side.peer:
            other = projects[side.name] / side.site
            words = [sys.executable, "-m", "benchmarks.same", str(own), str(other)]
            subprocess.run(words, check=True, cwd=Path(__file__).parent.parent)


def medians(rows: Rows) -> Iterator[tuple[str, dict[str, Cost]]]:
    """Yield the kinds of build with the median of what each generator took."""
    for kind, sides in rows.items():
        yield (
            kind,
            {
                name: Cost(
                    *(statistics.median(each) for each in zip(*map(_figures, runs), strict=True))
                )
                for name, runs in sides.items()
            },
        )


def _figures(spent: Cost) -> tuple[float, float, float]:
    return spent.wall, spent.cpu, spent.memory


def main() -> None:
    """Measure, print the medians, and write them down."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--size", type=int, default=415)
    words.add_argument("--photos", type=int, default=0)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--edits", type=int, default=len(EDITS))
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        catalogue = Path(scratch) / "catalogue"
        catalogue.mkdir()
        write(catalogue, asked.size, asked.photos)
        rows = timed(catalogue, Path(scratch), asked.rounds, asked.edits)
        shutil.rmtree(catalogue)
    found = dict(medians(rows))
    print()
    for kind, sides in found.items():
        print(f"{kind:18}", *(f"{name} {each.wall:.2f} s" for name, each in sides.items()))
    if asked.out:
        result = {
            "products": asked.size,
            "photos": asked.photos,
            "rounds": asked.rounds,
            "day": DAY.isoformat(),
            "measured": datetime.now(UTC).date().isoformat(),
            "machine": f"{usable_cores()} cores, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}",
            "medians": {
                kind: {name: _figures(each) for name, each in sides.items()}
                for kind, sides in found.items()
            },
        }
        asked.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

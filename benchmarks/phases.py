"""Build a catalogue, and tell what each phase of it took.

    python -m benchmarks.phases CATALOGUE

Prints a line of JSON a phase: its name, seconds, seconds of the processor in all processes, and
the megabytes of this process at its end.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bare import DAY
from ocopgen.app import run
from ocopgen.app.terminal import Terminal
from ocopgen.build import ground, hosts, reading, review, site

PHASES: tuple[tuple[Any, str, str], ...] = (
    (reading, "read", "read files"),
    (ground, "load", "load records"),
    (ground, "tie", "tie records"),
    (ground, "develop", "photos"),
    (ground, "survey", "look at photos"),
    (site, "posters_of", "plan posters"),
    (site, "fill", "fill pages"),
    (site, "outline", "plan pages, sitemaps"),
    (site, "outline_apart", "plan pages, sitemaps"),
    (site, "execute", "posters, codes"),
    (review, "review", "follow links"),
    (site, "completed", "search, open data"),
    (hosts, "dress", "dress for the host"),
    (site, "release", "publish"),
)
"""Where a phase is called from, the function, and what it is."""
_WHOLE = "whole build"


def _cpu() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) // 256


def _timed(
    name: str, work: Callable[..., Any], taken: dict[str, list[float]]
) -> Callable[..., Any]:
    def timed(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the phase takes
        start, cpu = time.perf_counter(), _cpu()
        done = work(*values, **named)
        if hasattr(done, "__next__"):
            done = list(done)
        row = taken.setdefault(name, [0.0, 0.0, 0.0])
        row[0] += time.perf_counter() - start
        row[1] += _cpu() - cpu
        row[2] = max(row[2], _memory())
        return done

    return timed


def main() -> None:
    """Build, and print what each phase took."""
    root, taken = Path(sys.argv[1]).resolve(), dict[str, list[float]]()
    for room, function, name in PHASES:
        setattr(room, function, _timed(name, getattr(room, function), taken))
    build = _timed(_WHOLE, run.build, taken)
    build(run.Order(root, DAY, root / "site"), Terminal("en"))
    for name, row in taken.items():
        sys.stderr.write(json.dumps([name, *row]) + "\n")


if __name__ == "__main__":
    main()

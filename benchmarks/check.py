"""Tell whether ocopgen has become slower than it was when the baseline was written.

    python -m benchmarks.check [--write]

What a build costs is told as a multiple of what a fixed piece of work costs in the same minutes
(benchmarks/yardstick.py), so that machines and hours matter less; the best of several runs counts.
Fails where anything takes more than 15 % longer than benchmarks/baseline.json says; --write takes
today's figures as the baseline.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bench import COLD, NOTHING, SETTLED
from benchmarks.catalogue import write
from benchmarks.cost import cost
from benchmarks.edits import EDITS
from benchmarks.sides import OCOPGEN

BASELINE = Path(__file__).parent / "baseline.json"
_PRODUCTS, _ROUNDS = 200, 6
_ALLOWED = 1.15
_EDIT, _FIXED = "one summary", "the fixed work"
_YARDSTICK = (sys.executable, "-m", "benchmarks.yardstick")


def measured() -> dict[str, float]:
    """Return what each kind of build costs, as a multiple of the fixed piece of work."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        catalogue, project = Path(scratch) / "catalogue", Path(scratch) / "project"
        catalogue.mkdir()
        write(catalogue, _PRODUCTS)
        OCOPGEN.set_up(catalogue, project)
        for kind, cpu in _runs(catalogue, project):
            found[kind] = min(found.get(kind, cpu), cpu)
    fixed = found.pop(_FIXED)
    return {kind: cpu / fixed for kind, cpu in found.items()}


def _runs(catalogue: Path, project: Path) -> Iterator[tuple[str, float]]:
    for turn in range(1, _ROUNDS + 1):
        OCOPGEN.make_cold(project)
        time.sleep(SETTLED)
        yield _FIXED, _cpu(_YARDSTICK, project)
        yield COLD, _cpu(OCOPGEN.command, project)
        yield NOTHING, _cpu(OCOPGEN.command, project)
        EDITS[_EDIT](catalogue, turn)
        OCOPGEN.follow(catalogue, project)
        time.sleep(SETTLED)
        yield _FIXED, _cpu(_YARDSTICK, project)
        yield _EDIT, _cpu(OCOPGEN.command, project)


def _cpu(command: Sequence[str], project: Path) -> float:
    return cost(command, project, **OCOPGEN.environment()).cpu


def main() -> int:
    """Compare, and return how many kinds of build became slower."""
    now = measured()
    if "--write" in sys.argv[1:]:
        rounded = {kind: round(each, 2) for kind, each in now.items()}
        BASELINE.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")
        print(f"Written to {BASELINE.name}: {rounded}")
        return 0
    slower = 0
    for kind, before in json.loads(BASELINE.read_text("utf-8")).items():
        ratio = now[kind] / before
        slower += ratio > _ALLOWED
        verdict = "slower" if ratio > _ALLOWED else "as fast or faster"
        print(f"{kind:18} {now[kind]:8.2f}, before {before:8.2f}: {ratio:.2f} times, {verdict}")
    return slower


if __name__ == "__main__":
    sys.exit(1 if main() else 0)

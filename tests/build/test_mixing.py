"""Whatever is edited, in any order: the next build makes what a fresh one makes, or tells alike.

The edits are made by a program that knows nothing of the records (`mixing.py`), so that nobody
has to have thought of them. A longer run takes a large catalogue too, and the manual.
"""

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest

from benchmarks.catalogue import write
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults
from ocopgen.base.store import Store
from ocopgen.build import outline
from ocopgen.build.site import Making, completed, make_pages
from tests.build.mixing import DAYS, Mixer, brought_back, kept
from tests.copies import TODAY, Copy, quiet

SERIES = int(os.environ.get("OCOPGEN_SERIES", "2"))
"""How many series of edits are tried."""
LONG = SERIES > 2
STEPS = 40 if LONG else 12
FEW_STEPS = 10
"""How often the large catalogue is mixed up in a series, which takes minutes."""
MANY = 1100
"""Products of the large catalogue: so many are read, filled and told of by several processes."""

Outcome = dict[str, bytes] | list[tuple[str, str]]
"""The bytes of every file by its path, or what is wrong: where, and its code."""


@pytest.mark.parametrize("seed", range(SERIES))
def test_a_mixed_up_village_is_made_as_if_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(outline, "_WORTH_A_COPY", 1)
    good = _mixed(Copy(tmp_path / "copy"), tmp_path, seed, STEPS)

    assert good > STEPS // 4


@pytest.mark.skipif(not LONG, reason="make test-edits")
@pytest.mark.parametrize("seed", range(max(1, SERIES // 25)))
def test_a_large_catalogue_that_is_mixed_up_is_made_as_if_fresh(tmp_path: Path, seed: int) -> None:
    write(tmp_path / "made-up", MANY)

    good = _mixed(Copy(tmp_path / "copy", source=tmp_path / "made-up"), tmp_path, seed, FEW_STEPS)

    assert good > FEW_STEPS // 4


def _mixed(copy: Copy, folder: Path, seed: int, steps: int) -> int:
    """Mix up *copy* in *steps*, and return how many of these left a site that can be made."""
    mixer, random, day = Mixer(copy, seed), Random(seed), TODAY  # noqa: S311 - no secret
    good, done = 0, list[str]()
    kept(copy, folder / "good")
    for step in range(steps):
        done += [mixer.edit() for _ in range(random.choice((1, 1, 1, 2, 3)))]
        if random.random() < 0.15:
            day = max(TODAY, date.fromisoformat(f"{random.choice(DAYS)}-01-01"[:10]))
            done.append(f"on {day}")
        jobs = random.choice((1, 2))
        whole = LONG and random.random() < 0.1
        built = _outcome(copy, day, copy.cache, folder / "store", jobs, whole=whole)
        fresh = _outcome(copy, day, folder / f"fresh{step}", folder / "other", 1, whole=whole)

        assert _different(built, fresh) == [], (jobs, whole, done)
        if isinstance(built, dict):
            good += 1
            done.clear()
            kept(copy, folder / "good")
        else:
            brought_back(copy, folder / "good")
    return good


def _outcome(copy: Copy, day: date, cache: Path, store: Path, jobs: int, *, whole: bool) -> Outcome:
    """Return what a build with *cache* comes to; *whole* is with search and the manual."""
    cache.mkdir(parents=True, exist_ok=True)
    memory = Memory(cache / "memory.lines")
    making = Making(Store(store), memory, cache, jobs, quiet, handbook=whole)
    try:
        built = make_pages(copy.root, day, making)
        if whole:
            built = completed(built, making)
    except ContentFaults as faults:
        return sorted((str(p.spot), p.code) for p in faults.problems)
    finally:
        memory.save()
    return {path: making.store.get(key) or b"" for path, key in built.manifest.items()}


def _different(built: Outcome, fresh: Outcome) -> list[str]:
    """Return the paths that *built* and *fresh* differ in, or the faults that one of them has."""
    if isinstance(built, dict) and isinstance(fresh, dict):
        return [path for path in built.keys() | fresh if built.get(path) != fresh.get(path)]
    return [] if built == fresh else [f"{built!r:.500}", f"{fresh!r:.500}"]

"""A build that is killed at any moment leaves a whole site, and the next one finishes the work.

`make test-kills` kills a hundred builds (OCOPGEN_KILLS says how many); a plain run kills none but
those of tests/build/test_publish.py.
"""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from tests.app.commands import TODAY, kill, run, start
from tests.app.wholeness import Watcher, edit, is_whole, pages_of
from tests.copies import Copy

KILLS = int(os.environ.get("OCOPGEN_KILLS", "0"))
BUILD = ("build", "--today", TODAY)

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not KILLS, reason="make test-kills; and Windows knows no SIGKILL"
)


def test_killed_builds_leave_a_whole_site(tmp_path: Path) -> None:
    village, chance = Copy(tmp_path), random.Random(KILLS)  # noqa: S311 - moments, not secrets
    site, cache = village.root / "site", village.root / ".ocopgen"
    began = time.monotonic()
    assert run(village.root, *BUILD).status == 0
    longest = time.monotonic() - began

    with Watcher(site) as watcher:
        for number in range(KILLS):
            edit(village)
            if number % 3 == 0:
                shutil.rmtree(cache / "store", ignore_errors=True)
            running = start(village.root, *BUILD, "--jobs", "2")
            time.sleep(chance.uniform(0.05, 1.1) * longest)
            kill(running)
            assert is_whole(site), f"after kill {number + 1}"

    assert watcher.faults == []
    assert watcher.looks > KILLS
    assert run(village.root, *BUILD).status == 0
    assert is_whole(site)
    finished = pages_of(site)
    assert run(village.root, *BUILD, "--fresh").status == 0
    assert pages_of(site) == finished

"""What the preview makes beside the pages, and when."""

import time
from pathlib import Path

import pytest

from ocopgen.app.desk import Desk
from ocopgen.app.terminal import Terminal
from tests.app.commands import TODAY
from tests.copies import Copy

SHORT, LONG = 2, 60
"""Seconds in which nothing may come, and in which it must have come."""


def _finds_after_rest(desk: Desk, seconds: float) -> bool:
    """Rest for *seconds* at most, and return whether search has come to the site by then."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        desk.rest()
        if any(path.startswith("search/") for path in desk.preview.manifest):
            return True
        time.sleep(0.05)
    return False


def test_search_waits_for_a_rest_that_is_as_long_as_its_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Copy(tmp_path).root, TODAY, Terminal("en"))
    desk.begin()

    with monkeypatch.context() as slow:
        slow.setattr("ocopgen.app.desk._FILES_A_SECOND", 1)
        assert not _finds_after_rest(desk, SHORT)

    assert _finds_after_rest(desk, LONG)
    desk.end()

"""What is saved below the watched folders is told, in one piece, and beside other work."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Event

import pytest

from ocopgen.app.watch import UNSURE, Changed, Watch, changes

LONGEST = 15
"""Seconds until a change must have been seen."""


@pytest.fixture(params=[False, True], ids=["told by the system", "looked for"])
def watch(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Watch, Path]]:
    """Return a watch that has begun to look, and the folder content/ that it looks at."""
    content = tmp_path / "content"
    content.mkdir()
    looking = Watch(tmp_path, (), poll=request.param)
    while looking.next():
        pass
    yield looking, content.resolve()
    looking.end()


def seen(watch: Watch, count: int) -> set[str]:
    """Return the files of which *watch* tells until they are *count*."""
    found: set[str] = set()
    end = time.monotonic() + LONGEST
    while len(found) < count and time.monotonic() < end:
        found.update(watch.next() or ())
    return found


def test_a_file_that_is_saved_is_told(watch: tuple[Watch, Path]) -> None:
    looking, content = watch
    (content / "a.yaml").write_text("a")

    assert str(content / "a.yaml") in seen(looking, 1)


def _has_come(looking: Watch, path: Path) -> bool:
    return any(str(path) in (batch or ()) for batch in looking._batches)  # noqa: SLF001 - unasked


def test_who_is_busy_is_told_of_all_at_once(watch: tuple[Watch, Path]) -> None:
    looking, content = watch
    assert not looking.is_newer()
    (content / "a.yaml").write_text("a")
    end = time.monotonic() + LONGEST
    while not looking.is_newer() and time.monotonic() < end:
        time.sleep(0.01)
    (content / "b.yaml").write_text("b")
    # However long that takes on a busy machine, nobody asks until both have come.
    while not _has_come(looking, content / "b.yaml") and time.monotonic() < end:
        time.sleep(0.01)

    assert {str(content / "a.yaml"), str(content / "b.yaml")} <= set(looking.next() or ())
    assert not looking.is_newer()


def test_a_folder_that_is_made_later_is_watched_as_well(watch: tuple[Watch, Path]) -> None:
    looking, content = watch
    templates = content.parent / "templates"
    templates.mkdir()
    seen(looking, 1)
    time.sleep(1)
    (templates / "page.html").write_text("a")

    assert str(templates / "page.html") in seen(looking, 1)


def _until(told: Iterator[Changed], path: Path) -> list[Changed]:
    """Return what is *told* up to *path*, or for as long as one may wait for it."""
    batches: list[Changed] = []
    for files in islice(told, LONGEST):
        batches.append(files)
        if str(path) in (files or ()):
            break
    return batches


def test_what_is_saved_while_another_file_comes_is_seen_by_polling_too(tmp_path: Path) -> None:
    content = tmp_path.resolve() / "content"
    content.mkdir()
    told = changes(tmp_path, (), Event(), poll=True)
    assert next(told) == UNSURE
    (content / "a.yaml").write_text("a")
    _until(told, content / "a.yaml")

    (content / "b.yaml").write_text("b")

    batches = _until(told, content / "b.yaml")
    assert str(content / "b.yaml") in (batches[-1] or ())
    assert UNSURE not in batches, "the watching began anew"

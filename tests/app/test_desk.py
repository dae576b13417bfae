"""What the preview makes beside the pages, and when."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ocopgen.app.desk import Desk
from ocopgen.app.terminal import Terminal
from tests.app.commands import TODAY
from tests.copies import Copy

SHORT, LONG = 2, 60
"""Seconds in which nothing may come, and in which it must have come."""


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    """Return a copy of the village."""
    return Copy(tmp_path)


@pytest.fixture
def desk(village: Copy) -> Iterator[Desk]:
    """Yield a desk that has made the village's site."""
    desk = Desk(village.root, TODAY, Terminal("en"))
    desk.begin()
    yield desk
    desk.end()


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
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr("ocopgen.app.desk._FILES_A_SECOND", 1)
        assert not _finds_after_rest(desk, SHORT)

    assert _finds_after_rest(desk, LONG)


def test_search_follows_the_names_that_are_saved(
    village: Copy, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocopgen.app.desk._LULL", 1000)
    monkeypatch.setattr("ocopgen.app.desk._FILES_A_SECOND", 1e9)
    assert _finds_after_rest(desk, LONG)
    before = desk.preview.manifest["search.en.json"]
    path = f"content/products/{TOLD}/product.yaml"
    village.edit(path, "Imaginary honey", "Invented honey")
    desk.again((str((village.root / path).resolve()),))

    end = time.monotonic() + LONG
    while time.monotonic() < end and desk.preview.manifest["search.en.json"] == before:
        desk.rest()
        time.sleep(0.05)

    assert desk.preview.manifest["search.en.json"] != before


def test_after_midnight_the_site_is_of_the_new_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(desk.preview.manifest)
    monkeypatch.setattr("ocopgen.app.desk._DATED", 0)
    monkeypatch.setattr("ocopgen.app.desk.build_day", lambda *_: date(2029, 1, 1))

    desk.rest()

    assert desk.preview.manifest["index.html"] != before["index.html"]


TOLD, UNTOLD = "mat-ong-tuong-tuong", "cha-ha-sao"


def _shows(desk: Desk, product: str, words: str) -> bool:
    path = next(path for path in desk.preview.manifest if f"/{product}/index.html" in path)
    found = desk.preview.find(desk.preview.base + path)
    assert found
    return words in found[1].decode()


def _save(village: Copy, product: str, words: str) -> str:
    """Save *words* as the summary of *product*, as if that were long ago; return its path."""
    path = f"content/products/{product}/product.yaml"
    village.edit(
        path,
        r"^summary:\n  vi: .*",
        f"summary:\n  vi: {words}, dù mọi người trong làng đều đã đọc.",
    )
    return str((village.root / path).resolve())


def test_what_the_system_did_not_tell_of_is_seen_once_nobody_saves(
    village: Copy, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocopgen.app.desk._LULL", 1000)
    desk.again((_save(village, TOLD, "Ai cũng biết"),))

    _save(village, UNTOLD, "Chưa ai hay")
    desk.again((_save(village, TOLD, "Ai cũng hay"),))
    desk.rest()
    assert _shows(desk, TOLD, "Ai cũng hay")
    assert not _shows(desk, UNTOLD, "Chưa ai hay"), "all files were looked at"
    monkeypatch.setattr("ocopgen.app.desk._LULL", 0)
    desk.rest()

    assert _shows(desk, UNTOLD, "Chưa ai hay")


def test_what_is_saved_before_the_watching_begins_is_seen(village: Copy, desk: Desk) -> None:
    _save(village, UNTOLD, "Chưa ai hay")
    desk.again((_save(village, TOLD, "Ai cũng hay"),))

    assert _shows(desk, UNTOLD, "Chưa ai hay")


@pytest.mark.parametrize(
    ("others", "told"), [(1, "and 1 other file: rebuilt"), (2, "and 2 other files: rebuilt")]
)
def test_files_that_change_together_are_counted(
    village: Copy, desk: Desk, capsys: pytest.CaptureFixture[str], others: int, told: str
) -> None:
    first = _save(village, TOLD, "Ai cũng hay")
    desk.again((first, *(f"{first}{number}" for number in range(others))))

    assert told in "".join(capsys.readouterr())


def test_a_fault_is_told_whenever_somebody_saves_and_not_when_nobody_does(
    village: Copy,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = village.root / "content/products" / TOLD / "product.yaml"
    village.write(f"content/products/{TOLD}/product.yaml", record.read_text("utf-8") + "lạ: 1\n")
    capsys.readouterr()

    told = []
    monkeypatch.setattr("ocopgen.app.desk._LULL", 0)
    for step in (desk.again, desk.again, lambda _: desk.rest(), lambda _: desk.rest()):
        step((str(record.resolve()),))
        told.append("".join(capsys.readouterr()).count("lạ: 1"))

    assert told == [1, 1, 0, 0]


@pytest.mark.parametrize("told", [0, 101])
def test_where_nobody_knows_all_that_changed_all_files_are_looked_at(
    village: Copy, desk: Desk, told: int
) -> None:
    desk.again((_save(village, TOLD, "Ai cũng biết"),))

    _save(village, UNTOLD, "Chưa ai hay")
    producers = (village.root / "content/producers").resolve()
    desk.again(tuple(f"{producers}/{number}.yaml" for number in range(told)))

    assert _shows(desk, UNTOLD, "Chưa ai hay")

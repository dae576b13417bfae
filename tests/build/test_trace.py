"""A build that finds nothing changed is right about that: every kind of change is seen."""

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocopgen.base.sight import Sight
from ocopgen.build import pool, trace
from ocopgen.build.trace import LIBRARIES, engine, inputs_of, read_trace, write_trace

ROOT = Path(__file__).parents[2]
LONG_AGO = 1_700_000_000
ASIDE = {"click", "openpyxl", "rich", "ruamel.yaml", "starlette", "uvicorn", "watchfiles"}
"""Libraries that no file of a site comes from."""


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Return the folder of a catalogue whose files have not changed for long."""
    for name in ("content/site.yaml", "content/products/a/product.yaml", "templates/base.html"):
        _write(tmp_path / name, "text")
    return tmp_path


def test_every_library_that_shapes_a_site_is_part_of_its_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=]", each)[0] for each in project["dependencies"]}

    assert needed - ASIDE == set(LIBRARIES)


def test_the_same_files_have_the_same_name(layer: Path) -> None:
    assert inputs_of((layer,)).all == inputs_of((layer,)).all


def test_in_whatever_order_the_disk_tells_of_them(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "c", "d"):
        _write(layer / f"content/products/{name}/product.yaml", "text")
    before, scan = inputs_of((layer,)).all, os.scandir

    class Reversed(list[Any]):
        def __enter__(self) -> list[Any]:
            return self

        def __exit__(self, *_error: object) -> None:
            """Let go of nothing."""

    monkeypatch.setattr(os, "scandir", lambda path: Reversed(list(scan(path))[::-1]))

    assert inputs_of((layer,)).all == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda top: _write(top / "content/site.yaml", "longer"), id="another text"),
        pytest.param(
            lambda top: _write(top / "content/site.yaml", "text", LONG_AGO + 60), id="another time"
        ),
        pytest.param(lambda top: _write(top / "content/pages/a.vi.md", ""), id="a new file"),
        pytest.param(lambda top: (top / "content/site.yaml").unlink(), id="a file less"),
        pytest.param(
            lambda top: (top / "content/site.yaml").rename(top / "content/Site.yaml"),
            id="another name",
        ),
        pytest.param(lambda top: _write(top / "templates/base.html", "other"), id="a template"),
        pytest.param(lambda top: _write(top / "assets/css/site.css", ""), id="an asset"),
        pytest.param(lambda top: shutil.rmtree(top / "content/products"), id="a folder less"),
        pytest.param(lambda top: (top / "content/products/b").mkdir(), id="an empty folder"),
        pytest.param(lambda top: _write(top / "templates/_parts/a.html", ""), id="a hidden part"),
        pytest.param(lambda top: _write(top / "assets/_fonts/a.woff2", ""), id="a hidden asset"),
    ],
)
def test_a_change_is_seen(layer: Path, change: Callable[[Path], None]) -> None:
    before = inputs_of((layer,)).all

    change(layer)

    assert inputs_of((layer,)).all not in {before, None}


@pytest.mark.parametrize("name", ["content/_drawings/draw.py", "site/index.html", "notes.txt"])
def test_what_no_build_reads_does_not_count(layer: Path, name: str) -> None:
    before = inputs_of((layer,)).all

    _write(layer / name, "anything")

    assert inputs_of((layer,)).all == before


def test_a_file_that_changed_just_now_may_change_again_unseen(layer: Path) -> None:
    (layer / "content/site.yaml").write_text("just now", "utf-8")

    assert inputs_of((layer,)).all is None


def test_a_clock_that_was_ahead_does_not_hold_up_every_build(layer: Path) -> None:
    _write(layer / "content/site.yaml", "text", 4_000_000_000)

    assert inputs_of((layer,)).all is not None


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
@pytest.mark.parametrize(("name", "target"), [(".#a.yaml", "nobody@host.1"), ("to", "..")])
def test_a_link_that_leads_nowhere_or_round_is_no_trouble(
    layer: Path, name: str, target: str
) -> None:
    (layer / "content" / "products" / name).symlink_to(target)

    assert inputs_of((layer,)).all == inputs_of((layer,)).all


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_a_name_that_is_no_text_is_no_trouble(layer: Path) -> None:
    before = inputs_of((layer,)).all

    _write(layer / "content" / os.fsdecode(b"\xe9.jpg"), "")

    assert inputs_of((layer,)).all not in {before, None}


def test_two_processes_see_of_many_folders_what_one_sees(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "c", "d/photos", "e"):
        _write(layer / f"content/products/{name}/product.yaml", "text")
    one = Sight()
    alone = inputs_of((layer,), one)
    asked: list[object] = []

    def beside(question: Callable[[], object]) -> object:
        asked.append(question)
        return pool.beside(question)

    monkeypatch.setattr(trace, "_MANY", 2)
    monkeypatch.setattr(trace, "beside", beside)
    two = Sight()

    assert inputs_of((layer,), two) == alone
    assert asked
    assert (two.folders, two.stamps) == (one.folders, one.stamps)
    assert len(two.stamps) == 6


def test_the_program_has_one_name() -> None:
    assert engine() == engine()


def test_what_a_build_left_is_read_by_the_next(tmp_path: Path) -> None:
    trace = {"site": {"inputs": "a", "day": "2026-11-23", "manifest": "b"}}
    write_trace(tmp_path / "cache" / "last.json", trace)

    assert read_trace(tmp_path / "cache" / "last.json") == trace


@pytest.mark.parametrize(
    "left", [None, "", "{", "[]", "\ufffd", '{"site": 7}', '{"site": {"inputs": "a"}}']
)
def test_a_trace_that_says_nothing_leads_to_a_build(tmp_path: Path, left: str | None) -> None:
    if left is not None:
        (tmp_path / "last.json").write_text(left, "utf-8")

    assert read_trace(tmp_path / "last.json") == {}


def _write(path: Path, text: str, stamp: int = LONG_AGO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (stamp, stamp))

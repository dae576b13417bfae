"""Pagefind runs once a feed, leaves nothing lying about, and says when it cannot."""

import errno
import gzip
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from ocopgen.base.digest import digest
from ocopgen.base.problems import MachineTrouble
from ocopgen.base.store import Store
from ocopgen.build import search
from ocopgen.build.search import Bundle, Feed, index_all

PAGE = "<!doctype html><html lang='vi'><title>A</title><body data-pagefind-body>{}</body>"
FEED = {"/b/": PAGE.format("mật ong"), "/a/": PAGE.format("hạt tiêu")}


def index(feed: Mapping[str, str], language: str, store: Store, scratch: Path) -> Bundle:
    """Return the bundle of one language's *feed*."""
    return index_all({language: _feed(feed)}, store, scratch)[language]


def _feed(pages: Mapping[str, str]) -> Feed:
    return Feed(digest(pages), lambda: pages)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


@pytest.fixture
def in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what stands for the folder in memory, which not every system has."""
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setattr(search, "_IN_MEMORY", folder)
    return folder


@pytest.fixture
def worked_in(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders in which Pagefind works, as they come."""
    seen, run = list[Path](), cast("Callable[..., Any]", subprocess.run)

    def watched(*command: Any, cwd: Path, **how: Any) -> Any:  # noqa: ANN401
        seen.append(cwd.parent)
        return run(*command, cwd=cwd, **how)

    monkeypatch.setattr(subprocess, "run", watched)
    return seen


def test_a_bundle_waits_in_the_store_under_a_name_of_its_own(store: Store, scratch: Path) -> None:
    bundle = index(FEED, "vi", store, scratch)

    assert bundle.folder.startswith("search/vi-")
    assert f"{bundle.folder}/pagefind.js" in bundle.files
    assert all(store.get(key) for key in bundle.files.values())


def test_only_what_the_script_asks_for_is_kept(store: Store, scratch: Path) -> None:
    names = index(FEED, "vi", store, scratch).files

    assert not any(name.endswith(".css") or "ui" in name or "highlight" in name for name in names)
    assert {Path(name).suffix for name in names} == {
        ".js",
        ".json",
        ".pagefind",
        ".pf_fragment",
        ".pf_index",
        ".pf_meta",
    }


def test_what_many_pages_come_to_takes_few_files_of_the_store(store: Store, scratch: Path) -> None:
    pages = {f"/{number}/": PAGE.format(f"trang {number}") for number in range(300)}

    bundle = index(pages, "vi", store, scratch)

    assert len(bundle.files) > len(pages)
    assert all(store.get(key) for key in bundle.files.values())
    assert len({store.path(key) for key in bundle.files.values()}) < 5


def test_the_same_feed_is_indexed_once(
    store: Store, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = index(FEED, "vi", store, scratch)
    monkeypatch.setattr(search, "_program", _unwanted)

    again = index(dict(sorted(FEED.items())), "vi", Store(store.folder), scratch)

    assert first == again


def test_another_word_changes_a_few_files_and_moves_none(store: Store, scratch: Path) -> None:
    first = index(FEED, "vi", store, scratch)

    other = index({**FEED, "/a/": FEED["/a/"].replace("tiêu", "điều")}, "vi", store, scratch)

    assert first.kept != other.kept
    assert first.folder == other.folder
    shared = first.files.keys() & other.files.keys()
    fixed = {path for path in first.files if path.endswith((".js", ".pagefind"))}
    assert fixed < shared
    assert all(first.files[path] == other.files[path] for path in fixed)
    assert len(shared) > len(first.files) / 2


def test_a_bundle_that_lost_a_file_is_made_again(store: Store, scratch: Path) -> None:
    lost = next(iter(index(FEED, "vi", store, scratch).files.values()))
    store.drop(lost)

    bundle = index(FEED, "vi", store, scratch)

    assert all(key in store for key in bundle.files.values())


def test_every_language_has_a_bundle_of_its_own(store: Store, scratch: Path) -> None:
    other = {"/en/a/": PAGE.format("honey").replace("lang='vi'", "lang='en'")}

    bundles = index_all({"vi": _feed(FEED), "en": _feed(other)}, store, scratch)

    assert bundles["vi"] == index(FEED, "vi", store, scratch)
    assert not set(bundles["vi"].files) & set(bundles["en"].files)


def test_settings_that_lie_about_change_nothing(
    store: Store, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind.yml").write_text('exclude_selectors: ["b"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)

    bundle = index({"/a/": PAGE.format("<b>hạt tiêu</b>")}, "vi", store, scratch)

    (fragment,) = (key for path, key in bundle.files.items() if path.endswith(".pf_fragment"))
    assert "tiêu" in gzip.decompress(store.get(fragment) or b"").decode("utf-8", "replace")


def test_a_site_without_a_page_has_no_bundle(store: Store, scratch: Path) -> None:
    assert index({}, "vi", store, scratch) == Bundle("", {}, index({}, "vi", store, scratch).kept)


def test_pagefind_works_in_memory_where_there_is_room(
    store: Store, scratch: Path, in_memory: Path, worked_in: list[Path]
) -> None:
    bundle = index(FEED, "vi", store, scratch)

    assert worked_in == [in_memory]
    assert list(in_memory.iterdir()) == []
    assert all(store.get(key) for key in bundle.files.values())


@pytest.mark.parametrize(
    ("limit", "value"), [("_MOST", 100), ("_MANY_TIMES", 10**12)], ids=["large feed", "little room"]
)
def test_pagefind_works_on_the_disk_where_memory_may_not_do(
    store: Store,
    scratch: Path,
    in_memory: Path,
    worked_in: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
) -> None:
    monkeypatch.setattr(search, limit, value)

    index(FEED, "vi", store, scratch)

    assert worked_in == [scratch]
    assert list(in_memory.iterdir()) == list(scratch.iterdir()) == []


def test_without_a_folder_in_memory_pagefind_works_on_the_disk(
    store: Store, scratch: Path, in_memory: Path, worked_in: list[Path]
) -> None:
    in_memory.rmdir()

    index(FEED, "vi", store, scratch)

    assert worked_in == [scratch]


def test_where_memory_fills_up_pagefind_begins_anew_on_the_disk(
    store: Store, scratch: Path, in_memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = cast("Callable[..., Any]", subprocess.run)

    def full(*command: Any, cwd: Path, **how: Any) -> Any:  # noqa: ANN401
        if in_memory in cwd.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        return run(*command, cwd=cwd, **how)

    monkeypatch.setattr(subprocess, "run", full)

    bundle = index(FEED, "vi", store, scratch)

    assert all(store.get(key) for key in bundle.files.values())
    assert list(in_memory.iterdir()) == list(scratch.iterdir()) == []


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


@pytest.mark.parametrize(
    ("kind", "harm"), [("*.pf_fragment", _emptied), ("*.pf_index", _cut), ("pagefind.js", _emptied)]
)
def test_of_an_index_that_is_not_whole_nothing_is_kept(
    store: Store,
    scratch: Path,
    in_memory: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    harm: Callable[[Path], None],
) -> None:
    run = cast("Callable[..., Any]", subprocess.run)

    def fills_up(*command: Any, cwd: Path, **how: Any) -> Any:  # noqa: ANN401
        ran = run(*command, cwd=cwd, **how)
        if harmed in cwd.parents:
            harm(next((cwd / "bundle").rglob(kind)))
        return ran

    monkeypatch.setattr(subprocess, "run", fills_up)
    harmed = scratch
    monkeypatch.setattr(search, "_MOST", 0)
    with pytest.raises(MachineTrouble) as trouble:
        index(FEED, "vi", store, scratch)
    assert kind.strip("*") in trouble.value.values["said"]

    harmed = in_memory
    monkeypatch.undo()
    monkeypatch.setattr(search, "_IN_MEMORY", in_memory)
    monkeypatch.setattr(subprocess, "run", fills_up)
    bundle = index(FEED, "vi", store, scratch)

    assert all(store.get(key) for key in bundle.files.values())
    assert list(in_memory.iterdir()) == list(scratch.iterdir()) == []


def test_what_was_made_with_no_room_left_is_made_once_more(
    store: Store,
    scratch: Path,
    in_memory: Path,
    worked_in: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usage = shutil.disk_usage

    def full(folder: Path) -> Any:  # noqa: ANN401
        return usage(folder)._replace(free=0 if worked_in == [in_memory] else 10**12)

    monkeypatch.setattr(shutil, "disk_usage", full)

    index(FEED, "vi", store, scratch)

    assert worked_in == [in_memory, scratch]


@pytest.mark.parametrize("where", ["in_memory", "scratch"])
def test_what_a_killed_build_left_goes_an_hour_later(
    store: Store, scratch: Path, in_memory: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "scratch":
        monkeypatch.setattr(search, "_MOST", 0)
    folder = {"in_memory": in_memory, "scratch": scratch}[where]
    for name, age in (("old", 3601), ("new", 3500)):
        left = folder / f"ocopgen-pagefind-{name}"
        (left / "feed").mkdir(parents=True)
        os.utime(left, (time.time() - age,) * 2)

    index(FEED, "vi", store, scratch)

    assert [each.name for each in folder.iterdir()] == ["ocopgen-pagefind-new"]


def test_a_missing_pagefind_is_told(
    store: Store, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)

    with pytest.raises(MachineTrouble) as trouble:
        index(FEED, "vi", store, scratch)

    assert trouble.value.code == "pagefind.missing"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "said"),
    [("echo no space left >&2; exit 1", "no space left"), ("exit 0", "0")],
    ids=["it fails", "it makes nothing"],
)
def test_a_pagefind_that_fails_is_quoted(
    store: Store, scratch: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    program = _stand_in(scratch.with_name("pagefind"), script)
    monkeypatch.setattr(search, "_program", lambda: program)

    with pytest.raises(MachineTrouble) as trouble:
        index(FEED, "vi", store, scratch)

    assert trouble.value.code == "pagefind.failed"
    assert trouble.value.values == {"said": said}
    assert list(scratch.iterdir()) == []


def _stand_in(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def _unwanted() -> Mapping[str, str]:
    raise AssertionError("Pagefind ran again")

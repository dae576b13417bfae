"""Several machines make the pictures, one part each, and the last one finds them all."""

import os
import random
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from ocopgen.app.parts import make_part
from ocopgen.app.run import Order
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import WrongUse
from tests.app.commands import TODAY, kill, run, start
from tests.app.wholeness import pages_of
from tests.copies import Copy

PARTS = 8
BUILD = ("build", "--today", TODAY)


def contents(site: Path) -> dict[str, bytes]:
    """Return every file of *site* but those that Pagefind writes anew each time."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and "search" not in path.relative_to(site).parts[0]
    }


def pictures_of(site: Path) -> dict[str, bytes]:
    return {
        path: content
        for path, content in contents(site).items()
        if path.endswith((".webp", ".jpg", ".png"))
    }


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Return the pages and the pictures of a village that one build made, cache elsewhere."""
    folder = tmp_path_factory.mktemp("alone")
    root = Copy(folder).root
    assert run(root, *BUILD, OCOPGEN_CACHE=str(folder / "kept")).status == 0
    assert not (root / ".ocopgen").exists()
    assert (folder / "kept" / "store").is_dir()
    return {"pages": pages_of(root / "site"), "pictures": pictures_of(root / "site")}


def test_parts_in_any_order_come_to_the_same_bytes(
    village: Copy,
    alone: dict[str, dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running = []
    for number in range(1, PARTS + 1):
        monkeypatch.setenv("OCOPGEN_CACHE", str(tmp_path / f"part-{number}"))
        words = ("--only", "pictures", "--shard", f"{number}/{PARTS}", "--jobs", "1")
        running.append(start(village.root, *BUILD, *words))
    _kill_halfway(running[2], tmp_path / "part-3")
    for place, each in enumerate(running):
        each.communicate(timeout=120)
        assert each.returncode == 0 or place == 2
    assert not (village.root / "site").exists()

    order = list(range(1, PARTS + 1))
    random.Random(PARTS).shuffle(order)  # noqa: S311 - an order, no secret
    whole = tmp_path / "whole"
    for number in order:
        store = tmp_path / f"part-{number}" / "store"
        if store.exists():
            shutil.copytree(store, whole / "store", dirs_exist_ok=True)
    assert run(village.root, *BUILD, OCOPGEN_CACHE=str(whole)).status == 0

    assert pages_of(village.root / "site") == alone["pages"]
    assert pictures_of(village.root / "site") == alone["pictures"]


def _kill_halfway(running: "subprocess.Popen[str]", cache: Path) -> None:
    """Kill *running* as soon as it has made something."""
    while running.poll() is None and not list(cache.glob("store/*/*")):
        time.sleep(0.005)
    kill(running)


def test_each_picture_is_in_one_part(village: Copy, tmp_path: Path) -> None:
    for number in (1, 2):
        words = ("--only", "pictures", "--shard", f"{number}/2")
        said = run(village.root, *BUILD, *words, OCOPGEN_CACHE=str(tmp_path / "shared"))
        assert said.status == 0
        assert ", 0 of them" not in said.out

    said = run(village.root, *BUILD, "--only", "pictures", OCOPGEN_CACHE=str(tmp_path / "shared"))

    assert "Part 1 of 1" in said.out
    assert ", 0 of them" in said.out


def test_two_catalogues_in_one_shared_folder_are_not_taken_for_each_other(
    village: Copy, tmp_path: Path
) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(village.root, twin)
    record = twin / "content/products/mat-ong-tuong-tuong/product.yaml"
    stamp = record.stat().st_mtime_ns
    record.write_text(record.read_text("utf-8").replace("Imaginary", "Fictional"), "utf-8")
    os.utime(record, ns=(stamp, stamp))

    for root in (village.root, twin):
        said = run(root, *BUILD, OCOPGEN_CACHE=str(tmp_path / "shared"))
        assert said.status == 0, said.err

    assert "Fictional honey" in (twin / "site/en/index.html").read_text("utf-8")


def test_a_picture_with_wrong_bytes_in_a_shared_folder_is_made_again(
    village: Copy, alone: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    said = run(village.root, *BUILD, "--only", "pictures", OCOPGEN_CACHE=str(shared))
    assert said.status == 0
    for place, entry in enumerate(sorted(shared.glob("store/*/*"))):
        content = entry.read_bytes()
        if place % 3 == 0:
            entry.write_bytes(content[: len(content) // 2])
        elif place % 3 == 1:
            entry.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    assert run(village.root, *BUILD, OCOPGEN_CACHE=str(shared)).status == 0

    assert pictures_of(village.root / "site") == alone["pictures"]


@pytest.mark.parametrize("part", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/99999"])
def test_what_is_no_part_is_told(tmp_path: Path, part: str) -> None:
    order = Order(tmp_path, date(2026, 11, 23), tmp_path / "site")

    with pytest.raises(WrongUse) as caught:
        make_part(order, part, Terminal("en"))

    assert caught.value.code == "use.shard"
    assert list(tmp_path.iterdir()) == []


def test_a_part_of_a_whole_site_is_refused(village: Copy) -> None:
    said = run(village.root, *BUILD, "--shard", "1/2")

    assert said.status == 2
    assert "--only pictures" in said.err

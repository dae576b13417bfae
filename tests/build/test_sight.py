"""What was seen when a build began is read as if the disk were asked again."""

import os
from pathlib import Path
from typing import Any

import pytest

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.sight import Sight
from ocopgen.build import reading, trace
from ocopgen.build.trace import inputs_of
from ocopgen.content.entries import Content
from ocopgen.content.files import record_paths
from ocopgen.content.folders import Folders
from ocopgen.content.load import load
from tests.content.hamlet import copy


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """Return a catalogue with what a folder may hold: links, hidden files and strangers."""
    root = copy(tmp_path)
    (root / "content/products/mat-ong/_nhap.vi.md").write_text(
        "---\ntitle: Nháp\n---\nChưa xong.\n", "utf-8"
    )
    (root / "content/products/mat-ong/ghi-chu.txt").write_text("ghi chú", "utf-8")
    (root / "elsewhere.yaml").write_text("name: {vi: Ngoài}\n", "utf-8")
    if os.name == "posix":
        (root / "content/producers/ngoai.yaml").symlink_to(root / "elsewhere.yaml")
        (root / "content/products/dut").symlink_to(root / "nowhere")
        os.mkfifo(root / "content/outlets/ong.yaml")
    return root


def read(root: Path, sight: Sight | None) -> tuple[Content | None, list[str]]:
    memory, problems = Memory(root / "memory.lines"), Problems()
    memory.sight = sight
    content = load(root, memory, problems)
    return content, [f"{each.spot} {each.code}" for each in problems.found]


def test_a_catalogue_that_was_seen_says_the_same(hamlet: Path) -> None:
    sight = Sight()
    inputs_of((hamlet,), sight)

    seen, told = read(hamlet, sight)
    content, found = read(hamlet, None)

    assert told == found
    assert seen is not None
    assert content is not None
    assert (seen.products, seen.producers, seen.pages) == (
        content.products,
        content.producers,
        content.pages,
    )
    assert f"{hamlet}/content/products/mat-ong/product.yaml" in sight.stamps


def test_names_are_not_believed_after_all_files_were_read(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That takes seconds, and an editor's passing copy that is gone by then is no fault."""
    passing = hamlet / "content/producers/tam.yaml"
    passing.write_text("name: {vi: Tạm}\n", "utf-8")
    memory, problems = Memory(hamlet / "memory.lines"), Problems()
    memory.sight = Sight()
    inputs_of((hamlet,), memory.sight)
    monkeypatch.setattr(reading, "pays", lambda _files: False)
    reading.read(hamlet, memory, 2)
    passing.unlink()

    assert load(hamlet, memory, problems) is not None
    assert memory.sight.stamps
    assert "content/producers/tam.yaml" not in {each.spot.path for each in problems.found}


def test_no_folder_that_was_seen_is_looked_into_for_what_takes_long_to_read(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sight = Sight()
    inputs_of((hamlet,), sight)
    found = list(record_paths(hamlet))
    asked, look = list[str](), Folders._look  # noqa: SLF001

    def watched(folders: Folders, folder: str) -> list[tuple[str, bool]]:
        asked.append(folder)
        return look(folders, folder)

    monkeypatch.setattr(Folders, "_look", watched)

    assert "content/products/mat-ong/product.yaml" in found
    assert list(record_paths(hamlet, sight)) == found
    assert not {each for each in asked if sight.folders.get(f"{hamlet}/{each}")}


def test_what_was_seen_is_not_looked_at_again(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = read(hamlet, None)
    sight = Sight()
    inputs_of((hamlet,), sight)
    looked: list[str] = []
    scan = os.scandir

    def looking(path: str) -> Any:  # noqa: ANN401 - what scandir returns
        looked.append(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", looking)

    assert read(hamlet, sight)[1] == told
    there = [Path(path) for path in looked if Path(path).is_dir()]
    assert not [path for path in there if path.is_relative_to(hamlet / "content")]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such files")
def test_what_is_no_file_has_no_stamp(hamlet: Path) -> None:
    sight = Sight()
    inputs_of((hamlet,), sight)

    assert not [path for path in sight.stamps if path.endswith(("/ong.yaml", "/dut"))]
    with pytest.raises(OSError, match="no file"):
        Memory(hamlet / "memory.lines").file_digest(f"{hamlet}/content/outlets/ong.yaml")


def test_a_file_that_was_seen_and_is_saved_since_is_read_as_it_is(tmp_path: Path) -> None:
    file, memory = tmp_path / "content/a.yaml", Memory(tmp_path / "memory.lines")
    file.parent.mkdir()
    file.write_text("one")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    memory.sight = Sight()
    inputs_of((tmp_path,), memory.sight)
    file.write_text("three")

    assert memory.file_digest(str(file)) == digest_of_bytes(b"three")
    file.write_text("one")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert memory.file_digest(str(file)) == digest_of_bytes(b"one")


def test_a_file_that_went_away_since_it_was_seen_is_told(hamlet: Path) -> None:
    boundaries = hamlet / "content/boundaries.geojson"
    boundaries.write_text("{}", "utf-8")
    record = hamlet / "content/products/mat-ong/product.yaml"
    for path in (boundaries, record):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    memory = Memory(hamlet / "memory.lines")
    for path in (boundaries, record):
        memory.file_digest(str(path))
    memory.sight = Sight()
    inputs_of((hamlet,), memory.sight)
    boundaries.unlink()
    record.unlink()

    problems = Problems()
    content = load(hamlet, memory, problems)

    assert content is not None
    assert {f"{each.spot.path} {each.code}" for each in problems.found} >= {
        "content/boundaries.geojson file.missing",
        "content/products/mat-ong/product.yaml file.missing",
    }


def test_a_file_that_grew_since_it_was_seen_is_too_large_all_the_same(tmp_path: Path) -> None:
    file, memory = tmp_path / "content/a.yaml", Memory(tmp_path / "memory.lines")
    file.parent.mkdir()
    file.write_text("one")
    memory.sight = Sight()
    inputs_of((tmp_path,), memory.sight)
    file.write_text("one" * 100)

    with pytest.raises(OSError, match="too large"):
        memory.file_digest(str(file), most=10)


def test_a_folder_that_cannot_be_entered_is_looked_at_by_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Shut:
        """An entry of which the listing does not tell what it is."""

        name, path = "a.yaml", str(tmp_path / "content/a.yaml")

        def is_dir(self) -> bool:
            raise PermissionError

        is_symlink = stat = is_dir

    monkeypatch.setattr(trace, "engine", lambda: "")
    monkeypatch.setattr(os, "scandir", lambda _: [Shut()])
    sight = Sight()
    inputs_of((tmp_path,), sight)

    assert not sight.folders


def test_what_was_seen_is_let_go_of(hamlet: Path) -> None:
    memory, sight = Memory(hamlet / "memory.lines"), Sight()
    inputs_of((hamlet,), sight)
    memory.sight = sight

    memory.look_anew()

    assert memory.sight is None
    assert not sight.folders
    assert not sight.stamps

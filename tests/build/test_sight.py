"""What was seen when a build began is read as if the disk were asked again."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.sight import Names, Sight, names_in
from ocopgen.build import reading, trace
from ocopgen.build.trace import inputs_of
from ocopgen.content import folders
from ocopgen.content.entries import Content
from ocopgen.content.files import record_paths
from ocopgen.content.folders import UNREAD
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


def read(
    root: Path, sight: Sight | None, memory: Memory | None = None
) -> tuple[Content | None, list[str]]:
    memory, problems = memory or Memory(root / "memory.lines"), Problems()
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
    asked = list[str]()

    def noted(folder: str, most: int) -> Names:
        asked.append(folder)
        return names_in(folder, most)

    monkeypatch.setattr(folders, "names_in", noted)

    assert "content/products/mat-ong/product.yaml" in found
    assert list(record_paths(hamlet, sight)) == found
    assert not {each for each in asked if sight.folders.get(each)}


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


Change = Callable[[Path], Iterable[str]]
"""Changes something in a folder content/, and returns what was told of."""


def _saved(content: Path) -> Iterable[str]:
    record = content / "products/mat-ong/product.yaml"
    record.write_text(record.read_text("utf-8").replace("rừng", "núi"), "utf-8")
    return [str(record)]


def _told(content: Path) -> Iterable[str]:
    (content / "products/mat-ong/la.txt").write_text("lạ", "utf-8")
    return [str(content / "products/mat-ong/la.txt")]


def _removed(content: Path) -> Iterable[str]:
    (content / "products/mat-ong/product.yaml").unlink()
    return [str(content / "products/mat-ong/product.yaml")]


def _renamed(content: Path) -> Iterable[str]:
    (content / "products/mat-ong").rename(content / "products/mat-ong-moi")
    return [str(content / "products/mat-ong"), str(content / "products/mat-ong-moi")]


def _exchanged(content: Path) -> Iterable[str]:
    """Put another folder in the place of one; all that is told of is the folder."""
    _saved(content)
    (content / "products/mat-ong/la.txt").write_text("lạ", "utf-8")
    return [str(content / "products/mat-ong")]


def _all_exchanged(content: Path) -> Iterable[str]:
    """Put another folder in the place of all; all that is told of is the one above."""
    _saved(content)
    return [str(content / "products")]


def _exchanged_from_above(content: Path) -> Iterable[str]:
    _saved(content)
    return [str(content)]


def _a_producer(content: Path) -> Iterable[str]:
    record = next((content / "producers").glob("*.yaml"))
    shutil.copyfile(record, record.with_name("moi.yaml"))
    return [str(record.with_name("moi.yaml"))]


def _two_in_a_folder(content: Path) -> Iterable[str]:
    return [*_saved(content), *_told(content)]


def _spelt_otherwise(content: Path) -> Iterable[str]:
    """Change a file of which another spelling is told, as some systems do."""
    return [path.upper() for path in _saved(content)]


CHANGES: tuple[Change, ...] = (
    _saved, _told, _removed, _renamed, _exchanged, _all_exchanged, _exchanged_from_above,
    _a_producer, _two_in_a_folder, _spelt_otherwise,
)  # fmt: skip


def _aged(content: Path) -> None:
    """Make all files old enough for their time stamps to be trusted."""
    for path in content.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_is_told_of_is_seen_by_whoever_watches(tmp_path: Path, change: Change) -> None:
    root, sight, memory = copy(tmp_path), Sight(watched=True), Memory(tmp_path / "memory.lines")
    _aged(root / "content")
    before, _ = read(root, sight, memory)
    assert f"{root}/content/products/mat-ong/product.yaml" in sight.stamps

    sight.forget_changed(change(root / "content"))

    seen, told = read(root, sight, memory)
    content, found = read(root, None)
    assert told == found
    assert seen is not None
    assert content is not None
    assert (seen.products, seen.producers) == (content.products, content.producers)
    assert before is not None
    assert (before.products, before.producers, []) != (seen.products, seen.producers, told)


def test_whoever_watches_looks_into_no_folder_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, sight = copy(tmp_path), Sight(watched=True)
    _aged(root / "content")
    content, _ = read(root, sight)
    looked = list[str]()

    def noted(folder: str, most: int) -> Names:
        names = names_in(folder, most)
        looked.append(folder)
        return names

    monkeypatch.setattr(folders, "names_in", noted)

    assert read(root, sight)[0] == content
    assert not looked
    sight.forget_changed(_saved(root / "content"))
    assert read(root, sight)[0] != content
    assert looked == [f"{root}/content/products/mat-ong"]


def test_what_lies_above_what_is_known_takes_it_along() -> None:
    """Folders are asked for in their order, and a fault may end that before one was asked for."""
    sight = Sight(watched=True)
    sight.keep_names("content", [("products", False)], (".",))
    sight.keep_names("content/products/a", [("product.yaml", False)], (".",))
    sight.keep_stamp("content/products/a/product.yaml", (1, 2))

    sight.forget_changed(["content/products"])

    assert not sight.stamps


@pytest.mark.parametrize("name", [".#product.yaml", "_nhap"])
def test_links_that_nobody_reads_change_nothing(name: str) -> None:
    """Editors make some beside a file for as long as it is open."""
    sight = Sight(watched=True)

    sight.keep_names("content/products/a", [(name, True)], UNREAD)

    assert sight.watched


@pytest.mark.skipif(os.name != "posix", reason="Windows makes no links for everybody")
def test_where_there_are_links_everything_is_looked_at(tmp_path: Path) -> None:
    root, sight = copy(tmp_path), Sight(watched=True)
    (root / "content/products/mat-ong").rename(root / "content/products/_mat-ong")
    (root / "content/products/mat-ong").symlink_to(root / "content/products/_mat-ong")
    _aged(root / "content")
    content, _ = read(root, sight)

    record = root / "content/products/_mat-ong/product.yaml"
    record.write_text(record.read_text("utf-8").replace("rừng", "núi"), "utf-8")
    sight.forget_changed([str(record)])

    assert read(root, sight)[0] != content
    assert not sight.folders


def test_what_is_watched_stays_for_the_next_build(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.lines")
    sight = memory.sight = Sight(watched=True)
    sight.keep_stamp("a.yaml", (1, 2))

    memory.look_anew()

    assert memory.sight is None
    assert sight.stamps == {"a.yaml": (1, 2)}

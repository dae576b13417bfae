"""What was seen when a build began is read as if the disk were asked again."""

import os
from pathlib import Path
from typing import Any

import pytest

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.sight import Sight
from ocopgen.build.trace import inputs_of
from ocopgen.content.entries import Content
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

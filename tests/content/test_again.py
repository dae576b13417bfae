"""A long run that comes round again and again tells the same as one that has just begun."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from ocopgen.base.memory import STILL_WARM, Memory
from ocopgen.base.problems import Problems
from ocopgen.content import province_rules, rules
from ocopgen.content.areas import Map
from ocopgen.content.catalogue import Catalogue, tie
from ocopgen.content.entries import Content, Entry
from ocopgen.content.load import load
from ocopgen.content.records import Product
from tests.content.hamlet import DAY, copy, put

FOLDER = "content/products/mat-ong"
RECORD, STORY = f"{FOLDER}/product.yaml", f"{FOLDER}/story.vi.md"
ROUNDS = 3
"""The first run holds nothing, the second begins to, the third lives on it."""


class Again:
    """One catalogue, read by a run that goes on."""

    def __init__(self, root: Path) -> None:
        self.root = copy(root)
        self.memory = Memory(root / "memory.lines")
        (self.root / STORY).write_text("---\ntitle: Rừng mật\n---\nOng bay.\n", "utf-8")
        self.age()

    def age(self) -> None:
        """Make every file old enough for its time stamp to be trusted."""
        old = time.time() - 2 * STILL_WARM / 1e9
        for path in (self.root / "content").rglob("*"):
            if path.is_file() and path.stat().st_mtime > old:
                os.utime(path, (old, old))

    def read(self, memory: Memory | None = None, days: int = 0) -> tuple[Content, Catalogue, str]:
        problems, memory = Problems(), memory or self.memory
        content = load(self.root, memory, problems)
        assert content is not None
        catalogue = tie(content, DAY + timedelta(days), problems, memory=memory)
        memory.turn()
        return content, catalogue, "\n".join(f"{each.spot} {each.code}" for each in problems.found)

    def settle(self) -> None:
        for _ in range(ROUNDS):
            self.read()


@pytest.fixture
def again(tmp_path: Path) -> Again:
    return Again(tmp_path)


def test_a_folder_in_which_nothing_changed_is_not_read_again(again: Again) -> None:
    again.settle()

    before, after = again.read(), again.read()

    assert before[0].products["mat-ong"] is after[0].products["mat-ong"]
    assert before[1].standings["mat-ong"] is after[1].standings["mat-ong"]


def test_a_run_that_does_not_last_says_the_same_and_holds_nothing(again: Again) -> None:
    memory = Memory(again.root / "memory.lines", lasts=False)
    again.settle()

    content, catalogue, told = again.read(memory)
    other, _, found = again.read(memory)
    lasting = again.read()

    assert content.products["mat-ong"] is not other.products["mat-ong"]
    assert content.products == other.products == lasting[0].products
    assert catalogue.standings == lasting[1].standings
    assert told == found == lasting[2]
    assert memory.hold("anything", 1) == 1
    assert memory.held("anything") is None


def _odd(root: Path) -> None:
    with suppress(OSError):  # some disks refuse it
        (root / FOLDER / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"x")


EDITS: dict[str, Callable[[Path], object]] = {
    "a field": lambda root: put(root, RECORD, 'gtin: ["4006381333931"]\n'),
    "a fault": lambda root: put(root, RECORD, "set: khong-co\n"),
    "a letter, in the same size": lambda root: _swap(root / RECORD, b"2026", b"2025"),
    "a story": lambda root: (root / STORY).write_text("---\ntitle: Khác\n---\nX.\n", "utf-8"),
    "a story less": lambda root: (root / STORY).unlink(),
    "a story more": lambda root: (root / FOLDER / "story.en.md").write_text("---\ntitle: A\n---\n"),
    "a picture more": lambda root: (root / FOLDER / "a.jpg").write_bytes(b"x"),
    "a picture whose name is no text": _odd,
    "a stranger": lambda root: (root / FOLDER / "a.docx").write_bytes(b"x"),
    "a folder": lambda root: (root / FOLDER / "cu").mkdir(),
    "a link": lambda root: (root / FOLDER / "story.en.md").symlink_to("/etc/hostname"),
    "the record's name": lambda root: (root / RECORD).rename(root / FOLDER / "Product.yaml"),
    "the folder's name": lambda root: (root / FOLDER).rename((root / FOLDER).with_name("mat")),
    "its producer": lambda root: (root / "content/producers/htx-ong.yaml").unlink(),
    "the day": lambda _root: None,
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("aged", [False, True], ids=["just now", "long ago"])
def test_whatever_changed_is_seen(again: Again, name: str, *, aged: bool) -> None:
    again.settle()

    EDITS[name](again.root)
    if aged:
        again.age()
    days = 4000 if name == "the day" else 0
    content, catalogue, told = again.read(days=days)

    fresh = again.read(Memory(again.root / "other.json"), days)
    assert content == fresh[0]
    assert catalogue.standings == fresh[1].standings
    assert told == fresh[2]


def test_only_what_changed_is_checked_again(again: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    checked, check = list[str](), rules._product  # noqa: SLF001 - watched

    def watched(given: rules._Rules, entry: Entry[Product]) -> None:
        checked.append(entry.id)
        check(given, entry)

    monkeypatch.setattr(rules, "_product", watched)
    content, _, _ = again.read()
    assert checked == [*content.products]
    again.memory.save()
    checked.clear()

    later = Memory(again.root / "memory.lines")
    again.read(later)
    assert checked == []

    (again.root / FOLDER / "a.jpg").write_bytes(b"x")
    assert "photo.unused" in again.read(later)[2]
    assert checked == ["mat-ong"]
    checked.clear()
    assert "photo.unused" in again.read(later)[2]
    assert checked == ["mat-ong"]
    checked.clear()
    again.read(later, days=1)
    assert checked == [*content.products]


@pytest.mark.parametrize("name", ["site", "areas", "sectors", "programme"])
def test_a_province_without_a_fault_is_checked_again_when_a_file_of_it_changed(
    again: Again, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    checked, check = list[int](), province_rules._check  # noqa: SLF001 - watched

    def watched(content: Content, areas: Map, problems: Problems) -> None:
        checked.append(1)
        check(content, areas, problems)

    monkeypatch.setattr(province_rules, "_check", watched)
    again.read()
    again.read()
    assert checked == [1]

    file = again.root / f"content/{name}.yaml"
    file.write_text(f"{file.read_text('utf-8')}# khác\n", "utf-8")
    again.read()
    assert checked == [1, 1]


def test_a_province_with_a_fault_is_checked_every_time(again: Again) -> None:
    _swap(again.root / "content/site.yaml", b"locale: vi_VN", b"locale: vi_XX")
    for _ in range(2):
        assert "site.locale" in again.read()[2]


def test_what_was_told_is_told_again(again: Again) -> None:
    put(again.root, RECORD, 'gtin: ["4006381333931"]\n')
    again.age()
    first = again.read()[2]
    again.settle()

    assert "gtin.country" in first
    assert again.read()[2] == first


def _swap(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))

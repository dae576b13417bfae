"""Rows are found again, whichever of them are asked for: stamps of files, for instance."""

import gc
import weakref
from pathlib import Path

import pytest

from ocopgen.base.digest import Digest, digest
from ocopgen.base.memory import Memory, Row
from ocopgen.base.tables import Table

PATHS = [f"/ở/{number}.yaml" for number in range(300)]


def _row(path: str, size: int = 1) -> Row:
    return size, 1_700_000_000_000_000_000, digest(path)


class Kept:
    """Lines as a memory keeps them, and stamps that rest on them."""

    def __init__(self) -> None:
        self.lines: dict[str, bytes] = {}

    def stamps(self) -> "Run":
        """Return the stamps of a new run."""
        return Run(self.lines)


class Run(Table[Row]):
    """Stamps that rest on lines of their own."""

    def __init__(self, lines: dict[str, bytes]) -> None:
        super().__init__("stamps", Row)
        self.lines = lines

    def known(self, path: str) -> Row | None:
        """Return what is known of the file at *path*."""
        return self.find(path, self._said)

    def note(self, path: str, row: Row) -> None:
        """Let *row* be what is known of the file at *path*."""
        self.put(path, row, self._said)

    def end(self) -> None:
        """Write down what is new."""
        self.settle(self.lines.__setitem__)

    def _said(self, name: str) -> bytes:
        return self.lines.get(name, b"")


@pytest.fixture
def kept() -> Kept:
    """Return what a run left that put all files."""
    kept = Kept()
    stamps = kept.stamps()
    for path in PATHS:
        stamps.note(path, _row(path))
    stamps.end()
    return kept


def test_every_row_is_found_again(kept: Kept) -> None:
    stamps = kept.stamps()

    assert [stamps.known(path) for path in PATHS * 2] == [_row(path) for path in PATHS * 2]
    assert stamps.known("/elsewhere.yaml") is None
    assert len(kept.lines) < len(PATHS) / 4


def test_a_change_writes_one_line_and_keeps_its_neighbours(kept: Kept) -> None:
    before, stamps = dict(kept.lines), kept.stamps()
    stamps.note(PATHS[0], _row(PATHS[0], 2))
    assert stamps.known(PATHS[0]) == _row(PATHS[0], 2)

    stamps.end()

    assert sum(before[name] != line for name, line in kept.lines.items()) == 1
    again = kept.stamps()
    assert [again.known(path) for path in PATHS] == [
        _row(PATHS[0], 2),
        *(_row(path) for path in PATHS[1:]),
    ]


def test_what_is_only_asked_for_is_not_written(kept: Kept) -> None:
    stamps, before = kept.stamps(), dict(kept.lines)
    for path in PATHS:
        stamps.known(path)
    kept.lines.clear()

    stamps.end()

    assert kept.lines == {}
    kept.lines.update(before)
    assert stamps.known(PATHS[0]) == _row(PATHS[0])


def test_files_that_nobody_asks_for_go_when_they_are_many(kept: Kept) -> None:
    others = [f"/before/{number}.yaml" for number in range(20_000)]
    stamps = kept.stamps()
    for path in others:
        stamps.note(path, _row(path))
    stamps.end()
    large = sum(map(len, kept.lines.values()))

    moved = kept.stamps()
    for path in PATHS:
        moved.note(path, _row(path, 2))
    moved.end()

    assert sum(map(len, kept.lines.values())) < large / 10
    again = kept.stamps()
    assert all(again.known(path) == _row(path, 2) for path in PATHS)
    assert not any(map(again.known, others))


def test_what_was_found_or_put_travels(kept: Kept) -> None:
    stamps = kept.stamps()
    stamps.known(PATHS[0])
    stamps.note(PATHS[1], _row(PATHS[1], 2))

    assert stamps.take() == {PATHS[0]: _row(PATHS[0]), PATHS[1]: _row(PATHS[1], 2)}


@pytest.mark.parametrize("line", [b"[]", b"{", b'{"/a": [1, 2]}', b'{"/a": ["1", 2, "x"]}'])
def test_a_line_that_says_something_else_is_as_none(kept: Kept, line: bytes) -> None:
    for name in kept.lines:
        kept.lines[name] = line
    stamps = kept.stamps()

    assert not any(map(stamps.known, PATHS))
    stamps.note(PATHS[0], _row(PATHS[0]))
    stamps.end()
    assert kept.stamps().known(PATHS[0]) == _row(PATHS[0])


def test_a_memory_takes_over_what_another_learnt_of_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"one")
    row: Row = (3, file.stat().st_mtime_ns, Digest("0" * 32))
    memory = Memory(tmp_path / "memory.lines")

    memory.adopt({b'"a"': b"1"}, {str(file): row})
    memory.save()

    known = Memory(tmp_path / "memory.lines")
    assert known.recall("a") == 1
    assert known.file_digest(str(file)) == row[2]
    assert known.stamps() == {str(file): row}


def test_a_memory_is_gone_when_nobody_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"one")
    memory = Memory(tmp_path / "memory.lines")
    memory.file_digest(str(file))
    watch, was_on = weakref.ref(memory), gc.isenabled()
    gc.disable()  # as builds do

    try:
        del memory
        assert watch() is None
    finally:
        if was_on:
            gc.enable()

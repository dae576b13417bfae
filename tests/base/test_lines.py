"""Lines are found again by their names, wherever they lie, and damaged ones are not."""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ocopgen.base import line
from ocopgen.base import lines as room
from ocopgen.base.lines import Lines

POSIX = pytest.mark.skipif(os.name != "posix", reason="no file stays open here")


@pytest.fixture(params=[pytest.param(True, marks=POSIX), False])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where lines are to lie, on a system where open files may be replaced and elsewhere."""
    for each in (room, line):
        monkeypatch.setattr(each, "STAYS_OPEN", request.param)
    return tmp_path / "kept" / "lines"


def _said(lines: Lines, name: bytes) -> bytes | None:
    line = lines.find(name)
    return line.read() if line else None


def _written(path: Path, *names: bytes) -> Lines:
    lines = Lines(path)
    for name in names:
        lines.put(name, b'"%b"' % name * 20)
    lines.save()
    return lines


def test_lines_are_found_before_and_after_they_are_written(path: Path) -> None:
    lines = Lines(path)
    lines.put(b"a", b"1")
    assert _said(lines, b"a") == b"1"

    lines.save()
    lines.put(b"b", b"[2]")
    lines.put(b"a", b"3")
    assert [_said(lines, name) for name in (b"a", b"b", b"c")] == [b"3", b"[2]", None]
    lines.save()

    for known in (lines, Lines(path)):
        assert [_said(known, name) for name in (b"a", b"b", b"c")] == [b"3", b"[2]", None]
        assert b"a" in known
        assert b"c" not in known


def test_what_is_said_again_is_not_new(path: Path) -> None:
    lines = _written(path, b"a", b"b")
    before = path.read_bytes()

    again = Lines(path)
    again.put(b"a", b'"a"' * 20)

    assert not again.are_new
    assert path.read_bytes() == before
    assert not lines.are_new


def test_only_a_damaged_line_is_forgotten(path: Path) -> None:
    _written(path, b"a", b"b", b"c")
    held = path.read_bytes()
    path.write_bytes(held.replace(b'"b""b"', b'"b""x"', 1))

    lines = Lines(path)

    assert [bool(_said(lines, name)) for name in (b"a", b"b", b"c")] == [True, False, True]


@pytest.mark.parametrize("place", [1, 30, 40, 60, 68])
def test_nothing_is_read_by_a_damaged_index(path: Path, place: int) -> None:
    _written(path, b"a", b"b", b"c")
    held = bytearray(path.read_bytes())
    held[place] ^= 1
    path.write_bytes(held)

    lines = Lines(path)

    assert {_said(lines, name) for name in (b"a", b"b", b"c")} <= {None, b""}
    lines.put(b"a", b"1")
    lines.save()
    assert _said(Lines(path), b"a") == b"1"


def test_what_another_process_wrote_meanwhile_does_no_harm(path: Path) -> None:
    lines = _written(path, b"a", b"b")
    line = lines.find(b"a")
    other = Lines(path)
    other.put(b"c", b"3")
    other.save()
    lines.put(b"d", b"4")
    lines.save()
    assert [_said(lines, name) for name in (b"b", b"d")] == [b'"b"' * 20, b"4"]

    other.save([b"b", b"c"])
    lines.put(b"e", b"5")
    lines.save()

    assert line
    assert line.read() == b'"a"' * 20
    assert [_said(lines, name) for name in (b"a", b"d", b"e")] == [b'"a"' * 20, b"4", b"5"]
    assert [_said(Lines(path), name) for name in (b"b", b"c", b"e")] == [b'"b"' * 20, b"3", b"5"]


def test_lines_can_be_read_after_their_file_is_gone(path: Path) -> None:
    lines = _written(path, b"a", b"b")
    path.unlink()

    assert _said(lines, b"a") == b'"a"' * 20
    lines.put(b"c", b"3")
    lines.save()
    assert [_said(Lines(path), name) for name in (b"a", b"c")] == [b'"a"' * 20, b"3"]


def test_only_the_lines_that_are_asked_for_stay(path: Path) -> None:
    lines = _written(path, b"a", b"b", b"c")
    lines.put(b"d", b"4")

    lines.save([b"b", b"d", b"never seen"])

    for known in (lines, Lines(path)):
        assert [name in known for name in (b"a", b"b", b"c", b"d")] == [False, True, False, True]
        assert _said(known, b"b") == b'"b"' * 20


def test_a_line_is_the_same_wherever_it_lies(path: Path) -> None:
    lines = Lines(path)
    lines.put(b"a", b"1")
    held = lines.find(b"a")
    lines.save()
    kept, other = Lines(path).find(b"a"), _written(path.with_name("other"), b"a").find(b"a")

    assert held == kept
    assert hash(held) == hash(kept)
    assert held != other


def test_what_is_written_in_several_parts_is_found(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_PART", 100)
    names = [b"%d" % place for place in range(50)]

    lines = _written(path, *names)
    lines.save(names)

    for known in (lines, Lines(path)):
        assert all(_said(known, name) == b'"%b"' % name * 20 for name in names)


def test_many_lines_that_come_at_once_are_not_held(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_PART", 1000)
    lines = Lines(path)
    for turn in range(3):
        lines.adopt({b"%d %d" % (turn, place): b"1" * 20 for place in range(100)})

    assert path.exists() == (not lines.are_new)
    assert all(_said(lines, b"%d 99" % turn) == b"1" * 20 for turn in range(3))
    lines.save()
    assert all(_said(Lines(path), b"%d 0" % turn) == b"1" * 20 for turn in range(3))


def test_what_the_disk_refused_is_told_when_all_is_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_PART", 10)
    path.parent.write_bytes(b"in the way")
    lines = Lines(path)

    lines.adopt({b"a": b"1" * 20})

    assert _said(lines, b"a") == b"1" * 20
    with pytest.raises(OSError, match="lines"):
        lines.save()
    path.parent.unlink()
    lines.save()
    assert _said(Lines(path), b"a") == b"1" * 20


@POSIX
def test_a_line_travels_to_another_process_as_what_it_says(tmp_path: Path) -> None:
    found = _written(tmp_path / "lines", b"a").find(b"a")
    shown = "import pickle, sys; print(pickle.load(sys.stdin.buffer).read().decode())"

    said = subprocess.run(
        [sys.executable, "-c", shown], input=pickle.dumps(found), capture_output=True, check=True
    )

    assert said.stdout.strip() == b'"a"' * 20
    assert found
    assert found.read() == b'"a"' * 20


def test_two_threads_may_save_at_once(path: Path) -> None:
    lines = Lines(path)
    failed: list[Exception] = []

    def save(first: int) -> None:
        try:
            for place in range(first, first + 300):
                lines.put(b"%d" % place, b'"%d"' % place * 20)
                lines.save([b"%d" % each for each in range(1000)] if place % 7 == 0 else None)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=save, args=(first,)) for first in (0, 500)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    lines.save()

    assert failed == []
    names = [b"%d" % place for first in (0, 500) for place in range(first, first + 300)]
    for known in (lines, Lines(path)):
        assert all(_said(known, name) == b'"%b"' % name * 20 for name in names)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("last", [b"late", b"b"])
def test_what_comes_while_all_is_written_anew_is_written_next(
    path: Path, monkeypatch: pytest.MonkeyPatch, last: bytes
) -> None:
    lines = _written(path, b"a", b"b")
    parts = room._parts  # noqa: SLF001 - what happens just then

    def late(each: Iterable[tuple[bytes, bytes]]) -> Iterator[dict[bytes, bytes]]:
        lines.put(b"b", b"new")
        lines.put(last, b"1")
        return parts(each)

    lines.put(b"c", b"3")
    with monkeypatch.context() as patch:
        patch.setattr(room, "_parts", late)
        lines.save([b"a", b"b", b"c"])
    lines.save()
    lines.put(b"d", b"4")
    lines.save()

    told = [(b"c", b"3"), (last, b"1"), (b"d", b"4")]
    for known in (lines, Lines(path)):
        assert [(name, _said(known, name)) for name, _ in told] == told


def test_a_line_that_is_damaged_later_is_told_with_its_file(path: Path) -> None:
    _written(path, b"a", b"b")
    found = Lines(path).find(b"a")
    held = path.read_bytes()
    path.write_bytes(held.replace(b'"a"', b'"x"'))

    assert found
    if not line.STAYS_OPEN:
        assert found.surely() == b'"a"' * 20
        return
    assert found.read() == b""
    with pytest.raises(OSError, match="lines") as told:
        found.surely()
    assert told.value.filename == str(path)


@pytest.mark.parametrize("numbers", [b"9" * 19 + b" 1", b"1 " + b"9" * 19, b"1.5 x", b"-5 -7"])
def test_a_damaged_number_leads_nowhere(path: Path, numbers: bytes) -> None:
    _written(path, b"a")
    held = path.read_bytes()
    head, _, rest = held.partition(b"\n")
    path.write_bytes(b"%b %b\n%b" % (head.split(b" ")[0], numbers, rest))

    assert b"a" not in Lines(path)

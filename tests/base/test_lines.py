"""Lines are found again by their names, wherever they lie, and damaged ones are not."""

import os
from pathlib import Path

import pytest

from ocopgen.base import lines as room
from ocopgen.base.lines import Lines

POSIX = pytest.mark.skipif(os.name != "posix", reason="no file stays open here")


@pytest.fixture(params=[pytest.param(True, marks=POSIX), False])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where lines are to lie, on a system where open files may be replaced and elsewhere."""
    monkeypatch.setattr(room, "_STAYS_OPEN", request.param)
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

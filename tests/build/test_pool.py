"""A question that is answered beside is answered as it would be here."""

import errno
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ocopgen.build import pool
from ocopgen.build.pool import Broken, Worker, beside, side_by_side, spread

COPIES = pytest.mark.skipif(sys.platform != "linux", reason="no process may be copied here")


@pytest.fixture(autouse=True)
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of the processes that were started."""
    started: list[int] = []

    def fork() -> int:
        started.append(copied())
        return started[-1]

    copied = getattr(os, "fork", int)
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    # Other tests may have left threads, which do no harm to what these do in a copy.
    monkeypatch.setattr(pool, "may_fork", lambda: sys.platform == "linux")
    monkeypatch.setattr(os, "fork", fork, raising=False)
    return started


def _is_gone(process: int) -> bool:
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("found", [True, False])
def test_the_answer_is_that_of_the_question(copies: list[int], *, found: bool) -> None:
    with beside(lambda: found) as answer:
        assert answer() is found

    assert all(map(_is_gone, copies))


@pytest.mark.parametrize("found", [None, {"long": "đ" * 1_000_000}])
def test_it_may_be_anything_that_travels(copies: list[int], found: object) -> None:
    with beside(lambda: found) as answer:
        assert answer() == found

    assert all(map(_is_gone, copies))


@COPIES
@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_first_of_several_questions_is_answered_here(copies: list[int], count: int) -> None:
    first, *rest = side_by_side([os.getpid] * count)

    assert first == os.getpid()
    assert rest == copies
    assert all(map(_is_gone, copies))


@COPIES
def test_what_cannot_travel_is_answered_here() -> None:
    here = os.getpid()

    with beside(lambda: lambda: os.getpid() == here) as answer:
        assert answer()()


def _no_room() -> int:
    raise OSError(errno.EAGAIN, "no room for another process")


@COPIES
@pytest.mark.parametrize("fate", ["it is asked", "nobody asks", "there is no room"])
def test_no_end_of_a_pipe_stays_open(monkeypatch: pytest.MonkeyPatch, fate: str) -> None:
    opened, closed = list[int](), list[int]()
    pipe, close = os.pipe, os.close

    def watched_pipe() -> tuple[int, int]:
        opened.extend(ends := pipe())
        return ends

    def watched_close(file: int) -> None:
        closed.append(file)
        close(file)

    monkeypatch.setattr(os, "pipe", watched_pipe)
    monkeypatch.setattr(os, "close", watched_close)
    if fate == "there is no room":
        monkeypatch.setattr(os, "fork", _no_room)

    with beside(lambda: True) as answer:
        assert fate == "nobody asks" or answer()

    assert len(opened) == 4
    assert sorted(closed) == sorted(opened)


@COPIES
def test_long_answers_of_several_copies_come_whole_in_any_order(copies: list[int]) -> None:
    asked = [partial(str.__mul__, each, 1_000_000) for each in "abc"]

    with beside(asked[0]) as first, beside(asked[1]) as second, beside(asked[2]) as third:
        found = [each() for each in (third, first, second)]

    assert found == [each * 1_000_000 for each in "cab"]
    assert len(copies) == 3
    assert all(map(_is_gone, copies))


@COPIES
@pytest.mark.parametrize("where", [(pool, "_end_with"), (os, "close")])
def test_no_copy_goes_on_with_what_only_the_first_process_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: tuple[Any, str]
) -> None:
    here, close = os.getpid(), os.close

    def interrupted(*end: int) -> None:
        if os.getpid() != here:
            raise KeyboardInterrupt
        close(*end)

    monkeypatch.setattr(*where, interrupted)
    try:
        with beside(os.getpid) as answer:
            assert answer() == os.getpid()
    finally:
        (tmp_path / str(os.getpid())).touch()

    assert [each.name for each in tmp_path.iterdir()] == [str(os.getpid())]


@COPIES
def test_it_is_answered_by_another_process() -> None:
    here = os.getpid()

    with beside(lambda: os.getpid() != here) as answer:
        assert answer()


def test_on_one_core_it_is_answered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "usable_cores", lambda: 1)
    here = os.getpid()

    with beside(lambda: os.getpid() == here) as answer:
        assert answer()


@COPIES
def test_a_copy_that_dies_leaves_the_question_to_this_process() -> None:
    here = os.getpid()

    def asked() -> bool:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    with beside(asked) as answer:
        assert answer()


def test_what_fails_fails_here() -> None:
    def asked() -> bool:
        raise OSError("no such disk")

    with beside(asked) as answer, pytest.raises(OSError, match="no such disk"):
        answer()


@COPIES
def test_nobody_waits_for_an_answer_that_is_not_asked_for(copies: list[int]) -> None:
    def asked() -> bool:
        signal.pause()
        return True

    with beside(asked):
        pass

    assert list(map(_is_gone, copies)) == [True]


@COPIES
def test_whoever_does_not_hear_of_its_children_answers_itself() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with beside(lambda: True) as answer:
            assert answer()
        with beside(lambda: True):
            time.sleep(0.1)
    finally:
        signal.signal(signal.SIGCHLD, before)


# --- Work in pieces ----------------------------------------------------------------------------


def _doubled(number: int) -> tuple[int, int, object]:
    return 2 * number, os.getpid(), Worker.held


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize("jobs", [1, 2, 4])
@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_every_piece_is_done_once(jobs: int, count: int, *, here: bool) -> None:
    pieces = [(number,) for number in range(count)]

    found = list(spread(jobs, _doubled, pieces, "held", here=_doubled if here else None))

    assert sorted(place for place, _ in found) == list(range(count))
    assert all(each[::2] == (2 * place, "held") for place, each in found)
    assert here or os.getpid() not in {each[1] for _, each in found}
    assert Worker.held is None


def _slow(_number: int) -> int:
    time.sleep(0.02)
    return os.getpid()


def test_this_process_may_be_one_of_those_that_work() -> None:
    found = [each for _, each in spread(2, _slow, [(number,) for number in range(30)], here=_slow)]

    assert len({*found}) == 2
    assert 10 <= found.count(os.getpid()) <= 20


def _dies(number: int, here: int) -> int:
    if number == 0 and os.getpid() != here:  # it travels first
        os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return number


@pytest.mark.parametrize("here", [True, False])
def test_a_process_that_dies_is_told(*, here: bool) -> None:
    pieces = [(number, os.getpid()) for number in range(4)]

    with pytest.raises(Broken):
        list(spread(2, _dies, pieces, here=_dies if here else None))

    assert Worker.held is None


def _fails(number: int) -> int:
    if number == 3:
        raise OSError("no such disk")
    return number


@pytest.mark.parametrize("here", [True, False])
def test_what_goes_wrong_in_a_piece_is_raised(*, here: bool) -> None:
    pieces = [(number,) for number in range(4)]

    with pytest.raises(OSError, match="no such disk"):
        list(spread(2, _fails, pieces, here=_fails if here else None))

    assert Worker.held is None


@COPIES
def test_no_more_processes_begin_than_there_are_pieces(copies: list[int]) -> None:
    assert dict(spread(16, _fails_never, [(1,), (2,)], here=_fails_never)) == {0: 1, 1: 2}
    assert len(copies) == 1


def _fails_never(number: int) -> int:
    return number


_ASKING = """
import os, sys, time
from ocopgen.build import pool

def asked():
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

pool.may_fork, pool.usable_cores = lambda: True, lambda: 2
outlives = sys.argv[1] == "True"
with pool.beside(asked, outlives=outlives), pool.beside(asked, outlives=outlives):
    time.sleep(60)
"""


@COPIES
@pytest.mark.parametrize("outlives", [True, False])
def test_all_copies_end_with_a_build_that_is_killed(*, outlives: bool) -> None:
    command = [sys.executable, "-c", _ASKING, str(outlives)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout
        copies = [int(asking.stdout.readline()) for _ in range(2)]
        asking.kill()

    deadline = time.monotonic() + (1 if outlives else 20)
    while any(map(_is_running, copies)) and time.monotonic() < deadline:
        time.sleep(0.05)
    found = [*filter(_is_running, copies)]
    for copy in found:
        os.kill(copy, signal.SIGKILL)
    assert found == (copies if outlives else [])


def _is_running(process: int) -> bool:
    """Tell whether there is such a process; one that has ended may stay until it is heard of."""
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False

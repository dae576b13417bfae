"""A question that is answered beside is answered as it would be here."""

import os
import signal
import sys

import pytest

from ocopgen.build import pool
from ocopgen.build.pool import beside

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

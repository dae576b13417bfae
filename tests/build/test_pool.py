"""A question that is answered beside is answered as it would be here."""

import os
import signal

import pytest

from ocopgen.build import pool
from ocopgen.build.pool import beside, may_fork

COPIES = pytest.mark.skipif(not may_fork(), reason="no process may be copied here")


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)


def _none_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("found", [True, False])
def test_the_answer_is_that_of_the_question(found: bool) -> None:  # noqa: FBT001 - what is found
    with beside(lambda: found) as answer:
        assert answer() is found

    assert not may_fork() or _none_is_left()


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
def test_nobody_waits_for_an_answer_that_is_not_asked_for() -> None:
    def asked() -> bool:
        signal.pause()
        return True

    with beside(asked):
        pass

    assert _none_is_left()

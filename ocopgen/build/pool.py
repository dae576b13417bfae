"""Processes that work side by side."""

import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ocopgen.build.machine import usable_cores

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")

WORTH = 400
"""Pages that take as long as it takes to start workers from nothing."""
_WORTH_A_COPY = 80
"""The same for copies of a process."""
_AHEAD = 2
"""Pieces that each of the other processes has in hand, so that none waits for this one."""
_FAILED = 12
"""What a copy ends with that has no answer."""


class Broken(Exception):
    """A process died, and took its work with it."""


def pays(cost: int) -> bool:
    """Tell whether work that takes as long as *cost* pages is worth several processes."""
    return cost >= (min(WORTH, _WORTH_A_COPY) if may_fork() else WORTH)


def may_fork() -> bool:
    """Tell whether a process may be copied as it stands, with all that it holds.

    Elsewhere a new one begins with nothing and imports everything again. A thread beside would
    leave its locks closed in the copy, and on a Mac the system's own libraries forbid it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def spread(  # noqa: PLR0913 - the work, and how it is shared out
    jobs: int,
    work: Callable[..., T],
    pieces: Iterable[tuple[Any, ...]],
    held: object = None,
    *,
    here: Callable[..., T] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[tuple[int, T]]:
    """Do *work* on each of the *pieces* in *jobs* processes, and yield what came of them by place.

    *held* is what all of them need: `Worker.held` in each. *here* is what this process, which else
    only waits, does with pieces: a copy less of what all of them hold, but what kills one of them
    may end the build. *meanwhile* is done here while the others begin, and what it raises is
    raised. Raises Broken where another one died; what is not yielded until then is not done.
    """
    # With all that they rest on, these take as long to import as filling fifty pages.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    forking, waiting = may_fork(), deque(enumerate(pieces))
    context = get_context("fork" if forking else "spawn")
    if forking:
        gc.freeze()  # a copy that counts what both hold would soon hold it twice
    others = max(min(jobs, len(waiting)) - bool(here), 1)
    before = Worker.held
    if here:
        Worker.held = held
    with ProcessPoolExecutor(others, context, _begin, (held,)) as pool:
        try:
            # Where this process is one of them, something is left for it to do.
            ahead = min(_AHEAD * others, len(waiting) - 1) if here else len(waiting)
            yield from _done(pool, (work, here or work), waiting, ahead, meanwhile)
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            if isinstance(error, BrokenProcessPool):
                raise Broken from error
            raise
        finally:
            if here:
                Worker.held = before


def _done(
    pool: "ProcessPoolExecutor",
    work: tuple[Callable[..., T], Callable[..., T]],
    waiting: deque[tuple[int, tuple[Any, ...]]],
    ahead: int,
    meanwhile: Callable[[], object] | None,
) -> Iterator[tuple[int, T]]:
    """Hand at most so many pieces *ahead* to *pool*, do what is still *waiting*, yield all.

    The *work* is told as *pool* does it, and as it is done here.
    """
    there, here = work
    running: dict[Future[T], int] = {}
    done: SimpleQueue[Future[T]] = SimpleQueue()
    while waiting or running:
        while waiting and len(running) < ahead:
            place, piece = waiting.popleft()
            future = pool.submit(there, *piece)
            running[future] = place
            future.add_done_callback(done.put)
        if meanwhile:
            meanwhile()
            meanwhile = None
        if waiting:
            place, piece = waiting.pop()
            yield place, here(*piece)
        while running and not (waiting and done.empty()):
            future = done.get()
            yield running.pop(future), future.result()


@contextmanager
def beside(question: Callable[[], T], *, outlives: bool = False) -> Iterator[Callable[[], T]]:
    """Let a copy of this process answer *question* meanwhile; yield what waits for the answer.

    Where no copy can be made, or it dies, the question is answered here as soon as it is asked. It
    may change nothing that anybody looks at meanwhile, and the answer has to travel. If this
    process is killed, so is the copy, which holds the lock of the build too, unless it *outlives*
    the build to finish what it began.
    """
    if not may_fork() or usable_cores() == 1:
        yield question
        return
    here, (ear, mouth), (end, life) = os.getpid(), os.pipe(), os.pipe()
    try:
        copy = os.fork()
    except OSError:  # the system has no room for another process
        for each in (ear, mouth, end, life):
            os.close(each)
        yield question
        return
    if not copy:
        _answer(question, mouth, (ear, life), None if outlives else (end, here))
    os.close(mouth)
    os.close(end)
    running = True

    def answer() -> T:
        nonlocal running
        with open(ear, "rb", closefd=False) as told:
            found = told.read()  # to its end, or the copy would wait with what is left
        try:
            answered = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
        except ChildProcessError:  # whoever started this one asked not to hear of its children
            answered = False
        running = False
        return pickle.loads(found) if answered and found else question()  # noqa: S301 - our own

    try:
        yield answer
    finally:
        os.close(ear)
        os.close(life)
        if running:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(copy, signal.SIGKILL)
                os.waitpid(copy, 0)


def side_by_side(questions: Iterable[Callable[[], T]]) -> list[T]:
    """Return the answers to *questions*: the first is answered here, each other one beside."""
    first, *rest = questions
    with ExitStack() as left:
        others = [left.enter_context(beside(each)) for each in rest]
        return [first(), *(answer() for answer in others)]


def _end_with(end: int, parent: int) -> None:
    """Let the system end this copy when *parent*, which made it, is gone, and closes *end* so.

    A copy that is made later holds that pipe too, until it ends in turn: one that outlives the
    build is made before all others.
    """
    import fcntl  # Linux has it

    with suppress(OSError):  # then the copy only ends later
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
        fcntl.fcntl(end, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(end, fcntl.F_SETFL, os.O_ASYNC)
    if os.getppid() != parent:  # it was faster
        os._exit(_FAILED)


def _answer(
    question: Callable[[], object],
    mouth: int,
    others: tuple[int, int],
    maker: tuple[int, int] | None,
) -> NoReturn:
    """Tell the pipe *mouth* the answer to *question*, and end; sooner, if its *maker* is gone.

    The *others* are ends of pipes that the maker alone may hold: what waits for their end would
    wait for this copy.
    """
    found = _FAILED
    with suppress(BaseException):  # nothing may lead back into what only the first process does
        for each in others:
            os.close(each)
        if maker:
            _end_with(*maker)
        told = pickle.dumps(question(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(mouth, "wb") as out:
            out.write(told)
        found = 0
    os._exit(found)


class Worker:
    """The process that this is, if it is one of several."""

    held: Any = None
    """What its work needs."""


def _begin(held: object) -> None:
    """Take what the work needs, and end with the build that started it.

    A build that is killed tells its workers nothing, and they would wait for work for ever.
    """
    from multiprocessing import parent_process

    Worker.held = held
    parent = parent_process()
    if parent:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)

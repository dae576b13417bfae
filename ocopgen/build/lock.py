"""Let one build at a time work on a catalogue."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocopgen.base.problems import MachineTrouble
from ocopgen.base.whole import make_unkept
from ocopgen.build.troubles import disk_troubles

LOCK = "lock"
_SOON = 1.0
"""Seconds after which whoever waits is told so."""
_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold(scratch: Path, wait_seconds: float, tell: Callable[[], None]) -> Iterator[None]:
    """Keep other builds out of *scratch*; the system lets go for a build that was killed.

    A build that finds another at work waits up to *wait_seconds*; after a moment it calls *tell*.
    """
    path = scratch / LOCK
    while True:
        with disk_troubles(path):
            make_unkept(scratch)
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _wait(file, wait_seconds, tell)
            if _is_there(path, file):
                yield
                return
        finally:
            os.close(file)


def _is_there(path: Path, file: int) -> bool:
    """Tell whether *path* is still the open *file*: somebody may have cleaned up meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _wait(file: int, wait_seconds: float, tell: Callable[[], None]) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            return _try(file)
        except (BlockingIOError, PermissionError) as error:
            waited = time.monotonic() - began
            if waited >= wait_seconds:
                raise MachineTrouble("build.locked") from error
        if waited >= _SOON and not told:
            tell()
            told = True
        time.sleep(_PAUSE)

"""Exchange a folder with its spare, so that a reader never misses it where the system can."""

import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 20 if sys.platform == "win32" else 0
"""How often a rename is tried again: on Windows whoever reads a file holds its folder."""
_PAUSE = 0.1
_HERE = -100
"""AT_FDCWD: paths are seen from the working folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE."""


def exchange(folder: Path, spare: Path) -> None:
    """Put *spare* in the place of *folder*, and the folder that was there in that of *spare*."""
    if not folder.exists():
        _rename(spare, folder)
    elif not _exchanged_at_once(folder, spare):
        _rename(folder, _last(spare))
        try:
            _rename(spare, folder)
        except OSError:
            _rename(_last(spare), folder)
            raise
        _rename(_last(spare), spare)


def mend(folder: Path, spare: Path) -> None:
    """Finish what an exchange left half done when it was broken off between two renames."""
    last = _last(spare)
    if not last.exists():
        return
    if not folder.exists():
        _rename(last, folder)
    elif not spare.exists():
        _rename(last, spare)
    else:
        shutil.rmtree(last)


def _last(spare: Path) -> Path:
    """Return where the last folder lies for the moment between two renames."""
    return spare.with_name("last")


def _exchanged_at_once(one: Path, other: Path) -> bool:
    """Exchange the two in one step; tell whether the system and the file system could."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    with suppress(AttributeError, OSError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        paths = os.fsencode(one), os.fsencode(other)
        return bool(rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0)
    return False


def _rename(source: Path, target: Path) -> None:
    for _ in range(_PATIENCE):
        with suppress(PermissionError):
            source.rename(target)
            return
        time.sleep(_PAUSE)
    source.rename(target)

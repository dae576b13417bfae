"""Tell whether anything that a build depends on has changed since the last one.

This runs before Jinja2, Babel or Pillow is imported, so it imports none of them.
"""

import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import Any

import orjson

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import modules, versions
from ocopgen.base.sight import Sight
from ocopgen.base.whole import write_whole
from ocopgen.content.folders import UNREAD

_INPUTS = {"content": UNREAD, "templates": (".",), "assets": (".",)}
"""The folders that are read, and how names begin that are passed over there."""
LIBRARIES = (
    "babel",
    "brotli",
    "jinja2",
    "markdown-it-py",
    "msgspec",
    "orjson",
    "pagefind-bin",
    "pillow",
    "pyromark",
    "pyyaml",
    "rjsmin",
    "segno",
    "tree-sitter",
    "tree-sitter-javascript",
    "typst",
    "tzdata",
    "xlsxwriter",
)
"""Those that a site may look different for, in another version."""
_WARM = 2_000_000_000
"""Nanoseconds in which a file may change twice under one time stamp, on coarse clocks."""
_NAME = attrgetter("name")
_FOLDER = -1
"""Stands for the time stamp of a folder, which changes with what no build reads."""


def inputs_of(layers: tuple[Path, ...], sight: Sight | None = None) -> Digest | None:
    """Return one name for the state of all files that a site is made from.

    None: a file changed just now, so that its time stamp cannot be trusted yet. What is seen of the
    catalogue goes into *sight*.
    """
    rows = _state_of(layers, "content", sight)
    rows += _state_of(layers, "templates") + _state_of(layers, "assets")
    return None if _is_warm(rows) else digest(rows, engine())


def _is_warm(rows: list[tuple[str, int, int]]) -> bool:
    """Tell whether a file of *rows* changed just now."""
    now = time.time_ns()
    # A stamp from a clock that was ahead says nothing about just now.
    return any(now - _WARM < stamp < now + _WARM for _, _, stamp in rows)


def templates_of(layers: tuple[Path, ...]) -> Digest:
    """Return one name for the state of all files that pages are filled into."""
    return digest(_state_of(layers, "templates"))


def theme_of(layers: tuple[Path, ...]) -> Digest:
    """Return one name for all that pages are made with: whatever of it changes, all pages may."""
    return digest(_state_of(layers, "templates"), _state_of(layers, "assets"), engine())


def settled(layers: tuple[Path, ...], folder: str) -> Digest | None:
    """Return one name for the state of the files in *folder*, as "assets"; None as inputs_of."""
    rows = _state_of(layers, folder)
    return None if _is_warm(rows) else digest(rows)


def engine() -> Digest:
    """Return one name for the program itself: its own files and the libraries' versions."""
    return digest(modules(), versions(LIBRARIES), sys.version)


def _state_of(
    layers: tuple[Path, ...], name: str, sight: Sight | None = None
) -> list[tuple[str, int, int]]:
    """Return path, size and time stamp of everything in the folder *name* of the *layers*."""
    return [row for layer in layers for row in _rows(str(layer / name), _INPUTS[name], sight)]


def _rows(folder: str, unread: tuple[str, ...], sight: Sight | None) -> list[tuple[str, int, int]]:
    """Return path, size and time stamp of everything below *folder*; a folder is only there.

    They come in an order of their own, which is always the same. Names that begin like one of
    *unread* are passed over.
    """
    rows, waiting = [], [folder]
    while waiting:
        try:
            entries = sorted(os.scandir(inside := waiting.pop()), key=_NAME)
        except OSError:
            continue  # where it is needed, whoever reads it says what is wrong
        if sight:
            with suppress(OSError):  # whoever reads it says what is wrong
                sight.folders[inside] = [(entry.name, entry.is_symlink()) for entry in entries]
        for entry in entries:
            if entry.name.startswith(unread):
                continue
            path = entry.path
            told = path if path.isascii() else _spelt(path)
            try:
                if entry.is_dir():
                    rows.append((told, 0, _FOLDER))
                    waiting.append(path)
                else:
                    stat = entry.stat()
                    size, stamp = stat.st_size, stat.st_mtime_ns
                    rows.append((told, size, stamp))
                    if sight and S_ISREG(stat.st_mode):
                        sight.stamps[path] = size, stamp
            except OSError:  # a link to nothing or to itself, or gone since
                rows.append((told, 0, 0))
    return rows


def _spelt(path: str) -> str:
    """Return *path* so that it can be digested, even if it is no text in UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_trace(path: Path) -> Mapping[str, Any]:
    """Return what the last finished build left at *path*; nothing where there was none."""
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    whole = {"inputs", "day", "manifest"}
    rows = found.items() if isinstance(found, dict) else ()
    return {out: each for out, each in rows if isinstance(each, dict) and each.keys() >= whole}


def write_trace(path: Path, trace: Mapping[str, Any]) -> None:
    """Leave *trace* at *path* for the next build."""
    write_whole(path, orjson.dumps(trace))

"""Tell whether anything that a build depends on has changed since the last one.

This runs before Jinja2, Babel or Pillow is imported, so it imports none of them.
"""

import os
import sys
import time
from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

import orjson

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import modules, versions
from ocopgen.base.sight import Names, Sight
from ocopgen.base.whole import write_whole
from ocopgen.build.pool import beside
from ocopgen.content.folders import UNREAD
from ocopgen.pages.theme import AS_IS

_INPUTS = {"content": UNREAD, "templates": (".",), "assets": (".",), AS_IS: ()}
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
_FOLDER, _ODD = -1, -2
"""Stand for the size of a folder, whose time stamp changes with what no build reads, and of what is
no plain file."""
_MANY = 1000
"""Folders that it takes several times as long to look into as to copy this process."""
_Row = tuple[str, int, int]
"""Path, size and time stamp."""


class Inputs(NamedTuple):
    """What a site is made from, each under one name."""

    all: Digest | None
    """The state of all files. None: one changed just now, so its time stamp cannot be trusted."""
    theme: Digest
    """All that pages are made with: whatever of it changes, all pages may."""


def inputs_of(layers: tuple[Path, ...], sight: Sight | None = None) -> Inputs:
    """Return names for the state of all files that a site is made from.

    What is seen of the catalogue goes into *sight*.
    """
    content = _state_of(layers, "content", sight)
    templates, assets, given = (_state_of(layers, each) for each in ("templates", "assets", AS_IS))
    rows = content + templates + assets + given
    program = engine()
    whole = None if _is_warm(rows) else digest(rows, program)
    return Inputs(whole, digest(templates, assets, program))


def _is_warm(rows: list[_Row]) -> bool:
    """Tell whether a file of *rows* changed just now."""
    now = time.time_ns()
    # A stamp from a clock that was ahead says nothing about just now.
    return any(now - _WARM < stamp < now + _WARM for _, _, stamp in rows)


def templates_of(layers: tuple[Path, ...]) -> Digest:
    """Return one name for the state of all files that pages are filled into."""
    return digest(_state_of(layers, "templates"))


def settled(layers: tuple[Path, ...], folder: str) -> Digest | None:
    """Return one name for the state of the files in *folder*, as "assets"; None as inputs_of."""
    rows = _state_of(layers, folder)
    return None if _is_warm(rows) else digest(rows)


def engine() -> Digest:
    """Return one name for the program itself: its own files and the libraries' versions."""
    return digest(modules(), versions(LIBRARIES), sys.version)


def _state_of(layers: tuple[Path, ...], name: str, sight: Sight | None = None) -> list[_Row]:
    """Return a row of everything in the folder *name* of the *layers*."""
    rows = [row for layer in layers for row in _rows(str(layer / name), _INPUTS[name], sight)]
    return [row if row[0].isascii() else (_spelt(row[0]), *row[1:]) for row in rows]


def _rows(folder: str, unread: tuple[str, ...], sight: Sight | None) -> list[_Row]:
    """Return a row of everything below *folder*; a folder is only there.

    They come in an order of their own, which is always the same. Names that begin like one of
    *unread* are passed over.
    """
    waiting = [folder]
    rows, folders = _look(waiting, unread, most=_MANY)
    share = len(waiting) * 2 // 5  # the copy has to be made, and to tell what it saw
    if share:
        with beside(partial(_look, waiting[:share], unread)) as rest:
            for found in (_look(waiting[share:], unread), rest()):
                rows += found[0]
                folders |= found[1]
    if sight:
        sight.folders |= folders
        sight.stamps |= {path: (size, stamp) for path, size, stamp in rows if size >= 0}
    return rows


def _look(
    waiting: list[str], unread: tuple[str, ...], most: int = sys.maxsize
) -> tuple[list[_Row], dict[str, Names]]:
    """Look into the folders *waiting* until none is left, or more than *most* of them.

    Return the rows of what is in them, and all names with the word whether each is a link.
    """
    rows, folders = list[_Row](), dict[str, Names]()
    same = dict[tuple[str, bool], tuple[str, bool]]()  # most names stand in many folders
    while waiting and len(waiting) <= most:
        try:
            entries = sorted(os.scandir(inside := waiting.pop()), key=_NAME)
            names = [(entry.name, entry.is_symlink()) for entry in entries]
        except OSError:
            continue  # where it is needed, whoever reads it says what is wrong
        folders[inside] = [same.setdefault(each, each) for each in names]
        for entry in entries:
            if entry.name.startswith(unread):
                continue
            path = entry.path
            try:
                if entry.is_dir():
                    rows.append((path, _FOLDER, 0))
                    waiting.append(path)
                else:
                    stat = entry.stat()
                    size = stat.st_size if S_ISREG(stat.st_mode) else _ODD
                    rows.append((path, size, stat.st_mtime_ns))
            except OSError:  # a link to nothing or to itself, or gone since
                rows.append((path, _ODD, 0))
    return rows, folders


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

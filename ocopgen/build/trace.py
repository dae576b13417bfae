"""Tell whether anything that a build depends on has changed since the last one.

This runs before pydantic, Jinja2, Babel or Pillow is imported, so it imports none of them.
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from ocopgen.base.digest import Digest, digest
from ocopgen.base.store import write_whole

_INPUTS = ("content", "templates", "assets")
_LIBRARIES = (
    "babel",
    "jinja2",
    "markdown-it-py",
    "orjson",
    "pagefind-bin",
    "pillow",
    "pydantic",
    "pyyaml",
    "tzdata",
)
_WARM = 2.0
"""Seconds in which a file may change twice under one time stamp, on coarse clocks."""


def inputs_of(layers: tuple[Path, ...]) -> Digest | None:
    """Return one name for the state of all files that a site is made from.

    None: a file changed just now, so that its time stamp cannot be trusted yet.
    """
    rows: list[tuple[str, int, int]] = []
    for layer in layers:
        for folder in _INPUTS:
            rows += _rows(str(layer / folder))
    rows.sort()
    newest = max((row[2] for row in rows), default=0)
    if time.time() - newest / 1e9 < _WARM:
        return None
    return digest(rows, engine())


def engine() -> Digest:
    """Return one name for the program itself: its own files and the libraries' versions."""
    package = Path(__file__).parent.parent
    own = sorted(row for row in _rows(str(package)) if row[0].endswith(".py"))
    return digest(own, [version(name) for name in _LIBRARIES], sys.version)


def _rows(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time stamp of every file below *folder*."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith(("_", ".")) and entry.is_dir() and entry.name != "_theme":
            continue
        if entry.is_dir():
            yield from _rows(entry.path)
        else:
            stat = entry.stat()
            yield entry.path, stat.st_size, stat.st_mtime_ns


def read_trace(path: Path) -> Mapping[str, Any]:
    """Return what the last finished build left at *path*; nothing where there was none."""
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_trace(path: Path, trace: Mapping[str, Any]) -> None:
    """Leave *trace* at *path* for the next build."""
    write_whole(path, orjson.dumps(trace))

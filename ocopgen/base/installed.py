"""Know the program itself: what it is made of, and what was made of its own files before.

The theme that comes with ocopgen is a part of the program: its templates are compiled, its scripts
made smaller once for each installation, not for each catalogue or run. What that came to lies where
Python keeps its compiled modules. Whoever can write there can change these too, so it is trusted as
they are.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import orjson

from ocopgen.base.digest import SIZE, Digest, digest, digest_of_bytes
from ocopgen.base.memory import STILL_WARM
from ocopgen.base.whole import write_whole

_DISTRIBUTION = ".dist-info"
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - Paths are slow
_KEPT = os.path.dirname(cache_from_source(__file__))  # noqa: PTH120


def kept(name: str, made_of: Digest, make: Callable[[], bytes]) -> bytes:
    """Return what *make* makes of what *made_of* names, or what it made of the same before.

    It is kept under *name*, one state of each. Where nothing can be written, or Python was told to
    write nothing, it is made every time.
    """
    path = f"{_KEPT}/{name.replace('/', '-')}.{sys.implementation.cache_tag}.kept"
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        own, content = file.read(SIZE), file.read()
        if own == _own(made_of, content):
            return content
    made = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            write_whole(path, _own(made_of, made) + made)
    return made


def forget_kept() -> None:
    """Forget all that `kept` keeps."""
    for path in Path(_KEPT).glob("*.kept"):
        with suppress(OSError):
            path.unlink()


def _own(made_of: Digest, content: bytes) -> bytes:
    return bytes.fromhex(digest_of_bytes(made_of.encode() + content))


@cache
def program(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> Digest:
    """Return one name for the part of ocopgen in *rooms*, with the versions of *libraries*.

    What is kept from one run to the next carries it, so that nothing outlives what made it.
    *rooms* are modules, as "base/text.py", or folders of them, as "content/".
    """
    own = [(path, each) for path, each in _modules().items() if path.startswith(rooms)]
    return digest(own, versions(libraries), sys.version_info[:2])


@cache
def _modules() -> dict[str, Digest]:
    """Return the digest of each module by its path in the package, line ends left aside."""
    rows = modules()

    def read() -> bytes:
        texts = ((path, Path(_PACKAGE, path).read_text("utf-8")) for path, *_ in rows)
        return orjson.dumps({path: digest_of_bytes(text.encode()) for path, text in texts})

    # Somebody who works on ocopgen may save a module twice under one time stamp.
    warm = any(time.time_ns() - stamp < STILL_WARM for _, _, stamp in rows)
    found: dict[str, Digest] = orjson.loads(read() if warm else kept("modules", digest(rows), read))
    return found


def modules() -> list[tuple[str, int, int]]:
    """Return path, size and time stamp of each module of the package as it now stands."""
    return sorted(_listed(_PACKAGE))


def _listed(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                stat = entry.stat()
                path = entry.path[len(_PACKAGE) + 1 :].replace(os.sep, "/")
                yield path, stat.st_size, stat.st_mtime_ns
            elif "." not in entry.name and entry.is_dir() and entry.name != "__pycache__":
                yield from _listed(entry.path)


def versions(libraries: tuple[str, ...]) -> list[str]:
    """Return the versions of *libraries*, as the names of their folders tell.

    Python's own room for that takes as long to import as a build that finds nothing to do.
    """
    return [_distributions().get(name) or _asked(name) for name in libraries]


@cache
def _distributions() -> dict[str, str]:
    known: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in Path(folder).glob(f"*{_DISTRIBUTION}"):
                name, _, version = entry.name.removesuffix(_DISTRIBUTION).partition("-")
                known.setdefault(name.lower().replace("_", "-"), version)
    return known


def _asked(library: str) -> str:
    from importlib.metadata import version

    return version(library)

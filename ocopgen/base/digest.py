"""Name a value by what it is made of; refuse what has no fixed spelling."""

import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NewType

import orjson
from msgspec.structs import asdict

Digest = NewType("Digest", str)
"""Thirty-two hexadecimal digits: 128 bits of BLAKE2b."""

SIZE = 16
_INSTALLED = ".dist-info"
_SPELLING = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def digest(*parts: object) -> Digest:
    """Return one name for *parts*: equal parts, equal name, on every machine.

    Raises TypeError for a value without a fixed spelling (a set, an open file, a model).
    """
    return digest_of_bytes(orjson.dumps(parts, option=_SPELLING, default=asdict))


def digest_of_bytes(content: bytes) -> Digest:
    """Return the name of *content*."""
    return Digest(blake2b(content, digest_size=SIZE).hexdigest())


@cache
def program(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> Digest:
    """Return one name for the part of ocopgen in *rooms*, with the versions of *libraries*.

    What is kept from one run to the next carries it, so that nothing outlives what made it.
    *rooms* are patterns for paths, as "content/**/*.py".
    """
    package = Path(__file__).parent.parent
    paths = sorted({path for pattern in rooms for path in package.glob(pattern)})
    own = [(path.relative_to(package).as_posix(), path.read_text("utf-8")) for path in paths]
    return digest(own, versions(libraries), sys.version_info[:2])


@cache
def versions(libraries: tuple[str, ...]) -> list[str]:
    """Return the versions of *libraries*, as the names of their folders tell.

    Python's own room for that takes as long to import as a build that finds nothing to do.
    """
    known: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in Path(folder).glob(f"*{_INSTALLED}"):
                name, _, version = entry.name.removesuffix(_INSTALLED).partition("-")
                known.setdefault(name.lower().replace("_", "-"), version)
    return [known.get(name) or _asked(name) for name in libraries]


def _asked(library: str) -> str:
    from importlib.metadata import version

    return version(library)

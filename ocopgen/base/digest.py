"""Name a value by what it is made of; refuse what has no fixed spelling."""

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NewType

import orjson

Digest = NewType("Digest", str)
"""Thirty-two hexadecimal digits: 128 bits of BLAKE2b."""

SIZE = 16
_SPELLING = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def digest(*parts: object) -> Digest:
    """Return one name for *parts*: equal parts, equal name, on every machine.

    Raises TypeError for a value without a fixed spelling (a set, an open file, a model).
    """
    return digest_of_bytes(orjson.dumps(parts, option=_SPELLING))


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
    return digest(own, [version(name) for name in libraries], sys.version_info[:2])

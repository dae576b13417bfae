"""Keep many small entries of a store in one file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple

import orjson

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.whole import write_whole

_NONE = b"[]"
"""The first line of a bundle that holds nothing."""


class Part(NamedTuple):
    """Where an entry lies."""

    path: str
    start: int
    """Bytes before it."""
    size: int


class Bundles:
    """A folder of bundles: to make a file takes as long as to fill half a page, or longer.

    A bundle begins with a line of JSON, the keys and sizes of its entries in their order. Its name
    is the digest of that line, and nothing is ever written into it once it is there.
    """

    def __init__(self, folder: str) -> None:
        """Look after the bundles in *folder*, which is made when the first one comes."""
        self._folder = folder
        self._paths: dict[str, str] = {}
        """In which bundle each entry lies, by its key."""
        self._heads: dict[str, bytes] = {}
        """The first line of each bundle, by its path."""
        self._parts: dict[str, dict[str, Part]] = {}
        """The entries of those bundles of which somebody wanted one; most are never asked for."""
        self._looked = False

    def find(self, key: str) -> Part | None:
        """Return where the entry of *key* lies, if it is in a bundle."""
        if key not in self or not (path := self._paths.get(key)):
            return None
        parts, head = self._parts.get(path), self._heads.get(path)
        if head is None:  # another thread lost it just now
            return None
        if parts is None:
            parts = self._parts[path] = _located(path, head)
        return parts.get(key)

    def __contains__(self, key: str) -> bool:
        """Tell whether the entry of *key* is in a bundle."""
        if not self._looked:
            self.look()
        return key in self._paths

    def look(self) -> None:
        """See which bundles there are, those too that other processes have made meanwhile."""
        for path in self._all():
            if path not in self._heads and (head := _head(path)):
                self._note(path, head)
        # At the very end: another thread that looks meanwhile shall not take a part for all.
        self._looked = True

    def _all(self) -> Iterator[str]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            yield from (f"{self._folder}/{each.name}" for each in entries if "." not in each.name)

    def _note(self, path: str, head: bytes) -> None:
        self._heads[path] = head
        # At the end: whoever finds a key asks for its bundle.
        self._paths.update(dict.fromkeys(_keys(head), path))

    def write(self, entries: Mapping[str, bytes]) -> None:
        """Keep *entries* by their keys in a bundle of their own."""
        rows = [(key, len(entry)) for key, entry in entries.items()]
        head = orjson.dumps(rows, option=orjson.OPT_APPEND_NEWLINE)
        path = f"{self._folder}/{digest_of_bytes(head)}"
        write_whole(path, b"".join((head, *entries.values())))
        self._note(path, head)

    def lose(self, path: str) -> None:
        """Forget what the bundle at *path* holds; whoever looks again may find it there."""
        for key in _keys(self._heads.pop(path, _NONE)):
            if self._paths.get(key) == path:
                self._paths.pop(key, None)
        self._parts.pop(path, None)

    def forget(self, but: Iterable[str]) -> None:
        """Know by heart only where the entries of *but* lie; all stay where they are."""
        self._paths = {key: path for key in but if (path := self._paths.get(key))}
        self._parts = {}

    def __len__(self) -> int:
        """Return of how many entries it is known where they lie."""
        return len(self._paths)

    def all(self) -> Iterator[tuple[str, os.stat_result, dict[str, Part]]]:
        """Yield every file of the folder, and what it holds; what is no bundle holds nothing."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in list(entries):
                with suppress(OSError):
                    yield entry.path, entry.stat(), _located(entry.path, _head(entry.path) or _NONE)


def _head(path: str) -> bytes:
    """Return the first line of the bundle at *path*; nothing where it is gone or damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands are read
            head = file.readline()
    except OSError:
        return b""
    return head if path.endswith(digest_of_bytes(head)) else b""


def _keys(head: bytes) -> list[str]:
    return [key for key, _ in orjson.loads(head)]


def _located(path: str, head: bytes) -> dict[str, Part]:
    rows = orjson.loads(head)
    starts = accumulate((size for _, size in rows), initial=len(head))
    return {key: Part(path, start, size) for (key, size), start in zip(rows, starts, strict=False)}

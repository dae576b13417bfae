"""Keep many small entries of a store in one file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple

import orjson

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.whole import write_whole


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
        self._parts: dict[str, Part] = {}
        self._seen: set[str] | None = None

    def find(self, key: str) -> Part | None:
        """Return where the entry of *key* lies, if it is in a bundle."""
        if self._seen is None:
            self.look()
        return self._parts.get(key)

    def look(self) -> None:
        """See which bundles there are, those too that other processes have made meanwhile."""
        known, self._seen = self._seen or set(), set(self._names())
        for name in self._seen - known:
            self._parts |= _parts(f"{self._folder}/{name}")

    def _names(self) -> Iterator[str]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            yield from (entry.name for entry in entries if "." not in entry.name)

    def write(self, entries: Mapping[str, bytes]) -> None:
        """Keep *entries* by their keys in a bundle of their own."""
        rows = [(key, len(entry)) for key, entry in entries.items()]
        head = orjson.dumps(rows, option=orjson.OPT_APPEND_NEWLINE)
        name = digest_of_bytes(head)
        write_whole(f"{self._folder}/{name}", b"".join((head, *entries.values())))
        if self._seen is not None:
            self._seen.add(name)
            self._parts |= _located(f"{self._folder}/{name}", head)

    def drop(self, paths: set[str]) -> None:
        """Take away the files at *paths*, and forget what is in those that are bundles."""
        self._parts = {key: part for key, part in self._parts.items() if part.path not in paths}
        # The same entries would be in a bundle of the same name if they were made again.
        if self._seen is not None:
            self._seen -= {path.rpartition("/")[2] for path in paths}
        for path in paths:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108

    def forget(self, but: Iterable[str]) -> None:
        """Know by heart only where the entries of *but* lie; all stay where they are."""
        self._parts = {key: part for key in but if (part := self._parts.get(key))}

    def __len__(self) -> int:
        """Return of how many entries it is known where they lie."""
        return len(self._parts)

    def all(self) -> dict[str, dict[str, Part]]:
        """Return the entries of every bundle, by its path."""
        self._seen, self._parts = None, {}
        self.look()
        found: dict[str, dict[str, Part]] = {}
        for key, part in self._parts.items():
            found.setdefault(part.path, {})[key] = part
        return found


def _parts(path: str) -> dict[str, Part]:
    """Return the entries of the bundle at *path*; none where it is gone or damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands are read
            return _located(path, file.readline())
    except OSError:
        return {}


def _located(path: str, head: bytes) -> dict[str, Part]:
    try:
        rows = orjson.loads(head)
        starts = accumulate((size for _, size in rows), initial=len(head))
        return {
            key: Part(path, start, size) for (key, size), start in zip(rows, starts, strict=False)
        }
    except (ValueError, TypeError):
        return {}

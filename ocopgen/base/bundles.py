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
        self._keys: dict[str, tuple[str, ...]] = {}
        """What each bundle holds, by its path."""
        self._looked = False

    def find(self, key: str) -> Part | None:
        """Return where the entry of *key* lies, if it is in a bundle."""
        if not self._looked:
            self.look()
        return self._parts.get(key)

    def look(self) -> None:
        """See which bundles there are, those too that other processes have made meanwhile."""
        for path in self._paths():
            if path not in self._keys and (parts := _parts(path)):
                self._note(path, parts)
        # At the very end: another thread that looks meanwhile shall not take a part for all.
        self._looked = True

    def _paths(self) -> Iterator[str]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            yield from (f"{self._folder}/{each.name}" for each in entries if "." not in each.name)

    def _note(self, path: str, parts: Mapping[str, Part]) -> None:
        self._parts.update(parts)
        self._keys[path] = tuple(parts)

    def write(self, entries: Mapping[str, bytes]) -> None:
        """Keep *entries* by their keys in a bundle of their own."""
        rows = [(key, len(entry)) for key, entry in entries.items()]
        head = orjson.dumps(rows, option=orjson.OPT_APPEND_NEWLINE)
        path = f"{self._folder}/{digest_of_bytes(head)}"
        write_whole(path, b"".join((head, *entries.values())))
        self._note(path, _located(path, head))

    def lose(self, path: str) -> None:
        """Forget what the bundle at *path* holds; whoever looks again may find it there."""
        for key in self._keys.pop(path, ()):
            part = self._parts.get(key)
            if part and part.path == path:
                self._parts.pop(key, None)

    def forget(self, but: Iterable[str]) -> None:
        """Know by heart only where the entries of *but* lie; all stay where they are."""
        self._parts = {key: part for key in but if (part := self._parts.get(key))}

    def __len__(self) -> int:
        """Return of how many entries it is known where they lie."""
        return len(self._parts)

    def all(self) -> Iterator[tuple[str, os.stat_result, dict[str, Part]]]:
        """Yield every file of the folder, and what it holds; what is no bundle holds nothing."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in list(entries):
                with suppress(OSError):
                    yield entry.path, entry.stat(), _parts(entry.path)


def _parts(path: str) -> dict[str, Part]:
    """Return the entries of the bundle at *path*; none where it is gone or damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands are read
            head = file.readline()
    except OSError:
        return {}
    return _located(path, head) if path.endswith(digest_of_bytes(head)) else {}


def _located(path: str, head: bytes) -> dict[str, Part]:
    rows = orjson.loads(head)
    starts = accumulate((size for _, size in rows), initial=len(head))
    return {key: Part(path, start, size) for (key, size), start in zip(rows, starts, strict=False)}

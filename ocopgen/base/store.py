"""Keep what was made once under the digest of what it was made of."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from ocopgen.base.bundles import Bundles, Part
from ocopgen.base.digest import SIZE, Digest, digest_of_bytes
from ocopgen.base.whole import write_whole

T = TypeVar("T")

_DAY = 86_400
_BUNDLES = "bundles"
_FEW = 4
"""Entries that are not worth a bundle."""
_TOGETHER = 200
"""Items that pass while one bundle is filled: to make a file takes longer than to fill it."""
_GENERATIONS = 4
"""Sites of which it is known by heart where their entries lie."""
_HEAD = 16
"""Bytes by which one kind of file is told from another."""


class Store:
    """A folder of entries, each led by the digest of its own bytes and checked when read.

    An entry is a file of its own, or one of many small ones in a bundle.
    """

    def __init__(self, folder: Path) -> None:
        """Keep entries below *folder*, which is made when the first one comes."""
        self.folder = folder
        self._root = str(folder)
        self._bundles = Bundles(f"{folder}/{_BUNDLES}")
        self._gathers = 0
        """The thread whose entries are gathered."""
        self._gathered: dict[str, bytes] = {}
        """What is to become one bundle."""
        self._known: set[str] = set()
        self._digests: dict[str, Digest] = {}

    def path(self, key: Digest) -> Path:
        """Return the file in which the entry of *key* lies, be it there or not."""
        return Path(self._part(key).path)

    def _part(self, key: str) -> Part:
        return self._bundles.find(key) or Part(self._at(key), 0, -1)

    def _at(self, key: str) -> str:
        """Return the same as text: ten thousand Paths take a tenth of a second."""
        return f"{self._root}/{key[:2]}/{key}"

    def __contains__(self, key: Digest) -> bool:
        """Tell whether there is an entry for *key*; it may still turn out to be damaged."""
        if key in self._known or key in self._gathered or key in self._bundles:
            return True
        if os.path.exists(self._at(key)):  # noqa: PTH110 - see _at
            self._known.add(key)
            return True
        return False

    def get(self, key: Digest) -> bytes | None:
        """Return the bytes of *key*, or None where they are missing or damaged."""
        return self._checked(key, self._read(key))

    def several(self, keys: Iterable[Digest]) -> Iterator[tuple[Digest, bytes | None]]:
        """Yield each of *keys* with what `get` returns, and open no bundle twice."""
        bundled = dict[str, list[tuple[Digest, Part]]]()
        for key in keys:
            part = None if key in self._gathered else self._bundles.find(key)
            if part:
                bundled.setdefault(part.path, []).append((key, part))
            else:
                yield key, self.get(key)
        for path, parts in bundled.items():
            entries = _entries(path, [part for _, part in parts])
            for (key, _), entry in zip(parts, entries, strict=True):
                yield key, self._checked(key, entry)

    def _checked(self, key: Digest, entry: bytes | None) -> bytes | None:
        """Return what the *entry* of *key* holds, if it is there and sound."""
        if entry is None:  # gone, or the disk refuses it now: it is not for us to delete
            self._lose(key)
            return None
        own, content = entry[:SIZE].hex(), entry[SIZE:]
        if own != digest_of_bytes(content):
            self.drop(key)
            return None
        self._digests[key] = Digest(own)
        return content

    def _read(self, key: str, most: int = -1) -> bytes | None:
        """Return the entry of *key*, or its first bytes."""
        if entry := self._gathered.get(key):
            return entry if most < 0 else entry[:most]
        path, start, size = self._part(key)
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                if start:
                    file.seek(start)
                return file.read(size if most < 0 else most)
        except OSError:
            return None

    def digest(self, key: Digest) -> Digest | None:
        """Return the digest of the bytes of *key* as its entry states it, or None."""
        if key not in self._digests:
            head = self._read(key, SIZE)
            if head is None:
                return None
            self._digests[key] = Digest(head.hex())
        return self._digests[key]

    def put(self, key: Digest, content: bytes) -> Digest:
        """Keep *content* under *key*, whole or not at all, and return its own digest."""
        own = digest_of_bytes(content)
        entry = bytes.fromhex(own) + content
        if self._gathers == threading.get_ident():
            # Of thousands, hardly anybody asks this process what their digests are.
            self._gathered[key] = entry
        else:
            self._write(key, entry)
            self._digests[key] = own
        return own

    def _write(self, key: str, entry: bytes) -> None:
        write_whole(self._at(key), entry)
        self._known.add(key)

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Write what is put meanwhile, if it is more than a few, into one file at the end.

        What other threads put is none of it.
        """
        self._gathers = threading.get_ident()
        try:
            yield
        finally:
            self._gathers = 0
            try:
                if len(self._gathered) > _FEW:
                    self._bundles.write(self._gathered)
                else:
                    for key, entry in self._gathered.items():
                        self._write(key, entry)
            finally:
                self._gathered = {}

    def gathering(self, items: Iterable[T]) -> Iterator[T]:
        """Yield *items*; what is put while they pass is gathered, for some of them at a time."""
        left = iter(items)
        while some := list(islice(left, _TOGETHER)):
            with self.gather():
                yield from some

    def look(self) -> None:
        """See what other processes have put meanwhile."""
        self._bundles.look()

    def turn(self, used: Collection[str]) -> None:
        """Know by heart of *used* alone, lest a long run grows; every entry stays where it lies."""
        self._known = self._known.intersection(used)
        self._digests = {}
        if len(self._bundles) > _GENERATIONS * len(used):
            self._bundles.forget(used)

    def size(self, key: Digest) -> int:
        """Return how many bytes are kept under *key*; 0 where nothing is."""
        path, _, size = self._part(key)
        with suppress(OSError):
            return max((size if size >= 0 else os.stat(path).st_size) - SIZE, 0)  # noqa: PTH116
        return 0

    def drop(self, key: Digest) -> None:
        """Forget the entry of *key*, and what else is in its bundle."""
        path = self._part(key).path
        self._lose(key)
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108

    def _lose(self, key: Digest) -> None:
        """Know no longer of the entry of *key*, nor of what else is in its bundle."""
        self._known.discard(key)
        self._digests.pop(key, None)
        if part := self._bundles.find(key):
            self._bundles.lose(part.path)

    def tidy(
        self,
        used: Collection[str],
        days: int,
        limit: int,
        dear: Callable[[bytes], bool] = lambda _head: False,
    ) -> int:
        """Forget what is not in *used* and old, or too much; return the bytes that went.

        *days* is how long an unused entry is kept after it was made, *limit* how many bytes the
        store may hold; of too much the oldest goes first, and last what is *dear* to make again,
        as its first bytes tell. A bundle counts as one entry; an old one that is hardly used any
        more is written anew.
        """
        wanted, first_kept = set(used), time.time() - days * _DAY
        files = [*self._singles(), *self._several(wanted, first_kept)]
        total = sum(file.size for file in files)
        unused = [file for file in files if wanted.isdisjoint(file.keys)]
        gone = [file for file in unused if file.stamp < first_kept]
        rest = [file for file in unused if file.stamp >= first_kept]
        much = total - sum(file.size for file in gone) - limit
        if much > 0:
            rest.sort(key=lambda file: (dear(_head(file.path)), file.stamp))
        for file in rest:
            if much <= 0:
                break
            gone.append(file)
            much -= file.size
        self._known.difference_update(*(file.keys for file in gone))
        for file in gone:
            self._bundles.lose(file.path)
            with suppress(OSError):
                os.unlink(file.path)  # noqa: PTH108
        return sum(file.size for file in gone)

    def _singles(self) -> Iterator["_File"]:
        for folder in self.folder.glob("??"):
            with os.scandir(folder) as entries:
                for entry in entries:
                    stat = entry.stat()
                    yield _File(entry.path, (entry.name,), stat.st_size, stat.st_mtime)

    def _several(self, used: set[str], first_kept: float) -> Iterator["_File"]:
        """Yield the bundles; an old one that is hardly used is written anew with what is used."""
        for path, stat, parts in self._bundles.all():
            live = used.intersection(parts)
            hardly = 2 * sum(parts[key].size for key in live) < stat.st_size
            if live and hardly and stat.st_mtime < first_kept:
                self._renew(path, live)
            else:
                yield _File(path, parts, stat.st_size, stat.st_mtime)

    def _renew(self, path: str, live: Iterable[str]) -> None:
        contents = [(Digest(key), self.get(Digest(key))) for key in live]
        self._bundles.lose(path)
        with self.gather():
            for key, content in contents:
                if content is not None:
                    self.put(key, content)
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108


class _File(NamedTuple):
    """One file of a store."""

    path: str
    keys: Collection[str]
    """Of the entries in it."""
    size: int
    stamp: float


def _entries(path: str, parts: Sequence[Part]) -> list[bytes | None]:
    """Return the *parts* of the bundle at *path*."""
    entries: list[bytes | None] = []
    try:
        with open(path, "rb", buffering=0) as bundle:  # noqa: PTH123
            for part in parts:
                bundle.seek(part.start)
                entries.append(bundle.read(part.size))
    except OSError:
        entries += [None] * (len(parts) - len(entries))
    return entries


def _head(path: str) -> bytes:
    """Return the first bytes of what an entry of its own keeps."""
    try:
        with open(path, "rb") as entry:  # noqa: PTH123
            return entry.read(SIZE + _HEAD)[SIZE:]
    except OSError:
        return b""

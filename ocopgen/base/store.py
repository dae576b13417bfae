"""Keep what was made once under the digest of what it was made of."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ocopgen.base.bundles import Bundles, Part
from ocopgen.base.digest import SIZE, Digest, digest_of_bytes
from ocopgen.base.whole import write_whole

_DAY = 86_400
_BUNDLES = "bundles"
_FEW = 4
"""Entries that are not worth a bundle."""
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
        self._gathers = False
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
        if key in self._known or key in self._gathered or self._bundles.find(key):
            return True
        if os.path.exists(self._at(key)):  # noqa: PTH110 - see _at
            self._known.add(key)
            return True
        return False

    def get(self, key: Digest) -> bytes | None:
        """Return the bytes of *key*, or None where they are missing or damaged."""
        entry = self._read(key)
        if entry is None:
            self.drop(key)
            return None
        own, content = entry[:SIZE].hex(), entry[SIZE:]
        if own != digest_of_bytes(content):
            self.drop(key)
            return None
        self._digests[key] = Digest(own)
        return content

    def _read(self, key: str, most: int = -1) -> bytes | None:
        """Return the entry of *key*, or its first bytes."""
        if key in self._gathered:
            return self._gathered[key]
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
        if self._gathers:
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
        """Write what is put meanwhile, if it is more than a few, into one file at the end."""
        self._gathers = True
        try:
            yield
        finally:
            gathered, self._gathered, self._gathers = self._gathered, {}, False
            if len(gathered) > _FEW:
                self._bundles.write(gathered)
            else:
                for key, entry in gathered.items():
                    self._write(key, entry)

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
        self._known.discard(key)
        self._digests.pop(key, None)
        if part := self._bundles.find(key):
            self._bundles.drop({part.path})
        else:
            with suppress(OSError):
                os.unlink(self._at(key))  # noqa: PTH108

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
        as its first bytes tell. A bundle counts as one entry; one that is hardly used any more is
        written anew.
        """
        wanted = set(used)
        files = [*self._singles(), *self._several(wanted)]
        total, first_kept = sum(file.size for file in files), time.time() - days * _DAY
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
        self._bundles.drop({file.path for file in gone})
        return sum(file.size for file in gone)

    def _singles(self) -> Iterator["_File"]:
        for folder in self.folder.glob("??"):
            with os.scandir(folder) as entries:
                for entry in entries:
                    stat = entry.stat()
                    yield _File(entry.path, (entry.name,), stat.st_size, stat.st_mtime)

    def _several(self, used: set[str]) -> Iterator["_File"]:
        """Yield the bundles; one that is used, but hardly, is written anew with what is used."""
        for path, parts in self._bundles.all().items():
            with suppress(OSError):
                stat = os.stat(path)  # noqa: PTH116
                live = used.intersection(parts)
                if live and 2 * sum(parts[key].size for key in live) < stat.st_size:
                    self._renew(path, live)
                else:
                    yield _File(path, parts, stat.st_size, stat.st_mtime)

    def _renew(self, path: str, live: Collection[str]) -> None:
        with self.gather():
            for key in live:
                content = self.get(Digest(key))
                if content is not None:
                    self.put(Digest(key), content)
        self._bundles.drop({path})


class _File(NamedTuple):
    """One file of a store."""

    path: str
    keys: Collection[str]
    """Of the entries in it."""
    size: int
    stamp: float


def _head(path: str) -> bytes:
    """Return the first bytes of what an entry of its own keeps."""
    try:
        with open(path, "rb") as entry:  # noqa: PTH123
            return entry.read(SIZE + _HEAD)[SIZE:]
    except OSError:
        return b""

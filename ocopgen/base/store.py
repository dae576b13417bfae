"""Keep what was made once under the digest of what it was made of."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from ocopgen.base.digest import SIZE, Digest, digest_of_bytes

_DAY = 86_400
_HEAD = 16
"""Bytes by which one kind of file is told from another."""


class Store:
    """A folder of entries, each led by the digest of its own bytes and checked when read."""

    def __init__(self, folder: Path) -> None:
        """Keep entries below *folder*, which is made when the first one comes."""
        self.folder = folder
        self._root = str(folder)
        self._known: set[str] = set()
        self._digests: dict[str, Digest] = {}

    def path(self, key: Digest) -> Path:
        """Return where the entry of *key* lies, be it there or not."""
        return Path(self._at(key))

    def _at(self, key: str) -> str:
        """Return the same as text: ten thousand Paths take a tenth of a second."""
        return f"{self._root}/{key[:2]}/{key}"

    def __contains__(self, key: Digest) -> bool:
        """Tell whether there is an entry for *key*; it may still turn out to be damaged."""
        if key not in self._known and os.path.exists(self._at(key)):  # noqa: PTH110 - see _at
            self._known.add(key)
        return key in self._known

    def get(self, key: Digest) -> bytes | None:
        """Return the bytes of *key*, or None where they are missing or damaged."""
        try:
            with open(self._at(key), "rb") as file:  # noqa: PTH123
                entry = file.read()
        except OSError:
            self._known.discard(key)
            return None
        own, content = entry[:SIZE].hex(), entry[SIZE:]
        if own != digest_of_bytes(content):
            self.drop(key)
            return None
        self._digests[key] = Digest(own)
        return content

    def digest(self, key: Digest) -> Digest | None:
        """Return the digest of the bytes of *key* as its entry states it, or None."""
        if key not in self._digests:
            try:
                with open(self._at(key), "rb") as entry:  # noqa: PTH123
                    self._digests[key] = Digest(entry.read(SIZE).hex())
            except OSError:
                return None
        return self._digests[key]

    def put(self, key: Digest, content: bytes) -> Digest:
        """Keep *content* under *key*, whole or not at all, and return its own digest."""
        own = digest_of_bytes(content)
        write_whole(self._at(key), bytes.fromhex(own) + content)
        self._known.add(key)
        self._digests[key] = own
        return own

    def turn(self, used: Collection[str]) -> None:
        """Know by heart of *used* alone, lest a long run grows; every entry stays where it lies."""
        self._known = self._known.intersection(used)
        self._digests = {}

    def size(self, key: Digest) -> int:
        """Return how many bytes are kept under *key*; 0 where nothing is."""
        try:
            return max(os.stat(self._at(key)).st_size - SIZE, 0)  # noqa: PTH116
        except OSError:
            return 0

    def drop(self, key: Digest) -> None:
        """Forget the entry of *key*."""
        self._known.discard(key)
        self._digests.pop(key, None)
        with suppress(OSError):
            self.path(key).unlink()

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
        as its first bytes tell.
        """
        entries = list(self._entries())
        total, gone, first_kept = sum(size for _, size, _ in entries), 0, time.time() - days * _DAY
        rest = []
        for key, size, stamp in entries:
            if key in used:
                continue
            if stamp < first_kept:
                self.drop(Digest(key))
                gone += size
            else:
                rest.append((key, size, stamp))
        if total - gone > limit:
            rest.sort(key=lambda each: (dear(self._head(each[0])), each[2]))
        for key, size, _ in rest:
            if total - gone <= limit:
                break
            self.drop(Digest(key))
            gone += size
        return gone

    def _head(self, key: str) -> bytes:
        """Return the first bytes of what *key* keeps."""
        try:
            with self.path(Digest(key)).open("rb") as entry:
                return entry.read(SIZE + _HEAD)[SIZE:]
        except OSError:
            return b""

    def _entries(self) -> Iterator[tuple[str, int, float]]:
        for folder in self.folder.glob("??"):
            with os.scandir(folder) as entries:
                for entry in entries:
                    stat = entry.stat()
                    yield entry.name, stat.st_size, stat.st_mtime


def write_whole(path: Path | str, content: bytes) -> None:
    """Write *content* to *path* so that no reader ever meets a part of it.

    What the disk refuses names *path*: a full disk alone names no file.
    """
    # As text: a cold build does this for each page, and Paths would double what it costs.
    target = str(path)
    aside = f"{target}.{os.getpid()}.tmp"
    try:
        _write(aside, content)
        os.replace(aside, target)  # noqa: PTH105
    except OSError as error:
        with suppress(OSError):
            os.unlink(aside)  # noqa: PTH108
        error.filename, error.filename2 = target, None
        raise


def _write(path: str, content: bytes) -> None:
    try:
        file = open(path, "wb")  # noqa: PTH123, SIM115 - closed below
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(content)

"""Keep what was made once under the digest of what it was made of."""

import errno
import os
import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

import orjson

from ocopgen.base.digest import SIZE, Digest, digest_of_bytes

T = TypeVar("T")

_DAY = 86_400
_FEW = 1000
"""Small things of which so many more are not too much."""
_HEAD = 16
"""Bytes by which one kind of file is told from another."""
STILL_WARM = 2_000_000_000
"""Nanoseconds in which a file may change again without a new time stamp on coarse clocks."""


class Store:
    """A folder of entries, each led by the digest of its own bytes and checked when read."""

    def __init__(self, folder: Path) -> None:
        """Keep entries below *folder*, which is made when the first one comes."""
        self.folder = folder
        self._known: set[str] = set()
        self._digests: dict[str, Digest] = {}

    def path(self, key: Digest) -> Path:
        """Return where the entry of *key* lies, be it there or not."""
        return self.folder / key[:2] / key

    def __contains__(self, key: Digest) -> bool:
        """Tell whether there is an entry for *key*; it may still turn out to be damaged."""
        if key not in self._known and self.path(key).exists():
            self._known.add(key)
        return key in self._known

    def get(self, key: Digest) -> bytes | None:
        """Return the bytes of *key*, or None where they are missing or damaged."""
        try:
            entry = self.path(key).read_bytes()
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
                with self.path(key).open("rb") as entry:
                    self._digests[key] = Digest(entry.read(SIZE).hex())
            except OSError:
                return None
        return self._digests[key]

    def put(self, key: Digest, content: bytes) -> Digest:
        """Keep *content* under *key*, whole or not at all, and return its own digest."""
        own = digest_of_bytes(content)
        write_whole(self.path(key), bytes.fromhex(own) + content)
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
            return max(self.path(key).stat().st_size - SIZE, 0)
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


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path* so that no reader ever meets a part of it.

    What the disk refuses names *path*: a full disk alone names no file.
    """
    aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        _write(aside, content)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        error.filename, error.filename2 = str(path), None
        raise


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class Memory:
    """Small things found out about files, kept from one run to the next, a line of JSON each.

    It only saves work: whatever it holds can be found out again, and a damaged one, which the
    digest on its first line tells, is empty. A line is read only when it is asked for, and
    written as it was read: most of them stay as they are from run to run.
    """

    def __init__(self, path: Path) -> None:
        """Read what earlier runs left at *path*."""
        self._path = path
        self._kept: dict[bytes, bytes] = {}
        self._used: dict[bytes, bytes] = {}
        self._values: dict[str, Any] = {}
        self._held: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, Any] = {}
        self._learnt = False
        self.turns = 0
        """How often a long run came round; what is only held is of no use to a short one."""
        self._settled = 0
        """How many values there were when the last ones were let go of."""
        with suppress(OSError, ValueError):
            own, _, kept = path.read_bytes().partition(b"\n")
            if own.decode() == digest_of_bytes(kept):
                # JSON holds neither tabs nor line ends, so these stand for nothing else.
                self._kept = dict(line.split(b"\t", 1) for line in kept.splitlines())

    def knows(self, key: str) -> bool:
        """Tell whether anything is kept under *key*."""
        return key in self._values or (name := _packed(key)) in self._kept or name in self._used

    def recall(self, key: str, *, once: bool = False) -> Any | None:  # noqa: ANN401 - as it was kept
        """Return what was kept under *key*, or None; *once*: nobody will ask for it again soon."""
        found = self._values.get(key)
        if found is None:
            name = _packed(key)
            if (line := self._used.get(name) or self._kept.get(name)) is not None:
                self._used[name] = line
                found = orjson.loads(line)
                if not once:
                    self._values[key] = found
        return found

    def keep(self, key: str, value: object, *, once: bool = False) -> None:
        """Keep *value*, which must be plain JSON, under *key*; *once* as for `recall`."""
        self._learnt = True
        if once:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._used[_packed(key)] = _packed(value)

    def remembered(self, key: str, find_out: Callable[[], object]) -> Any:  # noqa: ANN401
        """Return what is kept under *key*, or find it out and keep it."""
        found = self.recall(key)
        if found is None:
            found = find_out()
            self.keep(key, found)
        return found

    def lines(self) -> dict[bytes, bytes]:
        """Return what this run used, as it would be written down."""
        return self._used

    def adopt(self, lines: Mapping[bytes, bytes]) -> None:
        """Take over the *lines* that another memory used."""
        self._learnt = self._learnt or bool(lines)
        self._kept |= lines

    def held(self, key: Hashable) -> Any | None:  # noqa: ANN401 - the caller knows what it holds
        """Return what is held under *key* for as long as this program runs, or None."""
        found = self._asked.get(key)
        if found is None and (found := self._held.get(key)) is not None:
            self._asked[key] = found
        return found

    def hold(self, key: Hashable, value: T) -> T:
        """Hold *value*, which nobody may change, under *key*, which names all it is made of."""
        self._asked[key] = value
        return value

    def turn(self) -> None:
        """Let go of what nobody has asked for since the last turn, lest a long run grows."""
        self.turns += 1
        self._held, self._asked = self._asked, {}
        if not self._settled:
            self._settled = len(self._values)
        elif len(self._values) > 2 * self._settled + _FEW:
            # What is still in use will be asked for again, and is read from its line.
            self._kept |= self._used
            self._used, self._values, self._settled = {}, {}, 0

    def file_digest(self, path: str, most: int | None = None) -> Digest:
        """Return the digest of the file at *path*, read anew only when it may have changed.

        Raises OSError for what is no file, a pipe for instance, at which reading would wait for
        ever; and one with the number EFBIG for a file of more than *most* bytes.
        """
        stat = os.stat(path)  # noqa: PTH116 - a Path would cost more than the question
        if not S_ISREG(stat.st_mode):
            raise OSError(errno.EINVAL, "no file", path)
        if most is not None and stat.st_size > most:
            raise OSError(errno.EFBIG, "too large", path)
        key = f"file {path}"
        known = self.recall(key)
        if known and known[:2] == [stat.st_size, stat.st_mtime_ns]:
            return Digest(known[2])
        found = digest_of_bytes(Path(path).read_bytes())
        if time.time_ns() - stat.st_mtime_ns > STILL_WARM:
            self.keep(key, [stat.st_size, stat.st_mtime_ns, found])
        return found

    def save(self) -> None:
        """Write down what this run used; what it did not use stays while it is not too much."""
        if not self._learnt:
            return
        self._learnt = False
        if len(self._kept) > 4 * len(self._used) + _FEW:
            self._kept = {}
        self._kept |= self._used
        kept = b"\n".join(b"\t".join(line) for line in self._kept.items())
        write_whole(self._path, digest_of_bytes(kept).encode() + b"\n" + kept)


def _packed(value: object) -> bytes:
    """Return *value* as a line of JSON that takes no more memory than it is long.

    What orjson returns keeps the whole buffer that it was written into, some kilobytes.
    """
    return bytes(memoryview(orjson.dumps(value)))

"""Remember small things that were found out about files."""

import errno
import os
import time
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

import orjson

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.whole import write_whole

T = TypeVar("T")

_FEW = 1000
"""Small things of which so many more are not too much."""
_HEAD = 64
"""More bytes than what leads a part has."""
_SMALL = 1_000_000
"""Bytes of a file that are worth holding for whoever reads it next, or not worth saving."""
STILL_WARM = 2_000_000_000
"""Nanoseconds in which a file may change again without a new time stamp on coarse clocks."""


class Memory:
    """Small things found out about files, kept from one run to the next, a line of JSON each.

    It only saves work: whatever it holds can be found out again. A run adds a part to the file, led
    by the digest of it, so that one edit of a large catalogue writes a few lines; what comes after
    a damaged part is forgotten. A line is read only when it is asked for.
    """

    def __init__(self, path: Path) -> None:
        """Read what earlier runs left at *path*."""
        self._path = path
        self._kept: dict[bytes, bytes] = {}
        self._used: dict[bytes, bytes] = {}
        self._held: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, Any] = {}
        self._new: set[bytes] = set()
        """The names of what the file does not say yet."""
        self._size = self._live = 0
        """Bytes of the file, and those of them that no later line had replaced when it was read."""
        self._whole = False
        """Whether all of the file could be read, so that more may be added to it."""
        self._read = "", b""
        """The file that was read last, and its bytes: who learns that it is new reads it next."""
        self.turns = 0
        """How often a long run came round; what is only held is of no use to a short one."""
        self._settled = 0
        """How many lines were in use when the last ones were let go of."""
        with suppress(OSError, ValueError):
            self._open(path.read_bytes())

    def _open(self, content: bytes) -> None:
        # A large catalogue's takes hundreds of megabytes: no part of it is copied but its lines.
        kept, view, at = self._kept, memoryview(content), 0
        while at < len(content):
            head, _, _ = content[at : at + _HEAD].partition(b"\n")
            own, size = head.split(b" ")
            start = at + len(head) + 1
            at = start + int(size)
            if own.decode() != digest_of_bytes(view[start:at]):
                return
            # JSON holds neither tabs nor line ends, so these stand for nothing else.
            while start < at:
                tab = content.index(b"\t", start)
                end = content.index(b"\n", tab)
                name, line = content[start:tab], content[tab + 1 : end]
                old = kept.get(name)
                self._live += end + 1 - start if old is None else len(line) - len(old)
                kept[name] = line
                start = end + 1
            self._size = at
        self._whole = True

    def knows(self, key: str) -> bool:
        """Tell whether anything is kept under *key*."""
        return (name := _packed(key)) in self._kept or name in self._used

    def recall(self, key: str) -> Any | None:  # noqa: ANN401 - as it was kept
        """Return what was kept under *key*, or None."""
        line = self.line(key)
        return None if line is None else orjson.loads(line)

    def keep(self, key: str, value: object) -> None:
        """Keep *value*, which must be plain JSON, under *key*."""
        self.keep_line(key, _packed(value))

    def line(self, key: str) -> bytes | None:
        """Return what was kept under *key* as JSON, for whoever seldom needs to read it."""
        name = _packed(key)
        line = self._used.get(name) or self._kept.get(name)
        if line is not None:
            self._used[name] = line
        return line

    def keep_line(self, key: str, line: bytes) -> None:
        """Keep *line*, a value in JSON, under *key*."""
        name = _packed(key)
        self._used[name] = line
        if self._kept.get(name) != line:
            self._new.add(name)

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
        self._new |= lines.keys()
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
            self._settled = len(self._used)
        elif len(self._used) > 2 * self._settled + _FEW:
            # What is still in use will be asked for again.
            self._kept |= self._used
            self._used, self._settled = {}, 0

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
        content = _content(path)
        self._read = (path, content) if len(content) < _SMALL else ("", b"")
        found = digest_of_bytes(content)
        if time.time_ns() - stat.st_mtime_ns > STILL_WARM:
            self.keep(key, [stat.st_size, stat.st_mtime_ns, found])
        return found

    def content(self, path: str) -> bytes:
        """Return the bytes of the file at *path*; if these were just read for their digest, those.

        Raises OSError where it cannot be read.
        """
        read, self._read = self._read, ("", b"")
        return read[1] if read[0] == path else _content(path)

    def save(self) -> None:
        """Write down what this run used; what it did not use stays while it is not too much."""
        # Another thread may go on noting things: what it notes from now on waits for the next time.
        new, self._new = self._new, set()
        if not new:
            return
        unused = len(self._kept) > 4 * len(self._used) + _FEW
        kept = self._kept = dict(self._used) if unused else self._kept | self._used
        try:
            if unused or not self._whole or self._size > 2 * self._live + _SMALL:
                self._write()
            else:
                self._add(_part({name: kept[name] for name in list(new) if name in kept}))
        except OSError:
            self._new |= new
            raise

    def _write(self) -> None:
        part = _part(self._kept)
        write_whole(self._path, part)
        self._size = self._live = len(part)
        self._whole = True

    def _add(self, part: bytes) -> None:
        try:
            with open(self._path, "ab", opener=_existing) as file:
                file.write(part)
        except OSError:  # gone, or half of it written: the whole is written anew, or that is told
            self._whole = False
            self._write()
        else:
            self._size += len(part)


def _existing(path: str, flags: int) -> int:
    return os.open(path, flags & ~os.O_CREAT)


def _part(lines: Mapping[bytes, bytes]) -> bytes:
    """Return *lines* as a part of the file, led by its digest and how long it is."""
    # A list of its own, since the other thread may go on adding.
    part = b"".join(b"%b\t%b\n" % line for line in list(lines.items()))
    return b"%b %d\n%b" % (digest_of_bytes(part).encode(), len(part), part)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path would cost more than to open it
        return file.read()


def _packed(value: object) -> bytes:
    """Return *value* as a line of JSON that takes no more memory than it is long.

    What orjson returns keeps the whole buffer that it was written into, some kilobytes.
    """
    return bytes(memoryview(orjson.dumps(value)))

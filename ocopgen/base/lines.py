"""Keep lines of JSON by their names in a file that is added to."""

import os
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import orjson

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.line import STAYS_OPEN, Line, Source
from ocopgen.base.places import Places
from ocopgen.base.whole import write_parts

_HEAD = 64
"""More bytes than what leads a part has."""
_SMALL = 1_000_000
"""Bytes of a file that are not worth saving."""
_PART = 8_000_000
"""Bytes that are written at a time."""


def name_of(key: str) -> bytes:
    """Return the name by which the line that a memory keeps under *key* is looked for."""
    return orjson.dumps(key)


def packed(value: object) -> bytes:
    """Return *value*, a name too, as a line of JSON that takes no more memory than it is long.

    What orjson returns keeps the whole buffer that it was written into, some kilobytes.
    """
    return bytes(memoryview(orjson.dumps(value)))


class Lines:
    """Lines by name, in a file of parts: a head, an index with its digest, and the lines.

    The index tells the name, the length and the checksum of each line. So it is all that has to be
    read to know them; what comes after a damaged one is forgotten, as is a damaged line. What is
    new is held until it is written.
    """

    def __init__(self, path: Path) -> None:
        """See which lines are at *path*."""
        self._path = path
        self._file: tuple[Source | None, Places] = None, Places()
        """What was written: the file, and where each line of it lies."""
        self._fresh: dict[bytes, bytes] = {}
        self._unsaved: set[bytes] = set()
        """The names of what the file does not say yet."""
        self._guard, self._saving = threading.Lock(), threading.Lock()
        self._size = 0
        """Bytes of the file."""
        self._whole = False
        """Whether all of the file could be read, so that more may be added to it."""
        # A damaged number may be as large as it likes.
        with suppress(OSError, ValueError, OverflowError, MemoryError):
            self._open()

    def _open(self) -> None:
        source, places = Source(self._path), self._file[1]
        self._file = source, places
        with source.whole() as file:
            end = file.seek(0, os.SEEK_END)
            while self._size < end:
                file.seek(self._size)
                head = file.readline(_HEAD)
                own, index_size, size = head.split(b" ")
                index = file.read(min(int(index_size), end))
                start = self._size + len(head) + len(index)
                if own.decode() != digest_of_bytes(index) or start + int(size) > end:
                    return
                self._note(index, start)
                self._size = start + int(size)
        self._whole = True

    def _note(self, index: bytes, start: int) -> None:
        """Note the lines of *index*, which lie from *start* on."""
        names, _, numbers = index.partition(b"\n")
        known = array("I", numbers)
        half = len(known) // 2
        self._file[1].add(names.split(b"\t"), start, known[:half], known[half:])

    def __contains__(self, name: bytes) -> bool:
        """Tell whether there is a line called *name*."""
        return name in self._fresh or name in self._file[1]

    def __len__(self) -> int:
        """Return how many lines there are, those twice that were written and are new again."""
        return len(self._fresh) + len(self._file[1])

    def names(self) -> set[bytes]:
        """Return the names of all lines."""
        return self._fresh.keys() | set(self._file[1])

    @property
    def are_new(self) -> bool:
        """Tell whether there is anything that the file does not say."""
        return bool(self._unsaved)

    def unsaved(self) -> dict[bytes, bytes]:
        """Return what the file does not say, by name."""
        fresh = self._fresh.get
        return {name: line for name in self._unsaved if (line := fresh(name)) is not None}

    def find(self, name: bytes) -> Line | None:
        """Return the line called *name*."""
        fresh = self._fresh.get(name)
        if fresh is not None:
            return Line(fresh)
        source, places = self._file
        place = places.find(name)
        return None if place is None else Line(source=source, place=place)

    def put(self, name: bytes, line: bytes) -> None:
        """Let *line* be called *name*."""
        found = self.find(name)
        if found and found.read() == line:
            return
        with self._guard:
            self._fresh[name] = line
            self._unsaved.add(name)

    def adopt(self, lines: Mapping[bytes, bytes]) -> None:
        """Take *lines* over by their names; where they are many, they are written at once.

        A disk that refuses them is told of by `save`.
        """
        with self._guard:
            self._fresh |= lines
            self._unsaved |= lines.keys()
            # Here: another thread that puts a line meanwhile would break the count off.
            much = sum(map(len, self._fresh.values())) > _PART
        if STAYS_OPEN and much:
            with suppress(OSError):
                self.save()

    def save(self, names: Iterable[bytes] | None = None) -> None:
        """Write down what is new; if only *names* are to stay, all of the file is written anew.

        Raises OSError, which names the file; nothing is lost then.
        """
        with self._saving:
            self._save(names)

    def _save(self, names: Iterable[bytes] | None) -> None:
        with self._guard:
            unsaved, self._unsaved = self._unsaved, set()
        if names is not None:
            names = set(names) | unsaved  # some of these came only after it was decided what stays
        try:
            if names is not None or not self._whole or self._is_waste():
                self._write(self.names() if names is None else names)
            else:
                self._add(unsaved)
        except OSError as error:
            self._unsaved |= unsaved
            error.filename = str(self._path)
            raise

    def _is_waste(self) -> bool:
        """Tell whether more than half of a long file is nothing that was found or put in there."""
        much = self._size - _SMALL
        return much > 0 and much > 2 * self._file[1].bytes_of_use()

    def _write(self, names: Iterable[bytes]) -> None:
        places = Places()
        written: dict[bytes, bytes] = {}
        size = 0

        def parts() -> Iterator[bytes]:
            nonlocal size
            for lines in _parts(self._each(list(names))):
                written.update({name: line for name, line in lines.items() if name in self._fresh})
                part = _Part(lines, size)
                part.note(places)
                size += len(part.content)
                yield part.content

        write_parts(self._path, parts())
        self._file = Source(self._path), places
        self._size = size
        self._whole = True
        self._let_go(written)

    def _each(self, names: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for name in names:
            if (line := self.find(name)) and (said := line.read()):
                yield name, said

    def _add(self, names: Iterable[bytes]) -> None:
        lines = {name: line for name in names if (line := self._fresh.get(name)) is not None}
        if not lines:  # a line may be written before its name is taken from what is to be written
            return
        source, known = self._file
        try:
            with open(self._path, "ab", opener=_existing) as file:
                part = _Part(lines, file.tell())
                self._size += file.write(part.content)
                same = source is not None and os.fstat(file.fileno()).st_ino == source.number
        except OSError:  # gone, or half of it written: the whole is written anew, or that is told
            self._whole = False
            self._write(self.names())
        else:
            if same and STAYS_OPEN:
                part.note(known)
                self._let_go(lines)

    def _let_go(self, written: Mapping[bytes, bytes]) -> None:
        """Hold no longer what was *written*, unless it is new again."""
        with self._guard:
            for name, line in written.items():
                if self._fresh.get(name) is line:
                    del self._fresh[name]


def _existing(path: str, flags: int) -> int:
    return os.open(path, flags & ~os.O_CREAT)


def _parts(lines: Iterable[tuple[bytes, bytes]]) -> Iterator[dict[bytes, bytes]]:
    """Yield *lines* in parts that are not too long to be held twice."""
    part: dict[bytes, bytes] = {}
    size = 0
    for name, line in lines:
        part[name] = line
        size += len(line)
        if size > _PART:
            yield part
            part, size = {}, 0
    if part:
        yield part


class _Part:
    """A part of a file that begins at a byte of it."""

    def __init__(self, lines: Mapping[bytes, bytes], start: int) -> None:
        self._names = tuple(lines)
        self._sizes = tuple(map(len, lines.values()))
        self._checks = tuple(map(crc32, lines.values()))
        # JSON holds neither tabs nor line ends, so these stand for nothing else.
        index = b"\t".join(lines) + b"\n" + array("I", (*self._sizes, *self._checks)).tobytes()
        head = b"%b %d %d\n" % (digest_of_bytes(index).encode(), len(index), sum(self._sizes))
        self._first = start + len(head) + len(index)
        self.content = b"".join((head, index, *lines.values()))

    def note(self, places: Places) -> None:
        """Note where its lines lie among *places*."""
        places.add(self._names, self._first, self._sizes, self._checks)

"""One line of JSON, and the file in which it lies."""

import errno
import os
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from msgspec import Struct

from ocopgen.base.places import read_place

STAYS_OPEN = os.name == "posix"


class Source:
    """A file that stays readable, whatever becomes of its name."""

    def __init__(self, path: Path | str) -> None:
        """Open the file at *path*; raises OSError where that cannot be."""
        self.path = str(path)
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.number = os.fstat(self._file).st_ino
        # Windows lets nobody replace a file that somebody has open, so there all of it is held.
        self._held: bytes | None = None
        if not STAYS_OPEN:
            with self.whole() as file:
                self._held = file.read()
            self.__del__()

    def __del__(self) -> None:
        """Close the file."""
        if getattr(self, "_file", -1) >= 0:
            os.close(self._file)
            self._file = -1

    def whole(self) -> BinaryIO:
        """Return all that the file holds, from its beginning."""
        if self._held is not None:
            return BytesIO(self._held)
        return open(os.dup(self._file), "rb")  # noqa: PTH123 - whoever asks closes it

    def read(self, place: int) -> bytes:
        """Return the line at *place*; nothing where it is damaged or cannot be read."""
        start, size, check = read_place(place)
        if self._held is not None:
            line = self._held[start : start + size]
        else:
            try:
                line = os.pread(self._file, size, start)
            except OSError:
                return b""
        return line if crc32(line) == check else b""


class Line(Struct, frozen=True, eq=False, gc=False):
    """A line that is read when somebody asks for it: most lines are never asked for."""

    held: bytes = b""
    """All of it; empty where it lies in a file."""
    source: Source | None = None
    place: int = 0

    def read(self) -> bytes:
        """Return the line; nothing where it is damaged or cannot be read."""
        return self.source.read(self.place) if self.source else self.held

    def surely(self) -> bytes:
        """Return the line, which was sound before; raises OSError where it is not any more."""
        line = self.read()
        if not line and self.source:
            raise OSError(errno.EIO, os.strerror(errno.EIO), self.source.path)
        return line

    def __reduce__(self) -> tuple[type["Line"], tuple[bytes]]:
        """Travel as what the line says: the file is open in this process alone."""
        return Line, (self.read(),)

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* says the same, wherever it lies."""
        return self.read() == other.read() if isinstance(other, Line) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of what the line says."""
        return hash(self.read())

"""Remember small things that were found out about files."""

import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import orjson
from msgspec import Struct, field

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.line import Line
from ocopgen.base.lines import Lines, name_of, packed
from ocopgen.base.sight import Sight, stamp_of
from ocopgen.base.tables import FEW, Table

T = TypeVar("T")

Row = tuple[int, int, Digest]
"""Of a file: its size, its time stamp in nanoseconds, and the digest of its bytes."""

_FEW = 1000
"""Small things of which so many more are not too much."""
_SMALL = 1_000_000
"""Bytes of a file that are worth holding for whoever reads it next."""
STILL_WARM = 2_000_000_000
"""Nanoseconds in which a file may change again without a new time stamp on coarse clocks."""


class Gain(Struct):
    """What a memory learnt in a while; of use to a copy of the same process alone."""

    used: set[int]
    """The hashes of the names of lines that were used."""
    lines: dict[bytes, bytes] = field(default_factory=dict)
    """Those that are new."""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The rows that are new, by the names of their tables."""


class Memory:
    """Small things found out about files, kept from one run to the next, a line of JSON each.

    It only saves work: whatever it holds can be found out again. A run adds to the file, so that
    one edit of a large catalogue writes a few lines, and a line is read only when it is asked for.
    """

    def __init__(self, path: Path, *, lasts: bool = True) -> None:
        """See what earlier runs left at *path*; a run that *lasts* may hold values as they are."""
        self.lasts = lasts
        self.holds = lasts
        """Whether values are held as they are: also by another run while it reads ahead."""
        self.kept = Lines(path)
        """All lines; unlike this memory, nothing of them leads back to what it holds."""
        self._tables: dict[str, Table[Any]] = {}
        self._stamps: Table[Row] = self.table("stamps", Row)
        self._used: set[int] = set()
        """The hashes of their names: the names are long, and one kept too many does no harm."""
        self._held: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, Any] = {}
        self._read = "", b""
        """The file that was read last, and its bytes: who learns that it is new reads it next."""
        self.sight: Sight | None = None
        """What was seen of the files; absent: each is looked at when its digest is asked for."""
        self.turns = 0
        """How often a long run came round; what is only held is of no use to a short one."""
        self._settled = 0
        """How many lines were in use when the last ones were let go of."""

    def knows(self, key: str) -> bool:
        """Tell whether anything is kept under *key*."""
        return name_of(key) in self.kept

    def recall(self, key: str) -> Any | None:  # noqa: ANN401 - as it was kept
        """Return what was kept under *key*, or None."""
        said = self._said(key)
        return orjson.loads(said) if said else None

    def _said(self, key: str) -> bytes:
        line = self.line(key)
        return line.read() if line else b""

    def keep(self, key: str, value: object) -> None:
        """Keep *value*, which must be plain JSON, under *key*."""
        self.keep_line(key, packed(value))

    def line(self, key: str) -> Line | None:
        """Return what was kept under *key* as JSON, for whoever seldom needs to read it."""
        name = name_of(key)
        line = self.kept.find(name)
        if line is not None:
            self._used.add(hash(name))
        return line

    def mark(self, key: str) -> None:
        """Let what is kept under *key* stay: somebody may ask for it."""
        self._used.add(hash(name_of(key)))

    def keep_line(self, key: str, line: bytes) -> None:
        """Keep *line*, a value in JSON, under *key*."""
        name = packed(key)
        self._used.add(hash(name))
        self.kept.put(name, line)

    def remembered(self, key: str, find_out: Callable[[], object]) -> Any:  # noqa: ANN401
        """Return what is kept under *key*, or find it out and keep it."""
        found = self.recall(key)
        if found is None:
            found = find_out()
            self.keep(key, found)
        return found

    def table(
        self,
        name: str,
        row: Any,  # noqa: ANN401 - whatever msgspec reads
        read: Callable[[type, Any], Any] | None = None,
        few: int = FEW,
    ) -> Table[Any]:
        """Return the table called *name*; see there what a *row* is, and all else."""
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = Table(name, row, read, few)
        return found

    def row(self, table: Table[T], name: str) -> T | None:
        """Return what is called *name* in *table*, which is one of this memory."""
        return table.find(name, self._said)

    def keep_row(self, table: Table[T], name: str, row: T) -> None:
        """Keep *row* under *name* in *table*, which is one of this memory."""
        table.put(name, row, self._said)

    def leave(self, table: Table[Any]) -> None:
        """Let all rows of *table* stay this time: whoever is remembered need not ask for them."""
        table.leave()
        self._used.update(hash(name_of(line)) for line in table.names_of_lines())

    def _settle(self) -> None:
        """Let the lines of tables say what is new; many are written at once."""
        lines, last = dict[bytes, bytes](), self.lasts
        # Another thread may begin a table; and who lasts does not ask again for what it holds.
        for table in list(self._tables.values()):
            table.settle(lambda key, line: lines.update({packed(key): line}), all_of_use=last)
        self._used.update(map(hash, lines))
        self.kept.adopt(lines)

    def lines(self) -> dict[bytes, bytes]:
        """Return what this run used, as it would be written down; what is new in tables is not."""
        found = ((name, self.kept.find(name)) for name in self._of_use())
        return {name: line.read() for name, line in found if line}

    def _of_use(self) -> list[bytes]:
        return [name for name in self.kept.names() if hash(name) in self._used]

    def stamps(self) -> dict[str, Row]:
        """Return what this run learnt of files, by their paths."""
        return self._stamps.take()

    def stamp(self, path: str) -> Row | None:
        """Return what this run learnt of the file at *path*, or an earlier one."""
        return self.row(self._stamps, path)

    def adopt(self, lines: Mapping[bytes, bytes], stamps: Mapping[str, Row]) -> None:
        """Take over the *lines* that another memory used, and the *stamps* of files."""
        self.kept.adopt(lines)
        for path, row in stamps.items():
            self.keep_row(self._stamps, path, row)

    @contextmanager
    def noting(self) -> Iterator[Gain]:
        """Note what is learnt meanwhile in what is yielded."""
        before, self._used = self._used, set()
        known, gain = self.kept.unsaved(), Gain(self._used)
        rows = {name: table.new() for name, table in self._tables.items()}
        try:
            yield gain
        finally:
            self._used = before.union(gain.used)
            new = self.kept.unsaved()
            gain.lines = {name: new[name] for name in new.keys() - known.keys()}
            for name, table in self._tables.items():
                put = table.new()
                gain.rows[name] = {row: put[row] for row in put.keys() - rows.get(name, {}).keys()}

    def take(self, gain: Gain) -> None:
        """Take over what the memory of a copy of this process learnt."""
        self._used |= gain.used
        self.kept.adopt(gain.lines)
        for name, rows in gain.rows.items():
            for row, said in rows.items():
                self.keep_row(self._tables[name], row, said)

    def held(self, key: Hashable) -> Any | None:  # noqa: ANN401 - the caller knows what it holds
        """Return what is held under *key* for as long as this program runs, or None."""
        found = self._asked.get(key)
        if found is None and (found := self._held.get(key)) is not None:
            self._asked[key] = found
        return found

    def hold(self, key: Hashable, value: T) -> T:
        """Hold *value*, which nobody may change, under *key*, which names all it is made of.

        A run that does not last would hardly ask for it again, and holds nothing but what it reads
        ahead.
        """
        if self.holds:
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
            self._used, self._settled = set(), 0

    def file_digest(self, path: str, most: int | None = None) -> Digest:
        """Return the digest of the file at *path*, read anew only when it may have changed.

        Raises OSError as `stamp_of` does.
        """
        seen = self.sight.stamps.get(path) if self.sight else None
        if seen and most is not None and seen[0] > most:
            seen = None
        size, changed = seen or stamp_of(path, most)
        known = self.row(self._stamps, path)
        if known and known[0] == size and known[1] == changed:
            return known[2]
        if seen:  # it may have been saved since
            size, changed = stamp_of(path, most)
        content = _content(path)
        self._read = (path, content) if len(content) < _SMALL else ("", b"")
        found = digest_of_bytes(content)
        if time.time_ns() - changed > STILL_WARM:
            self.keep_row(self._stamps, path, (size, changed, found))
        return found

    def content(self, path: str) -> bytes:
        """Return the bytes of the file at *path*; if these were just read for their digest, those.

        Raises OSError where it cannot be read.
        """
        read, self._read = self._read, ("", b"")
        if read[0] == path:
            return read[1]
        stamp_of(path)  # it may be a pipe by now
        return _content(path)

    def look_anew(self) -> None:
        """Ask the disk again from now on, whatever was seen, and hold no more of it.

        What is watched stays known for the next build.
        """
        self._settle()
        if self.sight and not self.sight.watched:
            self.sight.forget()
        self.sight = None
        if not self.lasts:
            self.holds, self._held, self._asked = False, {}, {}

    def save(self) -> None:
        """Write down what this run used; what it did not use stays while it is not too much."""
        self._settle()
        if self.kept.are_new:
            # After a turn that let go of them nobody knows yet which lines are in use.
            known = self._settled or not self.turns
            much = known and len(self.kept) > 4 * len(self._used) + _FEW
            self.kept.save(self._of_use() if much else None)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path would cost more than to open it
        return file.read()

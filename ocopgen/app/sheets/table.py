"""Read a table of plain text, as "Save as CSV" writes it."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ocopgen.app.sheets.grid import Sheet, Value, plain, rows_of
from ocopgen.app.sheets.room import limited
from ocopgen.base.problems import WrongUse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 20
"""Lines that show how the cells are parted; titles may stand above the table."""
_SAID = "sep="
"""Excel's own way to say it, on a line of its own."""
_LARGEST_CELL = 1_000_000


def read_csv(path: Path) -> list[Sheet]:
    """Return the table in the file *path*; raises WrongUse."""
    text = _decoded(path)
    first, _, rest = text.partition("\n")
    separator = _separator(text)
    if first.lower().startswith(_SAID):
        separator, text = first.strip()[len(_SAID) :] or separator, f"\n{rest}"
    csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        cells = dict(limited(_cells(rows), path))
    except (csv.Error, TypeError, ValueError) as error:
        raise WrongUse("sheet.unreadable", path=path.name) from error
    return [Sheet(path.name, "", rows_of(cells, (), set()))]


def _cells(rows: Iterable[list[str]]) -> Iterator[tuple[tuple[int, int], Value]]:
    for number, row in enumerate(rows, 1):
        for column, each in enumerate(row, 1):
            if (value := plain(each)) is not None:
                yield (number, column), value


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _as(name, content.removeprefix(mark), path)
    if content[1:2] == b"\0":
        return _as("utf-16-le", content, path)
    if content[:1] == b"\0":
        return _as("utf-16-be", content, path)
    return _as("utf-8", content, path)


def _as(encoding: str, content: bytes, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # The usual one is Windows-1258, in which Excel writes Vietnamese, and loses letters of it.
        row = content[: error.start].count(b"\n") + 1
        raise WrongUse("sheet.encoding", path=path.name, row=row) from None


def _separator(text: str) -> str:
    """Return what parts the cells: the sign that most lines have, outside of quotes, most often."""
    lines = text.splitlines()[:_LOOKED_AT]
    bare = ["".join(line.split('"')[::2]) for line in lines]
    return max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in bare))

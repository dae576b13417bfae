"""What a spreadsheet holds: sheets of rows of cells, whatever program wrote them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from msgspec import Struct

from ocopgen.base.problems import Spot, WrongUse
from ocopgen.base.text import nfc


class Lost(Struct, frozen=True):
    """A cell whose value nobody can tell."""

    error: str = ""
    """The program's own word for what went wrong; empty: a formula was never worked out."""


Value = str | int | float | bool | date | Lost
"""What a cell may hold; what is empty has no value at all."""


class Row(Struct, frozen=True):
    """One row of a sheet: the cells that hold something, by column."""

    number: int
    cells: Mapping[int, Value]
    hidden: bool = False


class Sheet(Struct, frozen=True):
    """One sheet of a file, without what is empty."""

    file: str
    name: str
    """Empty for a file that is one table and no more, like CSV."""
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """Return what the spots of this sheet have for a path."""
        return f"{self.file}[{self.name}]" if self.name else self.file

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Return the spot of a cell, of a row, or of the sheet as a whole."""
        return Spot(self.path, row, column)


@contextmanager
def reading(path: Path, broken: tuple[type[Exception], ...]) -> Iterator[None]:
    """Tell of the file *path* as one that cannot be read where it fails as the *broken* do."""
    try:
        yield
    except WrongUse:
        raise
    except OSError as error:
        if error.filename:  # the disk refuses it, and will say why
            raise
        raise WrongUse("sheet.unreadable", path=path.name) from error
    except broken as error:
        raise WrongUse("sheet.unreadable", path=path.name) from error


def whereabouts(spot: Spot) -> tuple[str, str, str]:
    """Return the file, the sheet and the cell of *spot*: "a.xlsx", "Danh sách", "D17"."""
    file, _, name = spot.path.rpartition("[") if spot.path.endswith("]") else (spot.path, "", "")
    cell = f"{letters_of(spot.column)}{spot.line}" if spot.column else ""
    return file, name.removesuffix("]"), cell


def letters_of(column: int) -> str:
    """Return the letters over a *column*: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


Merge = tuple[int, int, int]
"""Cells joined into one that goes over several rows: its column, its first and its last row."""


def rows_of(
    cells: Mapping[tuple[int, int], Value], merges: Iterable[Merge], hidden: set[int]
) -> tuple[Row, ...]:
    """Return *cells*, by row and column, as rows; what is joined counts for each row of it."""
    rows: dict[int, dict[int, Value]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    lowest = max(rows, default=0)
    for column, first, last in merges:
        # A row of which nothing but the joined cell is left is no row of a list.
        below = [rows[row] for row in range(first + 1, min(last, lowest) + 1) if row in rows]
        if column in rows.get(first, {}):
            for row_below in below:
                row_below[column] = rows[first][column]
    return tuple(
        Row(number, dict(sorted(row_cells.items())), number in hidden)
        for number, row_cells in sorted(rows.items())
    )


def plain(value: object) -> Value | None:
    """Return *value* as a cell holds it: text in NFC and trimmed, nothing where there is none."""
    if isinstance(value, str):
        return nfc(value.replace("\r\n", "\n").replace("\r", "\n")).strip() or None
    if isinstance(value, datetime):
        # A day that people typed has no hour; where there is one, it shall not be lost.
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None:
        return None
    return value if isinstance(value, int | float | date) else str(value)

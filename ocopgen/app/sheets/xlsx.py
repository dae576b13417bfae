"""Read the sheets of an Excel workbook."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocopgen.app.sheets.grid import Lost, Merge, Sheet, Value, plain, reading, rows_of
from ocopgen.app.sheets.room import check_cells, check_unpacked

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = re.compile(rb"<f[ />]")
_BROKEN = (Exception,)
"""With a file that is not as it expects, openpyxl fails in almost any way."""
_ZEROS = re.compile(r"0+")
"""A format that fills a number up with zeros: what people see is what counts."""


def read_xlsx(path: Path) -> list[Sheet]:
    """Return the sheets of the workbook *path* that people see; raises WrongUse."""
    with reading(path, _BROKEN):
        check_unpacked(path)
        check_cells(path)
        book = _opened(path, values=True)
        formulas = _opened(path, values=False) if _has_formulas(path) else None
        return [
            _sheet(path.name, sheet, formulas[sheet.title] if formulas else None)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]


def _opened(path: Path, *, values: bool) -> "Workbook":
    from openpyxl import load_workbook

    # Opened here: openpyxl leaves a file open that it fails to read.
    with path.open("rb") as file, warnings.catch_warnings():
        # It tells of drawings and forms that it passes over; they hold no product.
        warnings.simplefilter("ignore")
        return load_workbook(file, data_only=values, keep_links=False)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(parts.read(name)) for name in sheets)


def _sheet(file: str, sheet: "Worksheet", formulas: "Worksheet | None") -> Sheet:
    cells = dict(_cells(sheet, formulas))
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    return Sheet(file, sheet.title, rows_of(cells, _merges(sheet), hidden))


def _cells(
    sheet: "Worksheet", formulas: "Worksheet | None"
) -> Iterator[tuple[tuple[int, int], Value]]:
    # Going over rows would make a cell wherever there is none, up to the last one with a border.
    for place, cell in sheet._cells.items():  # noqa: SLF001 - above
        value = _value(cell)
        if value is None and formulas and cell.data_type != "str":
            found = formulas._cells.get(place)  # noqa: SLF001 - above
            value = Lost() if found is not None and found.data_type == "f" else None
        if value is not None:
            yield place, value


def _value(cell: Any) -> Value | None:  # noqa: ANN401 - a cell of openpyxl, which has many kinds
    if cell.data_type == "e":
        return Lost(str(cell.value))
    if isinstance(cell.value, int) and _ZEROS.fullmatch(cell.number_format):
        return str(cell.value).zfill(len(cell.number_format))
    return plain(cell.value)


def _merges(sheet: "Worksheet") -> Iterator[Merge]:
    for joined in sheet.merged_cells.ranges:
        if joined.max_row > joined.min_row:
            yield joined.min_col, joined.min_row, joined.max_row

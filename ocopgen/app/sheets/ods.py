"""Read the sheets of an OpenDocument spreadsheet, as LibreOffice writes it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from ocopgen.app.sheets.grid import Lost, Merge, Sheet, Value, plain, reading, rows_of
from ocopgen.app.sheets.room import MOST_CELLS, check_unpacked, limited
from ocopgen.base.problems import WrongUse

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_URN % each for each in ("table", "text", "office", "style"))
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    KeyError,
    ValueError,
    OverflowError,
    NotImplementedError,
    ET.ParseError,
)
"""How a file fails that is no spreadsheet, is damaged or has a password."""
_ZERO_FIRST = re.compile(r"0\d+")
_WIDEST_GAP = 1_000
"""Spaces in a row that are kept; a file may say that there are a million."""
_MOST_ROWS = 100_000
"""A file may say that one row stands a million times; nobody lists so many products."""


def read_ods(path: Path) -> list[Sheet]:
    """Return the sheets of the file *path* that people see; raises WrongUse."""
    with reading(path, _BROKEN), zipfile.ZipFile(path) as parts:
        check_unpacked(path)
        return _sheets(path, parts.read("content.xml"))


def _sheets(path: Path, content: bytes) -> list[Sheet]:
    # Expat refuses what grows without end since 2.4.1.
    root = ET.fromstring(content)  # noqa: S314 - as said
    unseen = set(_unseen_styles(root))
    tables = root.iter(f"{_TABLE}table")
    return [_sheet(path, each) for each in tables if each.get(f"{_TABLE}style-name") not in unseen]


def _unseen_styles(root: ET.Element) -> Iterator[str]:
    for style in root.iter(f"{_STYLE}style"):
        kept = style.find(f"{_STYLE}table-properties")
        if kept is not None and kept.get(f"{_TABLE}display") == "false":
            yield style.get(f"{_STYLE}name", "")


def _sheet(path: Path, table: ET.Element) -> Sheet:
    cells: dict[tuple[int, int], Value] = {}
    merges: list[Merge] = []
    hidden: set[int] = set()
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        found = list(limited(_row(row), path))
        if len(cells) + len(found) * min(times, _MOST_ROWS) > MOST_CELLS:
            raise WrongUse("sheet.cells", path=path.name, most=MOST_CELLS)
        for each in range(number, number + min(times, _MOST_ROWS) if found else number):
            cells |= {(each, column): value for column, value, _ in found}
            merges += [(column, each, each + more) for column, _, more in found if more]
            if row.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                hidden.add(each)
        number += times
    return Sheet(path.name, table.get(f"{_TABLE}name", ""), rows_of(cells, merges, hidden))


def _row(row: ET.Element) -> Iterator[tuple[int, Value, int]]:
    """Yield the cells of *row*: column, value, and how many rows below belong to it too."""
    column = 1
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        value = _value(cell) if cell.tag == f"{_TABLE}table-cell" else None
        more = int(cell.get(f"{_TABLE}number-rows-spanned", "1")) - 1
        if value is not None:
            yield from ((each, value, more) for each in range(column, column + times))
        column += times


def _value(cell: ET.Element) -> Value | None:
    kind, shown = cell.get(f"{_OFFICE}value-type", ""), _shown(cell)
    if cell.get(_ERROR) == "error":
        return Lost(shown)
    if not kind and cell.get(f"{_TABLE}formula"):
        return Lost()
    if kind == "date":
        return plain(datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind in {"float", "currency"} and not _ZERO_FIRST.fullmatch(shown):
        return plain(float(cell.get(f"{_OFFICE}value", "")))
    return plain(shown)


def _shown(cell: ET.Element) -> str:
    return "\n".join("".join(_pieces(each)) for each in cell.findall(f"{_TEXT}p"))


def _pieces(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag == f"{_TEXT}s":
            yield " " * min(int(each.get(f"{_TEXT}c", "1")), _WIDEST_GAP)
        elif each.tag == f"{_TEXT}line-break":
            yield "\n"
        elif each.tag == f"{_TEXT}tab":
            yield " "
        else:
            yield from _pieces(each)
        yield each.tail or ""

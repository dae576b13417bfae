"""The open data as one Excel workbook, a sheet a table."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ocopgen.base.zipped import without_clock
from ocopgen.pages.views import Press
from ocopgen.pages.views.open_tables import Cell, Row, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_WIDE, _WIDEST = 18, 48
"""Columns, in the letters that they have room for."""
_LONGEST_TITLE, _LONGEST_TEXT = 31, 32_767
"""Characters that Excel takes as the name of a sheet and in a cell."""


def workbook(press: Press, tables: Sequence[Table], rows: Mapping[str, Sequence[Row]]) -> bytes:
    """Return the *rows* of each of *tables*, with a last sheet that says what a column means."""
    # Dear to import, and needed only where a record changed.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = io.BytesIO()
    # Rows leave the memory as they come: a large catalogue has a million cells.
    with Workbook(out, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.title[:_LONGEST_TITLE])
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, len(rows[table.name]), len(table.columns) - 1)
            for place, column in enumerate(table.columns):
                wide = _WIDEST if "summary" in column.name else _WIDE
                sheet.set_column(place, place, wide)
            _write(sheet, 0, [column.title for column in table.columns], bold)
            for number, row in enumerate(rows[table.name], 1):
                _write(sheet, number, row)
        _explain(
            book.add_worksheet(press.t("open.explained")[:_LONGEST_TITLE]), bold, press, tables
        )
    return without_clock(out.getvalue())


def _explain(sheet: "Worksheet", bold: "Format", press: Press, tables: Sequence[Table]) -> None:
    heads = ("table", "column", "title", "codes")
    sheet.set_column(0, len(heads) - 1, _WIDEST)
    _write(sheet, 0, [press.t(f"open.head.{each}") for each in heads], bold)
    columns = [(table, column) for table in tables for column in table.columns]
    for number, (table, column) in enumerate(columns, 1):
        codes = "; ".join(f"{code} = {words}" if words else code for code, words in column.codes)
        _write(sheet, number, (table.title, column.name, column.title, codes))


def _write(
    sheet: "Worksheet", number: int, row: Iterable[Cell], look: "Format | None" = None
) -> None:
    for place, value in enumerate(row):
        if isinstance(value, str):  # one that begins with "=" is no formula
            sheet.write_string(number, place, value[:_LONGEST_TEXT], look)
        elif isinstance(value, bool):
            sheet.write_boolean(number, place, value, look)
        elif value is not None:
            sheet.write_number(number, place, value, look)

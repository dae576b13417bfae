"""Read cells as the text that a record would have, or tell what is wrong with one."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from ocopgen.app.sheets.columns import Column, Form, Kind
from ocopgen.app.sheets.grid import Lost, Value
from ocopgen.app.sheets.names import Names
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import written_day
from ocopgen.content.signs import is_fit

_DASHES = {"-", "–", "—"}
_DATED = {Kind.DAY, Kind.YEAR_TOO}
_EPOCH, _FIRST_DAY = date(1899, 12, 30), date(1910, 1, 1)
"""The day that spreadsheets count from, and one before which nobody certified anything."""
_LONGEST = 10_000
"""Letters of a cell; of a longer one it would take minutes to find the shops in it."""
_STARS = re.compile(r"([1-5])\s*(?:sao|stars?|★|⭐|\*)", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_SHORT = re.compile(r"\d{7}|\d{9,11}")
"""Digits of a barcode that has lost its first zeros: whole ones have 8, 12, 13 or 14."""
_CODES = re.compile(r"[;,\n]")
_SHOP = re.compile(r"\s*(?P<shop>\S.*?)\s+(?P<url>https?://\S+?);?(?=\s|$)", re.DOTALL)


class Clear:
    """Says that a field is to be left out from now on."""


CLEAR = Clear()


class Cell(Struct, frozen=True):
    """One cell that holds something, below the title of its column."""

    value: Value
    column: Column
    title: str
    spot: Spot


class Reader(Struct, frozen=True):
    """Reads the cells of one catalogue's form."""

    form: Form
    names: Mapping[str, Names]
    problems: Problems

    def read(self, cell: Cell) -> Any:  # noqa: ANN401 - text, lists of text, or CLEAR
        """Return what *cell* says, as a YAML file would; None: the basket says why not."""
        text = self._text(cell)
        if text is None:
            return None
        if text in _DASHES:
            return CLEAR
        readers: dict[Kind, Callable[[str, Cell], Any]] = {
            Kind.NAME: self._name,
            Kind.CODES: self._codes,
            Kind.SHOPS: self._shops,
            Kind.STAR: _star,
            Kind.FLAG: lambda text, _: self.form.flag(text),
            Kind.WORDS: lambda text, _: " ".join(text.split()),
        }
        read = readers.get(cell.column.kind)
        return read(text, cell) if read else text

    def _name(self, text: str, cell: Cell) -> str | None:
        names = self.names[cell.column.name]
        return names.id_of(text, cell.title, cell.spot, self.problems)

    def _text(self, cell: Cell) -> str | None:
        value, problems = cell.value, self.problems
        if isinstance(value, Lost):
            if value.error:
                problems.add(cell.spot, "sheet.error", title=cell.title, written=value.error)
            else:
                problems.add(cell.spot, "sheet.formula", title=cell.title)
            return None
        if isinstance(value, date) and cell.column.kind not in _DATED:
            written = written_day(value)
            problems.add(cell.spot, "sheet.date", title=cell.title, written=written)
            return None
        if isinstance(value, date) and value < _FIRST_DAY:
            # Who types 2021 into a cell that is formatted as a date gets 13/07/1905.
            year = (value - _EPOCH).days
            written = written_day(value)
            problems.add(cell.spot, "sheet.year", title=cell.title, written=written, year=year)
            return None
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if len(text) > _LONGEST:
            problems.add(cell.spot, "sheet.cell", title=cell.title, size=len(text), most=_LONGEST)
            return None
        return text if is_fit(text, cell.spot, problems) else None

    def _codes(self, text: str, cell: Cell) -> list[str] | None:
        if _ROUNDED.fullmatch(text):
            self.problems.add(cell.spot, "sheet.rounded", title=cell.title, written=text)
            return None
        codes = [each.strip() for each in _CODES.split(text) if each.strip()]
        for code in codes:
            if _SHORT.fullmatch(code):
                self.problems.add(cell.spot, "sheet.zeros", title=cell.title, written=code)
                return None
        return codes

    def _shops(self, text: str, cell: Cell) -> list[dict[str, str]] | None:
        found = list(_SHOP.finditer(text))
        if not found or _SHOP.sub("", text).strip(" ;\n"):
            self.problems.add(cell.spot, "sheet.shop", title=cell.title)
            return None
        return [{name: each[name].strip("; \n") for name in ("shop", "url")} for each in found]


def _star(text: str, _: Cell) -> str:
    found = _STARS.fullmatch(text)
    return found[1] if found else text

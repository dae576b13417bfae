"""Say where in a spreadsheet something is wrong, in words and with the cell itself."""

from collections.abc import Sequence
from datetime import date
from typing import TypeGuard

from ocopgen.app.sheets.grid import Lost, Sheet, Value, whereabouts
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import Level, Problem, Problems, Spot
from ocopgen.base.text import written_day

_LONGEST = 90


def explained(problems: Problems, sheets: Sequence[Sheet], terminal: Terminal) -> str:
    """Return all *problems* of *sheets* as a person is told them; what stops comes last."""
    cells = {
        (sheet.path, row.number, column): value
        for sheet in sheets
        for row in sheet.rows
        for column, value in row.cells.items()
    }
    told = []
    for problem in sorted(problems, key=lambda each: each.level is Level.FAULT):
        value = cells.get((problem.spot.path, problem.spot.line, problem.spot.column))
        shown = [f"  {_short(value)}"] if _says_something(value) else []
        told.append(terminal.told_at(_place(problem, terminal), shown, problem))
    return "\n\n".join([*told, terminal.counted(problems)])


def _place(problem: Problem, terminal: Terminal) -> str:
    return place_of(problem.spot, terminal)


def place_of(spot: Spot, terminal: Terminal) -> str:
    """Return *spot* in words: the file, the sheet, and the cell or the row."""
    file, name, cell = whereabouts(spot)
    parts = [file]
    if name:
        parts.append(terminal.words("sheet_named", name=name))
    if cell:
        parts.append(terminal.words("sheet_cell", cell=cell))
    elif spot.line:
        parts.append(terminal.words("sheet_row", row=spot.line))
    return ", ".join(parts)


def _says_something(value: Value | None) -> TypeGuard[Value]:
    return value is not None and not isinstance(value, Lost)


def _short(value: Value) -> str:
    text = written_day(value) if isinstance(value, date) else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

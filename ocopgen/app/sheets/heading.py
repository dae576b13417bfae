"""Find the row of a sheet that names its columns, and say what those are."""

from collections.abc import Mapping
from difflib import get_close_matches

from msgspec import Struct

from ocopgen.app.sheets.columns import Column, Form
from ocopgen.app.sheets.grid import Lost, Row, Sheet, Value
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import slug

_LOOKED_AT = 30
"""Rows in which the names of columns are looked for, below the title of a list."""
_ENOUGH = 2
"""Names that make a row the heading of a list."""
_ALIKE = 0.85
"""How much of a name must be right for it to be a slip: an address is no address of a source."""
_WIDE = 6
"""Letters of a name that can be misspelt: among shorter ones too many other words are near."""
_COUNTERS = {"", "stt", "tt", "so-tt", "so-thu-tu", "no", "nr"}
"""What numbers the rows of a list and says nothing of a product."""


class Table(Struct, frozen=True):
    """A sheet with a list of products."""

    sheet: Sheet
    heading: int
    """The row that names the columns."""
    columns: Mapping[int, Column]
    """Those that are understood."""
    titles: Mapping[int, str]
    """What the sheet calls each of its columns."""
    rows: tuple[Row, ...]

    def place_of(self, column: Column) -> int | None:
        """Return where in the sheet *column* is; None: the sheet has none."""
        return next((place for place, each in self.columns.items() if each == column), None)


def table_of(sheet: Sheet, form: Form, problems: Problems) -> Table | None:
    """Return *sheet* as a list of products; None: nothing in it looks like one.

    Columns that nobody knows, or that stand there twice, go into *problems*.
    """
    known = form.names()
    looked_at = sheet.rows[:_LOOKED_AT]
    heading = max(looked_at, key=lambda row: len(_known(row, known)), default=None)
    if heading is None or len(_known(heading, known)) < _ENOUGH:
        return None
    columns = _columns(heading, known)
    below = tuple(row for row in sheet.rows if row.number > heading.number)
    titles = {place: _title(value) for place, value in heading.cells.items()}
    for place, title in titles.items():
        column = known.get(slug(title))
        spot = sheet.spot(heading.number, place)
        if column is None:
            wide = [name for name in known if len(name) >= _WIDE]
            meant = get_close_matches(slug(title), wide, n=1, cutoff=_ALIKE)
            _tell_stranger(spot, title, form.title(known[meant[0]]) if meant else "", problems)
        elif place not in columns:
            read = next(titles[each] for each, other in columns.items() if other == column)
            _tell_second(spot, title, read, problems)
    _tell_nameless(sheet, heading, below, problems)
    rows = tuple(row for row in below if not columns.keys().isdisjoint(row.cells))
    return Table(sheet, heading.number, columns, titles, rows)


def _title(value: Value) -> str:
    """Return the name of a column without the star of those that must not be empty."""
    written = value.error or "=" if isinstance(value, Lost) else str(value)
    return " ".join(written.split()).removesuffix("*").rstrip()


def _known(row: Row, known: Mapping[str, Column]) -> set[Column]:
    return {known[name] for each in row.cells.values() if (name := slug(str(each))) in known}


def _columns(heading: Row, known: Mapping[str, Column]) -> dict[int, Column]:
    """Return what the row *heading* names; what it names in two ways, by the way *known* first."""
    named = {place: slug(_title(value)) for place, value in heading.cells.items()}
    order = {name: number for number, name in enumerate(known)}
    read: dict[Column, int] = {}
    for place in sorted(named, key=lambda each: order.get(named[each], 0)):
        if named[place] in known:
            read.setdefault(known[named[place]], place)
    return {place: known[named[place]] for place in sorted(read.values())}


def _tell_second(spot: Spot, title: str, read: str, problems: Problems) -> None:
    """Tell of a column *title* that holds what the column *read* does."""
    if slug(title) == slug(read):
        problems.add(spot, "sheet.column_twice", title=title)
    else:
        problems.warn(spot, "sheet.column_second", title=title, read=read)


def _tell_stranger(spot: Spot, title: str, meant: str, problems: Problems) -> None:
    if meant:
        problems.add(spot, "sheet.column_meant", title=title, meant=meant)
    elif slug(title) not in _COUNTERS:
        problems.warn(spot, "sheet.column_unknown", title=title)


def _tell_nameless(sheet: Sheet, heading: Row, below: tuple[Row, ...], problems: Problems) -> None:
    """Tell of columns that hold something and have no name."""
    nameless: dict[int, int] = {}
    for row in below:
        for place in row.cells:
            if place not in heading.cells:
                nameless.setdefault(place, row.number)
    for place, number in nameless.items():
        problems.warn(sheet.spot(number, place), "sheet.column_nameless", heading=heading.number)

"""Tell in which cell something is wrong, by the names that the sheet itself has."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from ocopgen.app.sheets.columns import Form
from ocopgen.app.sheets.grid import Row
from ocopgen.app.sheets.heading import Table
from ocopgen.base.problems import Level, Problem, Problems, Spot

_ABSENT = {"field.missing", "field.empty", "words.first", "words.pair", "text.empty"}
"""What the model says where a cell was left empty."""


class Teller(Struct, frozen=True):
    """Tells of one table what the model finds wrong with its rows.

    The model is given a column below 0 for what the sheet has no column for, and 0 for what no
    column of the form holds.
    """

    table: Table
    form: Form
    rows: Mapping[int, Row]
    problems: Problems

    def tell(self, problem: Problem, unread: Collection[int] = ()) -> None:
        """Tell of *problem*, unless its cell is one of those that were *unread* for a fault."""
        place, values = problem.spot.column, dict(problem.values)
        if place in unread and place:
            return
        if problem.level is not Level.FAULT:
            self._warn(problem)
        elif problem.code in _ABSENT and place:
            self._tell_absent(problem.spot)
        elif problem.code == "place.missing":
            places = self._places()
            if places.isdisjoint(unread):
                spot = Spot(problem.spot.path, problem.spot.line, min(places, default=0))
                self.problems.add(spot, problem.code, **values)
        else:
            self.problems.add(self._shown(problem.spot), problem.code, **self._named(problem))

    def tell_filled(self, problem: Problem, unread: Collection[int]) -> None:
        """Tell of *problem* if it is one of a cell that holds something."""
        filled = problem.spot.column in self.rows[problem.spot.line].cells
        if filled and problem.code not in _ABSENT:
            self.tell(problem, unread)

    def _warn(self, problem: Problem) -> None:
        """Warn of a cell that holds something; what is not there yet is told by `check`."""
        filled = problem.spot.column in self.rows[problem.spot.line].cells
        if filled and problem.level is Level.WARNING and problem.code != "words.untranslated":
            self.problems.warn(problem.spot, problem.code, **self._named(problem))

    def _tell_absent(self, spot: Spot) -> None:
        if spot.column > 0:
            self.problems.add(spot, "sheet.empty", title=self.table.titles[spot.column])
            return
        title = self.form.title(self.form.columns[-spot.column - 1])
        heading = self.table.sheet.spot(self.table.heading)
        self.problems.add(heading, "sheet.column_missing", title=title)

    def _places(self) -> set[int]:
        """Return the columns that tell where a product is from."""
        columns = self.table.columns.items()
        return {place for place, each in columns if each.name in {"commune", "district"}}

    def _shown(self, spot: Spot) -> Spot:
        return Spot(spot.path, spot.line, max(spot.column, 0))

    def _named(self, problem: Problem) -> dict[str, str]:
        """Return the values of *problem*, its field by the title that its column has."""
        values, place = dict(problem.values), problem.spot.column
        if "field" in values and place:
            titles, columns = self.table.titles, self.form.columns
            values["field"] = titles[place] if place > 0 else self.form.title(columns[-place - 1])
        return values

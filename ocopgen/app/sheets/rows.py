"""Turn the rows of a table into the products that the catalogue would have."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from msgspec import Struct

from ocopgen.app.sheets.cells import CLEAR, Cell, Reader
from ocopgen.app.sheets.columns import ONE, Column, Kind
from ocopgen.app.sheets.grid import Row
from ocopgen.app.sheets.matching import (
    Naming,
    Register,
    certificate_meant,
    day_spelt,
    decision_replaced,
    decision_spelt,
    source_meant,
)
from ocopgen.app.sheets.telling import Teller
from ocopgen.app.sheets.values import at, clear, put, value_of
from ocopgen.base.problems import Problems
from ocopgen.content.decode import decode
from ocopgen.content.entries import Entry
from ocopgen.content.records import Product
from ocopgen.content.tree import Key, Tree

Said = Mapping[Column, Any]
"""What the cells of a row say, by column; nothing of those that are empty or cannot be read."""


class Draft(Struct, frozen=True):
    """A product as a row of a sheet would have it."""

    id: str
    before: Entry[Product] | None
    """Absent: the product is new."""
    record: Product
    tree: Tree
    """What its file would say, and in which cell each value stands."""
    row: int

    @property
    def changed(self) -> bool:
        """Tell whether the catalogue would become another."""
        return self.before is None or self.before.record != self.record


class Drafting(Struct, frozen=True):
    """What makes drafts of the rows of one table."""

    teller: Teller
    reader: Reader
    register: Register
    languages: tuple[str, ...]
    problems: Problems

    def drafts(self) -> Iterator[Draft]:
        """Yield what each row makes of its product; the faults of the others are told."""
        for row in self.teller.table.rows:
            draft = self._draft(row)
            if draft:
                yield draft

    def _draft(self, row: Row) -> Draft | None:
        faults = self.problems.faults
        said = self._said(row)
        columns = self.teller.table.columns
        unread = {
            place for place in columns.keys() & row.cells.keys() if columns[place] not in said
        }
        naming = self._naming(row, said)
        unsure = not naming.id and any(
            columns[each].name in {"id", "name", "producer"} for each in unread
        )
        id_ = None if unsure else self.register.id_for(naming)
        before = self.register.products.get(id_ or "")
        if before and not any(columns[each].name == "issued" for each in unread):
            self._tell_replaced(row, said, before)
        keys = self._keys(said, before)
        tree = self._tree(row, said, keys, before)
        found = Problems()
        record = decode(tree, Product, self.languages, found)
        for problem in found.found:
            if id_:
                self.teller.tell(problem, unread)
            else:
                self.teller.tell_filled(problem, unread)
        if id_ is None or record is None or self.problems.faults > faults:
            return None
        if before:
            _spell_as_before(tree.data, record, before, list(keys.values()))
        return Draft(id_, before, record, tree, row.number)

    def _said(self, row: Row) -> Said:
        table, said = self.teller.table, {}
        for place, column in table.columns.items():
            if place in row.cells:
                spot = table.sheet.spot(row.number, place)
                cell = Cell(row.cells[place], column, table.titles[place], spot)
                if (value := self.reader.read(cell)) is not None:
                    said[column] = value
        return said

    def _naming(self, row: Row, said: Said) -> Naming:
        table = self.teller.table
        first = {each.name: each for each in reversed(self.teller.form.columns)}
        told = {
            name: said[first[name]]
            for name in ("id", "name", "producer")
            if said.get(first[name], CLEAR) is not CLEAR
        }
        places = [table.place_of(first[name]) for name in ("id", "name") if name in told]
        spot = table.sheet.spot(row.number, places[0] or 0 if places else 0)
        id_, name, producer = (told.get(each, "") for each in ("id", "name", "producer"))
        return Naming(id_, name, producer, spot)

    def _tell_replaced(self, row: Row, said: Said, before: Entry[Product]) -> None:
        """Tell of a decision that would take the place of another, with no day beside it."""
        columns = {each.name: each for each in self.teller.form.columns}
        issued, decision = (
            "" if (value := said.get(columns[name], "")) is CLEAR else str(value)
            for name in ("issued", "decision")
        )
        known = decision_replaced(before.record.certifications, issued, decision)
        if known:
            table, title = self.teller.table, self.teller.form.title(columns["issued"])
            spot = table.sheet.spot(row.number, table.place_of(columns["decision"]) or 0)
            self.problems.add(spot, "sheet.decision_replaced", known=known, title=title)

    def _keys(self, said: Said, before: Entry[Product] | None) -> dict[Column, Key]:
        """Return where in the product *before* the value of each column stands, or would."""
        words = {each.name: value for each, value in said.items() if value is not CLEAR}
        certificates = before.record.certifications if before else ()
        place = certificate_meant(certificates, words.get("issued", ""), words.get("decision", ""))
        sources = certificates[place].sources if place < len(certificates) else ()
        ones = (place, source_meant(sources, words.get("source_url", "")))
        return {each: _resolved(each.key, ones) for each in self.teller.form.columns if each.key}

    def _tree(
        self, row: Row, said: Said, keys: Mapping[Column, Key], before: Entry[Product] | None
    ) -> Tree:
        data: dict[str, Any] = deepcopy(before.tree.data) if before else {}
        for column, key in keys.items():
            if ONE in column.key and at(data, key[:2]) is None:
                put(data, (*key[:2], "sources"), [{}])
            if column in said and said[column] is CLEAR:
                clear(data, key)
            elif column in said:
                put(data, key, _spelt(column, str(at(data, key) or ""), said[column]))
        _drop_price(data, {each.name for each, value in said.items() if value is CLEAR})
        return Tree(self.teller.table.sheet.path, data, tuple(self._marks(row, keys)))

    def _marks(self, row: Row, keys: Mapping[Column, Key]) -> Iterator[tuple[str | int, ...]]:
        yield row.number, 0
        marked = set()
        for number, column in enumerate(self.teller.form.columns):
            if column not in keys:
                continue
            place = self.teller.table.place_of(column) or -(number + 1)
            key = keys[column]
            yield (*key, row.number, place)
            if column.kind is Kind.WORDS and key[:-1] not in marked:
                marked.add(key[:-1])
                yield (*key[:-1], row.number, place)


def _spelt(column: Column, known: str, said: Any) -> Any:  # noqa: ANN401 - as a cell has it
    """Return how a file that says *known* shall spell what a cell of *column* says."""
    if column.name == "decision":
        return decision_spelt(known, said)
    return day_spelt(known, said) if column.kind is Kind.YEAR_TOO else said


def _resolved(key: Key, ones: tuple[int, ...]) -> Key:
    left = iter(ones)
    return tuple(next(left) if part == ONE else part for part in key)


def _drop_price(data: dict[str, Any], cleared: set[str]) -> None:
    """Take the whole price away where both of its ends are cleared: what is left says nothing."""
    if cleared >= {"price_min", "price_max"}:
        data.pop("price", None)


def _spell_as_before(
    data: dict[str, Any], record: Product, before: Entry[Product], keys: list[Key]
) -> None:
    """Let what means the same in *record* as *before* stand in *data* as it was written."""
    for key in keys:
        if value_of(record, key) != value_of(before.record, key):
            continue
        written = at(before.tree.data, key)
        if written is None:
            clear(data, key)
        else:
            put(data, key, deepcopy(written))

"""The open data as tables: one row a record, each column with its type and what it means."""

from collections.abc import Iterator, Sequence
from types import NoneType
from typing import Any

from msgspec import Struct

from ocopgen.content.records import Certification, Event, Outlet, Producer, Product
from ocopgen.pages.views.open_columns import Column, Columns
from ocopgen.pages.views.open_records import (
    Plain,
    event_told,
    outlet_told,
    plain,
    producer_told,
    product_told,
)
from ocopgen.pages.views.press import Press

VERSION = "1.0"
"""Of the columns and keys: the first number grows when one goes or means something else."""

Cell = str | int | float | None
Row = list[Cell]


class Table(Struct, frozen=True):
    """A table of the open data."""

    name: str
    title: str
    columns: tuple[Column, ...]
    records: Sequence[Plain]

    def rows(self) -> Iterator[Row]:
        """Yield each record as cells, in the order of the columns."""
        for record in self.records:
            yield [_cell(record, column.path) for column in self.columns]


def _cell(record: Plain, path: tuple[str, ...]) -> Cell:
    value: Any = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, int | float | NoneType) else _joined(value)


def _joined(value: Any) -> str:  # noqa: ANN401 - whatever JSON knows
    """Return *value* as one text: the parts of a list, and within each of them its values."""
    match value:
        case list():
            return "; ".join(_joined(each) for each in value)
        case dict():
            return " | ".join(_joined(each) for each in value.values())
        case _:
            return str(value)


def open_tables(press: Press, *, filled: bool = True) -> tuple[Table, ...]:
    """Return every table of the catalogue, with its words in the language of *press*.

    Unless *filled*, there is nothing in them: who only wants to know their columns need not wait.
    """
    made = _Tables(press, filled=filled)
    return (*made.records(), *made.places())


class _Tables:
    def __init__(self, press: Press, *, filled: bool) -> None:
        self.press = press
        self.filled = filled
        self.columns = Columns(press)

    def table(self, name: str, columns: tuple[Column, ...], records: Iterator[Plain]) -> Table:
        title = self.press.t(f"open.{name}")
        return Table(name, title, columns, tuple(records) if self.filled else ())

    def records(self) -> Iterator[Table]:
        """Yield the tables of products, of their certificates, and of all that is around them."""
        press, catalogue, make = self.press, self.press.catalogue, self.columns
        standing = (
            *make.own("status"),
            *make.own("star", "integer"),
            *make.words("issuer"),
            *make.own("ends", "date"),
        )
        kind = (*make.own("sector"), *make.own("group"))
        yield self.table(
            "products",
            (*make.of_page(), *standing, *kind, *make.of(Product)),
            (product_told(press, each) for each in catalogue.products.values()),
        )
        yield self.table(
            "certifications",
            (*make.own("product", leads_to="products"), *make.of(Certification)),
            (
                {"product": entry.id, **plain(each)}
                for entry in catalogue.products.values()
                for each in entry.record.certifications
            ),
        )
        shown = (catalogue.producers[id_] for id_ in sorted(press.shelves.producers))
        yield self.table(
            "producers",
            (*make.of_page(), *make.of(Producer)),
            (producer_told(press, each) for each in shown),
        )
        website = make.own("website", form="uri")
        yield self.table(
            "outlets",
            (*make.of_page(), *make.of(Outlet), *website),
            (outlet_told(press, each) for each in catalogue.outlets.values()),
        )
        yield self.table(
            "events",
            (*make.of_page(), *make.of(Event), *website),
            (event_told(press, each) for each in catalogue.events.values()),
        )

    def places(self) -> Iterator[Table]:
        """Yield the tables of what the others lead to: places and product sets."""
        make, known = self.columns, self.press.catalogue
        located = (*make.own("lat", "number"), *make.own("lon", "number"))
        named = (*make.own("id"), *make.words("name"), *make.own("code"))
        yield self.table(
            "communes",
            (*named, *make.own("districts"), *located),
            (plain(each, {"formed_from", "area_km2"}) for each in known.map.communes.values()),
        )
        yield self.table(
            "districts",
            (*named, *make.own("until", "date")),
            (plain(each, {"communes_then"}) for each in known.map.districts.values()),
        )
        yield self.table(
            "sets",
            (
                *make.own("id"),
                *make.own("number", "integer"),
                *make.words("name", "group", "sector"),
            ),
            (
                {
                    "id": kind.set.id,
                    "number": kind.set.number,
                    "name": dict(kind.set.name),
                    "group": dict(kind.group.name),
                    "sector": dict(kind.sector.name),
                }
                for kind in known.kinds.values()
            ),
        )

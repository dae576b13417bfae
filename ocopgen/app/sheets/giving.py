"""Give the products of a catalogue out as rows of the form."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from ocopgen.app.places import MEMORY, cache_of
from ocopgen.app.sheets.book import Book, book_of
from ocopgen.app.sheets.columns import ONE, Column, Form, Kind, form_for
from ocopgen.app.sheets.grid import Value
from ocopgen.app.sheets.matching import latest
from ocopgen.app.sheets.names import Names, names_in
from ocopgen.app.sheets.values import value_of
from ocopgen.app.terminal import Terminal, typed
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems
from ocopgen.base.text import sort_key
from ocopgen.base.whole import write_whole
from ocopgen.content.entries import Content, Entry
from ocopgen.content.load import load
from ocopgen.content.records import Product

_STARS = ("3", "4", "5")
_YEAR = 12
"""Months in it."""


def give(root: Path, file: Path, terminal: Terminal) -> None:
    """Write all products of the catalogue in *root* into the workbook *file*."""
    problems = Problems()
    content = load(root, Memory(cache_of(root) / MEMORY), problems)
    if content is None or problems.faults:
        raise ContentFaults(problems)
    write_whole(file, workbook(content, terminal.language))
    products = terminal.words("count_products", count=len(content.products))
    terminal.say("export_written", products=products, out=file, typed=typed(file))


def workbook(content: Content, language: str) -> bytes:
    """Return the products of *content* as a workbook for a person who reads *language*."""
    form = form_for([each.code for each in content.site.record.languages], language)
    names = names_in(content, language)
    rows = [
        [cell_of(column, entry, form, names) for column in form.columns]
        for _, entry in sorted(content.products.items())
    ]
    return book_of(Book(form, rows, _choices(form, names, rows)))


def cell_of(
    column: Column, entry: Entry[Product], form: Form, names: Mapping[str, Names]
) -> Value | None:
    """Return what stands in *column* for the product *entry*; None: nothing."""
    if column.kind is Kind.ID:
        return entry.id
    value = value_of(entry.record, _key(column, entry.record))
    if value is None or value == ():
        return None
    yes = form.words[form.language]["column_yes"]
    shown: dict[Kind, Callable[[], Value | None]] = {
        Kind.NAME: lambda: names[column.name].labels.get(value, str(value)),
        Kind.YEAR_TOO: lambda: value.day or int(value.year),
        Kind.CODES: lambda: "; ".join(value),
        Kind.SHOPS: lambda: "; ".join(f"{each.shop} {each.url}" for each in value),
        Kind.MONTHS: lambda: _season(value),
        Kind.FLAG: lambda: yes if value else None,
    }
    if column.kind in shown:
        return shown[column.kind]()
    return value if isinstance(value, Value) else str(value)


def _key(column: Column, product: Product) -> tuple[str | int, ...]:
    place = latest(product.certifications)
    ones = iter((place, len(product.certifications[place].sources) - 1))
    return tuple(next(ones) if part == ONE else part for part in column.key)


def _season(months: tuple[int, ...]) -> str:
    """Return *months* as people write them: "11-2" for a run, else one after another."""
    run = all((one % _YEAR) + 1 == next_ for one, next_ in pairwise(months))
    if run and len(months) > 1:
        return f"{months[0]}-{months[-1]}"
    return ", ".join(map(str, months))


def _choices(
    form: Form, names: Mapping[str, Names], rows: Iterable[list[Any]]
) -> dict[Column, list[str]]:
    """Return what each column offers to choose from, in the order of the alphabet."""
    words, rows = form.words[form.language], list(rows)
    offered: dict[Column, list[str]] = {}
    for place, column in enumerate(form.columns):
        if column.kind is Kind.NAME:
            offered[column] = sorted(names[column.name].labels.values(), key=sort_key)
        elif column.name == "price_unit":
            units = {row[place] for row in rows if row[place]}
            offered[column] = sorted(units, key=sort_key)
        elif column.kind is Kind.STAR:
            offered[column] = list(_STARS)
        elif column.kind is Kind.FLAG:
            offered[column] = [words["column_yes"], words["column_no"]]
    return {column: choices for column, choices in offered.items() if choices}

"""The figures: what the catalogue counts, as charts, as tables and as files."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ocopgen.base.problems import Spot
from ocopgen.pages.csv_text import csv_bytes
from ocopgen.pages.drawings import charts
from ocopgen.pages.drawings.columns import Column, Columns, columns
from ocopgen.pages.views.desk import File
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import open_outlets
from ocopgen.pages.views.tables import Line, Table, tables

_FIRST = "stars"
_LINED, _BESIDE = "events", "quarters"
"""What time runs through: the one is drawn as a line, the other as columns side by side."""
_MOST_NAMED = 3
"""How many bars that are equally long are named; of more, none stands out."""
_NOT_TOLD = "–"


class Headline(Struct, frozen=True):
    """A number that stands for itself."""

    number: str
    words: str


class Bar(Struct, frozen=True):
    """A bar with what it is of."""

    name: str
    drawn: charts.Bar
    said: str
    """The sum of it."""


class Cell(Struct, frozen=True):
    """A line of a table as it is written."""

    name: str
    url: str
    values: tuple[str, ...]


class Total(Struct, frozen=True):
    """The sum of a column as it is written."""

    said: str
    note: str
    """How much of it is known; empty: all."""


class Chart(Struct, frozen=True):
    """A chart with its table and its file."""

    id: str
    title: str
    note: str
    told: str
    """What the chart shows, in words."""
    keys: tuple[str, ...]
    """What the columns are, where there are several."""
    bars: tuple[Bar, ...]
    """One of these, the line or the columns is drawn."""
    line: charts.Line | None
    beside: Columns | None
    """Columns, which take the width of the page."""
    open: bool
    """Whether the table tells so much more than the chart that it is shown at once."""
    rows: str
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    totals: tuple[Total, ...]
    file: str


class FiguresPage(Struct, frozen=True):
    """What the page of figures shows."""

    site: Site
    head: Head
    lede: str
    headlines: tuple[Headline, ...]
    charts: tuple[Chart, ...]


def figures_page(press: Press) -> FiguresPage:
    """Return what the page of figures shows."""
    t = press.t
    day = press.formats.day(press.catalogue.day)
    return FiguresPage(
        site=press.site,
        head=press.framer.head(
            t("figures.title"),
            t("figures.about", province=press.site.province),
            "figures",
            lambda routes: routes.figures,
        ),
        lede=t("figures.lede", day=day),
        headlines=tuple(_headlines(press)),
        charts=tuple(_chart(press, table) for table in tables(press)),
    )


def csv_files(press: Press) -> Iterator[File]:
    """Yield each table as a file that spreadsheets open (RFC 4180)."""
    for table in tables(press):
        path = press.routes.file(_file(press, table))
        rows = ((line.name, *line.values) for line in table.lines)
        content = csv_bytes((table.rows, *table.columns), rows)
        yield File(path, content, Spot("content/products"))


def _file(press: Press, table: Table) -> str:
    return f"{press.routes.figures}{table.id}.csv"


def _headlines(press: Press) -> Iterator[Headline]:
    shelves, number = press.shelves, press.formats.number
    makers = sum(bool(board.current) for board in shelves.producers.values())
    placed = sum(bool(board.current) for board in shelves.districts.values())
    for key, count in (
        ("current", len(shelves.all.current)),
        ("makers", makers),
        ("districts", placed),
        ("former", len(shelves.all.former)),
        ("outlets", len(open_outlets(press.edition))),
        ("events", len(press.catalogue.events)),
    ):
        yield Headline(number(count), press.t(f"figures.headline.{key}", count=count))


def _chart(press: Press, table: Table) -> Chart:
    drawn = table.drawn or tuple(range(len(table.columns)))
    rows = [tuple(line.values[place] or 0 for place in drawn) for line in table.lines]
    points = [(line.name, sum(row)) for line, row in zip(table.lines, rows, strict=True)]
    lined, beside = table.id == _LINED, table.id == _BESIDE
    return Chart(
        id=table.id,
        title=table.title,
        note=_note(press, table),
        told=_told(press, table, points),
        keys=tuple(table.columns[place] for place in drawn) if len(drawn) > 1 else (),
        bars=() if lined or beside else tuple(_bars(press, points, rows)),
        line=charts.line(points) if lined else None,
        beside=columns(_columns(press, table, rows)) if beside else None,
        open=lined,
        rows=table.rows,
        columns=table.columns,
        cells=tuple(_cells(press, line) for line in table.lines),
        totals=tuple(_totals(press, table)),
        file=_file(press, table),
    )


def _note(press: Press, table: Table) -> str:
    few = table.longest <= charts.MOST_COUNTED
    return f"{table.note} {press.t('figures.piece')}" if few and table.id == _FIRST else table.note


def _bars(
    press: Press, points: Sequence[tuple[str, int]], rows: Sequence[tuple[int, ...]]
) -> Iterator[Bar]:
    for (name, total), drawn in zip(points, charts.bars(rows), strict=True):
        yield Bar(name, drawn, press.formats.number(total))


def _columns(press: Press, table: Table, rows: Sequence[tuple[int, ...]]) -> list[Column]:
    return [
        Column(row, press.formats.number(sum(row)), line.short, line.group)
        for line, row in zip(table.lines, rows, strict=True)
    ]


def _told(press: Press, table: Table, points: list[tuple[str, int]]) -> str:
    t, number = press.t, press.formats.number
    total, most = sum(value for _, value in points), max((value for _, value in points), default=0)
    if not total:
        return t("figures.told_none", title=table.title)
    highest = [name for name, value in points if value == most]
    if len(highest) > _MOST_NAMED:
        return t("figures.told_even", title=table.title, total=number(total), most=number(most))
    name = ", ".join(highest)
    return t("figures.told", title=table.title, total=number(total), name=name, most=number(most))


def _cells(press: Press, line: Line) -> Cell:
    number = press.formats.number
    values = (_NOT_TOLD if value is None else number(value) for value in line.values)
    return Cell(line.name, line.url, tuple(values))


def _totals(press: Press, table: Table) -> Iterator[Total]:
    number, whole = press.formats.number, [(1, 1)] * len(table.columns)
    for total, (told, of) in zip(table.totals, table.known or whole, strict=True):
        note = press.t("figures.known", told=told, of=of) if told != of else ""
        yield Total(number(total) if told or not of else _NOT_TOLD, note)

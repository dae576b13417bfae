"""The figures behind the charts: each table counted once, for the page and for its file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ocopgen.base.text import sort_key
from ocopgen.content.lifecycle import Standing, Status
from ocopgen.content.records import Event, Figures
from ocopgen.pages.views.events import is_over
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS

QUARTERS = 12
_MONTHS = 3
_STATUSES = (Status.VALID, Status.RENEWAL, Status.EXTENDED, Status.UNDATED)
_FIGURES = ("trips", "businesses", "stalls", "visitors", "revenue_vnd")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table."""

    name: str
    values: tuple[int | None, ...]
    """One a column; None: nobody told."""
    url: str = ""
    """Where the line leads; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with what they are of."""

    id: str
    """What its file is called."""
    title: str
    rows: str
    """What the lines are."""
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""
    drawn: tuple[int, ...] = field(default=())
    """The columns that the chart draws; none: all."""

    @property
    def totals(self) -> tuple[int, ...]:
        """Return the sum of each column, of what was told."""
        return tuple(
            sum(line.values[place] or 0 for line in self.lines)
            for place in range(len(self.columns))
        )


def tables(press: Press) -> tuple[Table, ...]:
    """Return every table of the figures page, in its order."""
    return (
        _stars(press),
        _lapsed(press),
        _sectors(press),
        _groups(press),
        _districts(press),
        _years(press),
        _quarters(press),
        _kinds(press),
        _events(press),
    )


def _table(press: Press, id_: str, columns: Sequence[str], lines: Iterable[Line]) -> Table:
    t = press.t
    note = t(f"figures.{id_}.note")
    return Table(
        id_, t(f"figures.{id_}.title"), t(f"figures.{id_}.rows"), tuple(columns), tuple(lines), note
    )


def _stars(press: Press) -> Table:
    standings = press.catalogue.standings
    lines = (
        Line(
            press.t("star.words", star=star),
            _counted((standings[id_].status for id_ in press.shelves.stars[star]), _STATUSES),
            press.routes.star(star) if press.shelves.stars[star] else "",
        )
        for star in STARS
    )
    columns = [press.t(f"figures.status.{status.value}") for status in _STATUSES]
    return _table(press, "stars", columns, lines)


def _lapsed(press: Press) -> Table:
    statuses, found = (Status.EXPIRED, Status.WITHDRAWN), press.catalogue.standings
    former = [found[id_] for id_ in press.shelves.all.former]
    lines = (
        Line(
            press.t("figures.once", star=star),
            _counted((each.status for each in former if each.star == star), statuses),
        )
        for star in STARS
    )
    return _table(
        press, "lapsed", [press.t(f"figures.status.{each.value}") for each in statuses], lines
    )


def _counted(found: Iterable[object], of: Sequence[object]) -> tuple[int, ...]:
    counts = Counter(found)
    return tuple(counts[each] for each in of)


def _by_star(press: Press, ids: Iterable[str]) -> tuple[int, ...]:
    return _counted((press.catalogue.standings[id_].star for id_ in ids), STARS)


def _star_columns(press: Press) -> list[str]:
    return [press.t("star.words", star=star) for star in STARS]


def _sectors(press: Press) -> Table:
    boards, say = press.shelves.sectors, press.edition.say
    lines = (
        Line(
            say(sector.name).text,
            _by_star(press, boards[sector.id].current if sector.id in boards else ()),
            press.routes.sector(sector.id) if sector.id in boards else "",
        )
        for sector in press.catalogue.sectors
    )
    return _table(press, "sectors", _star_columns(press), lines)


def _groups(press: Press) -> Table:
    boards, say = press.shelves.groups, press.edition.say
    groups = [group for sector in press.catalogue.sectors for group in sector.groups]
    lines = [
        Line(say(group.name).text, _by_star(press, board.current), press.routes.group(group.id))
        for group in groups
        if (board := boards.get(group.id)) and board.current
    ]
    lines.sort(key=lambda line: -sum(each or 0 for each in line.values))
    return _table(press, "groups", _star_columns(press), lines)


def _districts(press: Press) -> Table:
    boards = press.shelves.districts
    lines = [
        Line(press.former_district(id_), _by_star(press, board.current), press.routes.district(id_))
        for id_, board in boards.items()
        if board.current
    ]
    lines.sort(key=lambda line: sort_key(press.bare(line.name)))
    placed = {id_ for board in boards.values() for id_ in board.current}
    rest = [id_ for id_ in press.shelves.all.current if id_ not in placed]
    if rest:
        lines.append(Line(press.t("figures.no_district"), _by_star(press, rest)))
    return _table(press, "districts", _star_columns(press), lines)


def _grouped(press: Press, key: Callable[[Standing], str]) -> dict[str, list[str]]:
    """Return the products with stars by what *key* says of their certificates."""
    groups: dict[str, list[str]] = {}
    for id_ in press.shelves.all.current:
        groups.setdefault(key(press.catalogue.standings[id_]), []).append(id_)
    return groups


def _years(press: Press) -> Table:
    groups = _grouped(press, _year_of)
    unknown = groups.pop("", [])
    years = [int(year) for year in groups]
    names = [str(year) for year in range(min(years), max(years) + 1)] if years else []
    lines = [Line(year, _by_star(press, groups.get(year, ()))) for year in names]
    if unknown:
        lines.append(Line(press.t("figures.no_year"), _by_star(press, unknown)))
    return _table(press, "years", _star_columns(press), lines)


def _year_of(standing: Standing) -> str:
    issued = standing.certification.issued
    return str(issued.year) if issued else ""


def _quarters(press: Press) -> Table:
    day = press.catalogue.day
    first = day.year * 4 + (day.month - 1) // _MONTHS
    groups = _grouped(press, lambda standing: _quarter_of(standing, first))
    named = {
        **{
            str(first + place): press.t(
                "figures.quarter", quarter=(first + place) % 4 + 1, year=(first + place) // 4
            )
            for place in range(QUARTERS)
        },
        "later": press.t("figures.later"),
        "some": press.t("figures.no_quarter"),
        "": press.t("figures.no_date"),
    }
    lines = [
        Line(name, _by_star(press, groups.get(key, ())))
        for key, name in named.items()
        if key.isdecimal() or key in groups
    ]
    return _table(press, "quarters", _star_columns(press), lines)


def _quarter_of(standing: Standing, first: int) -> str:
    """Return the quarter, counted from year 0, in which *standing* ends, or why nobody knows."""
    end: date | None = standing.last_end
    if standing.status is Status.EXTENDED:
        end = standing.certification.extended_until
    elif standing.first_end != standing.last_end:
        return "some"
    if end is None:
        return ""
    quarter = end.year * 4 + (end.month - 1) // _MONTHS
    return str(quarter) if quarter < first + QUARTERS else "later"


def _kinds(press: Press) -> Table:
    makers, products = Counter[str](), Counter[str]()
    for id_, board in press.shelves.producers.items():
        kind = press.catalogue.producers[id_].record.kind or ""
        if board.current:
            makers[kind] += 1
            products[kind] += len(board.current)
    lines = [
        Line(
            press.t(f"producer.kind.{kind}") if kind else press.t("producer.unknown_kind"),
            (makers[kind], products[kind]),
        )
        for kind in sorted(makers, key=lambda kind: (not kind, -makers[kind], kind))
    ]
    columns = (press.t("figures.makers"), press.t("figures.products"))
    found = _table(press, "producers", columns, lines)
    return Table(found.id, found.title, found.rows, columns, found.lines, found.note, drawn=(0,))


def _events(press: Press) -> Table:
    years: dict[int, list[Event]] = {}
    for entry in press.catalogue.events.values():
        years.setdefault(entry.record.start.year, []).append(entry.record)
    # A year without any is a point of the line too: a gap would look as if there had been some.
    span = range(min(years), max(years) + 1) if years else ()
    lines = (_year_of_events(press, year, years.get(year, [])) for year in span)
    columns = (press.t("figures.events_held"), *_figure_names(press))
    found = _table(press, "events", columns, lines)
    return Table(found.id, found.title, found.rows, columns, found.lines, found.note, drawn=(0,))


def _year_of_events(press: Press, year: int, events: Sequence[Event]) -> Line:
    over = any(is_over(press, event) for event in events)
    url = f"{press.routes.events}#y{year}" if over else ""
    return Line(str(year), (len(events), *_results(events)), url)


def _figure_names(press: Press) -> Iterator[str]:
    for name in _FIGURES:
        yield press.t(f"event.figure.{name}")


def _results(events: Sequence[Event]) -> Iterator[int | None]:
    """Yield the sum of each figure over *events*; None where none of them tells it."""
    for name in _FIGURES:
        told = [
            value
            for event in events
            if (value := getattr(event.figures or Figures(), name)) is not None
        ]
        yield sum(told) if told else None


def told_of(press: Press) -> Mapping[str, tuple[int, int]]:
    """Return of how many events, and of how many in all, each figure is known."""
    events = [entry.record.figures or Figures() for entry in press.catalogue.events.values()]
    return {
        name: (sum(getattr(each, name) is not None for each in events), len(events))
        for name in _FIGURES
    }

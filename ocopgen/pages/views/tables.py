"""The figures behind the charts: each table put together once, for the page and for its file."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.text import sort_key
from ocopgen.content.lifecycle import Status
from ocopgen.pages.views.census import RESULTS, UNKNOWN, Tally, Year, quarters_from
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS

_STATUSES = (Status.VALID, Status.RENEWAL, Status.EXTENDED, Status.UNDATED)
_LAPSED = (Status.EXPIRED, Status.WITHDRAWN)
_ROMAN = ("", "I", "II", "III", "IV")


class Line(Struct, frozen=True):
    """A line of a table."""

    name: str
    values: tuple[int | None, ...]
    """One a column; None: nobody told."""
    url: str = ""
    """Where the line leads; empty: nowhere."""
    short: str = ""
    """What stands below its column, where the lines are drawn side by side."""
    group: str = ""
    """What stands below all columns of a run that share it."""


class Table(Struct, frozen=True):
    """Numbers with what they are of."""

    id: str
    """What its file is called."""
    title: str
    rows: str
    """What the lines are."""
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""
    drawn: tuple[int, ...] = ()
    """The columns that the chart draws; none: all."""
    known: tuple[tuple[int, int], ...] = ()
    """Of how many records each column is told, and of how many it might be; none: of all."""

    @property
    def longest(self) -> int:
        """Return the largest sum of a line, of what was told."""
        return max((sum(each or 0 for each in line.values) for line in self.lines), default=0)

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
        _kinds(press),
        _quarters(press),
        _events(press),
    )


def _table(press: Press, id_: str, columns: Iterable[str], lines: Iterable[Line]) -> Table:
    t = press.t
    title, rows, note = (t(f"figures.{id_}.{part}") for part in ("title", "rows", "note"))
    return Table(id_, title, rows, tuple(columns), tuple(lines), note)


def _stars(press: Press) -> Table:
    lines = (
        Line(
            press.t("star.words", star=star),
            _parts(press.census.statuses, star, _STATUSES),
            press.routes.star(star) if press.shelves.stars[star] else "",
        )
        for star in STARS
    )
    return _table(press, "stars", _status_columns(press, _STATUSES), lines)


def _lapsed(press: Press) -> Table:
    lines = (
        Line(press.t("figures.once", star=star), _parts(press.census.statuses, star, _LAPSED))
        for star in STARS
    )
    return _table(press, "lapsed", _status_columns(press, _LAPSED), lines)


def _status_columns(press: Press, statuses: Iterable[Status]) -> Iterator[str]:
    for status in statuses:
        yield press.t(f"figures.status.{status.value}")


def _sectors(press: Press) -> Table:
    tally, say, held = press.census.sectors, press.edition.say, press.shelves.sectors
    lines = (
        Line(
            say(sector.name).text,
            _parts(tally, sector.id),
            press.routes.sector(sector.id) if sector.id in held else "",
        )
        for sector in press.catalogue.sectors
    )
    return _table(press, "sectors", _star_columns(press), lines)


def _groups(press: Press) -> Table:
    say, lead = press.edition.say, press.routes.group
    groups = {
        group.id: (say(group.name).text, lead(group.id))
        for sector in press.catalogue.sectors
        for group in sector.groups
    }
    lines = _ranked(press.census.groups, groups)
    return _table(press, "groups", _star_columns(press), lines)


def _districts(press: Press) -> Table:
    tally, lead = press.census.districts, press.routes.district
    districts = {
        id_: (press.bare(press.district(id_)), lead(id_)) for id_ in press.catalogue.map.districts
    }
    lines = [*_ranked(tally, districts), *_unknown(tally, press.t("figures.no_district"))]
    return _table(press, "districts", _star_columns(press), lines)


def _years(press: Press) -> Table:
    tally = press.census.years
    years = [year for year, _ in tally if isinstance(year, int)]
    # A year without any is told too: a gap would look as if there had been some.
    span = range(min(years), max(years) + 1) if years else ()
    lines = [Line(str(year), _parts(tally, year)) for year in span]
    lines += _unknown(tally, press.t("figures.no_year"))
    return _table(press, "years", _star_columns(press), lines)


def _quarters(press: Press) -> Table:
    lines = [*_dated(press), *_some_day(press)]
    return _table(press, "quarters", _star_columns(press), lines)


def _dated(press: Press) -> Iterator[Line]:
    """Yield the quarters that are looked ahead to, and all that come later as one."""
    t, tally = press.t, press.census.ends
    ahead = quarters_from(press.catalogue.day)
    for year, quarter in ahead:
        values = {"year": year, "number": quarter, "roman": _ROMAN[quarter]}
        name, short = t("figures.quarter", **values), t("figures.quarter_short", **values)
        yield Line(name, _parts(tally, (year, quarter)), "", short, str(year))
    late = {end for end, _ in tally if isinstance(end, tuple) and end[1] and end not in ahead}
    if late:
        parts = zip(*(_parts(tally, end) for end in late), strict=True)
        name = t("figures.later")
        yield Line(name, tuple(sum(each) for each in parts), group=name)


def _some_day(press: Press) -> Iterator[Line]:
    """Yield the years of which no quarter is known, and what has no date at all."""
    t, tally = press.t, press.census.ends
    years = {end[0] for end, _ in tally if isinstance(end, tuple) and end[1] is None}
    for year in sorted(years):
        name, below = t("figures.no_quarter", year=year), t("figures.no_quarter_short")
        yield Line(name, _parts(tally, (year, None)), "", str(year), below)
    undated = _parts(tally, None)
    if any(undated):
        yield Line(t("figures.no_date"), undated, group=t("figures.no_date_short"))


def _kinds(press: Press) -> Table:
    makers, products = press.census.makers, press.census.kinds
    lines = (
        Line(
            press.t("producer.unknown_kind" if kind == UNKNOWN else f"producer.kind.{kind}"),
            (makers[kind], products[kind]),
        )
        for kind in sorted(makers, key=lambda kind: (kind == UNKNOWN, -makers[kind], kind))
    )
    columns = (press.t("figures.makers"), press.t("figures.products"))
    return replace(_table(press, "producers", columns, lines), drawn=(0,))


def _events(press: Press) -> Table:
    years, t = press.census.events, press.t
    lines = (_event_line(press, year, found) for year, found in years.items())
    columns = (t("figures.events_all"), t("figures.events_over"), *_figure_names(press))
    found = _table(press, "events", columns, lines)
    every, over, *_ = found.totals
    known = ((sum(each.known[name] for each in years.values()), over) for name in RESULTS)
    return replace(found, drawn=(0,), known=((every, every), (every, every), *known))


def _event_line(press: Press, number: int, year: Year) -> Line:
    url = f"{press.routes.events}#y{number}" if year.over else ""
    # What nobody told is not none.
    results = (year.sums[name] if year.known[name] else None for name in RESULTS)
    return Line(str(number), (year.events, year.over, *results), url)


def _figure_names(press: Press) -> Iterator[str]:
    for name in RESULTS:
        # A sum of money needs its unit where the number stands alone, as it does in a file.
        yield press.t("figures.revenue" if name == "revenue_vnd" else f"event.figure.{name}")


def _parts(tally: Tally, row: Hashable, columns: Sequence[Hashable] = STARS) -> tuple[int, ...]:
    return tuple(tally[row, column] for column in columns)


def _star_columns(press: Press) -> Iterator[str]:
    for star in STARS:
        yield press.t("star.words", star=star)


def _ranked(tally: Tally, named: dict[str, tuple[str, str]]) -> list[Line]:
    """Return a line for each of *named*, name and address, that has any: the fullest first."""
    held = {row for row, _ in tally}
    lines = [
        Line(name, _parts(tally, id_), url) for id_, (name, url) in named.items() if id_ in held
    ]
    return sorted(
        lines, key=lambda line: (-sum(each or 0 for each in line.values), sort_key(line.name))
    )


def _unknown(tally: Tally, name: str) -> Iterator[Line]:
    """Yield the line of what no source tells, if there is any; it always comes last."""
    if any(parts := _parts(tally, UNKNOWN)):
        yield Line(name, parts)

"""What the printed manual says after its products: where to buy, events, figures."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Event
from ocopgen.pages.views.events import coming_events, past_events, row_of
from ocopgen.pages.views.figures import Chart, figures_page
from ocopgen.pages.views.handbook_parts import Presses, Said, Section, Shops, each, said
from ocopgen.pages.views.outlets import OutletGroup, OutletsPage, outlets_page
from ocopgen.pages.views.parts import Row
from ocopgen.pages.views.press import Press

_CHARTS = ("stars", "sectors", "groups", "districts", "years")
"""Those that are bars; the others are for the page of figures, with its tables."""


def sections(presses: Presses, only: set[str] | None) -> tuple[Section, ...]:
    """Return the parts that follow the products; those that have nothing to tell are left out.

    *only*: of a manual of these products alone, where these are sold; None: of all.
    """
    shops = tuple(_outlets(presses, None if only is None else _sellers(presses[0], only)))
    found = [Section("buy", *_heading(presses, "outlets"), shops=shops)]
    if only is None:
        events = tuple(_events(presses))
        found.append(Section("events", *_heading(presses, "events"), shops=events))
        found.append(_figures(presses))
    return tuple(part for part in found if part.shops or part.charts)


def _heading(presses: Presses, part: str) -> tuple[Said, Said]:
    return said(presses, f"{part}.title"), said(presses, f"{part}.lede")


def _figures(presses: Presses) -> Section:
    pages = [figures_page(press) for press in presses]
    ledes = {press.site.language: page.lede for press, page in zip(presses, pages, strict=True)}
    same = zip(*(page.charts for page in pages), strict=True)
    return Section(
        "figures",
        said(presses, "figures.title"),
        _picked(presses, ledes),
        charts=tuple(
            (first, *(_like(first, other) for other in others))
            for first, *others in same
            if first.id in _CHARTS
        ),
    )


def _like(first: Chart, other: Chart) -> Chart:
    """Return *other*, of another language, with its bars in the order that *first* has them in.

    What is equally long goes by its name, which each language has its own of.
    """
    own = dict(zip(_marks(other), other.bars, strict=True))
    return replace(other, bars=tuple(own[mark] for mark in _marks(first)))


def _marks(chart: Chart) -> list[tuple[str, int]]:
    """Return what tells each bar of *chart* from the others, whatever the language.

    It is where its line leads; those that lead nowhere stand in one order everywhere.
    """
    told: Counter[str] = Counter()
    marks = []
    for cell in chart.cells:
        mark = _last(cell.url)
        marks.append((mark, told[mark]))
        told[mark] += 1
    return marks


def _sellers(press: Press, ids: set[str]) -> set[str]:
    """Return the outlets that sell one of the products *ids*, or all that there is."""
    named = (entry for id_ in ids for entry in press.shelves.outlets.get(id_, ()))
    return {entry.id for entry in (*named, *press.shelves.outlets_of_all)}


def _outlets(presses: Presses, only: set[str] | None) -> Iterator[Shops]:
    """Yield the places that sell by district, then those on the web, as the site lists them.

    *only*: these alone.
    """
    pages = {press.site.language: outlets_page(press) for press in presses}
    first = pages[presses[0].site.language]
    rows = [_rows(page) for page in pages.values()]
    for group in first.districts:
        ids = [_id(row) for row in group.rows if only is None or _id(row) in only]
        if not ids:
            continue
        titles = {code: _group_of(page, ids[0]).title.text for code, page in pages.items()}
        yield Shops(_picked(presses, titles), tuple(tuple(own[id_] for own in rows) for id_ in ids))
    online = [_id(row) for row in first.online if only is None or _id(row) in only]
    if online:
        shops = tuple(tuple(own[id_] for own in rows) for id_ in online)
        yield Shops(said(presses, "product.shops"), shops)


def _picked(presses: Presses, texts: Mapping[str, str]) -> Said:
    return each(presses, lambda press: texts[press.site.language])


def _rows(page: OutletsPage) -> Mapping[str, Row]:
    placed = (row for group in page.districts for row in group.rows)
    return {_id(row): row for row in (*placed, *page.online)}


def _group_of(page: OutletsPage, id_: str) -> OutletGroup:
    return next(group for group in page.districts if id_ in map(_id, group.rows))


def _id(row: Row) -> str:
    """Return which outlet *row* is of: the last word of its address is the same everywhere."""
    return _last(row.name.url)


def _last(url: str) -> str:
    return url.strip("/").rpartition("/")[2]


def _events(presses: Presses) -> Iterator[Shops]:
    """Yield the events of the year, or else of the last one that had some, and all later ones."""
    entries = [*coming_events(presses[0]), *past_events(presses[0])]
    latest = max((entry.record.start.year for entry in entries), default=0)
    first = min(presses[0].catalogue.day.year, latest)
    by_year: dict[int, list[Entry[Event]]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.record.start.first, entry.id)):
        by_year.setdefault(entry.record.start.year, []).append(entry)
    for year, own in by_year.items():
        if year >= first:
            yield Shops((Phrase(str(year)),) * len(presses), _events_of(presses, own))


def _events_of(presses: Presses, entries: Sequence[Entry[Event]]) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(row_of(press, entry) for press in presses) for entry in entries)

"""The figures of the example equal a recount from its YAML, in the page, the chart and the file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ocopgen.pages.drawings.charts import MOST_COUNTED
from tests.copies import TODAY
from tests.reading import Element, Folder
from tests.recount import Recount

STARS = ("5", "4", "3")
FIGURES = ("trips", "businesses", "stalls", "visitors", "revenue_vnd")
PAGES = {"vi": "/so-lieu/", "en": "/en/figures/"}
PRODUCT_TABLES = ("stars", "sectors", "groups", "districts", "years", "quarters")

Rows = dict[str, list[int | None]]


@pytest.fixture(scope="module")
def recount(example: Path) -> Recount:
    """Return what the page should say."""
    return Recount(example / "content", TODAY)


@pytest.fixture(scope="module", params=["vi", "en"])
def address(request: pytest.FixtureRequest) -> str:
    """Return where the page of figures lives, in each language in turn."""
    return PAGES[request.param]


@pytest.fixture(scope="module")
def page(example: Path, address: str) -> Element:
    """Return the page of figures."""
    return Folder(example / "site").page(address)


def _figures(page: Element) -> dict[str, Element]:
    return {each.attributes["id"]: each for each in page.all("figure", "figure")}


def _table(page: Element, id_: str) -> list[list[int | None]]:
    body = _figures(page)[id_].one("table").one("tbody")
    return [[_number(cell.text) for cell in row.all("td")] for row in body.all("tr")]


def _number(text: str) -> int | None:
    return None if text == "–" else int(text.replace(".", "").replace(",", ""))


def _csv(example: Path, address: str, id_: str) -> list[list[str]]:
    content = (example / "site" / f"{address[1:]}{id_}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _of_stars(recount: Recount, ids: set[str]) -> list[int | None]:
    stars = {product.id: str(product.star) for product in recount.products}
    counted = Counter(stars[id_] for id_ in ids)
    return [counted[star] for star in STARS]


def _current(recount: Recount) -> set[str]:
    return {product.id for product in recount.products if product.current}


def test_products_by_star_are_those_of_the_records(page: Element, recount: Recount) -> None:
    sums = [sum(value or 0 for value in row) for row in _table(page, "stars")]

    assert sums == [len(recount.lists("star").get(star, ())) for star in STARS]


def test_lapsed_products_are_counted_apart(page: Element, recount: Recount) -> None:
    lapsed = [product for product in recount.products if not product.current]
    expected = [
        [
            sum(str(each.star) == star and each.status == status for each in lapsed)
            for status in ("expired", "withdrawn")
        ]
        for star in STARS
    ]

    assert _table(page, "lapsed") == expected


@pytest.mark.parametrize(("table", "kind"), [("sectors", "sector"), ("groups", "group")])
def test_products_by_kind_are_those_of_the_records(
    page: Element, recount: Recount, table: str, kind: str
) -> None:
    expected = sorted(_of_stars(recount, ids) for ids in recount.lists(kind).values())

    assert sorted(row for row in _table(page, table) if any(row)) == expected


def test_products_by_former_district_are_those_of_the_records(
    page: Element, recount: Recount
) -> None:
    lists = recount.lists("district")
    rest = _current(recount) - set().union(*lists.values())
    expected = [_of_stars(recount, ids) for ids in lists.values()]
    expected += [_of_stars(recount, rest)] if rest else []

    assert sorted(_table(page, "districts")) == sorted(expected)


def test_products_by_year_are_those_of_the_records(page: Element, recount: Recount) -> None:
    years: dict[str, set[str]] = {}
    for id_ in _current(recount):
        years.setdefault(recount.certified(id_).issued, set()).add(id_)
    unknown = years.pop("", set())
    span = range(int(min(years)), int(max(years)) + 1)
    expected = [_of_stars(recount, years.get(str(year), set())) for year in span]

    assert _table(page, "years") == [*expected, _of_stars(recount, unknown)]


def test_products_by_the_quarter_in_which_they_lapse_are_those_of_the_records(
    page: Element, recount: Recount
) -> None:
    quarters: dict[tuple[int, int], set[str]] = {}
    some: dict[int, set[str]] = {}
    undated = set[str]()
    for id_ in _current(recount):
        certified = recount.certified(id_)
        if certified.ends:
            quarters.setdefault(_quarter(certified.ends), set()).add(id_)
        elif certified.year:
            some.setdefault(certified.year, set()).add(id_)
        else:
            undated.add(id_)
    expected = [_of_stars(recount, quarters.get(each, set())) for each in _next_twelve(TODAY)]

    assert set(quarters) <= set(_next_twelve(TODAY))
    assert _table(page, "quarters") == [
        *expected,
        *(_of_stars(recount, ids) for _, ids in sorted(some.items())),
        _of_stars(recount, undated),
    ]


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _next_twelve(day: date) -> Iterator[tuple[int, int]]:
    year, quarter = _quarter(day)
    for _ in range(12):
        yield year, quarter
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)


def test_producers_by_kind_are_those_of_the_records(page: Element, recount: Recount) -> None:
    products = recount.lists("producer")
    expected = sorted(
        [len(makers), sum(len(products[maker]) for maker in makers)]
        for makers in recount.makers().values()
    )

    assert sorted(_table(page, "producers")) == expected


def test_events_by_year_are_those_of_the_records(page: Element, recount: Recount) -> None:
    years = recount.events()
    expected = [
        [len(events), len(_over(events)), *(_sum(_over(events), name) for name in FIGURES)]
        for year in range(int(min(years)), int(max(years)) + 1)
        for events in [years.get(str(year), [])]
    ]

    assert _table(page, "events") == expected


def test_totals_say_of_how_many_events_they_are_known(page: Element, recount: Recount) -> None:
    events = _over([each for year in recount.events().values() for each in year])
    totals = [cell.text for cell in _figures(page)["events"].one("tfoot").all("td")][2:]
    for name, total in zip(FIGURES, totals, strict=True):
        told = sum(name in each.get("figures", {}) for each in events)
        numbers = [int(re.sub(r"[.,]", "", each)) for each in re.findall(r"\d[\d.,]*", total)]

        assert numbers == [_sum(events, name), told, len(events)]


def _over(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["over"]]


def _sum(events: list[dict[str, Any]], name: str) -> int | None:
    told = [each["figures"][name] for each in events if name in each.get("figures", {})]
    return sum(int(each.replace(".", "")) for each in told) if told else None


def test_every_chart_of_products_sums_to_the_same(page: Element, recount: Recount) -> None:
    sums = {
        table: sum(value or 0 for row in _table(page, table) for value in row)
        for table in PRODUCT_TABLES
    }

    assert sums == dict.fromkeys(PRODUCT_TABLES, len(_current(recount)))


def test_each_file_holds_what_its_table_shows(example: Path, page: Element, address: str) -> None:
    for id_, figure in _figures(page).items():
        head, *rows = _csv(example, address, id_)
        table = figure.one("table")
        names = [row.one("th").text for row in table.one("tbody").all("tr")]

        assert head == [cell.text for cell in table.one("thead").all("th")]
        assert [row[0] for row in rows] == names
        assert [[int(cell) if cell else None for cell in row[1:]] for row in rows] == _table(
            page, id_
        )


def test_each_chart_draws_what_its_file_holds(example: Path, page: Element, address: str) -> None:
    for id_, figure in _figures(page).items():
        _, *rows = _csv(example, address, id_)
        drawn = [int(cell or 0) for row in rows for cell in row[1:2]]
        if id_ not in {"producers", "events"}:
            drawn = [sum(int(cell or 0) for cell in row[1:]) for row in rows]
        shown = [
            int(re.sub(r"[.,]", "", text.text))
            for text in figure.all("text")
            if text.attributes.get("class") == ("fig" if id_ != "events" else None)
        ]
        counted = [
            len(list(svg.all("rect"))) for bars in figure.all(of="bars") for svg in bars.all("svg")
        ]
        if id_ == "quarters":
            # What is none has no figure above it.
            drawn = [number for number in drawn if number]
            counted = [len(list(figure.one(of="columns").all("rect")))]
        elif max(drawn) > MOST_COUNTED:
            # Where there are too many to be counted, each part of a bar is one.
            drawn_parts = [sum(cell not in {"", "0"} for cell in row[1:]) for row in rows]
            assert counted == drawn_parts, id_
            counted = drawn

        assert shown == drawn, id_
        assert id_ == "events" or counted == ([sum(drawn)] if id_ == "quarters" else drawn)


def test_each_chart_is_told_in_words(page: Element) -> None:
    for id_, figure in _figures(page).items():
        told = [each for each in figure.all() if each.attributes.get("role") == "img"]

        assert len(told) == 1, id_
        assert len(told[0].attributes["aria-label"]) > 20

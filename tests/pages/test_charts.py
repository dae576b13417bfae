"""Charts draw what they are given; certificates fall into the quarter in which they end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from ocopgen.content.lifecycle import Standing, Status
from ocopgen.content.readers import record_reader
from ocopgen.content.records import Certification
from ocopgen.pages.drawings import charts
from ocopgen.pages.drawings.columns import Column, columns
from ocopgen.pages.drawings.labels import letters_width
from ocopgen.pages.messages import Messages
from ocopgen.pages.views import Desk, File, Press
from ocopgen.pages.views.figures import csv_files, figures_page
from ocopgen.pages.views.tables import Table, tables

SOURCE = {"url": "https://bao.example/", "title": "Báo", "accessed": "2026-11-01"}


def _certified(**written: object) -> Certification:
    told = {"star": "4", "sources": [SOURCE], **written}
    read: Certification = record_reader(Certification, ("vi",))(told)
    return read


def _standing(status: Status, first: date | None, last: date | None, **written: object) -> Standing:
    return Standing(status, _certified(**written), 0, None, first, last)


def _press(desks: list[Desk], standing: Standing, day: date) -> Press:
    """Return the village with nothing but one product, which stands as *standing*."""
    desk = desks[0]
    catalogue = desk.edition.catalogue
    id_ = "banh-la-vi-du"
    alone = replace(
        catalogue,
        day=day,
        products={id_: catalogue.products[id_]},
        standings={id_: standing},
    )
    return Press(replace(desk, edition=replace(desk.edition, catalogue=alone)))


def _quarters(press: Press) -> Table:
    return next(table for table in tables(press) if table.id == "quarters")


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (_standing(Status.VALID, date(2026, 12, 31), date(2026, 12, 31)), "Quý IV/2026"),
        (_standing(Status.VALID, date(2027, 1, 1), date(2027, 1, 1)), "Quý I/2027"),
        (_standing(Status.RENEWAL, date(2026, 11, 23), date(2026, 11, 23)), "Quý IV/2026"),
        (_standing(Status.VALID, date(2029, 9, 30), date(2029, 9, 30)), "Quý III/2029"),
        (_standing(Status.VALID, date(2029, 10, 1), date(2029, 10, 1)), "Muộn hơn"),
        (
            _standing(Status.VALID, date(2028, 1, 1), date(2028, 12, 31)),
            "Năm 2028, chưa rõ quý",
        ),
        (
            _standing(Status.RENEWAL, date(2026, 1, 1), date(2026, 12, 31)),
            "Năm 2026, chưa rõ quý",
        ),
        (_standing(Status.UNDATED, None, None), "Chưa rõ ngày công nhận"),
        (
            _standing(
                Status.EXTENDED,
                date(2026, 8, 1),
                date(2026, 8, 1),
                issued="2023-08-01",
                extended_until="2027-01-28",
            ),
            "Quý I/2027",
        ),
        (
            # Not yet extended on the day, but the extension is granted already.
            _standing(
                Status.RENEWAL,
                date(2026, 12, 10),
                date(2026, 12, 10),
                issued="2023-12-10",
                extended_until="2027-06-08",
            ),
            "Quý II/2027",
        ),
        (
            _standing(
                Status.RENEWAL,
                date(2026, 1, 1),
                date(2026, 12, 31),
                issued="2023",
                extended_until="2027-03-31",
            ),
            "Quý I/2027",
        ),
    ],
)
def test_a_certificate_falls_into_the_quarter_in_which_it_ends(
    desks: list[Desk], standing: Standing, expected: str
) -> None:
    table = _quarters(_press(desks, standing, date(2026, 11, 23)))

    assert [line.name for line in table.lines if any(line.values)] == [expected]
    assert sum(table.totals) == 1


def test_the_twelve_quarters_begin_with_that_of_the_day(desks: list[Desk]) -> None:
    standing = _standing(Status.UNDATED, None, None)
    names = [line.name for line in _quarters(_press(desks, standing, date(2027, 1, 1))).lines]

    assert names[:12:11] == ["Quý I/2027", "Quý IV/2029"]
    assert len(names) == 13


def test_what_is_planned_is_no_result(desks: list[Desk]) -> None:
    """The fair of December is still to come: it counts as an event, and its figures do not."""
    press = Press(desks[0])
    table = next(table for table in tables(press) if table.id == "events")
    coming, past = table.lines[-1], table.lines[-2]
    visitors = table.columns.index(press.t("event.figure.visitors"))

    assert (coming.name, *coming.values) == ("2026", 1, 0, None, None, None, None, None)
    assert (past.name, past.values[visitors]) == ("2025", 2300)
    assert table.known[visitors] == (1, 2)
    assert table.totals[visitors] == 2300


def test_a_catalogue_of_one_day_later_counts_the_fair_once_it_is_over(desks: list[Desk]) -> None:
    held = Press(desks[0]).catalogue.events["hoi-lang"].record
    assert held.end
    assert held.end.day
    for days, visitors in ((0, None), (1, 1500)):
        day = held.end.day + timedelta(days=days)
        standing = _standing(Status.UNDATED, None, None)
        table = next(t for t in tables(_press(desks, standing, day)) if t.id == "events")

        assert table.lines[-1].values[5] == visitors


def test_of_few_products_each_is_a_piece_that_can_be_counted() -> None:
    long, short, empty = charts.bars([(8, 0, 12), (10, 0, 0), (0, 0, 0)])

    assert [each.column for each in long.segments] == [0] * 8 + [2] * 12
    assert [each.at for each in long.segments[:3]] == [0, 4.3, 8.6]
    assert all(each.wide < 4.3 for each in long.segments)
    assert (long.end, short.end, empty.end) == (86, 43, 0)
    assert empty.segments == ()


def test_a_piece_never_grows_to_a_bar() -> None:
    alone, few = (charts.bars([(number,)])[0] for number in (1, 3))

    assert alone.segments[0] == few.segments[0]


def test_of_many_products_the_pieces_run_together_and_follow_each_other() -> None:
    long, short = charts.bars([(100, 0, 300), (200, 0, 0)])

    assert [(each.at, each.wide, each.column) for each in long.segments] == [
        (0, 21.5, 0),
        (21.5, 64.5, 2),
    ]
    assert [(each.at, each.wide) for each in short.segments] == [(0, 43)]


def test_columns_stand_on_one_ground_and_are_as_tall_as_their_numbers() -> None:
    drawn = columns([Column((0, 9000, 9000), "18.000", "I", "2027"), Column((9000,), "", "II", "")])

    low, high, half = drawn.pieces
    assert (low.column, high.column) == (1, 2)
    assert low.height == high.height == half.height
    assert high.y + high.height == pytest.approx(low.y, abs=0.2)
    assert low.y == half.y


def test_words_below_columns_never_meet() -> None:
    long = [Column((1,), "1", "", f"nghiêng nghiêng {place}") for place in range(12)]
    drawn = columns(long)
    first = [words for words in drawn.words if words.text == "nghiêng"]
    room = letters_width("nghiêng", 17)

    assert len(first) > len(long)
    for left, right in pairwise(sorted({words.x for words in first})):
        assert right - left >= room
    assert drawn.width > 960


def test_of_nothing_nothing_is_drawn() -> None:
    assert charts.bars([]) == ()
    assert charts.line([]) is None
    assert columns([]).pieces == ()
    assert charts.line([("2024", 3)]) is None


def test_a_line_keeps_to_the_values() -> None:
    drawn = charts.line([("2023", 0), ("2024", 4), ("2025", 2)])

    assert drawn
    low, high, half = (dot.y for dot in drawn.dots)
    assert low == drawn.base
    assert half == pytest.approx((low + high) / 2, abs=0.1)


def test_a_catalogue_without_products_has_figures_too(desks: list[Desk]) -> None:
    desk = desks[0]
    catalogue = desk.edition.catalogue
    bare = replace(catalogue, products={}, standings={}, events={}, outlets={})
    page = figures_page(Press(replace(desk, edition=replace(desk.edition, catalogue=bare))))

    assert page.charts
    assert {chart.line for chart in page.charts} == {None}


def test_no_file_lets_a_spreadsheet_run_what_it_holds(desks: list[Desk]) -> None:
    desk = desks[0]
    words = {**desk.t.entries, "figures.stars.rows": '=HYPERLINK("x")'}
    sly = Messages(words, desk.t.locale)
    (file,) = [each for each in csv_files(Press(replace(desk, t=sly))) if "stars.csv" in each.path]

    assert isinstance(file, File)
    assert file.content.decode("utf-8-sig").startswith('"\'=HYPERLINK(""x"")"')


def test_a_chart_names_its_highest_bars_unless_there_are_many(desks: list[Desk]) -> None:
    page = figures_page(Press(desks[0]))
    told = {chart.id: chart.told for chart in page.charts}

    assert told["stars"] == "Biểu đồ Mấy sao: tổng 7, nhiều nhất là 3 sao với 3."
    assert (
        told["events"] == "Biểu đồ Sự kiện theo năm: tổng 3, nhiều nhất là 2024, 2025, 2026 với 1."
    )

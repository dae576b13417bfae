"""Charts draw what they are given; certificates fall into the quarter in which they end."""

from dataclasses import replace
from datetime import date

import pytest

from ocopgen.content.lifecycle import Standing, Status
from ocopgen.content.records import Certification
from ocopgen.pages.drawings import charts
from ocopgen.pages.views import Desk, File, Press
from ocopgen.pages.views.figures import csv_files, figures_page
from ocopgen.pages.views.tables import Table, tables

SOURCE = {"url": "https://bao.example/", "title": "Báo", "accessed": "2026-11-01"}


def _certified(**written: object) -> Certification:
    told = {"star": "4", "sources": [SOURCE], **written}
    return Certification.model_validate(told, context={"languages": ("vi",)})


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
        (_standing(Status.VALID, date(2026, 12, 31), date(2026, 12, 31)), "Quý 4/2026"),
        (_standing(Status.VALID, date(2027, 1, 1), date(2027, 1, 1)), "Quý 1/2027"),
        (_standing(Status.RENEWAL, date(2026, 11, 23), date(2026, 11, 23)), "Quý 4/2026"),
        (_standing(Status.VALID, date(2029, 9, 30), date(2029, 9, 30)), "Quý 3/2029"),
        (_standing(Status.VALID, date(2029, 10, 1), date(2029, 10, 1)), "Muộn hơn"),
        (
            _standing(Status.VALID, date(2028, 1, 1), date(2028, 12, 31)),
            "Chỉ biết năm, chưa rõ quý",
        ),
        (
            _standing(Status.RENEWAL, date(2026, 1, 1), date(2026, 12, 31)),
            "Chỉ biết năm, chưa rõ quý",
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
            "Quý 1/2027",
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

    assert names[:12:11] == ["Quý 1/2027", "Quý 4/2029"]
    assert len(names) == 13


def test_the_longest_bar_takes_all_the_room_and_its_parts_follow_each_other() -> None:
    long, short, empty = charts.bars([(1, 0, 3), (2, 0, 0), (0, 0, 0)])

    assert [(each.at, each.wide, each.column) for each in long] == [(0, 25, 0), (25, 75, 2)]
    assert [(each.at, each.wide) for each in short] == [(0, 50)]
    assert empty == ()


def test_of_nothing_nothing_is_drawn() -> None:
    assert charts.bars([]) == ()
    assert charts.line([]) is None
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
    sly = replace(desk.t, entries={**desk.t.entries, "figures.stars.rows": '=HYPERLINK("x")'})
    (file,) = [each for each in csv_files(Press(replace(desk, t=sly))) if "stars.csv" in each.path]

    assert isinstance(file, File)
    assert file.content.decode("utf-8-sig").startswith('"\'=HYPERLINK(""x"")"')

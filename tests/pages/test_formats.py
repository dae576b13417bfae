"""Dates, numbers, prices and telephone numbers, as each language writes them."""

from datetime import date

import pytest

from ocopgen.content.fields import DayOrYear
from ocopgen.pages.formats import Formats
from ocopgen.pages.messages import Messages

DAY = date(2028, 8, 5)


@pytest.fixture
def both(messages: dict[str, Messages]) -> tuple[Formats, Formats]:
    """Return the formats of both languages."""
    first, second = (Formats(each) for each in messages.values())
    return first, second


def test_dates_are_written_as_the_language_does(both: tuple[Formats, Formats]) -> None:
    assert [each.day(DAY) for each in both] == ["05/08/2028", "5 August 2028"]
    assert [each.month(DAY) for each in both] == ["08/2028", "August 2028"]


def test_a_date_says_how_exactly_it_is_known(both: tuple[Formats, Formats]) -> None:
    assert [each.on(DayOrYear(2028)) for each in both] == ["năm 2028", "in 2028"]
    assert [each.on(DayOrYear(2028, DAY)) for each in both] == [
        "ngày 05/08/2028",
        "on 5 August 2028",
    ]


def test_figures_are_grouped_as_the_language_does(both: tuple[Formats, Formats]) -> None:
    assert [each.number(1234567) for each in both] == ["1.234.567", "1,234,567"]
    assert [each.price(45000, 45000).replace("\xa0", " ") for each in both] == [
        "45.000 ₫",
        "₫45,000",
    ]
    assert both[0].price(45000, 60000).count("₫") == 2


@pytest.mark.parametrize(
    ("months", "first", "second"),
    [
        ((5,), "tháng 5", "May"),
        ((5, 6), "tháng 5, tháng 6", "May, June"),
        ((11, 12, 1, 2), "từ tháng 11 đến tháng 2", "November to February"),
        ((3, 5, 7), "tháng 3, tháng 5, tháng 7", "March, May, July"),
    ],
)
def test_a_season_is_a_run_of_months(
    both: tuple[Formats, Formats], months: tuple[int, ...], first: str, second: str
) -> None:
    assert [each.months(months) for each in both] == [first, second]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+84912345678", "0912 345 678"),
        ("+842513822123", "0251 382 2123"),
        ("+842838221234", "028 3822 1234"),
        ("+8419001234", "1900 1234"),
        ("+84180012345", "1800 12345"),
        ("+33123456789", "+33123456789"),
    ],
)
def test_a_telephone_number_is_written_as_people_dial_it(
    both: tuple[Formats, Formats], kept: str, shown: str
) -> None:
    assert both[0].phone(kept) == shown

"""Write dates, numbers and prices as a language writes them.

Babel takes 7 ms to import, and 12 to read what it knows of a language: an edition of which no page
is looked at does without.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from ocopgen.content.fields import DayOrYear
from ocopgen.pages.messages import Messages

_CURRENCY = "VND"
_COUNTRY, _TRUNK = "+84", "0"
_SERVICES = ("1800", "1900")
"""Numbers of these are dialled as they are, without the trunk digit."""
_LANDLINE, _CITIES = "02", ("024", "028")
"""Landlines; their area codes have four digits, those of the two largest cities three."""
_SOME_YEAR = 2000
_MONTHS = 12
_MILLION = 1_000_000
_DIGITS = 4
"""Of a sum that are written where it is told in millions or billions."""


class Formats(Struct, frozen=True):
    """How one language writes what is not words."""

    t: Messages

    def day(self, day: date) -> str:
        """Return *day* in figures, or as the language likes it: "05/08/2028"."""
        return _date(day, self.t("format.day"), self.t.locale)

    def month(self, day: date) -> str:
        """Return the month of *day*: "08/2028"."""
        return _date(day, self.t("format.month"), self.t.locale)

    def on(self, when: DayOrYear) -> str:
        """Return *when* with the words that say how exactly it is known: "năm 2025"."""
        if when.day is None:
            return self.t("format.in_year", year=when.year)
        return self.t("format.on_day", day=self.day(when.day))

    def number(self, number: int) -> str:
        """Return *number* with its thousands set apart."""
        return _number(number, self.t.locale)

    def sum(self, amount: int) -> str:
        """Return *amount* đồng in words where they say it exactly: "1,6 tỷ đồng"."""
        number = _short(amount, self.t.locale)
        return self.t("format.dong", number=number) if number else self.price(amount, amount)

    def megabytes(self, size: int) -> str:
        """Return *size* bytes in megabytes, with one decimal: "5,9 MB"."""
        from babel.numbers import format_decimal

        return f"{format_decimal(size / 1e6, format='#,##0.0', locale=self.t.locale)} MB"

    def distance(self, kilometres: float) -> str:
        """Return about how many *kilometres* away something is."""
        return self.t("format.distance", number=self.number(round(kilometres)))

    def span(self, start: DayOrYear, end: DayOrYear | None) -> str:
        """Return the time from *start* to *end*, as exactly as both are known."""
        if end is None or (end.first, end.last) == (start.first, start.last):
            return self.day(start.day) if start.day else self.t("format.year", year=start.year)
        ends = (self.day(each.day) if each.day else str(each.year) for each in (start, end))
        return self.t("format.span", first=next(ends), last=next(ends))

    def price(self, least: int, most: int) -> str:
        """Return the price from *least* to *most* đồng."""
        first = _money(least, self.t.locale)
        return first if least == most else f"{first} – {_money(most, self.t.locale)}"

    def months(self, months: Sequence[int]) -> str:
        """Return *months*: as a run where they follow each other, else one by one."""
        names = [_month(month, self.t.locale) for month in months]
        run = all(b == a % _MONTHS + 1 for a, b in pairwise(months))
        if len(names) > 2 and run:  # noqa: PLR2004 - two months are named, more are a run
            return self.t("format.months", first=names[0], last=names[-1])
        return ", ".join(names)

    def phone(self, number: str) -> str:
        """Return the telephone *number* in the national form, in groups."""
        if not number.startswith(_COUNTRY):
            return number
        digits = number.removeprefix(_COUNTRY)
        if digits.startswith(_SERVICES):
            return f"{digits[:4]} {digits[4:]}"
        national = _TRUNK + digits
        if national.startswith(_LANDLINE):
            area = 3 if national.startswith(_CITIES) else 4
            return f"{national[:area]} {national[area:-4]} {national[-4:]}"
        return f"{national[:-6]} {national[-6:-3]} {national[-3:]}"


@lru_cache(maxsize=16384)
def _date(day: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, pattern, locale=locale))


@lru_cache(maxsize=16384)
def _number(number: int, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale))


@lru_cache(maxsize=16384)
def _short(number: int, locale: str) -> str:
    """Return *number* in millions or billions; empty where that would round it."""
    exact = number % 10 ** max(len(str(number)) - _DIGITS, 0) == 0
    if number < _MILLION or not exact:
        return ""
    from babel.numbers import format_compact_decimal

    return str(format_compact_decimal(number, format_type="long", fraction_digits=3, locale=locale))


@lru_cache(maxsize=16384)
def _money(amount: int, locale: str) -> str:
    from babel.numbers import format_currency

    return str(format_currency(amount, _CURRENCY, locale=locale))


@lru_cache(maxsize=64)
def _month(month: int, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(date(_SOME_YEAR, month, 1), "MMMM", locale=locale))

"""The field types of records: each reads written text, and knows how to complain."""

import re
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Annotated

from msgspec import Struct

from ocopgen.base.text import is_device, is_id, slug
from ocopgen.content.complaint import fault
from ocopgen.content.limits import LONGEST_TEXT, not_too_long
from ocopgen.content.links import read_email, read_url
from ocopgen.content.readers import Check, Languages, Precheck, Read, Reader, WordsReader
from ocopgen.content.words import Words, unchanging

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOCAL_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15}"
_DONG = re.compile(rf"({_WHOLE})(?:\s?(?:đ|₫|đồng|VND|VNĐ))?", re.IGNORECASE)
_COUNT = re.compile(_WHOLE)
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_MONTH = re.compile(r"[0-9]{1,2}")
_MONTH_RANGE = re.compile(r"([0-9]{1,2})\s*[-–]\s*([0-9]{1,2})")
_YEARS = range(1900, 2100)
_FILE_NAME = re.compile(r"[^/\\]+")
_MONTHS = 12


def _written(value: object) -> str:
    if not isinstance(value, str):
        raise fault("field.text")
    return value


def text_reader(read: Callable[[str], object]) -> Reader:
    """Return the mark of a type that *read* understands, which must be written as text."""
    return Reader(lambda value: read(_written(value)))


def _line(written: str) -> str:
    if "\n" in written:
        raise fault("text.lines")
    if not written:
        raise fault("text.empty")
    return not_too_long(written)


def _reference(written: str) -> str:
    if not is_id(written):
        raise fault("id.spelling", written=written, meant=slug(written))
    if is_device(written):
        raise fault("id.device", written=written)
    return written


def _star(written: str) -> int:
    if written not in {"3", "4", "5"}:
        raise fault("star.range", written=written)
    return int(written)


def _day(written: str) -> date:
    if found := _ISO_DAY.fullmatch(written):
        year, month, day = map(int, found.groups())
    elif found := _LOCAL_DAY.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        raise fault("day.spelling", written=written)
    if year not in _YEARS:
        raise fault("day.years", written=written)
    try:
        return date(year, month, day)
    except ValueError:
        raise fault("day.calendar", written=written) from None


class DayOrYear(Struct, frozen=True, gc=False):
    """A date as exactly as its source tells it."""

    year: int
    day: date | None = None
    """Absent when only the year is known."""

    @property
    def first(self) -> date:
        """Return the first day that it may mean."""
        return self.day or date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Return the last day that it may mean."""
        return self.day or date(self.year, 12, 31)


def day_or_year(written: str) -> DayOrYear:
    """Return the day or the year that is *written*; raises the complaint that it is neither."""
    if _YEAR.fullmatch(written):
        return DayOrYear(int(written))
    day = _day(written)
    return DayOrYear(day.year, day)


def _year(written: str) -> int:
    if not _YEAR.fullmatch(written):
        raise fault("year.spelling", written=written)
    return int(written)


def _dong(written: str) -> int:
    found = _DONG.fullmatch(written)
    if not found:
        raise fault("price.spelling", written=written)
    amount = int(found[1].replace(".", ""))
    if amount <= 0:
        raise fault("price.zero", written=written)
    return amount


def _count(written: str) -> int:
    if not _COUNT.fullmatch(written):
        raise fault("count.spelling", written=written)
    return int(written.replace(".", ""))


def between(least: int, most: int) -> Check:
    """Return a check that a number lies between *least* and *most*."""

    def look(number: int) -> None:
        if not least <= number <= most:
            raise fault("number.range", written=number, least=least, most=most)

    return Check(look)


def _degrees(written: str) -> float:
    if not _DEGREES.fullmatch(written):
        raise fault("degrees.spelling", written=written)
    return float(written)


def _phone(written: str) -> str:
    """Return a telephone number in E.164; numbers without a country are Vietnamese."""
    digits = re.sub(r"[\s.()-]", "", written)
    if re.fullmatch(r"\+[0-9]{8,15}", digits):
        return digits
    if re.fullmatch(r"0[0-9]{9,10}|1[89]00[0-9]{4,6}", digits):
        return "+84" + digits.removeprefix("0")
    if re.fullmatch(r"[1-9][0-9]{8,9}", digits):
        raise fault("phone.zero", written=written)
    raise fault("phone.spelling", written=written)


def _gtin(written: str) -> str:
    digits = re.sub(r"[\s-]", "", written)
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        raise fault("gtin.spelling", written=written)
    # GS1 General Specifications, 7.9: weights 3 and 1 from the right, before the check digit.
    total = sum(int(d) * (3, 1)[place % 2] for place, d in enumerate(reversed(digits[:-1])))
    check = -total % 10
    if check != int(digits[-1]):
        raise fault("gtin.check", written=written, check=check)
    return digits


def _file_name(written: str) -> str:
    if not _FILE_NAME.fullmatch(written) or written in {".", ".."}:
        raise fault("photo.path", written=written)
    return written


def _months(value: object) -> tuple[int, ...]:
    """Return months in the order of the season: [5, 6], "5, 6" or, over the new year, "11-2"."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list):
        raise fault("months.spelling", written="")
    months: list[int] = []
    for part in ",".join(_written(each) for each in parts).split(","):
        months.extend(_run_of_months(part.strip()))
    if len(set(months)) != len(months):
        raise fault("months.twice")
    return tuple(months)


def _run_of_months(written: str) -> list[int]:
    found = _MONTH_RANGE.fullmatch(written)
    ends = found.groups() if found else (written, written)
    if not all(_MONTH.fullmatch(end) and 1 <= int(end) <= _MONTHS for end in ends):
        raise fault("months.spelling", written=written)
    first, last = (int(end) for end in ends)
    return [(first - 1 + step) % _MONTHS + 1 for step in range((last - first) % _MONTHS + 1)]


def _words(languages: Languages) -> Read:
    first, known = languages[0] if languages else "", ", ".join(languages)

    def read(value: object) -> Words:
        if not isinstance(value, dict):
            raise fault("words.pair", first=first)
        words: dict[str, str] = {}
        for code, text in value.items():
            if languages and code not in languages:
                raise fault("words.language", at=code, language=code, known=known)
            if not isinstance(text, str):
                raise fault("field.text", at=code)
            words[code] = plain = " ".join(text.split())
            if not plain:
                raise fault("text.empty", at=code)
            if len(text) > LONGEST_TEXT:
                raise fault("text.long", at=code, size=len(text), most=LONGEST_TEXT)
        if first and first not in words:
            raise fault("words.first", first=first)
        return unchanging(words)

    return read


def length(least: int, most: int) -> Precheck:
    """Return a check that each text of some words has *least* to *most* characters."""

    def look(value: object) -> None:
        for code, text in value.items() if isinstance(value, dict) else ():
            size = len(" ".join(text.split())) if isinstance(text, str) else least
            if not least <= size <= most:
                raise fault("text.length", at=code, size=size, least=least, most=most)

    return Precheck(look)


def _something(values: tuple[object, ...]) -> None:
    if not values:
        raise fault("field.empty")


class Selected(Struct, frozen=True):
    """Which products something is about."""

    ids: tuple[str, ...] = ()
    everything: bool = False


def _selection(value: object) -> Selected:
    if value == "all":
        return Selected(everything=True)
    if not isinstance(value, list):
        raise fault("selection.spelling")
    return Selected(tuple(_reference(_written(each)) for each in value))


def _flag(written: str) -> bool:
    if written not in {"true", "false"}:
        raise fault("flag.spelling", written=written)
    return written == "true"


Line = Annotated[str, text_reader(_line)]
Reference = Annotated[str, text_reader(_reference)]
Star = Annotated[int, text_reader(_star)]
Day = Annotated[date, text_reader(_day)]
When = Annotated[DayOrYear, text_reader(day_or_year)]
Year = Annotated[int, text_reader(_year)]
Dong = Annotated[int, text_reader(_dong)]
Count = Annotated[int, text_reader(_count)]
Degrees = Annotated[float, text_reader(_degrees)]
Phone = Annotated[str, text_reader(_phone)]
Gtin = Annotated[str, text_reader(_gtin)]
SafeUrl = Annotated[str, text_reader(lambda written: read_url(written, ("https",)))]
AnyUrl = Annotated[str, text_reader(lambda written: read_url(written, ("https", "http")))]
Email = Annotated[str, text_reader(read_email)]
FileName = Annotated[str, text_reader(_file_name)]
Months = Annotated[tuple[int, ...], Reader(_months)]
Text = Annotated[MappingProxyType[str, str], WordsReader(_words)]
Flag = Annotated[bool, text_reader(_flag)]
Selection = Annotated[Selected, Reader(_selection)]
NOT_EMPTY = Check(_something)
"""A list that must have an item."""

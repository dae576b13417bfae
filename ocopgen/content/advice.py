"""Look for what no rule forbids and an editor would want to know."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import combining

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc, spelt, written_day
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.entries import Content, Entry, Text
from ocopgen.content.fence import split_front_matter
from ocopgen.content.lifecycle import Status, add_months, last_day, version_on
from ocopgen.content.personal import personal, without_addresses
from ocopgen.content.province import Claims
from ocopgen.content.record import Record
from ocopgen.content.records import Product
from ocopgen.content.source import decode_text
from ocopgen.content.tree import Key, Tree

R = TypeVar("R", bound=Record)

NO_PROVINCE, NO_ADDRESS = "Tên tỉnh", "https://dia-chi-trang.example/"
"""What a new catalogue's site is told to be until somebody knows better."""

_SOON_MONTHS = 6
_LONGEST_PATH = 240
"""Windows opens paths of 260 characters, and the catalogue lies in some folder of its own."""
_PERSONAL = {"prose.phone", "prose.identity", "prose.email"}
_OF_NOBODY = {"prose.identity"}
"""What no page may tell either; the office that keeps the site has a telephone and an address."""
_SAID = ("name", "summary", "pack", "storage", "shelf_life")
"""What a product says of itself."""
_LEAST_DONG = 1000
"""No product costs less; whoever writes 45 means thousands."""


def advise(root: Path, content: Content, catalogue: Catalogue, problems: Problems) -> None:
    """Put into *problems* what to look at in *content*, which lies in *root* and is *catalogue*."""
    _begun(content, problems)
    for entry in catalogue.products.values():
        _certificate(entry, catalogue, problems)
        price = entry.record.price
        if price and price.min < _LEAST_DONG:
            problems.warn(entry.spot("price", "min"), "price.low", written=price.min)
        if not entry.record.photos:
            problems.hint(entry.spot(), "photo.none")
    _twins("product.twin", content.products.values(), lambda record: record.producer, problems)
    _twins("producer.twin", content.producers.values(), lambda _: "", problems)
    _texts(root, content, catalogue, problems)
    for path in _long_paths(root):
        problems.warn(Spot(path), "path.long", length=len(path), most=_LONGEST_PATH)


def _begun(content: Content, problems: Problems) -> None:
    """Tell what is still to be written of a catalogue that was only begun."""
    site = content.site.record
    if NO_PROVINCE in site.province.values():
        problems.hint(content.site.spot("province"), "site.begun", field="province")
    if site.base_url == NO_ADDRESS:
        problems.hint(content.site.spot("base_url"), "site.begun", field="base_url")
    if not content.areas.record.communes:
        problems.hint(content.areas.spot("communes"), "site.placeless")


def _twins(
    code: str, entries: Iterable[Entry[R]], of: Callable[[R], str], problems: Problems
) -> None:
    """Tell by *code* of *entries* that are called as another one *of* the same."""
    first: dict[tuple[str, str], str] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        record: Any = entry.record
        name = next(iter(record.name.values()))
        other = first.setdefault((spelt(name), of(entry.record)), entry.id)
        if other != entry.id:
            problems.hint(entry.spot("name"), code, other=other)


def _certificate(entry: Entry[Product], catalogue: Catalogue, problems: Problems) -> None:
    """Tell that a certificate ends soon, and when its re-evaluation is to be asked for."""
    standing, day = catalogue.standings[entry.id], catalogue.day
    ends = last_day(standing)
    if ends is None or standing.status is Status.WITHDRAWN:
        return
    spot, end = entry.spot("certifications", standing.place), ends[0]
    if standing.status is Status.EXPIRED:
        told = written_day(ends[1]) if end == ends[1] else str(ends[1].year)
        problems.hint(spot, "certification.lapsed", end=told)
        return
    if end != ends[1]:
        if end <= add_months(day, _SOON_MONTHS):
            problems.warn(spot, "certification.lapses_year", year=end.year)
        return
    window = version_on(catalogue.programme, day).reevaluation
    opens, shuts = (
        (end - timedelta(window.earliest_days), end - timedelta(window.latest_days))
        if window
        else (end, end)
    )
    if opens <= day < shuts:
        problems.warn(spot, "certification.window", end=written_day(end), last=written_day(shuts))
    elif end <= add_months(day, _SOON_MONTHS):
        problems.warn(spot, "certification.lapses", end=written_day(end))


def _long_paths(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root / "content"):
        inside = Path(folder).relative_to(root).as_posix()
        yield from (path for name in names if len(path := f"{inside}/{name}") > _LONGEST_PATH)


# --- What texts say ---------------------------------------------------------


def _texts(root: Path, content: Content, catalogue: Catalogue, problems: Problems) -> None:
    """Look through all stories and pages, what products say, and the names of producers."""
    claims = content.claims.record if content.claims else None
    for (id_, language), text in sorted(content.stories.items()):
        words = _forbidden(claims, id_, language, catalogue)
        _text(root, text, _PERSONAL, words, problems)
    for text in content.pages.values():
        _text(root, text, _OF_NOBODY, None, problems)
    for entry in catalogue.products.values():
        for field in _SAID:
            for language, said in (getattr(entry.record, field) or {}).items():
                words = None
                if field == "summary":
                    words = _forbidden(claims, entry.id, language, catalogue)
                _line(said, (entry.tree, (field, language)), _PERSONAL, words, problems)
        for place, shop in enumerate(entry.record.buy):
            _line(shop.shop, (entry.tree, ("buy", place, "shop")), _PERSONAL, None, problems)
    for maker in catalogue.producers.values():
        for language, name in maker.record.name.items():
            _line(name, (maker.tree, ("name", language)), _PERSONAL, None, problems)


def _forbidden(
    claims: Claims | None, id_: str, language: str, catalogue: Catalogue
) -> re.Pattern[str] | None:
    """Return what the text in *language* about the product *id_* may not say."""
    entry = catalogue.products.get(id_)
    words = claims.words.get(language) if claims and entry else None
    kind = catalogue.kinds.get(entry.record.set) if entry else None
    if not claims or not words or not kind or kind.sector.id not in claims.sectors:
        return None
    allowed = claims.allowed.get(language, ())
    return _claims(words, allowed)


@lru_cache(maxsize=8)
def _claims(words: tuple[str, ...], allowed: tuple[str, ...]) -> re.Pattern[str]:
    # What is allowed is tried first and swallows the words in it; it has no group of its own.
    return re.compile(
        rf"(?<!\w)(?:{_spelled(allowed)}|(?P<found>{_spelled(words)}))(?!\w)", re.IGNORECASE
    )


def _spelled(phrases: Iterable[str]) -> str:
    """Return a pattern for any of *phrases*, however their words are spaced; one for none."""
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in phrases) or "(?!)"


def _unsaid(
    line: str, codes: Collection[str], words: re.Pattern[str] | None
) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield what *line* should not say: where it stands, counted from 0, its code and its values.

    That is what is personal, if its code is one of *codes*, and *words* that are forbidden.
    """
    for start, code, written in personal(line):
        if code in codes:
            yield start, code, {"written": written}
    for found in words.finditer(without_addresses(line)) if words else ():
        if found["found"]:
            yield found.start(), "claim.cure", {"words": found[0]}


def _line(
    said: str,
    at: tuple[Tree, Key],
    codes: Collection[str],
    words: re.Pattern[str] | None,
    problems: Problems,
) -> None:
    for _, code, values in _unsaid(said, codes, words):
        problems.warn(at[0].spot(at[1]), code, **values)


def _text(
    root: Path,
    read: Text[Any],
    codes: Collection[str],
    words: re.Pattern[str] | None,
    problems: Problems,
) -> None:
    """Look through the file that *read* came from: what stands above its text, then its text."""
    path = read.tree.path
    for field in ("title", "summary"):
        _line(getattr(read.record, field) or "", (read.tree, (field,)), codes, words, problems)
    try:
        text = decode_text(path, (root / path).read_bytes(), Problems())
    except OSError:  # it went away meanwhile; the next check will tell
        return
    if text is None:
        return
    _, markdown, first = split_front_matter(text)
    # What is written on a Mac may have its marks apart from the letters.
    written = markdown.split("\n")
    for number, line in enumerate(nfc(markdown).split("\n")):
        places: Sequence[int] = ()
        for place, code, values in _unsaid(line, codes, words):
            places = places or _places(written[number])
            problems.warn(Spot(path, first + number, places[place] + 1), code, **values)


def _places(line: str) -> Sequence[int]:
    """Return where in *line* each letter of it in NFC begins."""
    if nfc(line) == line:
        return range(len(line))
    begins = [place for place, letter in enumerate(line) if place == 0 or not combining(letter)]
    ends = [*begins[1:], len(line)]
    return [
        begin
        for begin, end in zip(begins, ends, strict=True)
        for _ in range(len(nfc(line[begin:end])))
    ]

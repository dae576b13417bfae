"""Look for what no rule forbids and an editor would want to know."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import fold, nfc, written_day
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.entries import Content, Entry
from ocopgen.content.lifecycle import Status, add_months, last_day, version_on
from ocopgen.content.province import Claims
from ocopgen.content.record import Record
from ocopgen.content.records import Product
from ocopgen.content.source import decode_text, split_front_matter

R = TypeVar("R", bound=Record)

_SOON_MONTHS = 6
_LONGEST_PATH = 240
"""Windows opens paths of 260 characters, and the catalogue lies in some folder of its own."""
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\w/-]|[.,]\d)")
_IDENTITY = re.compile(r"(?<![\w.,/+-])\d{12}(?![\w/-]|[.,]\d)")
"""The twelve digits of a citizen's identity card (Law on Identification 26/2023/QH15)."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"\]\([^)]*\)|<[^>]*>|https?://\S+")
_NUMBERS = {"prose.phone": _PHONE, "prose.identity": _IDENTITY}
_PERSONAL = {**_NUMBERS, "prose.email": _EMAIL}
_LEAST_DONG = 1000
"""No product costs less; whoever writes 45 means thousands."""


def advise(root: Path, content: Content, catalogue: Catalogue, problems: Problems) -> None:
    """Put into *problems* what to look at in *content*, which lies in *root* and is *catalogue*."""
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


def _twins(
    code: str, entries: Iterable[Entry[R]], of: Callable[[R], str], problems: Problems
) -> None:
    """Tell by *code* of *entries* that are called as another one *of* the same."""
    first: dict[tuple[str, str], str] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        record: Any = entry.record
        name = next(iter(record.name.values()))
        other = first.setdefault((fold(name), of(entry.record)), entry.id)
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
    """Look through all stories and pages, and the names and summaries of products."""
    claims = content.claims.record if content.claims else None
    for (id_, language), text in sorted(content.stories.items()):
        words = _forbidden(claims, id_, language, catalogue)
        _text(root, text.tree.path, _PERSONAL, words, problems)
    for text in content.pages.values():
        # The office that keeps the site has an address of its own.
        _text(root, text.tree.path, _NUMBERS, None, problems)
    for entry in catalogue.products.values():
        for field in ("name", "summary"):
            for language, said in getattr(entry.record, field).items():
                words = _forbidden(claims, entry.id, language, catalogue)
                for _, code, values in _unsaid(
                    said, _PERSONAL, words if field == "summary" else None
                ):
                    problems.warn(entry.spot(field, language), code, **values)


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
    # What is allowed is tried first and swallows the words in it; it has no group of its own.
    return re.compile(
        rf"(?<!\w)(?:{_spelled(allowed)}|(?P<found>{_spelled(words)}))(?!\w)", re.IGNORECASE
    )


def _spelled(phrases: Iterable[str]) -> str:
    """Return a pattern for any of *phrases*, however their words are spaced; one for none."""
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in phrases) or "(?!)"


def _unsaid(
    line: str, personal: Mapping[str, re.Pattern[str]], words: re.Pattern[str] | None
) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield what *line* should not say: where it stands, counted from 0, its code and its values.

    That is what is *personal*, a pattern by its code, and *words* that are forbidden.
    """
    # An address is no telephone number, whatever its digits.
    said = _ADDRESS.sub(lambda found: " " * len(found[0]), line)
    for code, pattern in personal.items():
        for found in pattern.finditer(said):
            yield found.start(), code, {"written": found[0]}
    for found in words.finditer(said) if words else ():
        if found["found"]:
            yield found.start(), "claim.cure", {"words": found[0]}


def _text(
    root: Path,
    path: str,
    personal: Mapping[str, re.Pattern[str]],
    words: re.Pattern[str] | None,
    problems: Problems,
) -> None:
    try:
        text = decode_text(path, (root / path).read_bytes(), Problems())
    except OSError:  # it went away meanwhile; the next check will tell
        return
    if text is None:
        return
    _, markdown, first = split_front_matter(text)
    # What is written on a Mac may have its marks apart from the letters.
    for number, line in enumerate(nfc(markdown).split("\n"), first):
        for place, code, values in _unsaid(line, personal, words):
            problems.warn(Spot(path, number, place + 1), code, **values)

"""Look for what no rule forbids and an editor would want to know."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from ocopgen.base.problems import Problems, Spot
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.entries import Content, Entry
from ocopgen.content.lifecycle import Status, add_months, last_day, version_on
from ocopgen.content.province import Claims
from ocopgen.content.records import Product
from ocopgen.content.source import decode_text, split_front_matter

_SOON_MONTHS = 6
_LONGEST_PATH = 240
"""Windows opens paths of 260 characters, and the catalogue lies in some folder of its own."""
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\w/-]|[.,]\d)")
_IDENTITY = re.compile(r"(?<![\w.,/+-])\d{12}(?![\w/-]|[.,]\d)")
"""The twelve digits of a citizen's identity card (Law on Identification 26/2023/QH15)."""
_ADDRESS = re.compile(r"\]\([^)]*\)|<[^>]*>|https?://\S+")


def advise(root: Path, content: Content, catalogue: Catalogue, problems: Problems) -> None:
    """Put into *problems* what to look at in *content*, which lies in *root* and is *catalogue*."""
    for entry in catalogue.products.values():
        _certificate(entry, catalogue, problems)
        if not entry.record.photos:
            problems.hint(entry.spot(), "photo.none")
    _texts(root, content, catalogue, problems)
    for path in _long_paths(root):
        problems.warn(Spot(path), "path.long", length=len(path), most=_LONGEST_PATH)


def _certificate(entry: Entry[Product], catalogue: Catalogue, problems: Problems) -> None:
    """Tell that a certificate ends soon, and when its re-evaluation is to be asked for."""
    standing, day = catalogue.standings[entry.id], catalogue.day
    ends = last_day(standing)
    if ends is None or standing.status in {Status.EXPIRED, Status.WITHDRAWN}:
        return
    spot, end = entry.spot("certifications", standing.place), ends[0]
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
        problems.warn(spot, "certification.window", end=_written(end), last=_written(shuts))
    elif end <= add_months(day, _SOON_MONTHS):
        problems.warn(spot, "certification.lapses", end=_written(end))


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _long_paths(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root / "content"):
        inside = Path(folder).relative_to(root).as_posix()
        yield from (path for name in names if len(path := f"{inside}/{name}") > _LONGEST_PATH)


# --- What texts say ---------------------------------------------------------


def _texts(root: Path, content: Content, catalogue: Catalogue, problems: Problems) -> None:
    """Look through all stories and pages, and the summaries of products."""
    claims = content.claims.record if content.claims else None
    for (id_, language), text in sorted(content.stories.items()):
        words = _forbidden(claims, id_, language, catalogue)
        _story(root, text.tree.path, words, problems)
    for text in content.pages.values():
        _story(root, text.tree.path, None, problems)
    for entry in catalogue.products.values():
        for language, summary in entry.record.summary.items():
            words = _forbidden(claims, entry.id, language, catalogue)
            for found in _claims(summary, words):
                problems.warn(entry.spot("summary", language), "claim.cure", words=found[0])


def _forbidden(
    claims: Claims | None, id_: str, language: str, catalogue: Catalogue
) -> re.Pattern[str] | None:
    """Return what the text in *language* about the product *id_* may not say."""
    entry = catalogue.products.get(id_)
    words = claims.words.get(language) if claims and entry else None
    if not claims or not entry or not words:
        return None
    if catalogue.kinds[entry.record.set].sector.id not in claims.sectors:
        return None
    allowed = claims.allowed.get(language, ())
    # What is allowed is tried first and swallows the words in it; it has no group of its own.
    return re.compile(
        rf"(?<!\w)(?:{_spelled(allowed)}|(?P<found>{_spelled(words)}))(?!\w)", re.IGNORECASE
    )


def _spelled(phrases: Iterable[str]) -> str:
    """Return a pattern for any of *phrases*, however their words are spaced; one for none."""
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in phrases) or "(?!)"


def _claims(said: str, words: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
    yield from (found for found in words.finditer(said) if found["found"]) if words else ()


def _story(root: Path, path: str, words: re.Pattern[str] | None, problems: Problems) -> None:
    try:
        text = decode_text(path, (root / path).read_bytes(), Problems())
    except OSError:  # it went away meanwhile; the next check will tell
        return
    if text is None:
        return
    _, markdown, first = split_front_matter(text)
    for number, line in enumerate(markdown.split("\n"), first):
        # An address is no telephone number, whatever its digits.
        said = _ADDRESS.sub(lambda found: " " * len(found[0]), line)
        for found in _PHONE.finditer(said):
            problems.warn(Spot(path, number, found.start() + 1), "prose.phone", written=found[0])
        for found in _IDENTITY.finditer(said):
            problems.warn(Spot(path, number, found.start() + 1), "prose.identity", written=found[0])
        for found in _claims(said, words):
            problems.warn(Spot(path, number, found.start() + 1), "claim.cure", words=found[0])

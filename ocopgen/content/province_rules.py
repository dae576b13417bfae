"""Check the files that describe a province: its site, areas, product sets and rules."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ocopgen.base.digest import digest
from ocopgen.base.installed import program
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.text import nearest
from ocopgen.content.areas import Map
from ocopgen.content.load import Content, Entry
from ocopgen.content.province import (
    PATHS,
    Areas,
    Bounds,
    Commune,
    Language,
    Programme,
    Sectors,
    SiteInfo,
)
from ocopgen.content.ties import Row, known, rows, twice
from ocopgen.content.tree import KEY, Key

_LATITUDE, _LONGITUDE = 90, 180
"""The most degrees that there are on the earth, either way."""
_FULL_MARKS = 100
_ROOMS, _LIBRARIES = ("base/", "content/"), ("babel", "tzdata")
"""What tells a fault."""


def check_province(
    content: Content, areas: Map, problems: Problems, memory: Memory | None = None
) -> None:
    """Put into *problems* every loose end of the files that describe the province.

    *memory* knows which were without one before; Babel alone takes 7 ms to import.
    """
    files = (content.site, content.areas, content.sectors, content.programme)
    checked_by = program(_ROOMS, _LIBRARIES)
    name = f"faultless province {digest(checked_by, [each.digest for each in files])}"
    if memory and memory.recall(name):
        return
    before = len(problems.found)
    _check(content, areas, problems)
    if memory and len(problems.found) == before:
        memory.keep(name, value=True)


def _check(content: Content, areas: Map, problems: Problems) -> None:
    _site(content.site, problems)
    _areas(content.areas, areas, problems)
    _sectors(content.sectors, problems)
    _programme(content.programme, problems)


def _site(site: Entry[SiteInfo], problems: Problems) -> None:
    for field in ("code", "prefix"):
        twice(site, rows(("languages",), site.record.languages, field), problems)
    for place, language in enumerate(site.record.languages):
        if not _is_locale(language.locale):
            spot = site.spot("languages", place, "locale")
            problems.add(spot, "site.locale", written=language.locale)
        if bool(language.prefix) != bool(place):
            spot = site.spot("languages", place, "prefix")
            problems.add(spot, "site.prefix", language=language.code)
        _path_words(site, place, language, problems)
    try:
        ZoneInfo(site.record.timezone)
    except (ValueError, OSError, KeyError):
        problems.add(site.spot("timezone"), "site.timezone", written=site.record.timezone)
    parts = urlsplit(site.record.base_url)
    if parts.query or parts.fragment:
        problems.add(site.spot("base_url"), "site.base_url", written=site.record.base_url)
    if not 1 <= site.record.per_page <= 200:  # noqa: PLR2004 - explained by the message
        problems.add(site.spot("per_page"), "site.per_page", written=site.record.per_page)
    if site.record.bounds:
        _bounds(site, site.record.bounds, problems)


def _is_locale(written: str) -> bool:
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(written)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _path_words(site: Entry[SiteInfo], place: int, language: Language, problems: Problems) -> None:
    key: Key = ("languages", place, "paths")
    unknown = {word: nearest(word, PATHS) or "" for word in language.paths if word not in PATHS}
    for word, meant in unknown.items():
        problems.add(site.spot(*key, word, KEY), "site.path_unknown", word=word, meant=meant)
    for word in PATHS:
        if word not in language.paths and word not in unknown.values():
            code = language.code
            problems.add(site.spot(*key), "site.path_missing", word=word, language=code)


def _bounds(site: Entry[SiteInfo], bounds: Bounds, problems: Problems) -> None:
    sides = (("south", "north", _LATITUDE), ("west", "east", _LONGITUDE))
    for low, high, most in sides:
        for side in (low, high):
            if abs(getattr(bounds, side)) > most:
                problems.add(site.spot("bounds", side), "degrees.range", field=side)
        if getattr(bounds, low) >= getattr(bounds, high):
            problems.add(site.spot("bounds", high), "site.bounds", low=low, high=high)


def _areas(entry: Entry[Areas], areas: Map, problems: Problems) -> None:
    twice(entry, rows(("districts",), entry.record.districts, "id"), problems)
    for field in ("id", "code"):
        twice(entry, rows(("communes",), entry.record.communes, field), problems)
    for place, commune in enumerate(entry.record.communes):
        for row, id_ in enumerate(commune.districts):
            key: Key = ("communes", place, "districts", row)
            known(id_, areas.districts, "district", (entry, key), problems)
        for row, former in enumerate(commune.formed_from):
            key = ("communes", place, "formed_from", row, "district")
            if not known(former.district, areas.districts, "district", (entry, key), problems):
                continue
            if former.district not in commune.districts:
                names, own = ", ".join(commune.districts), former.district
                problems.add(entry.spot(*key), "place.former", district=own, known=names)
        _point(entry, ("communes", place), commune, problems)


def _point(entry: Entry[Areas], key: Key, commune: Commune, problems: Problems) -> None:
    """Check where the *commune* that stands at *key* says that it lies."""
    degrees = {"lat": (commune.lat, _LATITUDE), "lon": (commune.lon, _LONGITUDE)}
    missing = [field for field, (written, _) in degrees.items() if written is None]
    for field, (written, most) in degrees.items():
        if written is None:
            continue
        if missing:
            problems.add(entry.spot(*key, field), "degrees.alone", field=field, missing=missing[0])
        if abs(written) > most:
            problems.add(entry.spot(*key, field), "degrees.range", field=field)


def _sectors(entry: Entry[Sectors], problems: Problems) -> None:
    groups: list[Row] = []
    sets: list[Row] = []
    for place, sector in enumerate(entry.record.sectors):
        key: Key = ("sectors", place, "groups")
        groups.extend(rows(key, sector.groups, "id"))
        for row, group in enumerate(sector.groups):
            sets.extend(rows((*key, row, "sets"), group.sets, "id"))
    for found in (rows(("sectors",), entry.record.sectors, "id"), groups, sets):
        twice(entry, found, problems)


def _programme(entry: Entry[Programme], problems: Problems) -> None:
    versions = entry.record.versions
    twice(entry, rows(("versions",), versions, "id"), problems)
    for place, version in enumerate(versions):
        rivals = [each.id for each in versions[:place] if each.start == version.start]
        if rivals:
            problems.add(entry.spot("versions", place, "start"), "programme.start", other=rivals[0])
        window = version.reevaluation
        if window and window.earliest_days < window.latest_days:
            spot = entry.spot("versions", place, "reevaluation", "latest_days")
            problems.add(spot, "programme.window")
    for place, band in enumerate(entry.record.bands):
        if not band.min < band.max <= _FULL_MARKS:
            problems.add(entry.spot("bands", place, "max"), "programme.band", star=band.star)

"""The files that describe a province: its site, its areas, the product sets, the rules."""

import re
from typing import Annotated, ClassVar, Literal

from msgspec import field

from ocopgen.base.text import is_device
from ocopgen.content.complaint import fault
from ocopgen.content.fields import (
    NOT_EMPTY,
    AnyUrl,
    Count,
    Day,
    Degrees,
    Email,
    Flag,
    Line,
    Phone,
    Reference,
    SafeUrl,
    Star,
    Text,
    between,
    text_reader,
)
from ocopgen.content.limits import MOST_ROWS
from ocopgen.content.readers import Check
from ocopgen.content.record import Record
from ocopgen.content.records import Source

PATHS = (
    "product",
    "star",
    "place",
    "district",
    "commune",
    "sector",
    "group",
    "set",
    "producer",
    "outlet",
    "event",
    "calendar",
    "map",
    "figures",
    "data",
    "former",
    "search",
    "shortlist",
    "pages",
)
"""The words in addresses that each language has to give."""


def _language_code(written: str) -> None:
    if not re.fullmatch(r"[a-z]{2,3}", written):
        raise fault("language.code", written=written)


def _prefix(written: str) -> str:
    if is_device(written):
        raise fault("id.device", written=written)
    if not re.fullmatch(r"[a-z0-9-]*", written):
        raise fault("id.spelling", written=written)
    return written


class Language(Record):
    """A language of the site; the first one of the site is what all others fall back to."""

    code: Annotated[Line, Check(_language_code)]
    name: Line
    locale: Line
    """How CLDR names it, for dates, numbers and plurals."""
    prefix: Annotated[str, text_reader(_prefix)] = ""
    """Stands before every address of the language; empty for the first one."""
    paths: dict[str, Reference]


class Contact(Record):
    """Whom the public may write to."""

    name: Text
    email: Email | None = None
    phone: Phone | None = None
    url: SafeUrl | None = None


class Licence(Record):
    """What everybody may do with the data."""

    name: Line
    url: SafeUrl


class Bounds(Record):
    """The rectangle that holds the province, in degrees."""

    south: Degrees
    west: Degrees
    north: Degrees
    east: Degrees


class SiteInfo(Record):
    """What the site is called, where it will stand and in which languages."""

    title: Text
    province: Text
    notice: Text | None = None
    """Shown on every page; absent: nothing is."""
    base_url: AnyUrl
    timezone: Line
    licence: Licence | None = None
    """Of the data; absent: nothing is said of it."""
    contact: Contact | None = None
    bounds: Bounds | None = None
    """Absent: coordinates are not checked against the province."""
    per_page: Count = 24
    listed: Flag = True
    """Whether search engines may list the site; false for one that is only to be looked at."""
    cards: Literal["all", "photos", "none"] = "all"
    """Which products have a picture of their own for other sites to show: those with a photo, or
    none, keep a large site small."""
    languages: Annotated[tuple[Language, ...], NOT_EMPTY]


class District(Record):
    """A district as it was until it was abolished."""

    id: Reference
    name: Text
    code: Line
    until: Day
    communes_then: Count | None = None
    former_province: Text | None = None
    """Absent when it was in the province all along."""


class FormerCommune(Record):
    """A commune that became part of another, with the district that it was in."""

    name: Line
    district: Reference


class Commune(Record):
    """A commune, ward, township or special zone of today."""

    id: Reference
    name: Text
    kind: Literal["xa", "phuong", "thi_tran", "dac_khu"]
    code: Line
    districts: tuple[Reference, ...]
    formed_from: tuple[FormerCommune, ...] = ()
    lat: Degrees | None = None
    lon: Degrees | None = None
    area_km2: Annotated[Count, between(1, 100_000)] | None = None
    """Absent: the map draws a disc of a usual size."""


class Areas(Record):
    """Former districts and today's communes."""

    most_items: ClassVar[int] = MOST_ROWS

    districts: tuple[District, ...]
    communes: tuple[Commune, ...]


class ProductSet(Record):
    """A set of like products: bộ sản phẩm."""

    id: Reference
    number: Count
    name: Text


class Group(Record):
    """A group of product sets: nhóm."""

    id: Reference
    name: Text
    sets: tuple[ProductSet, ...]


class Sector(Record):
    """A sector of the programme: ngành."""

    id: Reference
    name: Text
    groups: tuple[Group, ...]


class Sectors(Record):
    """The tree of sectors, groups and sets."""

    sectors: tuple[Sector, ...]


class Window(Record):
    """The days before a certificate's end in which its re-evaluation is to be asked for."""

    earliest_days: Annotated[Count, between(0, 3660)]
    latest_days: Annotated[Count, between(0, 3660)]


class Issuer(Record):
    """Who certifies products of a star."""

    star: Star
    name: Text


class Version(Record):
    """The programme's rules as one legal instrument set them."""

    id: Reference
    instrument: Line
    start: Day
    validity_months: Annotated[Count, between(1, 1200)]
    reevaluation: Window | None = None
    extension_days: Annotated[Count, between(1, 3660)] | None = None
    issuers: tuple[Issuer, ...]
    source: Source | None = None


class Band(Record):
    """The points that a star stands for."""

    star: Star
    min: Count
    max: Count


class Programme(Record):
    """The rules of the programme, by legal version."""

    versions: Annotated[tuple[Version, ...], NOT_EMPTY]
    bands: tuple[Band, ...] = ()


class Moved(Record):
    """A record that has another id, and so other addresses, than it once had."""

    kind: Literal["product", "producer", "outlet", "event"]
    old: Reference
    new: Reference


class Redirects(Record):
    """What moved: the old addresses lead to the new ones for ever."""

    most_items: ClassVar[int] = MOST_ROWS

    moved: tuple[Moved, ...] = ()


class Claims(Record):
    """Words that no text about food may use: what the law keeps for medicines."""

    most_items: ClassVar[int] = MOST_ROWS

    sectors: tuple[Reference, ...]
    """Whose products are looked at."""
    words: dict[str, tuple[Line, ...]]
    """By language."""
    allowed: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    """By language, too: what may be said though one of the words is in it."""

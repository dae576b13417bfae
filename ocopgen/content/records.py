"""The records editors write, exactly as written."""

from typing import Annotated, ClassVar, Literal

from ocopgen.content.complaint import fault
from ocopgen.content.fields import (
    NOT_EMPTY,
    AnyUrl,
    Count,
    Day,
    Degrees,
    Dong,
    Email,
    FileName,
    Flag,
    Gtin,
    Line,
    Months,
    Phone,
    Reference,
    SafeUrl,
    Selected,
    Selection,
    Star,
    Text,
    When,
    Year,
    length,
)
from ocopgen.content.limits import MOST_ROWS
from ocopgen.content.record import Record


class Source(Record):
    """Where a fact was read, and when."""

    url: AnyUrl
    title: Line
    accessed: Day


class Withdrawal(Record):
    """The end of a certificate by decision, before its time."""

    on: Day
    reason: Text


class Certification(Record):
    """One decision that gave a product its stars."""

    star: Star
    issued: When | None = None
    """Absent when no source tells it; the status is then "undated"."""
    extended_until: Day | None = None
    decision: Line | None = None
    certificate: Line | None = None
    issuer: Text | None = None
    """Absent: the issuer that the programme's rules name for the star and the date."""
    withdrawn: Withdrawal | None = None
    sources: Annotated[tuple[Source, ...], NOT_EMPTY]


class Shop(Record):
    """A place on the web that sells a product."""

    shop: Line
    url: SafeUrl


class Quality(Record):
    """A certificate of quality beside the stars."""

    kind: Literal[
        "attp", "vietgap", "globalgap", "haccp", "iso22000", "organic", "halal", "gmp", "other"
    ]
    number: Line | None = None
    valid_to: Day | None = None


class Right(Record):
    """A right to a name."""

    kind: Literal["trademark", "collective_mark", "certification_mark", "gi"]
    name: Text


class Price(Record):
    """What a product costs, in whole đồng a unit, as seen on a day."""

    min: Dong
    max: Dong
    unit: Text
    as_of: Day

    def check(self) -> None:
        """Complain of a price that falls from the least to the most."""
        if self.min > self.max:
            raise fault("price.order", at="max")


class Photo(Record):
    """A picture in the record's own folder."""

    file: FileName
    alt: Text
    credit: Text | None = None
    licence: Line | None = None


class Product(Record):
    """A product with the certificates that it has, or had."""

    name: Text
    summary: Annotated[Text, length(40, 300)]
    set: Reference
    producer: Reference
    commune: Line | None = None
    district: Reference | None = None
    """The district before 1 July 2025."""
    certifications: Annotated[tuple[Certification, ...], NOT_EMPTY]
    gtin: tuple[Gtin, ...] = ()
    trace_url: SafeUrl | None = None
    buy: tuple[Shop, ...] = ()
    growing_areas: tuple[Line, ...] = ()
    packing_houses: tuple[Line, ...] = ()
    quality: tuple[Quality, ...] = ()
    rights: tuple[Right, ...] = ()
    price: Price | None = None
    pack: Text | None = None
    storage: Text | None = None
    shelf_life: Text | None = None
    season: Months = ()
    photos: tuple[Photo, ...] = ()
    video: SafeUrl | None = None
    draft: Flag = False

    def check(self) -> None:
        """Complain of a record that is nowhere."""
        _must_be_placed(self)


class Location(Record):
    """A point on the earth in degrees (WGS 84)."""

    lat: Degrees
    lon: Degrees

    def check(self) -> None:
        """Complain of a point that is not on the earth."""
        if abs(self.lat) > 90 or abs(self.lon) > 180:  # noqa: PLR2004 - degrees
            raise fault("degrees.range", at="lat")


_ASKED_CONSENT = {None, "household_business", "farm"}
"""Kinds of producers whose contact is private until they agree to show it."""


class Consent(Record):
    """A person's word that their contact may be published."""

    on: Day
    evidence: Line


class Producer(Record):
    """Who makes products: the chủ thể of the programme."""

    name: Text
    kind: (
        Literal[
            "cooperative",
            "cooperative_group",
            "company",
            "farm",
            "household_business",
            "association",
        ]
        | None
    ) = None
    """Absent when unknown; consent is then asked as for a household business."""
    since: Year | None = None
    commune: Line | None = None
    district: Reference | None = None
    address: Text | None = None
    phone: tuple[Phone, ...] = ()
    email: Email | None = None
    website: SafeUrl | None = None
    location: Location | None = None
    consent: Consent | None = None
    photos: tuple[Photo, ...] = ()
    """In a folder <id>/ beside the file."""
    sources: tuple[Source, ...] = ()

    @property
    def is_private(self) -> bool:
        """Tell whether nobody may be told where and how to reach them."""
        return self.kind in _ASKED_CONSENT and self.consent is None

    def check(self) -> None:
        """Complain of a record that is nowhere."""
        _must_be_placed(self)


class Outlet(Record):
    """A place, or a shop on the web, that sells products."""

    most_items: ClassVar[int] = MOST_ROWS

    name: Text
    kind: Literal[
        "ocop_point",
        "ocop_centre",
        "showroom",
        "supermarket_corner",
        "producer_shop",
        "online_shop",
    ]
    address: Text | None = None
    commune: Line | None = None
    district: Reference | None = None
    area: Literal["province"] | None = None
    url: SafeUrl | None = None
    hours: Text | None = None
    phone: tuple[Phone, ...] = ()
    location: Location | None = None
    opened: When | None = None
    closed: When | None = None
    checked: Day | None = None
    producer: Reference | None = None
    """Whose own shop it is: it sells all that they make. Absent: nobody's in particular."""
    products: Selection = Selected()
    sources: Annotated[tuple[Source, ...], NOT_EMPTY]

    def check(self) -> None:
        """Complain of an outlet that nobody can reach."""
        if self.kind == "online_shop":
            if self.url is None:
                raise fault("outlet.url")
        elif self.area is None:
            _must_be_placed(self)


class Figures(Record):
    """What an event came to, as reported."""

    businesses: Count | None = None
    visitors: Count | None = None
    revenue_vnd: Dong | None = None
    stalls: Count | None = None
    trips: Count | None = None


class Event(Record):
    """A fair, a market, a trip or another occasion of the programme."""

    most_items: ClassVar[int] = MOST_ROWS

    name: Text
    kind: Literal[
        "trade_fair",
        "rural_fair",
        "worker_market",
        "factory_trip",
        "festival",
        "conference",
        "training",
        "evaluation_round",
    ]
    start: When
    end: When | None = None
    place: Text
    district: Reference | None = None
    commune: Line | None = None
    figures: Figures | None = None
    products: tuple[Reference, ...] = ()
    url: SafeUrl | None = None
    sources: Annotated[tuple[Source, ...], NOT_EMPTY]

    def check(self) -> None:
        """Complain of an event that ends before it begins."""
        if self.end and self.end.last < self.start.first:
            raise fault("event.order", at="end")


def _must_be_placed(record: Product | Producer | Outlet) -> None:
    if record.commune is None and record.district is None:
        raise fault("place.missing")

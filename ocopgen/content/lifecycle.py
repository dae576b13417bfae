"""What a certificate is worth on a given day."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from ocopgen.content.fields import DayOrYear
from ocopgen.content.province import Programme, Version
from ocopgen.content.records import Certification
from ocopgen.content.words import Words

RENEWAL_DAYS = 180
"""How long before its end a certificate counts as due for renewal (decision 26/2026/QĐ-TTg)."""


class Status(StrEnum):
    """Where a product's certificate stands."""

    VALID = "valid"
    RENEWAL = "renewal"
    """It ends within 180 days, or some time in the year that has begun."""
    EXTENDED = "extended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNDATED = "undated"
    """No source tells when it was issued."""

    @property
    def starred(self) -> bool:
        """Tell whether a product of this status may be shown with its stars."""
        return self not in {Status.EXPIRED, Status.WITHDRAWN}


class Standing(Struct, frozen=True, gc=False):
    """A product's certificate as it stands on one day."""

    status: Status
    certification: Certification
    place: int
    """Where the certificate stands in the record's list."""
    issuer: Words | None
    """Absent when the rules of the time leave it open."""
    first_end: date | None = None
    """The first day that the certificate's term may end on; absent when undated."""
    last_end: date | None = None
    """The last such day; the same as the first when the day of issue is known."""

    @property
    def star(self) -> int:
        """Return the stars that the certificate gives, or gave."""
        return self.certification.star


def standing(
    certifications: Sequence[Certification], programme: Programme, day: date
) -> Standing | None:
    """Return what the latest of *certifications* is worth on *day*.

    A later certificate, of any star, ends the one before on its day of issue, and a withdrawn one
    revives nothing. None: the first certificate is not in force yet.
    """
    begun = [
        (certification.issued.first if certification.issued else date.min, -place)
        for place, certification in enumerate(certifications)
        if certification.issued is None or certification.issued.first <= day
    ]
    if not begun:
        return None
    place = -max(begun)[1]
    current = certifications[place]
    issuer = current.issuer or _issuer(current, programme)
    first, last = term(current, programme)
    return Standing(_status(current, first, last, day), current, place, issuer, first, last)


def term(certification: Certification, programme: Programme) -> tuple[date | None, date | None]:
    """Return the first and the last day on which the term of *certification* may end."""
    issued = certification.issued
    if issued is None:
        return None, None
    months = version_on(programme, issued.first).validity_months
    return add_months(issued.first, months), add_months(issued.last, months)


def last_day(standing: Standing) -> tuple[date, date] | None:
    """Return the first and the last day that may be the last one on which *standing* gives stars.

    An extension that is granted already counts. None: no source tells when it was issued.
    """
    first, last = standing.first_end, standing.last_end
    if first is None or last is None:
        return None
    extended = standing.certification.extended_until
    return (extended, extended) if extended and extended > last else (first, last)


def _status(current: Certification, first: date | None, last: date | None, day: date) -> Status:
    if current.withdrawn and current.withdrawn.on <= day:
        return Status.WITHDRAWN
    if first is None or last is None:
        return Status.UNDATED
    exact = first == last
    if day < (first - timedelta(days=RENEWAL_DAYS) if exact else first):
        return Status.VALID
    if current.extended_until and last < day <= current.extended_until:
        return Status.EXTENDED
    return Status.RENEWAL if day <= last else Status.EXPIRED


def _issuer(current: Certification, programme: Programme) -> Words | None:
    issued = current.issued
    if issued is None:
        return None
    first = _issuer_on(programme, issued.first, current.star)
    if first is None or issued.first == issued.last:
        return first
    last = _issuer_on(programme, issued.last, current.star)
    return first if last and dict(first) == dict(last) else None


def _issuer_on(programme: Programme, day: date, star: int) -> Words | None:
    """Return who issued certificates of so many stars on *day*; None where several did."""
    issuers = version_on(programme, day).issuers
    names = [issuer.name for issuer in issuers if issuer.star == star]
    return names[0] if len(names) == 1 else None


def version_on(programme: Programme, day: date) -> Version:
    """Return the rules in force on *day*; before the first ones, the first."""
    found = None
    for version in programme.versions:
        if version.start <= day and (found is None or version.start > found.start):
            found = version
    return found or programme.versions[0]


@lru_cache(1024)  # certificates are issued by the dozen
def add_months(day: date, months: int) -> date:
    """Return the day *months* after *day*, or the end of its month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def same_issue(one: DayOrYear | None, other: DayOrYear | None) -> bool:
    """Tell whether two certificates say the same day, or the same bare year."""
    return one is not None and one == other

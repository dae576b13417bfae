"""Check the certificates of a product: which one counts, and until when."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import written_day
from ocopgen.content.lifecycle import same_issue, term, version_on
from ocopgen.content.load import Entry
from ocopgen.content.province import Programme
from ocopgen.content.records import Certification, Product

_DECISION = re.compile(r"\d+/QĐ-[A-ZĐ-]+")


class _Certificate(Struct, frozen=True):
    """One certificate of a product, and where it stands in its list."""

    entry: Entry[Product]
    place: int
    record: Certification

    def spot(self, *key: str) -> Spot:
        """Return where the value of *key* stands."""
        return self.entry.spot("certifications", self.place, *key)


def check_certificates(
    entry: Entry[Product], programme: Programme, day: date, problems: Problems
) -> None:
    """Put into *problems* what the certificates of *entry* leave open, as seen on *day*."""
    records = entry.record.certifications
    for place, record in enumerate(records):
        certificate = _Certificate(entry, place, record)
        _rivals(certificate, records[:place], problems)
        _dates(certificate, day, problems)
        _extension(certificate, programme, problems)
        if record.decision and not is_usual_decision(record.decision):
            spot = certificate.spot("decision")
            problems.warn(spot, "certification.decision", written=record.decision)


def is_usual_decision(written: str) -> bool:
    """Tell whether the number of a decision is *written* as it usually is: "1234/QĐ-UBND"."""
    return _DECISION.fullmatch(written) is not None


def _rivals(certificate: _Certificate, before: Sequence[Certification], problems: Problems) -> None:
    """Tell of a certificate of which nobody can say whether it came after one *before* it."""
    issued = certificate.record.issued
    if issued is None and any(each.issued is None for each in before):
        problems.add(certificate.spot(), "certification.same_undated")
    if any(same_issue(issued, each.issued) for each in before):
        problems.add(certificate.spot("issued"), "certification.same_day")


def _dates(certificate: _Certificate, day: date, problems: Problems) -> None:
    record = certificate.record
    if record.issued is None:
        problems.warn(certificate.spot(), "certification.undated")
        return
    if record.issued.first > day:
        problems.warn(certificate.spot("issued"), "certification.future")
    if record.withdrawn and record.withdrawn.on < record.issued.first:
        problems.add(certificate.spot("withdrawn", "on"), "certification.withdrawn_early")


def _extension(certificate: _Certificate, programme: Programme, problems: Problems) -> None:
    """Check an extension by the rules that are in force on the day that the term ends."""
    until = certificate.record.extended_until
    if until is None:
        return
    spot = certificate.spot("extended_until")
    end = term(certificate.record, programme)[1]
    if end is None:
        problems.add(spot, "certification.extension_undated")
        return
    version = version_on(programme, end)
    if version.extension_days is None:
        rules = version.instrument
        problems.add(spot, "certification.extension_unforeseen", rules=rules, end=written_day(end))
    elif until > end + timedelta(version.extension_days):
        days = version.extension_days
        problems.add(spot, "certification.extension", days=days, end=written_day(end))
    elif until <= end:
        problems.add(spot, "certification.extension_early", end=written_day(end))

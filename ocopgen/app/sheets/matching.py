"""Find the product that a row of a sheet speaks of, and the certificate among those it has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import fold, is_device, is_id, slug, spelt
from ocopgen.content.certificate_rules import is_usual_decision
from ocopgen.content.complaint import Complaint
from ocopgen.content.entries import Entry
from ocopgen.content.fields import DayOrYear, day_or_year
from ocopgen.content.records import Certification, Product, Source

_AROUND = re.compile(r"^(?:(?:qd|quyet-dinh)-)?so-|-ngay-.*$")
"""What people write around the number of a decision: "QĐ số 12/QĐ-UBND ngày 05/08/2025"."""


class Naming(Struct, frozen=True):
    """How a row names its product; empty where it does not say."""

    id: str
    name: str
    producer: str
    spot: Spot
    """Of the cell with the id or the name."""


@dataclass
class Register:
    """The products of the catalogue, and those that the rows above have spoken of."""

    products: Mapping[str, Entry[Product]]
    language: str
    """The first one of the catalogue, which every name has."""
    problems: Problems
    told: dict[str, Spot] = field(default_factory=dict)
    """Where each product was spoken of."""
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    """The new ids by name and producer."""

    def id_for(self, naming: Naming) -> str | None:
        """Return the id of the product that *naming* means, old or new, or tell why not."""
        id_ = naming.id or self._named(naming)
        if not id_ or not self._fits(id_, naming):
            return None
        before = self.told.setdefault(id_, naming.spot)
        if before != naming.spot:
            self.problems.add(naming.spot, "sheet.row_twice", id=id_, row=before.line)
            return None
        return id_

    def _named(self, naming: Naming) -> str | None:
        if not naming.name:
            self.problems.add(naming.spot, "sheet.nameless")
            return None
        same = self._called(naming.name, naming.producer)
        if len(same) == 1:
            return same[0].id
        if same:
            known = ", ".join(each.id for each in same)
            self.problems.add(naming.spot, "sheet.product_shared", name=naming.name, known=known)
            return None
        return self._unless_alike(naming)

    def _unless_alike(self, naming: Naming) -> str | None:
        """Return a new id, unless a product has a name that differs in nothing but its marks."""
        for each in self._alike(naming.name, naming.producer):
            name = each.record.name[self.language]
            self.problems.add(naming.spot, "sheet.product_alike", name=name, id=each.id)
            return None
        short = slug(naming.name)
        taken = self.products.keys() | self.told.keys()
        unfit = short in taken or is_device(short)
        new = f"{short}-{naming.producer}" if unfit and naming.producer else short
        # The same name once more is the same product, and no second one.
        return self.named.setdefault((spelt(naming.name), naming.producer), new)

    def _fits(self, id_: str, naming: Naming) -> bool:
        if id_ in self.products:
            return True
        if not is_id(id_):
            meant = slug(naming.name or id_)
            self.problems.add(naming.spot, "sheet.id", written=id_, meant=meant)
            return False
        if is_device(id_):
            self.problems.add(naming.spot, "id.device", written=id_)
            return False
        same = self._called(naming.name, naming.producer) if naming.producer else []
        for each in same:
            self.problems.add(naming.spot, "sheet.id_other", written=id_, known=each.id)
        return not same

    def _called(self, name: str, producer: str) -> list[Entry[Product]]:
        """Return the products of *producer*, or of anybody where that is empty, called *name*."""
        found = self._by_name.get(spelt(name), [])
        return [each for each in found if producer in {"", each.record.producer}]

    def _alike(self, name: str, producer: str) -> list[Entry[Product]]:
        """Return those whose name differs from *name* in nothing but its marks."""
        found = self._by_letters.get(fold(name), [])
        return [each for each in found if producer in {"", each.record.producer}]

    @cached_property
    def _by_name(self) -> dict[str, list[Entry[Product]]]:
        return _index(
            (spelt(each.record.name[self.language]), each) for each in self.products.values()
        )

    @cached_property
    def _by_letters(self) -> dict[str, list[Entry[Product]]]:
        return _index(
            (fold(each.record.name[self.language]), each) for each in self.products.values()
        )


def _index(pairs: Iterable[tuple[str, Entry[Product]]]) -> dict[str, list[Entry[Product]]]:
    found: dict[str, list[Entry[Product]]] = {}
    for name, entry in pairs:
        found.setdefault(name, []).append(entry)
    return found


def latest(certifications: Sequence[Certification]) -> int:
    """Return the place of the latest of *certifications*, as the site understands it."""
    days = [
        (each.issued.first.isoformat() if each.issued else "", -place)
        for place, each in enumerate(certifications)
    ]
    return -max(days)[1] if days else 0


def certificate_meant(certifications: Sequence[Certification], issued: str, decision: str) -> int:
    """Return the place of the certificate that a row with *issued* and *decision* speaks of.

    It is the one of the same day, or of the same decision and year. Where there is none, a row
    that tells another year, or both another day and another decision, than the latest one brings
    a new certificate, whose place is behind the others; any other row corrects the latest one.
    """
    day = _when(issued)
    for place, each in enumerate(certifications):
        if day and each.issued == day:
            return place
    for place in _decided(certifications, decision):
        known = certifications[place].issued
        if day is None or known is None or known.year == day.year:
            return place
    place = latest(certifications)
    last = certifications[place] if certifications else None
    if last is None or day is None or last.issued is None:
        return place
    another = bool(decision and last.decision)  # of the same one the year is another, as seen above
    return len(certifications) if another or last.issued.year != day.year else place


def decision_replaced(
    certifications: Sequence[Certification], issued: str, decision: str
) -> str | None:
    """Return the decision that a row without a day would write over with another *decision*.

    Only the day tells a new certificate from a correction. None: nothing is lost.
    """
    known = any(each.decision for each in certifications)
    if issued or not decision or not known or _decided(certifications, decision):
        return None
    return certifications[latest(certifications)].decision


def decision_spelt(known: str, said: str) -> str:
    """Return how a certificate, whose file calls its decision *known*, shall call the one *said*.

    What means the same is never written less well than it was.
    """
    number, usual = _number(known), is_usual_decision(known)
    return known if usual and _number(said) in {number, _counted(number)} else said


def day_spelt(known: str, said: str) -> str:
    """Return how a file that tells the day *known* shall tell it where a row says *said*.

    A bare year takes no day of that year away.
    """
    day, year = _when(known), _when(said)
    agree = day is not None and year is not None and day.year == year.year and year.day is None
    return known if agree else said


def _decided(certifications: Sequence[Certification], decision: str) -> list[int]:
    """Return the places of the certificates of *decision*.

    A bare number is enough if only one has it: each body counts its own decisions.
    """
    said, numbers = _number(decision), [_number(each.decision or "") for each in certifications]
    whole = [place for place, each in enumerate(numbers) if said and each == said]
    bare = [place for place, each in enumerate(numbers) if said and _counted(each) == said]
    return whole or (bare if len(bare) == 1 else [])


def _number(decision: str) -> str:
    """Return the number of *decision* as all spell it alike: "Số 12/QĐ-UBND" as "12-qd-ubnd"."""
    return _AROUND.sub("", slug(decision))


def _counted(number: str) -> str:
    """Return the first part of a *number*, by which a body counts: "12-qd-ubnd" as "12"."""
    return number.partition("-")[0]


def _when(written: str) -> DayOrYear | None:
    try:
        return day_or_year(written)
    except Complaint:
        return None


def source_meant(sources: Sequence[Source], url: str) -> int:
    """Return the place of the source with the address *url*: a new one is put behind the others.

    A row that names no address speaks of the last one.
    """
    places = [place for place, each in enumerate(sources) if each.url == url]
    return places[-1] if places else len(sources) if url else max(len(sources) - 1, 0)

"""Count the products of a catalogue from its YAML alone, by other means than ocopgen's own."""

import calendar
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

TERM_MONTHS = 36
"""What all legal versions of the programme say so far."""


@dataclass(frozen=True)
class Counted:
    """A product as far as lists go."""

    id: str
    status: str
    star: int
    at: dict[str, str]
    """Where it belongs, by kind of list."""

    @property
    def current(self) -> bool:
        """Tell whether it may be shown with stars."""
        return self.status not in {"expired", "withdrawn"}


@dataclass(frozen=True)
class Certified:
    """What a certificate says of its own time."""

    issued: str
    """The year; empty where no source tells it."""
    ends: date | None
    """Absent where the day is not known."""
    year: int | None
    """The year in which it ends; absent where nothing is known."""


class Recount:
    """The products of the catalogue in one folder, on one day."""

    def __init__(self, content: Path, day: date) -> None:
        """Count what *content* holds on *day*."""
        self.content = content
        self.day = day
        self.site = _read(content / "site.yaml")

    @cached_property
    def products(self) -> tuple[Counted, ...]:
        """Return the products that are published."""
        found = (self._product(path) for path in sorted(self.content.glob("products/[!_]*")))
        return tuple(product for product in found if product)

    def certified(self, id_: str) -> Certified:
        """Return when the certificate of the product *id_* that counts was issued, and ends."""
        certificate = self._held[id_]
        written = certificate.get("issued", "")
        if not written:
            return Certified("", None, None)
        first, last = _span(certificate)
        ends = _later(last) if first == last else None
        if "extended_until" in certificate and _later(last) < _day(certificate["extended_until"]):
            ends = _day(certificate["extended_until"])
        return Certified(str(first.year), ends, _later(last).year)

    @cached_property
    def _held(self) -> dict[str, dict[str, Any]]:
        found = {}
        for folder in self.content.glob("products/[!_]*"):
            held = [
                each
                for each in _read(folder / "product.yaml")["certifications"]
                if self._begun(each)
            ]
            if held:
                found[folder.name] = max(
                    held, key=lambda each: _span(each)[0] if "issued" in each else date.min
                )
        return found

    def makers(self) -> dict[str, set[str]]:
        """Return the producers of products that carry stars, by their kind."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for maker in self.lists("producer"):
            record = _read(self.content / f"producers/{maker}.yaml")
            kinds[record.get("kind", "")].add(maker)
        return dict(kinds)

    def events(self) -> dict[str, list[dict[str, Any]]]:
        """Return the events by the year in which they begin."""
        # With "over": whether it was held before the day, so that its figures are results.
        years: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for path in self.content.glob("events/[!_]*.yaml"):
            record = _read(path)
            start = record["start"]
            _, last = _span({"issued": record.get("end", start)})
            year = start if re.fullmatch(r"\d{4}", start) else str(_day(start).year)
            years[year].append({**record, "over": last < self.day})
        return dict(years)

    def lists(self, kind: str) -> dict[str, set[str]]:
        """Return the products that carry stars, by the list of *kind* that they stand in."""
        return self._lists(kind, lambda product: product.current)

    def former(self, kind: str) -> dict[str, set[str]]:
        """Return the products that no longer carry stars, by list."""
        return self._lists(kind, lambda product: not product.current)

    def _lists(self, kind: str, wanted: Callable[[Counted], bool]) -> dict[str, set[str]]:
        lists: dict[str, set[str]] = defaultdict(set)
        for product in self.products:
            if wanted(product) and product.at.get(kind):
                lists[product.at[kind]].add(product.id)
        return dict(lists)

    @cached_property
    def _communes(self) -> dict[str, list[str]]:
        areas = _read(self.content / "areas.yaml")
        return {commune["id"]: commune["districts"] for commune in areas["communes"]}

    @cached_property
    def _sets(self) -> dict[str, tuple[str, str]]:
        tree = _read(self.content / "sectors.yaml")
        return {
            each["id"]: (sector["id"], group["id"])
            for sector in tree["sectors"]
            for group in sector["groups"]
            for each in group["sets"]
        }

    def _product(self, folder: Path) -> Counted | None:
        record = _read(folder / "product.yaml")
        if record.get("draft") == "true":
            return None
        held = [each for each in record["certifications"] if self._begun(each)]
        if not held:
            return None
        # Of two, the later one; one without a date comes before all others.
        certificate = max(held, key=lambda each: _span(each)[0] if "issued" in each else date.min)
        commune, district = record.get("commune", ""), record.get("district", "")
        if not district and commune and len(self._communes[commune]) == 1:
            district = self._communes[commune][0]
        sector, group = self._sets[record["set"]]
        at = {
            "star": certificate["star"],
            "district": district,
            "commune": commune,
            "sector": sector,
            "group": group,
            "set": record["set"],
            "producer": record["producer"],
        }
        return Counted(folder.name, self._status(certificate), int(certificate["star"]), at)

    def _begun(self, certificate: dict[str, Any]) -> bool:
        return "issued" not in certificate or _span(certificate)[0] <= self.day

    def _status(self, certificate: dict[str, Any]) -> str:
        withdrawn = certificate.get("withdrawn")
        if withdrawn and _day(withdrawn["on"]) <= self.day:
            return "withdrawn"
        if "issued" not in certificate:
            return "undated"
        last = _later(_span(certificate)[1])
        if "extended_until" in certificate:
            last = max(last, _day(certificate["extended_until"]))
        return "expired" if self.day > last else "in force"


def _read(path: Path) -> Any:  # noqa: ANN401 - what YAML can hold
    # As text alone, so that nothing is guessed.
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes only text


def _span(certificate: dict[str, Any]) -> tuple[date, date]:
    """Return the first and the last day on which the certificate may have been issued."""
    written = certificate["issued"]
    if re.fullmatch(r"\d{4}", written):
        return date(int(written), 1, 1), date(int(written), 12, 31)
    return _day(written), _day(written)


def _day(written: str) -> date:
    if "/" in written:
        day, month, year = written.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(written)


def _later(day: date) -> date:
    year, month = day.year + TERM_MONTHS // 12, day.month
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

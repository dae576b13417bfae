"""Count the products and the events of a catalogue, each looked at once."""

from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import date

from msgspec import Struct, field

from ocopgen.content.catalogue import Catalogue
from ocopgen.content.lifecycle import Standing, last_day
from ocopgen.content.records import Event, Figures
from ocopgen.pages.views.shelves import has_ended

UNKNOWN = ""
"""The row of what no source tells."""
RESULTS = ("trips", "businesses", "stalls", "visitors", "revenue_vnd")
"""What is added up of events."""
QUARTERS = 12
"""How many quarters are looked ahead, the one that has begun included."""
_MONTHS, _OF_A_YEAR = 3, 4

Quarter = tuple[int, int]
"""A year, and one of its quarters from 1 to 4."""
End = tuple[int, int | None] | None
"""When a certificate ends: in a quarter, some time in a year, or nobody knows."""
Tally = Counter[tuple[Hashable, Hashable]]
"""How many, by row and column."""


class Year(Struct):
    """What the events of a year came to."""

    events: int = 0
    over: int = 0
    """How many of them are over; what the others give is planned, and no result."""
    sums: Counter[str] = field(default_factory=Counter)
    """What was reported, added up; what nobody reported is not there."""
    known: Counter[str] = field(default_factory=Counter)
    """How many events each of the sums is known of."""

    def add(self, event: Event, *, over: bool) -> None:
        """Add *event*, with its results if it is *over*."""
        self.events += 1
        self.over += over
        told = (event.figures if over else None) or Figures()
        for name in RESULTS:
            amount = getattr(told, name)
            if amount is not None:
                self.sums[name] += amount
                self.known[name] += 1


class Census(Struct, frozen=True):
    """The products by row and column, a tally for each question; and the events by year."""

    statuses: Tally
    """All products by star and status; every other tally has those with stars, by star."""
    sectors: Tally
    groups: Tally
    districts: Tally
    years: Tally
    """By the year in which the certificate was issued."""
    ends: Tally
    kinds: Counter[str]
    """By the kind of the producer."""
    makers: Counter[str]
    """The producers of products with stars, by their kind."""
    events: Mapping[int, Year]
    """By the year in which they begin, from the first to the last without a gap."""


def census(catalogue: Catalogue) -> Census:
    """Return what there is in *catalogue* on its day."""
    statuses, sectors, groups, districts, years, ends = (Tally() for _ in range(6))
    kinds, makers = Counter[str](), dict[str, str]()
    for id_, standing in catalogue.standings.items():
        star = standing.star
        statuses[star, standing.status] += 1
        if standing.status.starred:
            product = catalogue.products[id_].record
            kind, issued = catalogue.kinds[product.set], standing.certification.issued
            district = catalogue.map.district_of(product.commune, product.district)
            sectors[kind.sector.id, star] += 1
            groups[kind.group.id, star] += 1
            districts[district or UNKNOWN, star] += 1
            years[issued.year if issued else UNKNOWN, star] += 1
            ends[end_of(standing), star] += 1
            maker = catalogue.producers[product.producer].record.kind or UNKNOWN
            kinds[maker] += 1
            makers[product.producer] = maker
    return Census(
        statuses, sectors, groups, districts, years, ends,
        kinds, Counter(makers.values()), _events(catalogue),
    )  # fmt: skip


def end_of(standing: Standing) -> End:
    """Return when the certificate of *standing* ends, as exactly as that is known."""
    days = last_day(standing)
    if days is None:
        return None
    first, last = days
    return last.year, _quarter(last) if first == last else None


def quarters_from(day: date) -> tuple[Quarter, ...]:
    """Return the quarters that are looked ahead to on *day*."""
    begun = day.year * _OF_A_YEAR + _quarter(day) - 1
    ahead = (divmod(each, _OF_A_YEAR) for each in range(begun, begun + QUARTERS))
    return tuple((year, quarter + 1) for year, quarter in ahead)


def _quarter(day: date) -> int:
    return (day.month - 1) // _MONTHS + 1


def _events(catalogue: Catalogue) -> dict[int, Year]:
    found = [entry.record for entry in catalogue.events.values()]
    begun = [event.start.year for event in found]
    # A year without any is told too: a gap would look as if there had been some.
    years = {year: Year() for year in range(min(begun), max(begun) + 1)} if begun else {}
    for event in found:
        years[event.start.year].add(event, over=has_ended(event, catalogue.day))
    return years

"""What is new: the latest certificates, and the events that come next."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from heapq import nsmallest
from itertools import groupby

from msgspec import Struct

from ocopgen.pages.views.events import coming_events, past_events, row_of
from ocopgen.pages.views.parts import Card, Row
from ocopgen.pages.views.press import Press

_MOST_FRESH, _MOST_EVENTS = 4, 3


class Fresh(Struct, frozen=True):
    """Products that were certified in the same month."""

    month: str
    cards: tuple[Card, ...]


class Happenings(Struct, frozen=True):
    """A few events: the next ones, or the latest where none is coming."""

    coming: bool
    rows: tuple[Row, ...]


def latest(press: Press, shown: Collection[str]) -> tuple[tuple[str, date], ...]:
    """Return the products certified last, each with the day, of one day those not *shown* first.

    Only those of a known day: of a bare year nobody can tell which came last.
    """
    return tuple(
        nsmallest(
            _MOST_FRESH,
            _dated(press),
            key=lambda pair: (-pair[1].toordinal(), pair[0] in shown),
        )
    )


def fresh(press: Press, certified: Iterable[tuple[str, date]]) -> tuple[Fresh, ...]:
    """Return the products *certified* by month."""
    months = groupby(certified, lambda pair: press.formats.month(pair[1]))
    return tuple(Fresh(month, press.cards(id_ for id_, _ in same)) for month, same in months)


def dated(press: Press) -> list[tuple[str, date]]:
    """Return the products with stars whose certificate has a known day, the latest first."""
    return sorted(_dated(press), key=lambda pair: -pair[1].toordinal())


def _dated(press: Press) -> Iterator[tuple[str, date]]:
    for id_ in press.shelves.all.current:
        issued = press.catalogue.standings[id_].certification.issued
        if issued and issued.day:
            yield id_, issued.day


def happenings(press: Press) -> Happenings | None:
    """Return the next events, else the latest ones; None: there has been no event at all."""
    coming = coming_events(press)
    shown = (coming or past_events(press))[:_MOST_EVENTS]
    return Happenings(bool(coming), tuple(row_of(press, each) for each in shown)) if shown else None

"""Fairs, markets, trips and rounds: their index, and the page of each."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Event, Figures
from ocopgen.pages.views import linked_data, linked_records
from ocopgen.pages.views.frame import Head, Site, mistake
from ocopgen.pages.views.parts import Card, Fact, Link, Row
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import has_ended

KINDS = (
    "rural_fair",
    "worker_market",
    "factory_trip",
    "trade_fair",
    "festival",
    "conference",
    "training",
    "evaluation_round",
)
"""Those where the public can buy come first."""


class EventGroup(Struct, frozen=True):
    """Events under one heading."""

    id: str
    title: str
    rows: tuple[Row, ...]


class EventsPage(Struct, frozen=True):
    """What the index of events shows."""

    site: Site
    head: Head
    count: str
    calendar: str
    """The file that calendar programs subscribe to."""
    coming: tuple[Row, ...]
    """Those that are not over, the next one first."""
    past: tuple[EventGroup, ...]
    """By year, the latest first."""
    kinds: tuple[EventGroup, ...]


class EventPage(Struct, frozen=True):
    """What the page of an event shows."""

    site: Site
    head: Head
    crumbs: tuple[Link, ...]
    name: Phrase
    other_names: tuple[Phrase, ...]
    kind: str
    when: str
    state: str
    """Whether it is coming, on, or over."""
    over: bool
    facts: tuple[Fact, ...]
    figures: tuple[Fact, ...]
    cards: tuple[Card, ...]
    calendar: str
    """Empty for an event that no calendar can hold, as its day is not known."""
    sources: tuple[Link, ...]
    mistake: str


def events_page(press: Press) -> EventsPage:
    """Return what the index of events shows."""
    t, coming, past = press.t, coming_events(press), past_events(press)
    total = len(coming) + len(past)
    listed = (row_of(press, each).name for each in (*coming, *past))
    years = groupby(past, lambda entry: entry.record.start.year)
    return EventsPage(
        site=press.site,
        head=press.framer.head(
            t("events.title"),
            t("events.about", province=press.site.province),
            "events",
            lambda routes: routes.events,
            things=(
                linked_data.trail(press, (), t("menu.events")),
                linked_data.rows(press, listed),
            ),
        ),
        count=t("count.events", count=total, number=press.formats.number(total)),
        calendar=press.routes.calendar,
        coming=tuple(row_of(press, each) for each in coming),
        past=tuple(
            EventGroup(f"y{year}", str(year), tuple(row_of(press, each) for each in same))
            for year, same in years
        ),
        kinds=tuple(_by_kind(press, [*coming, *past])),
    )


def coming_events(press: Press) -> list[Entry[Event]]:
    """Return the events that are not over, the next one first."""
    entries = press.catalogue.events.values()
    return sorted((each for each in entries if not is_over(press, each.record)), key=_soonest)


def past_events(press: Press) -> list[Entry[Event]]:
    """Return the events that are over, the latest one first."""
    entries = press.catalogue.events.values()
    return sorted((each for each in entries if is_over(press, each.record)), key=_latest)


def is_over(press: Press, event: Event) -> bool:
    """Tell whether *event* is surely over on the day of the catalogue."""
    return has_ended(event, press.catalogue.day)


def _soonest(entry: Entry[Event]) -> tuple[object, ...]:
    # What is only known to be some time in the year comes after what has a day.
    return entry.record.start.day is None, entry.record.start.first, entry.id


def _latest(entry: Entry[Event]) -> tuple[int, bool, int, str]:
    start = entry.record.start
    return -start.year, start.day is None, -start.first.toordinal(), entry.id


def _by_kind(press: Press, entries: Iterable[Entry[Event]]) -> Iterator[EventGroup]:
    known = list(entries)
    for kind in KINDS:
        own = tuple(row_of(press, each) for each in known if each.record.kind == kind)
        if own:
            yield EventGroup(f"k-{kind.replace('_', '-')}", press.t(f"event.{kind}"), own)


def row_of(press: Press, entry: Entry[Event]) -> Row:
    """Return *entry* as a line of a ledger: when, where, and what it came to."""
    event, say = entry.record, press.edition.say
    when = press.formats.span(event.start, event.end)
    results = [
        press.t(f"event.told.{field}", count=getattr(event.figures, field), number=number)
        for field, number in _told(press, event).items()
    ]
    lines = (Phrase(when), say(event.place), *(Phrase(each) for each in results[:2]))
    return Row(Link(say(event.name), press.routes.event(entry.id)), kind_of(press, event), lines)


def kind_of(press: Press, event: Event) -> str:
    """Return what an event like *event* is called."""
    return press.t(f"event.{event.kind}")


def event_page(press: Press, entry: Entry[Event]) -> EventPage:
    """Return what the page of the event *entry* shows."""
    event, t, edition = entry.record, press.t, press.edition
    name, when = edition.say(event.name), press.formats.span(event.start, event.end)
    shown = [id_ for id_ in press.shelves.all.current if id_ in event.products]
    shown += [id_ for id_ in press.shelves.all.former if id_ in event.products]
    crumbs = (Link(Phrase(t("menu.events")), press.routes.events),)
    return EventPage(
        site=press.site,
        head=press.framer.head(
            t("events.page", name=name, when=when),
            t("events.page_about", name=name, when=when, place=edition.say(event.place)),
            "events",
            lambda routes: routes.event(entry.id),
            things=(
                linked_data.trail(press, crumbs, name.text),
                linked_records.event(press, entry),
            ),
            written=edition.written_in(event.name),
        ),
        crumbs=crumbs,
        name=name,
        other_names=edition.others(event.name),
        kind=kind_of(press, event),
        when=when,
        state=_state(press, event),
        over=is_over(press, event),
        facts=tuple(fact for fact in _facts(press, event) if fact.items),
        figures=_figures(press, event),
        cards=press.cards(shown),
        calendar=press.routes.calendar if event.start.day else "",
        sources=press.sources(event.sources),
        mistake=mistake(
            press.desk,
            t("report.subject", id=entry.id),
            t("report.body", address=press.absolute(press.routes.event(entry.id))),
        ),
    )


def _state(press: Press, event: Event) -> str:
    if is_over(press, event):
        return press.t("events.over")
    if event.start.day is None:
        return press.t("events.some_day", year=event.start.year)
    return press.t("events.ahead" if event.start.first > press.catalogue.day else "events.on")


def _facts(press: Press, event: Event) -> Iterator[Fact]:
    t = press.t
    yield Fact(t("events.when"), (Link(Phrase(press.formats.span(event.start, event.end)), ""),))
    yield Fact(t("events.where"), (Link(press.edition.say(event.place), ""), *press.places(event)))
    if event.url:
        yield Fact(t("product.website"), (Link(Phrase(event.url), event.url, outside=True),))


def _figures(press: Press, event: Event) -> tuple[Fact, ...]:
    """Return what *event* came to, or what is planned; only what somebody told."""
    return tuple(
        Fact(press.t(f"event.figure.{field}"), (Link(Phrase(shown), ""),))
        for field, shown in _told(press, event).items()
    )


def _told(press: Press, event: Event) -> dict[str, str]:
    """Return the figures of *event* as they are shown, by their fields."""
    told, formats = event.figures or Figures(), press.formats
    amount = formats.sum(told.revenue_vnd) if told.revenue_vnd else ""
    counted = {
        field: formats.number(number)
        for field in ("trips", "businesses", "stalls", "visitors")
        if (number := getattr(told, field)) is not None
    }
    return counted | ({"revenue_vnd": amount} if amount else {})

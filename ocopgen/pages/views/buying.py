"""Where to buy, and whom to ask."""

from collections.abc import Iterable

from msgspec import Struct

from ocopgen.base.earth import Point, kilometres
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet, Producer, Product
from ocopgen.pages.messages import Messages
from ocopgen.pages.views.parts import Link, Row
from ocopgen.pages.views.press import Press

_MOST_OF_ALL = 3
_NOWHERE = float("inf")
_WORTH_SAYING = 1.0
"""Kilometres; what is nearer is the same commune, as far as anybody knows."""
ONLINE = "online_shop"


class Contact(Struct, frozen=True):
    """How a producer may be reached in public."""

    address: Phrase | None
    phones: tuple[Link, ...]
    email: str
    website: str

    def __bool__(self) -> bool:
        return bool(self.address or self.phones or self.email or self.website)


class Selling(Struct, frozen=True):
    """Where something is sold: in places, the nearest first, and on the web."""

    outlets: tuple[Row, ...]
    shops: tuple[Link, ...]

    def __bool__(self) -> bool:
        return bool(self.outlets or self.shops)


class Buying(Struct, frozen=True):
    """Where to buy a product."""

    selling: Selling
    contact: Contact | None
    """The producer's; absent where nothing may or can be told."""


def contact(press: Press, producer: Producer) -> Contact | None:
    """Return what the public may know of how to reach *producer*.

    The kinds that are asked for consent show nothing private without it, even if the record
    holds it and no check stopped the build.
    """
    private = producer.is_private
    phones = () if private else producer.phone
    address = None if private else producer.address
    found = Contact(
        address=press.edition.say(address) if address else None,
        phones=tuple(Link(Phrase(press.formats.phone(each)), f"tel:{each}") for each in phones),
        email="" if private else producer.email or "",
        website=producer.website or "",
    )
    return found or None


def buying(press: Press, id_: str, product: Product) -> Buying:
    """Return where the product *id_* can be bought."""
    producer = press.catalogue.producers[product.producer].record
    start = point_of(press, producer, product)
    selling = _selling(press, start, press.shelves.outlets.get(id_, ()))
    own = tuple(Link(Phrase(each.shop), each.url, outside=True) for each in product.buy)
    return Buying(Selling(selling.outlets, (*own, *selling.shops)), contact(press, producer))


def sold_at(press: Press, id_: str) -> Selling:
    """Return where what the producer *id_* makes is sold."""
    producer = press.catalogue.producers[id_].record
    board = press.shelves.producers[id_]
    named = {
        entry.id: entry
        for product in (*board.current, *board.former)
        for entry in press.shelves.outlets.get(product, ())
    }
    return _selling(press, point_of(press, producer, producer), named.values())


def point_of(press: Press, producer: Producer, home: Product | Producer) -> Point | None:
    """Return where *home* is, as exactly as *producer* lets the public know."""
    return door_of(producer) or press.catalogue.map.point_of(home.commune)


def door_of(producer: Producer) -> Point | None:
    """Return the very place of *producer*, if it is known and the public may know it."""
    if producer.location is None or producer.is_private:
        return None
    return producer.location.lat, producer.location.lon


def place_of(press: Press, outlet: Outlet) -> Point | None:
    """Return where *outlet* is: itself, or the middle of its commune."""
    return location_of(press, outlet) or press.catalogue.map.point_of(outlet.commune)


def location_of(press: Press, outlet: Outlet) -> Point | None:
    """Return the very place of *outlet*, if it is known and the public may know it."""
    if outlet.location is None or is_private(press, outlet):
        return None
    return outlet.location.lat, outlet.location.lon


def is_private(press: Press, outlet: Outlet) -> bool:
    """Tell whether *outlet* is at the home of somebody who did not agree to be found there."""
    owner = press.catalogue.producers.get(outlet.producer or "")
    return owner is not None and owner.record.is_private


def _nearest(
    press: Press, start: Point | None, entries: Iterable[Entry[Outlet]]
) -> list[Entry[Outlet]]:
    """Return *entries* by their distance from *start*, those at an unknown one last."""
    return sorted(entries, key=lambda entry: _distance(press, start, entry.record))


def _distance(press: Press, start: Point | None, outlet: Outlet) -> float:
    there = place_of(press, outlet)
    return kilometres(start, there) if start and there else _NOWHERE


def _selling(press: Press, start: Point | None, named: Iterable[Entry[Outlet]]) -> Selling:
    """Return the outlets *named*, and some of those that sell everything, as seen from *start*."""
    everything = _nearest(press, start, press.shelves.outlets_of_all)[:_MOST_OF_ALL]
    found = [*_nearest(press, start, named), *everything]
    places = (each for each in found if each.record.kind != ONLINE)
    shops = (each for each in found if each.record.kind == ONLINE)
    return Selling(
        tuple(row(press, each, _distance(press, start, each.record)) for each in places),
        tuple(
            Link(press.edition.say(each.record.name), press.routes.outlet(each.id))
            for each in shops
        ),
    )


def row(press: Press, entry: Entry[Outlet], distance: float = _NOWHERE) -> Row:
    """Return *entry* as a line of a ledger, *distance* kilometres away if that is known."""
    outlet, say = entry.record, press.edition.say
    address = None if is_private(press, outlet) else outlet.address
    lines = [say(words) for words in (address, outlet.hours) if words]
    place = press.t("place.whole_province") if outlet.area else press.where(outlet)
    # An address that names the place already says more.
    if place and not any(place.lower() in line.text.lower() for line in lines):
        lines.append(Phrase(place))
    if _WORTH_SAYING <= distance < _NOWHERE:
        lines.append(Phrase(press.formats.distance(distance)))
    name = Link(say(outlet.name), press.routes.outlet(entry.id))
    return Row(name, kind_of_outlet(press.t, outlet.kind), tuple(lines))


def kind_of_outlet(t: Messages, kind: str) -> str:
    """Return what an outlet of *kind* is called."""
    return t(f"outlet.{kind}")

"""Where to buy, and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet, Producer, Product
from ocopgen.pages.messages import Messages
from ocopgen.pages.views.parts import Link, Row
from ocopgen.pages.views.press import Press

_MOST_OF_ALL = 3


@dataclass(frozen=True, slots=True)
class Contact:
    """How a producer may be reached in public."""

    address: Phrase | None
    phones: tuple[Link, ...]
    email: str
    website: str

    def __bool__(self) -> bool:
        return bool(self.address or self.phones or self.email or self.website)


@dataclass(frozen=True, slots=True)
class Buying:
    """Where to buy a product."""

    outlets: tuple[Row, ...]
    shops: tuple[Link, ...]
    contact: Contact | None
    """The producer's; absent where nothing may or can be told."""
    producer: Phrase


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
    outlets = (*press.shelves.outlets.get(id_, ()), *_near(press, product))
    return Buying(
        outlets=rows(press, outlets),
        shops=tuple(Link(Phrase(each.shop), each.url, outside=True) for each in product.buy),
        contact=contact(press, producer),
        producer=press.edition.say(producer.name),
    )


def rows(press: Press, outlets: Iterable[Entry[Outlet]]) -> tuple[Row, ...]:
    """Return *outlets* as lines of a ledger."""
    return tuple(_row(press, entry.record) for entry in outlets)


def _near(press: Press, product: Product) -> tuple[Entry[Outlet], ...]:
    """Return the outlets of every product, those nearest to *product* first, not too many."""

    def distance(entry: Entry[Outlet]) -> int:
        outlet = entry.record
        if outlet.commune and outlet.commune == product.commune:
            return 0
        return 1 if outlet.district and outlet.district == product.district else 2

    return tuple(sorted(press.shelves.outlets_of_all, key=distance)[:_MOST_OF_ALL])


def _row(press: Press, outlet: Outlet) -> Row:
    lines = [press.edition.say(words) for words in (outlet.address, outlet.hours) if words]
    place = press.t("place.whole_province") if outlet.area else press.where(outlet)
    # An address that names the place already says more.
    if place and not any(place.lower() in line.text.lower() for line in lines):
        lines.append(Phrase(place))
    lines += [Phrase(press.formats.phone(each)) for each in outlet.phone]
    name = Link(press.edition.say(outlet.name), outlet.url or "", outside=bool(outlet.url))
    return Row(name, kind_of_outlet(press.t, outlet.kind), tuple(lines))


def kind_of_outlet(t: Messages, kind: str) -> str:
    """Return what an outlet of *kind* is called."""
    return t(f"outlet.{kind}")

"""Check that nothing tells how to reach a household or a farm that did not agree to it."""

from typing import Any

from ocopgen.base.problems import Problems
from ocopgen.content.entries import Content, Entry
from ocopgen.content.personal import phone_in
from ocopgen.content.records import Outlet, Producer, Product
from ocopgen.content.tree import Key

_PRIVATE = ("address", "phone", "email", "location")
_PRIVATE_OF_A_SHOP = ("address", "phone", "location")
"""What tells where a maker lives, if the shop is their own."""


def check_consent(content: Content, problems: Problems) -> None:
    """Put into *problems* what producers, their shops and their products may not tell."""
    private = {id_ for id_, entry in content.producers.items() if entry.record.is_private}
    for id_ in private:
        _producer(content.producers[id_], problems)
    for outlet in content.outlets.values():
        if outlet.record.producer in private:
            _outlet(outlet, outlet.record.producer, problems)
    for product in content.products.values():
        if product.record.producer in private:
            _product(product, problems)


def _producer(entry: Entry[Producer], problems: Problems) -> None:
    for field in _PRIVATE:
        if getattr(entry.record, field):
            problems.add(entry.spot(field), "producer.consent", field=field)
    _number(entry.record.website, entry.id, entry, ("website",), problems)


def _outlet(entry: Entry[Outlet], owner: str, problems: Problems) -> None:
    for field in _PRIVATE_OF_A_SHOP:
        if getattr(entry.record, field):
            problems.add(entry.spot(field), "outlet.consent", field=field, producer=owner)
    _number(entry.record.url, owner, entry, ("url",), problems)


def _product(entry: Entry[Product], problems: Problems) -> None:
    product = entry.record
    for place, shop in enumerate(product.buy):
        _number(shop.url, product.producer, entry, ("buy", place, "url"), problems)
    _number(product.trace_url, product.producer, entry, ("trace_url",), problems)
    _number(product.video, product.producer, entry, ("video",), problems)


def _number(
    address: str | None, owner: str, entry: Entry[Any], key: Key, problems: Problems
) -> None:
    """Check that the *address* at *key* of *entry* does not hold a number of *owner*."""
    if address and (found := phone_in(address)):
        spot, field, written = entry.spot(*key), key[-1], found[1]
        problems.add(spot, "producer.number", field=field, written=written, producer=owner)

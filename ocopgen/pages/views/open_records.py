"""What the public may know of each record, as programs read it: plain values, all languages.

It says what a page says, in the terms of the records that editors write; what nobody knows is left
out. A private producer's or outlet's door, telephone and letter box are never in it, whatever the
record holds, and nobody's consent itself is.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ocopgen.content.fields import DayOrYear, Selected
from ocopgen.content.lifecycle import last_day
from ocopgen.content.load import Entry
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.pages.routes import Address, Routes, address_of
from ocopgen.pages.views.buying import is_private
from ocopgen.pages.views.pictures import picture
from ocopgen.pages.views.press import Press

Plain = dict[str, Any]
"""A record as JSON knows it."""

_DOORS = {"address", "phone", "email", "location"}
"""What tells where somebody lives, or how to reach them."""
_NEVER = {"consent", "draft", "photos"}
"""A person's word and how it is proved, what is not published, and what is told otherwise."""


def plain(record: Record, without: frozenset[str] | set[str] = frozenset()) -> Plain:
    """Return what *record* says but for the fields *without*; days in the form of ISO 8601."""
    fields = ((name, getattr(record, name)) for name in fields_of(type(record)))
    told = ((name, _plain(value)) for name, value in fields if name not in without)
    return {name: value for name, value in told if value not in (None, [], {})}


def _plain(value: Any) -> Any:  # noqa: ANN401 - the values of all fields
    return next((told(value) for kind, told in _TOLD if isinstance(value, kind)), value)


_TOLD: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Record, plain),
    (DayOrYear, lambda when: when.day.isoformat() if when.day else str(when.year)),
    (date, date.isoformat),
    (Selected, lambda chosen: "all" if chosen.everything else list(chosen.ids)),
    (tuple, lambda several: [_plain(each) for each in several]),
    (Mapping, dict),
)
"""How values that JSON does not know are told; all others are told as they are."""


def product_told(press: Press, entry: Entry[Product]) -> Plain:
    """Return what the public may know of the product *entry*, with its standing on the day."""
    standing, kind = press.catalogue.standings[entry.id], press.catalogue.kinds[entry.record.set]
    first, last = last_day(standing) or (None, None)
    told = {
        "status": standing.status.value,
        "starred": standing.status.starred,
        "star": standing.star,
        "issuer": dict(standing.issuer) if standing.issuer else None,
        "ends": last.isoformat() if last and first == last else None,
        "sector": kind.sector.id,
        "group": kind.group.id,
    }
    known = {name: value for name, value in told.items() if value is not None}
    return {
        **_named(press, entry.id, address_of(Routes.product, entry.id)),
        **known,
        **plain(entry.record, _NEVER),
        **_photos(press, entry),
    }


def producer_told(press: Press, entry: Entry[Producer]) -> Plain:
    """Return what the public may know of the producer *entry*."""
    private = _DOORS if entry.record.is_private else set()
    return {
        **_named(press, entry.id, address_of(Routes.producer, entry.id)),
        **plain(entry.record, _NEVER | private),
        **_photos(press, entry),
    }


def outlet_told(press: Press, entry: Entry[Outlet]) -> Plain:
    """Return what the public may know of the outlet *entry*; its own address is its website."""
    private = _DOORS if is_private(press, entry.record) else set()
    known = plain(entry.record, private | {"url"})
    website = {"website": entry.record.url} if entry.record.url else {}
    return {**_named(press, entry.id, address_of(Routes.outlet, entry.id)), **known, **website}


def event_told(press: Press, entry: Entry[Event]) -> Plain:
    """Return what the public may know of the event *entry*; its own address is its website."""
    website = {"website": entry.record.url} if entry.record.url else {}
    known = plain(entry.record, {"url"})
    return {**_named(press, entry.id, address_of(Routes.event, entry.id)), **known, **website}


def _named(press: Press, id_: str, address: Address) -> Plain:
    """Return the id of a record and where its page is, in each language."""
    siblings = press.framer.siblings
    return {
        "id": id_,
        "url": {each.language.code: press.absolute(address(each)) for each in siblings},
    }


def _photos(press: Press, entry: Entry[Product] | Entry[Producer]) -> Plain:
    photos = [
        {"url": press.absolute(shown.url), **plain(photo, {"file"})}
        for photo in entry.record.photos
        if (shown := picture(press.desk, entry.folder, photo))
    ]
    return {"photos": photos} if photos else {}

"""Tell the script of the search box what there is to be found, in one language."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import orjson

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.text import sort_key
from ocopgen.content.edition import Edition, Phrase
from ocopgen.content.fields import When, Words
from ocopgen.content.load import Entry
from ocopgen.content.province import Commune
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.parts import Picture
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import has_closed

FOLDER = "search"
"""Where all that belongs to search stands in the site."""

COMMUNE, DISTRICT = "commune", "district"
Place = tuple[str, str]
"""Whether it is a commune of today or a district of then, and its id."""
Named = TypeVar("Named", Product, Producer, Outlet, Event)

_READER = "js/finding.js"
"""The script that the files are written for: one of another version must not read them."""
_SAID = "find.say."
"""What the keys of the words that the script shows begin with."""
_NOWHERE = -1
"""Stands for what a row does not refer to."""


def pointer_file(desk: Desk, catalogue: str, bundle: str) -> tuple[str, bytes]:
    """Return path and content of the file that the script reads first, and never from a cache.

    *catalogue* and *bundle* tell where the catalogue file and Pagefind's folder lie in the site;
    the latter is empty where there is no bundle.
    """
    base = desk.routes.base
    reader = desk.assets.paths.get(_READER)
    said = {
        key.removeprefix(_SAID): text
        for key, text in desk.t.entries.items()
        if key.startswith(_SAID)
    }
    named = {
        "reader": reader and f"{base}{reader}",
        "catalogue": f"{base}{catalogue}",
        "bundle": bundle and f"{base}{bundle}/",
        "words": said,
    }
    return desk.routes.pointer, _json(named)


def catalogue_file(press: Press) -> tuple[str, bytes]:
    """Return path and content of the file in which names are looked up and lists are narrowed.

    Columns rather than objects: they compress to half.
    """
    content = _json(_Columns(press).all())
    code = press.routes.language.code
    return f"{FOLDER}/catalogue.{code}.{digest_of_bytes(content)[:8]}.json", content


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


class _Columns:
    """Lays out one edition as columns whose rows refer to each other by number."""

    def __init__(self, press: Press) -> None:
        edition = press.edition
        catalogue = edition.catalogue
        self.press = press
        self.edition = edition
        self.routes = press.routes
        self.products = _by_name(edition, catalogue.products.values())
        makers = {entry.record.producer for entry in self.products}
        self.producers = _by_name(edition, (catalogue.producers[id_] for id_ in sorted(makers)))
        self.places = {place: number for number, place in enumerate(_places(edition))}
        self.sets = {id_: number for number, id_ in enumerate(catalogue.kinds)}
        self.sectors = {each.id: number for number, each in enumerate(catalogue.sectors)}
        kinds = sorted({each.record.kind for each in self.producers if each.record.kind})
        self.kinds = {kind: number for number, kind in enumerate(kinds)}

    def all(self) -> dict[str, Any]:
        """Return every table of the file."""
        return {
            "products": self._products(),
            "producers": self._producers(),
            "places": self._places(),
            "outlets": self._outlets(),
            "events": self._events(),
            "sets": self._sets(),
            "sectors": {
                "id": list(self.sectors),
                "name": [self._said(each.name) for each in self.edition.catalogue.sectors],
            },
            "kinds": {
                "id": list(self.kinds),
                "name": [self.press.t(f"producer.kind.{kind}") for kind in self.kinds],
            },
        }

    def _products(self) -> dict[str, Any]:
        maker = {entry.id: number for number, entry in enumerate(self.producers)}
        standings, shelves = self.edition.catalogue.standings, self.press.shelves
        cards = self.press.cards(entry.id for entry in self.products)
        records = [entry.record for entry in self.products]
        stands = [standings[entry.id] for entry in self.products]
        sold = bool(shelves.outlets_of_all)
        return self._names(record.name for record in records) | {
            "url": [self.routes.product(entry.id) for entry in self.products],
            "producer": [maker[record.producer] for record in records],
            "place": [self._number(COMMUNE, record.commune) for record in records],
            "district": [self._number(DISTRICT, _district(self.edition, r)) for r in records],
            "set": [self.sets[record.set] for record in records],
            "star": [card.star for card in cards],
            "status": [stand.status.value for stand in stands],
            "note": [card.note for card in cards],
            "issued": [_issued(stand.certification.issued) for stand in stands],
            "price": [record.price.min if record.price else 0 for record in records],
            "months": [sum(1 << month - 1 for month in record.season) for record in records],
            "sold": [int(sold or entry.id in shelves.outlets) for entry in self.products],
            "more": [self._said(record.pack) if record.pack else "" for record in records],
            "thumbnail": [_smallest(card.picture) for card in cards],
            "tone": [card.picture.tone for card in cards],
        }

    def _sets(self) -> dict[str, Any]:
        kinds = self.edition.catalogue.kinds
        return {
            "id": list(kinds),
            "name": [self._said(kind.set.name) for kind in kinds.values()],
            "group": [kind.group.id for kind in kinds.values()],
            "sector": [self.sectors[kind.sector.id] for kind in kinds.values()],
        }

    def _producers(self) -> dict[str, Any]:
        counts = Counter(entry.record.producer for entry in self.products if self._starred(entry))
        records = [entry.record for entry in self.producers]
        return self._names(record.name for record in records) | {
            "url": [self.routes.producer(entry.id) for entry in self.producers],
            "place": [self._seat(record) for record in records],
            "kind": [self.kinds[record.kind] if record.kind else _NOWHERE for record in records],
            "count": [counts[entry.id] for entry in self.producers],
        }

    def _places(self) -> dict[str, Any]:
        areas = self.edition.catalogue.map
        made = [(entry, place) for entry in self.products for place in homes(self.edition, entry)]
        paged = {place for _, place in made}
        counts = Counter(place for entry, place in made if self._starred(entry))
        records = [
            areas.communes[id_] if kind == COMMUNE else areas.districts[id_]
            for kind, id_ in self.places
        ]
        return self._names(record.name for record in records) | {
            # A place where nothing is made has no page; it is only where a maker has a desk.
            "url": [self._address(*place) if place in paged else "" for place in self.places],
            "former": [
                ", ".join(former.name for former in record.formed_from)
                if isinstance(record, Commune)
                else ""
                for record in records
            ],
            "count": [counts[place] for place in self.places],
        }

    def _outlets(self) -> dict[str, Any]:
        entries = _by_name(self.edition, self.edition.catalogue.outlets.values())
        records = [entry.record for entry in entries]
        day = self.edition.catalogue.day
        return self._names(record.name for record in records) | {
            "url": [self.routes.outlet(entry.id) for entry in entries],
            "what": [self.press.t(f"outlet.{record.kind}") for record in records],
            "place": [self._seat(record) for record in records],
            "closed": [int(has_closed(record, day)) for record in records],
        }

    def _events(self) -> dict[str, Any]:
        entries = _by_name(self.edition, self.edition.catalogue.events.values())
        records, formats = [entry.record for entry in entries], self.press.formats
        return self._names(record.name for record in records) | {
            "url": [self.routes.event(entry.id) for entry in entries],
            "what": [self.press.t(f"event.{record.kind}") for record in records],
            "when": [formats.span(record.start, record.end) for record in records],
            "where": [self._said(record.place) for record in records],
        }

    def _names(self, names: Iterable[Words]) -> dict[str, Any]:
        """Return the columns of *names*: as shown, in what language, and in the other ones."""
        words = list(names)
        shown = [self.edition.say(name) for name in words]
        others = [dict(_other(phrase) for phrase in self.edition.others(name)) for name in words]
        languages = [each.code for each in self.edition.catalogue.site.languages]
        return {
            "name": [phrase.text for phrase in shown],
            "lang": [phrase.lang for phrase in shown],
            "others": {
                code: [each.get(code, "") for each in others]
                for code in languages
                if code != self.edition.language.code
            },
        }

    def _said(self, words: Words) -> str:
        return self.edition.say(words).text

    def _starred(self, entry: Entry[Product]) -> bool:
        """Tell whether a product counts: its certificate lets it be shown with stars."""
        return self.edition.catalogue.standings[entry.id].status.starred

    def _seat(self, record: Producer | Outlet) -> int:
        if record.commune:
            return self._number(COMMUNE, record.commune)
        return self._number(DISTRICT, record.district)

    def _number(self, kind: str, id_: str | None) -> int:
        return self.places[kind, id_] if id_ else _NOWHERE

    def _address(self, kind: str, id_: str) -> str:
        return self.routes.commune(id_) if kind == COMMUNE else self.routes.district(id_)


def _issued(issued: When | None) -> int:
    """Return the month of the decision as 202606, that the newest can stand first; 0: unknown."""
    return issued.first.year * 100 + issued.first.month if issued else 0


def _smallest(picture: Picture) -> str:
    return picture.sources.split(" ")[0] or picture.url


def _other(phrase: Phrase) -> tuple[str, str]:
    return phrase.lang, phrase.text


def _by_name(edition: Edition, entries: Iterable[Entry[Named]]) -> list[Entry[Named]]:
    return sorted(
        entries, key=lambda entry: (sort_key(edition.say(entry.record.name).text), entry.id)
    )


def _district(edition: Edition, record: Product) -> str | None:
    return edition.catalogue.map.district_of(record.commune, record.district)


def homes(edition: Edition, entry: Entry[Product]) -> Iterator[Place]:
    """Yield the commune of today and the district of then that the product of *entry* is from."""
    if entry.record.commune:
        yield COMMUNE, entry.record.commune
    if district := _district(edition, entry.record):
        yield DISTRICT, district


def _places(edition: Edition) -> list[Place]:
    """Return every place that a product, its maker or an outlet names, in a fixed order."""
    catalogue = edition.catalogue
    seats: list[Producer | Outlet] = [each.record for each in catalogue.outlets.values()]
    seats += [
        catalogue.producers[entry.record.producer].record for entry in catalogue.products.values()
    ]
    named = {place for entry in catalogue.products.values() for place in homes(edition, entry)}
    named |= {(COMMUNE, seat.commune) for seat in seats if seat.commune}
    named |= {(DISTRICT, seat.district) for seat in seats if seat.district}
    return sorted(named)

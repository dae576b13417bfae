"""Lay one edition out as columns, for the script of the search box and of the lists."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Edition, Phrase
from ocopgen.content.fields import When
from ocopgen.content.load import Entry
from ocopgen.content.province import Commune, District
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.words import Words
from ocopgen.pages.views.buying import is_private
from ocopgen.pages.views.outlets import outlets_in
from ocopgen.pages.views.parts import COMMUNE, DISTRICT, Picture, anchor_of
from ocopgen.pages.views.pictures import drawing
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import has_closed

Place = tuple[str, str]
"""Whether it is a commune of today or a district of then, and its id."""
Named = TypeVar("Named", Product, Producer, Outlet, Event)

_NOWHERE = -1
"""Stands for what a row does not refer to."""
_USUAL = -2
"""Stands for the place of a product's maker, and for the first district of a product's commune."""


class Columns:
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
        kinds = sorted(
            {each.record.kind for each in self.producers if each.record.kind},
            key=lambda kind: sort_key(press.t(f"producer.kind.{kind}")),
        )
        self.kinds = {kind: number for number, kind in enumerate(kinds)}
        self.drawings = {id_: _smallest(drawing(press.desk, id_)) for id_ in self.sets}

    def all(self) -> dict[str, Any]:
        """Return every table of the file."""
        return {
            "products": self._products(),
            "producers": self._producers(),
            "places": self._places(),
            # So many of the places are communes of today; those that follow are districts.
            "communes": len(self.edition.catalogue.map.communes),
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
        pictures = [card.picture for card in cards]
        records = [entry.record for entry in self.products]
        stands = [standings[entry.id] for entry in self.products]
        sold = bool(shelves.outlets_of_all)
        return self._names(record.name for record in records) | {
            "url": [self.routes.product(entry.id) for entry in self.products],
            "producer": [maker[record.producer] for record in records],
            "place": [self._home(record) for record in records],
            "district": [self._former_home(record) for record in records],
            "set": [self.sets[record.set] for record in records],
            "star": [card.star for card in cards],
            "status": [stand.status.value for stand in stands],
            "note": [card.note for card in cards],
            "issued": [_issued(stand.certification.issued) for stand in stands],
            "price": [record.price.min if record.price else 0 for record in records],
            "months": [sum(1 << month - 1 for month in record.season) for record in records],
            "sold": [int(sold or entry.id in shelves.outlets) for entry in self.products],
            "more": [self._said(record.pack) if record.pack else "" for record in records],
            # The drawing of its set stands beside the set.
            "thumbnail": [
                "" if small == self.drawings[record.set] else small
                for small, record in zip(map(_smallest, pictures), records, strict=True)
            ],
            "tone": [picture.tone for picture in pictures],
        }

    def _home(self, record: Product) -> int:
        place = self._number(COMMUNE, record.commune)
        maker = self.edition.catalogue.producers[record.producer].record
        return _USUAL if place == self._seat(maker) else place

    def _former_home(self, record: Product) -> int:
        usual = self._first_district(record.commune) if record.commune else _NOWHERE
        district = self._former_seat(record)
        return _USUAL if district == usual != _NOWHERE else district

    def _first_district(self, commune: str) -> int:
        districts = self.edition.catalogue.map.communes[commune].districts
        return self._number(DISTRICT, next(iter(districts), None))

    def _sets(self) -> dict[str, Any]:
        kinds = self.edition.catalogue.kinds
        return {
            "id": list(kinds),
            "name": [self._said(kind.set.name) for kind in kinds.values()],
            "group": [kind.group.id for kind in kinds.values()],
            "sector": [self.sectors[kind.sector.id] for kind in kinds.values()],
            "thumbnail": list(self.drawings.values()),
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
        paged, selling = {place for _, place in made}, outlets_in(self.press)
        counts = Counter(place for entry, place in made if self._starred(entry))
        records = [
            areas.communes[id_] if kind == COMMUNE else areas.districts[id_]
            for kind, id_ in self.places
        ]
        return self._names(record.name for record in records) | {
            # A place where nothing is made has no page of its own, but people ask for it.
            "url": [
                self._address(*place) if place in paged else selling.get(place) or self._row(*place)
                for place in self.places
            ],
            "former": [
                ", ".join(former.name for former in record.formed_from)
                if isinstance(record, Commune)
                else ""
                for record in records
            ],
            "district": [
                self._first_district(id_) if kind == COMMUNE else _NOWHERE
                for kind, id_ in self.places
            ],
            "count": [counts[place] for place in self.places],
        }

    def _outlets(self) -> dict[str, Any]:
        entries = _by_name(self.edition, self.edition.catalogue.outlets.values())
        records = [entry.record for entry in entries]
        day = self.edition.catalogue.day
        addresses = [None if is_private(self.press, each) else each.address for each in records]
        return self._names(record.name for record in records) | {
            "url": [self.routes.outlet(entry.id) for entry in entries],
            "what": [self.press.t(f"outlet.{record.kind}") for record in records],
            "place": [self._seat(record) for record in records],
            "district": [self._former_seat(record) for record in records],
            "more": [self._said(address) if address else "" for address in addresses],
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
            "place": [self._seat(record) for record in records],
            "district": [self._former_seat(record) for record in records],
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

    def _seat(self, record: Producer | Outlet | Event) -> int:
        if record.commune:
            return self._number(COMMUNE, record.commune)
        return self._number(DISTRICT, record.district)

    def _former_seat(self, record: Product | Outlet | Event) -> int:
        return self._number(DISTRICT, _district(self.edition, record))

    def _number(self, kind: str, id_: str | None) -> int:
        return self.places[kind, id_] if id_ else _NOWHERE

    def _address(self, kind: str, id_: str) -> str:
        return self.routes.commune(id_) if kind == COMMUNE else self.routes.district(id_)

    def _row(self, kind: str, id_: str) -> str:
        """Return where the index of places tells of a place: at a district, its own or the first.

        A commune of no district leads to where the districts are listed.
        """
        districts = self.edition.catalogue.map.communes[id_].districts if kind == COMMUNE else [id_]
        first = next(iter(districts), None)
        return f"{self.routes.places}#{anchor_of(DISTRICT, first) if first else 'h-communes'}"


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


def _district(edition: Edition, record: Product | Outlet | Event) -> str | None:
    return edition.catalogue.map.district_of(record.commune, record.district)


def homes(edition: Edition, entry: Entry[Product]) -> Iterator[Place]:
    """Yield the commune of today and the district of then that the product of *entry* is from."""
    if entry.record.commune:
        yield COMMUNE, entry.record.commune
    if district := _district(edition, entry.record):
        yield DISTRICT, district


def _places(edition: Edition) -> list[Place]:
    """Return every commune of today and every district of then, each kind by name."""
    areas = edition.catalogue.map
    communes, districts = areas.communes.items(), areas.districts.items()
    return [(COMMUNE, id_) for id_ in _in_order(edition, communes)] + [
        (DISTRICT, id_) for id_ in _in_order(edition, districts)
    ]


def _in_order(edition: Edition, places: Iterable[tuple[str, Commune | District]]) -> list[str]:
    return [
        id_
        for _, id_ in sorted((sort_key(edition.say(place.name).text), id_) for id_, place in places)
    ]

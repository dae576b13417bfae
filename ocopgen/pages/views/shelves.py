"""Which products stand in which list, and in what order."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from ocopgen.base.text import sort_key
from ocopgen.content.catalogue import BELONGING, Held
from ocopgen.content.edition import Edition
from ocopgen.content.load import Entry
from ocopgen.content.records import Event, Outlet

STARS = (5, 4, 3)


class Board(Struct):
    """The products of one list: those that carry stars, and those that no longer do."""

    current: list[str] = field(default_factory=list)
    """By star, five first, then by name."""
    former: list[str] = field(default_factory=list)
    """By name."""

    def __bool__(self) -> bool:
        return bool(self.current or self.former)

    def among(self, ids: Container[str]) -> "Board":
        """Return those of the list that are *ids*, in its order."""
        return Board(
            [id_ for id_ in self.current if id_ in ids], [id_ for id_ in self.former if id_ in ids]
        )


class _Order:
    """The orders that products stand in; what a name is sorted by is found out once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._names: dict[str, tuple[object, str]] = {}
        self.rank: Mapping[str, int] = {}
        """Where each product with stars stands among these; empty: nobody has asked."""

    def _name(self, id_: str) -> tuple[object, str]:
        found = self._names.get(id_)
        if found is None:
            name = self._edition.catalogue.products[id_].record.name
            found = self._names[id_] = (sort_key(self._edition.say(name).text), id_)
        return found

    def by_name(self, ids: Iterable[str]) -> list[str]:
        """Return *ids* by name."""
        return sorted(ids, key=self._name)

    def by_star(self, ids: Iterable[str]) -> list[str]:
        """Return *ids*, which carry stars, five first, of one star by name."""
        if self.rank:
            return sorted(ids, key=self.rank.__getitem__)
        standings = self._edition.catalogue.standings
        return sorted(self.by_name(ids), key=lambda id_: -standings[id_].star)


class Boards(Mapping[str, Board]):
    """Lists of one kind by what they are about; each is put in order when it is asked for."""

    def __init__(self, held: Mapping[str, Held], order: _Order) -> None:
        """Put the lists that are *held* into *order*."""
        self._held, self._order = held, order
        self._found: dict[str, Board] = {}

    def __getitem__(self, id_: str) -> Board:
        """Return the list about *id_*."""
        found = self._found.get(id_)
        if found is None:
            held = self._held[id_]
            former = self._order.by_name(held.former)
            found = self._found[id_] = Board(self._order.by_star(held.current), former)
        return found

    def __contains__(self, id_: object) -> bool:
        """Tell whether there is a list about *id_*."""
        return id_ in self._held

    def __iter__(self) -> Iterator[str]:
        """Yield what there are lists about."""
        return iter(self._held)

    def __len__(self) -> int:
        """Return how many lists there are."""
        return len(self._held)

    def current(self, id_: str) -> Sequence[str]:
        """Return the products with stars of the list about *id_*, in no order."""
        return self._held[id_].current


class Shelves:
    """Every list of one edition, each put together when it is asked for."""

    def __init__(self, edition: Edition) -> None:
        """Take the products from *edition*."""
        self._edition = edition
        self._order = _Order(edition)
        held = edition.catalogue.held
        boards = {kind: Boards(held[kind], self._order) for kind in BELONGING}
        self.districts: Boards = boards["districts"]
        self.communes: Boards = boards["communes"]
        self.sectors: Boards = boards["sectors"]
        self.groups: Boards = boards["groups"]
        self.sets: Boards = boards["sets"]
        self.producers: Boards = boards["producers"]
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._places: dict[tuple[str, str], dict[str, int]] = {}

    @cached_property
    def all(self) -> Board:
        """Return all products."""
        standings = self._edition.catalogue.standings
        starred = [id_ for id_, worth in standings.items() if worth.status.starred]
        rest = standings.keys() - starred
        found = Board(self._order.by_star(starred), self._order.by_name(rest))
        # Whatever is put in order from now on follows this one.
        self._order.rank = {id_: at for at, id_ in enumerate(found.current)}
        return found

    @cached_property
    def stars(self) -> Mapping[int, tuple[str, ...]]:
        """Return the products that carry so many stars."""
        by_star: dict[int, list[str]] = {star: [] for star in STARS}
        for id_ in self.all.current:
            by_star[self.star[id_]].append(id_)
        return {star: tuple(ids) for star, ids in by_star.items()}

    @cached_property
    def star(self) -> Mapping[str, int]:
        """Return how many stars each product carries, or carried."""
        return {id_: worth.star for id_, worth in self._edition.catalogue.standings.items()}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Return where each product stands in the list of all, those without stars last."""
        return {id_: at for at, id_ in enumerate((*self.all.current, *self.all.former))}

    def by_name(self, set_: str) -> tuple[str, ...]:
        """Return the products of *set_* that carry stars, in the order of their names."""
        if set_ not in self._by_name:
            ids = self.sets.current(set_) if set_ in self.sets else ()
            self._by_name[set_] = tuple(self._order.by_name(ids))
        return self._by_name[set_]

    def place(self, id_: str) -> int | None:
        """Return where *id_* stands in its set's order of names; None without stars."""
        set_ = self._edition.catalogue.products[id_].record.set
        return self._place("sets by name", set_, id_, self.by_name(set_))

    def place_in_commune(self, commune: str, id_: str) -> int | None:
        """Return where *id_* stands among those of its *commune*; None without stars."""
        return self._place("communes", commune, id_, self.communes[commune].current)

    def place_at_producer(self, producer: str, id_: str) -> int | None:
        """Return where *id_* stands among those of its *producer*; None without stars."""
        return self._place("producers", producer, id_, self.producers[producer].current)

    def _place(self, kind: str, at: str, id_: str, ids: Sequence[str]) -> int | None:
        places = self._places.get((kind, at))
        if places is None:
            places = self._places[kind, at] = {each: place for place, each in enumerate(ids)}
        return places.get(id_)

    @cached_property
    def outlets(self) -> Mapping[str, tuple[Entry[Outlet], ...]]:
        """Return the outlets that sell a product, by the product."""
        return _sold(self._edition)

    @cached_property
    def outlets_of_all(self) -> tuple[Entry[Outlet], ...]:
        """Return the outlets that sell every product."""
        outlets = open_outlets(self._edition)
        return tuple(entry for entry in outlets if entry.record.products.everything)

    def sold_by(self, outlet: Entry[Outlet]) -> list[str]:
        """Return the products that *outlet* is known to sell, or sold: those with stars first."""
        named = set(outlet.record.products.ids)
        own = self.producers.get(outlet.record.producer or "", Board())
        named.update(own.current, own.former)
        return sorted(named & self.rank.keys(), key=self.rank.__getitem__)


def _sold(edition: Edition) -> dict[str, tuple[Entry[Outlet], ...]]:
    """Return the open outlets by product."""
    sold: dict[str, tuple[Entry[Outlet], ...]] = {}
    own: dict[str, list[str]] = {}
    for id_, product in edition.catalogue.products.items():
        own.setdefault(product.record.producer, []).append(id_)
    for entry in open_outlets(edition):
        for id_ in dict.fromkeys(
            (*entry.record.products.ids, *own.get(entry.record.producer or "", ()))
        ):
            sold[id_] = (*sold.get(id_, ()), entry)
    return sold


def has_closed(outlet: Outlet, day: date) -> bool:
    """Tell whether *outlet* is surely closed on *day*."""
    return outlet.closed is not None and outlet.closed.last < day


def has_ended(event: Event, day: date) -> bool:
    """Tell whether *event* is surely over on *day*."""
    return (event.end or event.start).last < day


def open_outlets(edition: Edition) -> list[Entry[Outlet]]:
    """Return the outlets that are open on the day, by name."""
    day = edition.catalogue.day
    found = (
        entry
        for entry in edition.catalogue.outlets.values()
        if not has_closed(entry.record, day)
        and not (entry.record.opened and entry.record.opened.first > day)
    )
    return sorted(
        found, key=lambda entry: (sort_key(edition.say(entry.record.name).text), entry.id)
    )

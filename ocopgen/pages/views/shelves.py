"""Which products stand in which list, and in what order."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Edition
from ocopgen.content.load import Entry
from ocopgen.content.records import Event, Outlet, Product

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


Boards = dict[str, Board]


class Shelves(Struct, frozen=True):
    """Every list of one edition."""

    all: Board
    stars: Mapping[int, tuple[str, ...]]
    """The products that carry so many."""
    star: Mapping[str, int]
    """How many each product carries, or carried."""
    districts: Boards
    communes: Boards
    sectors: Boards
    groups: Boards
    sets: Boards
    producers: Boards
    by_name: Mapping[str, tuple[str, ...]]
    """The products that carry stars, by set, in the order of their names."""
    place: Mapping[str, int]
    """Where in its set's order of names each of them stands."""
    beside: Mapping[str, Mapping[str, int]]
    """Where each of them stands among those of its commune, and of its producer."""
    rank: Mapping[str, int]
    """Where each product stands in the list of all, those without stars last."""
    outlets: Mapping[str, tuple[Entry[Outlet], ...]]
    """Those that sell a product, by the product."""
    outlets_of_all: tuple[Entry[Outlet], ...]
    """Those that sell every product."""

    def sold_by(self, outlet: Entry[Outlet]) -> list[str]:
        """Return the products that *outlet* is known to sell, or sold: those with stars first."""
        named = set(outlet.record.products.ids)
        own = self.producers.get(outlet.record.producer or "", Board())
        named.update(own.current, own.former)
        return sorted(named & self.rank.keys(), key=self.rank.__getitem__)


def shelves(edition: Edition) -> Shelves:
    """Return every list of *edition*."""
    catalogue = edition.catalogue
    standings = catalogue.standings
    names = {
        id_: sort_key(edition.say(entry.record.name).text)
        for id_, entry in catalogue.products.items()
    }
    by_name = sorted(names, key=lambda id_: (names[id_], id_))
    by_star: dict[int, list[str]] = {star: [] for star in STARS}
    lapsed: list[str] = []
    for id_ in by_name:
        worth = standings[id_]
        (by_star[worth.star] if worth.status.starred else lapsed).append(id_)
    boards: dict[str, Boards] = {kind: defaultdict(Board) for kind in _KINDS}
    everything = Board([id_ for ids in by_star.values() for id_ in ids], lapsed)
    for id_ in everything.current:
        for kind, at in _places(edition, catalogue.products[id_].record):
            boards[kind][at].current.append(id_)
    for id_ in lapsed:
        for kind, at in _places(edition, catalogue.products[id_].record):
            boards[kind][at].former.append(id_)
    sets = _sets_by_name(edition, by_name)
    ranked = (*everything.current, *lapsed)
    sold, all_sold = _outlets(edition)
    return Shelves(
        all=everything,
        stars={star: tuple(ids) for star, ids in by_star.items()},
        star={id_: worth.star for id_, worth in standings.items()},
        **{kind: dict(boards[kind]) for kind in _KINDS},
        by_name=sets,
        place=_order(sets.values()),
        beside={
            kind: _order(board.current for board in boards[kind].values())
            for kind in ("communes", "producers")
        },
        rank={id_: place for place, id_ in enumerate(ranked)},
        outlets=sold,
        outlets_of_all=all_sold,
    )


_KINDS = ("districts", "communes", "sectors", "groups", "sets", "producers")


def _places(edition: Edition, product: Product) -> Iterable[tuple[str, str]]:
    """Return the kind and the id of every board on which *product* stands."""
    kind = edition.catalogue.kinds[product.set]
    at = (
        edition.catalogue.map.district_of(product.commune, product.district),
        product.commune,
        kind.sector.id,
        kind.group.id,
        product.set,
        product.producer,
    )
    return [(kind, id_) for kind, id_ in zip(_KINDS, at, strict=True) if id_]


def _order(lists: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return where each product stands in that of *lists* which has it."""
    return {id_: place for ids in lists for place, id_ in enumerate(ids)}


def _sets_by_name(edition: Edition, by_name: Iterable[str]) -> dict[str, tuple[str, ...]]:
    catalogue = edition.catalogue
    sets: dict[str, list[str]] = {}
    for id_ in by_name:
        if catalogue.standings[id_].status.starred:
            sets.setdefault(catalogue.products[id_].record.set, []).append(id_)
    return {id_: tuple(ids) for id_, ids in sets.items()}


def _outlets(
    edition: Edition,
) -> tuple[dict[str, tuple[Entry[Outlet], ...]], tuple[Entry[Outlet], ...]]:
    """Return the open outlets by product, and those that sell everything."""
    sold: dict[str, tuple[Entry[Outlet], ...]] = {}
    own: dict[str, list[str]] = {}
    for id_, product in edition.catalogue.products.items():
        own.setdefault(product.record.producer, []).append(id_)
    everything = []
    for entry in open_outlets(edition):
        if entry.record.products.everything:
            everything.append(entry)
        for id_ in dict.fromkeys(
            (*entry.record.products.ids, *own.get(entry.record.producer or "", ()))
        ):
            sold[id_] = (*sold.get(id_, ()), entry)
    return sold, tuple(everything)


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

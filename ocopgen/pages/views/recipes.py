"""What each view is made of, told without making it: equal recipes, equal views.

A view is a function of the few things that its recipe names, so that a page whose recipe is known
need not be looked at again. Whoever lets a view read something new names it here; a plan that
remembers is compared with one that does not in tests/build/test_design.py.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ocopgen.base.digest import Digest, digest
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet, Photo, Producer, Product
from ocopgen.pages.templates import engine
from ocopgen.pages.views.shelves import has_closed

if TYPE_CHECKING:
    from ocopgen.pages.views.press import Press
    from ocopgen.pages.views.selection import Selection


class Recipes:
    """The recipes of one edition's views."""

    def __init__(self, press: "Press") -> None:
        """Take everything from *press*."""
        self._press = press
        self._catalogue = press.catalogue
        self._cards = press.desk.cards

    @cached_property
    def ground(self) -> Digest:
        """Return what every view may speak of: the frame, all words, places, kinds and rules."""
        press = self._press
        return digest(
            engine(),
            self._catalogue.ground,
            press.site,
            press.t.entries,
            press.t.locale,
            press.desk.assets.paths,
        )

    @cached_property
    def outlets(self) -> Digest:
        """Return what is known of all places that sell, and which of them are open."""
        shelves = self._press.shelves
        sold = {id_: _digests(entries) for id_, entries in shelves.outlets.items()}
        return digest(sold, _digests(shelves.outlets_of_all))

    @cached_property
    def products(self) -> Digest:
        """Return what is made of the facts of all records together, stories left out."""
        products = self._catalogue.products.items()
        told = [(id_, entry.digest, self.card(id_)) for id_, entry in products]
        trade = [
            _digests(self._catalogue.outlets.values()),
            _digests(self._catalogue.events.values()),
        ]
        closed = [
            has_closed(each.record, self._catalogue.day)
            for each in self._catalogue.outlets.values()
        ]
        return digest(self.ground, told, trade, closed, self.outlets)

    @cached_property
    def data(self) -> Digest:
        """Return what the open data is made of."""
        photos = sorted(self._press.desk.photos.items())
        return digest(self.products, photos)

    @cached_property
    def words(self) -> Digest:
        """Return what is made of all words together, those of stories and content pages too."""
        stories, pages = self._catalogue.stories, self._catalogue.pages
        told = [[*key, text.digest] for texts in (stories, pages) for key, text in texts.items()]
        return digest(self.products, told)

    def card(self, id_: str) -> Digest:
        """Return what the card of the product *id_* is made of."""
        if id_ not in self._cards:
            entry = self._catalogue.products[id_]
            producer = self._catalogue.producers[entry.record.producer]
            photos = [self._photo(entry.folder, photo) for photo in entry.record.photos[:1]]
            tied = (photos, producer.digest, self._standing(id_))
            self._cards[id_] = digest(id_, entry.face or entry.digest, *tied)
        return self._cards[id_]

    def poster(self, id_: str) -> Digest:
        """Return what the poster of the product *id_* is made of: nothing but what is on its card.

        Photos after the first one are no part of it: it takes the first that was surveyed, and a
        site with one that was not is never made.
        """
        return digest(self.ground, "poster", id_, self.card(id_))

    def cards(self, ids: Iterable[str]) -> list[Digest]:
        """Return what the cards of the products *ids* are made of."""
        known = self._cards.get
        return [known(id_) or self.card(id_) for id_ in ids]

    @cached_property
    def scene(self) -> Digest:
        """Return what all lists of products and all their pages are made of together.

        What a product's own pages alone show is left out: see `own`.
        """
        catalogue = self._catalogue
        # What a certificate is worth follows from what the card shows of it, the rules and the day.
        shown = [
            (id_, entry.face or entry.digest, self._photos(entry)[:1])
            for id_, entry in catalogue.products.items()
        ]
        makers, outlets = catalogue.producers.values(), catalogue.outlets.values()
        tied = _digests(makers), _digests(outlets), catalogue.day
        return digest(self.ground, "scene", shown, *tied)

    @cached_property
    def first(self) -> Digest:
        """Return what the first page is made of, told without choosing what it shows."""
        stories = self._catalogue.stories.items()
        return digest(
            self.scene,
            "first",
            _digests(self._catalogue.events.values()),
            [[*key, text.digest] for key, text in stories],
            sorted(self._press.desk.photos.items()),
        )

    def own(self, entries: Iterable[Entry[Product]]) -> list[str]:
        """Return what the pages of each of the products *entries* show beside the `scene`."""
        return [self._own(entry) for entry in entries]

    def _own(self, entry: Entry[Product]) -> str:
        story = self._press.edition.story(entry.id)
        told = f"{story.language} {story.digest}" if story else ""
        photos = [self._photo(entry.folder, photo) for photo in entry.record.photos[1:]]
        return f"{entry.digest} {told} {digest(photos) if photos else ''}"

    def home(self, chosen: "Selection", counts: object) -> Digest:
        """Return what the first page is made of: the *chosen* products, and all that it counts."""
        catalogue = self._catalogue
        story = self._press.edition.story(chosen.teaser) if chosen.teaser else None
        records = (catalogue.producers, catalogue.outlets, catalogue.events)
        return digest(
            self.ground,
            "home",
            catalogue.day,
            chosen,
            story and story.digest,
            self.cards(sorted(chosen.all)),
            counts,
            [_digests(each.values()) for each in records],
        )

    def product(self, entry: Entry[Product], around: object) -> Digest:
        """Return what the page of the product *entry* is made of.

        *around* is what the cards beside its own and its map are made of.
        """
        shown = (self._own(entry), self.card(entry.id), self.outlets, around)
        return digest(self.ground, "product", entry.id, *shown)

    def producer(self, entry: Entry[Producer], around: object, *ids: Iterable[str]) -> Digest:
        """Return what the page of the producer *entry*, with the products *ids*, is made of.

        *around* is what its map is made of, and where its places lead.
        """
        rest = (self._photos(entry), self.outlets, around, [self.cards(each) for each in ids])
        return digest(self.ground, "producer", entry.id, entry.digest, *rest)

    def record(self, entry: Entry[Any]) -> Digest:
        """Return what is told to programs of *entry*, in whatever language its page is."""
        record, producers = entry.record, self._catalogue.producers
        tied: tuple[object, ...] = ()
        if isinstance(record, Product):
            tied = (self._standing(entry.id), self._photos(entry))
        elif isinstance(record, Producer):
            tied = (self._photos(entry),)
        elif isinstance(record, Outlet):
            owner = producers.get(record.producer or "")
            tied = (owner and owner.digest,)
        return digest(engine(), self._catalogue.ground, "record", entry.id, entry.digest, tied)

    def part(self, url: str, *rest: object, cards: Iterable[str]) -> Digest:
        """Return what the part at *url* of a list is made of: *cards*, and the *rest* of it."""
        return digest(self.ground, "part", url, rest, self.cards(cards))

    def _standing(self, id_: str) -> tuple[Any, ...]:
        # It tells the day's part as well: a certificate that begins takes the place of another.
        stands = self._catalogue.standings[id_]
        issuer = dict(stands.issuer) if stands.issuer else None
        return stands.status, stands.place, stands.first_end, stands.last_end, issuer

    def _photos(self, entry: Entry[Product] | Entry[Producer]) -> list[object]:
        return [self._photo(entry.folder, photo) for photo in entry.record.photos]

    def _photo(self, folder: str, photo: Photo) -> object:
        return self._press.desk.photos.get((folder, photo.file))


def _digests(entries: Iterable[Entry[Any]]) -> list[tuple[str, Digest]]:
    return [(entry.id, entry.digest) for entry in entries]

"""What each view is made of, told without making it: equal recipes, equal views.

A view is a function of the few things that its recipe names, so that a page whose recipe is known
need not be looked at again. Whoever lets a view read something new names it here, and in `Shown`
too where it stands on the page of a product; a plan that remembers is compared with one that does
not in tests/build/test_design.py.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ocopgen.base.digest import Digest, digest
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet, Producer, Product
from ocopgen.pages.templates import engine
from ocopgen.pages.views.shelves import has_closed
from ocopgen.pages.views.shown import Shown, digests

if TYPE_CHECKING:
    from ocopgen.pages.views.press import Press
    from ocopgen.pages.views.selection import Selection


class Recipes:
    """The recipes of one edition's views."""

    def __init__(self, press: "Press") -> None:
        """Take everything from *press*."""
        self._press = press
        self._catalogue = press.catalogue
        self.shown = press.desk.shown or Shown(press.catalogue, press.desk.photos)

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
        sold = {id_: digests(entries) for id_, entries in shelves.outlets.items()}
        return digest(sold, digests(shelves.outlets_of_all))

    @cached_property
    def products(self) -> Digest:
        """Return what is made of the facts of all records together, stories left out."""
        products = self._catalogue.products.items()
        told = [(id_, entry.digest, self.shown.card(id_)) for id_, entry in products]
        trade = [
            digests(self._catalogue.outlets.values()),
            digests(self._catalogue.events.values()),
        ]
        closed = [
            has_closed(each.record, self._catalogue.day)
            for each in self._catalogue.outlets.values()
        ]
        return digest(self.ground, told, trade, closed, self.outlets)

    @cached_property
    def data(self) -> Digest:
        """Return what the open data is made of."""
        return digest(self.products, self.shown.all_photos)

    @cached_property
    def words(self) -> Digest:
        """Return what is made of all words together, those of stories and content pages too."""
        stories, pages = self._catalogue.stories, self._catalogue.pages
        told = [[*key, text.digest] for texts in (stories, pages) for key, text in texts.items()]
        return digest(self.products, told)

    def poster(self, id_: str) -> Digest:
        """Return what the poster of the product *id_* is made of: nothing but what is on its card.

        Photos after the first one are no part of it: it takes the first that was surveyed, and a
        site with one that was not is never made.
        """
        return digest(self.ground, "poster", id_, self.shown.card(id_))

    @cached_property
    def scene(self) -> Digest:
        """Return what all lists of products are made of together."""
        return digest(self.ground, self.shown.scene)

    @cached_property
    def setting(self) -> Digest:
        """Return what pages of all products are made of together."""
        return digest(self.ground, self.shown.setting)

    @cached_property
    def first(self) -> Digest:
        """Return what the first page is made of, told without choosing what it shows."""
        shown, events = self.shown, digests(self._catalogue.events.values())
        return digest(self.scene, "first", events, shown.told, shown.all_photos)

    def own(self, entries: Iterable[Entry[Product]]) -> list[str]:
        """Return what is told to programs of each of the products *entries* by itself."""
        return [*map(self.shown.own, entries)]

    def beside(self, entries: Iterable[Entry[Product]]) -> list[str]:
        """Return what the pages of each of the products *entries* show beside the `setting`."""
        beside = self.shown.beside
        return [beside[entry.id] + self._story(entry) for entry in entries]

    def _story(self, entry: Entry[Product]) -> str:
        story = self._press.edition.story(entry.id)
        return f" {story.language} {story.digest}" if story else ""

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
            self.shown.cards(sorted(chosen.all)),
            counts,
            [digests(each.values()) for each in records],
        )

    def product(self, entry: Entry[Product], around: object) -> Digest:
        """Return what the page of the product *entry* is made of.

        *around* is what the cards beside its own and its map are made of.
        """
        shown, id_ = self.shown, entry.id
        own = (shown.own(entry), self._story(entry), shown.card(id_), self.outlets, around)
        return digest(self.ground, "product", id_, *own)

    def producer(self, entry: Entry[Producer], around: object, *ids: Iterable[str]) -> Digest:
        """Return what the page of the producer *entry*, with the products *ids*, is made of.

        *around* is what its map is made of, and where its places lead.
        """
        shown = self.shown
        rest = (shown.photos(entry), self.outlets, around, [shown.cards(each) for each in ids])
        return digest(self.ground, "producer", entry.id, entry.digest, *rest)

    def record(self, entry: Entry[Any]) -> Digest:
        """Return what is told to programs of *entry*, in whatever language its page is."""
        record, producers = entry.record, self._catalogue.producers
        tied: tuple[object, ...] = ()
        if isinstance(record, Product):
            tied = (self.shown.standing(entry.id), self.shown.photos(entry))
        elif isinstance(record, Producer):
            tied = (self.shown.photos(entry),)
        elif isinstance(record, Outlet):
            owner = producers.get(record.producer or "")
            tied = (owner and owner.digest,)
        return digest(engine(), self._catalogue.ground, "record", entry.id, entry.digest, tied)

    def part(self, url: str, *rest: object, cards: Iterable[str]) -> Digest:
        """Return what the part at *url* of a list is made of: *cards*, and the *rest* of it."""
        return digest(self.ground, "part", url, rest, self.shown.cards(cards))

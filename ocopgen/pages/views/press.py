"""What the pages of one edition share, each thing made once."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ocopgen.base.digest import Digest
from ocopgen.content.edition import Phrase
from ocopgen.content.records import Event, Outlet, Producer, Product, Source
from ocopgen.pages.formats import Formats
from ocopgen.pages.routes import origin_of
from ocopgen.pages.views.atlas import Atlas
from ocopgen.pages.views.census import Census, census
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.frame import Framer, Site
from ocopgen.pages.views.parts import Card, Count, Link
from ocopgen.pages.views.pictures import pictures
from ocopgen.pages.views.recipes import Recipes
from ocopgen.pages.views.shelves import Shelves
from ocopgen.pages.views.standing import Mark, mark

if TYPE_CHECKING:
    from ocopgen.pages.views.cuts import Cut, Here

_MARKS = 500
"""How many are held: a page asks for few of them, several times, and each is many words."""
_MARKED = 0.4
"""The share of words with marks from which a line counts as written in a language with marks."""


class Press:
    """One edition, set up for making its views."""

    def __init__(self, desk: Desk) -> None:
        """Set up everything from *desk*."""
        self.desk = desk
        self.edition = desk.edition
        self.catalogue = desk.edition.catalogue
        self.t = desk.t
        self.routes = desk.routes
        self.formats = Formats(desk.t)
        self.framer = Framer(desk)
        self.site: Site = self.framer.site
        self.recipes = Recipes(self)
        self._origin = origin_of(self.catalogue.site.base_url)
        self._cards: dict[str, Card] = {}
        self._marks: dict[str, Mark] = {}
        self.cuts: dict[Here, Cut | None] = {}
        self.cut_recipes: dict[Here, Digest | None] = {}

    @cached_property
    def shelves(self) -> Shelves:
        """Return which products stand in which list."""
        return Shelves(self.edition)

    @cached_property
    def atlas(self) -> Atlas:
        """Return where everything lies, for maps."""
        return Atlas(self)

    @cached_property
    def census(self) -> Census:
        """Return how many there are of everything."""
        return census(self.catalogue)

    def absolute(self, url: str) -> str:
        """Return *url* as somebody outside the site has to write it."""
        return self._origin + url

    def mark(self, id_: str) -> Mark:
        """Return what is said of the certificate of the product *id_*."""
        if id_ not in self._marks:
            if len(self._marks) >= _MARKS:
                self._marks.clear()
            self._marks[id_] = mark(self.edition, self.catalogue.standings[id_], self.formats)
        return self._marks[id_]

    def card(self, id_: str) -> Card:
        """Return the card of the product *id_*."""
        if id_ not in self._cards:
            self._cards[id_] = self._card(id_)
        return self._cards[id_]

    def cards(self, ids: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of the products *ids*."""
        return tuple(self.card(id_) for id_ in ids)

    def _card(self, id_: str) -> Card:
        entry = self.catalogue.products[id_]
        product, worth = entry.record, self.mark(id_)
        producer = self.catalogue.producers[product.producer].record
        return Card(
            id=id_,
            name=self.edition.say(product.name),
            url=self.routes.product(id_),
            picture=pictures(self.desk, entry)[0],
            star=worth.star,
            star_words=worth.stars,
            producer=self.edition.say(producer.name),
            place=self.where(product),
            note=worth.note,
            draft=self.t("product.draft") if product.draft else "",
        )

    def where(self, record: Product | Producer | Outlet | Event) -> str:
        """Return the name of the place of *record*: today's, else that of the former district."""
        if record.commune:
            return self.commune(record.commune)
        return self.former_district(record.district) if record.district else ""

    def commune(self, id_: str) -> str:
        """Return the name of the commune *id_*."""
        return self.edition.say(self.catalogue.map.communes[id_].name).text

    def district(self, id_: str) -> str:
        """Return the name of the former district *id_*, as it was called."""
        return self.edition.say(self.catalogue.map.districts[id_].name).text

    def former_district(self, id_: str) -> str:
        """Return the name of the former district *id_*, with a word that it is gone."""
        return self.t("place.former", name=self.district(id_))

    def within_district(self, id_: str) -> str:
        """Return the name of the former district *id_* as it stands inside a sentence."""
        return self.t("place.former_within", name=self.district(id_))

    def bare(self, name: str) -> str:
        """Return *name* without the word for its kind: "Xuân Lộc" for "Huyện Xuân Lộc"."""
        for kind in self.t("place.kinds").split("|"):
            if name.startswith(kind) or name.endswith(kind):
                return name.removeprefix(kind).removesuffix(kind).strip()
        return name

    def commune_link(self, id_: str) -> Link:
        """Return the commune *id_*, leading to its list where it has one."""
        url = self.routes.commune(id_) if id_ in self.shelves.communes else ""
        return Link(Phrase(self.commune(id_)), url)

    def district_link(self, id_: str) -> Link:
        """Return the former district *id_*, leading to its list where it has one."""
        url = self.routes.district(id_) if id_ in self.shelves.districts else ""
        return Link(Phrase(self.former_district(id_)), url)

    def places(self, record: Producer | Outlet | Event) -> tuple[Link, ...]:
        """Return the commune and the former district of *record*, as far as they are known."""
        district = self.catalogue.map.district_of(record.commune, record.district)
        commune = (self.commune_link(record.commune),) if record.commune else ()
        return (*commune, self.district_link(district)) if district else commune

    def producer_link(self, id_: str) -> Link:
        """Return the producer *id_*, leading to its page."""
        name = self.edition.say(self.catalogue.producers[id_].record.name)
        return Link(name, self.routes.producer(id_))

    def set_link(self, id_: str) -> Link:
        """Return the product set *id_*, leading to its list."""
        return Link(self.edition.say(self.catalogue.kinds[id_].set.name), self.routes.set(id_))

    def set_count(self, id_: str) -> Count:
        """Return how many products with stars the set *id_* holds."""
        board = self.shelves.sets.get(id_)
        url = self.routes.set(id_) if board else ""
        name = self.edition.say(self.catalogue.kinds[id_].set.name)
        return Count(name, url, len(board.current) if board else 0)

    def sources(self, sources: Iterable[Source]) -> tuple[Link, ...]:
        """Return where facts were read, and when."""
        return tuple(
            Link(
                self.line(source.title),
                source.url,
                outside=True,
                note=self.t("source.accessed", day=self.formats.day(source.accessed)),
            )
            for source in sources
        )

    def line(self, line: str) -> Phrase:
        """Return *line*, which an editor wrote in a language that only its letters tell."""
        codes = [language.code for language in self.catalogue.site.languages]
        words = line.split()
        marked = sum(not word.isascii() for word in words) >= len(words) * _MARKED
        if not marked and len(codes) != 2:  # noqa: PLR2004 - of two languages it is the other
            return Phrase(line)
        code = codes[0] if marked else codes[1]
        return Phrase(line, "" if code == self.edition.language.code else code)

    def numbered(self, text: str, number: int) -> str:
        """Return *text* of part *number* of a list, which has it to itself on the first one."""
        return text if number == 1 else self.t("list.part", title=text, number=number)

    def products(self, count: int) -> str:
        """Return how many products that is, in words."""
        return self.t("count.products", count=count, number=self.formats.number(count))

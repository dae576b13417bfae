"""The lists of products: all, by star, by place, by kind, and those no longer certified."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.digest import Digest, digest
from ocopgen.content.edition import Phrase
from ocopgen.pages.routes import Address, part_of
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.cuts import Cut, Here, cut_of, cut_recipe
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.paging import paging, parts
from ocopgen.pages.views.parts import Card, Count, Fact, Link, Paging, Part
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS, Board


class Stars(Struct, frozen=True):
    """The cards of one star on one part of a list."""

    star: int
    title: str
    count: str
    """How many products of the star the whole list holds, in words."""
    cards: tuple[Card, ...]


class ListPage(Struct, frozen=True):
    """What one part of a list of products shows."""

    site: Site
    head: Head
    crumbs: tuple[Link, ...]
    title: Phrase
    count: str
    """How many products the list holds, in words."""
    scope: str
    """What the products of the list share, for the script that narrows it down; empty: nothing."""
    narrows: bool
    """Whether its products differ in anything, so that the list can be narrowed down."""
    lede: tuple[str, ...]
    facts: tuple[Fact, ...]
    cut: Cut | None
    """A map of the place that the list is about."""
    counts: tuple[Count, ...]
    """What the list may be narrowed down to."""
    counts_title: str
    stars: tuple[Stars, ...]
    former: tuple[Link, ...]
    """Those that no longer carry stars, each with a note."""
    former_note: str
    beside: Link | None
    """Another list for what this one leaves out."""
    paging: Paging | None


class Listing(Struct, frozen=True):
    """A list of products before it is cut into parts."""

    title: Phrase
    section: str
    scope: str
    """What its products share: "district=xuan-loc"; empty: nothing."""
    description: str
    board: Board
    head_title: str = ""
    """For the page's head, where the bare title would not tell pages apart."""
    crumbs: tuple[Link, ...] = ()
    until: date | None = None
    """The last day of the place; absent: it is still there, or the list is about none."""
    lede: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    here: Here | None = None
    """The place that the list is about; absent: none."""
    counts: tuple[Count, ...] = ()
    counts_title: str = ""
    beside: Link | None = None
    """Where those that no longer carry stars are; absent: below the list itself."""


class _Whole(Struct, frozen=True, dict=True):
    """What the parts of a list have in common."""

    press: Press
    listing: Listing
    address: Address
    cut: Sequence[Sequence[str]]
    """The ids of the products on each part."""

    @cached_property
    def held(self) -> Mapping[int, int]:
        """Return how many of each star there are."""
        return Counter(map(self.press.shelves.star.__getitem__, self.listing.board.current))

    @cached_property
    def narrows(self) -> bool:
        """Return whether its products differ in anything that people choose by."""
        board = self.listing.board
        return len(board.current) > 1 and _narrows(self.press, board)

    @cached_property
    def bare(self) -> Digest:
        """Return what the list is made of beside its products."""
        return digest(replace(self.listing, board=Board()))


def list_pages(press: Press, listing: Listing, address: Address) -> Iterator[Part]:
    """Yield each part of *listing*, which begins at *address*."""
    cut = parts(listing.board.current, press.catalogue.site.per_page)
    whole = _Whole(press, listing, address, cut)
    for number in range(1, len(cut) + 1):
        here = part_of(address, number)
        yield here, partial(_recipe, whole, number), partial(_part, whole, number)


def _recipe(whole: _Whole, number: int) -> Digest:
    """Return what part *number* is made of."""
    press, listing, ids = whole.press, whole.listing, whole.cut[number - 1]
    return press.recipes.part(
        part_of(whole.address, number)(press.routes),
        cut_recipe(press, listing.here) if number == 1 else None,
        whole.bare,
        number,
        len(whole.cut),
        whole.held,
        len(listing.board.former),
        len(ids),
        whole.narrows,
        cards=[*ids, *_former_on(listing, number)],
    )


def _former_on(listing: Listing, number: int) -> Sequence[str]:
    """Return which products part *number* shows below those that carry stars."""
    return listing.board.former if number == 1 and listing.beside is None else ()


def _narrows(press: Press, board: Board) -> bool:
    """Tell whether the products of *board* differ in anything that people choose by."""
    catalogue = press.catalogue
    known: dict[int, object] = {}
    for id_ in (*board.current, *board.former):
        record, standing = catalogue.products[id_].record, catalogue.standings[id_]
        kind = catalogue.producers[record.producer].record.kind
        where = (record.district, record.commune)
        for trait, value in enumerate((standing.status, standing.star, record.set, kind, *where)):
            if value is not None and known.setdefault(trait, value) != value:
                return True
    return False


def _until(press: Press, listing: Listing) -> Iterator[str]:
    """Yield until when the place was there, which takes a language's own way to write a day."""
    if listing.until:
        yield press.t("list.district_until", day=press.formats.day(listing.until))


def _part(whole: _Whole, number: int) -> ListPage:
    press, listing, address = whole.press, whole.listing, whole.address
    title = press.numbered(listing.head_title or listing.title.text, number)
    description = press.numbered(listing.description, number)
    former = _former_on(listing, number)
    stars = tuple(_stars(press, whole.held, whole.cut[number - 1]))
    total = len(listing.board.current)
    shown = (Link(card.name, card.url) for each in stars for card in each.cards)
    return ListPage(
        site=press.site,
        head=press.framer.head(
            title,
            description,
            listing.section,
            part_of(address, number),
            things=(
                linked_data.trail(press, listing.crumbs, listing.title.text),
                linked_data.rows(press, shown, total),
            ),
        ),
        crumbs=listing.crumbs,
        title=listing.title,
        count=press.products(total),
        scope=listing.scope,
        narrows=whole.narrows,
        lede=(*_until(press, listing), *listing.lede) if number == 1 else (),
        facts=listing.facts if number == 1 else (),
        cut=cut_of(press, listing.here) if listing.here and number == 1 else None,
        counts=listing.counts if len(listing.counts) > 1 else (),
        counts_title=listing.counts_title,
        stars=stars,
        former=tuple(_former(press, id_) for id_ in former[: press.catalogue.site.per_page]),
        former_note=_more_former(press, len(former)),
        beside=listing.beside,
        paging=paging(press, address(press.routes), number, len(whole.cut)),
    )


def _stars(press: Press, held: Mapping[int, int], ids: Sequence[str]) -> Iterator[Stars]:
    """Yield *ids* by star; *held* is how many of each star the whole list holds."""
    star_of = press.shelves.star
    for star in STARS:
        own = [id_ for id_ in ids if star_of[id_] == star]
        if own:
            title = press.t("star.words", star=star)
            yield Stars(star, title, press.products(held[star]), press.cards(own))


def by_star(press: Press, ids: Sequence[str]) -> tuple[Stars, ...]:
    """Return the products *ids* under their stars, five first."""
    held = Counter(map(press.shelves.star.__getitem__, ids))
    return tuple(_stars(press, held, ids))


def _former(press: Press, id_: str) -> Link:
    name = press.edition.say(press.catalogue.products[id_].record.name)
    return Link(name, press.routes.product(id_), note=press.mark(id_).note)


def _more_former(press: Press, count: int) -> str:
    more = count - press.catalogue.site.per_page
    return press.t("list.more_former", count=more) if more > 0 else ""

"""The first page."""

from collections.abc import Iterator

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.content.edition import Phrase
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.buying import row
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.maps import Sketch, sketch_of
from ocopgen.pages.views.news import Fresh, Happenings, fresh, happenings
from ocopgen.pages.views.parts import Card, Count, Link, Picture, Row
from ocopgen.pages.views.places import district_counts
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.selection import opening, selection
from ocopgen.pages.views.shelves import STARS, Boards, open_outlets

_MOST_OUTLETS = 6


class Tally(Struct, frozen=True):
    """How many products carry a star."""

    star: int
    words: str
    count: str
    url: str


class SetCard(Struct, frozen=True):
    """A product set with a picture from it."""

    count: Count
    words: str
    picture: Picture


class Teaser(Struct, frozen=True):
    """The beginning of a story."""

    id: str
    title: Phrase
    text: Phrase
    picture: Picture
    product: Phrase
    url: str


class HomePage(Struct, frozen=True):
    """What the first page shows."""

    site: Site
    head: Head
    lede: str
    day: str
    """On which the catalogue stood as it is shown."""
    wall: tuple[Picture, ...]
    tallies: tuple[Tally, ...]
    former: Tally
    best: tuple[Card, ...]
    best_star: int
    best_words: str
    best_count: str
    best_url: str
    districts: tuple[Count, ...]
    district_words: str
    sets: tuple[SetCard, ...]
    fresh: tuple[Fresh, ...]
    """Empty where no source tells the day of any certificate."""
    happenings: Happenings | None
    figures: tuple[Link, ...]
    """How many there are of what, each leading to its list."""
    map: Sketch | None
    teaser: Teaser | None
    outlets: tuple[Row, ...]


def home_recipe(press: Press) -> Digest:
    """Return what the first page is made of."""
    lists = press.shelves
    counts = (
        [_counts(boards) for boards in (lists.districts, lists.sets)],
        [len(ids) for ids in lists.stars.values()],
        (len(lists.all.former), _held(lists.producers)),
        (press.atlas.counts, press.atlas.most),
    )
    return press.recipes.home(selection(press), counts)


def _counts(boards: Boards) -> dict[str, int]:
    return {id_: len(boards.current(id_)) for id_ in boards}


def home_page(press: Press) -> HomePage:
    """Return what the first page shows."""
    t, lists, formats = press.t, press.shelves, press.formats
    chosen = selection(press)
    best = chosen.star
    lede = t(
        "home.lede",
        products=press.products(len(lists.all.current)),
        producers=_counted(press, "producers", _held(lists.producers)),
    )
    return HomePage(
        site=press.site,
        head=press.framer.head(
            press.site.title,
            lede,
            "home",
            lambda routes: routes.home,
            things=(linked_data.website(press),),
        ),
        lede=lede,
        day=formats.day(press.catalogue.day),
        wall=tuple(press.card(id_).picture for id_ in chosen.wall),
        tallies=tuple(_tally(press, star) for star in STARS),
        former=Tally(
            0, t("menu.former"), formats.number(len(lists.all.former)), press.routes.former
        ),
        best=press.cards(chosen.best),
        best_star=best,
        best_words=t("star.words", star=best),
        best_count=press.products(len(lists.stars[best])),
        best_url=press.routes.star(best),
        districts=district_counts(press),
        district_words=t("count.districts", count=len(press.catalogue.map.districts)),
        sets=tuple(_set(press, *each) for each in chosen.sets),
        fresh=fresh(press, chosen.fresh),
        happenings=happenings(press),
        figures=tuple(_figures(press)),
        map=sketch_of(press),
        teaser=_teaser(press, chosen.teaser),
        outlets=tuple(row(press, each) for each in open_outlets(press.edition)[:_MOST_OUTLETS]),
    )


def _tally(press: Press, star: int) -> Tally:
    count = len(press.shelves.stars[star])
    url = press.routes.star(star) if count else press.routes.products
    return Tally(star, press.t("star.words", star=star), press.formats.number(count), url)


def _figures(press: Press) -> Iterator[Link]:
    """Yield how many there are of what the catalogue holds; what there is none of is left out."""
    lists, routes = press.shelves, press.routes
    for kind, count, url in (
        ("products", len(lists.all.current), routes.products),
        ("producers", _held(lists.producers), routes.producers),
        ("communes", _held(lists.communes), routes.places),
        ("outlets", len(open_outlets(press.edition)), routes.outlets),
        ("events", len(press.catalogue.events), routes.events),
    ):
        if count:
            yield Link(Phrase(_counted(press, kind, count)), url)


def _held(boards: Boards) -> int:
    """Return how many of *boards* hold products with stars."""
    return sum(bool(boards.current(id_)) for id_ in boards)


def _counted(press: Press, kind: str, count: int) -> str:
    return press.t(f"count.{kind}", count=count, number=press.formats.number(count))


def _teaser(press: Press, id_: str | None) -> Teaser | None:
    """Return the beginning of the story of the product *id_*."""
    text = press.edition.story(id_) if id_ else None
    if id_ is None or text is None:
        return None
    card, title = press.card(id_), Phrase(text.record.title)
    return Teaser(id_, title, Phrase(opening(text)), card.picture, card.name, card.url)


def _set(press: Press, id_: str, product: str) -> SetCard:
    count = press.set_count(id_)
    return SetCard(count, press.products(count.count), press.card(product).picture)

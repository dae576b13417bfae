"""The first page."""

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from ocopgen.base.text import shorten
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Text
from ocopgen.content.matter import Story
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.buying import row
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.maps import Sketch, sketch_of
from ocopgen.pages.views.news import Fresh, Happenings, fresh, happenings
from ocopgen.pages.views.parts import Card, Count, Link, Picture, Row
from ocopgen.pages.views.places import district_counts
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS, Boards, open_outlets

_WALLS = (6, 3, 1)
"""How many pictures make a wall without gaps."""
_SHOWN = 4
_TEASER = 420
_OPENING = 160
"""The letters that the first paragraph of a story has at least, to be worth a band of its own."""
_MOST_OUTLETS, _MOST_SETS = 6, 6
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


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


def home_page(press: Press) -> HomePage:
    """Return what the first page shows."""
    t, lists, formats = press.t, press.shelves, press.formats
    best = next((star for star in STARS if lists.stars[star]), STARS[0])
    shelf = _best(press, best)
    teaser = _teaser(press, shelf)
    shown = {*shelf, teaser.id} if teaser else set(shelf)
    wall = _wall(press, shown)
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
        wall=tuple(press.card(id_).picture for id_ in wall),
        tallies=tuple(_tally(press, star) for star in STARS),
        former=Tally(
            0, t("menu.former"), formats.number(len(lists.all.former)), press.routes.former
        ),
        best=press.cards(shelf),
        best_star=best,
        best_words=t("star.words", star=best),
        best_count=press.products(len(lists.stars[best])),
        best_url=press.routes.star(best),
        districts=district_counts(press),
        district_words=t("count.districts", count=len(press.catalogue.map.districts)),
        sets=tuple(_sets(press, shown.union(wall)))[:_MOST_SETS],
        fresh=fresh(press, shown.union(wall)),
        happenings=happenings(press),
        figures=tuple(_figures(press)),
        map=sketch_of(press),
        teaser=teaser,
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
    return sum(bool(board.current) for board in boards.values())


def _counted(press: Press, kind: str, count: int) -> str:
    return press.t(f"count.{kind}", count=count, number=press.formats.number(count))


def _wall(press: Press, shown: Collection[str]) -> list[str]:
    """Return products with pictures as unlike as can be, those *shown* further down last."""
    current = press.shelves.all.current
    ids = sorted(current, key=lambda id_: id_ in shown)
    pictured = [id_ for id_ in ids if _pictured(press, id_)]
    found = [*_unlike(press, pictured)][: _WALLS[0]]
    found += [id_ for id_ in pictured if id_ not in found][: _WALLS[0] - len(found)]
    whole = max((size for size in _WALLS if size <= len(found)), default=0)
    return found[:whole]


def _pictured(press: Press, id_: str) -> bool:
    """Tell whether the product *id_* has a picture, without making its card."""
    entry = press.catalogue.products[id_]
    return any((entry.folder, each.file) in press.desk.photos for each in entry.record.photos)


def _unlike(press: Press, ids: list[str]) -> Iterator[str]:
    """Yield those of *ids* that share neither producer nor set nor tone with one before."""
    seen = set[str]()
    for id_ in ids:
        product = press.catalogue.products[id_].record
        traits = {product.producer, product.set, press.card(id_).picture.tone}
        if not traits & seen:
            seen |= traits
            yield id_


def _best(press: Press, star: int) -> list[str]:
    """Return some products of *star*, of as many producers as there are."""
    ids, seen = press.shelves.stars[star], set[str]()
    first = []
    for id_ in ids:
        producer = press.catalogue.products[id_].record.producer
        if producer not in seen:
            seen.add(producer)
            first.append(id_)
    return [*first, *(id_ for id_ in ids if id_ not in first)][:_SHOWN]


def _teaser(press: Press, shown: Collection[str]) -> Teaser | None:
    """Return the beginning of a story worth a band: of a product not *shown*, and not too short."""
    first = None
    for each in _teasers(press):
        if each.id not in shown and len(each.text.text) >= _OPENING:
            return each
        first = first or each
    return first


def _teasers(press: Press) -> Iterator[Teaser]:
    """Yield the beginnings of stories that are in the page's language and have a picture."""
    own = press.edition.language.code
    for id_ in press.shelves.all.current:
        text = press.edition.story(id_)
        if text and text.language == own and _pictured(press, id_):
            card = press.card(id_)
            words = shorten(_first_paragraph(text), _TEASER)
            title = Phrase(text.record.title)
            yield Teaser(id_, title, Phrase(words), card.picture, card.name, card.url)


def _first_paragraph(text: Text[Story]) -> str:
    """Return the words of the first paragraph of *text*."""
    from html import unescape  # with all names of letters

    found = next(
        (each for block in text.prose.blocks if (each := _PARAGRAPH.search(block.html))), None
    )
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else text.prose.plain


def _sets(press: Press, shown: Collection[str]) -> Iterator[SetCard]:
    """Yield the sets that hold products with stars, the fullest first."""
    counts = {id_: press.set_count(id_) for id_ in press.catalogue.kinds}
    for id_, count in sorted(counts.items(), key=lambda pair: -pair[1].count):
        if count.count:
            picture = press.card(_with_photo(press, id_, shown)).picture
            yield SetCard(count, press.products(count.count), picture)


def _with_photo(press: Press, set_id: str, shown: Collection[str]) -> str:
    """Return a product of the set that has a picture, if possible one that is not *shown*."""
    ids = press.shelves.sets[set_id].current
    return min(ids, key=lambda id_: (not _pictured(press, id_), id_ in shown))

"""The first page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from ocopgen.base.text import shorten
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Text
from ocopgen.pages.views.buying import rows
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.parts import Card, Count, Picture, Row
from ocopgen.pages.views.places import district_counts
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.prose import story
from ocopgen.pages.views.shelves import STARS, open_outlets

_WALLS = (6, 3, 1)
"""How many pictures make a wall without gaps."""
_SHOWN = 4
_TEASER = 420
_MOST_OUTLETS = 6
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many products carry a star."""

    star: int
    words: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class SetCard:
    """A product set with a picture from it."""

    count: Count
    words: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Teaser:
    """The beginning of a story."""

    title: Phrase
    text: Phrase
    picture: Picture
    product: Phrase
    url: str


@dataclass(frozen=True, slots=True)
class HomePage:
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
    teaser: Teaser | None
    districts: tuple[Count, ...]
    district_words: str
    sets: tuple[SetCard, ...]
    outlets: tuple[Row, ...]


def home_page(press: Press) -> HomePage:
    """Return what the first page shows."""
    t, lists, formats = press.t, press.shelves, press.formats
    best = next((star for star in STARS if lists.stars[star]), STARS[0])
    makers = sum(bool(board.current) for board in lists.producers.values())
    lede = t(
        "home.lede",
        products=press.products(len(lists.all.current)),
        producers=t("count.producers", count=makers, number=formats.number(makers)),
    )
    return HomePage(
        site=press.site,
        head=press.framer.head(
            press.site.title, lede, "home", lambda routes: routes.home, finds=True
        ),
        lede=lede,
        day=formats.day(press.catalogue.day),
        wall=_wall(press),
        tallies=tuple(_tally(press, star) for star in STARS),
        former=Tally(
            0, t("menu.former"), formats.number(len(lists.all.former)), press.routes.former
        ),
        best=press.cards(_best(press, best)),
        best_star=best,
        best_words=t("star.words", star=best),
        best_count=press.products(len(lists.stars[best])),
        best_url=press.routes.star(best),
        teaser=next(_teasers(press), None),
        districts=district_counts(press),
        district_words=t("count.districts", count=len(press.catalogue.map.districts)),
        sets=tuple(_sets(press)),
        outlets=rows(press, open_outlets(press.edition)[:_MOST_OUTLETS]),
    )


def _tally(press: Press, star: int) -> Tally:
    count = len(press.shelves.stars[star])
    url = press.routes.star(star) if count else press.routes.products
    return Tally(star, press.t("star.words", star=star), press.formats.number(count), url)


def _wall(press: Press) -> tuple[Picture, ...]:
    """Return pictures of products as unlike as can be: each from another producer and tone."""
    found: dict[tuple[str, str], Picture] = {}
    seen: set[str] = set()
    for id_ in press.shelves.all.current:
        product, picture = press.catalogue.products[id_].record, press.card(id_).picture
        if picture.sources and not {product.producer, picture.tone, product.set} & seen:
            seen |= {product.producer, picture.tone}
            found[product.set, picture.url] = picture
    for id_ in press.shelves.all.current:
        picture = press.card(id_).picture
        if len(found) >= _WALLS[0]:
            break
        if picture.sources and picture not in found.values():
            found[id_, picture.url] = picture
    whole = max((size for size in _WALLS if size <= len(found)), default=0)
    return tuple(found.values())[:whole]


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


def _teasers(press: Press) -> Iterator[Teaser]:
    """Yield the beginnings of stories that are in the page's language and have a picture."""
    for id_ in press.shelves.all.current:
        entry, card = press.catalogue.products[id_], press.card(id_)
        text = press.edition.story(id_)
        if text and card.picture.sources and (told := story(press, entry)) and not told.lang:
            words = shorten(_first_paragraph(text), _TEASER)
            yield Teaser(told.title, Phrase(words), card.picture, card.name, card.url)


def _first_paragraph(text: Text) -> str:
    """Return the words of the first paragraph of *text*."""
    found = next(
        (each for block in text.prose.blocks if (each := _PARAGRAPH.search(block.html))), None
    )
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else text.prose.plain


def _sets(press: Press) -> Iterator[SetCard]:
    """Yield the sets that hold products with stars, the fullest first."""
    counts = {id_: press.set_count(id_) for id_ in press.catalogue.kinds}
    for id_, count in sorted(counts.items(), key=lambda pair: -pair[1].count):
        if count.count:
            picture = press.card(_with_photo(press, id_)).picture
            yield SetCard(count, press.products(count.count), picture)


def _with_photo(press: Press, set_id: str) -> str:
    ids = press.shelves.sets[set_id].current
    return next((id_ for id_ in ids if press.card(id_).picture.sources), ids[0])

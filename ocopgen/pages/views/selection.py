"""Which products the first page shows: such with pictures first, of as many kinds as there are."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from ocopgen.base.text import shorten
from ocopgen.content.load import Text
from ocopgen.content.matter import Story
from ocopgen.pages.views.news import latest
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS

_WALLS = (6, 3, 1)
"""How many pictures make a wall without gaps."""
_SHOWN, _MOST_SETS = 4, 6
_TEASER = 420
_OPENING = 160
"""The letters that the first paragraph of a story has at least, to be worth a band of its own."""
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Selection(Struct, frozen=True):
    """The ids of all products of which the first page shows anything."""

    star: int
    """The highest that is carried."""
    best: tuple[str, ...]
    """Some that carry it."""
    wall: tuple[str, ...]
    teaser: str | None
    """Whose story is begun; absent: no story is fit for that."""
    sets: tuple[tuple[str, str], ...]
    """The fullest sets, and of each a product that stands for it."""
    fresh: tuple[tuple[str, date], ...]
    """Those certified last, with the day."""

    @property
    def all(self) -> frozenset[str]:
        """Return all ids."""
        teaser = (self.teaser,) if self.teaser else ()
        pairs = (id_ for id_, _ in self.fresh)
        return frozenset((*self.best, *self.wall, *teaser, *dict(self.sets).values(), *pairs))


def selection(press: Press) -> Selection:
    """Return what the first page shows; nothing twice, if possible."""
    star = next((star for star in STARS if press.shelves.stars[star]), STARS[0])
    pictured = tuple(_pictured(press))
    best = _best(press, star)
    teaser = _teaser(press, pictured, best)
    shown = {*best, teaser} if teaser else set(best)
    wall = _wall(press, pictured, shown)
    shown.update(wall)
    sets = tuple(_sets(press, frozenset(pictured), shown))
    return Selection(star, best, wall, teaser, sets, latest(press, shown))


def opening(text: Text[Story]) -> str:
    """Return the words that the story *text* begins with, as many as make a teaser."""
    return shorten(_first_paragraph(text), _TEASER)


def _pictured(press: Press) -> Iterator[str]:
    """Yield the products with stars that have a picture, in their order."""
    products, photos = press.catalogue.products, press.desk.photos
    for id_ in press.shelves.all.current:
        entry = products[id_]
        if entry.record.photos:
            folder = entry.folder
            if any((folder, each.file) in photos for each in entry.record.photos):
                yield id_


def _best(press: Press, star: int) -> tuple[str, ...]:
    """Return some products of *star*, of as many producers as there are."""
    ids, seen = press.shelves.stars[star], set[str]()
    first = []
    for id_ in ids:
        producer = press.catalogue.products[id_].record.producer
        if producer not in seen:
            seen.add(producer)
            first.append(id_)
            if len(first) == _SHOWN:
                break
    return (*first, *(id_ for id_ in ids if id_ not in first))[:_SHOWN]


def _wall(press: Press, pictured: Collection[str], shown: Collection[str]) -> tuple[str, ...]:
    """Return products with pictures as unlike as can be, those *shown* further down last."""
    ids = sorted(pictured, key=lambda id_: id_ in shown)
    found = [*islice(_unlike(press, ids), _WALLS[0])]
    found += [id_ for id_ in ids if id_ not in found][: _WALLS[0] - len(found)]
    whole = max((size for size in _WALLS if size <= len(found)), default=0)
    return tuple(found[:whole])


def _unlike(press: Press, ids: list[str]) -> Iterator[str]:
    """Yield those of *ids* that share neither producer nor set nor tone with one before."""
    seen = set[str]()
    for id_ in ids:
        product = press.catalogue.products[id_].record
        traits = {product.producer, product.set, press.card(id_).picture.tone}
        if not traits & seen:
            seen |= traits
            yield id_


def _teaser(press: Press, pictured: Collection[str], shown: Collection[str]) -> str | None:
    """Return a product whose story is worth a band: none that is *shown*, and not too short."""
    own, first = press.edition.language.code, None
    for id_ in pictured:
        text = press.edition.story(id_)
        if text and text.language == own:
            if id_ not in shown and len(opening(text)) >= _OPENING:
                return id_
            first = first or id_
    return first


def _first_paragraph(text: Text[Story]) -> str:
    """Return the words of the first paragraph of *text*."""
    from html import unescape  # with all names of letters

    found = next(
        (each for block in text.prose.blocks if (each := _PARAGRAPH.search(block.html))), None
    )
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else text.prose.plain


def _sets(
    press: Press, pictured: Collection[str], shown: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the fullest sets, each with a product: pictured, if possible, and not *shown*."""
    boards = press.shelves.sets
    held = {id_: boards[id_].current for id_ in press.catalogue.kinds if id_ in boards}
    fullest = sorted(held, key=lambda id_: -len(held[id_]))
    for set_id in fullest[:_MOST_SETS]:
        if ids := held[set_id]:
            yield set_id, min(ids, key=lambda id_: (id_ not in pictured, id_ in shown))

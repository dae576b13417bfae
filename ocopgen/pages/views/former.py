"""The list of products that were certified once."""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter

from msgspec import Struct

from ocopgen.pages.routes import part_of
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.paging import paging, parts
from ocopgen.pages.views.parts import Card, Link, Paging, Part
from ocopgen.pages.views.press import Press

_BEGINNING = attrgetter("former")


class FormerPage(Struct, frozen=True):
    """What one part of the list of formerly certified products shows."""

    site: Site
    head: Head
    count: str
    cards: tuple[Card, ...]
    paging: Paging | None


def former_pages(press: Press) -> Iterator[Part]:
    """Yield each part of the list of formerly certified products."""
    ids = press.shelves.all.former
    cut = parts(ids, press.catalogue.site.per_page)
    for number, own in enumerate(cut, 1):
        address = part_of(_BEGINNING, number)
        told = (address(press.routes), number, len(cut), len(ids))
        recipe = partial(press.recipes.part, *told, cards=own)
        yield address, recipe, partial(_part, press, own, number, len(cut))


def _part(press: Press, own: Sequence[str], number: int, last: int) -> FormerPage:
    t, total = press.t, len(press.shelves.all.former)
    title, about = t("former.title"), t("former.about", province=press.site.province)
    title, about = press.numbered(title, number), press.numbered(about, number)
    cards = press.cards(own)
    return FormerPage(
        site=press.site,
        head=press.framer.head(
            title,
            about,
            "former",
            part_of(_BEGINNING, number),
            things=(
                linked_data.trail(press, (), t("former.title")),
                linked_data.rows(press, (Link(each.name, each.url) for each in cards), total),
            ),
        ),
        count=press.products(total),
        cards=cards,
        paging=paging(press, press.routes.former, number, last),
    )

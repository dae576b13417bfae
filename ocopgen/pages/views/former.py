"""The list of products that were certified once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ocopgen.pages.routes import Routes
from ocopgen.pages.views.frame import Address, Head, Site
from ocopgen.pages.views.paging import paging, parts
from ocopgen.pages.views.parts import Card, Paging, Part
from ocopgen.pages.views.press import Press


@dataclass(frozen=True, slots=True)
class FormerPage:
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
        url = press.routes.part(press.routes.former, number)
        recipe = press.recipes.part(url, number, len(cut), len(ids), cards=own)
        yield url, recipe, partial(_part, press, own, number, len(cut))


def _part(press: Press, own: Sequence[str], number: int, last: int) -> FormerPage:
    t, total = press.t, len(press.shelves.all.former)
    title, about = t("former.title"), t("former.about", province=press.site.province)
    title, about = press.numbered(title, number), press.numbered(about, number)
    return FormerPage(
        site=press.site,
        head=press.framer.head(title, about, "former", _address(number)),
        count=press.products(total),
        cards=press.cards(own),
        paging=paging(press, press.routes.former, number, last),
    )


def _address(number: int) -> Address:
    def address(routes: Routes) -> str:
        return routes.part(routes.former, number)

    return address

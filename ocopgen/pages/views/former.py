"""The list of products that were certified once."""

from collections.abc import Iterator
from dataclasses import dataclass

from ocopgen.pages.routes import Routes
from ocopgen.pages.views.frame import Address, Head, Site
from ocopgen.pages.views.paging import paging, parts
from ocopgen.pages.views.parts import Card, Paging
from ocopgen.pages.views.press import Press


@dataclass(frozen=True, slots=True)
class FormerPage:
    """What one part of the list of formerly certified products shows."""

    site: Site
    head: Head
    count: str
    cards: tuple[Card, ...]
    paging: Paging | None


def former_pages(press: Press) -> Iterator[tuple[str, FormerPage]]:
    """Yield the address and the view of each part of the list of formerly certified products."""
    t, ids, start = press.t, press.shelves.all.former, press.routes.former
    cut = parts(ids, press.catalogue.site.per_page)
    for number, own in enumerate(cut, 1):
        title, about = t("former.title"), t("former.about", province=press.site.province)
        if number > 1:
            title = t("list.part", title=title, number=number)
            about = t("list.part", title=about, number=number)
        page = FormerPage(
            site=press.site,
            head=press.framer.head(title, about, "former", _address(number)),
            count=press.products(len(ids)),
            cards=press.cards(own),
            paging=paging(press, start, number, len(cut)),
        )
        yield press.routes.part(start, number), page


def _address(number: int) -> Address:
    def address(routes: Routes) -> str:
        return routes.part(routes.former, number)

    return address

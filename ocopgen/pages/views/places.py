"""The index of places: former districts, then today's communes."""

from collections.abc import Mapping

from msgspec import Struct

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Phrase
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.outlets import outlets_in
from ocopgen.pages.views.parts import DISTRICT, Count, anchor_of
from ocopgen.pages.views.press import Press


class PlacesPage(Struct, frozen=True):
    """What the index of places shows."""

    site: Site
    head: Head
    districts: tuple[Count, ...]
    communes: tuple[Count, ...]
    """Those that have products, each with the former districts that it lies in."""
    day: str
    """When the districts ended."""
    total: int
    """How many communes there are, with products or without."""
    lone: str
    """How many products are known by their district only, in words; empty if none is."""


def places_page(press: Press) -> PlacesPage:
    """Return what the index of places shows."""
    areas, t = press.catalogue.map, press.t
    ends = [district.until for district in areas.districts.values()]
    products = press.catalogue.products
    lone = sum(not products[id_].record.commune for id_ in press.shelves.all.current)
    return PlacesPage(
        site=press.site,
        head=press.framer.head(
            t("places.title"),
            t("places.about", province=press.site.province),
            "places",
            lambda routes: routes.places,
        ),
        districts=district_counts(press),
        communes=_communes(press),
        day=press.formats.day(max(ends)) if ends else "",
        total=len(areas.communes),
        lone=press.products(lone) if lone else "",
    )


def district_counts(press: Press) -> tuple[Count, ...]:
    """Return every former district with its number of products that carry stars."""
    selling = outlets_in(press)
    rows = (_district(press, id_, selling) for id_ in press.catalogue.map.districts)
    return tuple(sorted(rows, key=lambda row: sort_key(row.text.text)))


def _district(press: Press, id_: str, selling: Mapping[tuple[str, str], str]) -> Count:
    """Return a former district: one where nothing was made leads to its outlets, if any."""
    name, anchor = Phrase(press.bare(press.district(id_))), anchor_of(DISTRICT, id_)
    if board := press.shelves.districts.get(id_):
        return Count(name, press.routes.district(id_), len(board.current), anchor=anchor)
    return Count(name, "", 0, anchor=anchor, outlets=selling.get((DISTRICT, id_), ""))


def _communes(press: Press) -> tuple[Count, ...]:
    rows = [
        Count(
            Phrase(press.commune(id_)),
            press.routes.commune(id_),
            len(board.current),
            ", ".join(
                press.former_district(each) for each in press.catalogue.map.communes[id_].districts
            ),
        )
        for id_, board in press.shelves.communes.items()
    ]
    return tuple(sorted(rows, key=lambda row: sort_key(press.bare(row.text.text))))

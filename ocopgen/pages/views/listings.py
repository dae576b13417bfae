"""What each list of products is called, says of itself and leads to."""

from collections.abc import Iterator

from ocopgen.content.edition import Phrase
from ocopgen.content.province import Commune, District, Group, Sector
from ocopgen.pages.routes import Address, Routes, address_of
from ocopgen.pages.views.cuts import Here
from ocopgen.pages.views.lists import Listing
from ocopgen.pages.views.parts import Count, Fact, Link
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS, Board

Listed = tuple[Listing, Address, str]
"""A list, where it begins, and the file of content/ that asks for it."""

_PRODUCTS, _AREAS, _SECTORS = "content/products", "content/areas.yaml", "content/sectors.yaml"


def listings(press: Press) -> Iterator[Listed]:
    """Yield every list of products that the edition has."""
    yield _all(press), lambda routes: routes.products, _PRODUCTS
    for star in STARS:
        if press.shelves.stars[star]:
            yield _star(press, star), _star_address(star), _PRODUCTS
    areas, lists = press.catalogue.map, press.shelves
    for id_ in sorted(lists.districts):
        yield _district(press, areas.districts[id_]), address_of(Routes.district, id_), _AREAS
    for id_ in sorted(lists.communes):
        yield _commune(press, areas.communes[id_]), address_of(Routes.commune, id_), _AREAS
    for sector in press.catalogue.sectors:
        if sector.id in lists.sectors:
            yield _sector(press, sector), address_of(Routes.sector, sector.id), _SECTORS
            yield from _groups(press, sector)


def _groups(press: Press, sector: Sector) -> Iterator[Listed]:
    for group in sector.groups:
        if group.id in press.shelves.groups:
            yield _group(press, sector, group), address_of(Routes.group, group.id), _SECTORS
            for each in group.sets:
                if each.id in press.shelves.sets:
                    yield _set(press, each.id), address_of(Routes.set, each.id), _SECTORS


def _star_address(star: int) -> Address:
    return lambda routes: routes.star(star)


def _all(press: Press) -> Listing:
    t, board = press.t, press.shelves.all
    counts = tuple(
        Count(Phrase(t("star.words", star=star)), press.routes.star(star), len(ids))
        for star, ids in press.shelves.stars.items()
        if ids
    )
    return Listing(
        title=Phrase(t("list.all")),
        section="products",
        scope="",
        description=t("list.all_about", province=press.site.province),
        board=board,
        counts=counts,
        counts_title=t("list.by_star"),
        beside=Link(Phrase(t("menu.former")), press.routes.former),
    )


def _star(press: Press, star: int) -> Listing:
    t = press.t
    bands = {band.star: band for band in press.catalogue.programme.bands}
    band = bands.get(star)
    lede = (t("list.star_points", least=band.min, most=band.max),) if band else ()
    return Listing(
        title=Phrase(t("list.star", star=star)),
        section="products",
        scope=f"star={star}",
        description=t("list.star_about", star=star, province=press.site.province),
        board=Board(list(press.shelves.stars[star])),
        crumbs=(_products(press),),
        lede=lede,
    )


def _district(press: Press, district: District) -> Listing:
    t, board = press.t, press.shelves.districts[district.id]
    within = press.within_district(district.id)
    lede: list[str] = []
    if district.former_province:
        province = press.edition.say(district.former_province).text
        lede.append(t("list.district_province", province=province))
    communes = press.catalogue.map.communes_of[district.id]
    here = [id_ for id_ in communes if id_ in press.shelves.communes]
    return Listing(
        title=Phrase(press.former_district(district.id)),
        section="places",
        scope=f"district={district.id}",
        description=t("list.place_about", name=within, province=press.site.province),
        board=board,
        crumbs=(_places(press),),
        until=district.until,
        lede=tuple(lede),
        here=Here(district=district.id),
        facts=(Fact(t("list.district_now"), tuple(press.commune_link(id_) for id_ in communes)),),
        counts=tuple(_commune_count(press, id_) for id_ in here),
        counts_title=t("list.by_commune"),
    )


def _commune(press: Press, commune: Commune) -> Listing:
    t, board = press.t, press.shelves.communes[commune.id]
    name = press.commune(commune.id)
    facts = [
        Fact(t("list.commune_was"), tuple(press.district_link(id_) for id_ in commune.districts))
    ]
    if commune.formed_from:
        former = tuple(Link(Phrase(each.name), "") for each in commune.formed_from)
        facts.append(Fact(t("list.commune_from"), former))
    return Listing(
        title=Phrase(name),
        section="places",
        scope=f"commune={commune.id}",
        description=t("list.place_about", name=name, province=press.site.province),
        board=board,
        crumbs=(_places(press), *_above(press, commune)),
        facts=tuple(fact for fact in facts if fact.items),
        here=Here(commune=commune.id),
    )


def _above(press: Press, commune: Commune) -> tuple[Link, ...]:
    """Return the former district of *commune*, if possible one that has a page."""
    links = [press.district_link(id_) for id_ in commune.districts]
    return tuple(sorted(links, key=lambda link: not link.url)[:1])


def _commune_count(press: Press, id_: str) -> Count:
    board = press.shelves.communes[id_]
    return Count(Phrase(press.commune(id_)), press.routes.commune(id_), len(board.current))


def _sector(press: Press, sector: Sector) -> Listing:
    t, name = press.t, press.edition.say(sector.name)
    groups = (group for group in sector.groups if group.id in press.shelves.groups)
    return Listing(
        title=name,
        section="sectors",
        scope=f"sector={sector.id}",
        description=t("list.sector_about", name=name, province=press.site.province),
        board=press.shelves.sectors[sector.id],
        head_title=t("list.sector", name=name),
        crumbs=(_kinds(press),),
        counts=tuple(_group_count(press, group) for group in groups),
        counts_title=t("list.narrower"),
    )


def _group(press: Press, sector: Sector, group: Group) -> Listing:
    t, name = press.t, press.edition.say(group.name)
    above = Link(press.edition.say(sector.name), press.routes.sector(sector.id))
    sets = (each.id for each in group.sets if each.id in press.shelves.sets)
    return Listing(
        title=name,
        section="sectors",
        scope=f"group={group.id}",
        description=t("list.group_about", name=name, province=press.site.province),
        board=press.shelves.groups[group.id],
        head_title=t("list.group", name=name),
        crumbs=(_kinds(press), above),
        counts=tuple(press.set_count(id_) for id_ in sets),
        counts_title=t("list.narrower"),
    )


def _set(press: Press, id_: str) -> Listing:
    t, kind, say, routes = press.t, press.catalogue.kinds[id_], press.edition.say, press.routes
    name, number = say(kind.set.name), kind.set.number
    above = (
        Link(say(kind.sector.name), routes.sector(kind.sector.id)),
        Link(say(kind.group.name), routes.group(kind.group.id)),
    )
    return Listing(
        title=name,
        section="sectors",
        scope=f"set={id_}",
        description=t("list.set_about", name=name, number=number, province=press.site.province),
        board=press.shelves.sets[id_],
        head_title=t("list.set", name=name, number=number),
        crumbs=(_kinds(press), *above),
        lede=(t("list.set_number", number=number),),
    )


def _kinds(press: Press) -> Link:
    return Link(Phrase(press.t("menu.sectors")), press.routes.sectors)


def _group_count(press: Press, group: Group) -> Count:
    board = press.shelves.groups[group.id]
    return Count(press.edition.say(group.name), press.routes.group(group.id), len(board.current))


def _products(press: Press) -> Link:
    return Link(Phrase(press.t("menu.products")), press.routes.products)


def _places(press: Press) -> Link:
    return Link(Phrase(press.t("menu.places")), press.routes.places)

"""The map: every place with products, the outlets, and a table that says the same."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet
from ocopgen.pages.drawings import Drawing, Selling, draw
from ocopgen.pages.drawings.frame import window_round
from ocopgen.pages.views.buying import location_of
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.parts import Link
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS, open_outlets

_SHAPE = (0.6, 1.5)


class MapRow(Struct, frozen=True):
    """A place in the table beside the map."""

    id: str
    name: Link
    districts: tuple[Link, ...]
    district_ids: str
    """With spaces between them."""
    count: int
    star: int
    """0: there is no product with stars."""
    star_words: str
    outlets: tuple[Link, ...]


class MapPage(Struct, frozen=True):
    """What the map shows."""

    site: Site
    head: Head
    title: str
    drawing: Drawing | None
    """Absent: nobody knows where any commune lies."""
    rows: tuple[MapRow, ...]
    stars: tuple[int, ...]
    """Those that are the highest of some place."""
    districts: tuple[tuple[str, str], ...]
    """The id and the name of each former district with a row."""
    notes: tuple[str, ...]
    shown: str
    """How many places and products there are, in words."""
    only_outlets: str
    """How many places have outlets and no products; empty: none."""
    has_boundaries: bool


class Sketch(Struct, frozen=True):
    """The map in small, to lead to the large one."""

    title: str
    shown: str
    """How many places and products there are, in words."""
    drawing: Drawing


def sketch_of(press: Press) -> Sketch | None:
    """Return the map in small, without what sells; None: nobody knows where any commune lies."""
    drawing = _drawing(press, ())
    return Sketch(_title(press), _shown(press), drawing) if drawing else None


def map_page(press: Press) -> MapPage:
    """Return what the map shows."""
    t, rows, title = press.t, tuple(_rows(press)), _title(press)
    return MapPage(
        site=press.site,
        head=press.framer.head(
            title,
            t("map.about", province=press.site.province),
            "map",
            lambda routes: routes.map,
        ),
        title=title,
        drawing=_drawing(press, tuple(_sellings(press)) if press.atlas.points else ()),
        rows=rows,
        stars=tuple(star for star in STARS if any(row.star == star for row in rows)),
        districts=_districts(press, rows),
        notes=tuple(_notes(press)),
        shown=_shown(press),
        only_outlets=_only_outlets(press, rows),
        has_boundaries=bool(press.catalogue.boundaries),
    )


def _title(press: Press) -> str:
    return press.t("map.title", province=press.site.province)


def _shown(press: Press) -> str:
    counts = [count for count, _ in press.atlas.counts.values() if count]
    return press.t("map.shown", count=len(counts), products=press.products(sum(counts)))


def _only_outlets(press: Press, rows: tuple[MapRow, ...]) -> str:
    """Return how many places of the table have no products, as a sentence."""
    count = sum(not row.count for row in rows)
    return press.t("map.only_outlets", count=count) if count else ""


def _drawing(press: Press, sellings: tuple[Selling, ...]) -> Drawing | None:
    atlas = press.atlas
    if not atlas.points:
        return None
    discs = [(point, atlas.radii[id_]) for id_, point in atlas.points.items()]
    window = window_round(discs, shape=_SHAPE)
    areas = tuple(atlas.areas(press.catalogue.map.districts))
    return draw(atlas.scene(window, areas=areas, sellings=sellings))


def _placed(press: Press) -> list[Entry[Outlet]]:
    """Return the outlets that the map can show."""
    return [
        entry
        for entry in open_outlets(press.edition)
        if location_of(press, entry.record) or entry.record.commune in press.atlas.points
    ]


def _sellings(press: Press) -> Iterator[Selling]:
    """Yield the pins: one for each known point, one for all others of a commune."""
    near: dict[str, list[Link]] = {}
    for entry in _placed(press):
        link = _outlet(press, entry)
        if place := location_of(press, entry.record):
            at = press.atlas.projection.point(*place)
            yield Selling(entry.id, link.text.text, link.url, at, exact=True)
        elif entry.record.commune:
            near.setdefault(entry.record.commune, []).append(link)
    for commune, links in near.items():
        names = "; ".join(link.text.text for link in links)
        title = press.t("map.near", names=names, place=press.commune(commune))
        at, url = press.atlas.points[commune], f"#{_anchor(commune)}"
        url = links[0].url if len(links) == 1 else url
        yield Selling(commune, title, url, at, exact=False, beside=commune)


def _outlet(press: Press, entry: Entry[Outlet]) -> Link:
    return Link(press.edition.say(entry.record.name), press.routes.outlet(entry.id))


def _anchor(id_: str) -> str:
    return f"row-{id_}"


def _rows(press: Press) -> list[MapRow]:
    """Return the rows of the table, by the names of the communes, then outlets of no commune."""
    sold: dict[str, list[Link]] = {}
    lone = []
    for entry in _placed(press):
        if entry.record.commune:
            sold.setdefault(entry.record.commune, []).append(_outlet(press, entry))
        else:
            lone.append(_lone(press, entry))
    placed = {id_ for id_, (count, _) in press.atlas.counts.items() if count}
    ids = sorted({*sold, *placed}, key=lambda id_: sort_key(press.bare(press.commune(id_))))
    return [*(_row(press, id_, tuple(sold.get(id_, ()))) for id_ in ids), *lone]


def _row(press: Press, id_: str, outlets: tuple[Link, ...]) -> MapRow:
    count, star = press.atlas.counts.get(id_, (0, 0))
    districts = press.catalogue.map.communes[id_].districts
    return MapRow(
        id=_anchor(id_),
        name=press.commune_link(id_),
        districts=tuple(_former(press, each) for each in districts),
        district_ids=" ".join(districts),
        count=count,
        star=star,
        star_words=press.t("star.words", star=star) if star else "",
        outlets=outlets,
    )


def _lone(press: Press, entry: Entry[Outlet]) -> MapRow:
    district = entry.record.district
    return MapRow(
        id=_anchor(entry.id),
        name=Link(Phrase(press.t("map.no_commune")), ""),
        districts=(_former(press, district),) if district else (),
        district_ids=district or "",
        count=0,
        star=0,
        star_words="",
        outlets=(_outlet(press, entry),),
    )


def _former(press: Press, id_: str) -> Link:
    return replace(press.district_link(id_), text=Phrase(press.bare(press.district(id_))))


def _districts(press: Press, rows: tuple[MapRow, ...]) -> tuple[tuple[str, str], ...]:
    ids = {id_ for row in rows for id_ in row.district_ids.split()}
    named = [(id_, press.bare(press.district(id_))) for id_ in ids]
    return tuple(sorted(named, key=lambda each: sort_key(each[1])))


def _notes(press: Press) -> Iterator[str]:
    """Yield what the map leaves out, each as a sentence."""
    t, atlas = press.t, press.atlas
    unplaced = [
        id_ for id_, (count, _) in atlas.counts.items() if count and id_ not in atlas.points
    ]
    if unplaced:
        yield t("map.unplaced", count=len(unplaced))
    lone = len(press.shelves.all.current) - sum(count for count, _ in atlas.counts.values())
    if lone:
        yield t("map.lone_products", count=lone, products=press.products(lone))
    outlets = [each for each in open_outlets(press.edition) if each.record.kind != "online_shop"]
    away = len(outlets) - len([each for each in _placed(press) if each in outlets])
    if away:
        yield t("map.lone_outlets", count=away)

"""The printed manual as a whole, and product sheets, from the same views as the pages."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ocopgen.content.province import Sector
from ocopgen.pages.drawings import Drawing, draw
from ocopgen.pages.drawings.frame import window_round
from ocopgen.pages.views.handbook_entries import chosen, leaves, shot
from ocopgen.pages.views.handbook_front import imprint, rules
from ocopgen.pages.views.handbook_indexes import indexes
from ocopgen.pages.views.handbook_parts import (
    BLEED,
    Chapter,
    Handbook,
    Paper,
    Presses,
    Said,
    Sheets,
    Shot,
    each,
    named,
    said,
)
from ocopgen.pages.views.handbook_sections import sections
from ocopgen.pages.views.press import Press

_COVER = 6
"""Pictures on the cover."""
_COVER_PICTURE = (75.0, 93.75)
_TIED = "\u00a0"
_MAP_SHAPE = (0.75, 1.2)


def handbook(
    presses: Presses,
    ids: Sequence[str],
    paper: Paper,
    *,
    bleed: bool,
    scopes: tuple[Said, ...] = (),
) -> Handbook:
    """Return the manual of the products *ids*, which all carry stars, set on *paper*.

    *scopes* are what it was narrowed down to: then it leaves out what is about all products.
    """
    first, more = presses[0], BLEED if bleed else 0.0
    titles = each(presses, _title)
    return Handbook(
        languages=_languages(presses),
        paper=paper,
        bleed=more,
        day=_day(first),
        title=" · ".join(
            phrase.text.replace(_TIED, " ") for each in (titles, *scopes) for phrase in each
        ),
        titles=titles,
        scopes=scopes,
        ledes=_ledes(presses, ids),
        editions=_editions(presses),
        example=said(presses, "handbook.example") if first.site.notice else (),
        shots=tuple(_cover(first, ids)),
        imprint=imprint(presses, ids),
        contents=said(presses, "handbook.contents"),
        rules=rules(presses),
        chapters=tuple(_chapters(presses, ids, paper, more)),
        sections=sections(presses, set(ids) if scopes else None),
        indexes=indexes(presses, ids),
    )


def _title(press: Press) -> str:
    """Return what the manual is called; the name of the province stays on one line."""
    return press.t("handbook.title", province=press.site.province.replace(" ", _TIED))


def sheets(presses: Presses, ids: Sequence[str], paper: Paper, *, bleed: bool) -> Sheets:
    """Return a sheet for each of the products *ids*."""
    first, more = presses[0], BLEED if bleed else 0.0
    names = (first.edition.say(first.catalogue.products[id_].record.name).text for id_ in ids)
    return Sheets(
        languages=_languages(presses),
        paper=paper,
        bleed=more,
        day=_day(first),
        title=", ".join(names),
        site=each(presses, lambda press: press.site.title),
        editions=_editions(presses),
        leaves=tuple(leaf for id_ in ids for leaf in leaves(presses, [id_], {id_}, paper, more)),
    )


def _languages(presses: Presses) -> tuple[str, ...]:
    return tuple(press.site.language for press in presses)


def _day(press: Press) -> tuple[int, int, int]:
    day = press.catalogue.day
    return day.year, day.month, day.day


def _editions(presses: Presses) -> Said:
    return each(
        presses,
        lambda press: press.t("handbook.edition", day=press.formats.day(press.catalogue.day)),
    )


def _ledes(presses: Presses, ids: Sequence[str]) -> Said:
    makers = {presses[0].catalogue.products[id_].record.producer for id_ in ids}
    count = len(makers)
    return each(
        presses,
        lambda press: press.t(
            "handbook.lede",
            products=press.products(len(ids)),
            producers=press.t("count.producers", count=count, number=press.formats.number(count)),
        ),
    )


def _cover(press: Press, ids: Sequence[str]) -> Iterator[Shot]:
    """Yield pictures for the cover, of as many kinds of product as there are."""
    products = press.catalogue.products
    by_set: dict[str, list[str]] = {}
    for id_ in ids:
        by_set.setdefault(products[id_].record.set, []).append(id_)
    rounds = max(len(own) for own in by_set.values())
    ordered = [own[at] for at in range(rounds) for own in by_set.values() if at < len(own)]
    for id_ in ordered[:_COVER]:
        yield shot(press, products[id_], *_COVER_PICTURE)


def _chapters(
    presses: Presses, ids: Sequence[str], paper: Paper, bleed: float
) -> Iterator[Chapter]:
    first, held, alone = presses[0], set(ids), chosen(presses[0], ids)
    for sector in first.catalogue.sectors:
        board = first.shelves.sectors.get(sector.id)
        own = [id_ for id_ in board.current if id_ in held] if board else []
        if own:
            yield Chapter(
                id=sector.id,
                titles=named(presses, sector.name),
                counts=_counts(presses, own),
                groups=tuple(_groups(presses, sector, own)),
                about=_about(presses, own),
                map=_map(first, own),
                leaves=leaves(presses, own, alone, paper, bleed),
            )


def _counts(presses: Presses, ids: Sequence[str]) -> Said:
    return each(presses, lambda press: press.products(len(ids)))


def _groups(presses: Presses, sector: Sector, ids: Sequence[str]) -> Iterator[Said]:
    kinds, products = presses[0].catalogue.kinds, presses[0].catalogue.products
    there = {kinds[products[id_].record.set].group.id for id_ in ids}
    for group in sector.groups:
        if group.id in there:
            yield named(presses, group.name)


def _about(presses: Presses, ids: Sequence[str]) -> Said:
    """Return what the map shows of the products *ids*, and which it does not."""
    atlas, products = presses[0].atlas, presses[0].catalogue.products
    lone = sum(products[id_].record.commune not in atlas.points for id_ in ids)
    if not lone:
        return said(presses, "handbook.map")
    return each(
        presses,
        lambda press: (
            f"{press.t('handbook.map')} "
            f"{press.t('map.lone_products', count=lone, products=press.products(lone))}"
        ),
    )


def _map(press: Press, ids: Sequence[str]) -> Drawing | None:
    """Return a map of the province that counts the products *ids* alone."""
    atlas, products = press.atlas, press.catalogue.products
    if not atlas.points:
        return None
    stars: dict[str | None, list[int]] = {}
    for id_ in ids:
        stars.setdefault(products[id_].record.commune, []).append(press.mark(id_).star)
    discs = [(point, atlas.radii[id_]) for id_, point in atlas.points.items()]
    areas = tuple(atlas.areas(press.catalogue.map.districts))
    scene = atlas.scene(window_round(discs, shape=_MAP_SHAPE), areas=areas)
    places = [
        replace(place, count=len(own), star=max(own, default=0))
        for place in scene.places
        for own in [stars.get(place.id, [])]
    ]
    places.sort(key=lambda place: (-place.count, place.id))
    return draw(replace(scene, places=tuple(places)))

"""Small maps of the surroundings of one place."""

from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.digest import Digest, Shared, digest
from ocopgen.pages.drawings import Area, Drawing, draw
from ocopgen.pages.drawings.frame import Window, window_at, window_round
from ocopgen.pages.views.press import Press

_WIDTH, _HEIGHT = 72.0, 44.0
"""Kilometres that a cut round a commune or a point shows: an hour's drive either way."""
_SHAPE = (0.56, 0.8)


class Here(Struct, frozen=True):
    """What a cut is about; at least one of its parts is told, the exactest one counts."""

    commune: str | None = None
    district: str | None = None
    """The former one."""
    point: tuple[float, float] | None = None
    """Latitude and longitude. Never those of somebody who may not be shown to the public."""
    title: str = ""
    """The name at the point, and of the whole map."""


class Cut(Shared, frozen=True):
    """A small map."""

    title: str
    drawing: Drawing
    url: str
    """Of the large map."""


def cut(
    press: Press,
    *,
    commune: str | None = None,
    district: str | None = None,
    point: tuple[float, float] | None = None,
    title: str = "",
) -> Cut | None:
    """Return the small map round a place, or None where nobody knows where that is."""
    return cut_of(press, Here(commune, district, point, title))


def cut_of(press: Press, here: Here) -> Cut | None:
    """Return the small map round *here*, or None where nobody knows where that is."""
    # Many products come from one place: its map is drawn once.
    if here not in press.cuts:
        press.cuts[here] = _cut(press, here)
    return press.cuts[here]


def _cut(press: Press, here: Here) -> Cut | None:
    window = _window(press, here)
    if window is None:
        return None
    atlas = press.atlas
    spot = (atlas.projection.point(*here.point), here.title) if here.point else None
    scene = atlas.scene(window, areas=_areas(press, here), here=here.commune or "", spot=spot)
    title = here.title or _name(press, here)
    return Cut(press.t("map.round", name=title), draw(scene), press.routes.map)


def cut_recipe(press: Press, here: Here | None) -> Digest | None:
    """Return what the small map round *here* is made of, beside the ground of all recipes."""
    if here is None:
        return None
    if here not in press.cut_recipes:
        press.cut_recipes[here] = _recipe(press, here)
    return press.cut_recipes[here]


def _recipe(press: Press, here: Here) -> Digest | None:
    window = _window(press, here)
    if window is None:
        return None
    return digest(here, press.atlas.numbers(window), press.atlas.most)


def _window(press: Press, here: Here) -> Window | None:
    atlas = press.atlas
    about = partial(window_at, width=_WIDTH, height=_HEIGHT)
    if here.point:
        return about(atlas.projection.point(*here.point))
    if here.commune in atlas.points:
        return about(atlas.points[here.commune])
    district = press.catalogue.map.district_of(here.commune, here.district)
    ids = atlas.communes_of(district) if district else []
    if not ids:
        return None
    found = window_round([(atlas.points[id_], atlas.radii[id_]) for id_ in ids], shape=_SHAPE)
    wide = max(found.east - found.west, _WIDTH)
    tall = max(found.north - found.south, wide * _SHAPE[0])
    return window_at(found.middle, wide, tall)


def _areas(press: Press, here: Here) -> tuple[Area, ...]:
    """Return the former district, where the map is about one as a whole."""
    if here.point or here.commune in press.atlas.points or not here.district:
        return ()
    # A ward of today often has the same name, so this one says what it is.
    name = press.former_district(here.district)
    return tuple(replace(area, name=name) for area in press.atlas.areas([here.district]))


def _name(press: Press, here: Here) -> str:
    if here.commune:
        return press.commune(here.commune)
    return press.within_district(here.district) if here.district else ""

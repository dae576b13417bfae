"""Which names a map shows: those that a phone has room for, and more on a wide screen."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt

from msgspec.structs import replace

from ocopgen.pages.drawings.frame import Frame
from ocopgen.pages.drawings.labels import DESK, PHONE, Box, Label, Sheet, box_round
from ocopgen.pages.drawings.projection import Point
from ocopgen.pages.drawings.scene import Area, Place, Scene

PIN = 6.0
"""Half as wide as a pin is."""
_LARGEST, _ONE = 40.0, 12.0
"""The radius of the largest mark, and of a mark for one product where there is room."""
_DOT = 3.0
_RING, _RINGED = 4.5, 5
"""What the ring round a mark adds to its radius, and the star that has one."""

Left = tuple[list[Place], list[Area]]
"""What found no room for its name."""


def mark_radius(count: int, most: int) -> float:
    """Return the radius of the mark for *count* products where the largest is for *most*."""
    return min(_ONE, _LARGEST / sqrt(max(most, 1))) * sqrt(count)


def outer_radius(place: Place, most: int) -> float:
    """Return the radius of all that the mark of *place* covers."""
    if not place.count:
        return _DOT
    return mark_radius(place.count, most) + (_RING if place.star == _RINGED else 0)


def has_room(radius: float, count: int, size: float) -> bool:
    """Tell whether a mark of *radius* has room for *count* in letters of *size*."""
    return radius >= size * (0.28 + 0.29 * len(str(count)))


def middle_of(points: Sequence[Point]) -> Point:
    """Return the mean of *points*."""
    count = len(points)
    return Point(sum(each.x for each in points) / count, sum(each.y for each in points) / count)


def labels(scene: Scene, frame: Frame, taken: Iterable[Box]) -> tuple[Label, ...]:
    """Return the names on the map of *scene*; none lies on what is *taken*."""
    places = tuple(replace(each, title="", url="") for each in scene.places)
    return _labels(replace(scene, places=places, lines=(), sellings=()), frame, tuple(taken))


@lru_cache(maxsize=512)
def _labels(scene: Scene, frame: Frame, taken: tuple[Box, ...]) -> tuple[Label, ...]:
    # Most places have one name in all languages, so their maps differ in what marks say alone.
    spot = frame.at(scene.spot) if scene.spot else None
    phone = Sheet(frame.height, [*taken, *([box_round(spot, PIN)] if spot else [])])
    if spot:
        phone.put(_label(scene.spot_name, "here"), spot, PIN, PHONE)
    left = _put(scene, (_named(scene), list(scene.areas)), frame, (phone, PHONE))
    desk = phone.shrunk(DESK)
    _put(scene, left, frame, (desk, DESK))
    return tuple(label for label, _ in desk.labels)


def _named(scene: Scene) -> list[Place]:
    """Return the places that have a name on the map, the most important first."""
    named = [each for each in scene.places if each.count or each.id == scene.here]
    return sorted(named, key=lambda each: each.id != scene.here)


def _put(scene: Scene, names: Left, frame: Frame, on: tuple[Sheet, float]) -> Left:
    """Put *names* on a sheet in letters of a size, and return those that found no room."""
    sheet, size = on
    places, areas = names
    left: Left = ([], [])
    for each in places:
        label = _label(each.name, "here" if each.id == scene.here else "name", each.id, size)
        radius = outer_radius(each, scene.most)
        if each.id == scene.here:
            radius = max(radius, each.radius * frame.scale + 1)
        if not sheet.put(label, frame.at(each.at), radius, size):
            left[0].append(each)
    for area in areas:
        middle = middle_of([frame.at(point) for point in area.points])
        if not sheet.put_in(_label(area.name, "area", "", size), middle, size):
            left[1].append(area)
    return left


def _label(text: str, kind: str, of: str = "", size: float = PHONE) -> Label:
    return Label(text, 0, 0, kind, "", of, wide=size != PHONE)

"""Draw a map: from a scene to the numbers that a template writes down as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from ocopgen.pages.drawings.frame import WIDTH, Frame, Line, Scale, frame_of, graticule, scale_of
from ocopgen.pages.drawings.labels import DESK, PHONE, Label, Sheet, all_labels
from ocopgen.pages.drawings.projection import Point
from ocopgen.pages.drawings.scene import Area, Place, Scene
from ocopgen.pages.drawings.shapes import hull, path, short, simplified

_LARGEST, _ONE = 34.0, 13.0
"""The radius of the largest mark, and of a mark for one product where there is room."""
_NUMBERED = 8.5
"""The radius from which on a mark has room for its number."""
_BEND = 0.5
"""How far in units a boundary may be from what was written."""
_PIN = 6.0
_TONES = 3


@dataclass(frozen=True, slots=True)
class Disc:
    """A commune of today as a disc of its true area."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A commune with products; its area is in proportion to their number."""

    id: str
    title: str
    url: str
    x: float
    y: float
    r: float
    number: str
    """Empty: there is no room for it."""
    star: int
    districts: str
    """The ids of its former districts, with spaces between them."""
    here: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """A place that sells."""

    title: str
    url: str
    x: float
    y: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The soft shape round the communes of a former district; no boundary of anything."""

    path: str
    tone: int
    """Neighbours differ in it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, ready to be written down."""

    width: int
    height: int
    graticule: tuple[Line, ...]
    groups: tuple[Group, ...]
    lines: str
    """All boundaries in one path; empty: none are known."""
    discs: tuple[Disc, ...]
    marks: tuple[Mark, ...]
    pins: tuple[Pin, ...]
    labels: tuple[Label, ...]
    scale: Scale
    spot: Disc | None
    """The point that the map is about."""
    ring: Disc | None
    """The commune that the map is about."""


def draw(scene: Scene) -> Drawing:
    """Return the map of *scene*."""
    frame = frame_of(scene.window)
    marks = tuple(_marks(scene, frame))
    pins = tuple(_pins(scene, frame, marks))
    spot = _disc(frame.at(scene.spot), _PIN) if scene.spot else None
    return Drawing(
        width=WIDTH,
        height=frame.height,
        graticule=tuple(graticule(frame, scene.projection)),
        groups=() if scene.lines else _groups(scene.areas, frame),
        lines="".join(_boundaries(scene.lines, frame)),
        discs=tuple(_disc(frame.at(each.at), each.radius * frame.scale) for each in scene.places),
        marks=marks,
        pins=pins,
        labels=_labels(scene, frame, marks, pins),
        scale=scale_of(frame),
        spot=spot,
        ring=_ring(scene, frame),
    )


def _disc(at: Point, radius: float) -> Disc:
    return Disc(short(at.x), short(at.y), short(radius))


def _ring(scene: Scene, frame: Frame) -> Disc | None:
    return next(
        (
            _disc(frame.at(each.at), each.radius * frame.scale)
            for each in scene.places
            if each.id == scene.here
        ),
        None,
    )


def _marks(scene: Scene, frame: Frame) -> Iterator[Mark]:
    one = min(_ONE, _LARGEST / sqrt(max(scene.most, 1)))
    for place in scene.places:
        if place.count:
            at, radius = frame.at(place.at), one * sqrt(place.count)
            yield Mark(
                id=place.id,
                title=place.title,
                url=place.url,
                x=short(at.x),
                y=short(at.y),
                r=round(radius, 2),
                number=str(place.count) if radius >= _NUMBERED else "",
                star=place.star,
                districts=" ".join(place.districts),
                here=place.id == scene.here,
            )


def _pins(scene: Scene, frame: Frame, marks: Iterable[Mark]) -> Iterator[Pin]:
    beside = {mark.id: mark.r for mark in marks}
    for each in scene.sellings:
        at = frame.at(each.at)
        # An inexact pin may not hide the number of the commune that it belongs to.
        aside = 0.0 if each.exact else beside.get(each.beside, 0) * 0.71
        yield Pin(each.title, each.url, short(at.x + aside), short(at.y - aside), each.exact)


def _groups(areas: Sequence[Area], frame: Frame) -> tuple[Group, ...]:
    found: list[Group] = []
    middles: list[tuple[Point, int]] = []
    for area in areas:
        middle = _middle([frame.at(point) for point in area.points])
        near = sorted(middles, key=lambda each: _apart(each[0], middle))[: _TONES - 1]
        tone = next(tone for tone in range(_TONES) if tone not in [used for _, used in near])
        middles.append((middle, tone))
        corners = hull(frame.at(point) for point in area.points)
        found.append(Group(path(corners, closed=True), tone))
    return tuple(found)


def _middle(points: Sequence[Point]) -> Point:
    count = len(points)
    return Point(sum(each.x for each in points) / count, sum(each.y for each in points) / count)


def _apart(first: Point, second: Point) -> float:
    return (first.x - second.x) ** 2 + (first.y - second.y) ** 2


def _boundaries(lines: Iterable[Sequence[Point]], frame: Frame) -> Iterator[str]:
    for line in lines:
        kept = simplified([frame.at(point) for point in line], _BEND)
        if len(kept) > 1:
            yield path(kept)


def _labels(
    scene: Scene, frame: Frame, marks: Sequence[Mark], pins: Iterable[Pin]
) -> tuple[Label, ...]:
    """Return the labels: those that a phone has room for, and more that a wide screen has."""
    phone = Sheet(frame.height)
    for mark in marks:
        phone.mark(Point(mark.x, mark.y), mark.r)
    for pin in pins:
        phone.mark(Point(pin.x, pin.y - _PIN), _PIN)
    left = _put(scene, frame, phone, PHONE)
    desk = phone.shrunk(DESK)
    _put(replace(scene, **left), frame, desk, DESK)
    return tuple(all_labels(desk))


def _put(scene: Scene, frame: Frame, sheet: Sheet, size: float) -> dict[str, tuple[object, ...]]:
    """Put the labels of *scene* on *sheet*, and return the places and areas that found no room."""
    radii = {mark: radius for mark, radius in _radii(scene)}
    wide = size == DESK
    if scene.spot and not wide:
        at = frame.at(scene.spot)
        sheet.mark(at, _PIN)
        sheet.put(_label(scene.spot_name, "here", "", wide=wide), at, _PIN, size)
    places = [each for each in _by_weight(scene) if _is_named(each, scene)]
    left = []
    for each in places:
        kind = "here" if each.id == scene.here else "name"
        label = _label(each.name, kind, each.id, wide=wide)
        if not sheet.put(label, frame.at(each.at), radii.get(each.id, 3), size):
            left.append(each)
    areas = []
    for area in scene.areas:
        middle = _middle([frame.at(point) for point in area.points])
        if not sheet.put_in(_label(area.name, "area", "", wide=wide), middle, size):
            areas.append(area)
    return {"places": tuple(left), "areas": tuple(areas)}


def _radii(scene: Scene) -> Iterator[tuple[str, float]]:
    one = min(_ONE, _LARGEST / sqrt(max(scene.most, 1)))
    return ((each.id, one * sqrt(each.count)) for each in scene.places if each.count)


def _by_weight(scene: Scene) -> list[Place]:
    return sorted(scene.places, key=lambda each: each.id != scene.here)


def _is_named(place: Place, scene: Scene) -> bool:
    return bool(place.count) or place.id == scene.here


def _label(text: str, kind: str, of: str, *, wide: bool) -> Label:
    return Label(text, 0, 0, kind, "", of, wide)

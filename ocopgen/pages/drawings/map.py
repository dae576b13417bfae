"""Draw a map: from a scene to the numbers that a template writes down as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ocopgen.pages.drawings.frame import WIDTH, Frame, Line, Scale, frame_of, graticule, scale_of
from ocopgen.pages.drawings.labels import DESK, PHONE, Box, Label, box_of, box_round
from ocopgen.pages.drawings.naming import (
    PIN,
    has_room,
    labels,
    mark_radius,
    middle_of,
    outer_radius,
)
from ocopgen.pages.drawings.projection import Point
from ocopgen.pages.drawings.scene import Area, Scene
from ocopgen.pages.drawings.shapes import hull, path, runs, short, simplified

_BEND = 0.5
"""How far in units a boundary may be from what was written."""
_TONES = 3
_PIN_UP = 8.5
"""Half as high as a pin stands above its point."""


class Disc(Struct, frozen=True):
    """A commune of today as a disc of its true area."""

    x: float
    y: float
    r: float


class Mark(Struct, frozen=True):
    """A commune with products; its area is in proportion to their number."""

    id: str
    title: str
    url: str
    x: float
    y: float
    r: float
    number: str
    """Empty: there is no room for it on any screen."""
    wide: bool
    """Whether only a wide screen has room for the number."""
    star: int
    districts: str
    """The ids of its former districts, with spaces between them."""
    here: bool


class Pin(Struct, frozen=True):
    """A place that sells."""

    title: str
    url: str
    x: float
    y: float
    exact: bool


class Group(Struct, frozen=True):
    """The soft shape round the communes of a former district; no boundary of anything."""

    path: str
    tone: int
    """Neighbours differ in it."""


class Drawing(Struct, frozen=True):
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


@lru_cache(maxsize=64)
def draw(scene: Scene) -> Drawing:
    """Return the map of *scene*."""
    frame = frame_of(scene.window)
    marks = tuple(_marks(scene, frame))
    pins = tuple(_pins(scene, frame, marks))
    spot = _disc(frame.at(scene.spot), PIN) if scene.spot else None
    scale, lines = scale_of(frame), tuple(graticule(frame, scene.projection))
    taken = [*_taken(frame, scale, lines)]
    taken += [
        box_round(frame.at(each.at), outer_radius(each, scene.most))
        for each in scene.places
        if each.count
    ]
    taken += [box_round(Point(each.x, each.y - _PIN_UP), _PIN_UP) for each in pins]
    return Drawing(
        width=WIDTH,
        height=frame.height,
        graticule=lines,
        groups=() if scene.named else _groups(scene.areas, frame),
        lines="".join(_boundaries(scene.lines, frame)),
        discs=tuple(_disc(frame.at(each.at), each.radius * frame.scale) for each in scene.places),
        marks=marks,
        pins=pins,
        labels=labels(scene, frame, taken),
        scale=scale,
        spot=spot,
        ring=_ring(scene, frame),
    )


def _taken(frame: Frame, scale: Scale, lines: Iterable[Line]) -> Iterator[Box]:
    """Yield the ground of the scale and of the degrees, as the template places them."""
    yield Box(WIDTH - scale.length - 12, frame.height - 34, WIDTH, frame.height)
    for line in lines:
        if line.degrees:
            x, y = (4, line.at - 4) if line.north else (line.at + 4, frame.height - 6)
            yield box_of(line.degrees, "", (x, y), PHONE)


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
    for place in scene.places:
        if place.count:
            at, radius = frame.at(place.at), mark_radius(place.count, scene.most)
            yield Mark(
                id=place.id,
                title=place.title,
                url=place.url,
                x=short(at.x),
                y=short(at.y),
                r=round(radius, 2),
                number=str(place.count) if has_room(radius, place.count, DESK) else "",
                wide=not has_room(radius, place.count, PHONE),
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
        middle = middle_of([frame.at(point) for point in area.points])
        near = sorted(middles, key=lambda each: _apart(each[0], middle))[: _TONES - 1]
        tone = next(tone for tone in range(_TONES) if tone not in [used for _, used in near])
        middles.append((middle, tone))
        corners = hull(frame.at(point) for point in area.points)
        found.append(Group(path(corners, closed=True), tone))
    return tuple(found)


def _apart(first: Point, second: Point) -> float:
    return (first.x - second.x) ** 2 + (first.y - second.y) ** 2


def _boundaries(lines: Iterable[Sequence[Point]], frame: Frame) -> Iterator[str]:
    for line in lines:
        for run in runs([frame.at(point) for point in line], (WIDTH, frame.height)):
            yield path(simplified(run, _BEND))

"""The frame of a map: which part of the flat it shows, and how large."""

from collections.abc import Iterable, Iterator
from math import ceil, floor

from msgspec import Struct

from ocopgen.pages.drawings.projection import Point, Projection
from ocopgen.pages.drawings.shapes import path, short

WIDTH = 460
"""Of every map in units of its own; a phone of 360 pixels shows one in about 0.71 of a pixel."""
_MARGIN = 8
_LENGTHS = (50, 20, 10, 5, 2, 1)
"""Kilometres that a scale may show."""
_CORNER = 40
_STEPS = (2.0, 1.0, 0.5, 0.25, 0.1)
"""Degrees between two lines of the graticule."""


class Window(Struct, frozen=True):
    """A rectangle on the flat, in kilometres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Point:
        """Return the middle of the window."""
        return Point((self.west + self.east) / 2, (self.south + self.north) / 2)


class Frame(Struct, frozen=True):
    """A window, and the units that it is drawn in."""

    window: Window
    scale: float
    """Units to a kilometre."""
    height: int

    def at(self, point: Point) -> Point:
        """Return where *point* is drawn: units from the left and from the top."""
        x = (point.x - self.window.west) * self.scale
        return Point(x, (self.window.north - point.y) * self.scale)


def frame_of(window: Window) -> Frame:
    """Return the frame that shows *window* and nothing beside it."""
    scale = WIDTH / (window.east - window.west)
    return Frame(window, scale, round((window.north - window.south) * scale))


def window_round(discs: Iterable[tuple[Point, float]], *, shape: tuple[float, float]) -> Window:
    """Return the window that holds *discs* with some air; *shape* is its least and most height.

    A height is told as its ratio to the width.
    """
    found = list(discs)
    west = min(point.x - radius for point, radius in found)
    east = max(point.x + radius for point, radius in found)
    south = min(point.y - radius for point, radius in found)
    north = max(point.y + radius for point, radius in found)
    air = max(east - west, north - south) * _MARGIN / WIDTH
    width, height = east - west + 2 * air, north - south + 2 * air
    width = max(width, height / shape[1])
    height = max(height, width * shape[0])
    return window_at(Point((west + east) / 2, (south + north) / 2), width, height)


def window_at(middle: Point, width: float, height: float) -> Window:
    """Return the window of *width* and *height* kilometres round *middle*."""
    half, up = width / 2, height / 2
    return Window(middle.x - half, middle.y - up, middle.x + half, middle.y + up)


class Scale(Struct, frozen=True):
    """A bar that is so many kilometres long."""

    kilometres: int
    length: float
    """In units."""


def scale_of(frame: Frame) -> Scale:
    """Return the longest bar of a round length that takes less than a third of *frame*."""
    for kilometres in _LENGTHS:
        if kilometres * frame.scale < WIDTH / 3:
            return Scale(kilometres, short(kilometres * frame.scale))
    return Scale(1, short(frame.scale))


class Line(Struct, frozen=True):
    """A line of the graticule."""

    path: str
    degrees: str
    """As "11°30′"; empty where there is no room beside the scale or in a corner."""
    north: bool
    """Whether it tells a latitude."""
    at: float
    """Where it meets the frame: from the top at the left edge, or from the left at the foot."""


def graticule(frame: Frame, projection: Projection) -> Iterator[Line]:
    """Yield the parallels and meridians that cross *frame*, at round degrees."""
    window = frame.window
    south, west = projection.degrees(Point(window.west, window.south))
    north, east = projection.degrees(Point(window.east, window.north))
    step = next((each for each in _STEPS if east - west >= 1.4 * each), _STEPS[-1])
    for lat in _rounds(south, north, step):
        points = [frame.at(projection.point(lat, lon)) for lon in (west, (west + east) / 2, east)]
        at = short(points[0].y)
        shown = _spelt(lat) if _CORNER < at < frame.height - _CORNER else ""
        yield Line(path(points), shown, north=True, at=at)
    for lon in _rounds(west, east, step):
        points = [
            frame.at(projection.point(lat, lon)) for lat in (south, (south + north) / 2, north)
        ]
        at = short(points[0].x)
        shown = _spelt(lon) if 0 < at < WIDTH / 2 else ""
        yield Line(path(points), shown, north=False, at=at)


def _rounds(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of *step* between *low* and *high*."""
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def _spelt(degrees: float) -> str:
    whole, minutes = divmod(round(abs(degrees) * 60), 60)
    return f"{whole}°{minutes:02}′" if minutes else f"{whole}°"

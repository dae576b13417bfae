"""Lay a province out flat.

The projection is the transverse Mercator of a sphere, set at the middle of the province, with a
correction for the earth's flattening: eastward distances are measured with the radius of curvature
in the prime vertical of WGS 84, northward ones with the radius in the meridian. Within 150 km of
the middle a distance is wrong by less than a thousandth.
"""

from collections.abc import Sequence
from math import asin, atan2, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tan

from msgspec import Struct

_EQUATOR = 6378.137
"""The radius of the equator of WGS 84, in kilometres."""
_FLATTENING = 1 / 298.257223563


class Point(Struct, frozen=True):
    """A place on the flat: kilometres eastward and northward of the middle."""

    x: float
    y: float


class Projection(Struct, frozen=True):
    """From degrees to kilometres, and back."""

    lat: float
    lon: float
    eastward: float
    """The radius by which eastward distances are measured."""
    northward: float

    def point(self, lat: float, lon: float) -> Point:
        """Return where *lat* and *lon* lie on the flat."""
        phi, turn = radians(lat), radians(lon - self.lon)
        x = self.eastward * atanh(sin(turn) * cos(phi))
        y = self.northward * (atan2(tan(phi), cos(turn)) - radians(self.lat))
        return Point(x, y)

    def degrees(self, point: Point) -> tuple[float, float]:
        """Return the latitude and the longitude of *point*."""
        across, along = point.x / self.eastward, point.y / self.northward + radians(self.lat)
        lat = asin(sin(along) / cosh(across))
        lon = atan2(sinh(across), cos(along))
        return degrees(lat), self.lon + degrees(lon)


def projection_for(places: Sequence[tuple[float, float]]) -> Projection:
    """Return the projection that is set at the middle of *places*, latitude before longitude."""
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squared = _FLATTENING * (2 - _FLATTENING)
    bulge = 1 - squared * sin(radians(lat)) ** 2
    return Projection(lat, lon, _EQUATOR / sqrt(bulge), _EQUATOR * (1 - squared) / bulge**1.5)

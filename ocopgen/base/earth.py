"""How far places on the earth are from each other."""

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

_RADIUS = 6371.0088
"""Kilometres: the mean radius of the earth (IUGG)."""


def kilometres(one: Point, other: Point) -> float:
    """Return the distance from *one* to *other* as the crow flies, 0.5 % right (haversine)."""
    south, north = radians(one[0]), radians(other[0])
    up, along = sin((north - south) / 2), sin(radians(other[1] - one[1]) / 2)
    return 2 * _RADIUS * asin(sqrt(up * up + cos(south) * cos(north) * along * along))

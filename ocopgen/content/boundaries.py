"""Read the boundaries that a catalogue may have: lines of GeoJSON in degrees."""

import json
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from msgspec import Struct

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nearest
from ocopgen.content.province import Areas, Bounds

PATH = "content/boundaries.geojson"
_LARGEST = 2_000_000
"""Letters that the file may have: a province's communes, drawn finely, have a quarter of that."""
_SLACK = 0.25
"""Degrees by which a boundary may leave the province's rectangle, which nobody draws to a hair."""
_DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
"""How many lists lie round the lines of a geometry."""

Line = tuple[tuple[float, float], ...]
"""Latitude before longitude, the other way round than the file has them."""


class Boundary(Struct, frozen=True):
    """One feature of the file."""

    district: str
    """The former district that it is the boundary of; empty: of none."""
    lines: tuple[Line, ...]


def read_boundaries(
    text: str, areas: Areas, bounds: Bounds | None, problems: Problems
) -> tuple[Boundary, ...]:
    """Return the boundaries that *text* has; faults go into *problems*, each with its feature."""
    spot = Spot(PATH)
    if len(text) > _LARGEST:
        problems.add(spot, "boundaries.large", most=_LARGEST // 1_000_000)
        return ()
    try:
        written = json.loads(text)
    except json.JSONDecodeError as error:
        problems.add(Spot(PATH, error.lineno, error.colno), "boundaries.json")
        return ()
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        problems.add(spot, "boundaries.shape")
        return ()
    features = _features(written)
    if features is None:
        problems.add(spot, "boundaries.shape")
        return ()
    districts = {district.id for district in areas.districts}
    found = (_boundary(each, number, problems) for number, each in enumerate(features, 1))
    known = [(number, each) for number, each in enumerate(found, 1) if each]
    for number, boundary in known:
        _check(boundary, number, (districts, bounds), problems)
    return tuple(boundary for _, boundary in known)


def _features(written: Any) -> list[Any] | None:  # noqa: ANN401 - whatever JSON can hold
    """Return the features of *written*, or None where it is no GeoJSON."""
    if not isinstance(written, dict):
        return None
    kind = written.get("type")
    if kind == "FeatureCollection":
        features = written.get("features")
        return features if isinstance(features, list) else None
    return [written] if isinstance(kind, str) else None


def _boundary(feature: Any, number: int, problems: Problems) -> Boundary | None:  # noqa: ANN401
    spot = Spot(PATH)
    bare = isinstance(feature, dict) and feature.get("type") != "Feature"
    geometry = feature if bare or not isinstance(feature, dict) else feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if geometry is None or not isinstance(kind, str) or kind not in _DEPTHS:
        known, written = ", ".join(_DEPTHS), kind if isinstance(kind, str) and kind else "–"
        problems.add(spot, "boundaries.geometry", number=number, written=written, known=known)
        return None
    try:
        lines = tuple(_lines(geometry.get("coordinates"), _DEPTHS[kind]))
    except (TypeError, ValueError, IndexError, OverflowError, KeyError):
        problems.add(spot, "boundaries.coordinates", number=number)
        return None
    properties = {} if bare else feature.get("properties")
    district = properties.get("district") if isinstance(properties, dict) else None
    return Boundary(district if isinstance(district, str) else "", lines)


def _lines(coordinates: Any, depth: int) -> Iterator[Line]:  # noqa: ANN401
    """Yield the lines in *coordinates*; raises what others cause."""
    if depth:
        for each in _list(coordinates):
            yield from _lines(each, depth - 1)
    else:
        yield tuple((_finite(each[1]), _finite(each[0])) for each in _list(coordinates))


def _finite(written: Any) -> float:  # noqa: ANN401
    number = float(written)
    if not isfinite(number):
        raise ValueError
    return number


def _list(written: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(written, list):
        raise TypeError
    return written


def _check(
    boundary: Boundary,
    number: int,
    known: tuple[set[str], Bounds | None],
    problems: Problems,
) -> None:
    districts, bounds = known
    if boundary.district and boundary.district not in districts:
        meant = nearest(boundary.district, districts) or ""
        spot = Spot(PATH)
        problems.add(spot, "boundaries.district", number=number, id=boundary.district, meant=meant)
    outside = next(_outside(boundary.lines, bounds), None) if bounds else None
    if outside:
        lat, lon = outside
        problems.add(Spot(PATH), "boundaries.outside", number=number, lat=lat, lon=lon)


def _outside(lines: Iterable[Line], bounds: Bounds) -> Iterator[tuple[float, float]]:
    """Yield the points of *lines* that lie far out of *bounds*."""
    for line in lines:
        for lat, lon in line:
            inside = bounds.south - _SLACK <= lat <= bounds.north + _SLACK
            if not (inside and bounds.west - _SLACK <= lon <= bounds.east + _SLACK):
                yield lat, lon

"""What a map is to show: places on the flat, with their words; nothing is drawn yet."""

from msgspec import Struct

from ocopgen.pages.drawings.frame import Window
from ocopgen.pages.drawings.projection import Point, Projection


class Place(Struct, frozen=True):
    """A commune."""

    id: str
    name: str
    """As a label says it."""
    title: str
    """All that its mark tells, in words."""
    url: str
    at: Point
    radius: float
    """Of a disc of the commune's true area, in kilometres."""
    count: int
    """Of products that carry stars; 0: there is no mark."""
    star: int
    """The highest one there."""
    districts: tuple[str, ...]


class Selling(Struct, frozen=True):
    """One or more places that sell, at one point."""

    id: str
    title: str
    url: str
    """Empty: it leads nowhere."""
    at: Point
    exact: bool
    """Whether the point is their own; else it is that of their commune."""
    beside: str = ""
    """The commune whose mark an inexact pin stands beside."""


class Area(Struct, frozen=True):
    """A former district."""

    id: str
    name: str
    points: tuple[Point, ...]
    """Of its communes of today."""


class Scene(Struct, frozen=True):
    """All that one map shows."""

    projection: Projection
    window: Window
    places: tuple[Place, ...]
    """Those with most products first: they are drawn below the others, and get their labels."""
    areas: tuple[Area, ...] = ()
    lines: tuple[tuple[Point, ...], ...] = ()
    """Boundaries, if some are known."""
    named: bool = False
    """Whether the boundaries are those of the former districts, so that no other shape is due."""
    sellings: tuple[Selling, ...] = ()
    most: int = 1
    """The count that the largest mark stands for, so that all maps of a site use one measure."""
    here: str = ""
    """The commune that the map is about; empty: it is about all."""
    spot: Point | None = None
    """A point that the map is about."""
    spot_name: str = ""

"""Find a place for every label where it hides nothing; who finds none stays away."""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from ocopgen.pages.drawings.frame import WIDTH
from ocopgen.pages.drawings.projection import Point
from ocopgen.pages.drawings.shapes import short

PHONE, DESK = 17, 11
"""The size of letters on a narrow screen and on a wide one, in the map's units.

The style sheet says the same: 17 units are 12 pixels where the map is 328 wide, and so are 11
where it is 503.
"""
_LINE = 1.2
_GAP = 3.0
_FAR = 15.0
"""How far a label stands off that is tied to its mark by a line."""
_NARROW, _BROAD = frozenset("ijlftrI.,:;'’()-/ 1"), frozenset("mwMWĐOQGCDHNUƠƯÔÂ")


class Box(Struct, frozen=True):
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Tell whether *point* is inside."""
        return self.left < point.x < self.right and self.top < point.y < self.bottom


class Label(Struct, frozen=True):
    """Words on the map."""

    text: str
    x: float
    y: float
    """Of the line that the letters stand on."""
    kind: str
    """The class that gives it its looks."""
    anchor: str
    """The class for its end that stands at *x*: "" for the start, "mid", "end"."""
    of: str
    """The commune that it names; empty for others."""
    wide: bool
    """Whether only a wide screen has room for it."""
    leader: str = ""
    """The line that ties it to its mark."""


def letters_width(text: str, size: float) -> float:
    """Return how long *text* is at most in letters of *size*."""
    return size * _letters(text)


@cache
def _letters(text: str) -> float:
    """Return how long *text* is in letters of one unit; a place is named on many maps."""
    return sum(0.4 if each in _NARROW else 0.86 if each in _BROAD else 0.64 for each in text)


Edges = tuple[float, float, float, float]
"""Those of a box, as fast as may be: half a million pairs of them are compared for one province."""
Leader = Edges | None
"""Where a line begins and ends, from the mark to the label."""


class Sheet(Struct):
    """A map while labels are put on it."""

    height: float
    taken: list[Box] = field(default_factory=list)
    """By marks, pins and all else that is no label."""
    labels: list[tuple[Label, Box]] = field(default_factory=list)
    """On a screen of the size in hand."""
    full: list[Edges] = field(default_factory=list)
    """The edges of all that is taken or named."""

    def __post_init__(self) -> None:
        """Begin with what is there."""
        self.full = [astuple(box) for box in (*self.taken, *(own for _, own in self.labels))]

    def put(self, label: Label, at: Point, radius: float, size: float) -> bool:
        """Put *label* beside the mark *at*, and tell whether there was room."""
        width = letters_width(label.text, size)
        for anchor, x, y, leader in _beside(at, radius, size):
            edges = _edges(width, anchor, (x, y), size)
            if self._is_free(edges) and (not leader or self._is_open(leader, edges)):
                self._keep(label, (anchor, x, y, _way(leader)), edges)
                return True
        return False

    def put_in(self, label: Label, middle: Point, size: float) -> bool:
        """Put *label* about *middle*, and tell whether there was room."""
        width = letters_width(label.text, size)
        for step in (0, 1, -1, 2, -2):
            for aside in (0, 24, -24):
                x, y = middle.x + aside, middle.y + step * size
                edges = _edges(width, "mid", (x, y), size)
                if self._is_free(edges):
                    self._keep(label, ("mid", x, y, ""), edges)
                    return True
        return False

    def _keep(self, label: Label, place: tuple[str, float, float, str], edges: Edges) -> None:
        anchor, x, y, leader = place
        placed = replace(label, x=short(x), y=short(y), anchor=anchor, leader=leader)
        self.labels.append((placed, Box(*edges)))
        self.full.append(edges)

    def _is_free(self, edges: Edges) -> bool:
        left, top, right, bottom = edges
        if left < 1 or right > WIDTH - 1 or top < 1 or bottom > self.height - 1:
            return False
        for west, north, east, south in self.full:  # `any` takes twice as long
            if left < east and west < right and top < south and north < bottom:
                return False
        return True

    def _is_open(self, leader: Edges, edges: Edges) -> bool:
        """Tell whether a line may run where *leader* does, and no other line crosses the label."""
        x, y, to_x, to_y = leader
        own = Box(*edges)
        steps = [Point(_between(x, to_x, n), _between(y, to_y, n)) for n in range(9)]
        boxes = [box for _, box in self.labels]
        return not any(box.holds(step) for step in steps for box in boxes if box != own)

    def shrunk(self, size: float) -> "Sheet":
        """Return the sheet as a screen shows it where letters have *size*."""
        labels = [
            (label, box_of(label.text, label.anchor, (label.x, label.y), size))
            for label, _ in self.labels
        ]
        return Sheet(self.height, self.taken, labels)


def _between(start: float, end: float, step: int) -> float:
    return start + (end - start) * step / 8


def _way(leader: Leader) -> str:
    if leader is None:
        return ""
    x, y, to_x, to_y = map(short, leader)
    return f"M{x} {y}L{to_x} {to_y}"


Spot = tuple[str, float, float, Leader]
"""An anchor, where it stands, and the line from the mark."""


def _beside(at: Point, radius: float, size: float) -> Iterator[Spot]:
    """Yield the places for a label of a mark, the best first."""
    drop, lean = size * 0.36, radius * 0.72
    near, foot, head = radius + _GAP, radius + _GAP + size * 0.8, radius + _GAP + size * 0.25
    yield "", at.x + near, at.y + drop, None
    yield "end", at.x - near, at.y + drop, None
    yield "mid", at.x, at.y - head, None
    yield "mid", at.x, at.y + foot, None
    for side, anchor in ((1, ""), (-1, "end")):
        yield anchor, at.x + side * (lean + _GAP), at.y - lean, None
        yield anchor, at.x + side * (lean + _GAP), at.y + lean + size * 0.6, None
    yield from _far(at, radius, size)


def _far(at: Point, radius: float, size: float) -> Iterator[Spot]:
    for reach in (_FAR, 2 * _FAR):
        for side, anchor in ((1, ""), (-1, "end")):
            for up in (-1, 1):
                x, y = at.x + side * radius * 0.71, at.y + up * radius * 0.71
                to_x, to_y = x + side * reach * 0.8, y + up * reach
                yield anchor, to_x + side * 2, to_y + size * 0.36, (x, y, to_x, to_y)


def box_round(at: Point, radius: float) -> Box:
    """Return the ground of a mark."""
    return Box(at.x - radius, at.y - radius, at.x + radius, at.y + radius)


def box_of(text: str, anchor: str, at: tuple[float, float], size: float) -> Box:
    """Return the ground of *text* whose end or middle, told by *anchor*, stands *at* a place."""
    return Box(*_edges(letters_width(text, size), anchor, at, size))


def _edges(width: float, anchor: str, at: tuple[float, float], size: float) -> Edges:
    x, y = at
    left = x - width / 2 if anchor == "mid" else x - width if anchor else x
    return left, y - size * 0.95, left + width, y + size * (_LINE - 0.95)

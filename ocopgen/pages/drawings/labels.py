"""Find a place for every label where it hides nothing; who finds none stays away."""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

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

    def meets(self, other: "Box") -> bool:
        """Tell whether the two have some ground in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

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


class Sheet(Struct):
    """A map while labels are put on it."""

    height: float
    taken: list[Box] = field(default_factory=list)
    """By marks, pins and all else that is no label."""
    labels: list[tuple[Label, Box]] = field(default_factory=list)
    """On a screen of the size in hand."""

    def put(self, label: Label, at: Point, radius: float, size: float) -> bool:
        """Put *label* beside the mark *at*, and tell whether there was room."""
        for anchor, x, y, leader in _beside(at, radius, size):
            box = box_of(label.text, anchor, (x, y), size)
            if self._is_free(box) and (not leader or self._is_open(leader, box)):
                way = _way(leader) if leader else ""
                self._keep(label, (anchor, x, y, way), box)
                return True
        return False

    def put_in(self, label: Label, middle: Point, size: float) -> bool:
        """Put *label* about *middle*, and tell whether there was room."""
        for step in (0, 1, -1, 2, -2):
            for aside in (0, 24, -24):
                x, y = middle.x + aside, middle.y + step * size
                box = box_of(label.text, "mid", (x, y), size)
                if self._is_free(box):
                    self._keep(label, ("mid", x, y, ""), box)
                    return True
        return False

    def _keep(self, label: Label, place: tuple[str, float, float, str], box: Box) -> None:
        anchor, x, y, leader = place
        placed = replace(label, x=short(x), y=short(y), anchor=anchor, leader=leader)
        self.labels.append((placed, box))

    def _is_free(self, box: Box) -> bool:
        inside = box.left >= 1 and box.right <= WIDTH - 1
        inside = inside and box.top >= 1 and box.bottom <= self.height - 1
        if not inside or any(map(box.meets, self.taken)):
            return False
        return not any(box.meets(other) for _, other in self.labels)

    def _is_open(self, leader: tuple[Point, Point], own: Box) -> bool:
        """Tell whether a line may run where *leader* does, and no other line crosses the label."""
        start, end = leader
        steps = (Point(_between(start.x, end.x, n), _between(start.y, end.y, n)) for n in range(9))
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


def _way(leader: tuple[Point, Point]) -> str:
    start, end = leader
    return f"M{short(start.x)} {short(start.y)}L{short(end.x)} {short(end.y)}"


Spot = tuple[str, float, float, tuple[Point, Point] | None]
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
                start = Point(at.x + side * radius * 0.71, at.y + up * radius * 0.71)
                end = Point(start.x + side * reach * 0.8, start.y + up * reach)
                yield anchor, end.x + side * 2, end.y + size * 0.36, (start, end)


def box_round(at: Point, radius: float) -> Box:
    """Return the ground of a mark."""
    return Box(at.x - radius, at.y - radius, at.x + radius, at.y + radius)


def box_of(text: str, anchor: str, at: tuple[float, float], size: float) -> Box:
    """Return the ground of *text* whose end or middle, told by *anchor*, stands *at* a place."""
    x, y = at
    width = letters_width(text, size)
    left = {"": x, "mid": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - size * 0.95, left + width, y + size * (_LINE - 0.95))

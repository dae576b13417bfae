"""Lines on the flat: hulls round points, lines with fewer bends, and how SVG spells them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ocopgen.pages.drawings.projection import Point


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the corners of the smallest convex shape that holds *points*, in order."""
    ordered = sorted(set(points), key=lambda point: (point.x, point.y))
    if len(ordered) < 3:  # noqa: PLR2004 - two points are a line
        return tuple(ordered)
    return (*_half(ordered), *_half(reversed(ordered)))


def _half(points: Iterable[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _turn(first: Point, second: Point, third: Point) -> float:
    """Return a number above zero where the way by the three points bends to the left."""
    return (second.x - first.x) * (third.y - first.y) - (second.y - first.y) * (third.x - first.x)


def simplified(line: Sequence[Point], most: float) -> tuple[Point, ...]:
    """Return *line* without the points that lie at *most* so far from it (Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        start, end = open_parts.pop()
        middle = max(
            range(start + 1, end), key=lambda at: _off(line[at], line[start], line[end]), default=0
        )
        if middle and _off(line[middle], line[start], line[end]) > most:
            kept.add(middle)
            open_parts += [(start, middle), (middle, end)]
    return tuple(line[at] for at in sorted(kept))


def runs(line: Sequence[Point], size: tuple[float, float]) -> Iterator[list[Point]]:
    """Yield the stretches of *line* that may be in sight in a frame of *size*."""
    run: list[Point] = []
    for start, end in pairwise(line):
        if _is_in_sight(start, end, size):
            run = run or [start]
            run.append(end)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_in_sight(start: Point, end: Point, size: tuple[float, float]) -> bool:
    across = max(start.x, end.x) >= 0 and min(start.x, end.x) <= size[0]
    return across and max(start.y, end.y) >= 0 and min(start.y, end.y) <= size[1]


def _off(point: Point, start: Point, end: Point) -> float:
    """Return how far *point* lies from the stretch between *start* and *end*."""
    dx, dy = end.x - start.x, end.y - start.y
    length = dx * dx + dy * dy
    along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return float(
        ((start.x + along * dx - point.x) ** 2 + (start.y + along * dy - point.y) ** 2) ** 0.5
    )


def path(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return *points* as the data of an SVG path; one alone is a dot for a round pen."""
    steps = "L".join(f"{short(point.x)} {short(point.y)}" for point in points)
    return f"M{steps}{'z' if closed or len(points) == 1 else ''}"


def short(number: float) -> float:
    """Return *number* with one digit after the point at most."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded

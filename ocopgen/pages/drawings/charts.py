"""Charts of numbers: bars that may be stacked, and a line."""

from collections.abc import Sequence
from dataclasses import dataclass

_WHOLE = 100.0
_WIDTH, _HEIGHT = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 14, 22, 24
"""What is kept free round a line, for its figures and its years."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar."""

    at: float
    """Where it begins, in hundredths of the room that all bars share."""
    wide: float
    column: int
    """Which column it draws: the first, the second and so on."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line."""

    x: float
    y: float
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, in a box of its own measures."""

    width: int
    height: int
    base: int
    """Where nought lies."""
    path: str
    dots: tuple[Dot, ...]


def bars(rows: Sequence[Sequence[int]]) -> tuple[tuple[Segment, ...], ...]:
    """Return a bar for each of *rows*, a segment a column; the longest bar takes all the room."""
    longest = max((sum(row) for row in rows), default=0)
    return tuple(_bar(row, longest) for row in rows)


def _bar(row: Sequence[int], longest: int) -> tuple[Segment, ...]:
    segments, at = [], 0
    for column, value in enumerate(row):
        if value:
            start, wide = _WHOLE * at / longest, _WHOLE * value / longest
            segments.append(Segment(round(start, 2), round(wide, 2), column))
        at += value
    return tuple(segments)


def line(points: Sequence[tuple[str, int]]) -> Line | None:
    """Return the line through *points*, name and value, from left to right; None if it is none."""
    if len(points) < 2:  # noqa: PLR2004 - one point is no line
        return None
    most = max(value for _, value in points) or 1
    step = (_WIDTH - _LEFT - _RIGHT) / (len(points) - 1)
    base = _HEIGHT - _BOTTOM
    dots = tuple(
        Dot(
            round(_LEFT + step * place, 1),
            round(base - (base - _TOP) * value / most, 1),
            name,
            value,
        )
        for place, (name, value) in enumerate(points)
    )
    path = "M" + "L".join(f"{dot.x} {dot.y}" for dot in dots)
    return Line(_WIDTH, _HEIGHT, base, path, dots)

"""Charts of numbers: bars that may be stacked, and a line."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

MOST_COUNTED = 30
"""How long the longest bar may be for each product to be a piece of its own, to be counted."""
_FEW = 17
"""As long as this is the longest bar at least, so that pieces stay about square."""
_PIECE = 0.84
"""How much of its place such a piece fills."""
_ROOM = 86.0
"""How far the longest bar reaches, in hundredths; behind it stands its figure."""
_WIDTH, _HEIGHT = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 14, 22, 24
"""What is kept free round a line, for its figures and its years."""


class Segment(Struct, frozen=True):
    """A piece of a bar."""

    at: float
    """Where it begins, in hundredths of the width that all bars share."""
    wide: float
    column: int
    """Which column it draws: the first, the second and so on."""


class Bar(Struct, frozen=True):
    """A row of pieces."""

    segments: tuple[Segment, ...]
    end: float
    """Where the last one ends, and its figure stands."""


class Dot(Struct, frozen=True):
    """A point of a line."""

    x: float
    y: float
    name: str
    value: int


class Line(Struct, frozen=True):
    """A line through points, in a box of its own measures."""

    width: int
    height: int
    base: int
    """Where nought lies."""
    path: str
    dots: tuple[Dot, ...]


def bars(rows: Sequence[Sequence[int]]) -> tuple[Bar, ...]:
    """Return a bar for each of *rows*, drawn from left to right; the longest takes all the room."""
    longest = max((sum(row) for row in rows), default=0)
    return tuple(_bar(row, longest) for row in rows)


def _bar(row: Sequence[int], longest: int) -> Bar:
    unit = _ROOM / max(longest, _FEW)
    pieces = tuple(
        Segment(round(at * unit, 2), round(size * unit, 2), column)
        for at, size, column in stretches(row, counted=longest <= MOST_COUNTED)
    )
    return Bar(pieces, round(sum(row) * unit, 2))


def stretches(row: Sequence[int], *, counted: bool) -> Iterator[tuple[float, float, int]]:
    """Yield where each piece of *row* begins, how long it is, and its column.

    A piece stands for one, where they are to be *counted*, and leaves a gap before the next; else
    it stands for all of its column.
    """
    at = 0
    for column, value in enumerate(row):
        if counted:
            for place in range(value):
                yield at + place, _PIECE, column
        elif value:
            yield at, value, column
        at += value


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

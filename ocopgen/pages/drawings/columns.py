"""Charts of numbers over time: columns side by side, in runs that share words below them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from ocopgen.pages.drawings.charts import MOST_COUNTED, stretches
from ocopgen.pages.drawings.labels import letters_width
from ocopgen.pages.drawings.shapes import short

_WIDTH, _TALL, _TOP = 960.0, 180.0, 28.0
"""How wide the chart is at least, how tall its tallest column, and the room above for figures."""
_LETTER = 17
"""How high letters are in units where the chart is smallest; all is laid out for that."""
_LINE = 21.0
"""From one line of words to the next."""
_SLOT, _COLUMN, _APART = 44.0, 30.0, 26.0
"""The least room of a column, its own width, and the gap between runs."""
_PIECE = 26.0
"""How high a piece is at most that stands for one."""
_AIR = 8.0


class Column(Struct, frozen=True):
    """What is to be drawn as a column."""

    parts: tuple[int, ...]
    figure: str
    below: str
    """What stands below it."""
    run: str
    """What stands below all columns of its run."""


class Piece(Struct, frozen=True):
    """A piece of a column."""

    x: float
    y: float
    width: float
    height: float
    column: int
    """Which part it draws: the first, the second and so on."""


class Words(Struct, frozen=True):
    """Words, by the middle of their line."""

    x: float
    y: float
    text: str


class Columns(Struct, frozen=True):
    """Columns with all that is written round them."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    figures: tuple[Words, ...]
    words: tuple[Words, ...]
    ground: str
    """The path of the lines that the columns stand on."""


class _Run(Struct, frozen=True):
    """Columns that share the words below them, and where they stand."""

    text: str
    columns: tuple[Column, ...]
    start: float
    slot: float

    @property
    def end(self) -> float:
        return self.start + self.slot * len(self.columns)

    def middles(self) -> Iterator[tuple[float, Column]]:
        """Yield the middle of each column."""
        for place, column in enumerate(self.columns):
            yield self.start + (place + 0.5) * self.slot, column


def columns(drawn: Sequence[Column]) -> Columns:
    """Return *drawn* side by side; the tallest takes all the height."""
    runs = _runs(drawn)
    most = max((sum(column.parts) for column in drawn), default=0)
    unit = min(_PIECE, _TALL / most) if most else 0.0
    counted = most <= MOST_COUNTED
    base = _TOP + unit * most
    placed = [pair for run in runs for pair in run.middles()]
    below = [words for run in runs for words in _words(run, base)]
    return Columns(
        width=short(max(_WIDTH, runs[-1].end if runs else 0)),
        height=short(max((words.y for words in below), default=base) + _AIR),
        pieces=tuple(
            piece for x, column in placed for piece in _pieces(column, x, base, (unit, counted))
        ),
        figures=tuple(
            Words(short(x), short(base - unit * sum(column.parts) - _AIR), column.figure)
            for x, column in placed
            if any(column.parts)
        ),
        words=tuple(below),
        ground="".join(f"M{short(run.start)} {short(base)}H{short(run.end)}" for run in runs),
    )


def _runs(drawn: Sequence[Column]) -> list[_Run]:
    found = [(text, tuple(run)) for text, run in groupby(drawn, lambda column: column.run)]
    least = [_least_slot(text, run) for text, run in found]
    taken = sum(slot * len(run) for slot, (_, run) in zip(least, found, strict=True))
    free = _WIDTH - taken - _APART * (len(found) - 1)
    # What is left over goes to all columns alike.
    more = max(free / len(drawn), 0) if drawn else 0
    runs: list[_Run] = []
    for slot, (text, run) in zip(least, found, strict=True):
        start = runs[-1].end + _APART if runs else 0.0
        runs.append(_Run(text, run, start, slot + more))
    return runs


def _least_slot(text: str, run: Sequence[Column]) -> float:
    longest = max(letters_width(word, _LETTER) for word in [*text.split(), ""])
    return max(_SLOT, longest / len(run), *(letters_width(each.below, _LETTER) for each in run))


def _pieces(
    column: Column, middle: float, base: float, scale: tuple[float, bool]
) -> Iterator[Piece]:
    unit, counted = scale
    for at, size, part in stretches(column.parts, counted=counted):
        top, height = base - (at + size) * unit - 1, size * unit
        yield Piece(short(middle - _COLUMN / 2), short(top), _COLUMN, short(height), part)


def _words(run: _Run, base: float) -> Iterator[Words]:
    for middle, column in run.middles():
        if column.below:
            yield Words(short(middle), short(base + _LINE), column.below)
    middle, first = (run.start + run.end) / 2, 2 if any(each.below for each in run.columns) else 1
    for place, text in enumerate(_wrapped(run.text, run.end - run.start), first):
        yield Words(short(middle), short(base + place * _LINE), text)


def _wrapped(text: str, room: float) -> list[str]:
    """Return *text* in lines that fit into *room* as far as its words do."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters_width(longer, _LETTER) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

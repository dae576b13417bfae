"""What a file says, and where each value of it stood."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from msgspec import Raw, Struct
from msgspec.json import Decoder

from ocopgen.base.problems import Spot

Key = tuple[str | int, ...]
"""The way from the top of a tree to one of its values."""
KEY = -1
"""Stands at the end of a key where the name itself, not its value, is meant."""

NOTE = -2
"""Stands there where what is meant is a note right behind a name, in place of a value."""


class Said(Protocol):
    """A line of memory, wherever it lies."""

    def surely(self) -> bytes:
        """Return it; raises OSError where it is gone."""


class Tree(Struct, frozen=True, gc=False):
    """What a file says, all scalars as the text that was written, and where each value stood."""

    path: str
    said: Any = None
    places: Sequence[Sequence[str | int]] = ()
    line: Said | None = None
    """All of this as memory keeps it. It is then read anew for whoever asks: a catalogue of twenty
    thousand products would otherwise lie in memory twice."""

    @property
    def data(self) -> Any:  # noqa: ANN401 - what YAML can hold
        """Return dictionaries, lists and text; None for an empty file."""
        return _DATA.decode(self.line.surely()).data if self.line else self.said

    @property
    def marks(self) -> Sequence[Sequence[str | int]]:
        """Return a row a value: its key, line and column."""
        return _MARKS.decode(self.line.surely()).marks if self.line else self.places

    def spot(self, key: Key = ()) -> Spot:
        """Return the spot of *key*; a missing value stands where its name or its parent does."""
        spots = _kept_spots(self.line.surely()) if self.line else _spots(self.places)
        for name in (key, (*key, KEY), *(key[:end] for end in range(len(key) - 1, -1, -1))):
            if found := spots.get(name):
                return Spot(self.path, int(found[0]), int(found[1]))
        return Spot(self.path, 1)


class _Data(Struct, array_like=True):
    digest: Raw
    data: Any


class _Marks(Struct, array_like=True):
    digest: Raw
    data: Raw
    marks: list[list[str | int]]


_DATA, _MARKS = Decoder(_Data), Decoder(_Marks)


Spots = Mapping[Key, Sequence[str | int]]


def _spots(marks: Iterable[Sequence[str | int]]) -> Spots:
    return {tuple(row[:-2]): row[-2:] for row in marks}


@lru_cache(maxsize=4)
def _kept_spots(line: bytes) -> Spots:
    """Return the marks in *line* by key; whoever tells of one value of a file tells of more."""
    return _spots(_MARKS.decode(line).marks)

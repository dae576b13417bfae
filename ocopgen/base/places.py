"""Where each line of a file lies."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

_SIZE, _START = 32, 64
"""Bits of a place after which stand the checksum of a line and where it begins."""
_LONGEST = (1 << _SIZE) - 1
_NOTED = 9
"""Bytes that an index takes for a line beside its name."""


class Places:
    """Where lines lie, by their names.

    They come by the hundred thousand at the start of every run, so that none of them may take any
    time before it is asked for: the numbers stay as they came.
    """

    def __init__(self) -> None:
        """Know of no line."""
        self._at: dict[bytes, int] = {}
        self._starts, self._sizes, self._checks = array("Q"), array("I"), array("I")

    def add(
        self, names: Sequence[bytes], start: int, sizes: Sequence[int], checks: Sequence[int]
    ) -> None:
        """Note that lines called *names* lie one after the other from the byte *start* on.

        Raises ValueError where there are not as many *sizes* and *checks* of them as names.
        """
        if not len(names) == len(sizes) == len(checks):
            raise ValueError(f"{len(names)} names, {len(sizes)} sizes, {len(checks)} checks")
        if not names:
            return
        first = len(self._sizes)
        self._starts.extend(accumulate(sizes[:-1], initial=start))
        self._sizes.extend(sizes)
        self._checks.extend(checks)
        # Last, so that another thread meets no name of which nothing is known yet.
        self._at.update(zip(names, range(first, first + len(names)), strict=True))

    def __contains__(self, name: bytes) -> bool:
        """Tell whether there is a line called *name*."""
        return name in self._at

    def __iter__(self) -> Iterator[bytes]:
        """Yield the names of all lines."""
        return iter(self._at)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self._at)

    def find(self, name: bytes) -> int | None:
        """Return as one number where the line called *name* begins, its size and its checksum."""
        at = self._at.get(name)
        if at is None:
            return None
        return self._starts[at] << _START | self._checks[at] << _SIZE | self._sizes[at]

    def bytes_of_use(self) -> int:
        """Return how many bytes of the file, those of its index too, no later line has replaced."""
        names = sum(map(len, self._at)) + _NOTED * len(self._at)
        return names + sum(map(self._sizes.__getitem__, self._at.values()))


def read_place(place: int) -> tuple[int, int, int]:
    """Return where the line at *place* begins, its size and its checksum."""
    return place >> _START, place & _LONGEST, place >> _SIZE & _LONGEST

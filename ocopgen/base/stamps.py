"""Which bytes a file held when its time stamp was seen.

There are as many files as records, so a line of memory for each would take longer to find than the
file to look at: a line tells of a share of them.
"""

from collections.abc import Callable, Mapping
from os import fsencode
from zlib import crc32

from msgspec import MsgspecError
from msgspec.json import Decoder, encode

from ocopgen.base.digest import Digest

Row = tuple[int, int, Digest]
"""Size, time stamp in nanoseconds, and the digest of the bytes."""

_SHARES = 64
"""An edit writes down one of them anew: of 20,000 products some 90 kB."""
_FEW = 50
"""Files of a share of which nobody asks any more, so many of which do no harm."""
_ROWS = Decoder(dict[str, Row])


class Stamps:
    """The rows of files by their paths, a line of memory for each share of them.

    Whoever asks says how a line is recalled: held here, that would lead back to the memory, and
    nobody looks for circles.
    """

    def __init__(self) -> None:
        """Know nothing that is not asked for."""
        self._shares: dict[int, _Share] = {}

    def _share(self, path: str, recall: Callable[[str], bytes]) -> "_Share":
        number = crc32(fsencode(path)) % _SHARES
        share = self._shares.get(number)
        if share is None:
            share = self._shares[number] = _Share(_rows(recall(_name(number))))
        return share

    def find(self, path: str, recall: Callable[[str], bytes]) -> Row | None:
        """Return what is known of the file at *path*."""
        return self._share(path, recall).find(path)

    def put(self, path: str, row: Row, recall: Callable[[str], bytes]) -> None:
        """Let *row* be what is known of the file at *path*."""
        self._share(path, recall).put(path, row)

    def take(self) -> dict[str, Row]:
        """Return all that was found or put, for another memory."""
        return {path: row for share in self._shares.values() for path, row in share.asked.items()}

    def settle(self, keep: Callable[[str, bytes], None]) -> None:
        """Write down what is new by *keep*, and hold nothing."""
        shares, self._shares = self._shares, {}
        for number, share in shares.items():
            if share.is_new:
                keep(_name(number), encode(share.of_use()))


class _Share:
    """The rows of some files."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self._others, self.asked = rows, dict[str, Row]()
        self.is_new = False

    def find(self, path: str) -> Row | None:
        row = self._others.pop(path, None)
        if row is None:
            return self.asked.get(path)
        self.asked[path] = row
        return row

    def put(self, path: str, row: Row) -> None:
        self._others.pop(path, None)
        self.asked[path] = row
        self.is_new = True

    def of_use(self) -> Mapping[str, Row]:
        """Return the rows, without those that nobody asks for where these are many."""
        many = len(self._others) > 2 * len(self.asked) + _FEW
        return self.asked if many else {**self._others, **self.asked}


def _name(share: int) -> str:
    return f"stamps {share}"


def _rows(line: bytes) -> dict[str, Row]:
    try:
        return _ROWS.decode(line) if line else {}
    except MsgspecError:  # whatever it is, it can be found out again
        return {}

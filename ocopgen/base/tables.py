"""Many small things under one name each, a line of memory for a share of them.

There are as many of them as records, so a line for each would take longer to find than the thing
itself to find out.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar
from zlib import crc32

from msgspec import MsgspecError
from msgspec.json import Decoder, encode

T = TypeVar("T")

_SHARES = 64
"""An edit writes down one of them anew: of the stamps of 20,000 products' files some 90 kB."""
FEW, _MANY = 50, 4
"""So many rows of a share of which nobody asks do no harm, nor do so many for each asked for."""


class Table(Generic[T]):
    """Rows of one kind by their names.

    Whoever asks says how a line is recalled: held here, that would lead back to the memory, and
    nobody looks for circles.
    """

    def __init__(
        self,
        name: str,
        row: Any,  # noqa: ANN401 - whatever msgspec reads
        read: Callable[[type, Any], Any] | None = None,
        few: int = FEW,
    ) -> None:
        """Know nothing that is not asked for.

        The lines of the table begin with its *name*. A *row* is what msgspec reads of JSON, with
        *read* for kinds that it does not know; what it cannot write is written as a dictionary.
        A *few* rows of a share stay, even if nobody asks for them.
        """
        self._few = few
        self._name = name
        self._decoder: Decoder[dict[str, T]] = Decoder(dict[str, row], dec_hook=read)
        self._shares: dict[int, _Share[T]] = {}
        self._found: dict[str, T] = {}
        """All that was found or put: most is asked for twice."""
        self._left = False
        """Whether rows that nobody asks for are left alone."""

    def _share(self, name: str, recall: Callable[[str], bytes]) -> "_Share[T]":
        number = crc32(name.encode(errors="surrogatepass")) % _SHARES
        share = self._shares.get(number)
        if share is None:
            share = self._shares[number] = _Share(self._rows(recall(self._line(number))))
        return share

    def find(self, name: str, recall: Callable[[str], bytes]) -> T | None:
        """Return the row called *name*."""
        found = self._found.get(name)
        if found is None:
            share = self._share(name, recall)
            found = share.others.pop(name, None)
            if found is not None:
                self._found[name] = found
                share.asked.append(name)
        return found

    def put(self, name: str, row: T, recall: Callable[[str], bytes]) -> None:
        """Let *row* be called *name*."""
        share = self._share(name, recall)
        share.others.pop(name, None)
        if name not in self._found:
            share.asked.append(name)
        self._found[name] = share.new[name] = row

    def leave(self) -> None:
        """Let every row stay that is there, until all is written down."""
        self._left = True

    def names_of_lines(self) -> list[str]:
        """Return what the lines of the table are called."""
        return [self._line(share) for share in range(_SHARES)]

    def take(self) -> dict[str, T]:
        """Return all that was found or put, for another memory."""
        return self._found.copy()

    def new(self) -> dict[str, T]:
        """Return all that was put and is not written down."""
        return {name: row for share in self._shares.values() for name, row in share.new.items()}

    def settle(self, keep: Callable[[str, bytes], None], *, all_of_use: bool = False) -> None:
        """Write down what is new by *keep*, and hold nothing.

        *all_of_use*: nobody need ask for a row for it to stay.
        """
        (shares, found), self._shares, self._found = (self._shares, self._found), {}, {}
        all_of_use, self._left = all_of_use or self._left, False
        for number, share in shares.items():
            if share.new:
                rows = {name: found[name] for name in share.asked}
                if all_of_use or len(share.others) <= _MANY * len(rows) + self._few:
                    rows = share.others | rows
                with suppress(UnicodeEncodeError):  # a path that is no text; nothing depends on it
                    keep(self._line(number), encode(rows, enc_hook=dict))

    def _line(self, share: int) -> str:
        return f"{self._name} {share}"

    def _rows(self, line: bytes) -> dict[str, T]:
        try:
            return self._decoder.decode(line) if line else {}
        except MsgspecError:  # whatever it is, it can be found out again
            return {}


class _Share(Generic[T]):
    """Some rows of a table."""

    def __init__(self, rows: dict[str, T]) -> None:
        self.others = rows
        """Those that nobody has asked for."""
        self.asked = list[str]()
        self.new = dict[str, T]()

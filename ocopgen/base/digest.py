"""Name a value by what it is made of; refuse what has no fixed spelling."""

from hashlib import sha256
from typing import Any, NewType

import orjson
from msgspec import Struct
from msgspec.structs import asdict, astuple, force_setattr

Digest = NewType("Digest", str)
"""Thirty-two hexadecimal digits: the first 128 bits of SHA-256.

Processors of the last years do SHA-256 by themselves: a page takes half as long as by others.
"""

SIZE = 16
"""Bytes of a digest."""
_SPELLING = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def digest(*parts: object) -> Digest:
    """Return one name for *parts*: equal parts, equal name, on every machine.

    Of a Struct its values count in their order, not what they are called: no part may be now of
    one kind and now of another. Raises TypeError for a value without a fixed spelling (a set, an
    open file).
    """
    return digest_of_bytes(orjson.dumps(parts, option=_SPELLING, default=_spelt))


class Shared(Struct, frozen=True, kw_only=True, eq=False):
    """A value that many others hold as one object: it is spelt out once, and named in these.

    Nothing in it may ever change; `replace` and whatever else spells out its fields would take the
    name along.
    """

    _name: Digest | None = None
    """Absent: nobody has asked for it. A dictionary of its own would be larger than the value."""

    @property
    def named(self) -> Digest:
        """Return the name of the value."""
        name = self._name
        if name is None:
            told = asdict(self)
            del told["_name"]
            name = digest(*told.values())
            force_setattr(self, "_name", name)
        return name

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* is of the same kind and says the same."""
        return type(self) is type(other) and self.named == other.named

    def __hash__(self) -> int:
        """Return the hash of the name."""
        return hash(self.named)


def _spelt(value: Any) -> object:  # noqa: ANN401 - whatever JSON does not know
    return value.named if isinstance(value, Shared) else astuple(value)


def digest_of_bytes(content: bytes) -> Digest:
    """Return the name of *content*."""
    return Digest(sha256(content).hexdigest()[: 2 * SIZE])

"""What a file came to when it was read, in one line of JSON as memory keeps it.

The record stands in it as it was understood: to check again what has not changed would take most of
the time that an edit takes. What is asked for seldom (words as they were written, where they stood,
the prose) is skipped until somebody wants it.
"""

from functools import cache
from typing import Generic, TypeVar

from msgspec import MsgspecError, Raw, Struct
from msgspec.json import Decoder, encode

from ocopgen.base.digest import Digest
from ocopgen.content.prose import Prose
from ocopgen.content.record import Record
from ocopgen.content.tree import Key, Tree
from ocopgen.content.words import unchanging

R = TypeVar("R", bound=Record)

Lacking = tuple[tuple[Key, str], ...]
"""Where a text lacks a language, and which."""


class Understood(Struct, Generic[R], frozen=True):
    """What a tree is as a record."""

    languages: tuple[str, ...]
    """Those of the site when it was read."""
    record: R | None
    """Absent: it has faults."""
    lacking: Lacking = ()
    pictured: bool = False
    """Whether its prose shows pictures; of most no rule has to look at it."""


class _Record(Struct, Generic[R], array_like=True):
    digest: Raw
    data: Raw
    marks: Raw
    prose: Raw
    languages: tuple[str, ...]
    record: R | None
    lacking: Lacking
    pictured: bool


class _Prose(Struct, array_like=True):
    digest: Raw
    data: Raw
    marks: Raw
    prose: Prose | None


_PROSE = Decoder(_Prose)


def line_of(digest: Digest, tree: Tree, prose: Prose | None, record: Understood[R]) -> bytes:
    """Return what a file with *digest* came to, as a line."""
    own = (record.languages, record.record, record.lacking, record.pictured)
    return encode((digest, tree.data, tree.marks, prose, *own), enc_hook=dict)


def is_of(line: bytes, digest: Digest) -> bool:
    """Tell whether *line* was kept of a file with *digest*."""
    return line.startswith(b'["%b"' % digest.encode())


def understood(line: bytes, kind: type[R]) -> Understood[R] | None:
    """Return what *line* says of a *kind*; None where that is no such thing."""
    try:
        row = _decoder(kind).decode(line)
    except MsgspecError:
        return None
    return Understood(row.languages, row.record, row.lacking, row.pictured)


@cache
def _decoder(kind: type[R]) -> Decoder[_Record[R]]:
    return Decoder(_Record[kind], dec_hook=lambda _, words: unchanging(words))  # type: ignore[valid-type]


def prose_of(line: bytes) -> Prose | None:
    """Return the prose in *line*; None: it is not of a Markdown file."""
    return _PROSE.decode(line).prose

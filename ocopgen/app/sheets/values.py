"""Reach into records, and into what their files say, by key."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ocopgen.content.tree import Key


def at(said: Any, key: Key) -> Any:  # noqa: ANN401 - whatever a file may say
    """Return the value at *key* of what a file *said*; None where there is none."""
    for part in key:
        if isinstance(said, dict):
            said = said.get(str(part))
        elif isinstance(said, list) and isinstance(part, int) and part < len(said):
            said = said[part]
        else:
            return None
    return said


def put(said: Any, key: Key, value: object) -> None:  # noqa: ANN401 - as above
    """Put *value* at *key* into what a file *said*; what it lies in is made where it is absent."""
    for part, below in pairwise(key):
        inner = at(said, (part,))
        if not isinstance(inner, dict | list):
            inner = [] if isinstance(below, int) else {}
            _set(said, part, inner)
        said = inner
    _set(said, key[-1], value)


def _set(said: Any, part: str | int, value: object) -> None:  # noqa: ANN401 - as above
    if isinstance(said, list) and part == len(said):
        said.append(value)
    else:
        said[part] = value


def clear(said: Any, key: Key) -> None:  # noqa: ANN401 - as above
    """Take what is at *key* out of what a file *said*, and what is empty without it."""
    parent = at(said, key[:-1])
    if isinstance(parent, dict):
        parent.pop(str(key[-1]), None)
        if not parent and len(key) > 1 and isinstance(key[-2], str):
            clear(said, key[:-1])


def value_of(record: Any, key: Key) -> Any:  # noqa: ANN401 - values of all fields
    """Return the value at *key* of *record*; None where there is none."""
    for part in key:
        if record is None:
            return None
        if isinstance(part, int):
            record = record[part] if part < len(record) else None
        elif isinstance(record, Mapping):
            record = record.get(part)
        else:
            record = getattr(record, part)
    return record

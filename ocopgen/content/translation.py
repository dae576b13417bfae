"""Find the words that nobody has translated yet."""

from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from ocopgen.content.record import Record, fields_of
from ocopgen.content.tree import Key


def untranslated(
    record: Record, languages: Sequence[str], above: Key = ()
) -> Iterator[tuple[Key, str]]:
    """Yield the key of every text of *record* that lacks one of *languages*, with that language.

    *above* is the key at which the record itself stands.
    """
    for name in _worded(type(record)):
        yield from _lacking(getattr(record, name), languages, (*above, name))


def _lacking(value: object, languages: Sequence[str], key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, MappingProxyType):
        yield from ((key, language) for language in languages if language not in value)
    elif isinstance(value, Record):
        yield from untranslated(value, languages, key)
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _lacking(each, languages, (*key, place))


@cache
def _worded(kind: type[Record]) -> tuple[str, ...]:
    """Return the fields of *kind* that may hold words, so that no other is looked at."""
    fields = fields_of(kind).items()
    return tuple(name for name, field in fields if _holds_words(field.annotation))


def _holds_words(annotation: Any) -> bool:  # noqa: ANN401 - annotations of all sorts
    if get_origin(annotation) is MappingProxyType:
        return True
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return bool(_worded(annotation))
    return any(map(_holds_words, get_args(annotation)))

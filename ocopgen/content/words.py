"""Words in several languages, which nobody can change."""

import copyreg
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

Words = Mapping[str, str]
"""The same words by language code; the first language of the site is always there."""

_SHORT = 40
"""Characters in all languages up to which other records are likely to say the same."""


def unchanging(words: dict[str, str]) -> Words:
    """Return *words* so that nobody can change them."""
    if sum(map(len, words.values())) <= _SHORT:
        return _common(tuple(words), tuple(words.values()))
    return MappingProxyType(words)


@lru_cache(maxsize=2000)
def _common(languages: tuple[str, ...], texts: tuple[str, ...]) -> Words:
    """Return short words (a unit, a pack, how long it keeps), held once for all who say them."""
    return MappingProxyType(dict(zip(languages, texts, strict=True)))


# Python gives it no way of its own to travel to another process.
copyreg.pickle(MappingProxyType, lambda words: (unchanging, (dict(words),)))  # type: ignore[arg-type,return-value]

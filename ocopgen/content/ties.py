"""Tell whether what is named is there, and there only once."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from ocopgen.base.problems import Problems
from ocopgen.base.text import nearest
from ocopgen.content.areas import Map, former
from ocopgen.content.load import Entry
from ocopgen.content.record import Record
from ocopgen.content.tree import Key

Row = tuple[Key, str]
"""Something that must be unique, and the key that it stands at."""

Place = tuple[Entry[Any], Key]
"""An entry, and the key of the value that is meant."""


def known(id_: str, ids: Collection[str], kind: str, at: Place, problems: Problems) -> bool:
    """Tell whether *id_*, which stands *at* a place, is one of the *ids* of its *kind*."""
    if id_ in ids:
        return True
    entry, key = at
    problems.add(entry.spot(*key), f"reference.{kind}", id=id_, meant=nearest(id_, ids) or "")
    return False


def known_commune(id_: str, areas: Map, at: Place, problems: Problems) -> bool:
    """Tell whether *id_*, which stands *at* a place, is a commune of today.

    Where it was one until others were formed from it, those are told: by its letters alone, another
    one that it never belonged to may be nearer.
    """
    old = None if id_ in areas.communes else former(id_, areas.formed)
    if old is None:
        return known(id_, areas.communes, "commune", at, problems)
    entry, key = at
    problems.add(
        entry.spot(*key),
        "reference.commune_former",
        id=id_,
        former=old.called,
        now=", ".join(next(iter(areas.communes[each].name.values())) for each in old.ids),
        meant=old.only,
        known=old.several,
    )
    return False


def rows(key: Key, records: Iterable[Record], field: str) -> Iterator[Row]:
    """Yield the *field* of each of the *records* that are listed at *key*."""
    for place, record in enumerate(records):
        yield (*key, place, field), getattr(record, field)


def twice(entry: Entry[Any], found: Iterable[Row], problems: Problems) -> None:
    """Put what was *found* in *entry* for a second time into *problems*."""
    seen: set[str] = set()
    for key, name in found:
        if name and name in seen:
            problems.add(entry.spot(*key), "id.twice", id=name)
        seen.add(name)

"""Tell whether what is named is there, and there only once."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from ocopgen.base.problems import Problems
from ocopgen.base.text import nearest, slug
from ocopgen.content.areas import Map, bare, former
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
    one that it never belonged to may be nearer. But whoever leaves out the unit means the one of
    today that has the name.
    """
    if id_ in areas.communes:
        return True
    entry, key = at
    called = _communes_by_name(areas)
    old, same = former(id_, areas.formed), sorted(called.get(bare(id_), ()))
    if old is None or (len(same) == 1 and not old.is_in_full(id_)):
        near = called.get(nearest(bare(id_), called) or "", ())
        meant = nearest(slug(id_), near) or min(near, default="")
        problems.add(entry.spot(*key), "reference.commune", id=id_, meant=meant)
        return False
    ids = tuple(dict.fromkeys(old.ids if old.is_in_full(id_) else (*same, *old.ids)))
    problems.add(
        entry.spot(*key),
        "reference.commune_former",
        id=id_,
        former=old.called,
        now=", ".join(next(iter(areas.communes[each].name.values())) for each in old.ids),
        meant="" if ids[1:] else ids[0],
        known=", ".join(ids) if ids[1:] else "",
    )
    return False


def _communes_by_name(areas: Map) -> dict[str, set[str]]:
    """Return the ids of today's communes by their names, and by their ids, without unit."""
    called: dict[str, set[str]] = {}
    for id_, commune in areas.communes.items():
        for name in (id_, *commune.name.values()):
            called.setdefault(bare(name), set()).add(id_)
    return called


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

"""Former districts, today's communes, and how one became the other."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from ocopgen.base.earth import Point
from ocopgen.base.text import slug, spelt
from ocopgen.content.province import Areas, Commune, District

_UNIT = re.compile(
    r"^(?:xa|x|phuong|p|thi-tran|tt|dac-khu|huyen|thi-xa|thanh-pho|tp|tx)-"
    r"|-(?:commune|ward|township|special-zone|district|town|city)$"
)
"""What stands before or after the name of a place, and is often left out."""
_SHARE = re.compile(r" *\([^()]*\)$")
"""What tells that only a share of a former commune came to one of today: "(một phần)"."""

Formed = tuple[tuple[str, str], ...]
"""The names of former communes, each with the id of one of today that is formed from it."""


class Map(Struct, frozen=True):
    """The areas of a province, by id, each tied to those that it overlaps."""

    districts: Mapping[str, District]
    communes: Mapping[str, Commune]
    communes_of: Mapping[str, tuple[str, ...]]
    """The communes of today that hold a part of each district."""

    def point_of(self, commune: str | None) -> Point | None:
        """Return where *commune* lies, if that is known."""
        found = self.communes.get(commune or "")
        return (found.lat, found.lon) if found and found.lat and found.lon else None

    def district_of(self, commune: str | None, district: str | None) -> str | None:
        """Return the district that something in *commune* lay in, if that is certain."""
        if district or commune is None:
            return district
        former = self.communes[commune].districts
        return former[0] if len(former) == 1 else None

    @property
    def formed(self) -> Formed:
        """Return what today's communes are formed from."""
        return formed_by(self.communes.values())


class Former(Struct, frozen=True):
    """The former communes that somebody may mean, and what they are part of today."""

    pairs: Formed
    """Several where one was divided, or more than one had the name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the former communes were called in full."""
        return tuple(dict.fromkeys(name for name, _ in self.pairs))

    @property
    def called(self) -> str:
        """Return their names as a sentence has them."""
        return ", ".join(self.names)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the communes of today."""
        return tuple(dict.fromkeys(id_ for _, id_ in self.pairs))

    def is_in_full(self, said: str) -> bool:
        """Tell whether *said* is one of the names with its unit, which then is no slip."""
        return slug(said) in map(slug, self.names)

    @property
    def only(self) -> str:
        """Return the one commune of today; empty where there are several."""
        return "" if self.ids[1:] else self.ids[0]

    @property
    def several(self) -> str:
        """Return the communes of today among which somebody must choose; empty: there is one."""
        return ", ".join(self.ids) if self.ids[1:] else ""


def formed_by(communes: Iterable[Commune]) -> Formed:
    """Return what *communes* of today are formed from."""
    return tuple((old.name, each.id) for each in communes for old in each.formed_from)


@lru_cache(maxsize=1024)
def former(said: str, formed: Formed) -> Former | None:
    """Return the former communes that *said* means by name or as an id; None: it means none.

    The whole name counts first, then the name without its marks, then without its unit. A sheet
    names the same few places thousands of times.
    """
    whole = [(_SHARE.sub("", name), id_) for name, id_ in formed]
    for spelling in _SPELLINGS:
        meant = spelling(said)
        if found := [each for each in whole if spelling(each[0]) == meant]:
            return Former(tuple(found))
    return None


def bare(name: str) -> str:
    """Return the *name* of a place without its marks and its unit: "Xã Tà Lài" as "ta-lai"."""
    return _UNIT.sub("", slug(name))


_SPELLINGS: tuple[Callable[[str], str], ...] = (spelt, slug, bare)


def map_of(areas: Areas) -> Map:
    """Return *areas* tied together; what refers to nothing is left out."""
    districts = {district.id: district for district in areas.districts}
    communes = {commune.id: commune for commune in areas.communes}
    parts: dict[str, list[str]] = {id_: [] for id_ in districts}
    for commune in areas.communes:
        for id_ in commune.districts:
            if id_ in parts:
                parts[id_].append(commune.id)
    return Map(districts, communes, {id_: tuple(ids) for id_, ids in parts.items()})

"""Former districts, today's communes, and how one became the other."""

from collections.abc import Mapping

from msgspec import Struct

from ocopgen.base.earth import Point
from ocopgen.content.province import Areas, Commune, District


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

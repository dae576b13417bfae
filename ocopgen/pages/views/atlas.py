"""Where everything of an edition lies on the flat, found once for all its maps."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ocopgen.content.province import Commune
from ocopgen.pages.drawings import Area, Place, Point, Scene, Selling, projection_for
from ocopgen.pages.drawings.frame import Window

if TYPE_CHECKING:
    from ocopgen.pages.views.press import Press

_NONE = 0, 0
_USUAL = 70
"""Square kilometres of a commune that nobody told the area of."""
_PI = 3.14159


class Atlas:
    """The places of one edition, each with what its mark tells."""

    def __init__(self, press: "Press") -> None:
        """Take the communes from *press*, and their products from its shelves."""
        self._press = press
        areas = press.catalogue.map
        known = {
            id_: (each.lat, each.lon)
            for id_, each in areas.communes.items()
            if each.lat is not None and each.lon is not None
        }
        self.projection = projection_for([*known.values()] or [(0, 0)])
        self.points = {id_: self.projection.point(*place) for id_, place in known.items()}
        self.radii = {id_: _radius(areas.communes[id_]) for id_ in known}
        self._discs = [
            (id_, point.x, point.y, self.radii[id_]) for id_, point in self.points.items()
        ]
        self.counts = press.recipes.shown.counts
        most = max((count for count, _ in self.counts.values()), default=1)
        # A power of two, so that one product more seldom changes the measure of every map.
        self.most = 1 << (most - 1).bit_length() if most > 1 else 1
        self._places: dict[tuple[str, int, int], Place] = {}

    def numbers(self, window: Window) -> list[tuple[str, int, int]]:
        """Return all that a map of *window* shows and that may change with a product.

        These are the communes of which it shows something, with the count and the star of each; a
        mark that would be cut off is not shown.
        """
        west, south, east, north = window.west, window.south, window.east, window.north
        found = []
        # Without a call for each: every page with a map asks this of all communes.
        for id_, x, y, r in self._discs:
            if west - r < x < east + r and south - r < y < north + r:
                shown = west < x < east and south < y < north
                found.append((id_, *(self.counts.get(id_, _NONE) if shown else _NONE)))
        return found

    def scene(
        self,
        window: Window,
        *,
        areas: tuple[Area, ...] = (),
        sellings: tuple[Selling, ...] = (),
        here: str = "",
        spot: tuple[Point, str] | None = None,
    ) -> Scene:
        """Return what a map of *window* shows: its communes and whatever else is given."""
        numbers = sorted(self.numbers(window), key=lambda each: (-each[1], each[0]))
        return Scene(
            projection=self.projection,
            window=window,
            places=tuple(map(self._place, numbers)),
            areas=areas,
            lines=self.lines,
            named=any(each.district for each in self._press.catalogue.boundaries),
            sellings=sellings,
            most=self.most,
            here=here,
            spot=spot[0] if spot else None,
            spot_name=spot[1] if spot else "",
        )

    def _place(self, numbers: tuple[str, int, int]) -> Place:
        # A commune is on the maps of all its neighbours.
        if numbers not in self._places:
            self._places[numbers] = self._put(*numbers)
        return self._places[numbers]

    def _put(self, id_: str, count: int, star: int) -> Place:
        press, commune = self._press, self._press.catalogue.map.communes[id_]
        name = press.commune(id_)
        title = press.t("map.mark", name=name, products=press.products(count), star=star)
        return Place(
            id=id_,
            name=press.bare(name),
            title=title if count else name,
            url=press.routes.commune(id_) if count else "",
            at=self.points[id_],
            radius=self.radii[id_],
            count=count,
            star=star,
            districts=commune.districts,
        )

    def areas(self, ids: Iterable[str]) -> Iterator[Area]:
        """Yield the former districts *ids* of which a commune is on the map."""
        for id_ in ids:
            points = tuple(self.points[each] for each in self.communes_of(id_))
            if points:
                yield Area(id_, self._press.bare(self._press.district(id_)), points)

    def communes_of(self, district: str) -> list[str]:
        """Return the communes on the map that lay in *district* alone, or else in part."""
        areas = self._press.catalogue.map
        placed = [id_ for id_ in areas.communes_of[district] if id_ in self.points]
        whole = [id_ for id_ in placed if len(areas.communes[id_].districts) == 1]
        return whole or placed

    @cached_property
    def lines(self) -> tuple[tuple[Point, ...], ...]:
        """Return all boundaries, laid out flat once for all maps."""
        return tuple(
            tuple(self.projection.point(*place) for place in line)
            for boundary in self._press.catalogue.boundaries
            for line in boundary.lines
        )


def _radius(commune: Commune) -> float:
    """Return the radius of a disc as large as *commune*, in kilometres."""
    return float(((commune.area_km2 or _USUAL) / _PI) ** 0.5)

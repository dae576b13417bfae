"""The index of kinds: sectors, their groups and the product sets."""

from msgspec import Struct

from ocopgen.content.province import Group, Sector
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.parts import Count
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import Boards


class GroupRow(Struct, frozen=True):
    """A group with its sets."""

    group: Count
    sets: tuple[Count, ...]
    """Empty where the group is one set of the same name."""


class SectorRow(Struct, frozen=True):
    """A sector with its groups."""

    id: str
    sector: Count
    words: str
    groups: tuple[GroupRow, ...]


class SectorsPage(Struct, frozen=True):
    """What the index of sectors shows."""

    site: Site
    head: Head
    sectors: tuple[SectorRow, ...]


def sectors_page(press: Press) -> SectorsPage:
    """Return what the index of sectors shows."""
    t = press.t
    return SectorsPage(
        site=press.site,
        head=press.framer.head(
            t("sectors.title"),
            t("sectors.about", province=press.site.province),
            "sectors",
            lambda routes: routes.sectors,
        ),
        sectors=tuple(_sector(press, sector) for sector in press.catalogue.sectors),
    )


def _sector(press: Press, sector: Sector) -> SectorRow:
    lists = press.shelves.sectors
    row = _count(press, lists, sector, press.routes.sector(sector.id))
    groups = tuple(_group(press, group) for group in sector.groups)
    return SectorRow(sector.id, row, press.products(row.count), groups)


def _group(press: Press, group: Group) -> GroupRow:
    row = _count(press, press.shelves.groups, group, press.routes.group(group.id))
    sets = tuple(press.set_count(each.id) for each in group.sets)
    same = len(sets) == 1 and sets[0].text == row.text
    return GroupRow(row, () if same else sets)


def _count(press: Press, boards: Boards, kind: Sector | Group, url: str) -> Count:
    board = boards.get(kind.id)
    return Count(
        press.edition.say(kind.name), url if board else "", len(board.current) if board else 0
    )

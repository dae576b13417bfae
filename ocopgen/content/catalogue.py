"""Tie entries together and refuse loose ends."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from ocopgen.base.digest import Digest, digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content import rules
from ocopgen.content.areas import Map, map_of
from ocopgen.content.boundaries import Boundary
from ocopgen.content.lifecycle import Standing, standing
from ocopgen.content.load import Content, Entry, Text
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.province import Group, Moved, ProductSet, Programme, Sector, SiteInfo
from ocopgen.content.records import Event, Outlet, Producer, Product

Standings = dict[str, tuple[Product, Standing | None]]
"""By product: the record that was looked at, and what its certificate is worth, if in force."""


BELONGING = ("districts", "communes", "sectors", "groups", "sets", "producers")
"""What products belong to: `Catalogue.held`."""


class Kind(Struct, frozen=True):
    """A product set with the group and the sector that it belongs to."""

    set: ProductSet
    group: Group
    sector: Sector


class Held(Struct):
    """The products that belong somewhere, in no order: those with stars, and those without."""

    current: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)


class Catalogue(Struct, frozen=True, dict=True):
    """Everything that a site can show, tied together, on one day."""

    day: date
    ground: Digest
    """Of the files that any page may speak of: the site, its places, kinds and rules."""
    site: SiteInfo
    programme: Programme
    sectors: tuple[Sector, ...]
    map: Map
    boundaries: tuple[Boundary, ...]
    """Those that the catalogue has lines of; often none."""
    kinds: Mapping[str, Kind]
    """By the id of the product set."""
    products: Mapping[str, Entry[Product]]
    """Those that are published on the day, by id."""
    standings: Mapping[str, Standing]
    """What the certificate of each of these products is worth, by the product's id."""
    producers: Mapping[str, Entry[Producer]]
    outlets: Mapping[str, Entry[Outlet]]
    events: Mapping[str, Entry[Event]]
    stories: Mapping[tuple[str, str], Text[Story]]
    """By product and language."""
    pages: Mapping[tuple[str, str], Text[ContentPage]]
    """By page and language."""
    moved: tuple[Moved, ...] = ()
    """Records that had another id once."""

    @cached_property
    def held(self) -> Mapping[str, Mapping[str, Held]]:
        """Return what belongs where: by "communes" and the like, then by the commune's id."""
        found: dict[str, dict[str, Held]] = {each: {} for each in BELONGING}
        districts, belonging = self.map.district_of, tuple(found.values())
        for id_, entry in self.products.items():
            product, starred = entry.record, self.standings[id_].status.starred
            kind, commune = self.kinds[product.set], product.commune
            above = (kind.sector.id, kind.group.id, product.set, product.producer)
            where = (districts(commune, product.district), commune, *above)
            for held, at in zip(belonging, where, strict=True):
                if at:
                    here = held.get(at)
                    if here is None:
                        here = held[at] = Held()
                    (here.current if starred else here.former).append(id_)
        return found


Guise = Mapping[str, str | bool]
"""What a site is to be made with instead of what its own file says, by field of SiteInfo."""


def tie(  # noqa: PLR0913 - as `tied`, with a basket for what is wrong
    content: Content,
    day: date,
    problems: Problems,
    *,
    drafts: bool = False,
    memory: Memory | None = None,
    guise: Guise | None = None,
) -> Catalogue:
    """Return the catalogue of *content* on *day*; loose ends go into *problems*.

    The catalogue is fit for planning only if no fault was found. *drafts* shows products that
    are not to be published yet. *memory* holds what certificates were worth a moment ago. *guise*
    is for a site that is tried out in another place.
    """
    catalogue = tied(content, day, drafts=drafts, memory=memory, guise=guise)
    rules.check(content, catalogue.map, set(catalogue.kinds), day, problems, memory=memory)
    return catalogue


def tied(
    content: Content,
    day: date,
    *,
    drafts: bool = False,
    memory: Memory | None = None,
    guise: Guise | None = None,
) -> Catalogue:
    """Return the same without a look at what is wrong."""
    kinds = {
        each.id: Kind(each, group, sector)
        for sector in content.sectors.record.sectors
        for group in sector.groups
        for each in group.sets
    }
    standings = {
        id_: found
        for id_, found in _standings(content, day, memory)
        if drafts or not content.products[id_].record.draft
    }
    return Catalogue(
        day=day,
        ground=digest(
            [each.digest for each in (content.site, content.areas, content.sectors)],
            content.programme.digest,
            content.boundaries_digest,
            dict(guise or {}),
        ),
        site=replace(content.site.record, **(guise or {})),
        programme=content.programme.record,
        sectors=content.sectors.record.sectors,
        map=map_of(content.areas.record),
        boundaries=content.boundaries,
        kinds=kinds,
        products={id_: content.products[id_] for id_ in standings},
        standings=standings,
        producers=content.producers,
        outlets=content.outlets,
        events=content.events,
        stories={key: text for key, text in content.stories.items() if key[0] in standings},
        pages=content.pages,
        moved=content.redirects.record.moved if content.redirects else (),
    )


def _standings(
    content: Content, day: date, memory: Memory | None
) -> Iterator[tuple[str, Standing]]:
    """Yield what each certificate in force is worth, looked at only if its record is another."""
    programme = content.programme
    name = ("standings", programme.digest, day)
    before: Standings = (memory and memory.held(name)) or {}
    found: Standings = {}
    for id_, entry in content.products.items():
        known = before.get(id_)
        if known is None or known[0] is not entry.record:
            worth = standing(entry.record.certifications, programme.record, day)
            known = entry.record, worth
        found[id_] = known
        if known[1]:
            yield id_, known[1]
    if memory:
        memory.hold(name, found)

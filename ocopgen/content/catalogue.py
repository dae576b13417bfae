"""Tie entries together and refuse loose ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ocopgen.base.digest import Digest, digest
from ocopgen.base.problems import Problems
from ocopgen.content import rules
from ocopgen.content.areas import Map, map_of
from ocopgen.content.boundaries import Boundary
from ocopgen.content.lifecycle import Standing, standing
from ocopgen.content.load import Content, Entry, Text
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.province import Group, Moved, ProductSet, Programme, Sector, SiteInfo
from ocopgen.content.records import Event, Outlet, Producer, Product


@dataclass(frozen=True, slots=True)
class Kind:
    """A product set with the group and the sector that it belongs to."""

    set: ProductSet
    group: Group
    sector: Sector


@dataclass(frozen=True, slots=True)
class Catalogue:
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


def tie(content: Content, day: date, problems: Problems, *, drafts: bool = False) -> Catalogue:
    """Return the catalogue of *content* on *day*; loose ends go into *problems*.

    The catalogue is fit for planning only if no fault was found. *drafts* shows products that
    are not to be published yet.
    """
    catalogue = tied(content, day, drafts=drafts)
    rules.check(content, catalogue.map, set(catalogue.kinds), day, problems)
    return catalogue


def tied(content: Content, day: date, *, drafts: bool = False) -> Catalogue:
    """Return the same without a look at what is wrong."""
    kinds = {
        each.id: Kind(each, group, sector)
        for sector in content.sectors.record.sectors
        for group in sector.groups
        for each in group.sets
    }
    programme = content.programme.record
    standings = {
        id_: found
        for id_, entry in content.products.items()
        if (drafts or not entry.record.draft)
        and (found := standing(entry.record.certifications, programme, day))
    }
    return Catalogue(
        day=day,
        ground=digest(
            [each.digest for each in (content.site, content.areas, content.sectors)],
            content.programme.digest,
            content.boundaries_digest,
        ),
        site=content.site.record,
        programme=programme,
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

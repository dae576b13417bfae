"""The places that sell: their index, and the page of each."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec import Struct

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Outlet
from ocopgen.pages.views import linked_data, linked_records
from ocopgen.pages.views.buying import ONLINE, is_private, kind_of_outlet, location_of, row
from ocopgen.pages.views.cuts import Cut, Here, cut_of
from ocopgen.pages.views.frame import Head, Site, mistake
from ocopgen.pages.views.parts import COMMUNE, DISTRICT, Card, Fact, Link, Row, anchor_of
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import has_closed

KINDS = (
    "ocop_centre",
    "ocop_point",
    "showroom",
    "supermarket_corner",
    "producer_shop",
    ONLINE,
)
"""In the order in which a shopper would ask for them."""
_MAP = "https://www.openstreetmap.org"
_CLOSE = 17
"""The zoom at which a map shows single houses."""


class OutletGroup(Struct, frozen=True):
    """Outlets under one heading."""

    title: Phrase
    rows: tuple[Row, ...]
    anchor: str = ""
    """Leads to it from elsewhere; empty: nothing does."""


class OutletsPage(Struct, frozen=True):
    """What the index of outlets shows."""

    site: Site
    head: Head
    count: str
    districts: tuple[OutletGroup, ...]
    online: tuple[Row, ...]
    kinds: tuple[OutletGroup, ...]
    closed: tuple[Link, ...]
    """Those that are listed no more; whoever has an old address still finds the way."""


class Spot(Struct, frozen=True):
    """How to get to a place."""

    address: Phrase | None
    copied: str
    """What is put on the clipboard: the address with the place that it lies in."""
    app: str
    """Opens the map program of a phone."""
    map: str
    """Opens a map in the browser."""


class OutletPage(Struct, frozen=True):
    """What the page of an outlet shows."""

    site: Site
    head: Head
    crumbs: tuple[Link, ...]
    name: Phrase
    other_names: tuple[Phrase, ...]
    kind: str
    closed: str
    """Since when it is no longer open; empty while it is."""
    spot: Spot | None
    """Absent for a shop on the web, and where nobody may know."""
    cut: Cut | None
    facts: tuple[Fact, ...]
    everything: str
    """Says so where it sells whatever carries stars."""
    cards: tuple[Card, ...]
    sources: tuple[Link, ...]
    mistake: str


def outlets_page(press: Press) -> OutletsPage:
    """Return what the index of outlets shows: those that have not closed."""
    t, entries = press.t, _listed(press)
    places = [entry for entry in entries if entry.record.kind != ONLINE]
    count = t("count.outlets", count=len(entries), number=press.formats.number(len(entries)))
    return OutletsPage(
        site=press.site,
        head=press.framer.head(
            t("outlets.title"),
            t("outlets.about", province=press.site.province),
            "outlets",
            lambda routes: routes.outlets,
            things=(
                linked_data.trail(press, (), t("menu.buy")),
                linked_data.rows(press, (_row(press, each).name for each in entries)),
            ),
        ),
        count=count,
        districts=tuple(_by_district(press, places)),
        online=tuple(_row(press, each) for each in entries if each.record.kind == ONLINE),
        kinds=tuple(_by_kind(press, places)),
        closed=tuple(_closed(press, entries)),
    )


def _listed(press: Press) -> list[Entry[Outlet]]:
    """Return the outlets that have not closed, by name; some may open later."""
    day, say = press.catalogue.day, press.edition.say
    entries = press.catalogue.outlets.values()
    found = (entry for entry in entries if not has_closed(entry.record, day))
    return sorted(found, key=lambda entry: (sort_key(say(entry.record.name).text), entry.id))


def _closed(press: Press, listed: list[Entry[Outlet]]) -> Iterator[Link]:
    open_ = {entry.id for entry in listed}
    for entry in press.catalogue.outlets.values():
        if entry.id not in open_:
            yield Link(press.edition.say(entry.record.name), press.routes.outlet(entry.id))


def _by_district(press: Press, entries: Iterable[Entry[Outlet]]) -> Iterator[OutletGroup]:
    """Yield *entries* by former district, or by commune where that lay in several."""
    groups: dict[str, list[Entry[Outlet]]] = {}
    titles = dict[str, str]()
    for entry in entries:
        anchor, title = _region(press, entry.record)
        groups.setdefault(anchor, []).append(entry)
        titles[anchor] = title
    elsewhere = groups.pop("", [])
    for anchor in sorted(groups, key=lambda anchor: sort_key(press.bare(titles[anchor]))):
        rows = tuple(_row(press, each) for each in groups[anchor])
        yield OutletGroup(Phrase(_capital(titles[anchor])), rows, anchor)
    if elsewhere:
        rows = tuple(_row(press, each) for each in elsewhere)
        yield OutletGroup(Phrase(press.t("place.whole_province")), rows)


def _region(press: Press, outlet: Outlet) -> tuple[str, str]:
    """Return the anchor and the title of the group of *outlet*; empty: the whole province."""
    district = press.catalogue.map.district_of(outlet.commune, outlet.district)
    if district:
        return anchor_of(DISTRICT, district), press.former_district(district)
    if outlet.commune:
        return anchor_of(COMMUNE, outlet.commune), press.commune(outlet.commune)
    return "", ""


def outlets_in(press: Press) -> dict[tuple[str, str], str]:
    """Return where the index lists the outlets of each place that has any, by kind and id."""
    found = dict[tuple[str, str], str]()
    for entry in press.catalogue.outlets.values():
        outlet = entry.record
        anchor, _ = _region(press, outlet)
        if not anchor or outlet.kind == ONLINE or has_closed(outlet, press.catalogue.day):
            continue
        address = f"{press.routes.outlets}#{anchor}"
        district = press.catalogue.map.district_of(outlet.commune, outlet.district)
        found |= {(COMMUNE, outlet.commune): address} if outlet.commune else {}
        found |= {(DISTRICT, district): address} if district else {}
    return found


def _by_kind(press: Press, entries: Iterable[Entry[Outlet]]) -> Iterator[OutletGroup]:
    known = list(entries)
    for kind in KINDS:
        own = tuple(_row(press, each) for each in known if each.record.kind == kind)
        if own:
            yield OutletGroup(Phrase(_capital(kind_of_outlet(press.t, kind))), own)


def _row(press: Press, entry: Entry[Outlet]) -> Row:
    """Return *entry* as a line, with the day that it opens on if that is still to come."""
    shown, opened = row(press, entry), entry.record.opened
    if opened and opened.first > press.catalogue.day:
        soon = Phrase(press.t("outlets.opens", when=press.formats.on(opened)))
        return Row(shown.name, shown.kind, (soon, *shown.lines))
    return shown


def outlet_page(press: Press, entry: Entry[Outlet]) -> OutletPage:
    """Return what the page of the outlet *entry* shows."""
    outlet, t, edition = entry.record, press.t, press.edition
    name, kind = edition.say(outlet.name), kind_of_outlet(t, outlet.kind)
    place = t("place.whole_province") if outlet.area else press.where(outlet)
    closed = has_closed(outlet, press.catalogue.day) and outlet.closed
    crumbs = (Link(Phrase(t("menu.buy")), press.routes.outlets),)
    sold = press.shelves.sold_by(entry)
    return OutletPage(
        site=press.site,
        head=press.framer.head(
            t("outlets.page", name=name),
            t("outlets.page_about", name=name, kind=kind, place=place or press.site.province),
            "outlets",
            lambda routes: routes.outlet(entry.id),
            things=(
                linked_data.trail(press, crumbs, name.text),
                {} if closed else linked_records.outlet(press, entry),
            ),
        ),
        crumbs=crumbs,
        name=name,
        other_names=edition.others(outlet.name),
        kind=_capital(kind),
        closed=t("outlets.closed", when=press.formats.on(closed)) if closed else "",
        spot=_spot(press, outlet),
        cut=None if outlet.kind == ONLINE else cut_of(press, _here(press, outlet)),
        facts=tuple(fact for fact in _facts(press, outlet) if fact.items),
        everything=t("outlets.everything") if outlet.products.everything else "",
        cards=press.cards(sold),
        sources=press.sources(outlet.sources),
        mistake=mistake(
            press.desk,
            t("report.subject", id=entry.id),
            t("report.body", address=press.absolute(press.routes.outlet(entry.id))),
        ),
    )


def _spot(press: Press, outlet: Outlet) -> Spot | None:
    if outlet.kind == ONLINE or is_private(press, outlet):
        return None
    address = press.edition.say(outlet.address) if outlet.address else None
    named = [address.text] if address else []
    place = press.where(outlet)
    if place and not any(place.lower() in each.lower() for each in named):
        named.append(place)
    asked = ", ".join((*named, press.site.province))
    if outlet.location is None:
        # Without a house or a road a map would only show the middle of somewhere.
        if address is None:
            return None
        search = quote(asked)
        return Spot(address, asked, f"geo:0,0?q={search}", f"{_MAP}/search?query={search}")
    at = f"{outlet.location.lat},{outlet.location.lon}"
    label = quote(press.edition.say(outlet.name).text)
    lat, lon = at.split(",")
    marked = f"{_MAP}/?mlat={lat}&mlon={lon}#map={_CLOSE}/{lat}/{lon}"
    return Spot(address, asked, f"geo:{at}?q={at}({label})", marked)


def _here(press: Press, outlet: Outlet) -> Here:
    point = location_of(press, outlet)
    name = press.edition.say(outlet.name).text if point else ""
    return Here(outlet.commune, outlet.district, point, name)


def _facts(press: Press, outlet: Outlet) -> Iterator[Fact]:
    t, say, formats = press.t, press.edition.say, press.formats
    private = is_private(press, outlet)
    somewhere = (Link(Phrase(t("place.whole_province")), ""),) if outlet.area else ()
    yield Fact(t("outlets.place"), (*press.places(outlet), *somewhere))
    if outlet.hours:
        yield Fact(t("outlets.hours"), (Link(say(outlet.hours), ""),))
    phones = () if private else outlet.phone
    dialled = (Link(Phrase(formats.phone(each)), f"tel:{each}") for each in phones)
    yield Fact(t("product.phone"), tuple(dialled))
    if outlet.url:
        yield Fact(t("product.website"), (Link(Phrase(outlet.url), outlet.url, outside=True),))
    if outlet.producer:
        yield Fact(t("fact.producer"), (_maker(press, outlet.producer),))
    if outlet.opened:
        opened = formats.on(outlet.opened)
        ahead = outlet.opened.first > press.catalogue.day
        yield Fact(t("outlets.opening" if ahead else "outlets.since"), (Link(Phrase(opened), ""),))
    checked = formats.day(outlet.checked) if outlet.checked else t("outlets.unchecked")
    yield Fact(t("outlets.checked"), (Link(Phrase(checked), ""),))


def _maker(press: Press, id_: str) -> Link:
    link = press.producer_link(id_)
    return link if id_ in press.shelves.producers else Link(link.text, "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

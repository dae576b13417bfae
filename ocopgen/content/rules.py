"""Check what no single value can show: loose ends, dates in order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from ocopgen.base.digest import Digest, digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import fold, nearest, nfc, written_day
from ocopgen.content.areas import Map
from ocopgen.content.certificate_rules import check_certificates
from ocopgen.content.consent_rules import check_consent
from ocopgen.content.files import readers
from ocopgen.content.lifecycle import add_months
from ocopgen.content.load import Content, Entry
from ocopgen.content.province_rules import check_province
from ocopgen.content.records import Event, Outlet, Photo, Producer, Product, Source
from ocopgen.content.ties import Row, known, known_commune, twice
from ocopgen.content.word_rules import check_words

_FAULTLESS = "faultless products"
"""What a memory keeps: by what they were checked, and each with what it was made of."""
_PRICE_MONTHS = 12
_PACKED_DIGITS, _VIETNAM = 14, "893"


class _Rules(Struct, frozen=True):
    """What every check needs to know."""

    content: Content
    areas: Map
    sets: Collection[str]
    producers: Collection[str]
    products: Collection[str]
    day: date
    problems: Problems


def check(  # noqa: PLR0913 - a catalogue with what was made of it, a day, two baskets
    content: Content,
    areas: Map,
    sets: Collection[str],
    day: date,
    problems: Problems,
    *,
    memory: Memory | None = None,
) -> None:
    """Put into *problems* every loose end of *content*, as seen on *day*.

    *memory* knows which products were without one before.
    """
    ids = content.ids("producers"), content.ids("products")
    rules = _Rules(content, areas, sets, *ids, day, problems)
    check_province(content, areas, problems, memory)
    _products_alone(rules, memory)
    _shared_codes(rules)
    for producer in content.producers.values():
        _producer(rules, producer)
    for outlet in content.outlets.values():
        _outlet(rules, outlet)
    for event in content.events.values():
        _event(rules, event)
    _redirects(rules)
    check_consent(content, problems)
    check_words(content, problems)


def _products_alone(rules: _Rules, memory: Memory | None) -> None:
    """Check each product that is new, or where something else that it is checked by is."""
    content = rules.content
    ground = [each.digest for each in (content.areas, content.sectors, content.programme)]
    name = digest(readers(), ground, sorted(rules.producers), rules.day)
    kept = memory.recall(_FAULTLESS) if memory else None
    before: dict[str, Digest] = kept[1] if kept and kept[0] == name else {}
    faultless: dict[str, Digest] = {}
    for id_, entry in content.products.items():
        told = len(rules.problems.found)
        # The disk may have any bytes for a name.
        own = digest(entry.digest, ascii(entry.files)) if entry.files else entry.digest
        if before.get(id_) != own:
            _product(rules, entry)
        if len(rules.problems.found) == told:
            faultless[id_] = own
    if memory and faultless != before:
        memory.keep(_FAULTLESS, [name, faultless])


def _product(rules: _Rules, entry: Entry[Product]) -> None:
    product, problems = entry.record, rules.problems
    known(product.set, rules.sets, "set", (entry, ("set",)), rules.problems)
    known(
        product.producer,
        rules.producers,
        "producer",
        (entry, ("producer",)),
        rules.problems,
    )
    _place(rules, entry, product.commune, product.district, certain=True)
    check_certificates(entry, rules.content.programme.record, rules.day, problems)
    for place, certification in enumerate(product.certifications):
        _sources(rules, entry, certification.sources, "certifications", place)
    _codes(rules, entry)
    if product.price:
        if add_months(product.price.as_of, _PRICE_MONTHS) < rules.day:
            problems.warn(entry.spot("price", "as_of"), "price.old")
        _not_ahead(rules, product.price.as_of, entry, "price", "as_of")
    for place, quality in enumerate(product.quality):
        if quality.valid_to and quality.valid_to < rules.day:
            problems.warn(entry.spot("quality", place, "valid_to"), "quality.ended")
    _photos(rules, entry, product.photos)


def _place(
    rules: _Rules,
    entry: Entry[Any],
    commune: str | None,
    district: str | None,
    *,
    certain: bool = False,
) -> None:
    """Check where a record says to be; *certain*: a commune of two districts wants both."""
    if district and not known(
        district, rules.areas.districts, "district", (entry, ("district",)), rules.problems
    ):
        return
    if not commune or not known_commune(
        commune, rules.areas, (entry, ("commune",)), rules.problems
    ):
        return
    former = rules.areas.communes[commune].districts
    names = ", ".join(former)
    problems = rules.problems
    if district and district not in former:
        at = entry.spot("district")
        problems.add(at, "place.outside", commune=commune, district=district, known=names)
    if certain and district is None and len(former) > 1:
        problems.add(entry.spot("commune"), "place.straddles", commune=commune, known=names)


def _sources(rules: _Rules, entry: Entry[Any], sources: Iterable[Source], *key: str | int) -> None:
    for place, source in enumerate(sources):
        if source.url.startswith("http:"):
            rules.problems.warn(entry.spot(*key, "sources", place, "url"), "source.http")
        _not_ahead(rules, source.accessed, entry, *key, "sources", place, "accessed")


def _not_ahead(rules: _Rules, written: date, entry: Entry[Any], *key: str | int) -> None:
    """Check that the day *written* at *key* of *entry* is not still to come.

    The day of SOURCE_DATE_EPOCH is counted in UTC, so it may be the day before the editor's.
    """
    if written > rules.day + timedelta(days=1):
        rules.problems.add(entry.spot(*key), "day.future", written=written_day(written))


def _codes(rules: _Rules, entry: Entry[Product]) -> None:
    codes: list[Row] = [(("gtin", place), code) for place, code in enumerate(entry.record.gtin)]
    twice(entry, codes, rules.problems)
    for key, code in codes:
        # The first of 14 digits tells how the goods are packed.
        country = code[1:] if len(code) == _PACKED_DIGITS else code
        if not country.startswith(_VIETNAM):
            rules.problems.warn(entry.spot(*key), "gtin.country", written=code)


def _shared_codes(rules: _Rules) -> None:
    owners: dict[str, str] = {}
    for entry in rules.content.products.values():
        for place, code in enumerate(entry.record.gtin):
            owner = owners.setdefault(code, entry.id)
            if owner != entry.id:
                rules.problems.add(entry.spot("gtin", place), "gtin.shared", other=owner)


def _photos(rules: _Rules, entry: Entry[Any], photos: Sequence[Photo]) -> None:
    """Check that the pictures are there under just these names."""
    if not photos and not entry.files:
        return
    on_disk: Mapping[str, str] = {nfc(name): name for name in entry.files}
    by_case = {fold(name): name for name in on_disk}
    for place, photo in enumerate(photos):
        spot = entry.spot("photos", place, "file")
        other = by_case.get(fold(photo.file))
        if on_disk.get(photo.file) == photo.file:
            continue
        if photo.file in on_disk:
            rules.problems.add(spot, "photo.nfd", file=photo.file)
        elif other and other.lower() == photo.file.lower():
            rules.problems.add(spot, "photo.case", file=photo.file, found=other)
        else:
            meant = other or nearest(photo.file, on_disk) or ""
            folder = f"{entry.folder}/"
            rules.problems.add(spot, "photo.missing", file=photo.file, folder=folder, meant=meant)
    used = {photo.file for photo in photos}
    wanted = {fold(name) for name in used}
    for name in on_disk:
        if fold(name) not in wanted:
            spot, record = Spot(f"{entry.folder}/{name}"), entry.tree.path.rpartition("/")[2]
            rules.problems.warn(spot, "photo.unused", file=name, record=record)


def _producer(rules: _Rules, entry: Entry[Producer]) -> None:
    producer, problems = entry.record, rules.problems
    _place(rules, entry, producer.commune, producer.district)
    if producer.consent:
        _not_ahead(rules, producer.consent.on, entry, "consent", "on")
    if producer.since and producer.since > rules.day.year:
        problems.add(entry.spot("since"), "day.future", written=producer.since)
    _location(rules, entry)
    _photos(rules, entry, producer.photos)
    _sources(rules, entry, producer.sources)


def _location(rules: _Rules, entry: Entry[Producer] | Entry[Outlet]) -> None:
    location, bounds = entry.record.location, rules.content.site.record.bounds
    if location is None or bounds is None:
        return
    north_south = bounds.south <= location.lat <= bounds.north
    if not (north_south and bounds.west <= location.lon <= bounds.east):
        rules.problems.warn(entry.spot("location"), "location.outside")


def _outlet(rules: _Rules, entry: Entry[Outlet]) -> None:
    outlet = entry.record
    _place(rules, entry, outlet.commune, outlet.district)
    _products(rules, entry, outlet.products.ids)
    if outlet.producer:
        known(outlet.producer, rules.producers, "producer", (entry, ("producer",)), rules.problems)
    if outlet.opened and outlet.closed and outlet.closed.last < outlet.opened.first:
        rules.problems.add(entry.spot("closed"), "event.order")
    _location(rules, entry)
    _sources(rules, entry, outlet.sources)


def _event(rules: _Rules, entry: Entry[Event]) -> None:
    _place(rules, entry, entry.record.commune, entry.record.district)
    _products(rules, entry, entry.record.products)
    _sources(rules, entry, entry.record.sources)


def _products(rules: _Rules, entry: Entry[Outlet] | Entry[Event], ids: Iterable[str]) -> None:
    for place, id_ in enumerate(ids):
        known(id_, rules.products, "product", (entry, ("products", place)), rules.problems)


def _redirects(rules: _Rules) -> None:
    """Check that each old id is free, and leads to a record that is there."""
    entry = rules.content.redirects
    if entry is None:
        return
    rows: list[Row] = []
    for place, moved in enumerate(entry.record.moved):
        there = rules.content.ids(f"{moved.kind}s")
        if moved.old in there:
            rules.problems.add(entry.spot("moved", place, "old"), "moved.there", id=moved.old)
        key = ("moved", place, "new")
        known(moved.new, there, moved.kind, (entry, key), rules.problems)
        rows.append((("moved", place, "old"), f"{moved.kind} {moved.old}"))
    twice(entry, rows, rules.problems)

"""What programs are told of each record, in the vocabulary of schema.org: see linked_data."""

from collections.abc import Iterable, Mapping

from ocopgen.content.lifecycle import Standing, Status, last_day
from ocopgen.content.load import Entry
from ocopgen.content.records import Event, Outlet, Price, Producer, Product
from ocopgen.pages.views.buying import ONLINE, contact, door_of, is_private, location_of
from ocopgen.pages.views.linked_data import filled
from ocopgen.pages.views.parts import Picture, Thing
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import STARS

_VOCABULARY = "https://schema.org"
_COUNTRY, _CURRENCY = "VN", "VND"
_EVENTS = {
    "trade_fair": "ExhibitionEvent",
    "rural_fair": "SaleEvent",
    "worker_market": "SaleEvent",
    "factory_trip": "SaleEvent",
    "festival": "Festival",
    "conference": "BusinessEvent",
    "training": "EducationEvent",
    "evaluation_round": "Event",
}
_CODES = {8: "gtin8", 12: "gtin12", 13: "gtin13", 14: "gtin14"}


def product(press: Press, entry: Entry[Product], photos: Iterable[Picture]) -> Thing:
    """Return the product *entry*, whose page shows *photos*."""
    record, say = entry.record, press.edition.say
    maker = press.catalogue.producers[record.producer].record
    url = press.absolute(press.routes.product(entry.id))
    home = press.absolute(press.routes.producer(record.producer))
    return filled(
        {
            "@type": "Product",
            "@id": f"{url}#product",
            "name": say(record.name).text,
            "alternateName": _others(press, record.name),
            "description": say(record.summary).text,
            "url": url,
            "image": _images(press, photos),
            "sku": entry.id,
            "category": say(press.catalogue.kinds[record.set].set.name).text,
            **{_CODES.get(len(code), "gtin"): code for code in record.gtin[:1]},
            "manufacturer": {
                "@type": "Organization",
                "@id": f"{home}#producer",
                "name": say(maker.name).text,
                "url": home,
            },
            "hasCertification": _certification(press, press.catalogue.standings[entry.id]),
            "offers": _offer(press, record.price, url) if record.price else None,
        }
    )


def _certification(press: Press, standing: Standing) -> Thing:
    """Return the certificate that counts on the day of the catalogue; its stars are of five."""
    paper, say = standing.certification, press.edition.say
    first, last = last_day(standing) or (None, None)
    number = " · ".join(filter(None, (paper.certificate, paper.decision)))
    return filled(
        {
            "@type": "Certification",
            "name": press.t("linked.certificate", star=standing.star),
            "certificationIdentification": number,
            "certificationRating": {
                "@type": "Rating",
                "ratingValue": standing.star,
                "worstRating": min(STARS),
                "bestRating": max(STARS),
            },
            "certificationStatus": _status(standing.status),
            "issuedBy": {"@type": "GovernmentOrganization", "name": say(standing.issuer).text}
            if standing.issuer
            else None,
            "validFrom": paper.issued.day.isoformat() if paper.issued and paper.issued.day else "",
            "expires": last.isoformat() if last and first == last else "",
            "url": paper.sources[0].url,
        }
    )


def _status(status: Status) -> str:
    """Return whether a certificate is in force; empty where no source tells when it was issued."""
    if status is Status.UNDATED:
        return ""
    return f"{_VOCABULARY}/Certification{'Active' if status.starred else 'Inactive'}"


def _offer(press: Press, price: Price, url: str) -> Thing:
    unit = press.edition.say(price.unit).text
    if price.min != price.max:
        return {
            "@type": "AggregateOffer",
            "lowPrice": price.min,
            "highPrice": price.max,
            "priceCurrency": _CURRENCY,
            "url": url,
        }
    return {
        "@type": "Offer",
        "price": price.min,
        "priceCurrency": _CURRENCY,
        "url": url,
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": price.min,
            "priceCurrency": _CURRENCY,
            "unitText": unit,
        },
    }


def producer(press: Press, entry: Entry[Producer], photos: Iterable[Picture]) -> Thing:
    """Return the producer *entry*, as far as the public may know how to reach it."""
    record, url = entry.record, press.absolute(press.routes.producer(entry.id))
    reached, door = contact(press, record), door_of(record)
    street = reached.address.text if reached and reached.address else ""
    return filled(
        {
            "@type": "Organization",
            "@id": f"{url}#producer",
            "name": press.edition.say(record.name).text,
            "alternateName": _others(press, record.name),
            "url": url,
            "sameAs": record.website or "",
            "image": _images(press, photos),
            "foundingDate": str(record.since) if record.since else "",
            "address": _address(press, record, street),
            "location": {"@type": "Place", "geo": _geo(door)} if door else None,
            "telephone": () if record.is_private else record.phone,
            "email": "" if record.is_private else record.email or "",
        }
    )


def outlet(press: Press, entry: Entry[Outlet]) -> Thing:
    """Return the place that sells *entry*, which has not closed."""
    record, url = entry.record, press.absolute(press.routes.outlet(entry.id))
    say, private = press.edition.say, is_private(press, record)
    street = say(record.address).text if record.address and not private else ""
    told = {
        "@id": f"{url}#outlet",
        "name": say(record.name).text,
        "alternateName": _others(press, record.name),
        "url": url,
        "sameAs": record.url or "",
        "telephone": () if private else record.phone,
    }
    if record.kind == ONLINE:
        return filled({"@type": "OnlineStore", **told})
    point = location_of(press, record)
    address = _address(press, record, street)
    return filled(
        {"@type": "Store", **told, "address": address, "geo": _geo(point) if point else None}
    )


def event(press: Press, entry: Entry[Event]) -> Thing:
    """Return the event *entry*; nothing where no day is known."""
    record, say = entry.record, press.edition.say
    url = press.absolute(press.routes.event(entry.id))
    if record.start.day is None:
        return {}
    end = record.end.day if record.end else record.start.day
    return filled(
        {
            "@type": _EVENTS[record.kind],
            "@id": f"{url}#event",
            "name": say(record.name).text,
            "description": press.formats.span(record.start, record.end),
            "url": url,
            "startDate": record.start.day.isoformat(),
            "endDate": end.isoformat() if end else "",
            "eventStatus": f"{_VOCABULARY}/EventScheduled",
            "eventAttendanceMode": f"{_VOCABULARY}/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": say(record.place).text,
                "address": _address(press, record, ""),
            },
        }
    )


def _address(press: Press, record: Producer | Outlet | Event, street: str) -> Thing:
    """Return where *record* is: in *street*, its commune of today, or its former district."""
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": press.where(record),
            "addressRegion": press.site.province,
            "addressCountry": _COUNTRY,
        }
    )


def _geo(point: tuple[float, float]) -> Thing:
    return {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}


def _others(press: Press, name: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(each.text for each in press.edition.others(name))


def _images(press: Press, photos: Iterable[Picture]) -> tuple[str, ...]:
    """Return the address of each photo; a drawing is none of the product."""
    return tuple(press.absolute(each.url) for each in photos if each.sources)

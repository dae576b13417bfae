"""What a page tells programs (JSON-LD), read out of the page and held against the rules.

The properties are those that Google asks of each kind, and of a certificate those of schema.org.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
REQUIRED = {
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement", "numberOfItems"},
    "Product": {"name", "description", "url", "hasCertification"},
    "Certification": {"name", "certificationRating", "url"},
    "Rating": {"ratingValue", "bestRating", "worstRating"},
    "Offer": {"price", "priceCurrency"},
    "AggregateOffer": {"lowPrice", "highPrice", "priceCurrency"},
    "Organization": {"name", "url"},
    "GovernmentOrganization": {"name"},
    "Store": {"name", "address"},
    "OnlineStore": {"name", "sameAs"},
    "PostalAddress": {"addressRegion", "addressCountry"},
    "WebSite": {"name", "url"},
    "Dataset": {"name", "description", "license", "distribution"},
    "DataDownload": {"contentUrl", "encodingFormat"},
}
OF_EVENTS = {"name", "startDate", "location"}
"""Whatever kind of event it is."""
EVENTS = {"Event", "BusinessEvent", "EducationEvent", "ExhibitionEvent", "Festival", "SaleEvent"}
OPINIONS = {"aggregateRating", "review"}
"""What nobody gave: stars of the programme are no opinions of buyers."""

Node = dict[str, Any]


def blocks(page: str) -> list[Node]:
    """Return every block of *page*, read as JSON."""
    return [json.loads(each) for each in BLOCK.findall(page)]


def nodes(page: str) -> list[Node]:
    """Return every node of *page* that has a type, those inside others too."""
    return [node for block in blocks(page) for node in _typed(block)]


def node(page: str, *types: str) -> Node:
    """Return the one node of *page* of any of *types*."""
    (found,) = (each for each in nodes(page) if each["@type"] in types)
    return found


def _typed(value: object) -> Iterator[Node]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            yield from _typed(each)
    elif isinstance(value, list):
        for each in value:
            yield from _typed(each)


def faults(page: str) -> list[str]:
    """Return what is wrong with what *page* tells programs."""
    return [fault for each in nodes(page) for fault in _faults(each)]


def _asked(kind: str) -> set[str]:
    return OF_EVENTS if kind in EVENTS else REQUIRED.get(kind, set())


def _faults(each: Node) -> Iterator[str]:
    kind = each["@type"]
    if missing := _asked(kind) - each.keys():
        yield f"{kind} lacks {sorted(missing)}"
    if given := OPINIONS & each.keys():
        yield f"{kind} has {sorted(given)}"
    for name, value in each.items():
        if value in (None, "", [], {}):
            yield f"{kind}.{name} is empty"
        if name == "url" and not re.match(r"https?://", value):
            yield f"{kind}.url has no host: {value}"
    if kind in {"BreadcrumbList", "ItemList"}:
        places = [item["position"] for item in each["itemListElement"]]
        if places != list(range(1, len(places) + 1)):
            yield f"{kind} counts {places}"

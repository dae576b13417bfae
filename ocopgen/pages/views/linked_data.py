"""What programs are told of a page, in the vocabulary of schema.org (JSON-LD 1.1).

It says nothing that the page does not show. Stars of the programme are the rating of a certificate,
never an `aggregateRating`, which is for the opinions of buyers; and an offer stands only where a
price is known, so a product without one has none of the three that Google wants for a snippet.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ocopgen.pages.views.parts import Link, Thing
from ocopgen.pages.views.press import Press


def trail(press: Press, crumbs: Sequence[Link], name: str) -> Thing:
    """Return the way from the first page over *crumbs* to the page called *name*."""
    steps = [(press.t("menu.home"), press.routes.home)]
    steps += [(each.text.text, each.url) for each in crumbs]
    items = [_item(place, said, press.absolute(url)) for place, (said, url) in enumerate(steps, 1)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [*items, _item(len(items) + 1, name)],
    }


def _item(place: int, name: str, url: str = "") -> Thing:
    told = {"@type": "ListItem", "position": place, "name": name}
    return {**told, "item": url} if url else told


def rows(press: Press, links: Iterable[Link], total: int | None = None) -> Thing:
    """Return the pages that a list leads to; *total* are those of all of its parts together."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": each.text.text,
            "url": press.absolute(each.url),
        }
        for place, each in enumerate(links, 1)
    ]
    if not items:
        return {}
    count = len(items) if total is None else total
    return {"@type": "ItemList", "numberOfItems": count, "itemListElement": items}


def website(press: Press) -> Thing:
    """Return the site as a whole."""
    return {
        "@type": "WebSite",
        "@id": f"{press.absolute(press.routes.home)}#site",
        "name": press.site.title,
        "url": press.absolute(press.routes.home),
        "inLanguage": press.site.language,
        "about": {"@type": "AdministrativeArea", "name": press.site.province},
    }


def dataset(press: Press, name: str, about: str, files: Iterable[tuple[str, str]]) -> Thing:
    """Return the catalogue as data, in *files*: the address and the form of each."""
    licence, url = press.catalogue.site.licence, press.absolute(press.routes.data)
    return filled(
        {
            "@type": "Dataset",
            "@id": f"{url}#data",
            "name": f"{name} · {press.site.title}",
            "description": about,
            "url": url,
            "inLanguage": [each.language.code for each in press.framer.siblings],
            "license": licence.url if licence else "",
            "isAccessibleForFree": True,
            "dateModified": press.catalogue.day.isoformat(),
            "spatialCoverage": {"@type": "Place", "name": press.site.province},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": form,
                    "contentUrl": press.absolute(each),
                }
                for each, form in files
            ],
        }
    )


def filled(told: dict[str, Any]) -> Thing:
    """Return *told* without what nobody knows."""
    return dict(_without_gaps(told))


def _without_gaps(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if value or value == 0:
            yield name, list(value) if isinstance(value, tuple) else value

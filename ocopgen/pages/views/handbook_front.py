"""What the printed manual says before its products: who made it, and how stars are given."""

from collections.abc import Iterator, Sequence

from ocopgen.content.edition import Phrase
from ocopgen.content.lifecycle import version_on
from ocopgen.content.province import SiteInfo, Version
from ocopgen.content.records import Photo
from ocopgen.content.words import Words
from ocopgen.pages.views.handbook_entries import CODES
from ocopgen.pages.views.handbook_parts import (
    Imprint,
    Presses,
    Rating,
    Rules,
    Said,
    each,
    named,
    said,
)
from ocopgen.pages.views.parts import Link
from ocopgen.pages.views.press import Press


def imprint(presses: Presses, ids: Sequence[str]) -> Imprint:
    """Return who made the manual of the products *ids*, when, and from what."""
    first = presses[0]
    return Imprint(
        titles=said(presses, "handbook.imprint"),
        texts=tuple(_texts(presses, ids)),
        links=tuple(_links(first, first.catalogue.site)),
        code=f"{CODES}/home.png",
        address=first.absolute(first.routes.home),
    )


def _texts(presses: Presses, ids: Sequence[str]) -> Iterator[Said]:
    notice, day = presses[0].catalogue.site.notice, presses[0].catalogue.day
    yield each(
        presses,
        lambda press: press.t("handbook.made", site=press.site.title, day=press.formats.day(day)),
    )
    if notice:
        yield named(presses, notice)
    yield from _credits(presses, ids)
    yield said(presses, "handbook.corrections")


def _credits(presses: Presses, ids: Sequence[str]) -> Iterator[Said]:
    """Yield whose pictures are printed, each name once."""
    products = presses[0].catalogue.products
    told: dict[tuple[str, ...], Photo] = {}
    for id_ in ids:
        for photo in products[id_].record.photos[:1]:
            if photo.credit:
                told.setdefault((*photo.credit.values(), photo.licence or ""), photo)
    if told:
        yield each(
            presses,
            lambda press: press.t(
                "handbook.credits",
                names="; ".join(_credit(press, photo) for photo in told.values()),
            ),
        )


def _credit(press: Press, photo: Photo) -> str:
    name = press.edition.say(photo.credit).text if photo.credit else ""
    return f"{name} ({photo.licence})" if photo.licence else name


def _links(press: Press, site: SiteInfo) -> Iterator[Link]:
    if site.contact:
        yield Link(press.edition.say(site.contact.name), "")
    if site.contact and site.contact.email:
        yield Link(Phrase(site.contact.email), f"mailto:{site.contact.email}")
    if site.licence:
        yield Link(Phrase(site.licence.name), site.licence.url, outside=True)


def rules(presses: Presses) -> Rules:
    """Return how stars are given by the rules of the day."""
    programme = presses[0].catalogue.programme
    version = version_on(programme, presses[0].catalogue.day)
    names = {issuer.star: issuer.name for issuer in version.issuers}
    ratings = (
        Rating(
            band.star,
            said(presses, "star.words", star=band.star),
            said(presses, "list.star_points", least=band.min, most=band.max),
            _issuer(presses, names[band.star]) if band.star in names else (),
        )
        for band in sorted(programme.bands, key=lambda band: -band.star)
    )
    return Rules(said(presses, "handbook.stars"), tuple(ratings), tuple(_told(presses, version)))


def _issuer(presses: Presses, name: Words) -> Said:
    return each(
        presses,
        lambda press: press.t("handbook.issuer", issuer=press.edition.say(name).text),
    )


def _told(presses: Presses, version: Version) -> Iterator[Said]:
    yield said(presses, "handbook.term", months=version.validity_months)
    if window := version.reevaluation:
        days = {"earliest": window.earliest_days, "latest": window.latest_days}
        yield said(presses, "handbook.renewal", **days)
    yield said(presses, "handbook.read")
    yield each(
        presses,
        lambda press: press.t(
            "handbook.rules",
            instrument=version.instrument,
            day=press.formats.day(version.start),
        ),
    )

"""What the posters of an edition show: one a product, and one for all other pages."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ocopgen.base.text import raised
from ocopgen.content.load import Entry
from ocopgen.content.records import Product
from ocopgen.pages.posters import FACES, Poster, Shot
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.pictures import drawing_of

if TYPE_CHECKING:
    from ocopgen.pages.views.press import Press

_SEAL = ""
"""The drawing on the poster of the site: the seal itself."""


def product_poster(press: "Press", entry: Entry[Product]) -> Poster | None:
    """Return what the poster of the product *entry* shows; None where the site wants none."""
    wanted, shot = press.catalogue.site.cards, _shot(press.desk, entry)
    if wanted == "none" or (wanted == "photos" and shot is None):
        return None
    product, worth, say = entry.record, press.mark(entry.id), press.edition.say
    producer = say(press.catalogue.producers[product.producer].record.name).text
    drawing = "" if shot else drawing_of(press.desk, product.set, ".webp")
    return Poster(
        title=say(product.name).text,
        site=press.site.title,
        star=worth.star,
        worth=worth.stars if worth.star else "",
        # A poster is shown for years after it was fetched: "this year" would be wrong by then.
        state=worth.state if worth.lapsed else raised(worth.note) or worth.state,
        foot=tuple(each for each in (producer, press.where(product)) if each),
        shot=shot,
        drawing=drawing,
        made_with=_made_with(press.desk, drawing),
    )


def site_poster(desk: Desk) -> Poster | None:
    """Return what the poster of the whole site shows, for pages that have none of their own.

    None where the site wants none.
    """
    info = desk.edition.catalogue.site
    if info.cards == "none":
        return None
    return Poster(
        title=desk.edition.say(info.title).text,
        site=urlsplit(info.base_url).netloc,
        foot=(desk.t("poster.about"),),
        made_with=_made_with(desk, _SEAL),
    )


def told(poster: Poster) -> str:
    """Return in words what *poster* shows."""
    return ", ".join(
        each for each in (poster.title, poster.worth or poster.state, *poster.foot) if each
    )


def _shot(desk: Desk, entry: Entry[Product]) -> Shot | None:
    """Return the first photo of *entry* that was surveyed, as its page shows it."""
    for photo in entry.record.photos:
        if found := desk.photos.get((entry.folder, photo.file)):
            return Shot(f"{entry.folder}/{photo.file}", found[0])
    return None


def _made_with(desk: Desk, drawing: str) -> tuple[str, ...]:
    return tuple(desk.assets.paths.get(name, "") for name in (*FACES, drawing) if name)

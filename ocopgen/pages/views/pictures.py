"""The pictures of products, or what stands in for them."""

from functools import lru_cache

from ocopgen.content.load import Entry
from ocopgen.content.records import Photo, Producer, Product
from ocopgen.pages.photos import Measured, Size, address, sizes
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.parts import Picture

_DRAWN = (480, 600)
"""The measures of the drawings that stand in for a missing picture."""


def pictures(desk: Desk, product: Entry[Product]) -> tuple[Picture, ...]:
    """Return the pictures of *product*, the first one first; at least one."""
    return photos_of(desk, product) or (drawing(desk, product.record.set),)


def photos_of(desk: Desk, entry: Entry[Product] | Entry[Producer]) -> tuple[Picture, ...]:
    """Return the photos of *entry*, none where it has none."""
    found = (picture(desk, entry.folder, photo) for photo in entry.record.photos)
    return tuple(each for each in found if each)


def picture(desk: Desk, folder: str, photo: Photo) -> Picture | None:
    """Return *photo*, which lies in *folder*, in all its sizes; None where it was not surveyed."""
    found = desk.photos.get((folder, photo.file))
    if found is None:
        return None
    base, (digest, measured) = desk.routes.base, found
    *offered, fallback = _sizes(measured)
    return Picture(
        url=f"{base}{address(digest, fallback)}",
        width=measured.width,
        height=measured.height,
        sources=", ".join(f"{base}{address(digest, size)} {size.width}w" for size in offered),
        largest=f"{base}{address(digest, offered[-1])}",
        tone=f"tone-{measured.tone}",
        alt=desk.edition.say(photo.alt),
        credit=desk.edition.say(photo.credit) if photo.credit else None,
        licence=photo.licence or "",
    )


def drawing(desk: Desk, set_id: str) -> Picture:
    """Return the drawing that stands for all products of a kind, by its set."""
    path = desk.assets.paths.get(drawing_of(desk, set_id, ".svg"))
    return _drawn(f"{desk.routes.base}{path}" if path else "")


@lru_cache(maxsize=1024)
def _drawn(url: str) -> Picture:
    """Return the drawing at *url*, the same for all products that it stands for."""
    width, height = _DRAWN
    return Picture(url, width, height)


def drawing_of(desk: Desk, set_id: str, ending: str) -> str:
    """Return the name of the asset that stands for a product set, with that *ending*.

    It is the drawing of the group where the theme has one, else that of the sector.
    """
    kind = desk.edition.catalogue.kinds[set_id]
    own = f"sectors/{kind.sector.id}/{kind.group.id}{ending}"
    return own if own in desk.assets.paths else f"sectors/{kind.sector.id}{ending}"


@lru_cache(maxsize=4096)
def _sizes(measured: Measured) -> tuple[Size, ...]:
    return sizes(measured)

"""Other products worth a look, from small windows: one edit touches only its neighbours."""

from collections.abc import Collection, Mapping, Sequence

from ocopgen.content.edition import Phrase
from ocopgen.pages.views.parts import Shelf
from ocopgen.pages.views.press import Press

_SIZE = 4


Companions = Mapping[str, tuple[str, ...]]
"""Products beside one: the ids of each shelf, by the shelf's own id."""

_PRODUCER, _SET, _COMMUNE = "same-producer", "same-set", "same-commune"


def neighbours(press: Press, id_: str) -> tuple[str | None, str | None]:
    """Return the products before and after *id_* in its set, by name."""
    place = press.shelves.place(id_)
    if place is None:
        return None, None
    ids = press.shelves.by_name(press.catalogue.products[id_].record.set)
    before = ids[place - 1] if place else None
    return before, ids[place + 1] if place + 1 < len(ids) else None


def companions(press: Press, id_: str) -> Companions:
    """Return products of the same producer, set and commune that carry stars, each one once."""
    product, lists = press.catalogue.products[id_].record, press.shelves
    found: dict[str, tuple[str, ...]] = {}
    seen = {id_}
    shelves: list[tuple[str, Sequence[str], int | None]] = [
        (
            _PRODUCER,
            lists.producers[product.producer].current,
            lists.place_at_producer(product.producer, id_),
        ),
        (_SET, lists.by_name(product.set), lists.place(id_)),
    ]
    if product.commune:
        commune = lists.communes[product.commune].current
        shelves.append((_COMMUNE, commune, lists.place_in_commune(product.commune, id_)))
    for shelf, ids, place in shelves:
        found[shelf] = _window(ids, -1 if place is None else place, seen)
        seen.update(found[shelf])
    return found


def related(press: Press, id_: str, beside: Companions) -> tuple[Shelf, ...]:
    """Return the products *beside* the product *id_* under their headings."""
    return tuple(_shelf(press, id_, shelf, ids) for shelf, ids in beside.items() if ids)


def _window(ids: Sequence[str], place: int, seen: Collection[str]) -> tuple[str, ...]:
    """Return some of *ids* that follow *place* there, round the end, without those *seen*."""
    # As many as are enough, whichever of them were seen.
    enough = _SIZE + len(seen)
    window = ids[place + 1 : place + 1 + enough]
    if len(window) < enough:
        window = (*window, *ids[: min(place + 1, enough - len(window))])
    return tuple([each for each in window if each not in seen][:_SIZE])


def _shelf(press: Press, id_: str, shelf: str, ids: Sequence[str]) -> Shelf:
    product, t = press.catalogue.products[id_].record, press.t
    if shelf == _PRODUCER:
        title, more = t("others.producer"), press.producer_link(product.producer)
    elif shelf == _SET:
        lapsed = press.mark(id_).lapsed
        title = t("others.instead") if lapsed else t("others.set")
        more = press.set_link(product.set)
    else:
        title, more = t("others.commune"), press.commune_link(product.commune or "")
    return Shelf(shelf, Phrase(title), press.cards(ids), more=more)

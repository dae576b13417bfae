"""Other products worth a look, from small windows: one edit touches only its neighbours."""

from collections.abc import Collection, Iterator, Sequence

from ocopgen.content.edition import Phrase
from ocopgen.pages.views.parts import Link, Shelf
from ocopgen.pages.views.press import Press

_SIZE = 4


def neighbours(press: Press, id_: str) -> tuple[Link | None, Link | None]:
    """Return the products before and after *id_* in its set, by name."""
    place = press.shelves.place.get(id_)
    if place is None:
        return None, None
    ids = press.shelves.by_name[press.catalogue.products[id_].record.set]
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return _link(press, before), _link(press, after)


def related(press: Press, id_: str) -> tuple[Shelf, ...]:
    """Return products of the same producer, commune and set that carry stars, each one once."""
    return tuple(_shelves(press, id_))


def _shelves(press: Press, id_: str) -> Iterator[Shelf]:
    product, lists, t = press.catalogue.products[id_].record, press.shelves, press.t
    seen = {id_}
    board = lists.producers[product.producer]
    if ids := _window(board.current, id_, seen):
        more = press.producer_link(product.producer)
        yield _shelf(press, "same-producer", t("others.producer"), ids, more)
        seen.update(ids)
    by_name = lists.by_name.get(product.set, ())
    if ids := _window(by_name, id_, seen):
        lapsed = press.mark(id_).lapsed
        title = t("others.instead") if lapsed else t("others.set")
        more = press.set_link(product.set)
        yield _shelf(press, "same-set", title, ids, more)
        seen.update(ids)
    if product.commune and (ids := _window(lists.communes[product.commune].current, id_, seen)):
        more = press.commune_link(product.commune)
        yield _shelf(press, "same-commune", t("others.commune"), ids, more)


def _window(ids: Sequence[str], id_: str, seen: Collection[str]) -> tuple[str, ...]:
    """Return some of *ids* that follow *id_* there, round the end, without those *seen*."""
    try:
        place = ids.index(id_)
    except ValueError:
        place = -1
    found: list[str] = []
    for step in range(1, len(ids) + 1):
        each = ids[(place + step) % len(ids)]
        if each not in seen:
            found.append(each)
            if len(found) == _SIZE:
                break
    return tuple(found)


def _shelf(press: Press, id_: str, title: str, ids: Sequence[str], more: Link) -> Shelf:
    return Shelf(id_, Phrase(title), press.cards(ids), more=more)


def _link(press: Press, id_: str | None) -> Link | None:
    if id_ is None:
        return None
    return Link(
        press.edition.say(press.catalogue.products[id_].record.name), press.routes.product(id_)
    )

"""Whatever a page of one product shows of others is told by its name; an edit moves few."""

from collections.abc import Callable, Iterable
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from ocopgen.base.digest import digest
from ocopgen.content.catalogue import Catalogue, tied
from ocopgen.content.edition import Edition
from ocopgen.content.entries import Entry, face_of
from ocopgen.content.fields import day_or_year
from ocopgen.content.load import Content
from ocopgen.content.records import Product
from ocopgen.pages.views import Desk
from ocopgen.pages.views.open_records import product_told
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.product import product_page
from ocopgen.pages.views.shown import Shown
from tests.pages.conftest import SOME_PHOTO, TODAY


def _named(product: Product) -> Product:
    return replace(product, name=MappingProxyType({"vi": "An", "en": "An"}))


def _starred(product: Product) -> Product:
    (first, *rest) = product.certifications
    return replace(product, certifications=(replace(first, star=9 - first.star), *rest))


def _lapsed(product: Product) -> Product:
    (first, *_) = product.certifications
    return replace(product, certifications=(replace(first, issued=day_or_year("2019-01-02")),))


def _elsewhere(product: Product) -> Product:
    place = "phuong-lang-tay" if product.commune != "phuong-lang-tay" else "xa-lang-dong"
    return replace(product, commune=place, district=None)


CHANGES: dict[str, Callable[[Product], Product]] = {
    "a name": _named,
    "a summary": lambda each: replace(each, summary=MappingProxyType({"vi": "Khác hẳn."})),
    "a set": lambda each: replace(each, set="cakes" if each.set != "cakes" else "honey"),
    "a producer": lambda each: replace(
        each, producer="htx-vi-du" if each.producer != "htx-vi-du" else "ho-ong-mau"
    ),
    "a commune": _elsewhere,
    "stars": _starred,
    "a certificate that ended": _lapsed,
    "no photo": lambda each: replace(each, photos=()),
}


def _catalogue(content: Content, products: dict[str, Entry[Product]]) -> Catalogue:
    return tied(replace(content, products=products), TODAY)


def _edited(
    content: Content, id_: str, change: Callable[[Product], Product]
) -> dict[str, Entry[Product]]:
    entry = content.products[id_]
    record = change(entry.record)
    edited = replace(entry, record=record, digest=digest(repr(record)), face=face_of(record))
    return {**content.products, id_: edited}


def _press(desk: Desk, catalogue: Catalogue) -> Press:
    edition = Edition(catalogue, desk.edition.language)
    return Press(replace(desk, edition=edition, shown=Shown(catalogue, desk.photos)))


def _entries(press: Press, ids: Iterable[str]) -> list[Entry[Product]]:
    return [press.catalogue.products[id_] for id_ in ids]


@pytest.mark.parametrize("kind", CHANGES)
def test_a_page_that_shows_another_thing_has_another_name(
    desk: Desk, content: Content, kind: str
) -> None:
    before, moved = _press(desk, _catalogue(content, dict(content.products))), 0
    for changed in before.catalogue.products:
        after = _press(desk, _catalogue(content, _edited(content, changed, CHANGES[kind])))
        both = [id_ for id_ in before.catalogue.products if id_ in after.catalogue.products]
        old, new = _entries(before, both), _entries(after, both)
        same = before.recipes.setting == after.recipes.setting
        beside = zip(before.recipes.beside(old), after.recipes.beside(new), strict=True)
        own = zip(before.recipes.own(old), after.recipes.own(new), strict=True)
        for was, now, (one, other), (mine, mine_now) in zip(old, new, beside, own, strict=True):
            if same and one == other:
                assert digest(product_page(before, was)) == digest(product_page(after, now))
            if same and mine == mine_now:
                assert digest(product_told(before, was)) == digest(product_told(after, now))
            moved += digest(product_page(before, was)) != digest(product_page(after, now))
    assert moved


def test_a_name_moves_those_alone_that_share_something(desk: Desk, content: Content) -> None:
    before = _press(desk, _catalogue(content, dict(content.products)))
    after = _press(desk, _catalogue(content, _edited(content, "gom-thu-nghiem", _named)))
    ids = [*before.catalogue.products]

    beside = zip(
        before.recipes.beside(_entries(before, ids)),
        after.recipes.beside(_entries(after, ids)),
        strict=True,
    )

    assert before.recipes.setting == after.recipes.setting
    assert {id_ for id_, (was, now) in zip(ids, beside, strict=True) if was != now} == {
        "gom-thu-nghiem",  # itself
        "banh-la-vi-du",  # its producer and commune
        "keo-nam-tron",  # its producer
    }


def test_what_is_known_of_a_photo_is_a_part_of_what_shows_it(desk: Desk) -> None:
    press = Press(desk)
    photo = next(iter(desk.photos))
    other = {**desk.photos, photo: (desk.photos[photo][0], replace(SOME_PHOTO, width=901))}
    after = Press(replace(desk, photos=other))
    entries = [*press.catalogue.products.values()]

    moved = [
        entry.folder
        for entry, was, now in zip(
            entries, press.recipes.own(entries), after.recipes.own(entries), strict=True
        )
        if was != now
    ]

    assert moved == [photo[0]]

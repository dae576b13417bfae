"""What views are made of: enough that none is out of date, and no more than they show."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from msgspec.structs import asdict, replace

from ocopgen.content.entries import Entry, face_of
from ocopgen.content.records import Product
from ocopgen.pages.views import Desk
from ocopgen.pages.views.home import home_page, home_recipe
from ocopgen.pages.views.posters import product_poster
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.selection import selection

FACE = {"name", "set", "producer", "commune", "district", "certifications", "photos", "draft"}
"""The fields of a product that lists, neighbours and its poster show something of."""

Change = Callable[[Entry[Product]], Entry[Product]]


def _changed(desk: Desk, change: Change) -> Press:
    catalogue = desk.edition.catalogue
    products = {id_: change(entry) for id_, entry in catalogue.products.items()}
    edition = replace(desk.edition, catalogue=replace(catalogue, products=products))
    return Press(replace(desk, edition=edition, shown=None))


def test_a_product_s_face_is_made_of_what_others_show_of_it(desk: Desk) -> None:
    product = next(iter(desk.edition.catalogue.products.values())).record
    known = face_of(product)

    assert {
        field for field in asdict(product) if face_of(replace(product, **{field: "?"})) != known
    } == FACE


def test_cards_and_posters_show_nothing_but_the_face(desks: list[Desk]) -> None:
    def bare(entry: Entry[Product]) -> Entry[Product]:
        shown = {field: value for field, value in asdict(entry.record).items() if field in FACE}
        return replace(entry, record=Product(summary=MappingProxyType({"vi": ""}), **shown))

    for desk in desks:
        whole, less = Press(desk), _changed(desk, bare)
        assert len(whole.catalogue.products) > 5
        for id_, entry in whole.catalogue.products.items():
            assert less.card(id_) == whole.card(id_)
            assert product_poster(less, less.catalogue.products[id_]) == product_poster(
                whole, entry
            )


@pytest.mark.parametrize("same", [True, False])
def test_what_no_list_shows_moves_none(desk: Desk, *, same: bool) -> None:
    """What shows on a card moves the first page, which has this one; a summary does not."""
    shown = min(selection(Press(desk)).all)

    def edited(entry: Entry[Product]) -> Entry[Product]:
        if entry.id != shown:
            return entry
        words = {"vi": "Khác hẳn"}
        record = replace(entry.record, **{"summary" if same else "name": words})
        return replace(entry, record=record, digest="0" * 32, face=face_of(record))

    before, after = Press(desk), _changed(desk, edited)

    assert (home_recipe(before) == home_recipe(after)) is same
    assert (home_page(before) == home_page(after)) is same
    assert (before.recipes.poster(shown) == after.recipes.poster(shown)) is same
    assert before.recipes.products != after.recipes.products

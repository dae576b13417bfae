"""Consent: what is private is never shown, even where no check stopped the build."""

import pytest
from msgspec.structs import replace

from ocopgen.content.catalogue import Catalogue
from ocopgen.content.readers import record_reader
from ocopgen.content.records import Producer
from ocopgen.pages.views import Desk
from ocopgen.pages.views.buying import buying, contact
from ocopgen.pages.views.press import Press

PRIVATE = {
    "address": {"vi": "Số 7 đường Kín"},
    "phone": ["0912 000 007"],
    "email": "kin@lang.example",
    "location": {"lat": "11.0", "lon": "107.0"},
}


@pytest.fixture
def press(desk: Desk) -> Press:
    """Return one edition, set up."""
    return Press(desk)


def _producer(kind: str | None, *, agreed: bool) -> Producer:
    written: dict[str, object] = {"name": {"vi": "Bà Kín"}, "commune": "xa", **PRIVATE}
    if kind:
        written["kind"] = kind
    if agreed:
        written["consent"] = {"on": "2026-05-01", "evidence": "Giấy"}
    read: Producer = record_reader(Producer, ("vi",))(written)
    return read


@pytest.mark.parametrize("kind", [None, "household_business", "farm"])
def test_without_consent_nothing_private_is_carried(press: Press, kind: str | None) -> None:
    assert contact(press, _producer(kind, agreed=False)) is None


@pytest.mark.parametrize("kind", [None, "household_business", "farm"])
def test_a_website_is_public_and_brings_nothing_else_along(press: Press, kind: str | None) -> None:
    producer = replace(_producer(kind, agreed=False), website="https://kin.example")

    found = contact(press, producer)

    assert found
    assert (found.address, found.phones, found.email) == (None, (), "")


@pytest.mark.parametrize(
    ("kind", "agreed"),
    [
        ("household_business", True),
        ("farm", True),
        (None, True),
        ("cooperative", False),
        ("company", False),
    ],
)
def test_what_may_be_shown_is_shown(press: Press, kind: str | None, agreed: bool) -> None:  # noqa: FBT001
    found = contact(press, _producer(kind, agreed=agreed))

    assert found
    assert found.address
    assert [phone.text.text for phone in found.phones] == ["0912 000 007"]
    assert found.email == "kin@lang.example"


def test_the_page_of_a_product_keeps_silent_too(press: Press, catalogue: Catalogue) -> None:
    silent = [
        (id_, entry.record)
        for id_, entry in catalogue.products.items()
        if catalogue.producers[entry.record.producer].record.kind
        in {None, "household_business", "farm"}
        and catalogue.producers[entry.record.producer].record.consent is None
    ]
    assert silent

    assert all(buying(press, id_, product).contact is None for id_, product in silent)

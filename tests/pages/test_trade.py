"""Outlets and events: who is listed, what is told, and how one gets there."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from ocopgen.content.fields import DayOrYear
from ocopgen.content.records import Location
from ocopgen.pages.views import Desk
from ocopgen.pages.views.events import event_page, events_page
from ocopgen.pages.views.outlets import outlet_page, outlets_page
from ocopgen.pages.views.parts import Row
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import producer_page
from ocopgen.pages.views.product import product_page

AT_HOME = Location(lat=11.23456, lon=106.98765)


@pytest.fixture
def press(desks: list[Desk]) -> Press:
    """Return the village in its first language."""
    return Press(desks[0])


def _urls(rows: tuple[Row, ...]) -> list[str]:
    return [row.name.url for row in rows]


def _on(press: Press, day: date) -> Press:
    catalogue = replace(press.catalogue, day=day)
    return Press(replace(press.desk, edition=replace(press.edition, catalogue=catalogue)))


def _with(press: Press, outlet: str, **changes: object) -> Press:
    """Return *press* with other values in the record of *outlet*."""
    entry = press.catalogue.outlets[outlet]
    changed = replace(entry, record=replace(entry.record, **changes))
    catalogue = replace(press.catalogue, outlets={**press.catalogue.outlets, outlet: changed})
    return Press(replace(press.desk, edition=replace(press.edition, catalogue=catalogue)))


def _listed(press: Press) -> set[str]:
    page = outlets_page(press)
    places = {url for group in page.districts for url in _urls(group.rows)}
    assert places == {url for group in page.kinds for url in _urls(group.rows)}
    return places | set(_urls(page.online))


def test_the_index_lists_every_outlet_that_has_not_closed(press: Press) -> None:
    expected = {
        press.routes.outlet(id_) for id_ in press.catalogue.outlets if id_ != "trung-tam-cu"
    }

    assert expected == _listed(press)


def test_a_closed_outlet_keeps_its_page_and_says_so(press: Press) -> None:
    page = outlet_page(press, press.catalogue.outlets["trung-tam-cu"])

    assert page.closed == "Đã đóng cửa ngày 30/06/2026."
    assert page.everything


def test_an_outlet_is_open_until_the_end_of_its_last_day(press: Press) -> None:
    there = press.routes.outlet("trung-tam-cu")

    assert there in _listed(_on(press, date(2026, 6, 30)))
    assert there not in _listed(_on(press, date(2026, 7, 1)))


def test_an_outlet_of_which_only_the_year_of_closing_is_known_is_listed_through_that_year(
    press: Press,
) -> None:
    changed = _with(press, "trung-tam-cu", closed=DayOrYear(2026))

    assert press.routes.outlet("trung-tam-cu") in _listed(_on(changed, date(2026, 12, 31)))
    assert press.routes.outlet("trung-tam-cu") not in _listed(_on(changed, date(2027, 1, 1)))


def test_an_outlet_that_is_to_open_is_listed_with_the_day_and_sells_nothing_yet(
    press: Press,
) -> None:
    soon = _with(press, "cho-lang", opened=DayOrYear(2026, date(2026, 12, 1)))
    cake = soon.catalogue.products["banh-la-vi-du"]
    groups = outlets_page(soon).districts
    rows = [row for group in groups for row in group.rows]

    (row,) = [row for row in rows if row.name.url == press.routes.outlet("cho-lang")]
    assert row.lines[0].text == "sẽ mở ngày 01/12/2026"
    assert _urls(product_page(soon, cake).buying.selling.outlets) == []


def test_a_map_is_opened_at_the_place_or_asked_for_the_address(press: Press) -> None:
    exact = outlet_page(press, press.catalogue.outlets["trung-tam-cu"]).spot
    unplaced = _with(press, "cho-lang", location=None)
    written = outlet_page(unplaced, unplaced.catalogue.outlets["cho-lang"]).spot

    assert exact
    assert exact.app.startswith("geo:11.05,107.05?q=11.05,107.05(Trung%20t%C3%A2m")
    assert exact.map.endswith("/?mlat=11.05&mlon=107.05#map=17/11.05/107.05")
    assert written
    assert written.app.startswith("geo:0,0?q=Ch%E1%BB%A3%20L%C3%A0ng%2C%20x%C3%A3")
    assert written.copied == "Chợ Làng, xã Làng Giữa, Mẫu"


def test_a_shop_on_the_web_stands_apart_and_has_no_way_to_it(press: Press) -> None:
    tea = press.catalogue.products["tra-sen-ba-kin"]
    selling = product_page(press, tea).buying.selling

    assert press.routes.outlet("cho-tren-mang") not in _urls(selling.outlets)
    assert [shop.url for shop in selling.shops] == [press.routes.outlet("cho-tren-mang")]
    assert outlet_page(press, press.catalogue.outlets["cho-tren-mang"]).spot is None


def test_a_maker_s_own_shop_sells_all_that_they_make(press: Press) -> None:
    own = press.routes.outlet("cua-hang-ba-kin")
    tea = press.catalogue.products["tra-sen-ba-kin"]
    maker = press.catalogue.producers["ho-ba-kin"]

    assert own in _urls(product_page(press, tea).buying.selling.outlets)
    assert own in _urls(producer_page(press, maker).selling.outlets)
    assert "tra-sen-ba-kin" in {
        card.id for card in outlet_page(press, press.catalogue.outlets["cua-hang-ba-kin"]).cards
    }


def test_the_nearest_outlet_comes_first_and_tells_how_far_it_is(press: Press) -> None:
    near = "cua-hang-ba-kin", (11.1, 107.11)
    far = "cho-lang", (11.4, 107.4)
    changed = press
    for outlet, point in (near, far):
        location = Location(lat=point[0], lon=point[1])
        products = press.catalogue.outlets["cho-lang"].record.products
        changed = _with(changed, outlet, location=location, products=products, producer=None)
    cake = changed.catalogue.products["banh-la-vi-du"]

    rows = product_page(changed, cake).buying.selling.outlets

    assert _urls(rows) == [press.routes.outlet(near[0]), press.routes.outlet(far[0])]
    assert rows[0].lines[-1].text == "cách khoảng 3 km"
    assert rows[1].lines[-1].text == "cách khoảng 43 km"


def test_where_somebody_lives_is_told_nowhere_without_consent(press: Press) -> None:
    told = {"address": {"vi": "Số 7 ngõ Kín"}, "location": AT_HOME, "phone": ("+84987654321",)}
    changed = _with(press, "cua-hang-ba-kin", **told)
    page = outlet_page(changed, changed.catalogue.outlets["cua-hang-ba-kin"])
    said = str((page, outlets_page(changed), *_around(changed)))

    assert page.spot is None
    private = ("ngõ Kín", "11.2345", "106.9876", "987654321", "0987 654 321")
    assert [each for each in private if each in said] == []


def _around(press: Press) -> Iterator[object]:
    yield from (product_page(press, each) for each in press.catalogue.products.values())
    yield from (producer_page(press, press.catalogue.producers[i]) for i in press.shelves.producers)


def test_every_event_is_in_the_index_as_coming_or_past_and_by_kind(press: Press) -> None:
    page, routes = events_page(press), press.routes
    past = [url for group in page.past for url in _urls(group.rows)]
    kinds = [url for group in page.kinds for url in _urls(group.rows)]

    assert _urls(page.coming) == [routes.event("hoi-lang")]
    assert past == [routes.event("hoi-cho-nam-ngoai"), routes.event("chuyen-ban-hang")]
    assert sorted(kinds) == sorted((*_urls(page.coming), *past))
    assert [group.title for group in page.past] == ["2025", "2024"]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-12-19", "sắp diễn ra"),
        ("2026-12-20", "đang diễn ra"),
        ("2026-12-22", "đang diễn ra"),
        ("2026-12-23", "đã qua"),
    ],
)
def test_an_event_is_coming_then_on_then_over(press: Press, day: str, state: str) -> None:
    then = _on(press, date.fromisoformat(day))

    assert event_page(then, then.catalogue.events["hoi-lang"]).state == state


def test_an_event_keeps_its_results_and_tells_only_what_was_told(press: Press) -> None:
    page = event_page(press, press.catalogue.events["hoi-cho-nam-ngoai"])

    assert [(fact.label, fact.items[0].text.text) for fact in page.figures] == [
        ("Đơn vị tham gia", "9"),
        ("Lượt khách", "2.300"),
        ("Doanh thu", "45 triệu đồng"),
    ]
    assert {card.id for card in page.cards} == {"banh-la-vi-du", "mam-khong-co-that"}


def test_of_an_event_whose_year_alone_is_known_no_day_is_made_up(press: Press) -> None:
    then = _on(press, date(2024, 5, 1))
    page = event_page(then, then.catalogue.events["chuyen-ban-hang"])

    assert (page.when, page.state) == ("năm 2024", "trong năm 2024, chưa rõ ngày")
    assert page.calendar == ""

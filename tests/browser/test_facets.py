"""Lists narrowed down: counts that are true, choices that add up, and a way back for each."""

from collections.abc import Callable, Iterable
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.reading import homes_of

ALL, SEARCH = "san-pham/", "tim-kiem/"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
Row = dict[str, str]


@pytest.fixture
def page(look: Page) -> Page:
    """Return the page that tests share."""
    return look


@pytest.fixture(scope="module")
def rows(example: Path) -> list[Row]:
    """Return what the catalogue file says of each product, put together anew."""
    file = next((example / "site/search").glob("catalogue.vi.*.json"))
    read = orjson.loads(file.read_bytes())
    products, places, sets = read["products"], read["places"], read["sets"]

    def last(place: int) -> str:
        return places["url"][place].split("/")[-2] if place >= 0 else ""

    homes = [homes_of(read, at) for at in range(len(products["name"]))]
    return [
        {
            "url": products["url"][at],
            "name": products["name"][at],
            "star": str(products["star"][at] or ""),
            "district": last(homes[at][1]),
            "commune": last(homes[at][0]),
            "set": sets["id"][products["set"][at]],
            "sector": read["sectors"]["id"][sets["sector"][products["set"][at]]],
            "status": products["status"][at],
            "issued": str(products["issued"][at]),
        }
        for at in range(len(products["name"]))
    ]


def _open(page: Page, address: str, size: ViewportSize = DESK) -> None:
    page.set_viewport_size(size)
    page.goto(address)
    if size is PHONE:
        page.locator("[data-facets] > summary").click()
    page.locator(".facet input").first.wait_for(state="attached")


def _tick(page: Page, facet: str, value: str) -> None:
    box = page.locator(f'.facet input[name="{facet}"][value="{value}"]')
    panel = box.locator("xpath=ancestor::details[1]")
    if not panel.evaluate("each => each.open"):
        panel.locator("summary").click()
    box.check()


def _counts(page: Page, facet: str) -> dict[str, int]:
    labels = page.locator(f'.facet label:has(input[name="{facet}"])')
    return dict(
        labels.evaluate_all(
            "all => all.map(e =>"
            " [e.querySelector('input').value, +e.querySelector('.num').textContent])"
        )
    )


def _expected(rows: Iterable[Row], facet: str, keeps: Callable[[Row], bool]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        if keeps(row) and row[facet]:
            counts[row[facet]] = counts.get(row[facet], 0) + 1
    return counts


def _shown(page: Page) -> list[str]:
    # The rows below the screen come once those on it have been painted.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    more = page.locator(".unfold button")
    if more.count():
        more.click()
    return page.locator("[data-list-found] h3 a").all_inner_texts()


@pytest.mark.parametrize("facet", ["star", "district", "commune", "sector", "set", "status"])
def test_counts_are_true_before_and_after_a_choice(
    page: Page, address: str, rows: list[Row], facet: str
) -> None:
    _open(page, address + ALL)
    standing = [row for row in rows if row["star"]]
    before = _counts(page, facet)

    _tick(page, "district", "dong-phu")

    of_all = rows if facet == "status" else standing
    zeros = dict.fromkeys(before, 0)
    kept = _expected(
        of_all, facet, lambda row: facet == "district" or row["district"] == "dong-phu"
    )
    assert {**zeros, **_expected(of_all, facet, lambda _: True)} == before
    assert {**zeros, **kept} == _counts(page, facet)


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(
    page: Page, address: str, rows: list[Row]
) -> None:
    _open(page, address + ALL)

    _tick(page, "district", "dong-phu")
    _tick(page, "district", "thong-nhat")
    _tick(page, "star", "5")
    _tick(page, "star", "4")

    chosen = [
        row["name"]
        for row in rows
        if row["district"] in {"dong-phu", "thong-nhat"} and row["star"] in {"4", "5"}
    ]
    assert sorted(chosen) == sorted(_shown(page))
    expect(page.locator("[data-kept]")).to_have_text(f"{len(chosen)} sản phẩm")


def test_another_state_of_the_certificate_shows_what_a_list_leaves_out(
    page: Page, address: str, rows: list[Row]
) -> None:
    _open(page, address + ALL)

    _tick(page, "status", "expired")

    expired = [row["name"] for row in rows if row["status"] == "expired"]
    assert sorted(expired) == sorted(_shown(page))
    assert page.locator("[data-list-found] .star").count() == 0


def test_a_list_offers_only_what_belongs_to_it(page: Page, address: str, rows: list[Row]) -> None:
    _open(page, address + "huyen/dong-phu/")

    counts = _counts(page, "star")

    own = [row for row in rows if row["district"] == "dong-phu"]
    assert _expected(own, "star", lambda _: True) == counts
    assert page.locator('.facet input[name="district"]').count() == 0


def test_places_are_offered_in_the_order_of_a_vietnamese_dictionary(
    page: Page, address: str
) -> None:
    _open(page, address + ALL)

    assert _offered(page, "district")[:5] == [
        "Huyện Bù Đăng",
        "Huyện Bù Đốp",
        "Huyện Bù Gia Mập",
        "Huyện Định Quán",
        "Huyện Đồng Phú",
    ]
    assert _offered(page, "kind") == ["Doanh nghiệp", "Hộ kinh doanh", "Hợp tác xã"]


def test_a_commune_may_bear_the_id_of_a_former_district(
    page: Page, address: str, example: Path
) -> None:
    page.route("**/search/catalogue.vi.*.json", lambda route: _renamed(route, example))
    _open(page, address + ALL)

    assert "Xã Thống Nhất" in _offered(page, "commune")
    assert "Huyện Thống Nhất" not in _offered(page, "commune")
    assert "Huyện Thống Nhất" in _offered(page, "district")


def _offered(page: Page, facet: str) -> list[str]:
    names = page.locator(f'.facet label:has(input[name="{facet}"]) [data-name]')
    return [name.strip() for name in names.all_text_contents()]


def _renamed(route: Route, example: Path) -> None:
    """Answer with the file that the page asks for, in which two places have the same id."""
    file = next((example / "site/search").glob("catalogue.vi.*.json"))
    changed = file.read_bytes().replace(b"/xa/xa-thong-nhat/", b"/xa/thong-nhat/")
    route.fulfill(body=changed.decode(), content_type="application/json")


def test_formerly_certified_products_are_narrowed_down_too(
    page: Page, address: str, rows: list[Row]
) -> None:
    _open(page, address + "het-hieu-luc/")

    gone = [row for row in rows if not row["star"] and row["district"]]

    _tick(page, "district", gone[0]["district"])

    own = [row["name"] for row in gone if row["district"] == gone[0]["district"]]
    assert sorted(own) == sorted(_shown(page))


def test_chips_take_choices_away_and_keep_the_focus(page: Page, address: str) -> None:
    _open(page, f"{address}{ALL}?star=5&star=4&district=dong-phu")
    chips = page.locator("[data-chips] button")
    expect(chips).to_have_text(["5 sao", "4 sao", "Huyện Đồng Phú", "Bỏ hết"])

    chips.nth(0).press("Enter")

    expect(chips).to_have_text(["4 sao", "Huyện Đồng Phú", "Bỏ hết"])
    expect(chips.nth(0)).to_be_focused()
    expect(page.locator('input[name="star"][value="5"]')).not_to_be_checked()
    chips.nth(2).click()
    expect(page.locator("[data-list-whole]")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_focused()


def test_each_choice_is_a_step_to_go_back_from(page: Page, address: str) -> None:
    _open(page, address + ALL)
    _tick(page, "star", "5")
    _tick(page, "district", "dong-phu")
    narrowed = page.url

    page.go_back()
    expect(page).to_have_url(f"{address}{ALL}?star=5")
    expect(page.locator('input[value="dong-phu"]')).not_to_be_checked()
    page.go_back()

    expect(page).to_have_url(address + ALL)
    expect(page.locator("[data-list-whole]")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(narrowed)
    expect(page.locator("[data-chips] button")).to_have_count(3)


def test_an_address_with_choices_shows_them_on_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}en/products/?star=3&sort=name")

    names = page.locator("[data-list-found] h3 a")
    expect(names.first).to_be_visible()
    assert {"3 stars"} == set(page.locator("[data-list-found] .star").all_inner_texts())


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ("newest", lambda row: -int(row["issued"])),
        ("name", lambda _: 0),
        ("", lambda row: -int(row["star"])),
    ],
    ids=["newest", "name", "star"],
)
def test_lists_are_sorted_as_asked(
    page: Page, address: str, rows: list[Row], order: str, key: Callable[[Row], int]
) -> None:
    _open(page, f"{address}{ALL}?star=5&star=4&star=3")

    page.locator("[data-sort]").select_option(order)

    # The catalogue file is in the order of names already.
    expected = sorted((row for row in rows if row["star"]), key=key)
    assert [row["name"] for row in expected] == _shown(page)


def test_cards_made_by_the_script_look_like_written_ones(page: Page, address: str) -> None:
    _open(page, f"{address}{ALL}?sort=name")

    made = page.locator("[data-list-found] li.card", has_text="Bột ca cao 3 trong 1")
    written = page.locator("[data-list-whole] li.card", has_text="Bột ca cao 3 trong 1")

    assert _read(written) == _read(made)


def _read(card: object) -> list[str]:
    tell = """card => [card.querySelector("a").getAttribute("href"), card.querySelector("a").text,
      card.querySelector(".star").textContent,
      [...card.querySelectorAll("p")].map(p => p.innerText).join().replace(/\\s+/g, "")]"""
    said: list[str] = card.evaluate(tell)  # type: ignore[attr-defined]
    return said


def test_the_other_language_shows_the_same_choices(page: Page, address: str) -> None:
    _open(page, f"{address}{ALL}?star=5&district=dong-phu")
    names = page.locator("[data-list-found] h3 a")
    expect(names).to_have_count(3)

    page.locator("a.lang").click()

    expect(page).to_have_url(f"{address}en/products/?star=5&district=dong-phu")
    expect(names).to_have_count(3)


def test_the_panel_gives_way_to_the_list_on_a_phone(page: Page, address: str) -> None:
    _open(page, address + ALL, PHONE)
    _tick(page, "star", "5")

    page.locator(".facets .done button").click()

    expect(page.locator(".facets form")).to_be_hidden()
    expect(page.locator("[data-list-found] li.card").first).to_be_in_viewport()


def test_results_of_a_search_are_narrowed_down(page: Page, address: str, rows: list[Row]) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{address}{SEARCH}?q=hat dieu")
    found = page.locator("[data-find-results] li.rowhit a")
    expect(found.first).to_be_visible()
    page.locator("[data-facets] > summary").click()

    _tick(page, "star", "5")

    five = {row["name"] for row in rows if row["star"] == "5" and "Hạt điều" in row["name"]}
    expect(found).to_have_count(sum(row["name"] in five and row["star"] == "5" for row in rows))
    assert five == set(found.all_inner_texts())
    assert "star=5" in page.url
    assert "q=hat" in page.url


@pytest.mark.parametrize("typed", ["", "hat dieu", "hat dieu, taken back"])
def test_what_there_is_to_choose_from_is_counted_when_the_panel_is_opened(
    page: Page, address: str, rows: list[Row], typed: str
) -> None:
    page.goto(f"{address}{SEARCH}?q={typed.partition(',')[0]}")
    if typed:
        expect(page.locator("[data-find-results] li.rowhit").first).to_be_visible()
    if "," in typed:
        page.locator("main form input").first.fill("")
        expect(page.locator("[data-find-results] li")).to_have_count(0)
    assert page.locator(".facet").count() == 0

    page.locator("[data-facets] > summary").click()

    expect(page.locator(".facet").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('.facet .num').textContent")
    counts, of_all = _counts(page, "star"), _expected(rows, "star", lambda _: True)
    if typed == "hat dieu":
        assert 0 < sum(counts.values()) < sum(of_all.values())
    else:
        assert counts == of_all


def test_products_are_browsed_though_only_a_sign_was_typed(
    page: Page, address: str, rows: list[Row]
) -> None:
    page.goto(f"{address}{SEARCH}?q=%22&star=5")

    found = page.locator("[data-find-results] li.rowhit a")
    expect(found).to_have_count(sum(row["star"] == "5" for row in rows))


def test_products_are_browsed_without_a_word(page: Page, address: str, rows: list[Row]) -> None:
    page.goto(f"{address}{SEARCH}?star=3&district=dong-phu")

    expected = {r["name"] for r in rows if r["star"] == "3" and r["district"] == "dong-phu"}
    found = page.locator("[data-find-results] li.rowhit a")
    if expected:
        expect(found.first).to_be_visible()
    assert expected == set(found.all_inner_texts())


def test_a_list_stays_whole_when_its_data_does_not_come(page: Page, address: str) -> None:
    page.route("**/search.vi.json", _refuse)
    page.goto(f"{address}{ALL}?star=5")

    expect(page.locator("[data-list-failed]")).to_be_visible()
    expect(page.locator("[data-list-whole]")).to_be_visible()


def _refuse(route: Route) -> None:
    route.fulfill(status=404, body="")


def test_without_javascript_the_list_is_whole_and_nothing_idle_shows(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + ALL)

        assert page.locator("[data-list-whole] li.card").count() == 24
        expect(page.locator(".facets")).to_be_hidden()
        expect(page.locator("[data-sort]")).to_be_hidden()


def test_the_cheapest_stands_first_where_prices_are_known(
    page: Page, address: str, example: Path
) -> None:
    page.route("**/search/catalogue.vi.*.json", lambda route: _priced(route, example))
    page.goto(f"{address}{ALL}?sort=price")

    names = page.locator("[data-list-found] h3 a")
    expect(names.nth(0)).to_have_text("Bột ca cao nguyên chất")
    expect(names.nth(1)).to_have_text("Bột ca cao 3 trong 1")


def _priced(route: Route, example: Path) -> None:
    """Answer with the file that the page asks for, in which two products have a price."""
    file = next((example / "site/search").glob("catalogue.vi.*.json"))
    read = orjson.loads(file.read_bytes())
    products = read["products"]
    for name, price in {
        "bot-ca-cao-3-trong-1": 90_000,
        "bot-ca-cao-nguyen-chat-trong-duc": 70_000,
    }.items():
        products["price"][products["url"].index(f"/san-pham/{name}/")] = price
    route.fulfill(body=orjson.dumps(read).decode(), content_type="application/json")

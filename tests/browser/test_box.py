"""The search box as a combobox: what it offers, by keyboard too, and what it remembers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_access import found

PAGES = ("", "404.html", "en/", "en/404.html")


def _type(page: Page, text: str) -> None:
    page.locator("#q").click()
    page.keyboard.type(text)
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("path", PAGES)
def test_names_are_offered_in_groups_as_one_types(page: Page, address: str, path: str) -> None:
    page.goto(address + path)

    _type(page, "ca cao")

    groups = page.locator("#offers [role=group]")
    assert groups.count() >= 3
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("ca cao")
    expect(options.first.locator("mark").first).to_be_visible()
    expect(page.locator("[data-offers-told]")).to_contain_text(str(options.count()))


def test_the_arrow_keys_walk_around_and_enter_opens(page: Page, address: str) -> None:
    page.goto(address)
    _type(page, "hạt điều")
    options, box = page.get_by_role("option"), page.locator("#q")
    count = options.count()

    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.nth(0).get_attribute("id")))
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_be_focused()
    name = options.nth(0).locator("span").first.inner_text()
    page.keyboard.press("Enter")

    page.wait_for_url("**/san-pham/*/")
    expect(page.locator("h1")).to_have_text(name)


def test_the_first_escape_closes_and_the_second_clears(page: Page, address: str) -> None:
    page.goto(address)
    _type(page, "mật ong")

    page.keyboard.press("Escape")
    expect(page.locator("#offers")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("mật ong")
    page.keyboard.press("Escape")

    expect(page.locator("#q")).to_have_value("")


def test_leaving_the_box_closes_it(page: Page, address: str) -> None:
    page.goto(address)
    _type(page, "mật ong")

    page.keyboard.press("Tab")

    expect(page.locator("#offers")).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches_for_all_of_it(page: Page, address: str) -> None:
    page.goto(address)
    _type(page, "mat ong")

    page.keyboard.press("Enter")

    page.wait_for_url("**/tim-kiem/?q=mat+ong")
    expect(page.locator("[data-find-results] a").first).to_have_text("Mật ong bánh tổ")


def test_the_last_option_leads_to_all_results(page: Page, address: str) -> None:
    page.goto(address + "en/")
    _type(page, "cashew")

    page.get_by_role("option").last.click()

    page.wait_for_url("**/en/search/?q=cashew")


def test_a_word_that_nothing_has_is_answered_with_guesses(page: Page, address: str) -> None:
    page.goto(address)

    _type(page, "cacaoo nguyenx chatt boot")

    expect(page.locator("#offers")).to_contain_text("Có phải bạn tìm")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/tim-kiem/?q=*")


def test_what_was_searched_for_is_offered_again_and_forgotten_when_told(
    page: Page, address: str
) -> None:
    page.goto(address)
    for typed in ("mật ong", "ca cao"):
        page.goto(address)
        _type(page, typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/tim-kiem/*")
    page.goto(address)

    page.locator("#q").click()

    options = page.get_by_role("option")
    expect(options).to_have_text(["ca cao", "mật ong", "Xóa lịch sử tìm"])
    options.nth(1).click()
    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.locator("#q")).to_have_value("mật ong")
    page.goto(address)
    page.locator("#q").click()
    expect(options.first).to_have_text("mật ong")
    options.last.click()
    expect(page.locator("#offers")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('searches')") == ""


def test_opening_a_result_remembers_its_words(page: Page, address: str) -> None:
    page.goto(address + "tim-kiem/")
    page.locator("#q").fill("trung ga")
    page.locator("[data-find-results] a").first.click()
    page.wait_for_url("**/san-pham/*/")

    page.goto(address + "tim-kiem/")
    page.locator("#q").press("ArrowDown")

    expect(page.get_by_role("option").first).to_have_text("trung ga")


def test_a_device_that_keeps_nothing_is_searched_all_the_same(page: Page, address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page.goto(address)
    page.locator("#q").click()

    _type(page, "trung ga")

    expect(page.get_by_role("option").first).to_contain_text("Trứng gà")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_box(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    _type(page, "ca cao")
    page.keyboard.press("ArrowDown")

    assert found(page) == []

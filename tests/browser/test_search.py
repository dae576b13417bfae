"""However a name is typed, search finds it: the cases of tests/cases/search.md, in a browser."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

CASES = Path(__file__).parent.parent / "cases" / "search.md"
PAGES = {"vi": "tim-kiem/", "en": "en/search/"}
SETTLED = """
    () => document.querySelector("[data-find-status]").textContent !== ""
      && !document.querySelector("[data-find-results]").hasAttribute("aria-busy")
"""
PLACES = {"first": 1, "top 3": 3}


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the case file."""

    line: int
    typed: str
    language: str
    where: str
    expected: str

    def __str__(self) -> str:
        """Return what a failed test is called."""
        return f"line {self.line}: {self.typed}"


def read_cases() -> list[Case]:
    """Return every row of the tables, but their heads."""
    lines = enumerate(CASES.read_text("utf-8").splitlines(), 1)
    rows = [(n, [cell.strip() for cell in line.split("|")[1:-1]]) for n, line in lines]
    return [Case(number, *cells) for number, cells in rows if len(cells) == 4 and cells[1] in PAGES]


def keyed(typed: str) -> str:
    """Return the letters that reach the page."""
    plain = typed.removeprefix("NFD:").strip()
    return unicodedata.normalize("NFD", plain) if typed.startswith("NFD:") else plain


def test_the_case_file_covers_both_languages() -> None:
    cases = read_cases()

    assert len(cases) >= 45
    assert {case.language for case in cases} == set(PAGES)
    assert {case.where for case in cases} == {"first", "top 3", "suggested"}


@pytest.fixture(scope="session")
def search_pages(browser: Browser, address: str) -> dict[str, Page]:
    """Return one open search page a language: opening it anew would say no more of the typing."""
    return {code: _opened(browser, address + path) for code, path in PAGES.items()}


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    # A search that never settles shall fail its case, not hold up eighty others.
    page.set_default_timeout(5000)
    page.goto(address)
    return page


@pytest.mark.parametrize("case", read_cases(), ids=str)
def test_every_way_of_typing_finds_what_is_meant(search_pages: dict[str, Page], case: Case) -> None:
    page = search_pages[case.language]

    _type(page, keyed(case.typed))

    if case.where == "suggested":
        assert case.expected in page.locator("[data-suggested] a").all_inner_texts()
    else:
        found = page.locator("[data-find-results] li a").all_inner_texts()
        assert case.expected in found[: PLACES[case.where]]


def _type(page: Page, text: str) -> None:
    page.fill("#q", "")
    page.fill("#q", text)
    page.wait_for_function(SETTLED)


def test_names_come_as_one_types_and_the_count_is_told(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])

    page.locator("#q").press_sequentially("mat ong", delay=20)

    expect(page.locator("[data-find-results] li a").first).to_have_text("Mật ong bánh tổ")
    expect(page.locator("[data-find-status]")).to_contain_text("kết quả cho “mat ong”")


def test_names_come_in_the_frame_of_the_letter_that_asks_for_them(page: Page, address: str) -> None:
    page.goto(f"{address}tim-kiem/?q=cacao")
    expect(page.locator("[data-find-results] a").first).to_be_visible()
    page.evaluate(
        """() => {
          const found = document.querySelector("[data-find-results]");
          addEventListener("input", () => {
            window.frames_between = 0;
            requestAnimationFrame(() => (window.frames_between += 1));
          }, true);
          new MutationObserver(() => (window.came_after ??= window.frames_between))
            .observe(found, { childList: true });
        }"""
    )

    page.fill("#q", "mat ong")
    page.wait_for_function("window.came_after !== undefined")

    assert page.evaluate("window.came_after") == 0


def test_the_state_is_in_the_address_and_survives_the_way_back(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])
    _type(page, "trứng gà")
    page.locator("[data-find-results] li a").first.click()
    page.wait_for_url("**/san-pham/trung-ga/")

    page.go_back()

    expect(page.locator("#q")).to_have_value("trứng gà")
    expect(page.locator("[data-find-results] li a").first).to_have_text("Trứng gà")


def test_an_address_with_a_query_shows_its_results(page: Page, address: str) -> None:
    page.goto(f"{address}en/search/?q=choc")

    expect(page.locator("[data-find-results] li a").first).to_have_text("Milk chocolate")


def test_the_keyboard_walks_through_the_results_and_back(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])
    _type(page, "mật ong")
    links = page.locator("[data-find-results] li a")

    page.locator("#q").press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Mỹ Lệ · Huyện Phú Riềng cũ"), ("en", "Mỹ Lệ company · Former Phú Riềng district")],
)
def test_a_district_of_then_is_told_from_the_commune_of_its_name(
    page: Page, address: str, language: str, said: str
) -> None:
    page.goto(f"{address}{PAGES[language]}?q=keo hat dieu my le")

    expect(page.locator(".rowhit p").first).to_contain_text(said)


@pytest.mark.parametrize("typed", ["thịt", "thit", "bun"])
def test_one_letter_of_the_next_word_finishes_no_word(page: Page, address: str, typed: str) -> None:
    page.goto(address + PAGES["vi"])

    _type(page, typed)

    expect(page.locator("[data-find-status]")).to_contain_text("kết quả cho")
    found = page.locator("[data-find-results]")
    expect(found.get_by_text("Thị trấn T")).to_have_count(0)
    expect(found.get_by_text("Bù Nho")).to_have_count(0)


def test_a_choice_that_hides_everything_is_told_as_such(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGES['vi']}?q=mat+ong&star=5")

    expect(page.locator("[data-find-status]")).to_have_text(
        "Không có sản phẩm nào hợp mọi điều kiện. Mời bạn bỏ bớt."
    )
    expect(page.locator("[data-chips] button")).to_be_visible()
    expect(page.locator("[data-find-results] li")).to_have_count(0)


def test_a_reason_says_no_place_that_is_told_already(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGES['vi']}?q=sau rieng")
    lines = page.locator(".rowhit p", has_text="Huyện Phú Riềng cũ".replace(" ", "\u00a0", 1))
    expect(lines.first).to_be_visible()

    told = [line.replace("\u00a0", " ") for line in lines.all_inner_texts()]

    assert [line for line in told if line.count("Phú Riềng") > 1] == []


@pytest.mark.parametrize("typed", ["huyện xuân lộc cũ", "huyen xuan loc cu", "xuan loc cu"])
def test_a_district_of_then_leads_what_was_made_there_with_marks_or_without(
    page: Page, address: str, typed: str
) -> None:
    page.goto(address + PAGES["vi"])

    _type(page, typed)

    found = page.locator("[data-find-results] li a").all_inner_texts()
    assert found[0] == "Huyện Xuân Lộc"
    assert "Hạt điều rang chay" in found


@pytest.mark.parametrize(
    ("typed", "name", "place", "shown"),
    [
        ("vinh cuu", "Huyện Vĩnh Cửu", "diem-ban/#district-vinh-cuu", "Huyện Vĩnh Cửu cũ"),
        ("bien hoa", "Thành phố Biên Hòa", "diem-ban/#district-bien-hoa", "Thành phố Biên Hòa cũ"),
        ("nhon trach", "Huyện Nhơn Trạch", "noi/#district-nhon-trach", "Nhơn Trạch"),
        ("nhon trach", "Phường Nhơn Trạch", "noi/#district-nhon-trach", "Nhơn Trạch"),
    ],
)
def test_a_place_where_nothing_was_made_leads_to_its_own_line(
    page: Page, address: str, typed: str, name: str, place: str, shown: str
) -> None:
    page.goto(f"{address}{PAGES['vi']}?q={typed}")
    row = page.locator("[data-find-results] li", has=page.get_by_text(name, exact=True))
    expect(row).to_contain_text("chưa có sản phẩm nào")

    row.locator("a").click()

    page.wait_for_url(f"**/{place}")
    expect(page.locator(":target")).to_contain_text(shown)


def test_long_text_that_was_pasted_floods_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGES['vi']}?q={'mật ong ' * 100}")

    expect(page.locator("[data-find-status]")).not_to_be_empty()

    assert len(page.locator("[data-find-status]").inner_text()) < 300
    assert len(page.input_value("#q")) == 120
    expect(page.locator("#q")).to_have_attribute("maxlength", "120")


def test_the_way_back_leads_through_earlier_searches(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#q", "ca phe")
    page.press("#q", "Enter")
    page.wait_for_url("**/tim-kiem/?q=ca+phe")
    page.wait_for_function(SETTLED)

    for typed in ("hat tieu", "mat ong"):
        page.locator("#q").select_text()
        page.locator("#q").press_sequentially(typed, delay=20)
        page.press("#q", "Enter")
        page.wait_for_url(f"**/?q={typed.replace(' ', '+')}")

    for typed in ("hat tieu", "ca phe"):
        page.go_back()
        expect(page.locator("#q")).to_have_value(typed)
    page.go_back()
    page.wait_for_url(address)


@pytest.mark.parametrize("path", ["san-pham/?sort=foo", "san-pham/?sort=price"])
def test_an_order_that_is_not_offered_gives_way_to_the_first(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    expect(page.locator("[data-list-found] a").first).to_be_visible()

    assert page.locator("[data-sort]").evaluate("(each) => each.selectedIndex") == 0


def test_typed_markup_is_only_text(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])

    _type(page, '<img src=x onerror="boom()"> & "điều"')

    expect(page.locator("[data-find-status]")).to_contain_text("<img src=x")
    assert page.locator("[data-find-status] img, [data-suggested] img").count() == 0


def test_without_the_catalogue_file_the_lists_are_offered(page: Page, address: str) -> None:
    page.route("**/search.vi.json", _refuse)
    page.goto(address + PAGES["vi"])

    page.fill("#q", "mat ong")

    expect(page.locator("[data-find-failed]")).to_be_visible()
    expect(page.locator("[data-find-lists] a").first).to_be_visible()


def test_without_pagefind_names_are_still_found(page: Page, address: str) -> None:
    page.route("**/pagefind.js", _refuse)
    page.goto(address + PAGES["vi"])

    _type(page, "trung ga")

    expect(page.locator("[data-find-results] li a").first).to_have_text("Trứng gà")
    expect(page.locator("[data-find-results]")).to_contain_text("Chưa tìm được trong bài viết")


def _refuse(route: Route) -> None:
    route.fulfill(status=404, body="")


def test_without_javascript_the_lists_are_linked(plain_page: Page, address: str) -> None:
    plain_page.goto(address + PAGES["en"])

    expect(plain_page.locator("noscript a").first).to_be_visible()


def test_without_javascript_there_is_no_box_that_does_nothing(
    plain_page: Page, address: str
) -> None:
    plain_page.goto(address + PAGES["en"])

    expect(plain_page.locator("form.find")).to_be_hidden(timeout=1000)
    expect(plain_page.locator("[data-find-hint]")).to_be_hidden(timeout=1000)

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

"""Pages that everybody can read: what axe-core finds, and a focus that can be seen.

Each kind of page is tried in both languages, light and dark, on a phone and on a desk. What a
machine cannot find is in the words and the order, which people have to read.
"""

import os
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import KINDS, SEARCHES
from tests.browser.screens import overhang, widest

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ABOUT_COLOUR = ("color-contrast", "link-in-text-block")
"""What changes with the scheme, which changes nothing but colours."""
PHONE, DESK = (360, 780), (1280, 900)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STEPS = 25
"""How often the Tab key is pressed: through the head of the page and well into its content."""

SEEN = """() => {
  const each = document.activeElement;
  const shows = (box) => {
    const style = getComputedStyle(box);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const card = each.closest(".card");
  const where = each.getBoundingClientRect();
  const inSight = where.bottom > 0 && where.top < innerHeight && where.width > 0;
  const seen = inSight && (shows(each) || (card !== null && shows(card)));
  return each === document.body || seen ? "" : each.outerHTML.slice(0, 120);
}"""
SMALL = """() => {
  const least = 24;
  const pressed = "a[href], button, input, select, summary, label:has(input)";
  const inSentence = (each) =>
    getComputedStyle(each).display === "inline" &&
    [...each.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  // A drawing puts its marks where the places are; the list below it says the same.
  const excused = (each) => inSentence(each) || each.closest("svg, .skip, label > *");
  const area = (each) => {
    const card = each.closest(".card, .rowhit");
    return (card ?? each).getBoundingClientRect();
  };
  return [...document.querySelectorAll(pressed)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !excused(each))
    .map((each) => [each, area(each)])
    .filter(([, { width, height }]) => width < least || height < least)
    .map(([each, { width, height }]) => `${width} x ${height}: ${each.outerHTML.slice(0, 120)}`);
}"""
LETTER = "getComputedStyle(document.documentElement).fontSize"
WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  const alive = "form.find, button, [hidden], [data-map-filter], [data-find-status]";
  main.querySelectorAll(`noscript, template, ${alive}`).forEach((each) => each.remove());
  return main.textContent.replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_axe_finds_nothing(look: Page, address: str, kind: tuple[str, str]) -> None:
    for second, path in enumerate(kind):
        look.emulate_media(reduced_motion="reduce")
        look.goto(address + path)
        look.evaluate(AXE)

        assert _found_everywhere(look, second=bool(second)) == [], path


@pytest.mark.parametrize("path", SEARCHES, ids=["vi", "en"])
def test_axe_finds_nothing_among_results(look: Page, address: str, path: str) -> None:
    look.emulate_media(reduced_motion="reduce")
    look.goto(address + path)
    expect(look.locator("[data-find-results] a").first).to_be_visible()
    look.evaluate(AXE)

    assert _found_everywhere(look) == []


@pytest.mark.parametrize("state", ["data-saved", "data-offline"])
def test_axe_finds_nothing_without_a_network(page: Page, address: str, state: str) -> None:
    page.goto(address)
    page.evaluate("state => document.documentElement.setAttribute(state, '2026-11-23')", state)
    expect(page.locator(".offline")).to_be_visible()
    page.evaluate(AXE)

    assert _found_everywhere(page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "san-pham/", "en/products/mat-ong-song-be/"])
def test_the_focus_is_always_seen(
    look: Page, address: str, path: str, size: tuple[int, int]
) -> None:
    _open(look, address + path, size, "light")

    unseen = []
    for _ in range(STEPS):
        look.keyboard.press("Tab")
        unseen.append(look.evaluate(SEEN))

    assert [each for each in unseen if each] == []


@pytest.mark.parametrize("path", ["", "en/products/mat-ong-song-be/"], ids=["vi", "en"])
def test_the_first_key_leads_past_the_menu(page: Page, address: str, path: str) -> None:
    _open(page, address + path, PHONE, "light")

    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_opens_and_closes_from_the_keyboard(page: Page, address: str) -> None:
    _open(page, address, PHONE, "light")
    menu = page.locator("details.menu")

    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")

    expect(menu.locator("a").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_menu_stays_under_the_finger_and_closes_when_one_turns_away(
    page: Page, address: str, width: int
) -> None:
    _open(page, address, (width, 740), "light")
    word, first = page.locator(".menu summary"), page.locator(".menu a").first
    before = word.bounding_box()

    word.click()
    expect(first).to_be_visible()
    assert before == word.bounding_box()
    word.click()
    expect(first).to_be_hidden()
    word.click()
    page.locator("a.tool").focus()

    expect(first).to_be_hidden()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_what_is_pressed_is_large_enough(look: Page, address: str, kind: tuple[str, str]) -> None:
    for path, size in zip(kind, (PHONE, DESK), strict=True):
        _open(look, address + path, size, "light")

        assert look.evaluate(SMALL) == [], path


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser whose letters are twice as large."""
    with browser.new_context() as context:
        page = context.new_page()
        settings = context.new_cdp_session(page)
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        yield page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_letters_twice_as_large_fit(large: Page, address: str, kind: tuple[str, str]) -> None:
    for path in kind:
        _open(large, address + path, PHONE, "light")

        assert large.evaluate(LETTER) == "32px"
        assert overhang(large) <= 0, (path, widest(large))


def test_letters_twice_as_large_stand_in_one_column_on_a_phone(large: Page, address: str) -> None:
    one_column = "all => new Set(all.map((each) => each.getBoundingClientRect().left)).size === 1"
    _open(large, f"{address}sao/5/", PHONE, "light")
    cards = large.locator(".card")
    assert cards.evaluate_all(one_column)
    assert cards.locator(".plate, .star, h3, p").evaluate_all(one_column)

    _open(large, f"{address}san-pham/bot-ca-cao-3-trong-1/", PHONE, "light")

    assert large.locator(".about .facts :is(dt, dd)").evaluate_all(one_column)


# The scripts are the same in both languages, so that each kind of page is tried in one of them.
@pytest.mark.parametrize("path", [kind[number % 2] for number, kind in enumerate(KINDS)])
def test_scripts_add_no_word_that_is_read(
    look: Page, plain_page: Page, address: str, path: str
) -> None:
    look.goto(address + path)
    plain_page.goto(address + path)

    assert plain_page.evaluate(WORDS) == look.evaluate(WORDS)
    assert len(plain_page.locator("main").inner_text()) > 100


def _open(page: Page, address: str, size: tuple[int, int], scheme: Any) -> None:  # noqa: ANN401 - a literal of the library's
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)


def found(page: Page) -> list[str]:
    """Return what axe finds on *page* as it stands."""
    page.evaluate(AXE)
    return _found(page, {"type": "tag", "values": RULES})


def _found_everywhere(page: Page, *, second: bool = False) -> list[str]:
    """Return what axe finds on a phone, or on the *second* screen, in each scheme.

    OCOPGEN_SCREENS=all looks at every page on both.
    """
    screens = list(zip((PHONE, DESK), SCHEMES, strict=True))
    if os.environ.get("OCOPGEN_SCREENS") != "all":
        screens = screens[second:][:1]
    found = []
    for (width, height), scheme in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found += _found(page, {"type": "tag", "values": RULES})
        (other,) = set(SCHEMES) - {scheme}
        page.emulate_media(color_scheme=other)
        found += _found(page, {"type": "rule", "values": ABOUT_COLOUR})
    return found


def _found(page: Page, rules: dict[str, Any]) -> list[str]:
    """Return each of *rules* that is broken, with the first element that breaks it."""
    only = {"runOnly": rules, "resultTypes": ["violations"]}
    broken = page.evaluate("only => axe.run(only).then((answer) => answer.violations)", only)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in broken]

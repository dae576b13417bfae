"""Pages that everybody can read: what axe-core finds, headings, and a focus that can be seen.

Each kind of page is tried in both languages, light on a phone in one and dark on a desk in the
other. What a machine cannot find is in the words and the order, which people have to read.
"""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE, DESK = (360, 780), (1280, 900)
KINDS = (
    ("", "en/"),
    ("san-pham/", "en/products/"),
    ("san-pham/bot-ca-cao-3-trong-1/", "en/products/bot-ca-cao-3-trong-1/"),
    ("san-pham/hat-dieu-rang-nguyen-vi/", "en/products/hat-dieu-rang-nguyen-vi/"),
    ("san-pham/mat-ong-song-be/", "en/products/mat-ong-song-be/"),
    ("huyen/dong-phu/", "en/districts/dong-phu/"),
    ("noi/", "en/places/"),
    ("ban-do/", "en/map/"),
    ("xa/phuong-dong-phu/", "en/communes/phuong-dong-phu/"),
    ("nganh/", "en/sectors/"),
    ("chu-the/", "en/producers/"),
    ("chu-the/ha-my/", "en/producers/ha-my/"),
    ("diem-ban/", "en/outlets/"),
    ("diem-ban/vuon-ca-cao-suoi-cat/", "en/outlets/vuon-ca-cao-suoi-cat/"),
    ("su-kien/", "en/events/"),
    ("su-kien/phien-cho-cong-nhan-2024/", "en/events/phien-cho-cong-nhan-2024/"),
    ("so-lieu/", "en/figures/"),
    ("da-chon/", "en/shortlist/"),
    ("het-hieu-luc/", "en/formerly-certified/"),
    ("ve-chuong-trinh/", "en/about-the-programme/"),
    ("404.html", "en/404.html"),
)
SEARCHES = ("tim-kiem/?q=ca cao", "en/search/?q=cocoa")
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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_axe_finds_nothing(page: Page, address: str, kind: tuple[str, str]) -> None:
    first, second = kind
    for path, size, scheme in ((first, PHONE, "light"), (second, DESK, "dark")):
        _open(page, address + path, size, scheme)

        assert _found(page) == [], (path, scheme)


@pytest.mark.parametrize("path", SEARCHES, ids=["vi", "en"])
def test_axe_finds_nothing_among_results(page: Page, address: str, path: str) -> None:
    _open(page, address + path, PHONE, "dark")
    expect(page.locator("[data-find-results] a").first).to_be_visible()

    assert _found(page) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_a_page_has_one_heading_of_the_first_order(
    page: Page, address: str, kind: tuple[str, str]
) -> None:
    for path in kind:
        page.goto(address + path)

        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "san-pham/", "en/products/mat-ong-song-be/"])
def test_the_focus_is_always_seen(
    page: Page, address: str, path: str, size: tuple[int, int]
) -> None:
    _open(page, address + path, size, "light")

    unseen = []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(SEEN))

    assert [each for each in unseen if each] == []


def _open(page: Page, address: str, size: tuple[int, int], scheme: Any) -> None:  # noqa: ANN401 - a literal of the library's
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)


def _found(page: Page) -> list[str]:
    """Return each rule that is broken, with the first element that breaks it."""
    page.evaluate(AXE)
    answer = page.evaluate("rules => axe.run({ runOnly: rules })", list(RULES))
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in answer["violations"]]

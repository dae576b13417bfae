"""The map in a real browser: true places, labels that collide with nothing, filters and zoom."""

import gzip
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from ocopgen.pages.drawings import projection_for

MAPS = ("ban-do/", "en/map/")
CUTS = ("xa/phuong-dong-phu/", "huyen/xuan-loc/", "en/producers/ha-my/")
SIZES = ((360, 780), (768, 1024), (960, 700), (1366, 900))
SMALLEST_LETTERS = 11
MOST_BYTES = 60_000
MOST_BYTES_OF_A_CUT = 6_000
TABS = 80

BOXES = """selector => [...document.querySelectorAll(selector)]
  .filter((each) => each.getClientRects().length)
  .map((each) => {
    const box = each.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(each).fontSize);
    const unit = each.ownerSVGElement.getScreenCTM().a;
    return [each.textContent, box.left, box.top, box.right, box.bottom, size * unit];
  })"""
CENTRES = """() => [...document.querySelectorAll(".mapview a.mark")].map((each) => {
  const box = each.querySelector("circle:last-of-type").getBoundingClientRect();
  return [each.dataset.id, (box.left + box.right) / 2, (box.top + box.bottom) / 2];
})"""

Box = tuple[str, float, float, float, float, float]


@pytest.fixture
def page(look: Page) -> Page:
    """Return the page that tests share."""
    return look


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("path", MAPS)
def test_marks_stand_where_the_communes_lie(
    page: Page, address: str, checkout: Path, path: str, size: tuple[int, int]
) -> None:
    _open(page, address + path, size)
    known = {
        each["id"]: (each["lat"], each["lon"])
        for each in yaml.safe_load((checkout / "content/areas.yaml").read_text("utf-8"))["communes"]
    }
    flat = projection_for([*known.values()])
    found = {id_: (x, y) for id_, x, y in page.evaluate(CENTRES)}
    places = {id_: flat.point(*known[id_]) for id_ in found}
    west, east = (choose(places, key=lambda id_: places[id_].x) for choose in (min, max))
    pixels = (found[east][0] - found[west][0]) / (places[east].x - places[west].x)

    off = {
        id_: max(
            abs(x - found[west][0] - pixels * (places[id_].x - places[west].x)),
            abs(y - found[west][1] + pixels * (places[id_].y - places[west].y)),
        )
        for id_, (x, y) in found.items()
    }

    assert len(off) > 8
    assert max(off.values()) < 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("path", [*MAPS, *CUTS])
def test_no_words_on_a_map_lie_on_others_and_all_can_be_read(
    page: Page, address: str, path: str, size: tuple[int, int]
) -> None:
    _open(page, address + path, size)
    boxes: list[Box] = page.evaluate(BOXES, "main figure svg text")

    met = [
        (one[0], two[0]) for at, one in enumerate(boxes) for two in boxes[:at] if _meet(one, two)
    ]

    assert met == []
    assert min(box[5] for box in boxes) >= SMALLEST_LETTERS


@pytest.mark.parametrize("path", MAPS)
def test_the_map_s_page_is_light(address: str, path: str) -> None:
    assert len(gzip.compress(_fetched(address + path))) < MOST_BYTES


@pytest.mark.parametrize("path", CUTS)
def test_a_cut_is_light(address: str, path: str) -> None:
    found = re.search(rb'<figure class="mapcut">.*?</figure>', _fetched(address + path), re.DOTALL)

    assert found
    assert len(gzip.compress(found[0])) < MOST_BYTES_OF_A_CUT


@pytest.mark.parametrize("path", MAPS)
def test_the_table_says_what_the_marks_say(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    marks = page.locator(".mapview a.mark")
    told = {
        (each.get_attribute("href"), each.get_attribute("data-star"), _number(each))
        for each in _each(marks)
    }
    rows = {
        (
            each.locator("th a").get_attribute("href"),
            each.get_attribute("data-star"),
            each.locator(".n .bare").text_content(),
        )
        for each in _each(page.locator(".maptab tbody tr:not([data-star='0'])"))
    }

    assert told
    assert told == rows
    assert page.locator(".mapview a.mark title").count() == len(told)


@pytest.mark.parametrize(
    ("path", "unit"), [(MAPS[0], r"\d+ sản phẩm"), (MAPS[1], r"\d+ products?")]
)
def test_on_a_phone_the_table_says_what_its_numbers_count(
    page: Page, address: str, path: str, unit: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address + path)

    told = page.locator(".maptab td.n").all_inner_texts()

    assert any(told)
    assert all(re.fullmatch(unit, each) for each in told if each)


def test_every_mark_and_pin_is_reached_by_the_tab_key(page: Page, address: str) -> None:
    page.goto(address + MAPS[0])
    wanted = page.locator(".mapview svg a").count()
    script = "() => document.activeElement.closest('.mapview svg a')?.getAttribute('aria-label')"

    reached = set()
    for _ in range(TABS):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(script))

    assert len(reached - {None}) == wanted


def test_filters_choose_marks_and_rows_and_tell_how_many(page: Page, address: str) -> None:
    page.goto(address + MAPS[1])
    rows, marks = page.locator(".maptab tbody tr:visible"), page.locator("a.mark:visible")
    status = page.locator("[data-map-status]")
    every = rows.count()
    expect(status).to_have_text(f"Showing {every} of {every} places")

    page.get_by_role("checkbox", name="Show outlets").uncheck()
    page.get_by_role("checkbox", name="5 stars").uncheck()
    page.get_by_role("checkbox", name="4 stars").focus()
    page.keyboard.press("Space")

    assert {each.get_attribute("data-star") for each in _each(rows)} == {"3"}
    assert rows.count() == marks.count()
    assert page.locator("a.pin:visible").count() == 0
    expect(status).to_have_text(f"Showing {rows.count()} of {every} places")

    page.get_by_role("combobox").select_option("xuan-loc")

    assert rows.count() == marks.count() == 1


def test_the_keyboard_zooms_moves_and_goes_back(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + MAPS[0])
    svg = page.locator(".mapview svg.map").first
    whole = svg.get_attribute("viewBox")
    page.locator("[data-map-view]").focus()

    seen = [whole]
    for key in ("+", "ArrowRight", "ArrowDown", "-", "+", "0"):
        page.keyboard.press(key)
        seen.append(svg.get_attribute("viewBox"))

    assert len({*seen[:3]}) == 3
    assert [float(part) for part in (seen[-1] or "").split()] == [
        float(part) for part in (whole or "").split()
    ]


def test_buttons_zoom_and_say_when_they_cannot(page: Page, address: str) -> None:
    page.goto(address + MAPS[1])
    out = page.get_by_role("button", name="Zoom out")
    expect(out).to_have_attribute("aria-disabled", "true")

    page.get_by_role("button", name="Zoom in").click()

    expect(out).to_have_attribute("aria-disabled", "false")


def test_the_wheel_belongs_to_the_page_unless_it_is_a_pinch(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(address + MAPS[0])
    svg = page.locator(".mapview svg.map").first
    whole = svg.get_attribute("viewBox")
    box = svg.bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    page.mouse.wheel(0, -200)
    alone = svg.get_attribute("viewBox")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")

    assert alone == whole
    expect(svg).not_to_have_attribute("viewBox", str(whole))


def test_a_drag_moves_the_map_and_is_no_click(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(address + MAPS[0])
    page.get_by_role("button", name="Phóng to").click()
    svg = page.locator(".mapview svg.map").first
    before, box = svg.get_attribute("viewBox"), svg.bounding_box()
    mark = page.locator("a.mark").first.bounding_box()
    assert box
    assert mark
    page.mouse.move(mark["x"] + 20, mark["y"] + 20)
    page.mouse.down()
    page.mouse.move(mark["x"] + 90, mark["y"] + 60, steps=5)
    page.mouse.up()

    assert svg.get_attribute("viewBox") != before
    assert page.url.endswith(MAPS[0])


@pytest.mark.parametrize("path", MAPS)
def test_the_map_is_whole_without_javascript(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)

    expect(page.locator("a.mark").first).to_be_visible()
    expect(page.locator(".maptab tbody tr").first).to_be_visible()
    expect(page.locator("[data-map-controls]")).to_be_hidden()
    expect(page.locator("[data-map-filter]")).to_be_hidden()
    page.locator("a.mark").first.click()
    expect(page.locator("h1")).to_be_visible()

    assert path not in page.url
    context.close()


def test_only_a_page_with_a_map_loads_the_map_s_script(address: str) -> None:
    assert b"js/map." in _fetched(address + MAPS[0])
    assert b"js/map." not in _fetched(address + CUTS[0])


def _open(page: Page, address: str, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    page.evaluate("() => document.fonts.ready")


def _fetched(address: str) -> bytes:
    with urlopen(address) as answer:  # noqa: S310 - the tests' own server
        content: bytes = answer.read()
        return content


def _number(mark: Locator) -> str | None:
    return mark.locator("text").text_content()


def _each(found: Locator) -> list[Locator]:
    return found.all()


def _meet(one: Box, two: Box) -> bool:
    """Tell whether two words touch; the boxes of letters have some air above and below."""
    air = (one[4] - one[2]) * 0.2
    across = one[1] < two[3] - 0.5 and two[1] < one[3] - 0.5
    return across and one[2] + air < two[4] - air and two[2] + air < one[4] - air

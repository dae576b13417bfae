"""Pictures as large as the screen: by keyboard, by finger, by the way back, and without scripts."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Serve
from tests.browser.test_access import found
from tests.copies import Copy

CAKE, TEA = "mon/banh-la-vi-du/", "mon/tra-sen-ba-kin/"
ENGLISH_CAKE, MAKER = "en/goods/banh-la-vi-du/", "nguoi-lam/htx-vi-du/"
SLIDE = "track => Math.round(track.scrollLeft / track.clientWidth)"
PHOTOS = """\
  - file: dung.jpg
    alt: {vi: Chồng bánh đứng, en: A stack of cakes}
    credit: {vi: Ảnh ghép, en: A montage}
  - file: ngang.jpg
    alt: {vi: Hàng bánh nằm ngang}
"""
MAKER_S = """\
photos:
  - {file: xuong.jpg, alt: {vi: Xưởng bánh, en: The bakery}}
"""
NEIGHBOUR = "nguoi-lam/ho-ong-mau/"
NEIGHBOUR_S = "photos:\n" + "".join(
    f"  - {{file: {each}.jpg, alt: {{vi: Sân nhà}}, credit: {{vi: Ảnh của xã}}, licence: MIT}}\n"
    for each in ("dung", "ngang", "vuong")
)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return the address of a village: its cake has four pictures, its makers have one and three.

    The three are all by the same hand.
    """
    folder = tmp_path_factory.mktemp("gallery")
    copy = Copy(folder)
    cake, maker = "content/products/banh-la-vi-du", "content/producers/htx-vi-du"
    text = copy.read(f"{cake}/product.yaml")
    copy.write(f"{cake}/product.yaml", text.replace("video: ", f"{PHOTOS}video: "))
    copy.write(f"{cake}/dung.jpg", _photo(900, 1500))
    copy.write(f"{cake}/ngang.jpg", _photo(1700, 700))
    copy.write(f"{maker}.yaml", copy.read(f"{maker}.yaml") + MAKER_S)
    copy.write(f"{maker}/xuong.jpg", _photo(800, 600))
    neighbour = "content/producers/ho-ong-mau"
    copy.write(f"{neighbour}.yaml", copy.read(f"{neighbour}.yaml") + NEIGHBOUR_S)
    for name, size in (("dung", (900, 1500)), ("ngang", (1700, 700)), ("vuong", (900, 900))):
        copy.write(f"{neighbour}/{name}.jpg", _photo(*size))
    site = copy.site()
    for path, content in site.contents().items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_bytes(content)
    return serve(folder / "site", "/ocop/")


@pytest.fixture
def finger(browser: Browser) -> Iterator[Page]:
    """Return an empty page of a telephone."""
    with browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}
    ) as context:
        yield context.new_page()


def test_a_picture_opens_and_says_which_it_is(page: Page, village: str) -> None:
    page.goto(village + CAKE)

    page.locator("figure.hero a.opens").click()

    viewer = page.get_by_role("dialog")
    expect(viewer).to_be_visible()
    expect(viewer.locator(".viewer-count")).to_have_text("1 / 4")
    expect(viewer.locator(".viewer-caption")).to_contain_text("Một khay bánh lá mới hấp")
    expect(viewer.locator(".viewer-caption")).to_contain_text("Ảnh do máy vẽ cho bài thử")


def test_the_arrows_home_and_end_lead_through_all_pictures(page: Page, village: str) -> None:
    page.goto(village + CAKE)
    page.locator("a.opens").nth(1).press("Enter")
    count = page.locator(".viewer-count")
    seen = [count.inner_text()]

    for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(count.inner_text())

    assert [each[0] for each in seen] == ["2", "3", "4", "4", "3", "1", "1"]
    assert _shown(page) == 0


def test_the_buttons_lead_on_and_tell_where_they_end(page: Page, village: str) -> None:
    page.goto(village + CAKE)
    page.locator("a.opens").nth(2).click()
    back, on = page.locator(".viewer-back"), page.locator(".viewer-next")
    expect(on).to_have_attribute("aria-disabled", "false")

    on.click()

    expect(page.locator(".viewer-count")).to_have_text("4 / 4")
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(back).to_have_attribute("aria-disabled", "false")
    assert _shown(page) == 3


def test_a_finger_draws_the_next_picture_in(finger: Page, village: str) -> None:
    finger.goto(village + CAKE)
    finger.locator("figure.hero a.opens").tap()
    expect(finger.locator(".viewer-count")).to_have_text("1 / 4")

    _touch(finger, [[(x, 370)] for x in range(300, 40, -25)])

    expect(finger.locator(".viewer-count")).to_have_text("2 / 4")
    _until(finger, "document.querySelector('.viewer-track').scrollLeft === 360")


def test_fingers_may_still_enlarge_a_picture(finger: Page, village: str) -> None:
    finger.goto(village + CAKE)
    finger.locator("figure.hero a.opens").tap()

    _touch(finger, [[(180 - far, 370), (180 + far, 370)] for far in range(10, 150, 14)])

    _until(finger, "visualViewport.scale > 1.5")


@pytest.mark.parametrize("way", ["Escape", "button", "back"])
def test_every_way_out_leads_to_the_picture_it_came_from(
    page: Page, village: str, way: str
) -> None:
    page.goto(village + CAKE)
    address, before = page.url, page.evaluate("history.length")
    page.locator("a.opens").nth(1).click()
    page.keyboard.press("End")

    if way == "back":
        page.go_back()
    elif way == "button":
        page.locator(".viewer-close").click()
    else:
        page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("a.opens").nth(1)).to_be_focused()
    _until(page, "history.state === null")
    assert (page.url, page.evaluate("history.length")) == (address, before + 1)


def test_the_focus_stays_inside(page: Page, village: str) -> None:
    page.goto(village + CAKE)
    page.locator("figure.hero a.opens").click()
    inside = (
        "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
    )

    stayed = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stayed.append(page.evaluate(inside))

    assert all(stayed)


def test_one_picture_has_no_arrows(page: Page, village: str) -> None:
    page.goto(village + MAKER)

    page.locator("a.opens").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(
        page.locator(".viewer-back, .viewer-next, .viewer-count").locator("visible=true")
    ).to_have_count(0)
    page.keyboard.press("ArrowRight")
    assert _shown(page) == 0


@pytest.mark.parametrize("width", [360, 768, 1366])
def test_pictures_of_all_shapes_leave_no_hole(page: Page, village: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(village + NEIGHBOUR)

    first, second, third = (
        each.evaluate("each => JSON.parse(JSON.stringify(each.getBoundingClientRect()))")
        for each in page.locator(".gallery a").all()
    )

    assert (second["top"], second["bottom"]) == (third["top"], third["bottom"])
    # The first one has a row of its own, or half of the only one.
    assert first["right"] == third["right"] or first["bottom"] == second["bottom"]


def test_a_credit_that_all_share_is_told_once_and_in_the_view(page: Page, village: str) -> None:
    page.goto(village + NEIGHBOUR)
    expect(page.get_by_text("Ảnh của xã (MIT)")).to_have_count(1)

    page.locator(".gallery a").nth(1).click()

    expect(page.locator(".viewer-caption")).to_contain_text("Ảnh của xã (MIT)")


def test_a_drawing_says_that_it_is_none_of_the_product_and_does_not_open(
    page: Page, village: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(village + TEA)

    expect(page.locator("figure.hero figcaption")).to_contain_text("chưa có ảnh sản phẩm")
    expect(page.locator("figure.hero img.plate")).to_have_attribute("alt", "")
    expect(page.locator("a.opens, dialog")).to_have_count(0)
    assert not [each for each in asked if "gallery" in each]


def test_without_scripts_each_picture_leads_to_its_largest_file(
    browser: Browser, village: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(village + CAKE)
        widths = []
        for link in page.locator("a.opens").all():
            address = link.evaluate("each => each.href")
            answer = context.request.get(address)
            widths.append(Image.open(io.BytesIO(answer.body())).width)

        page.locator("a.opens").first.click()

        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.url.endswith("300.webp")
    assert sorted(widths) == [300, 300, 900, 1600]


def test_only_what_comes_near_is_fetched_in_the_size_that_it_needs(
    browser: Browser, village: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page, asked = context.new_page(), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(village + CAKE)
        page.locator("figure.hero a.opens").click()
        page.keyboard.press("End")
        _until(page, "[...document.querySelectorAll('.viewer img')].at(-1).naturalWidth > 0")
        sizes = [each.rpartition("/")[2] for each in asked if each.endswith(".webp")]

    assert "1600.webp" not in sizes
    assert "520.webp" in sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [CAKE, ENGLISH_CAKE])
def test_axe_finds_nothing_in_the_open_view(
    page: Page, village: str, path: str, scheme: str
) -> None:
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page.goto(village + path)
    page.locator("a.opens").nth(2).click()

    assert found(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off_on_any_screen(page: Page, village: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(village + CAKE)
    page.locator("figure.hero a.opens").click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")

    for part in (".viewer-close", ".viewer-back", ".viewer-next", ".viewer-caption"):
        box = page.locator(part).bounding_box()
        assert box, part
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= width, part
        assert box["y"] + box["height"] <= 640, part
    picture = page.locator(".viewer-track img").nth(2).bounding_box()
    track = page.locator(".viewer-track").bounding_box()
    assert picture
    assert track
    assert picture["height"] <= track["height"] + 1
    assert picture["height"] / picture["width"] == pytest.approx(1500 / 900, rel=0.01)


def _shown(page: Page) -> int:
    """Return which slide stands in the view."""
    return int(page.locator(".viewer-track").evaluate(SLIDE))


def _touch(page: Page, moves: list[list[tuple[int, int]]]) -> None:
    """Lay fingers on *page*, draw them along *moves* and lift them."""
    session = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(moves) - 1), "touchEnd"]
    for kind, places in zip(kinds, [*moves, []], strict=True):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _until(page: Page, expression: str) -> None:
    """Wait until *expression* is true; Playwright's own way to wait breaks the policy."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def _photo(width: int, height: int) -> bytes:
    """Return a photo in which no two rows are alike."""
    file = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG")
    return file.getvalue()

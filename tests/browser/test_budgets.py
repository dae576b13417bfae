"""What a page may cost a phone: requests, bytes, and not one line that moves while it loads."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from tests.browser.kinds import KINDS, PRODUCT, SEARCHES

PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1280, "height": 900}
DENSITY = 2
MOST_REQUESTS, MOST_BYTES = 14, 150_000
"""For the first screen of a product page."""
MOST_STYLE, MOST_SCRIPT = 15_000, 20_000
"""For all style sheets, and for all scripts but Pagefind's, each compressed by gzip."""
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""Milliseconds, and bytes a second: the line on which Lighthouse measures."""
WATCH = """() => {
  window.seen = { shifts: [], largest: null };
  const watch = (type, note) => {
    const watcher = new PerformanceObserver((list) => list.getEntries().forEach(note));
    watcher.observe({ type, buffered: true });
  };
  const name = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 90);
  watch("layout-shift", ({ value, hadRecentInput, sources }) => {
    if (!hadRecentInput) seen.shifts.push([value, ...sources.map(name)].join(" "));
  });
  watch("largest-contentful-paint", ({ element }) => (seen.largest = element));
}"""
PAGE_AND_TYPE_ARE_THERE = """() => {
  if (document.readyState === "loading") return false;
  const came = performance.getEntriesByType("resource").map(({ name }) => name);
  const asked = [...document.querySelectorAll("link[as=font]")].map(({ href }) => href);
  return asked.length > 0 && asked.every((font) => came.includes(font));
}"""
STILL = """async () => {
  await document.fonts.ready;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (const y of [innerHeight, document.body.scrollHeight, 0]) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
    await frame();
  }
}"""
LATER = """() => {
  const below = ({ top }) => top > innerHeight;
  const lazy = [...document.querySelectorAll("img[loading=lazy]")];
  return lazy.filter((img) => below(img.getBoundingClientRect())).map((img) => img.currentSrc);
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return an empty page on a phone with nothing in its cache, which notes what moves."""
    with browser.new_context(viewport=PHONE, device_scale_factor=DENSITY) as context:
        page = context.new_page()
        page.add_init_script(f"({WATCH})()")
        yield page


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[Page]:
    """Return a page that notes what moves, and in which styles come after the typefaces."""
    with browser.new_context(device_scale_factor=DENSITY) as context:
        page = context.new_page()
        page.add_init_script(f"({WATCH})()")
        page.route("**/*.css", _last)
        yield page


@pytest.mark.parametrize("path", PRODUCT)
def test_the_first_screen_of_a_product_is_light(phone: Page, address: str, path: str) -> None:
    weights = _weights(phone)
    phone.goto(address + path, wait_until="networkidle")
    later = phone.evaluate(LATER)

    first = {url: weight for url, weight in weights.items() if url not in later}

    assert len(first) <= MOST_REQUESTS, first
    assert sum(first.values()) <= MOST_BYTES, first


@pytest.mark.parametrize("path", PRODUCT)
def test_the_photo_of_a_product_is_its_largest_paint_and_no_larger_than_needed(
    phone: Page, address: str, path: str
) -> None:
    phone.goto(address + path, wait_until="load")
    hero = phone.locator("figure.hero img.plate")
    needed = _narrowest(phone.locator("figure.hero source").first, PHONE["width"] * DENSITY)

    chosen = hero.evaluate("async (img) => { await img.decode(); return img.currentSrc; }")

    assert f"/{needed}." in chosen
    assert hero.get_attribute("fetchpriority") == "high"
    assert hero.get_attribute("loading") is None
    phone.wait_for_function("seen.largest === document.querySelector('figure.hero img.plate')")


@pytest.mark.parametrize(("width", "density"), [(360, 2), (412, 1.75), (390, 3)])
def test_the_photos_of_cards_are_no_larger_than_needed(
    browser: Browser, address: str, width: int, density: float
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 780}, device_scale_factor=density
    ) as context:
        page = context.new_page()
        page.goto(address + "san-pham/")
        shown = page.locator(".card img").first
        chosen = shown.evaluate("async (img) => { await img.decode(); return img.currentSrc; }")
        pixels = shown.evaluate("(img) => img.clientWidth") * density
        needed = _narrowest(page.locator(".card source").first, pixels)

    assert f"/{needed}." in chosen


def test_photos_far_below_cost_a_phone_nothing_until_one_comes_near(
    browser: Browser, address: str
) -> None:
    shown = "(img) => img.checkVisibility({ contentVisibilityAuto: true })"
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.add_init_script(f"({WATCH})()")
        page.goto(address + "san-pham/", wait_until="networkidle")
        photos = page.locator(".card picture img")
        at_first = [each.evaluate(shown) for each in (photos.first, photos.last)]
        asked_for = photos.last.evaluate("(img) => img.currentSrc")

        page.evaluate(STILL)
        photos.last.scroll_into_view_if_needed()
        page.wait_for_function(
            f"(img) => img.naturalWidth > 0 && ({shown})(img)", arg=photos.last.element_handle()
        )

        assert (at_first, asked_for) == ([True, False], "")
        assert page.evaluate("seen.shifts") == []


def test_the_heading_of_the_first_page_comes_before_its_pictures_and_scripts(
    phone: Page, address: str
) -> None:
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    ranks = dict[str, str]()
    line.on(
        "Network.requestWillBeSent",
        lambda told: ranks.update({told["request"]["url"]: told["request"]["initialPriority"]}),
    )

    phone.goto(address, wait_until="networkidle")
    phone.evaluate(STILL)
    wall = phone.locator(".wall img").evaluate_all("all => all.map((img) => img.currentSrc)")
    modules = phone.locator("script[type=module]").evaluate_all("all => all.map(({src}) => src)")

    assert len(wall) > 1
    assert {ranks[each] for each in [*wall, *modules]} == {"Low"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[1])
def test_nothing_moves_while_a_page_loads(calm: Page, address: str, kind: tuple[str, str]) -> None:
    for path, size in zip(kind, (PHONE, DESK), strict=True):
        calm.set_viewport_size(size)
        # A busy machine may paint once before it has decoded a typeface that has come.
        assert any(_shifts(calm, address + path) == [] for _ in range(3)), path


@pytest.mark.parametrize("path", ["", PRODUCT[1], *SEARCHES, "404.html"])
def test_nothing_moves_on_a_slow_line_either(browser: Browser, address: str, path: str) -> None:
    # A busy machine may paint an answer in two parts; twice in a row it is the page's own doing.
    shifts = _shifts_on_a_slow_line(browser, address + path)

    assert (shifts and _shifts_on_a_slow_line(browser, address + path)) == []


def _shifts_on_a_slow_line(browser: Browser, address: str) -> list[str]:
    with browser.new_context(viewport=PHONE, device_scale_factor=DENSITY) as context:
        page = context.new_page()
        page.add_init_script(f"({WATCH})()")
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_LINE)
        page.goto(address, wait_until="networkidle")
        page.evaluate(STILL)
        shifts: list[str] = page.evaluate("seen.shifts")
        return shifts


@pytest.mark.parametrize("path", SEARCHES, ids=["vi", "en"])
def test_nothing_moves_but_what_was_typed_for(calm: Page, address: str, path: str) -> None:
    page, typed = path.split("?q=")
    calm.set_viewport_size(PHONE)
    calm.goto(address + page)
    calm.evaluate(STILL)
    calm.evaluate("seen.shifts.length = 0")  # what moves while a page loads is told above

    calm.locator("#q").press_sequentially(typed, delay=30)
    expect(calm.locator("[data-find-results] a").first).to_be_visible()
    # The stories come after half a second, when a browser no longer blames the keys.
    calm.wait_for_load_state("networkidle")
    calm.evaluate(STILL)

    assert calm.evaluate("seen.shifts") == []


def test_the_style_sheets_and_scripts_of_the_site_are_small(example: Path) -> None:
    site = example / "site"
    # What lies in search/ is Pagefind's, which only a search fetches.
    scripts = [path for path in site.rglob("*.js") if site / "search" not in path.parents]

    style = sum(len(gzip.compress(path.read_bytes())) for path in site.rglob("*.css"))
    script = sum(len(gzip.compress(path.read_bytes())) for path in scripts)

    assert 0 < style < MOST_STYLE
    assert 0 < script < MOST_SCRIPT


def _narrowest(source: Locator, pixels: float) -> int:
    """Return the least of the widths that *source* offers which is not below *pixels*."""
    widths = re.findall(r" (\d+)w", source.get_attribute("srcset") or "")
    return min(int(width) for width in widths if int(width) >= pixels)


def _shifts(phone: Page, address: str) -> list[str]:
    """Return what moves while the page at *address* loads."""
    phone.goto(address)
    phone.evaluate(STILL)
    shifts: list[str] = phone.evaluate("seen.shifts")
    return shifts


def _last(route: Route) -> None:
    """Send what was asked for after the page and the typefaces.

    So it is on a slow line; over the loopback, a busy browser may draw half a page before.
    """
    route.request.frame.page.wait_for_function(PAGE_AND_TYPE_ARE_THERE, polling=20)
    route.continue_()


def _weights(page: Page) -> dict[str, int]:
    """Return a table that fills with what *page* fetches: bytes over the line, heads included."""
    urls, weights = dict[str, str](), dict[str, int]()
    session = page.context.new_cdp_session(page)
    session.on(
        "Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: weights.update({urls[e["requestId"]]: int(e["encodedDataLength"])}),
    )
    session.send("Network.enable")
    return weights

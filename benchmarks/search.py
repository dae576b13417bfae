"""Time how soon the first result of a search stands on the screen, in a real browser.

    python -m benchmarks.search SITE [PRODUCTS [SLOWER]]

SITE is a finished site, best one of benchmarks/catalogue.py. Its catalogue file is lengthened to
PRODUCTS (as they are), and the browser's processor is SLOWER times slower (4), as on a cheap phone.
Milliseconds are from the last key until a result stands in the document, and until the frame that
shows it, and what else was to be done by then, is through; the file has been read before.
"""

import gzip
import json
import statistics
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import SiteServer

QUERIES = (
    "mật ong", "mat ong", "hat dieu rang", "ca phe vi gung", "buoi say deo 14", "cacao",
    "hoa binh", "tan phu", "Honey", "banh trang truyen thong", "mt ong", "hat dieu rnag",
)  # fmt: skip
PAUSE = 120
"""Between two keys, in milliseconds: every one is answered."""
WATCH = """() => {
  const found = document.querySelector("[data-find-results]");
  window.timed = {};
  addEventListener("input", () => { timed = { key: performance.now() }; }, true);
  new MutationObserver(() => {
    const { key, shown } = timed;
    if (!key || shown || !found.querySelector("a")) return;
    timed.shown = performance.now() - key;
    // The message comes when the frame with the results has been painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { timed.took ??= performance.now() - key; };
      port2.postMessage("");
    });
  }).observe(found, { childList: true, subtree: true });
}"""
TOOK = "() => timed.took && [timed.shown, timed.took]"


def lengthened(catalogue: dict[str, Any], count: int) -> dict[str, Any]:
    """Return *catalogue* with *count* products: those that it has, under other numbers."""
    products = catalogue["products"]
    given = len(products["name"])

    def column(values: Any) -> Any:  # noqa: ANN401 - a list, or lists by language
        if isinstance(values, dict):
            return {key: column(each) for key, each in values.items()}
        return list(islice(cycle(values), count))

    longer = {key: column(values) for key, values in products.items()}
    longer["name"] = [
        f"{name.rstrip('0123456789')}{at}" if at >= given else name
        for at, name in enumerate(longer["name"])
    ]
    return {**catalogue, "products": longer}


def measure(site: Path, count: int | None, slower: float) -> None:
    """Print how long each query takes."""
    (path,) = site.glob("search/catalogue.vi.*.json")
    catalogue = json.loads(path.read_text("utf-8"))
    if count:
        catalogue = lengthened(catalogue, count)
    body = json.dumps(catalogue, ensure_ascii=False, separators=(",", ":")).encode()
    print(
        f"{len(catalogue['products']['name'])} products: {len(gzip.compress(body))} bytes by gzip"
    )

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    with SiteServer(site) as server, sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 360, "height": 780}, service_workers="block")
        page.route(f"**/{path.name}", answer)
        page.goto(f"{server.address}tim-kiem/?q=ong")
        page.locator("[data-find-results] a").first.wait_for(timeout=120_000)
        page.evaluate(WATCH)
        line = page.context.new_cdp_session(page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        times = [_time(page, query) for query in QUERIES]
    for name, column in zip(("there", "seen"), zip(*times, strict=True), strict=True):
        print(f"{name}: median {statistics.median(column):.0f} ms, worst {max(column):.0f} ms")


def _time(page: Page, query: str) -> tuple[float, float]:
    page.fill("#q", "")
    page.wait_for_timeout(500)
    page.locator("#q").press_sequentially(query, delay=PAUSE)
    page.wait_for_function(TOOK, timeout=20_000)
    there, seen = page.evaluate(TOOK)
    print(f"{there:6.0f} {seen:6.0f}  {query}")
    return there, seen


if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    numbers = [float(each) for each in rest]
    slowed = numbers[1] if len(numbers) > 1 else 4
    measure(Path(folder), int(numbers[0]) if numbers else None, slowed)

"""No attack on the catalogue runs in a browser, though nothing there forbids it to."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Route

from ocopgen.pages.hosting import type_of

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
HOST = "http://catalogue.test"
POKED = """
() => {
  for (const each of document.querySelectorAll("a, button, summary, img, [tabindex]")) {
    for (const kind of ["mouseover", "focus", "mouseenter"]) each.dispatchEvent(new Event(kind));
  }
  return window.pwned === undefined;
}
"""
"""Does to each place what a reader may do to it, and tells whether nothing has run."""


class Watched:
    """A page of a site without any policy, and what happened there that must not."""

    def __init__(self, page: Page, site: Path) -> None:
        """Answer *page* out of the folder *site*."""
        self.page, self.site = page, site
        self.happened: list[str] = []
        page.route("**/*", self._answer)
        page.on("dialog", self._note_dialog)
        page.on("pageerror", lambda error: self.happened.append(f"error: {error}"))
        page.on("request", self._note_request)
        page.on("popup", lambda popup: self.happened.append(f"window: {popup.url}"))

    def look_at(self, path: str) -> None:
        """Open the page at *path*, and poke at it."""
        self.page.goto(f"{HOST}/ocop/{path}", wait_until="load")
        if not self.page.evaluate(POKED):
            self.happened.append(f"ran: {path}")
        if not self.page.url.startswith(f"{HOST}/ocop/"):
            self.happened.append(f"led from {path} to {self.page.url}")

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        path = self.site / url.path.removeprefix("/ocop/")
        path = path / "index.html" if url.path.endswith("/") else path
        if f"{url.scheme}://{url.netloc}" != HOST or not path.is_file():
            self.happened.append(f"asked for {route.request.url}")
            route.fulfill(status=404, body="")
            return
        content = path.read_bytes()
        if path.suffix == ".html":
            content = POLICY.sub("", content.decode()).encode()
        route.fulfill(body=content, content_type=type_of(path.name))

    def _note_dialog(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((HOST, "data:", "blob:")):
            self.happened.append(f"asked for {request.url}")


@pytest.fixture
def watched(browser: Browser, stormed: Path) -> Iterator[Watched]:
    """Return a watched page of the site that was attacked."""
    with browser.new_context(service_workers="block", locale="vi-VN") as context:
        yield Watched(context.new_page(), stormed)


def test_nothing_runs_on_any_page_of_the_site(watched: Watched, stormed: Path) -> None:
    paths = sorted(path.relative_to(stormed).as_posix() for path in stormed.rglob("*.html"))
    kinds = {path.rsplit("/", 2)[0]: path for path in paths if "thu-" not in path}
    attacked = [path for path in paths if "thu-" in path and not path.startswith("en/")]
    shown = [*kinds.values(), *attacked]
    for path in shown:
        watched.look_at(path.removesuffix("index.html"))

    assert len(shown) > 120
    assert watched.happened == []


@pytest.mark.parametrize("asked", ["<script>pwned=1</script>", '"><img src=x onerror=pwned=1>'])
def test_nothing_runs_that_was_searched_for(watched: Watched, asked: str) -> None:
    watched.look_at("tim/")
    watched.page.locator("input[type=search]").first.fill(asked)
    watched.page.wait_for_timeout(500)
    watched.page.locator("input[type=search]").first.fill("script")
    watched.page.wait_for_timeout(500)

    assert watched.page.locator("main a", has_text="<script>").count() > 0
    assert watched.page.evaluate(POKED)
    assert watched.happened == []


def test_a_watched_page_notes_what_runs(watched: Watched, tmp_path: Path) -> None:
    hurt = tmp_path / "hurt.html"
    hurt.write_text(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        "<script>alert(1);window.pwned=1</script><img src=https://evil.example/x>"
    )
    watched.site = tmp_path

    watched.look_at("hurt.html")

    assert {each.split(" ")[0] for each in watched.happened} == {"dialog:", "ran:", "asked"}

"""No attack on the catalogue runs in a browser, though nothing there forbids it to."""

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Response

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
BASE = "ocop"
"""Where the village's site stands on its host."""
TOGETHER = 8
"""Pages that one page shows in frames: opened one by one they would take three times as long."""
POKED = """
() => {
  for (const each of document.querySelectorAll("a, button, summary, img, [tabindex]")) {
    for (const kind of ["mouseover", "focus", "mouseenter"]) each.dispatchEvent(new Event(kind));
  }
  return window.pwned === undefined;
}
"""
"""Does to each place what a reader may do to it, and tells whether nothing has run."""


class _Lax(SimpleHTTPRequestHandler):
    """Answers without any policy, as the laxest host would."""

    def end_headers(self) -> None:
        """Let a browser keep what it has."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Watched:
    """A page of a site without any policy, and what happened there that must not."""

    def __init__(self, page: Page, address: str) -> None:
        """Watch *page*, which shows the site at *address*."""
        self.page, self.address = page, address
        self.happened: list[str] = []
        page.on("dialog", self._note_dialog)
        page.on("pageerror", lambda error: self.happened.append(f"error: {error}"))
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        page.on("popup", lambda popup: self.happened.append(f"window: {popup.url}"))

    def look_at(self, *paths: str) -> None:
        """Open the pages at *paths* together, and poke at each."""
        frames = "".join(f'<iframe src="{self.address}{path}"></iframe>' for path in paths)
        self.page.goto(f"{self.address}robots.txt")
        self.page.set_content(frames, wait_until="load")
        shown = {frame.url for frame in self.page.frames}
        for frame in self.page.frames:
            if not frame.evaluate(POKED):
                self.happened.append(f"ran: {frame.url}")
        self.happened += [f"left: {path}" for path in paths if f"{self.address}{path}" not in shown]

    def _note_dialog(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.happened.append(f"asked: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("favicon.ico"):
            self.happened.append(f"missed: {response.url}")


@pytest.fixture(scope="module")
def lax(stormed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return the site that was attacked without the policies of its pages, and its address."""
    root = tmp_path_factory.mktemp("lax")
    site = root / BASE
    shutil.copytree(stormed, site)
    for path in site.rglob("*.html"):
        bare, times = POLICY.subn("", path.read_text("utf-8"))
        assert times == 1
        path.write_text(bare, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Lax, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site, f"http://127.0.0.1:{server.server_port}/{BASE}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def watched(browser: Browser, lax: tuple[Path, str]) -> Iterator[Watched]:
    """Return a watched page of the site that was attacked."""
    with browser.new_context(service_workers="block", locale="vi-VN") as context:
        yield Watched(context.new_page(), lax[1])


def test_nothing_runs_on_any_page_of_the_site(watched: Watched, lax: tuple[Path, str]) -> None:
    pages = sorted(path.relative_to(lax[0]).as_posix() for path in lax[0].rglob("*.html"))
    pages = [path.removesuffix("index.html") for path in pages if not path.startswith("en/thu")]
    kinds = {path.rsplit("/", 2)[0]: path for path in pages if "thu-" not in path}
    attacked = [path for path in pages if "thu-" in path and not path.startswith("en/")]
    shown = [*kinds.values(), *attacked]
    for first in range(0, len(shown), TOGETHER):
        watched.look_at(*shown[first : first + TOGETHER])

    assert len(shown) > 120
    assert watched.happened == []


def test_nothing_runs_that_was_searched_for(watched: Watched) -> None:
    page = watched.page
    page.goto(watched.address)
    page.locator("#q").fill("script pwned")
    page.locator("[role=option]", has_text="<script>").first.wait_for()
    ran = not page.evaluate(POKED)
    page.goto(f"{watched.address}tim/?q=%3Cscript%3Epwned%3D1%3C/script%3E%22%3E%3Cimg+src=x%3E")
    page.locator("#q").fill("<script>pwned=1</script>")
    page.locator("[data-find-results] a", has_text="<script>").first.wait_for()
    ran |= not page.evaluate(POKED)

    assert not ran
    assert watched.happened == []


def test_a_watched_page_notes_what_runs(watched: Watched, lax: tuple[Path, str]) -> None:
    (lax[0] / "hurt.html").write_text(
        "<script>alert(1);window.pwned=1</script><img src=x><img src=http://127.0.0.1:9/x>"
    )

    watched.look_at("hurt.html")

    noted = {each.split(" ")[0] for each in watched.happened}
    assert noted == {"dialog:", "ran:", "asked:", "missed:"}

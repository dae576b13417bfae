"""A real browser, a strict server and the finished catalogue, for the tests beside this file.

A machine without a browser fails these tests: to skip them would be to promise unseen pages.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import SiteServer

SCREEN: ViewportSize = {"width": 360, "height": 800}


class Serve(Protocol):
    """Serve *folder* at *path*, and return the address of its first page."""

    def __call__(self, folder: Path, path: str = "/") -> str: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one browser for the whole session."""
    with sync_playwright() as playwright, launch(playwright) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page; the test fails when its pages complained or left this machine."""
    complaints = list[str]()
    opened = _open(browser, complaints)
    yield opened
    opened.context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def _looked_at(browser: Browser) -> tuple[Page, list[str]]:
    complaints = list[str]()
    return _open(browser, complaints), complaints


@pytest.fixture
def look(_looked_at: tuple[Page, list[str]]) -> Iterator[Page]:
    """Return a page that tests share: one of their own takes three times as long.

    Whoever leaves in it what cannot be taken back (scripts, listeners) asks for `page`.
    """
    opened, complaints = _looked_at
    complaints.clear()
    opened.set_viewport_size(SCREEN)
    opened.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    yield opened
    opened.unroute_all()
    if opened.url.startswith("http"):
        opened.evaluate("localStorage.clear()")
    assert complaints == []


@pytest.fixture(scope="session")
def plain_page(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser that runs no scripts."""
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return how to serve a folder until the session ends."""
    with ExitStack() as servers:

        def serve(folder: Path, path: str = "/") -> str:
            return servers.enter_context(SiteServer(folder, path)).address

        yield serve


@pytest.fixture(scope="session")
def address(example: Path, serve: Serve) -> str:
    """Return the address of the example catalogue."""
    return serve(example / "site")


def _open(browser: Browser, complaints: list[str]) -> Page:
    """Return an empty page that notes its complaints."""
    # What a worker fetches, no test could refuse; those of test_offline.py have pages of their own.
    context = browser.new_context(locale="vi-VN", viewport=SCREEN, service_workers="block")
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: _note(complaints, said.type, said.text))
    opened.on("request", lambda request: _note_stranger(complaints, request.url))
    return opened


def _note(complaints: list[str], kind: str, text: str) -> None:
    """Note a warning or an error; that a page was not found is the test's own affair."""
    expected = "404" in text or "registration blocked by Playwright" in text
    if kind in {"error", "warning"} and not expected:
        complaints.append(text)


def _note_stranger(complaints: list[str], url: str) -> None:
    """Note a request to another host: nothing is loaded from elsewhere, ever."""
    if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        complaints.append(f"asked another host for {url}")

"""What pages let a browser load and run: the site's own files, and nothing written into them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from ocopgen.pages.hosting import PAGE_POLICY

PLANTED = """
<style>body { color: rgb(1, 2, 3) }</style>
<p id="styled" style="color: rgb(1, 2, 3)">styled</p>
<script>window.ran = "inline"</script>
<script src="data:text/javascript,window.ran='data'"></script>
<img src="data:," onerror="window.ran = 'handler'">
<base href="/elsewhere/">
</body>
"""
REFUSED = {"script-src-elem", "style-src-elem", "style-src-attr", "img-src", "base-uri"}
NOTE = """
window.broken = [];
addEventListener("securitypolicyviolation", (breach) => broken.push(breach.effectiveDirective));
"""
LOADS = {"href": "link", "src": "", "srcset": "", "poster": "", "data": "object", "action": ""}
"""The attributes that make a browser load or send something, and of which element if not of any."""


class _Reader(HTMLParser):
    """Notes what a strict policy would refuse, and the policy that the page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(given["content"])
        told = given.get("type") == "application/ld+json"  # read by programs, run by nobody
        if tag == "style" or (tag == "script" and "src" not in given and not told):
            self.refused.append(f"<{tag}>")
        self.refused += [
            f"<{tag} {name}={value[:60]}>"
            for name, value in given.items()
            if name == "style" or name.startswith("on") or _leaves(tag, name, value, given)
        ]


def _leaves(tag: str, name: str, value: str, given: dict[str, str]) -> bool:
    """Return whether the attribute makes a browser ask something of another host."""
    if value.startswith("javascript:"):
        return True
    if LOADS.get(name, tag) not in {tag, ""} or name not in LOADS:
        return False
    names_only = tag == "link" and given.get("rel") in {"canonical", "alternate"}
    return not names_only and ("//" in value or value.startswith("data:"))


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """Return an empty page that may be told of breaches."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def pages(example: Path) -> dict[str, _Reader]:
    """Return what was read in each page of the example, by its path."""
    site = example / "site"
    return {path.relative_to(site).as_posix(): _read(path) for path in site.rglob("*.html")}


def test_no_page_holds_a_script_or_a_style_or_asks_another_host(pages: dict[str, _Reader]) -> None:
    refused = {path: page.refused for path, page in pages.items() if page.refused}

    assert len(pages) > 300
    assert refused == {}


def test_every_page_asks_for_the_policy_of_the_strictest_host(pages: dict[str, _Reader]) -> None:
    asked = {tuple(page.policies) for page in pages.values()}

    assert {(PAGE_POLICY,)} == asked


def test_what_is_planted_in_a_page_neither_runs_nor_shows(
    bare_page: Page, address: str, example: Path
) -> None:
    page = (example / "site" / "404.html").read_text("utf-8")
    # Without the host's header, so that the page's own policy is what refuses.
    bare_page.route("**/planted.html", lambda route: _planted(route, page))
    bare_page.add_init_script(NOTE)

    bare_page.goto(f"{address}planted.html", wait_until="networkidle")

    assert bare_page.evaluate("window.ran") is None
    assert bare_page.locator("#styled").evaluate("e => getComputedStyle(e).color") != "rgb(1, 2, 3)"
    assert bare_page.evaluate("document.baseURI") == f"{address}planted.html"
    assert set(bare_page.evaluate("window.broken")) >= REFUSED


def _planted(route: Route, page: str) -> None:
    route.fulfill(body=page.replace("</body>", PLANTED), content_type="text/html; charset=utf-8")


def _read(path: Path) -> _Reader:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader

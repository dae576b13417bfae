"""The preview in a real browser: only what changed is loaded again, faults lie over the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ocopgen.app.report import Explained
from ocopgen.app.server import serving
from ocopgen.app.shown import Complaint, Preview, Words
from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.store import Store

STYLES = {
    "a.css": b"h1 { color: rgb(1, 2, 3) } main { display: block; height: 5000px }",
    "b.css": b"h1 { color: rgb(4, 5, 6) } main { display: block; height: 5000px }",
}
FAULT = Explained(
    "phải là 3, 4 hoặc 5", "content/x.yaml:5:8", "  star: năm", "        ^", "gợi ý: sửa đi"
)
COMPLAINT = Complaint("Chưa dựng được", (FAULT,), "1 lỗi")


class Site:
    """A site of two pages, shown by a preview; *page* is what is looked at."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.preview = Preview(Store(folder), "/", Words("vi", "Đóng"))
        self.page = page
        self.show("Một", "a.css")

    def show(self, title: str, sheet: str, other: str = "") -> None:
        """Show a site with *title* on the one page and *other* on the other one."""
        head = '<!doctype html><html lang="vi"><title>t</title>'
        head += f'<link rel="stylesheet" href="/{sheet}">'
        files = {
            "index.html": f"{head}<body><main><h1>{title}</h1></main></body></html>".encode(),
            "other/index.html": f"{head}<body>{other}</body></html>".encode(),
            **STYLES,
        }
        for content in files.values():
            self.preview.store.put(digest_of_bytes(content), content)
        self.preview.show({path: digest_of_bytes(content) for path, content in files.items()})


@pytest.fixture
def site(browser: Browser, tmp_path: Path) -> Iterator[Site]:
    """Return a site whose first page is open, scrolled down, and knows if it is loaded again."""
    with browser.new_context(color_scheme="dark") as context:
        shown = Site(tmp_path, context.new_page())
        with serving(shown.preview, "127.0.0.1", 0) as port:
            with shown.page.expect_response(re.compile("events")):
                shown.page.goto(f"http://127.0.0.1:{port}/")
            shown.page.evaluate("() => { window.same = true; scrollTo(0, 1500); }")
            yield shown


def test_words_are_exchanged_where_they_stand(site: Site) -> None:
    for title in ("Hai", "Ba", "Một"):
        site.show(title, "a.css")

        expect(site.page.locator("h1")).to_have_text(title)
    assert site.page.evaluate("window.same") is True
    assert site.page.evaluate("scrollY") == 1500


def test_a_page_whose_build_changed_is_loaded_again_where_it_was_read(site: Site) -> None:
    for title in ("<a href=x>Một</a>", "Một<br>", '<b id="b">Một</b>', '<b id="c">Một</b>'):
        site.page.evaluate("() => { window.same = true; scrollTo(0, 1500); }")

        site.show(title, "a.css")

        site.page.wait_for_function("() => !window.same && document.readyState === 'complete'")
        assert site.page.locator("h1").inner_html() == title.replace("=x", '="x"')
        site.page.wait_for_function("() => scrollY === 1500")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<script>let a = 'Một'</script>", "<script>let a = 'Hai'</script>"),
        ("<template>Một</template>", "<template>Hai</template>"),
    ],
)
def test_what_scripts_go_by_asks_for_the_page_again(site: Site, one: str, other: str) -> None:
    site.show(one, "a.css")
    site.page.wait_for_function("() => !window.same && document.readyState === 'complete'")
    site.page.evaluate("() => { window.same = true }")

    site.show(other, "a.css")

    site.page.wait_for_function("() => !window.same && document.readyState === 'complete'")
    assert site.page.locator("h1").inner_html() == other


def test_words_that_a_script_put_in_the_place_of_others_ask_for_the_page_again(site: Site) -> None:
    site.page.evaluate("() => { document.querySelector('h1').firstChild.data = 'Của script' }")

    site.show("Hai", "a.css")

    expect(site.page.locator("h1")).to_have_text("Hai")
    assert site.page.evaluate("window.same") is None


def test_what_nobody_sees_is_exchanged_as_well(site: Site) -> None:
    head = (
        '<meta name="description" content="{0}"><script type="application/ld+json">"{0}"</script>'
    )
    site.show(head.format("Một"), "a.css")
    site.page.wait_for_function("() => !window.same && document.readyState === 'complete'")
    site.page.evaluate("() => { window.same = true }")

    site.show(head.format("Hai"), "a.css")

    expect(site.page.locator("meta")).to_have_attribute("content", "Hai")
    assert site.page.locator("script[type$=json]").text_content() == '"Hai"'
    assert site.page.evaluate("window.same") is True


def test_a_page_is_left_alone_when_another_one_changed(site: Site) -> None:
    site.show("Một", "a.css", other="new")
    site.preview.complain(COMPLAINT)

    expect(site.page.get_by_role("dialog")).to_be_visible()
    assert site.page.evaluate("window.same") is True


def test_a_style_sheet_is_exchanged_in_place(site: Site) -> None:
    site.show("Một", "b.css")

    expect(site.page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    expect(site.page.locator("link[rel=stylesheet]")).to_have_count(1)
    assert site.page.evaluate("window.same") is True


def test_words_and_colours_that_come_together_are_both_shown(site: Site) -> None:
    site.show("Hai", "b.css")

    expect(site.page.locator("h1")).to_have_text("Hai")
    expect(site.page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")


def test_a_fault_lies_over_the_page_until_it_is_mended(site: Site) -> None:
    box = site.page.get_by_role("dialog", name="Chưa dựng được")

    site.preview.complain(COMPLAINT)

    expect(box.get_by_role("listitem")).to_have_count(1)
    for said in (FAULT.place, FAULT.says, FAULT.mend, "1 lỗi"):
        expect(box.get_by_text(said)).to_be_visible()
    assert box.locator("pre").text_content() == f"{FAULT.line}\n{FAULT.caret}"
    site.show("Một", "a.css")
    expect(box).to_have_count(0)
    assert site.page.evaluate("window.same") is True


@pytest.mark.parametrize("way", ["Escape", "Đóng"])
def test_a_fault_that_was_read_goes_away(site: Site, way: str) -> None:
    site.preview.complain(COMPLAINT)
    box = site.page.get_by_role("dialog")
    expect(box).to_be_visible()

    if way == "Escape":
        site.page.keyboard.press(way)
    else:
        box.get_by_role("button", name=way).click()

    expect(box).to_be_hidden()

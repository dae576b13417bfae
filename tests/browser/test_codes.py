"""QR codes, read as a phone reads them: from paper, from a screen, and with a thumb on them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page
from pyzbar.pyzbar import ZBarSymbol, decode  # type: ignore[import-untyped]

BASE = "https://ocop.example/"
PAGES = (
    "san-pham/bot-ca-cao-3-trong-1/",
    "en/products/mat-ong-song-be/",
    "chu-the/ha-my/",
    "en/outlets/diem-ocop-buu-long/",
)
DPI = 300
COVERED = 0.2
"""The share of a code that a thumb hides in the corner that no reader looks for."""
SCALE = 6
"""Pixels of a module."""
QUIET = 4
"""Modules of white on each side of it."""
MODULES = """async () => {
  const answer = await fetch(document.querySelector(".qrbox img").src);
  return Number((await answer.text()).match(/viewBox="0 0 (\\d+)/)[1]);
}"""


@pytest.fixture
def page(look: Page) -> Page:
    """Return the page that tests share."""
    return look


def _read(picture: Image.Image) -> set[str]:
    return {each.data.decode() for each in decode(picture, symbols=[ZBarSymbol.QRCODE])}


def _seen(picture: Image.Image) -> set[str]:
    """Return what a phone reads, which looks many times and from more than one distance."""
    for tenths in (10, 8, 6):
        size = (picture.width * tenths // 10, picture.height * tenths // 10)
        if found := _read(picture.resize(size, Image.Resampling.BILINEAR)):
            return found
    return set()


def _drawn(svg: str) -> Image.Image:
    """Return the code that *svg* draws, from the runs of its path."""
    size, path = re.search(r'viewBox="0 0 (\d+) ', svg), re.search(r'stroke="#000" d="(.+?)"', svg)
    assert size
    assert path
    picture = Image.new("L", (int(size[1]), int(size[1])), 255)
    pen, x, y = ImageDraw.Draw(picture), 0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[1]):
        first, *rest = (float(each) for each in re.findall(r"-?\d*\.?\d+", numbers))
        if command == "h":
            pen.line((x, int(y), x + int(first) - 1, int(y)), 0)
            x += int(first)
        else:
            x, y = (int(first), rest[0]) if command == "M" else (x + int(first), y + rest[0])
    return picture.resize((picture.width * SCALE, picture.height * SCALE))


def _codes(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("qr.svg")):
        yield path.parent.relative_to(site).as_posix(), path.read_text("utf-8")


def test_every_code_leads_to_the_page_beside_it(example: Path) -> None:
    site = example / "site"
    read = {folder: _read(_drawn(svg)) for folder, svg in _codes(site)}

    assert {folder: {f"{BASE}{folder}/"} for folder in read} == read
    assert all((site / folder / "index.html").is_file() for folder in read)


@pytest.mark.parametrize(("across", "down"), [(1, 1), (0.5, 0.5), (1, 0.5), (0.5, 1)], ids=str)
def test_every_code_is_read_though_a_part_is_covered(
    example: Path, across: float, down: float
) -> None:
    unread = []
    for folder, svg in _codes(example / "site"):
        picture = _drawn(svg)
        quiet = QUIET * SCALE
        whole = picture.width - 2 * quiet
        side = whole * COVERED**0.5
        left, top = quiet + (whole - side) * across, quiet + (whole - side) * down
        ImageDraw.Draw(picture).rectangle((left, top, left + side, top + side), fill=120)
        if _seen(picture) != {f"{BASE}{folder}/"}:
            unread.append(folder)

    assert unread == []


def test_every_product_producer_and_outlet_has_a_code(example: Path) -> None:
    site = example / "site"
    kinds = ("san-pham", "chu-the", "diem-ban", "en/products", "en/producers", "en/outlets")
    pages = {path.parent for kind in kinds for path in (site / kind).glob("*/index.html")}
    paged = {path.relative_to(site).as_posix() for path in pages}

    assert paged == {folder for folder, _ in _codes(site)}


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_leads_a_phone_back(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = pypdfium2.PdfDocument(pdf)
    read = [_read(sheet.render(scale=DPI / 72).to_pil()) for sheet in sheets]

    assert {BASE + path} == set().union(*read)


@pytest.mark.parametrize("path", PAGES)
def test_no_sheet_of_a_printed_page_is_empty(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)]

    assert all(sheets)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_code_on_the_screen_is_read_though_a_part_is_covered(
    browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    # As sharp as the screens of phones are.
    with browser.new_context(device_scale_factor=3, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address + path)
        page.locator(".qrbox summary").click()
        code = page.locator(".qrbox img")
        code.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('.qrbox img').naturalWidth > 0")
        modules = page.evaluate(MODULES)
        picture = Image.open(io.BytesIO(code.screenshot())).convert("L")
    module = picture.width / modules
    end = picture.width - QUIET * module
    side = (modules - 2 * QUIET) * module * COVERED**0.5
    # Away from the three corners that every reader looks for; a thumb is neither black nor white.
    ImageDraw.Draw(picture).rectangle((end - side, end - side, end, end), fill=120)

    assert {BASE + path} == _seen(picture)

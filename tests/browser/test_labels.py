"""Labels: true to the millimetre, whatever a product is called, and only for what carries stars."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Page
from pyzbar.pyzbar import decode  # type: ignore[import-untyped]

from tests.app.commands import Said, run
from tests.copies import VILLAGE

MILLIMETRE = 96 / 25.4
SIZES = {"3x7": (63.5, 38.1), "2x7": (99.1, 38.1), "2x4": (99.1, 67.7)}
BOXES = """() => [...document.querySelectorAll(".label")].map((label) => {
  const box = label.getBoundingClientRect();
  const inside = [...label.querySelectorAll("svg.qr, svg.stars")].every((each) => {
    const own = each.getBoundingClientRect();
    return own.left >= box.left && own.right <= box.right + 0.1
      && own.top >= box.top && own.bottom <= box.bottom + 0.1;
  });
  const text = label.querySelector("div");
  return {
    wide: box.width, high: box.height, inside,
    fits: text.scrollWidth <= text.clientWidth + 1 && text.scrollHeight <= text.clientHeight + 1,
  };
})"""
DAY = ("--today", "2026-11-23")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return a copy of the village's content."""
    shutil.copytree(VILLAGE, tmp_path / "village")
    return tmp_path / "village"


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """Return a page for files that somebody opens from a folder of theirs."""
    with browser.new_context() as context:
        yield context.new_page()


def _labels(root: Path, *options: str) -> Said:
    return run(root, "labels", *DAY, *options)


@pytest.mark.parametrize("size", SIZES)
def test_labels_have_their_true_size_and_hold_what_is_on_them(
    paper: Page, village: Path, size: str
) -> None:
    _labels(village, "--size", size, "--out", "labels.html")
    paper.emulate_media(media="print")
    paper.goto((village / "labels.html").as_uri())
    boxes = paper.evaluate(BOXES)
    wide, high = SIZES[size]

    assert len(boxes) == 7
    for box in boxes:
        assert box["wide"] / MILLIMETRE == pytest.approx(wide, abs=0.2)
        assert box["high"] / MILLIMETRE == pytest.approx(high, abs=0.2)
        assert box["inside"]
        assert box["fits"]


@pytest.mark.parametrize(("size", "sheets"), [("3x7", 1), ("2x4", 1)])
def test_a_sheet_of_labels_is_a_sheet_of_paper(
    paper: Page, village: Path, size: str, sheets: int
) -> None:
    ran = _labels(village, "--size", size, "--lang", "en")
    paper.goto((village / "labels.html").as_uri())
    printed = pypdfium2.PdfDocument(paper.pdf(prefer_css_page_size=True, print_background=True))

    assert f"7 labels on {sheets} sheets" in ran.out
    assert len(printed) == sheets
    assert printed[0].get_size() == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=1)


def test_a_printed_label_leads_a_phone_to_its_product(paper: Page, village: Path) -> None:
    _labels(village, "--product", "banh-la-vi-du", "--product", "cha-ha-sao")
    paper.goto((village / "labels.html").as_uri())
    sheet = pypdfium2.PdfDocument(paper.pdf(prefer_css_page_size=True, print_background=True))[0]
    read = {each.data.decode() for each in decode(sheet.render(scale=300 / 72).to_pil())}

    assert read == {
        f"https://lang.example/ocop/mon/{id_}/" for id_ in ("banh-la-vi-du", "cha-ha-sao")
    }


def test_a_label_speaks_both_languages(village: Path) -> None:
    _labels(village, "--product", "banh-la-vi-du")
    text = (village / "labels.html").read_text("utf-8")

    for said in ("Bánh lá Ví Dụ", "Example leaf cake", "Còn hiệu lực đến 08/2028", "August 2028"):
        assert said in text


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("--producer", "htx-vi-du"), {"banh-la-vi-du", "keo-nam-tron", "gom-thu-nghiem"}),
        (("--outlet", "cho-lang"), {"banh-la-vi-du", "mat-ong-tuong-tuong"}),
        (("--event", "hoi-lang"), {"banh-la-vi-du"}),
        (("--star", "5"), {"banh-trang-ten-dai", "gom-thu-nghiem"}),
    ],
)
def test_labels_are_chosen_by_what_is_named(
    village: Path, chosen: tuple[str, str], expected: set[str]
) -> None:
    _labels(village, *chosen)
    text = (village / "labels.html").read_text("utf-8")

    assert {id_ for id_ in _ids(village) if f"/{id_}/" in text or f">{id_}<" in text} <= expected
    assert text.count('<article class="label">') == len(expected)


def _ids(village: Path) -> list[str]:
    return [path.name for path in (village / "content/products").iterdir()]


def test_what_lapsed_gets_no_label_and_is_named_with_the_reason(village: Path) -> None:
    ran = _labels(village, "--event", "hoi-cho-nam-ngoai", "--lang", "en")

    assert ran.status == 0
    assert "No label for “mam-khong-co-that”" in ran.err
    assert (village / "labels.html").read_text("utf-8").count('<article class="label">') == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--product", "banh-la-vi-d"), "perhaps you mean “banh-la-vi-du”"),
        (("--outlet", "cho-lag"), "perhaps you mean “cho-lang”"),
        (("--sheet",), "add --event"),
        (("--product", "non-la-mau"), "no product with stars"),
    ],
)
def test_a_wish_that_cannot_be_is_answered_with_a_remedy(
    village: Path, options: tuple[str, ...], told: str
) -> None:
    ran = _labels(village, *options, "--lang", "en")

    assert ran.status == 2
    assert told in ran.err
    assert not (village / "labels.html").exists()


def test_the_list_of_an_event_names_who_shows_what(village: Path) -> None:
    _labels(village, "--event", "hoi-cho-nam-ngoai", "--sheet", "--out", "bang.html")
    text = (village / "bang.html").read_text("utf-8")

    for said in ("Hội chợ làng; quà, bánh", "Village fair; gifts, cakes", "Bánh lá Ví Dụ"):
        assert said in text
    assert "Không kèm nhãn, vì chứng nhận không còn hiệu lực" in text

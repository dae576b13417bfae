"""Labels: true to the millimetre, whatever a product is called, and only for what carries stars."""

import re
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
BOXES = """async () => {
  await document.fonts.ready;
  const within = (own, box) => own.left >= box.left - 0.1 && own.right <= box.right + 0.1
    && own.top >= box.top - 0.1 && own.bottom <= box.bottom + 0.1;
  return [...document.querySelectorAll(".label")].map((label) => {
    const box = label.getBoundingClientRect();
    // Words that a style cuts off still have their lines, beyond what is seen of them.
    const cut = [...label.querySelectorAll("h2, p")].filter((each) => {
      const words = document.createRange();
      words.selectNodeContents(each);
      const seen = [each, label.firstElementChild, label];
      return [...words.getClientRects()].some((line) => {
        const middle = (line.top + line.bottom) / 2;
        const ink = { left: line.left, right: line.right, top: middle, bottom: middle };
        return !seen.every((around) => within(ink, around.getBoundingClientRect()));
      });
    });
    const text = label.firstElementChild;
    return {
      wide: box.width, high: box.height,
      inside: [...label.querySelectorAll("svg")].every(
        (each) => within(each.getBoundingClientRect(), box)),
      fits: text.scrollHeight <= text.clientHeight && text.scrollWidth <= text.clientWidth,
      cut: cut.map((each) => each.textContent),
    };
  });
}"""
UNFITTED = """() => {
  for (const label of document.querySelectorAll(".label")) label.removeAttribute("style");
}"""
CAKE = "content/products/banh-la-vi-du/product.yaml"
UGLY = f"Bánh {'nghiêng' * 9} " + "phơi sương cuốn rau rừng mười hai loại " * 4
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
    cake = village / CAKE
    named = cake.read_text("utf-8").replace("vi: Bánh lá Ví Dụ", f"vi: {UGLY}", 1)
    cake.write_text(named, "utf-8")
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
        assert box["cut"] == []
    assert " ".join(UGLY.split()) in (village / "labels.html").read_text("utf-8")


@pytest.mark.parametrize(("size", "sheets"), [("3x7", 4), ("2x7", 5), ("2x4", 8)])
def test_a_sheet_of_labels_is_a_sheet_of_paper(
    paper: Page, village: Path, size: str, sheets: int
) -> None:
    for number in range(57):
        twin = village / "content/products" / f"cha-ha-sao-{number}"
        shutil.copytree(village / "content/products/cha-ha-sao", twin)
    ran = _labels(village, "--size", size, "--lang", "en")
    paper.goto((village / "labels.html").as_uri())
    printed = pypdfium2.PdfDocument(paper.pdf(prefer_css_page_size=True, print_background=True))

    assert f"64 labels on {sheets} sheets of A4" in ran.out
    assert len(printed) == sheets
    for sheet in printed:
        assert sheet.get_size() == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=1)


def test_labels_are_fitted_when_they_are_printed_not_only_when_they_are_opened(
    paper: Page, village: Path
) -> None:
    # Who prints in the moment of opening is faster than the typefaces.
    _labels(village)
    paper.goto((village / "labels.html").as_uri())
    paper.evaluate("() => document.fonts.ready")
    fitted = _printed(paper)
    paper.evaluate(UNFITTED)

    assert fitted == _printed(paper)


def _printed(paper: Page) -> bytes:
    sheets = pypdfium2.PdfDocument(paper.pdf(prefer_css_page_size=True, print_background=True))
    return bytes(sheets[0].render(scale=2).to_pil().tobytes())


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
        (("--producer", "htx-vi-du", "--star", "5"), {"gom-thu-nghiem"}),
    ],
)
def test_labels_are_chosen_by_what_is_named(
    village: Path, chosen: tuple[str, ...], expected: set[str]
) -> None:
    _labels(village, *chosen)
    text = (village / "labels.html").read_text("utf-8")

    for id_ in expected:
        assert _name(village, id_) in text
    assert text.count('<article class="label">') == len(expected)


HELD = "3\N{NO-BREAK SPACE}sao, đã\N{NO-BREAK SPACE}hết\N{NO-BREAK SPACE}hạn"
"""Words that stay on one line."""


def _name(village: Path, id_: str) -> str:
    """Return the Vietnamese name of the product *id_*, as its record has it."""
    record = (village / "content/products" / id_ / "product.yaml").read_text("utf-8")
    return re.split(r"[,}\n]", record.split("vi: ", 1)[1])[0].strip()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "No label for “mam-khong-co-that”: once 3 stars, expired."),
        ("vi", f"Không làm nhãn cho «mam-khong-co-that»: từng đạt {HELD}."),
    ],
)
def test_what_lapsed_gets_no_label_and_is_named_with_the_reason(
    village: Path, lang: str, told: str
) -> None:
    ran = _labels(village, "--event", "hoi-cho-nam-ngoai", "--lang", lang)

    assert (ran.status, ran.err.strip()) == (0, told)
    assert (village / "labels.html").read_text("utf-8").count('<article class="label">') == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--product", "banh-la-vi-d"), "perhaps you mean “banh-la-vi-du”"),
        (("--outlet", "cho-lag"), "perhaps you mean “cho-lang”"),
        (("--sheet",), "add --event"),
        (("--sheet", "--event", "hoi-lang", "--outlet", "cho-lang"), "leave out --product"),
        (("--product", "non-la-mau"), "no product with stars"),
        (("--producer", "htx-vi-du", "--star", "4", "--event", "hoi-lag"), "mean “hoi-lang”"),
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
    for said in (
        "Không đưa vào bảng vì chứng nhận không còn hiệu lực: Mắm Không Có Thật",
        "since their certificates are no longer in force:",
    ):
        assert said in text


@pytest.mark.parametrize("out", [CAKE, "site/labels.html", "templates/labels.html", "../site.yaml"])
def test_no_slip_writes_over_what_is_not_a_label(village: Path, out: str) -> None:
    before = (village / CAKE).read_bytes()
    ran = _labels(village, "--out", out, "--lang", "en")

    assert (ran.status, "choose another place" in ran.err) == (2, True)
    assert (village / CAKE).read_bytes() == before
    assert not (village / "site").exists()
    assert not (village.parent / "site.yaml").exists()


def test_faults_of_the_content_are_told_and_no_label_is_made(village: Path) -> None:
    cake = village / CAKE
    cake.write_text(cake.read_text("utf-8").replace("star: 4", "star: 2"), "utf-8")
    ran = _labels(village, "--lang", "en")

    assert (ran.status, f"{CAKE}:12:11: " in ran.out) == (1, True)
    assert not (village / "labels.html").exists()

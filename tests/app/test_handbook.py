"""The printed manual: all of it there, once, where its indexes say, and nothing upon another."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from pdfua import validate
from PIL import Image

from ocopgen.app.handbook import Wish, make
from ocopgen.app.terminal import Terminal
from ocopgen.content import rules
from tests.app import printed
from tests.app.commands import TODAY, Said, run
from tests.copies import TODAY as DAY
from tests.copies import VILLAGE, Copy
from tests.test_consent import PRIVATE, PRODUCER, SHOP, TOLD, TOLD_OF_SHOP

FORMS = (
    ("vi", "a4"),
    ("both", "a4"),
    ("en", "a4", "--bleed"),
    ("vi", "a5", "--bleed"),
    ("both", "a5"),
)
FACES = ("BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "Grenze-SemiBold")
STARS = {
    "banh-la-vi-du": "Bánh lá Ví Dụ",
    "banh-trang-ten-dai": "Bánh tráng phơi sương cuốn thịt ba chỉ luộc",
    "cha-ha-sao": "Chả Hạ Sao",
    "gom-thu-nghiem": "Gốm Thử Nghiệm",
    "keo-nam-tron": "Kẹo Năm Tròn",
    "mat-ong-tuong-tuong": "Mật ong Tưởng Tượng",
    "tra-sen-ba-kin": "Trà sen hộ Bà Kín",
}
"""The products of the village that carry stars on the day, by id."""
SITE = "https://lang.example/ocop/"
EDGE = 4.0
"""Millimetres from the edge of the sheet that no letter comes into."""
CAKE = "content/products/banh-la-vi-du/product.yaml"
LONG = "Bánh " + "nghiêng" * 9 + " " + "phơi sương cuốn rau rừng mười hai loại " * 12
LONGEST = ("phơi sương cuốn rau rừng mười hai loại " * 60)[:1990].strip()
"""As long as a name may be."""
SHOPS = "\n".join(
    f"  - shop: Cửa hàng số {number} trên mạng\n    url: https://mang.example/{number}/{'a' * 90}"
    for number in range(10)
)


@dataclass(frozen=True, slots=True)
class Book:
    """A manual that was set, and what was said of it."""

    path: Path
    said: Said


def _set(root: Path, *options: str, command: str = "handbook", **more: str) -> Book:
    out = f"{'-'.join(each.strip('-') for each in options) or 'plain'}.pdf"
    said = run(root, command, "--today", TODAY, *options, "--out", out, **more)
    return Book(root / out, said)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the village in which only files are made."""
    root = tmp_path_factory.mktemp("printing") / "village"
    shutil.copytree(VILLAGE, root)
    return root


@pytest.fixture(scope="module")
def ugly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a village with names, lists and words that no page was drawn for."""
    root = tmp_path_factory.mktemp("ugly") / "village"
    shutil.copytree(VILLAGE, root)
    cake = root / CAKE
    words = cake.read_text("utf-8").replace("vi: Bánh lá Ví Dụ", f"vi: {LONG}", 1)
    words = words.replace("en: Example leaf cake", f"en: {'Unbreakable' * 6} {LONG}", 1)
    words = re.sub(r"^buy:\n(?:  .*\n)+", f"buy:\n{SHOPS}\n", words, flags=re.MULTILINE)
    cake.write_text(words, "utf-8")
    sausage = root / "content/products/cha-ha-sao/product.yaml"
    for twin in range(4):
        there = root / "content/products" / f"cha-ha-sao-{twin}"
        shutil.copytree(root / "content/products/cha-ha-sao", there)
        file = there / "product.yaml"
        named = f"vi: {'Chả ' * twin}{LONG[: 90 * twin + 20]}"
        file.write_text(file.read_text("utf-8").replace("vi: Chả Hạ Sao", named, 1), "utf-8")
    words = sausage.read_text("utf-8").replace("vi: Chả Hạ Sao", f"vi: {LONGEST}", 1)
    words = words.replace("en: One-star-less sausage", f"en: {LONGEST}s", 1)
    sausage.write_text(words, "utf-8")
    return root


@pytest.mark.parametrize("form", FORMS)
def test_a_manual_is_well_made(village: Path, form: tuple[str, ...]) -> None:
    lang, size, *more = form
    book = _set(village, "--lang", lang, "--size", size, *more)

    assert book.said.status == 0, book.said.out + book.said.err
    assert printed.is_whole(book.path)
    assert {(face, True) for face in FACES} == set(printed.fonts(book.path))
    assert printed.faults_of_setting(book.path, EDGE) == []
    assert list(validate(str(book.path)).findings) == []


@pytest.mark.parametrize(("lang", "size"), [("vi", "a4"), ("both", "a4"), ("both", "a5")])
def test_nothing_overflows_whatever_a_product_is_called(ugly: Path, lang: str, size: str) -> None:
    book = _set(ugly, "--lang", lang, "--size", size)

    assert book.said.status == 0, book.said.out + book.said.err
    assert printed.faults_of_setting(book.path, EDGE) == []
    assert "".join(LONG.split()) in "".join(printed.text(book.path).split())


def test_every_product_is_there_once_and_where_the_indexes_say(village: Path) -> None:
    pages = printed.pages(_set(village, "--lang", "vi").path)
    found = _entries(pages)
    index = next(page for page in pages if page.startswith("Bảng tra sản phẩm"))

    assert set(STARS) == set(found)
    for id_, name in STARS.items():
        told = re.search(rf"{re.escape(name)}.*?\s(\d+)(?=\s|$)", index)
        assert told, name
        assert [int(told[1])] == found[id_], name


def test_indexes_are_in_vietnamese_order(tmp_path: Path) -> None:
    root = tmp_path / "village"
    shutil.copytree(VILLAGE, root)
    names = {"cha-ha-sao": "Đường thốt nốt", "keo-nam-tron": "Dừa sáp", "gom-thu-nghiem": "Ấm đất"}
    for id_, name in names.items():
        file = root / f"content/products/{id_}/product.yaml"
        file.write_text(file.read_text("utf-8").replace(STARS[id_], name, 1), "utf-8")
    pages = printed.pages(_set(root, "--lang", "vi").path)
    index = next(page for page in pages if page.startswith("Bảng tra sản phẩm"))
    ordered = ["Ấm đất", "Bánh lá", "Bánh tráng", "Dừa sáp", "Đường thốt nốt", "Mật ong", "Trà sen"]

    assert ordered == sorted(ordered, key=index.index)


def test_every_code_leads_to_its_product(village: Path) -> None:
    book = _set(village, "--lang", "both", "--size", "a5")
    found = set().union(*printed.codes(book.path))

    assert {SITE, *(f"{SITE}mon/{id_}/" for id_ in STARS)} == found


def test_both_languages_stand_on_one_page(village: Path) -> None:
    pages = printed.pages(_set(village, "--lang", "both").path)

    for vietnamese, english in (
        ("Bánh lá Ví Dụ", "Example leaf cake"),
        ("Còn hiệu lực đến 08/2028", "Certified until August 2028"),
        ("Gói từ lúc gà gáy", "Wrapped at cock-crow"),
        ("Quầy trà Bà Kín", "Bà Kín’s tea counter"),
    ):
        assert any(vietnamese in page and english in page for page in pages), vietnamese
    for pair in ("Đồ uống · Drinks", "Đan lát và gốm · Weaving and pottery"):
        assert any(pair in page for page in pages), pair


def test_a_reader_is_told_title_languages_and_the_way(village: Path) -> None:
    path = _set(village, "--lang", "both").path
    inside = printed.unpacked(path)

    assert printed.title(path) == "Sản phẩm OCOP Mẫu · OCOP products of Mẫu"
    assert [each for each in (b"(vi)", b"(en)") if b"/Lang " + each in inside] == [b"(vi)", b"(en)"]
    assert b"/DisplayDocTitle true" in inside
    assert (0, "Thực phẩm · Food") in printed.bookmarks(path)
    assert {(1, name) for name in STARS.values() if "phơi sương" not in name} <= set(
        printed.bookmarks(path)
    )


def test_the_same_day_gives_the_same_bytes(village: Path) -> None:
    first = _set(village, "--lang", "both").path.read_bytes()
    shutil.rmtree(village / ".ocopgen")
    again = _set(village, "--lang", "both").path.read_bytes()

    assert first == again


def test_nobodys_door_is_printed_without_their_word(tmp_path: Path) -> None:
    root = tmp_path / "village"
    shutil.copytree(VILLAGE, root)
    shop = root / SHOP
    shop.write_text(shop.read_text("utf-8") + TOLD_OF_SHOP, "utf-8")
    refused = _set(root, "--lang", "vi")

    assert refused.said.status == 1
    assert not refused.path.exists()


@pytest.mark.parametrize("language", ["vi", "en", "both"])
def test_with_the_check_bypassed_nothing_private_is_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(rules, "check", lambda *_, **__: None)
    village, out = Copy(tmp_path), tmp_path / "book.pdf"
    told = TOLD.partition("photos")[0]
    village.write(PRODUCER, village.read(PRODUCER) + told)
    village.write(SHOP, village.read(SHOP) + TOLD_OF_SHOP)
    make(village.root, DAY, Wish(language), out, Terminal("en"))

    assert "Bà Kín" in printed.text(out)
    assert PRIVATE.findall(printed.text(out).encode()) == []
    assert PRIVATE.findall(printed.unpacked(out)) == []


def test_with_their_word_it_is_printed(tmp_path: Path) -> None:
    village, out = Copy(tmp_path), tmp_path / "book.pdf"
    agreed = "consent: {on: 2026-05-01, evidence: Giấy đồng ý}\n"
    village.write(PRODUCER, village.read(PRODUCER) + TOLD.partition("photos")[0] + agreed)
    make(village.root, DAY, Wish(), out, Terminal("en"))

    assert "0987 654 321" in printed.text(out)
    assert b"tel:+84987654321" in printed.unpacked(out)


@pytest.mark.parametrize(
    ("options", "held"),
    [
        (("--star", "5"), {"banh-trang-ten-dai", "gom-thu-nghiem"}),
        (("--producer", "ho-ba-kin"), {"tra-sen-ba-kin"}),
        (("--sector", "handicrafts"), {"gom-thu-nghiem"}),
        (("--district", "mau-dong", "--star", "4"), {"banh-la-vi-du"}),
    ],
)
def test_conditions_narrow_a_manual_down(
    village: Path, options: tuple[str, ...], held: set[str]
) -> None:
    book = _set(village, "--lang", "vi", *options)

    assert held == set(_entries(printed.pages(book.path))), book.said.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--producer", "ho-ba-kinh"), "perhaps you mean “ho-ba-kin”"),
        (("--sector", "food-and"), "there is no sector with the id “food-and”"),
        (("--star", "5", "--producer", "ho-ba-kin"), "there is nothing to print"),
    ],
)
def test_what_cannot_be_printed_is_told(village: Path, options: tuple[str, ...], told: str) -> None:
    book = _set(village, *options)

    assert book.said.status == 2
    assert told in book.said.err
    assert not book.path.exists()


def test_what_has_lapsed_is_left_out_and_told(village: Path) -> None:
    book = _set(village, "--lang", "en")

    assert re.search(r"Left out: \d products? whose certificates", book.said.err)
    assert "non-la-mau" not in printed.text(book.path)


def test_a_sheet_is_one_page_and_only_for_what_carries_stars(village: Path) -> None:
    made = _set(village, "--lang", "both", "banh-la-vi-du", "cha-ha-sao", command="sheet")
    lapsed = _set(village, "non-la-mau", command="sheet")

    assert made.said.status == 0, made.said.out + made.said.err
    assert len(printed.pages(made.path)) == 2
    assert printed.faults_of_setting(made.path, EDGE) == []
    assert lapsed.said.status == 2
    assert "carries no stars today" in lapsed.said.err


@pytest.mark.parametrize(
    ("size", "shown"), [((2600, 2100), (2480, 1984)), ((1600, 2000), (1559, 1949))]
)
def test_a_photo_takes_no_more_of_the_page_than_it_has_dots_for(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    village = Copy(tmp_path)
    paper = "content/products/banh-trang-ten-dai"
    Image.effect_noise(size, 60).convert("RGB").save(village.root / paper / "banh.jpg")
    photo = "photos: [{file: banh.jpg, alt: {vi: Giàn phơi}, credit: {vi: Ban}}]\n"
    village.write(f"{paper}/product.yaml", village.read(f"{paper}/product.yaml") + photo)
    book = _set(village.root, "--lang", "vi", "--star", "5")

    assert book.said.status == 0, book.said.out + book.said.err
    assert (*shown, 300) in printed.photos(book.path)
    assert printed.faults_of_setting(book.path, EDGE) == []


def test_a_template_that_would_fetch_something_is_refused(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    village.write("templates/print/map.typ", '// Own.\n#import "@preview/cetz:0.4.2"\n')
    book = _set(village.root)

    assert book.said.status == 1
    assert "templates/print/map.typ:2:" in book.said.out
    assert "@preview/cetz:0.4.2" in book.said.out


def test_a_fault_of_a_template_is_told_where_it_stands(village: Path, tmp_path: Path) -> None:
    root = tmp_path / "village"
    shutil.copytree(village, root)
    own = root / "templates/print/handbook.typ"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('#import "kit.typ": *\n#show: look\n= #view.tittle\n', "utf-8")
    book = _set(root, "--lang", "vi", "--size", "a5")

    assert book.said.status == 1
    assert "templates/print/handbook.typ:3:" in book.said.out
    assert "tittle" in book.said.out


def test_words_are_never_read_as_orders(tmp_path: Path) -> None:
    root = tmp_path / "village"
    shutil.copytree(VILLAGE, root)
    cake = root / CAKE
    odd = """'#panic("x") $y$ *z* \\u{41} </svg> & <a>'"""
    cake.write_text(cake.read_text("utf-8").replace("Bánh lá Ví Dụ", odd, 1), "utf-8")
    commune = root / "content/areas.yaml"
    named = commune.read_text("utf-8").replace("Xã Làng Đồng", "Xã Đồng & <b>", 1)
    commune.write_text(named, "utf-8")
    book = _set(root, "--lang", "vi")

    assert book.said.status == 0, book.said.out + book.said.err
    assert "#panic(“x”) $y$ *z* \\u{41} </svg> & <a>" in printed.text(book.path)


def test_a_letter_that_no_typeface_has_is_told(tmp_path: Path) -> None:
    root = tmp_path / "village"
    shutil.copytree(VILLAGE, root)
    cake = root / CAKE
    cake.write_text(cake.read_text("utf-8").replace("Bánh lá Ví Dụ", "Bánh 日 lá", 1), "utf-8")
    book = _set(root)

    assert book.said.status == 1
    assert "“日”" in book.said.out


def test_a_site_offers_its_manual_with_size_and_day(village: Path) -> None:
    said = run(village, "build", "--today", TODAY, "--handbook")
    page = (village / "site/kho-du-lieu/index.html").read_text("utf-8")
    file = village / "site/kho-du-lieu/handbook.pdf"
    alone = _set(village, "--lang", "vi").path

    assert said.status == 0, said.out + said.err
    assert alone.read_bytes() == file.read_bytes()
    assert "0,2 MB, số liệu đến ngày 23/11/2026" in page
    assert (village / "site/en/open-data/handbook.pdf").is_file()

    run(village, "build", "--today", TODAY)

    assert not file.exists()
    assert "handbook.pdf" not in (village / "site/kho-du-lieu/index.html").read_text("utf-8")


def test_a_manual_shows_the_drawings_as_they_are_now(village: Path) -> None:
    build = ("build", "--today", TODAY, "--handbook")
    run(village, *build)
    file = village / "site/kho-du-lieu/handbook.pdf"
    before = file.read_bytes()
    drawing = village / "assets/sectors/food.svg"
    drawing.parent.mkdir(parents=True)
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 600">'
    drawing.write_text(f'{box}<rect width="480" height="600" fill="#f00"/></svg>', "utf-8")

    run(village, *build)
    after = file.read_bytes()
    shutil.rmtree(village / "assets")
    run(village, *build)

    assert after != before
    assert file.read_bytes() == before


def _entries(pages: list[str]) -> dict[str, list[int]]:
    """Return on which of *pages*, without the indexes, each product is named."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pages, 1):
        for id_, name in STARS.items():
            if name in page and "Bảng tra" not in page:
                found.setdefault(id_, []).append(number)
    return found

"""The printed manual: all of it there, once, where its indexes say, and nothing upon another."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from pdfua import validate

from ocopgen.base.text import sort_key
from tests.app import printed
from tests.app.commands import TODAY, Said, run
from tests.copies import VILLAGE
from tests.test_consent import PRODUCER, SHOP, TOLD_OF_SHOP

FORMS = (
    ("vi", "a4"),
    ("en", "a4"),
    ("both", "a4"),
    ("vi", "a5"),
    ("both", "a5"),
)
STARRED = {
    "vi": {
        "banh-la-vi-du": "Bánh lá Ví Dụ",
        "cha-ha-sao": "Chả Hạ Sao",
    }
}
EDGE = 4.0
"""Millimetres from the edge of the sheet that no letter comes into."""
CAKE = "content/products/banh-la-vi-du/product.yaml"
LONG = "Bánh " + "nghiêng" * 9 + " " + "phơi sương cuốn rau rừng mười hai loại " * 12
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
    for twin in range(4):
        there = root / "content/products" / f"cha-ha-sao-{twin}"
        shutil.copytree(root / "content/products/cha-ha-sao", there)
        file = there / "product.yaml"
        named = f"vi: {'Chả ' * twin}{LONG[: 90 * twin + 20]}"
        file.write_text(file.read_text("utf-8").replace("vi: Chả Hạ Sao", named, 1), "utf-8")
    return root


@pytest.mark.parametrize(("lang", "size"), FORMS)
def test_a_manual_is_well_made(village: Path, lang: str, size: str) -> None:
    book = _set(village, "--lang", lang, "--size", size)
    again = _set(village, "--lang", lang, "--size", size, "--bleed")

    assert book.said.status == 0, book.said.out + book.said.err
    for path in (book.path, again.path):
        assert printed.is_whole(path)
        assert all(embedded for _, embedded in printed.fonts(path))
        assert {"BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "Grenze-SemiBold"} == {
            name for name, _ in printed.fonts(path)
        }
        assert printed.faults_of_setting(path, EDGE) == []
        assert [finding for finding in validate(str(path)).findings] == []


@pytest.mark.parametrize(("lang", "size"), [("vi", "a4"), ("both", "a4"), ("both", "a5")])
def test_nothing_overflows_whatever_a_product_is_called(ugly: Path, lang: str, size: str) -> None:
    book = _set(ugly, "--lang", lang, "--size", size)

    assert book.said.status == 0, book.said.out + book.said.err
    assert printed.faults_of_setting(book.path, EDGE) == []
    assert "".join(LONG.split()) in "".join(printed.text(book.path).split())

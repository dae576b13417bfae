"""Faults that editors make, planted one by one: each is told in its place, with a remedy."""

import json
import os
import re
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from PIL import Image

from ocopgen.app.cli import main
from tests.content.hamlet import copy, problems_of

PRODUCT = "content/products/mat-ong/product.yaml"
PHOTO = "content/products/mat-ong/to-ong.jpg"
PRODUCER = "content/producers/htx-ong.yaml"
STORY = "content/products/mat-ong/story.vi.md"
TODAY = ("--today", "2026-11-23")

Plant = Callable[[Path], None]


@pytest.fixture
def hamlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a sound catalogue, as this folder."""
    copy(tmp_path)
    Image.new("RGB", (1200, 900), "sienna").save(tmp_path / PHOTO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: str, written: str, becomes: str) -> Plant:
    """Return what replaces *written*, which stands there once, in the file *path*."""

    def plant(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert text.count(written) == 1
        (root / path).write_bytes(text.replace(written, becomes).encode())

    return plant


def write(path: str, content: bytes) -> Plant:
    """Return what writes *content* into the file *path*."""

    def plant(root: Path) -> None:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(content)

    return plant


def huge_png() -> bytes:
    """Return a PNG of a hundred megapixels in one colour."""
    side = 10_000
    packed = zlib.compressobj(1)
    rows = b"".join(packed.compress(b"\0" * (side // 8 + 1)) for _ in range(side)) + packed.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


CONFLICT = "<<<<<<< HEAD\nset: honey\n=======\nset: fruit\n>>>>>>> sua\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname:"
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99
PRICE = """\
set: honey
price:
  min: abc
  max: 2
  unit: {vi: kg}
  as_of: 2026-11-01
"""
PAGE = "---\ntitle: Giới thiệu\npath: gioi-thieu\n---\nChào.\n".encode()

FAULTS: dict[str, tuple[Plant, str]] = {
    "a misspelt key": (
        edit(PRODUCT, "producer:", "prodcuer:"),
        f"{PRODUCT}:6 field.unknown",
    ),
    "a duplicate key": (
        edit(PRODUCT, "set: honey\n", "set: honey\nset: fruit\n"),
        f"{PRODUCT}:6 yaml.twice",
    ),
    "a missing producer": (
        edit(PRODUCT, "producer: htx-ong", "producer: htx-bo"),
        f"{PRODUCT}:6 reference.producer",
    ),
    "star 2": (edit(PRODUCT, "star: 4", "star: 2"), f"{PRODUCT}:9 star.range"),
    "a date 31/02": (
        edit(PRODUCT, "issued: 2025-08-05", "issued: 31/02/2025"),
        f"{PRODUCT}:10 day.calendar",
    ),
    "a GTIN with a wrong check digit": (
        edit(PRODUCT, "set: honey\n", 'set: honey\ngtin: ["8934563138164"]\n'),
        f"{PRODUCT}:6 gtin.check",
    ),
    "a phone typed as a number without its zero": (
        edit(PRODUCER, "kind:", "phone: [912345678]\nkind:"),
        f"{PRODUCER}:2 phone.zero",
    ),
    'a price "abc"': (
        edit(PRODUCT, "set: honey\n", PRICE),
        f"{PRODUCT}:7 price.spelling",
    ),
    "a picture that is not a picture": (
        write(PHOTO, b"<!doctype html><title>404</title>"),
        f"{PRODUCT}:14 photo.format",
    ),
    "a picture that is nothing known": (write(PHOTO, b"abc" * 99), f"{PRODUCT}:14 photo.broken"),
    "a 100-megapixel PNG": (write(PHOTO, huge_png()), f"{PRODUCT}:14 photo.pixels"),
    "a tab": (edit(PRODUCT, "  vi: Mật ong hoa", "\tvi: Mật ong hoa"), f"{PRODUCT}:3 yaml.tab"),
    "an anchor bomb": (edit(PRODUCT, "name:", BOMB), f"{PRODUCT}:1 yaml.anchor"),
    "two records with one address": (
        write("content/producers/htx-ong.yml", b"name: {vi: Ong, en: Bee}\ncommune: xa-suoi\n"),
        "content/producers/htx-ong.yml:0 id.taken",
    ),
    "a commune outside the district": (
        edit(PRODUCT, "commune: xa-suoi", "commune: xa-suoi\ndistrict: huyen-duoi"),
        f"{PRODUCT}:8 place.outside",
    ),
    "a HEIC photo": (write(PHOTO, HEIC), f"{PRODUCT}:14 photo.heic"),
    "a Git LFS pointer instead of a photo": (write(PHOTO, LFS), f"{PRODUCT}:14 photo.lfs"),
    "git conflict markers": (
        edit(PRODUCT, "set: honey\n", CONFLICT),
        f"{PRODUCT}:5 file.conflict",
    ),
    "a photo named with the wrong letter case": (
        edit(PRODUCT, "file: to-ong.jpg", "file: To-Ong.JPG"),
        f"{PRODUCT}:14 photo.case",
    ),
}  # fmt: skip


def from_windows(root: Path) -> None:
    """Save the product as old editors of Windows do."""
    content = (root / PRODUCT).read_bytes().replace(b"\n", b"\r\n")
    (root / PRODUCT).write_bytes(b"\xef\xbb\xbf" + content)


def from_a_mac(root: Path) -> None:
    """Save the product with all marks apart from their letters."""
    apart = unicodedata.normalize("NFD", (root / PRODUCT).read_text("utf-8"))
    (root / PRODUCT).write_text(apart, "utf-8")


ACCEPTED: dict[str, Plant] = {
    "a phone typed as a number": edit(PRODUCER, "kind:", "phone: [0912345678]\nkind:"),
    "a mark at the start, and the line ends of Windows": from_windows,
    "letters whose marks stand apart": from_a_mac,
}


def told(*options: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the status of `ocopgen check`, and what it tells."""
    result = CliRunner().invoke(
        main, ["check", *TODAY, "--format", "json", *options], catch_exceptions=False
    )
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.usefixtures("hamlet")
def test_the_sound_catalogue_has_nothing_to_tell() -> None:
    assert told() == (0, [])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_its_place_with_a_remedy(hamlet: Path, fault: str) -> None:
    plant, expected = FAULTS[fault]
    plant(hamlet)

    status, rows = told("--lang", "vi")

    assert [f"{row['path']}:{row['line']} {row['code']}" for row in rows] == [expected]
    assert all(row["message"] and row["mend"] and row["level"] == "fault" for row in rows)
    assert status == 1


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_person_sees_the_line_and_the_remedy(hamlet: Path, fault: str, language: str) -> None:
    plant, expected = FAULTS[fault]
    plant(hamlet)

    result = CliRunner().invoke(main, ["check", *TODAY, "--lang", language], catch_exceptions=False)

    path, line = expected.split(" ")[0].rsplit(":", 1)
    hint = {"vi": "gợi ý: ", "en": "hint: "}[language]
    assert result.stdout.startswith(path if line == "0" else f"{path}:{line}")
    assert re.search(rf"^  {hint}\w", result.stdout, re.MULTILINE)
    assert result.stdout.rstrip().endswith({"vi": "1 lỗi", "en": "1 fault"}[language])
    if line != "0":
        assert re.search(r"^ *\^$", result.stdout, re.MULTILINE)


GITHUB = re.compile(
    r"::error file=(?P<path>[^,]+)(,line=(?P<line>\d+))?(,col=\d+)?,title=(?P<code>\S+?)::"
)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_form_tells_a_fault_in_its_place(hamlet: Path, fault: str) -> None:
    plant, expected = FAULTS[fault]
    plant(hamlet)
    path, line, code = re.split(r":(?=\d+ )| ", expected)

    (quality,) = json.loads(written("gitlab"))
    place = quality["location"]
    (case,) = ET.fromstring(written("junit")).iter("testcase")
    marked = GITHUB.match(written("github"))

    assert (place["path"], place["lines"]["begin"]) == (path, max(int(line), 1))
    assert (quality["check_name"], quality["severity"]) == (code, "critical")
    assert (case.get("file"), case.get("line")) == (path, line)
    assert [each.get("type") for each in case.iter("failure")] == [code]
    assert marked
    assert (marked["path"], marked["line"] or "0", marked["code"]) == (path, line, code)


def written(form: str) -> str:
    """Return what `ocopgen check` tells in the *form* after a fault was planted."""
    result = CliRunner().invoke(
        main, ["check", *TODAY, "--lang", "vi", "--format", form], catch_exceptions=False
    )
    assert result.exit_code == 1
    return result.stdout


@pytest.mark.parametrize("oddity", ACCEPTED)
def test_what_is_only_odd_is_accepted(hamlet: Path, oddity: str) -> None:
    ACCEPTED[oddity](hamlet)

    assert told() == (0, [])


def test_letters_are_joined_and_a_phone_keeps_its_zero(hamlet: Path) -> None:
    from_a_mac(hamlet)
    ACCEPTED["a phone typed as a number"](hamlet)

    catalogue, _ = problems_of(hamlet)

    assert catalogue
    assert catalogue.products["mat-ong"].record.name["vi"] == "Mật ong rừng"
    assert catalogue.producers["htx-ong"].record.phone == ("+84912345678",)


def test_raw_html_and_an_unsafe_link_are_told_and_do_no_harm(hamlet: Path) -> None:
    text = "---\ntitle: Mật\n---\nOng <script>alert(1)</script> [x](javascript:alert(1)).\n"
    (hamlet / STORY).write_text(text, "utf-8")
    (hamlet / STORY.replace(".vi.", ".en.")).write_text("---\ntitle: Honey\n---\nBee.\n", "utf-8")

    status, rows = told()

    assert [(row["path"], row["line"], row["code"], row["level"]) for row in rows] == [
        (STORY, 4, "prose.html", "warning"),
        (STORY, 4, "prose.link", "warning"),
    ]
    assert status == 0
    assert told("--strict")[0] == 1


def test_two_pages_with_one_address_are_told_by_name(hamlet: Path) -> None:
    for name in ("gioi-thieu", "chuong-trinh"):
        for language in ("vi", "en"):
            write(f"content/pages/{name}.{language}.md", PAGE)(hamlet)

    status, rows = told()

    assert {row["code"] for row in rows} == {"output.taken"}
    for row in rows:
        assert row["path"].startswith("content/pages/")
        assert "content/pages/" in row["message"]
    assert status == 1


def test_a_build_from_a_folder_within_shows_the_line_too(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FAULTS["star 2"][0](hamlet)
    monkeypatch.chdir(hamlet / "content" / "products")

    result = CliRunner().invoke(main, ["build", *TODAY, "--lang", "en"], catch_exceptions=False)

    assert "  - star: 2\n            ^\n" in result.stdout
    assert result.exit_code == 1
    assert not (hamlet / "site").exists()


def test_many_faults_are_told_at_once_on_a_console_that_lacks_letters(
    hamlet: Path, checkout: Path
) -> None:
    FAULTS["star 2"][0](hamlet)
    FAULTS["a date 31/02"][0](hamlet)
    FAULTS["a phone typed as a number without its zero"][0](hamlet)
    write("content/outlets/cho.yaml", b"\tname: x\n")(hamlet)

    ran = subprocess.run(
        [sys.executable, "-m", "ocopgen", "check", *TODAY, "--lang", "vi"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(checkout)},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 1
    assert b"Traceback" not in ran.stdout + ran.stderr
    assert ran.stdout.count(b"\n  g?i \xfd: ") == 4

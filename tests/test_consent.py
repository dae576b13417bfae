"""Nobody's door is told without their word: refused by the check, and kept silent without it."""

import gzip
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from ocopgen.base.problems import ContentFaults
from ocopgen.content import rules
from tests.copies import Copy

PRODUCER = "content/producers/ho-ba-kin.yaml"
SHOP = "content/outlets/cua-hang-ba-kin.yaml"
TEA = "content/products/tra-sen-ba-kin/product.yaml"
PHOTO = "content/producers/ho-ba-kin/nha.jpg"
TOLD = """
address: {vi: Số 7 ngõ Kín, en: 7 Kín alley}
phone: [0987 654 321]
email: vuonche@nha.example
location: {lat: 11.23456, lon: 106.98765}
photos: [{file: nha.jpg, alt: {vi: Hiên nhà}}]
"""
TOLD_OF_SHOP = """
address: {vi: Số 7 ngõ Kín, en: 7 Kín alley}
phone: [0987 654 321]
location: {lat: 11.23456, lon: 106.98765}
"""
PRIVATE = re.compile(
    rb"ng\xc3\xb5 K\xc3\xadn|K\xc3\xadn alley|987 ?654 ?321|vuonche|11[.,]2345|106[.,]9876|GPS",
    re.IGNORECASE,
)


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    """Return the village, in which Bà Kín's door is written down without her word."""
    village = Copy(tmp_path)
    village.write(PRODUCER, village.read(PRODUCER) + TOLD)
    village.write(SHOP, village.read(SHOP) + TOLD_OF_SHOP)
    village.write(PHOTO, _photo_with_a_place())
    return village


def _photo_with_a_place() -> bytes:
    """Return a photo that says where it was taken, as phones write it."""
    photo, exif = Image.new("RGB", (1200, 900), "#a86"), Image.Exif()
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (11.0, 14.0, 4.4), 3: "E", 4: (106.0, 59.0, 15.5), 29: "2026:11:01"}
    )
    exif[0x010E] = "vuonche@nha.example"
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_a_household_that_did_not_agree_stops_the_build(village: Copy) -> None:
    with pytest.raises(ContentFaults) as stopped:
        village.pages()

    faults = {
        (fault.spot.path, fault.code, fault.values["field"])
        for fault in stopped.value.problems
        if fault.code.endswith(".consent")
    }

    assert {
        (PRODUCER, "producer.consent", "address"),
        (PRODUCER, "producer.consent", "phone"),
        (PRODUCER, "producer.consent", "email"),
        (PRODUCER, "producer.consent", "location"),
        (SHOP, "outlet.consent", "address"),
        (SHOP, "outlet.consent", "phone"),
        (SHOP, "outlet.consent", "location"),
    } == faults


def test_with_the_check_bypassed_nothing_of_it_is_in_any_file(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "check", lambda *_, **__: None)

    files = village.site().contents()
    told = {path: _told(path, content) for path, content in files.items()}

    assert any("cua-hang-ba-kin" in path for path in files)
    assert any(path.endswith(".ics") for path in files)
    assert any(path.endswith(".pf_fragment") for path in files)
    assert {path: found for path, found in told.items() if found} == {}


ZALO = "https://zalo.me/0987654321"
NUMBERS = {
    PRODUCER: f"website: {ZALO}\n",
    SHOP: f"url: {ZALO}\n",
    TEA: f"buy: [{{shop: Zalo, url: '{ZALO}'}}]\ntrace_url: {ZALO}\nvideo: {ZALO}\n",
}
TOLD_OF_NUMBERS = [
    (SHOP, "url"),
    (PRODUCER, "website"),
    (TEA, "url"),
    (TEA, "trace_url"),
    (TEA, "video"),
]


@pytest.mark.parametrize(
    "address",
    [
        ZALO,
        "https://zalo.me/84987654321",
        "https://chat.zalo.me/?phone=0987654321",
        "https://wa.me/84987654321",
        "https://api.whatsapp.com/send?phone=%2B84987654321",
        "https://viber.click/84987654321",
        "https://goi.example/tel/0987654321",
    ],
)
def test_a_number_in_an_address_is_told_wherever_the_address_stands(
    tmp_path: Path, address: str
) -> None:
    village = Copy(tmp_path)
    for path, written in NUMBERS.items():
        village.write(path, village.read(path) + written.replace(ZALO, address))

    assert _numbers_told(village) == TOLD_OF_NUMBERS


@pytest.mark.parametrize(
    "address",
    [
        "https://shopee.example/product/84123456789/2",
        "https://truyxuat.example/0312345678",
        "https://khachsan-hotel.example/0312345678",
        "https://zalo.me/2025080512345678901",
    ],
)
def test_no_other_number_in_an_address_is_told(tmp_path: Path, address: str) -> None:
    village = Copy(tmp_path)
    for path, written in NUMBERS.items():
        village.write(path, village.read(path) + written.replace(ZALO, address))

    village.pages()


def test_a_word_taken_back_counts_for_products_that_are_known(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    before = village.read(PRODUCER)
    village.write(PRODUCER, f"{before}consent: {{on: 2026-05-01, evidence: Giấy đồng ý}}\n")
    village.write(TEA, village.read(TEA) + NUMBERS[TEA])
    village.pages()
    village.write(PRODUCER, before)

    assert _numbers_told(village) == [each for each in TOLD_OF_NUMBERS if each[0] == TEA]


def _numbers_told(village: Copy) -> list[tuple[str, str]]:
    with pytest.raises(ContentFaults) as stopped:
        village.pages()
    return [
        (fault.spot.path, fault.values["field"])
        for fault in stopped.value.problems
        if fault.code == "producer.number"
    ]


def test_the_search_for_it_would_find_it(village: Copy) -> None:
    written = village.read(PRODUCER).encode()

    assert len(set(PRIVATE.findall(written))) >= 5
    assert PRIVATE.search(b"0987 654 321")


def test_with_their_word_it_is_told(village: Copy) -> None:
    agreed = "consent: {on: 2026-05-01, evidence: Giấy đồng ý}\n"
    village.write(PRODUCER, village.read(PRODUCER) + agreed)

    page = village.pages().content("nguoi-lam/ho-ba-kin/index.html")

    assert PRIVATE.search(page)


def _told(path: str, content: bytes) -> list[bytes]:
    """Return what the file at *path* tells, whatever it is packed in."""
    if path.endswith((".pf_fragment", ".pf_index", ".pf_meta")):
        content = gzip.decompress(content)
    if path.endswith((".webp", ".jpg")):
        picture = Image.open(io.BytesIO(content))
        kept = {
            key: value for key, value in picture.info.items() if key in {"exif", "xmp", "comment"}
        }
        return [bytes(str(kept), "utf-8")] if kept or picture.getexif() else []
    return PRIVATE.findall(content)

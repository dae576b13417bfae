"""What an editor would want to know is told, and nothing that is as it should be."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image

from tests.app.commands import run
from tests.content.hamlet import copy

PRODUCT = "content/products/mat-ong/product.yaml"
STORY = "content/products/mat-ong/story"
MAKER = "content/producers/htx-ong.yaml"
PHOTO = "content/products/mat-ong/to-ong.jpg"
CLAIMS = """\
sectors: [food]
words: {vi: [chữa bệnh, dứt điểm], en: [cures]}
allowed: {vi: [không thay thế thuốc chữa bệnh]}
"""


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """Return a sound catalogue, with a list of claims."""
    copy(tmp_path)
    Image.new("RGB", (1200, 900), "sienna").save(tmp_path / PHOTO)
    (tmp_path / "content/claims.yaml").write_text(CLAIMS, "utf-8")
    rules = tmp_path / "content/programme.yaml"
    months = "    validity_months: 36\n"
    window = "    reevaluation: {earliest_days: 180, latest_days: 120}\n"
    rules.write_text(rules.read_text("utf-8").replace(months, months + window), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Mật ong chữa bệnh và ngọt.", ["4:9 claim.cure"]),
        ("Mật ong Chữa  bệnh, dứt điểm.", ["4:9 claim.cure", "4:21 claim.cure"]),
        ("Sản phẩm không thay thế thuốc chữa bệnh.", []),
        ("Người chữa bệnhviện", []),
        ("Gọi 0912 345 678 nhé", ["4:5 prose.phone"]),
        ("Gọi +84 912.345.678.", ["4:5 prose.phone"]),
        ("Chị An [gọi](tel:0912345678)", ["4:18 prose.phone"]),
        ("[Chị An](https://zalo.me/0912345678)", ["4:26 prose.phone"]),
        ("Số 075200001234", ["4:4 prose.identity"]),
        ("Năm 2025 bán 1.234.567.890 đồng", []),
        ("Xem https://a.example/0912345678 nhé", []),
        ("Mã 8934563138164", []),
        (normalize("NFD", "Gọi ngay: mật ong chữa bệnh"), ["4:22 claim.cure"]),
        ("Thư lan.ong@example.com nhé", ["4:5 prose.email"]),
        ("Thư [Lan](mailto:lan@example.com)", ["4:18 prose.email"]),
        ("Thư <lan@example.com>", ["4:6 prose.email"]),
    ],
)
def test_a_story_is_read_for_what_it_should_not_say(
    hamlet: Path, said: str, found: list[str]
) -> None:
    (hamlet / f"{STORY}.vi.md").write_text(f"---\ntitle: Ong\n---\n{said}\n", "utf-8")
    (hamlet / f"{STORY}.en.md").write_text("---\ntitle: Bee\n---\nBees.\n", "utf-8")

    assert _told(hamlet) == [f"{STORY}.vi.md:{each}" for each in found]


def test_a_summary_is_read_too_in_its_own_language(hamlet: Path) -> None:
    text = (hamlet / PRODUCT).read_text("utf-8")
    at = text.index("  en: ", text.index("summary"))
    (hamlet / PRODUCT).write_text(text[:at] + text[at:].replace("  en: ", "  en: Cures, ", 1))

    assert [each.split(" ")[1] for each in _told(hamlet)] == ["claim.cure"]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("gọi 0912.345.678", ["prose.phone"]),
        ("số 075200001234", ["prose.identity"]),
        ("lan@example.com", ["prose.email"]),
    ],
)
@pytest.mark.parametrize("before", ["Mật ong rừng", "Mật ong hoa rừng"])
def test_names_and_summaries_tell_nobody_s_number(
    hamlet: Path, before: str, said: str, codes: list[str]
) -> None:
    _replace(hamlet, before, f"{before} {said}")

    assert [each.split(" ")[1] for each in _told(hamlet)] == codes


@pytest.mark.parametrize(
    "field",
    [
        "pack: {vi: Hũ 500 g 0912345678, en: Jar}",
        "storage: {vi: Gọi 0912345678, en: Call}",
        "shelf_life: {vi: Hỏi 0912345678, en: Ask}",
        "buy: [{shop: Zalo 0912345678, url: 'https://zalo.me/g/ong'}]",
    ],
)
def test_nothing_that_a_product_says_tells_a_number(hamlet: Path, field: str) -> None:
    _replace(hamlet, "set: honey", f"{field}\nset: honey")

    assert [each.split(" ")[1] for each in _told(hamlet)] == ["prose.phone"]


def test_the_name_of_a_producer_tells_no_number(hamlet: Path) -> None:
    maker = hamlet / MAKER
    name = "Hợp tác xã Ong"
    maker.write_text(maker.read_text("utf-8").replace(name, f"{name} 0912345678"), "utf-8")

    assert _told(hamlet) == [f"{MAKER}:1:12 prose.phone"]


def test_what_stands_above_a_story_is_read_too(hamlet: Path) -> None:
    matter = "---\ntitle: Ong 0912345678\nsummary: Mật chữa bệnh\n---\nOng.\n"
    (hamlet / f"{STORY}.vi.md").write_text(matter, "utf-8")
    (hamlet / f"{STORY}.en.md").write_text("---\ntitle: Bee\n---\nBees.\n", "utf-8")

    assert _told(hamlet) == [f"{STORY}.vi.md:2:8 prose.phone", f"{STORY}.vi.md:3:10 claim.cure"]


def test_a_page_may_tell_how_to_reach_the_office_and_nobody_s_identity(hamlet: Path) -> None:
    pages = hamlet / "content/pages"
    pages.mkdir(exist_ok=True)
    for language in ("vi", "en"):
        matter = "---\ntitle: Văn phòng\npath: van-phong\n---\n"
        (pages / f"van-phong.{language}.md").write_text(
            f"{matter}ocop@example.com, 0251 382 2822\n\nSố 075200001234\n", "utf-8"
        )

    assert [each for each in _told(hamlet) if "prose." in each] == [
        f"content/pages/van-phong.{language}.md:7:4 prose.identity" for language in ("en", "vi")
    ]


@pytest.mark.parametrize(
    ("kind", "written"), [("set", "honey"), ("producer", "htx-ong"), ("commune", "xa-suoi")]
)
def test_what_names_nothing_is_told_and_so_is_all_else(
    hamlet: Path, kind: str, written: str
) -> None:
    _replace(hamlet, f"{kind}: {written}", f"{kind}: kia")

    assert [each.split(" ")[1] for each in _told(hamlet)] == [f"reference.{kind}"]


def test_two_products_or_two_producers_of_one_name_are_told(hamlet: Path) -> None:
    twin = hamlet / "content/products/mat-ong-2/product.yaml"
    twin.parent.mkdir()
    text = (hamlet / PRODUCT).read_text("utf-8")
    twin.write_text(text[: text.index("photos:")], "utf-8")
    maker = hamlet / MAKER
    maker.with_name("htx-2.yaml").write_text(maker.read_text("utf-8"), "utf-8")

    told = [each for each in _told(hamlet) if "twin" in each]

    assert told == [
        "content/producers/htx-ong.yaml:1:7 producer.twin",
        "content/products/mat-ong-2/product.yaml:1:7 product.twin",
    ]


@pytest.mark.parametrize(
    ("name", "other", "codes"),
    [
        ("Mứt dừa", "Mứt dứa", []),
        ("Cá khô", "Cá kho", []),
        ("Trà Hoà Bình", "trà  Hòa bình", ["product.twin"]),
    ],
)
def test_names_that_differ_by_their_marks_are_different_words(
    hamlet: Path, name: str, other: str, codes: list[str]
) -> None:
    text = (hamlet / PRODUCT).read_text("utf-8")
    text = text[: text.index("photos:")]
    for id_, called in (("mat-ong", name), ("mat-ong-2", other)):
        path = hamlet / f"content/products/{id_}/product.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("Mật ong rừng", called), "utf-8")

    assert [each.split(" ")[1] for each in _told(hamlet) if "twin" in each] == codes


def test_a_price_that_means_thousands_is_told(hamlet: Path) -> None:
    price = "price: {min: 45, max: 60, unit: {vi: kg, en: kg}, as_of: 2026-11-01}\n"
    _replace(hamlet, "set: honey", f"{price}set: honey")

    assert _told(hamlet) == [f"{PRODUCT}:5:14 price.low"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2028-01-01", []),
        ("2028-02-07", ["certification.window"]),
        ("2028-04-06", ["certification.window"]),
        ("2028-04-07", ["certification.lapses"]),
        ("2028-08-05", ["certification.lapses"]),
        ("2028-08-06", ["certification.lapsed"]),
    ],
)
def test_a_certificate_s_end_is_told_in_time(hamlet: Path, day: str, codes: list[str]) -> None:
    told = _told(hamlet, "--today", day)

    assert [each.split(" ")[1] for each in told if "certification." in each] == codes


def test_a_year_alone_is_told_as_a_year(hamlet: Path) -> None:
    text = (hamlet / PRODUCT).read_text("utf-8").replace("2025-08-05", "2024")
    (hamlet / PRODUCT).write_text(text, "utf-8")

    told = _told(hamlet, "--today", "2026-11-23")

    assert [each.split(" ")[1] for each in told] == ["certification.lapses_year"]


def test_a_product_without_a_photo_and_a_small_one_are_told(hamlet: Path) -> None:
    Image.new("RGB", (400, 300), "sienna").save(hamlet / PHOTO)
    small = _told(hamlet)
    text = (hamlet / PRODUCT).read_text("utf-8")
    (hamlet / PRODUCT).write_text(text[: text.index("photos:")], "utf-8")
    (hamlet / PHOTO).unlink()

    assert [each.split(" ")[1] for each in small] == ["photo.small"]
    assert _told(hamlet) == [f"{PRODUCT}:1:1 photo.none"]


def test_hints_stop_nothing_however_strict(hamlet: Path) -> None:
    text = (hamlet / PRODUCT).read_text("utf-8")
    (hamlet / PRODUCT).write_text(text[: text.index("photos:")], "utf-8")
    (hamlet / PHOTO).unlink()

    assert run(hamlet, "check", "--strict", "--today", "2026-11-23").status == 0


def test_a_path_that_windows_may_not_open_is_told(hamlet: Path) -> None:
    name = "x" * 230 + ".jpg"
    (hamlet / PHOTO).with_name(name).write_bytes((hamlet / PHOTO).read_bytes())

    assert "path.long" in " ".join(_told(hamlet))


def test_a_published_address_that_would_be_lost_is_a_fault(hamlet: Path) -> None:
    day = ("--today", "2026-11-23")
    run(hamlet, "build", *day)
    published = ("--published", "site/ocopgen-manifest.json")
    whole = run(hamlet, "check", *day, *published)
    for path in hamlet.glob("content/*s/*.yaml"):
        path.write_text(path.read_text("utf-8").replace("mat-ong", "mat-ong-rung"), "utf-8")
    moved = hamlet / "content/products/mat-ong"
    moved.rename(moved.with_name("mat-ong-rung"))
    lost = run(hamlet, "check", *day, *published, "--format", "json")
    moved.with_name("mat-ong-rung").rename(moved)
    for path in hamlet.glob("content/*s/*.yaml"):
        path.write_text(path.read_text("utf-8").replace("mat-ong-rung", "mat-ong"), "utf-8")
    run(hamlet, "move", "product", "mat-ong", "mat-ong-rung")
    kept = run(hamlet, "check", *day, *published)

    assert (whole.status, lost.status, kept.status) == (0, 1, 0)
    assert [row["code"] for row in json.loads(lost.out)] == ["address.lost"] * 2


@pytest.mark.parametrize("content", [None, b"[]", b"{", b'{"files": 3}'])
def test_a_published_list_that_is_none_is_wrong_use(hamlet: Path, content: bytes | None) -> None:
    if content is not None:
        (hamlet / "m.json").write_bytes(content)

    assert run(hamlet, "check", "--published", "m.json").status == 2


def _replace(root: Path, before: str, after: str) -> None:
    text = (root / PRODUCT).read_text("utf-8")
    assert before in text
    (root / PRODUCT).write_text(text.replace(before, after, 1), "utf-8")


def _told(root: Path, *options: str) -> list[str]:
    words = options or ("--today", "2026-11-23")
    rows = json.loads(run(root, "check", "--format", "json", *words).out)
    return [f"{row['path']}:{row['line']}:{row['column']} {row['code']}" for row in rows]

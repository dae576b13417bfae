"""A row changes what it mentions: nothing is lost, and nothing else becomes another."""

from pathlib import Path

import pytest

from ocopgen.app.sheets.editing import changes, edited
from tests.app.offices import HEADING, LEAF_CAKE, Office, office, row


@pytest.fixture
def village(tmp_path: Path) -> Office:
    """Return an office with a copy of the village."""
    return office(tmp_path)


def _lines(village: Office, heading: list[str], cells: list[object]) -> tuple[set[str], set[str]]:
    """Return the lines that go and come in the file of the leaf cake when a row brings *cells*."""
    path = village.root / LEAF_CAKE
    before = path.read_text("utf-8").splitlines()
    sheet = village.sheet(["Mã", *heading], ["banh-la-vi-du", *cells])

    assert village.bring(sheet), village.told(sheet)

    after = path.read_text("utf-8").splitlines()
    return set(before) - set(after), set(after) - set(before)


@pytest.mark.parametrize(
    ("title", "value", "gone", "come"),
    [
        ("Tên", "Bánh lá mới", {"  vi: Bánh lá Ví Dụ"}, {"  vi: Bánh lá mới"}),
        ("Giá thấp nhất", 45000, set(), set()),
        ("Giá thấp nhất", "40.000", {"  min: 45.000"}, {"  min: 40.000"}),
        ("Mùa vụ", "11, 12, 1, 2", set(), set()),
        ("Ngày công nhận", "5/8/2025", set(), set()),
        ("Ngày công nhận", "06/08/2025", {"    issued: 2025-08-05"}, {"    issued: 06/08/2025"}),
        ("Ngày công nhận", "2025", set(), set()),
        ("Ngày công nhận", 2025, set(), set()),
        ("Mã vạch", "8930 0000 00019", set(), set()),
        ("Nơi mua", "Chợ Mạng Ví Dụ https://cho-mang.example/banh-la", set(), set()),
        ("Bảo quản (tiếng Anh)", "-", None, None),
        ("Phim", "-", {"video: https://phim.example/banh-la"}, set()),
        ("Huyện cũ", "mau dong", set(), {"district: mau-dong"}),
        ("Bản nháp", "không", set(), set()),
        ("Bản nháp", "có", set(), {"draft: true"}),
    ],
)
def test_one_cell_changes_what_it_says(
    village: Office, title: str, value: object, gone: set[str] | None, come: set[str] | None
) -> None:
    went, came = _lines(village, [title], [value])

    assert gone is None or (gone, come) == (went, came)


def test_the_price_goes_where_both_of_its_ends_are_cleared(village: Office) -> None:
    _lines(village, ["Giá từ", "Giá đến"], ["-", "-"])

    assert "price" not in (village.root / LEAF_CAKE).read_text("utf-8")


def test_a_field_that_must_be_there_cannot_be_cleared(village: Office) -> None:
    sheet = village.sheet(["Mã", "Tên", "Hạng sao"], ["banh-la-vi-du", "-", "-"])

    assert village.codes(sheet) == ["B2 sheet.empty", "C2 sheet.empty"]


@pytest.mark.parametrize(
    ("issued", "decision", "count"),
    [
        ("05/08/2025", "12/QĐ-UBND", 1),
        ("05/08/2025", "13/QĐ-UBND", 1),
        ("07/08/2025", "12/QĐ-UBND", 1),
        (None, "12/qđ-ubnd", 1),
        ("07/08/2025", "13/QĐ-UBND", 2),
        ("05/08/2022", "12/QĐ-UBND", 2),
        ("05/08/2022", None, 2),
    ],
)
def test_a_certificate_is_corrected_or_added_and_never_lost(
    village: Office, issued: str | None, decision: str | None, count: int
) -> None:
    heading = ["Hạng sao", "Ngày công nhận", "Số quyết định", "Nguồn", "Tên bài", "Ngày xem"]
    source = ["https://bao.example/moi", "Tin mới", "20/11/2026"]

    went, _ = _lines(village, heading, [3, issued, decision, *source])
    text = (village.root / LEAF_CAKE).read_text("utf-8")

    assert count == text.count("  - star:")
    assert text.count("- url: https://bao.example/") == 2
    assert count == 1 or went == set()


@pytest.mark.parametrize("title", ["Ngày QĐ", "Ngày ban hành", "Ngày tháng năm cấp"])
def test_the_day_of_a_decision_is_known_by_its_usual_headings(village: Office, title: str) -> None:
    _, came = _lines(village, [title], ["06/08/2025"])

    assert came == {"    issued: 06/08/2025"}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        (["Hạng sao", "Số QĐ"], [5, "99/QĐ-UBND"]),
        (["Hạng sao", "Số QĐ", "Ngày công nhận"], [5, "99/QĐ-UBND", None]),
        (["Hạng sao", "Số QĐ", "Ngày công nhận"], [5, "99/QĐ-UBND", "-"]),
    ],
)
def test_another_decision_without_a_day_writes_over_none(
    village: Office, heading: list[str], cells: list[object]
) -> None:
    before = village.texts()
    sheet = village.sheet(["Mã", *heading], ["banh-la-vi-du", *cells])

    assert village.codes(sheet) == ["C2 sheet.decision_replaced"]
    assert "(12/QĐ-UBND)" in village.told(sheet)
    assert not village.bring(sheet)
    assert before == village.texts()


SECOND = """\
  - star: 3
    issued: 2021-05-05
    decision: {decision}
    sources: [{{url: "https://bao.example/cu", title: Tin, accessed: 2026-11-01}}]
"""


def _give_second(village: Office, decision: str) -> None:
    """Give the leaf cake an older certificate, by *decision*."""
    path = village.root / LEAF_CAKE
    text = path.read_text("utf-8").replace("gtin:", SECOND.format(decision=decision) + "gtin:")
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("decision", ["11/qđ-ubnd", "11 /QĐ-UBND", "QĐ số 11/QĐ-UBND", "11"])
def test_a_decision_is_that_of_its_own_certificate_however_it_is_spelt(
    village: Office, decision: str
) -> None:
    _give_second(village, "11/QĐ-UBND")

    went, came = _lines(village, ["Hạng sao", "Ngày công nhận", "Số QĐ"], [5, None, decision])

    assert (went, came) == ({"  - star: 3"}, {"  - star: 5"})


@pytest.mark.parametrize(
    "decision", ["Số 12/QĐ-UBND", "12/QĐ-UBND ngày 05/08/2025", "quyết định số: 12/QĐ-UBND", "12"]
)
@pytest.mark.parametrize("issued", [None, "05/08/2025"])
def test_what_is_written_around_a_number_makes_no_other_decision(
    village: Office, decision: str, issued: str | None
) -> None:
    assert _lines(village, ["Số QĐ", "Ngày QĐ"], [decision, issued]) == (set(), set())


def test_a_bare_number_that_two_bodies_have_given_names_neither(village: Office) -> None:
    _give_second(village, "12/QĐ-SCT")

    sheet = village.sheet(["Mã", "Số QĐ"], ["banh-la-vi-du", "12"])

    assert village.codes(sheet) == ["B2 sheet.decision_replaced"]


def test_an_unusual_spelling_gives_way_to_the_usual_one(village: Office) -> None:
    path = village.root / LEAF_CAKE
    path.write_text(path.read_text("utf-8").replace("12/QĐ-UBND", "12/qđ-ubnd"), "utf-8")

    _, came = _lines(village, ["Số QĐ"], ["12/QĐ-UBND"])

    assert came == {"    decision: 12/QĐ-UBND"}


def test_a_day_that_cannot_be_read_is_told_alone(village: Office) -> None:
    sheet = village.sheet(["Mã", "Số QĐ", "Ngày QĐ"], ["banh-la-vi-du", "99/QĐ-UBND", "tháng 8"])

    assert village.codes(sheet) == ["C2 day.spelling"]


def test_comments_stay_where_they_stand(village: Office) -> None:
    path = village.root / LEAF_CAKE
    noted = path.read_text("utf-8").replace("price:", "# Giá xem ở chợ.\nprice: # mỗi hộp")
    noted = noted.replace("  - star: 4\n", "  # Lần đầu.\n  - star: 4 # bốn\n")
    path.write_text(noted, "utf-8")

    went, came = _lines(
        village, ["Link truy xuất", "Hạng sao", "Giá từ", "Huyện"], ["-", 5, 50000, "mau-dong"]
    )
    text = path.read_text("utf-8")

    assert len(went) == 3
    assert len(came) == 3
    assert "# Giá xem ở chợ.\nprice: # mỗi hộp\n  min: 50000\n" in text
    assert "  # Lần đầu.\n  - star: 5 # bốn\n" in text


def test_line_ends_and_the_mark_of_windows_stay(village: Office) -> None:
    path = village.root / LEAF_CAKE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()

    _lines(village, ["Phim"], ["-"])

    assert path.read_bytes() == before.replace(b"video: https://phim.example/banh-la\r\n", b"")


def test_a_new_product_has_the_usual_form_of_a_record(village: Office) -> None:
    sheet = village.sheet(HEADING, row("Kẹo: mới", L="8930000000026", R="Chợ https://a.example"))

    assert village.bring(sheet)
    assert (village.root / "content/products/keo-moi/product.yaml").read_text("utf-8") == (
        'name:\n  vi: "Kẹo: mới"\n'
        "summary:\n"
        "  vi: Bánh bột gạo gói lá chuối, hấp trong buổi sáng và bán hết trước trưa.\n"
        "set: cakes\nproducer: htx-vi-du\ncommune: xa-lang-dong\n"
        "certifications:\n  - star: 4\n    issued: 05/08/2025\n    decision: 12/QĐ-UBND\n"
        "    sources:\n      - url: https://bao.example/tin\n        title: Một bài báo bịa\n"
        "        accessed: 01/11/2026\n"
        'gtin: ["8930000000026"]\n'
        "buy:\n  - shop: Chợ\n    url: https://a.example\n"
    )


@pytest.mark.parametrize(
    ("before", "said", "then", "after"),
    [
        ("a: {x: 1, y: 2}\n", {"a": {"x": "1", "y": "2"}}, {"a": {"x": "1"}}, "a: {x: 1}\n"),
        (
            "name: {vi: A}\nset: s\n",
            {"name": {"vi": "A"}, "set": "s"},
            {"name": {"vi": "A", "en": "B, C"}, "set": "s"},
            'name: {vi: A, en: "B, C"}\nset: s\n',
        ),
        (
            "summary:\n  vi: >-\n    Một\n    hai\n\n# ghi chú\nset: s\n",
            {"summary": {"vi": "Một hai"}, "set": "s"},
            {"summary": {"vi": "Ba"}, "set": "s"},
            "summary:\n  vi: Ba\n\n# ghi chú\nset: s\n",
        ),
        ("set: s\n", {"set": "s"}, {"name": {"vi": "A"}, "set": "s"}, "name:\n  vi: A\nset: s\n"),
        ("gtin: [1, 2]\n", {"gtin": ["1", "2"]}, {"gtin": ["1"]}, "gtin: [1]\n"),
        ("gtin:\n  - 1\n", {"gtin": ["1"]}, {"gtin": ["1", "2"]}, "gtin:\n  - 1\n  - 2\n"),
        ("gtin:\n- 1\n- 2\n", {"gtin": ["1", "2"]}, {"gtin": ["1"]}, "gtin:\n- 1\n"),
        ("set: s\nvideo:\n", {"set": "s"}, {"set": "s", "video": "v"}, "set: s\nvideo: v\n"),
        ("set: 's' # a\n", {"set": "s"}, {"set": "t"}, "set: t # a\n"),
    ],
)
def test_single_values_of_a_file_are_changed(
    before: str, said: object, then: object, after: str
) -> None:
    assert after == edited(before, list(changes(said, then)))

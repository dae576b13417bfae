"""All that is wrong in a spreadsheet is told at its cell, and then nothing is written."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from ocopgen.app.sheets.bringing import Wish, bring
from ocopgen.app.sheets.columns import form_for
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import WrongUse
from ocopgen.base.text import slug
from tests.app.commands import run
from tests.app.offices import HEADING, LEAF_CAKE, SUMMARY, Office, office, row
from tests.copies import TODAY

MISTAKES: list[tuple[str, object, str]] = [
    ("A", None, "sheet.nameless"),
    ("B", None, "sheet.empty"),
    ("B", "Ngắn quá", "text.length"),
    ("B", "x" * 301, "text.length"),
    ("B", SUMMARY + "\x85\ufffd", "text.letter"),
    ("C", None, "sheet.empty"),
    ("C", "Bánh keọ ngọt", "sheet.name_unknown"),
    ("C", "khong-co", "sheet.name_unknown"),
    ("D", "Hợp tác xã Không Có", "sheet.producer_unknown"),
    ("D", 12, "sheet.producer_unknown"),
    ("E", "Xã Không Có", "sheet.name_unknown"),
    ("E", None, "place.missing"),
    ("E", "Xã Làng Giữa", "place.straddles"),
    ("F", None, "sheet.empty"),
    ("F", 2, "star.range"),
    ("F", "năm", "star.range"),
    ("F", 4.5, "star.range"),
    ("F", True, "star.range"),
    ("G", "31/02/2025", "day.calendar"),
    ("G", "tháng 8", "day.spelling"),
    ("G", 45874, "day.spelling"),
    ("G", datetime(2025, 8, 5, 10, 30), "day.spelling"),  # noqa: DTZ001 - as Excel has them
    ("G", "05/08/1825", "day.years"),
    ("H", datetime(2025, 12, 1), "sheet.date"),  # noqa: DTZ001 - as above
    ("I", None, "sheet.empty"),
    ("I", "bao.example/tin", "url.spelling"),
    ("J", None, "sheet.empty"),
    ("J", "Hai\ndòng", "text.lines"),
    ("K", datetime(1905, 7, 13), "sheet.year"),  # noqa: DTZ001 - as above
    ("K", "01/11/2036", "day.future"),
    ("L", 893000000, "sheet.zeros"),
    ("L", "8,93E+12", "sheet.rounded"),
    ("L", "8930000000018", "gtin.check"),
    ("L", "893-abc", "gtin.spelling"),
    ("L", "8930000000026; 8930000000026", "id.twice"),
    ("L", "8930000000019", "gtin.shared"),
    ("M", "45,5", "price.spelling"),
    ("M", 0, "price.zero"),
    ("M", "chưa rõ", "price.spelling"),
    ("N", 1000, "price.order"),
    ("N", 45000.5, "price.spelling"),
    ("P", "hôm nay", "day.spelling"),
    ("P", None, "sheet.empty"),
    ("Q", datetime(2026, 2, 11), "sheet.date"),  # noqa: DTZ001 - as above
    ("Q", "13", "months.spelling"),
    ("Q", "5, 5", "months.twice"),
    ("R", "Chợ không có địa chỉ", "sheet.shop"),
    ("R", "Chợ http://cho.example", "url.https"),
    ("A", "Món 2", "sheet.row_twice"),
    ("G", "#N/A", "sheet.error"),
]


@pytest.fixture
def village(tmp_path: Path) -> Office:
    """Return an office with a copy of the village."""
    return office(tmp_path)


def _row(number: int) -> list[object]:
    price = {"M": 45000, "N": "60.000", "O": "hộp", "P": "01/10/2026"}
    return row(f"Món {number}", **price)


def _planted(village: Office) -> tuple[Path, list[str]]:
    """Return a list of a thousand rows in which every twentieth is wrong, and where it is."""
    rows = [_row(number) for number in range(2, 1002)]
    told = []
    for place, (letter, value, code) in enumerate(MISTAKES, 1):
        number = place * 20
        rows[number - 2][ord(letter) - ord("A")] = value
        told.append(f"{number if code == 'sheet.nameless' else f'{letter}{number}'} {code}")
    return village.sheet(HEADING, *rows), told


def test_fifty_mistakes_in_a_thousand_rows_are_told_and_nothing_else(village: Office) -> None:
    sheet, planted = _planted(village)
    before = village.texts()

    assert len(planted) == 50
    assert sorted(planted) == sorted(village.codes(sheet))
    assert not village.bring(sheet)
    assert before == village.texts()


def test_the_good_rows_come_in_where_that_is_asked_for(village: Office) -> None:
    sheet = village.sheet(HEADING, row("Món tốt"), row("Món hỏng", F="năm"), row("Món hay"))
    before = village.texts()

    assert not village.bring(sheet, keep_going=True)
    assert {f"content/products/{id_}/product.yaml" for id_ in ("mon-tot", "mon-hay")} == (
        village.texts().keys() - before.keys()
    )


IN_WORDS = {
    "vi": """
list.xlsx, trang tính «Danh sách», ô F2: Hạng sao: phải là 3, 4 hoặc 5
  năm
  gợi ý: chỉ sản phẩm từ 3 sao trở lên mới có giấy chứng nhận

1 lỗi""",
    "en": """
list.xlsx, sheet “Danh sách”, cell F2: Hạng sao: must be 3, 4 or 5
  năm
  hint: only products of 3 stars or more have a certificate

1 fault""",
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_a_fault_is_told_in_words_that_editors_use(village: Office, language: str) -> None:
    told = village.told(village.sheet(HEADING, row("Món", F="năm")), language)

    assert IN_WORDS[language] == f"\n{told}"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("Xã Đông Một", "Xã Đông Một nay thuộc Xã Làng Đông: viết «xa-lang-dong»"),
        ("tt mau dong", "Thị trấn Mẫu Đông nay thuộc Xã Làng Đông: viết «xa-lang-dong»"),
    ],
)
def test_a_former_commune_is_told_where_it_is_now(
    village: Office, written: str, remedy: str
) -> None:
    sheet = village.sheet(HEADING, row("Món", E=written))

    assert village.codes(sheet) == ["E2 sheet.commune_former"]
    assert f"  gợi ý: {remedy}" in village.told(sheet).splitlines()


def test_a_former_commune_is_not_taken_for_one_of_today_with_another_unit(village: Office) -> None:
    areas = village.root / "content/areas.yaml"
    areas.write_text(areas.read_text("utf-8").replace("Xã Tây Một", "Phường Làng Đông"), "utf-8")

    assert village.codes(village.sheet(HEADING, row("Món", E="Làng Đông"))) == []
    assert village.codes(village.sheet(HEADING, row("Món", E="Phường Làng Đông"))) == [
        "E2 sheet.commune_former"
    ]


def test_columns_that_nobody_knows_are_told(village: Office) -> None:
    sheet = village.sheet(
        ["STT", *HEADING, "Ghi chú", "Hạng sa", "Tên"], [1, *row("Món"), "x", "y", "z", "thừa"]
    )

    told = ["T1 sheet.column_unknown", "U1 sheet.column_meant", "V1 sheet.column_twice"]

    assert [*told, "W2 sheet.column_nameless"] == village.codes(sheet)


@pytest.mark.parametrize("title", ["Ngày ban hành", "Ngày QĐ"])
@pytest.mark.parametrize("first", [True, False])
def test_of_two_columns_for_one_field_that_of_the_form_is_read(
    village: Office, title: str, *, first: bool
) -> None:
    pair = [(title, "01/02/2020"), ("Ngày công nhận", "05/08/2025")]
    titles, days = zip(*(pair if first else pair[::-1]), strict=True)
    sheet = village.sheet(["Mã", *titles], ["banh-la-vi-du", *days])

    assert village.codes(sheet) == [f"{'B' if first else 'C'}1 sheet.column_second"]
    assert f"không đọc cột «{title}», vì cột «Ngày công nhận»" in village.told(sheet)
    assert not any(each.changed for each in village.read(sheet).drafts)


def test_a_column_that_a_price_needs_is_told_as_one(village: Office) -> None:
    sheet = village.sheet(["Mã", "Giá từ", "Giá đến"], ["gom-thu-nghiem", 1000, 2000])

    assert village.codes(sheet) == ["1 sheet.column_missing"] * 2
    told = "thiếu cột «Ngày xem giá»; sản phẩm mới, giấy chứng nhận mới hoặc giá bán cần có cột này"
    assert told in village.told(sheet)


def test_what_else_offices_keep_in_their_lists_stops_nothing(village: Office) -> None:
    others = ["Địa chỉ", "Điện thoại", "Người đại diện", "Doanh thu", "Số lượng", "Năm", "Ngành"]
    sheet = village.sheet([*HEADING, *others], [*row("Món"), *others])

    assert village.read(sheet).problems.faults == 0


def test_every_name_of_a_column_is_its_own() -> None:
    form = form_for(["vi", "en"], "vi")
    names = form.names()
    told = {
        (each, title)
        for each in form.columns
        for language, words in form.words.items()
        for title in (
            form.title(each, language),
            *(words[f"column.{each.name}.also"].split(", ") if each.language != "en" else ()),
        )
    }

    assert {each for each in told if names[slug(each[1])] != each[0]} == set()


def test_a_column_that_new_products_need_is_missed_once(village: Office) -> None:
    rows = [[cell for place, cell in enumerate(row(f"Món {n}")) if place != 5] for n in (1, 2)]
    heading = [title for title in HEADING if title != "Hạng sao"]

    assert village.codes(village.sheet(heading, *rows)) == ["1 sheet.column_missing"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"A": "Banh la vi du"}, "A2 sheet.product_alike"),
        ({"A": "bánh lá ví dụ", "D": None}, None),
        ({"A": "Mật ong tưởng tượng", "D": "htx-vi-du"}, None),
    ],
)
def test_a_name_that_differs_in_marks_alone_is_not_taken_for_new(
    village: Office, cells: dict[str, object], code: str | None
) -> None:
    told = village.codes(village.sheet(HEADING, row("", **cells)))

    assert ([code] if code else []) == [each for each in told if "alike" in each]


def test_a_new_id_for_a_product_that_has_one_is_refused(village: Office) -> None:
    sheet = village.sheet(["Mã", *HEADING], ["banh-la-moi", *row("Bánh lá Ví Dụ")])

    assert village.codes(sheet) == ["A2 sheet.id_other"]


def test_no_product_gets_a_folder_that_windows_cannot_have(village: Office) -> None:
    sheet = village.sheet(["Mã", *HEADING], ["nul", *row("Món")], [None, *row("Con")])

    assert village.codes(sheet) == ["A2 id.device"]
    assert [each.id for each in village.read(sheet).drafts] == ["con-htx-vi-du"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Tên;Chủ thể\nMật ong;Hợp tác".encode("cp1258", "replace"), "sheet.encoding"),
        (b"a,b\n1,2\n", "sheet.no_list"),
        (b"", "sheet.no_list"),
        (b'Id,Name\n"a,b\n', "sheet.unreadable"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_a_remedy(
    village: Office, written: bytes, code: str
) -> None:
    (village.root / "list.csv").write_bytes(written)

    with pytest.raises(WrongUse, match=re.escape(code)):
        village.read(village.root / "list.csv")


@pytest.mark.parametrize("name", ["list.xlsx", "list.ods", "list.doc"])
def test_a_file_that_is_no_spreadsheet_is_told(village: Office, name: str) -> None:
    (village.root / name).write_bytes(b"no spreadsheet")

    with pytest.raises(WrongUse, match=r"sheet\.(kind|unreadable)"):
        village.read(village.root / name)


def test_a_catalogue_with_faults_of_its_own_is_mended_first(village: Office) -> None:
    path = village.root / "content" / "products" / "banh-la-vi-du" / "product.yaml"
    path.write_text(path.read_text("utf-8").replace("star: 4", "star: 9"), "utf-8")
    village.sheet(HEADING, row("Món"))

    said = run(village.root, "import", "list.xlsx", "--yes", "--today", str(TODAY))

    assert said.status == 1
    assert "product.yaml" in said.out


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_damaged_workbook_is_told(village: Office, kept: float) -> None:
    sheet = village.sheet(HEADING, row("Món"))
    whole = sheet.read_bytes()
    sheet.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(WrongUse, match=r"sheet\.unreadable"):
        village.read(sheet)


@pytest.mark.parametrize("agreed", [True, False, None])
def test_nothing_is_written_before_the_person_agrees(
    village: Office, *, agreed: bool | None
) -> None:
    sheet = village.sheet(HEADING, row("Món"))
    before = village.texts()
    wish = Wish(sheet, write=False, show=False, keep_going=False)

    assert bring(village.root, TODAY, wish, Terminal("vi"), lambda _: agreed)
    assert bool(agreed) == (village.texts() != before)


def test_a_file_that_somebody_saves_meanwhile_is_not_written_over(village: Office) -> None:
    sheet = village.sheet(["Mã", "Tên"], ["banh-la-vi-du", "Tên mới"])
    path = village.root / LEAF_CAKE
    wish = Wish(sheet, write=False, show=False, keep_going=False)

    def agree(_: str) -> bool:
        path.write_text(path.read_text("utf-8") + "# vừa thêm\n", "utf-8")
        return True

    with pytest.raises(WrongUse, match=r"sheet\.meanwhile"):
        bring(village.root, TODAY, wish, Terminal("vi"), agree)

    assert "Tên mới" not in path.read_text("utf-8")

"""What belongs to a person is found however it is written, and nothing else is taken for it."""

import pytest

from ocopgen.content.personal import personal

LONG = 1_000_000
"""Letters of a line; whoever looked at each of them once more for each would take days."""


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912\u00a0345\u00a0678",
        "0912–345–678",
        "0912-345-678",
        "091 234 56 78",
        "(091) 234 5678",
        "(0251) 382 2822",
        "0251.382.2822",
        "024 3822 2822",
        "+84 912.345.678",
        "+84 (0) 912 345 678",
        "(+84) 912 345 678",
        "(84-251) 3822 822",
        "0084 912 345 678",
    ],
)
@pytest.mark.parametrize(
    "line",
    ["{}", "Gọi {}.", "ĐT.{}", "SĐT:{}", "({})", "_{}_", "{}/", "Zalo/{}", "Gọi số {} nhé"],
)
def test_a_telephone_number_is_found(line: str, number: str) -> None:
    told = list(personal(line.format(number)))

    assert told == [(line.index("{"), "prose.phone", number)]


def test_of_two_numbers_both_are_found() -> None:
    told = personal("0912345678/0987 654 321, (0251) 382 2822")

    assert [written for _, _, written in told] == [
        "0912345678",
        "0987 654 321",
        "(0251) 382 2822",
    ]


@pytest.mark.parametrize(
    ("line", "code", "written"),
    [
        ("[chị An](tel:0912345678)", "prose.phone", "0912345678"),
        ("[chị An](<tel:+84 912 345 678>)", "prose.phone", "+84 912 345 678"),
        ("<tel:02513822822>", "prose.phone", "02513822822"),
        ("[Zalo](https://zalo.me/0912345678)", "prose.phone", "0912345678"),
        ("<https://zalo.me/84912345678>", "prose.phone", "84912345678"),
        ("zalo.me/0912345678", "prose.phone", "0912345678"),
        ("[x](mailto:an@gmail.com)", "prose.email", "an@gmail.com"),
        ("<an@gmail.com>", "prose.email", "an@gmail.com"),
        ("an.ong@lang.com.vn.", "prose.email", "an.ong@lang.com.vn"),
        ("CCCD:075200001234", "prose.identity", "075200001234"),
        ("Liên hệ đăng ký: 0912345678", "prose.phone", "0912345678"),
        ("Hộ kinh doanh 0912345678", "prose.phone", "0912345678"),
    ],
)
def test_what_belongs_to_a_person_is_found(line: str, code: str, written: str) -> None:
    assert list(personal(line)) == [(line.index(written), code, written)]


@pytest.mark.parametrize(
    "line",
    [
        "2kg@45.000",
        "45.000đ@500g.hộp",
        "893012345678",
        "Tài khoản 123456789012",
        "MST 0312345678",
        "MST: 0312345678-001",
        "Mã số thuế: 0312345678",
        "Mã số doanh nghiệp: 0301234567",
        "Giấy phép số 0301234567",
        "Giấy chứng nhận đăng ký hộ kinh doanh số: 0301234567",
        "Tax code: 0312345678",
        "Licence no. 0301234567",
        "0301234567/GP-SYT",
        "0312345678-001",
        "Sản lượng 0 100 200 300 400 500 tấn",
        "01 02 03 04 05 06",
        "03 04 05 06 07 08 09 10 11",
        "0.912345678",
        "1.091.234.567 đồng",
        "(84.900.000.000 đồng)",
        "0912345678,5",
        "08934563138164",
        "2026-09-12 08:30",
        "https://shopee.example/product/84123456789/2",
        "[x](/san-pham/0912345678/)",
    ],
)
def test_what_belongs_to_nobody_is_not_told(line: str) -> None:
    assert list(personal(line)) == []


@pytest.mark.parametrize("often", ["<", "](", "](a", "(", "+84 ", "a@", "a.", "091", "zalo"])
def test_a_long_line_is_looked_through_once(often: str) -> None:
    line = often * (LONG // len(often))

    assert list(personal(f"{line} 0912345678"))[-1:] == [
        (len(line) + 1, "prose.phone", "0912345678")
    ]

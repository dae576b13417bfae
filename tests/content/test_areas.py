"""Who writes a commune as it was before others were formed from it hears where it is today."""

from pathlib import Path

import pytest

from ocopgen.base.text import slug
from ocopgen.content.areas import former
from tests.content.hamlet import copy, put, told_of

FORMED = (
    ("Xã Xuân Thọ", "phuong-loc"),
    ("Xã Xuân Tâm (một phần)", "xa-dong"),
    ("Xã Xuân Tâm (một phần)", "xa-hoa"),
    ("Phường Lộc Thành", "xa-dong"),
    ("Xã Lộc Thạnh", "xa-hoa"),
)
AREAS = "content/areas.yaml"
WHOLE = "{name: Xã Suối Cũ, district: huyen-tren}"
SHARE = "{name: Xã Chia Đôi (một phần), district: huyen-tren}"


@pytest.mark.parametrize(
    ("said", "names", "ids"),
    [
        ("Xã Xuân Thọ", "Xã Xuân Thọ", "phuong-loc"),
        ("xuan tho", "Xã Xuân Thọ", "phuong-loc"),
        ("xa-xuan-tho", "Xã Xuân Thọ", "phuong-loc"),
        ("P. Xuân Thọ", "Xã Xuân Thọ", "phuong-loc"),
        ("Xuân Tâm", "Xã Xuân Tâm", "xa-dong, xa-hoa"),
        ("xã lộc thạnh", "Xã Lộc Thạnh", "xa-hoa"),
        ("loc thanh", "Phường Lộc Thành, Xã Lộc Thạnh", "xa-dong, xa-hoa"),
    ],
)
def test_a_former_commune_is_found_as_people_write_it(said: str, names: str, ids: str) -> None:
    found = former(said, FORMED)

    assert found
    assert (names, ids) == (found.called, ", ".join(found.ids))


@pytest.mark.parametrize("said", ["Xuân", "Xã", "Xã Xuân Thộ B", ""])
def test_what_no_commune_was_called_is_no_former_commune(said: str) -> None:
    assert former(said, FORMED) is None


@pytest.mark.parametrize(
    ("language", "id_", "remedy"),
    [
        ("vi", "xa-suoi-cu", "gợi ý: Xã Suối Cũ nay thuộc Xã Suối: viết «xa-suoi»"),
        ("en", "xa-suoi-cu", "hint: Xã Suối Cũ is now part of Xã Suối: write “xa-suoi”"),
        (
            "vi",
            "chia-doi",
            "gợi ý: Xã Chia Đôi nay thuộc Xã Suối, Xã Đồi; chọn một trong các mã: xa-suoi, xa-doi",
        ),
    ],
)
def test_a_record_in_a_former_commune_is_told_where_that_is_now(
    tmp_path: Path, language: str, id_: str, remedy: str
) -> None:
    copy(tmp_path)
    _form(tmp_path)
    put(tmp_path, "content/products/mat-ong/product.yaml", f"commune: {id_}\n")

    told = told_of(tmp_path, language)

    assert f"  {remedy}" in told.splitlines()


@pytest.mark.parametrize(
    ("id_", "remedy"),
    [
        ("lang-cu", "có lẽ ý bạn là «phuong-lang-cu»; dùng đơn vị hiện nay; các mã đúng nằm"),
        ("thi-tran-lang-cu", "có lẽ ý bạn là «phuong-lang-cu»; dùng"),
        ("xa-lang-cu", "Xã Làng Cũ nay thuộc Xã Suối: viết «xa-suoi»"),
        ("tan-son", "có lẽ ý bạn là «phuong-tan-son»; dùng"),
        ("xa-tan-son", "có lẽ ý bạn là «phuong-tan-son»; dùng"),
        ("Tân Sơn", "có lẽ ý bạn là «phuong-tan-son»; dùng"),
        ("Xã Làng Cũ", "Xã Làng Cũ nay thuộc Xã Suối: viết «xa-suoi»"),
        ("thanh-hai", "chọn một trong các mã: phuong-thanh-hai, xa-thanh-hai, xa-suoi"),
    ],
)
def test_a_name_that_one_of_today_bears_means_that_one(
    tmp_path: Path, id_: str, remedy: str
) -> None:
    copy(tmp_path)
    today = ["Phường Làng Cũ", "Phường Tân Sơn", "Xã Tân Sỏi", "Xã Thạnh Hải", "Phường Thanh Hải"]
    rows = (
        f'  - {{id: {slug(name)}, name: {{vi: {name}}}, kind: xa, code: "8{number}", '
        "districts: [huyen-tren]}\n"
        for number, name in enumerate(today)
    )
    formed = "Xã Làng Cũ, district: huyen-tren}, {name: Xã Thánh Hải"
    text = (tmp_path / AREAS).read_text("utf-8")
    text = text.replace(
        "[huyen-tren]}", f"[huyen-tren], formed_from: [{WHOLE.replace('Xã Suối Cũ', formed)}]}}", 1
    )
    (tmp_path / AREAS).write_text(text.rstrip() + "\n" + "".join(rows), "utf-8")
    put(tmp_path, "content/products/mat-ong/product.yaml", f"commune: {id_}\n")

    told = [line for line in told_of(tmp_path).splitlines() if "gợi ý" in line]

    assert any(remedy in line for line in told), told


def _form(root: Path) -> None:
    """Let the communes of the hamlet be formed from others, of which one was divided."""
    text = (root / AREAS).read_text("utf-8")
    for district, formed in (("[huyen-tren]", f"{WHOLE}, {SHARE}"), ("huyen-duoi]", SHARE)):
        text = text.replace(f"{district}}}", f"{district}, formed_from: [{formed}]}}")
    (root / AREAS).write_text(text, "utf-8")

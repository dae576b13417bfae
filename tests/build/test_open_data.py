"""The open data: whole, as its own package describes it, the same bytes twice, nothing private."""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build import open_data as room
from ocopgen.build import pool
from ocopgen.build.machine import usable_cores
from ocopgen.build.open_data import open_data, open_data_beside
from ocopgen.build.site import prepare
from ocopgen.pages.csv_text import csv_bytes
from ocopgen.pages.open_files import open_files
from ocopgen.pages.views import Press
from tests.copies import TODAY, Copy, Site

FOLDER = "kho-du-lieu/"
HOST = "https://lang.example/ocop/"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
READ: dict[str, Callable[[str], object]] = {
    "integer": int,
    "number": float,
    "string": str,
    "date": date.fromisoformat,
}

Files = dict[str, bytes]
Row = dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the village, made."""
    return Copy(tmp_path_factory.mktemp("village")).pages()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the open data of the village, by path."""
    return _files(Copy(tmp_path_factory.mktemp("village")))


def _files(village: Copy, day: date = TODAY) -> Files:
    memory, store = Memory(village.cache / "memory.lines"), Store(village.cache / "store")
    prepared = prepare(village.root, day, memory, Problems())
    assert prepared is not None
    made, _ = open_data(prepared.presses, store)
    memory.save()
    return {path: store.get(key) or b"" for path, key in made.items()}


def _json(files: Files, name: str) -> Any:  # noqa: ANN401 - as it comes out of JSON
    return json.loads(files[FOLDER + name])


def _rows(files: Files, name: str) -> list[Row]:
    text = files[f"{FOLDER}{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _tables(files: Files) -> dict[str, dict[str, Any]]:
    resources = _json(files, "datapackage.json")["resources"]
    return {each["name"]: each for each in resources if "schema" in each}


def test_the_package_names_every_file_with_its_size_and_its_sum(files: Files) -> None:
    package = _json(files, "datapackage.json")
    told = {FOLDER + each["path"]: each for each in package["resources"]}
    aside = {f"{FOLDER}datapackage.json", f"{FOLDER}catalogue.xlsx", "en/open-data/catalogue.xlsx"}

    assert set(told) == set(files) - aside
    for path, each in told.items():
        assert each["bytes"] == len(files[path])
        assert each["hash"] == f"sha256:{sha256(files[path]).hexdigest()}"
        assert re.fullmatch(r"[-a-z0-9._/]+", each["name"])


def test_every_cell_is_of_the_type_that_its_column_is_said_to_have(files: Files) -> None:
    for name, table in _tables(files).items():
        fields, rows = table["schema"]["fields"], _rows(files, name)
        assert rows, name
        assert [each["name"] for each in fields] == list(rows[0])
        for row in rows:
            for field in fields:
                value, must = row[field["name"]], field.get("constraints", {})
                assert value or not must.get("required"), (name, field, row)
                if value:
                    READ[field["type"]](value)
                    assert value in must.get("enum", [value]), (name, field, value)


def test_what_a_row_leads_to_is_there_and_ids_stand_once(files: Files) -> None:
    tables = _tables(files)
    ids = {name: [row.get("id") for row in _rows(files, name)] for name in tables}
    for name, table in tables.items():
        if table["schema"].get("primaryKey"):
            assert len(set(ids[name])) == len(ids[name]), name
        for key in table["schema"].get("foreignKeys", []):
            there = {"", *ids[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in _rows(files, name)} <= there, (name, key)


def test_a_product_is_told_with_its_standing_and_its_certificates(files: Files) -> None:
    (cake,) = (row for row in _rows(files, "products") if row["id"] == "banh-la-vi-du")
    papers = [row for row in _rows(files, "certifications") if row["product"] == "cha-ha-sao"]

    assert cake["name_vi"] == "Bánh lá Ví Dụ"
    assert cake["name_en"] == "Example leaf cake"
    assert cake["url_en"] == f"{HOST}en/goods/banh-la-vi-du/"
    assert (cake["status"], cake["star"], cake["ends"]) == ("valid", "4", "2028-08-05")
    assert (cake["price_min"], cake["price_as_of"]) == ("45000", "2026-10-01")
    assert [row["star"] for row in papers] == ["4", "3"]


def test_only_what_is_published_is_told(files: Files) -> None:
    told = {row["id"] for row in _rows(files, "products")}

    assert "hat-con-nhap" not in told  # a draft
    assert "ruou-ngay-mai" not in told  # not certified yet
    assert "mam-khong-co-that" in told  # expired, and said to be


def test_the_whole_in_one_file_says_what_the_tables_say(files: Files, site: Site) -> None:
    whole = _json(files, "catalogue.json")

    for name in ("products", "producers", "outlets", "events", "communes", "districts", "sets"):
        assert [each["id"] for each in whole[name]] == [row["id"] for row in _rows(files, name)]
    for each in whole["products"]:
        for url in each["url"].values():
            beside = f"{url.removeprefix(HOST)}index.json"
            assert json.loads(site.content(beside)) == each


@pytest.mark.parametrize("name", ["producers", "outlets", "events"])
def test_each_record_lies_beside_its_page_in_every_language(
    files: Files, site: Site, name: str
) -> None:
    for each in _json(files, "catalogue.json")[name]:
        for url in each["url"].values():
            path = url.removeprefix(HOST)
            assert json.loads(site.content(f"{path}index.json")) == each
            assert f'href="/ocop/{path}index.json"'.encode() in site.content(f"{path}index.html")


def test_places_lie_where_the_public_may_know(files: Files) -> None:
    producers = {each["id"]: each for each in _json(files, "producers.geojson")["features"]}
    outlets = {each["id"]: each for each in _json(files, "outlets.geojson")["features"]}

    assert producers["htx-vi-du"]["geometry"]["coordinates"] == [107.1234, 11.1234]
    assert producers["htx-vi-du"]["properties"]["exact"] is True
    assert producers["ho-ba-kin"]["properties"]["exact"] is False
    assert outlets["cho-lang"]["geometry"]["coordinates"] == [107.02, 11.08]
    assert "cho-tren-mang" not in outlets


def test_nobody_s_door_or_telephone_is_told_without_their_word(files: Files) -> None:
    rows = {row["id"]: row for row in _rows(files, "producers")}

    assert rows["htx-vi-du"]["phone"] == "+842510000001"
    assert rows["ho-ong-mau"]["phone"]
    assert not rows["ho-ba-kin"]["phone"]
    assert not rows["ho-ba-kin"]["address_vi"]
    for content in files.values():
        assert "Giấy đồng ý".encode() not in content
        assert b"consent" not in content


@pytest.mark.parametrize(
    ("path", "first"),
    [(f"{FOLDER}catalogue.xlsx", "Sản phẩm"), ("en/open-data/catalogue.xlsx", "Products")],
)
def test_the_workbook_holds_every_table_under_headings_for_people(
    files: Files, path: str, first: str
) -> None:
    book = load_workbook(io.BytesIO(files[path]))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    ids = [row["id"] for row in _rows(files, "products")]

    assert book.sheetnames[0] == first
    assert len(book.sheetnames) == len(_tables(files)) + 1
    assert [row[0] for row in rows[1:]] == ids
    assert all(rows[0])
    assert book.worksheets[0].freeze_panes == "B2"


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    path = "content/products/banh-la-vi-du/product.yaml"
    village.edit(path, r"vi: Bánh lá Ví Dụ", "vi: \"=HYPERLINK('https://x.example')\"")
    files = _files(village)
    book = load_workbook(io.BytesIO(files[f"{FOLDER}catalogue.xlsx"]))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]

    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert any(row["name_vi"].startswith("'=HYPERLINK") for row in _rows(files, "products"))
    assert csv_bytes(["a"], [["+84251 000 1"], [-1.5], ["-1+1"]]).decode("utf-8-sig") == (
        "a\r\n+84251 000 1\r\n-1.5\r\n'-1+1\r\n"
    )


def test_another_day_changes_the_package_alone_and_another_record_its_files(
    files: Files, tmp_path: Path
) -> None:
    village = Copy(tmp_path)
    later = _files(village, date(2026, 11, 24))
    assert _changed(files, later) == {f"{FOLDER}datapackage.json"}

    village.edit("content/products/banh-la-vi-du/product.yaml", "bán hết trước trưa", "còn đến tối")
    edited = _files(village, date(2026, 11, 24))
    names = ("products.csv", "catalogue.json", "catalogue.xlsx", "datapackage.json")
    changed = {*(FOLDER + name for name in names), "en/open-data/catalogue.xlsx"}
    assert _changed(later, edited) == changed


def test_what_was_lost_from_the_store_is_made_again(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    first = _files(village)
    lost = _in_store(village)
    assert lost
    for path in lost:
        path.unlink()

    assert _files(village) == first


def _in_store(village: Copy) -> list[Path]:
    return [path for path in (village.cache / "store").rglob("*") if path.is_file()]


def _changed(one: Files, other: Files) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def test_the_page_leads_to_every_file_and_explains_every_column(files: Files, site: Site) -> None:
    page = site.content(f"{FOLDER}index.html").decode()

    for path in files:
        if not path.startswith("en/"):
            assert f'href="/ocop/{path}"' in page, path
    for name in _columns(files):
        assert f"<code>{name}</code>" in page, name
    assert page.count('<th scope="row">') == sum(1 for _ in _columns(files))


def _columns(files: Files) -> Iterator[str]:
    for table in _tables(files).values():
        yield from (field["name"] for field in table["schema"]["fields"])


@pytest.mark.parametrize("fate", ["it does its work", "it dies", "there is none"])
def test_a_copy_of_the_process_makes_the_same(
    tmp_path: Path, files: Files, monkeypatch: pytest.MonkeyPatch, fate: str
) -> None:
    village, here = Copy(tmp_path), os.getpid()
    store = Store(village.cache / "store")
    prepared = prepare(village.root, TODAY, Memory(village.cache / "memory.lines"), Problems())
    assert prepared is not None
    made_here = list[bool]()

    def watched(presses: Sequence[Press]) -> Iterator[tuple[str, bytes]]:
        if os.getpid() != here and fate == "it dies":
            os._exit(1)
        made_here.append(os.getpid() == here)
        return open_files(presses)

    monkeypatch.setattr(room, "open_files", watched)
    if fate == "there is none":
        monkeypatch.setattr(pool, "may_fork", lambda: False)

    with open_data_beside(prepared.presses, store) as opened:
        made, kept = opened()

    assert {path: store.get(key) for path, key in made.items()} == files
    assert kept in store
    copied = pool.may_fork() and usable_cores() > 1 and fate == "it does its work"
    assert made_here == ([] if copied else [True])


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    village = Copy(tmp_path)
    store = Store(village.cache / "store")
    prepared = prepare(village.root, TODAY, Memory(village.cache / "memory.lines"), Problems())
    assert prepared is not None
    first = open_data(prepared.presses, store)
    monkeypatch.delattr(room, "beside")
    monkeypatch.delattr(room, "open_files")

    with open_data_beside(prepared.presses, store) as opened:
        assert opened() == first

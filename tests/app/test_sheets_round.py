"""What is given out comes in again as it was, and gives the same bytes each time."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ocopgen.app.sheets.bringing import sound
from ocopgen.app.sheets.giving import workbook
from tests.app.commands import run
from tests.app.offices import LEAF_CAKE, Office, office
from tests.copies import TODAY, VILLAGE

CATALOGUES = {"village": VILLAGE, "example": Path(__file__).parents[2]}


@pytest.fixture
def village(tmp_path: Path) -> Office:
    """Return an office with a copy of the village."""
    return office(tmp_path)


@pytest.fixture(params=CATALOGUES)
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """Return an office with a copy of the village, then one with the example's content."""
    shutil.copytree(CATALOGUES[request.param] / "content", tmp_path / "content")
    return Office(tmp_path)


def given(where: Office, language: str = "vi") -> Path:
    """Return the workbook of all products *where* the office is."""
    path = where.root / "all.xlsx"
    path.write_bytes(workbook(sound(where.root, TODAY), language))
    return path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_given_out_changes_nothing_when_it_comes_back(
    anywhere: Office, language: str
) -> None:
    before = anywhere.texts()

    assert anywhere.bring(given(anywhere, language))
    assert before == anywhere.texts()


def test_the_same_products_give_the_same_bytes(anywhere: Office) -> None:
    first = given(anywhere).read_bytes()

    anywhere.bring(anywhere.root / "all.xlsx")

    assert first == given(anywhere).read_bytes()


def test_products_that_a_sheet_brings_to_an_empty_catalogue_are_given_out_alike(
    village: Office,
) -> None:
    sheet = given(village)
    cells = _cells(sheet)
    for path in (village.root / "content" / "products").iterdir():
        (path / "product.yaml").unlink()
        shutil.rmtree(path)
    for path in (village.root / "content" / "events").iterdir():
        path.unlink()
    for path in (village.root / "content" / "outlets").iterdir():
        path.unlink()

    assert village.bring(sheet)
    assert cells == _cells(given(village))


def test_a_changed_cell_changes_its_line_and_no_other(village: Office) -> None:
    sheet = given(village)
    before = village.texts()
    place = next(row for row in _cells(sheet) if row[0] == "banh-la-vi-du")
    line = 1 + _cells(sheet).index(place)

    village.bring(village.edited(sheet, (f"B{line}", "Bánh lá Ví Dụ mới")))

    after = village.texts()
    changed = {path for path in after if after[path] != before[path]}
    old, new = (each[LEAF_CAKE].decode().splitlines() for each in (before, after))

    lines = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]

    assert changed == {LEAF_CAKE}
    assert lines == [("  vi: Bánh lá Ví Dụ", "  vi: Bánh lá Ví Dụ mới")]


def test_the_form_offers_choices_notes_and_explanations(village: Office) -> None:
    book = load_workbook(given(village))
    sheet, explanations, lists = book.worksheets
    validations = sheet.data_validations.dataValidation
    choices = {
        str(lists.cell(1, place).value): [
            lists.cell(row, place).value for row in range(2, 5) if lists.cell(row, place).value
        ]
        for place in range(1, lists.max_column + 1)
    }

    assert (sheet.freeze_panes, lists.sheet_state) == ("C2", "hidden")
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert len(validations) == len(choices)
    assert choices["Hạng sao"] == ["3", "4", "5"]
    assert choices["Bản nháp"] == ["có", "không"]
    assert explanations.title == "Giải thích"
    assert "List of OCOP products" in {cell.value for cell in explanations["A"]}


def test_a_workbook_names_no_day_on_which_it_was_made(village: Office) -> None:
    book = load_workbook(given(village))

    days = [book.properties.created, book.properties.modified]

    assert [each.year for each in days if each] == [1980, 1980]


def test_the_commands_give_out_and_bring_in(village: Office) -> None:
    gave = run(village.root, "export", "all.xlsx")
    village.edited(village.root / "all.xlsx", ("B2", "Tên khác"))
    asked = run(village.root, "import", "all.xlsx", "--today", str(TODAY))
    untouched = village.texts()
    wrote = run(village.root, "import", "all.xlsx", "--yes", "--today", str(TODAY))
    again = run(village.root, "import", "all.xlsx", "--today", str(TODAY))

    assert [gave.status, asked.status, wrote.status, again.status] == [0, 0, 0, 0]
    assert "+  vi: Tên khác" in asked.out
    assert "--yes" in asked.out
    assert untouched != village.texts()
    assert "New products: 0; changed: 0; unchanged: 11." in again.out


def test_no_slip_of_the_hand_writes_over_the_content(village: Office) -> None:
    refused = [run(village.root, "export", name) for name in ("content/a.xlsx", "a.yaml")]

    assert [each.status for each in refused] == [2, 2]
    assert not (village.root / "a.yaml").exists()


def test_what_was_filled_in_is_written_over_only_where_that_is_said(village: Office) -> None:
    run(village.root, "export", "all.xlsx")
    filled = village.edited(village.root / "all.xlsx", ("B2", "Tên khác")).read_bytes()

    refused = run(village.root, "export", "all.xlsx")

    assert refused.status == 2
    assert "ocopgen import all.xlsx" in refused.err
    assert filled == (village.root / "all.xlsx").read_bytes()
    assert run(village.root, "export", "all.xlsx", "--overwrite").status == 0
    assert "Tên khác" not in [row[1] for row in _cells(village.root / "all.xlsx")]


def test_a_file_with_a_space_in_its_name_is_told_as_it_must_be_typed(village: Office) -> None:
    gave = run(village.root, "export", "San pham.xlsx")
    refused = run(village.root, "export", "San pham.xlsx")

    assert 'ocopgen import "San pham.xlsx"' in gave.out
    assert 'ocopgen import "San pham.xlsx"' in refused.err


def _cells(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].values)

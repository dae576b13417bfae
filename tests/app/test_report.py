"""A problem is shown at its line, under its letters, in the language that was asked for."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocopgen.app.formats import as_json
from ocopgen.app.report import (
    chosen_language,
    counted,
    explain,
    explain_trouble,
    report,
)
from ocopgen.base.problems import MachineTrouble, Problem, Problems, Spot
from ocopgen.pages.messages import read_messages
from ocopgen.pages.theme import Theme, default_layer

SENTENCES = read_messages(Theme((default_layer(),)), "problems", ("vi", "en"), Problems())
VI, EN = SENTENCES["vi"], SENTENCES["en"]
WIDE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def shown(root: Path, line: str, column: int) -> list[str]:
    """Return what is shown of a problem at *column* of the *line*: the line and the caret."""
    (root / "x.yaml").write_bytes(line.encode())
    return explain(Problem(Spot("x.yaml", 1, column), "price.old"), VI, root).split("\n")[1:-1]


def test_the_caret_stands_under_what_is_meant(tmp_path: Path) -> None:
    assert shown(tmp_path, "star: năm", 7) == ["  star: năm", "        ^"]


def test_the_caret_counts_letters_whose_marks_are_apart(tmp_path: Path) -> None:
    apart = "te\u0302\u0301t: x"

    assert shown(tmp_path, apart, 8) == [f"  {apart}", "       ^"]


def test_the_caret_counts_wide_letters_twice(tmp_path: Path) -> None:
    assert shown(tmp_path, "漢字: x", 5) == ["  漢字: x", "        ^"]


def test_a_tab_is_shown_as_spaces(tmp_path: Path) -> None:
    assert shown(tmp_path, "\tx: y", 2) == ["      x: y", "      ^"]


def test_the_caret_may_stand_behind_the_end(tmp_path: Path) -> None:
    assert shown(tmp_path, 'x: "y', 6) == ['  x: "y', "       ^"]


def test_what_a_terminal_would_obey_is_shown_as_a_sign(tmp_path: Path) -> None:
    assert shown(tmp_path, "a\x1b[31m\u202eb\x7f", 1) == ["  a␛[31m\ufffdb\ufffd", "  ^"]


def test_a_sentence_holds_no_raw_control_characters(tmp_path: Path) -> None:
    problem = Problem(Spot("a\x1b.yaml"), "id.twice", {"id": "\x1b[31m"})

    assert "\x1b" not in explain(problem, VI, tmp_path)
    assert "\x1b" not in explain_trouble(MachineTrouble("disk.full", path="\x1b"), VI)


def test_of_a_long_line_the_part_around_the_caret_is_shown(tmp_path: Path) -> None:
    line, caret = shown(tmp_path, "a" * 500 + "HERE" + "b" * 500, 501)

    assert line[caret.index("^") :].startswith("HERE")
    assert line.startswith("  …")
    assert line.endswith("b…")
    assert len(line) <= 100


def test_the_beginning_of_a_long_line_is_shown_whole(tmp_path: Path) -> None:
    line, caret = shown(tmp_path, "url: " + "x" * 500, 6)

    assert line.startswith("  url: xxx")
    assert line.endswith("x…")
    assert caret == "       ^"


@given(WIDE, st.integers(0, 310))
def test_no_line_is_too_wide_or_too_odd_to_be_shown(
    tmp_path_factory: pytest.TempPathFactory, line: str, column: int
) -> None:
    root = tmp_path_factory.getbasetemp()

    rows = shown(root, line, column)

    assert len(rows) <= 2
    assert not any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in "".join(rows))


def test_a_line_that_is_gone_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: b\n", "utf-8")
    places = [
        Spot("x.yaml", 9, 1),
        Spot("y.yaml", 1, 1),
        Spot("x.yaml"),
        Spot("", 1),
        Spot("\0", 1),
    ]

    for place in places:
        assert explain(Problem(place, "price.old"), VI, tmp_path).count("\n") == 1


def test_a_shipped_template_is_shown_too(tmp_path: Path) -> None:
    spot = Spot("templates/problems/vi.yaml", 1, 1)

    assert "# Các câu" in explain(Problem(spot, "price.old"), VI, tmp_path)


def test_problems_come_by_file_and_the_most_serious_first(tmp_path: Path) -> None:
    problems = Problems()
    problems.hint(Spot("0.yaml", 1), "photo.none")
    problems.warn(Spot("a.yaml", 1), "price.old")
    problems.add(Spot("a.yaml", 10), "file.missing")
    problems.add(Spot("a.yaml", 9), "file.missing")
    problems.warn(Spot("b.yaml", 2), "price.old")

    told = report(problems, VI, tmp_path)

    assert [line.split(": ")[0] for line in told.split("\n")[::3]] == [
        "a.yaml:9", "a.yaml:10", "a.yaml:1", "b.yaml:2", "0.yaml:1",
        "2 lỗi, 2 cảnh báo, 1 đề nghị",
    ]  # fmt: skip
    assert "b.yaml:2: cảnh báo: " in told


@pytest.mark.parametrize(
    ("faults", "warnings", "vi", "en"),
    [
        (0, 0, "không có lỗi nào", "no faults"),
        (1, 0, "1 lỗi", "1 fault"),
        (2, 1, "2 lỗi, 1 cảnh báo", "2 faults, 1 warning"),
        (0, 2, "2 cảnh báo", "2 warnings"),
    ],
)
def test_counts(faults: int, warnings: int, vi: str, en: str) -> None:
    problems = Problems()
    for line in range(faults):
        problems.add(Spot("a.yaml", line), "file.missing")
    for line in range(warnings):
        problems.warn(Spot("b.yaml", line), "price.old")

    assert (counted(problems, VI), counted(problems, EN)) == (vi, en)


def test_json_is_a_stable_list_in_the_chosen_language(tmp_path: Path) -> None:
    problems = Problems()
    problems.add(Spot("a.yaml", 2, 3), "star.range", field="star", written="2")
    problems.warn(Spot("b.yaml"), "file.stranger", meant="")

    told = as_json(problems, EN, tmp_path)

    assert told.isascii()
    assert json.loads(told) == [
        {
            "path": "a.yaml",
            "line": 2,
            "column": 3,
            "code": "star.range",
            "level": "fault",
            "message": "star: must be 3, 4 or 5",
            "mend": "only products of 3 stars or more have a certificate",
        },
        {
            "path": "b.yaml",
            "line": 0,
            "column": 0,
            "code": "file.stranger",
            "level": "warning",
            "message": "it is not clear what this is, so it was not read",
            "mend": "rename it, move it elsewhere, "
            "or put “_” before its name if it is meant to be here",
        },
    ]
    assert json.loads(as_json(Problems(), VI, tmp_path)) == []


@pytest.mark.parametrize(
    ("asked", "environment", "chosen"),
    [
        (None, {}, "vi"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "en_US", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi"),
        (None, {"LC_ALL": "en", "LC_MESSAGES": "vi_VN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LANG": "en"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "vi"),
        (None, {"LANG": "fr_FR.UTF-8"}, "vi"),
        ("en", {"LANG": "vi_VN.UTF-8"}, "en"),
        ("vi", {"LC_ALL": "en_US.UTF-8"}, "vi"),
    ],
)
def test_the_language_is_asked_for_or_the_environments_or_vietnamese(
    asked: str | None, environment: dict[str, str], chosen: str
) -> None:
    assert chosen_language(asked, environment) == chosen


def test_trouble_is_told_with_a_remedy() -> None:
    told = explain_trouble(MachineTrouble("disk.full", path="site"), EN)

    assert told.split("\n")[0] == "the disk is full, site could not be written"
    assert told.split("\n")[1].startswith("  hint: ")


def test_a_file_of_windows_is_shown_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes("\ufeffa: b\r\nstar: năm\r\n".encode())
    spots = {Spot("x.yaml", 1, 4): "  a: b\n     ^", Spot("x.yaml", 2, 7): "  star: năm\n        ^"}

    for spot, rows in spots.items():
        assert f"\n{rows}\n" in explain(Problem(spot, "price.old"), VI, tmp_path)

"""Programs get every problem once, in words of their own form, whatever letters are in it."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ocopgen.app.formats import FORMS, as_github, as_gitlab, as_junit
from ocopgen.base.problems import Problems, Spot
from ocopgen.pages.messages import read_messages
from ocopgen.pages.theme import Theme, default_layer

SENTENCES = read_messages(Theme((default_layer(),)), "problems", ("vi", "en"), Problems())
EN = SENTENCES["en"]


@pytest.fixture
def problems() -> Problems:
    """Return one problem of each level."""
    found = Problems()
    found.hint(Spot("c.yaml", 1), "photo.none")
    found.warn(Spot("b,1.yaml", 2, 3), "price.old")
    found.add(Spot("a.yaml", 7), "star.range", field="100 %\x1b", written="2")
    return found


def test_github_gets_a_command_a_line_with_no_letter_that_it_would_misread(
    problems: Problems, tmp_path: Path
) -> None:
    rows = as_github(problems, EN, tmp_path).split("\n")

    assert rows[0].startswith("::error file=a.yaml,line=7,title=star.range::100 %25")
    assert "%0Ahint: only products" in rows[0]
    assert rows[1].startswith("::warning file=b%2C1.yaml,line=2,col=3,title=price.old::")
    assert rows[2].startswith("::notice file=c.yaml,line=1,title=photo.none::")
    assert rows[3:] == ["1 fault, 1 warning, 1 suggestion", ""]


def test_paths_are_those_of_the_repository_around(problems: Problems, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    rows = json.loads(as_gitlab(problems, EN, tmp_path / "tinh"))

    assert [row["location"]["path"] for row in rows] == [
        "tinh/a.yaml", "tinh/b,1.yaml", "tinh/c.yaml",
    ]  # fmt: skip


def test_gitlab_knows_a_problem_again_when_its_line_has_moved(tmp_path: Path) -> None:
    def names(*lines: int) -> list[str]:
        found = Problems()
        for line in lines:
            found.warn(Spot("a.yaml", line), "price.old")
        rows = json.loads(as_gitlab(found, EN, tmp_path))
        return [row["fingerprint"] for row in rows]

    assert names(3) == names(5)
    assert len(set(names(3, 5))) == 2


def test_junit_fails_for_faults_alone(problems: Problems, tmp_path: Path) -> None:
    top = ET.fromstring(as_junit(problems, EN, tmp_path))

    assert (top.get("tests"), top.get("failures")) == ("3", "1")
    assert [each.get("type") for each in top.iter("failure")] == ["star.range"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_problems_is_whole(form: str, tmp_path: Path) -> None:
    told = FORMS[form](Problems(), EN, tmp_path)

    if form in {"json", "gitlab"}:
        assert json.loads(told) == []
    elif form == "junit":
        assert len(list(ET.fromstring(told).iter("testcase"))) == 1
    else:
        assert told == "no faults\n"

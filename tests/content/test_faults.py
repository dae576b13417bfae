"""Every fault is told where it stands, in plain words, with a remedy: the case files say how."""

from pathlib import Path

import pytest

from ocopgen.app.report import explain
from ocopgen.base.problems import Problems
from ocopgen.content.source import decode_text, read_tree
from tests.casefile import cases
from tests.content.hamlet import SENTENCES, copy, put, told_of

PRODUCT = "content/products/mat-ong/product.yaml"
STORY = "content/products/mat-ong/story.vi.md"
_PICTURED = {0x2400 + code: code for code in range(0x20)}


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    return copy(tmp_path)


def told_of_record(root: Path, path: str, written: str, language: str = "vi") -> str:
    put(root, path or f"content/{written.split()[1]}", written)
    return told_of(root, language)


def told_of_yaml(root: Path, written: str) -> str:
    text = written.translate(_PICTURED)
    (root / "x.yaml").write_text(text, "utf-8")
    problems = Problems()
    read = decode_text("x.yaml", text.encode(), problems)
    if read is not None:
        read_tree("x.yaml", read, problems)
    return "\n".join(explain(problem, SENTENCES["vi"], root) for problem in problems)


def told_of_boundaries(root: Path, written: str) -> str:
    (root / "content/boundaries.geojson").write_text(written, "utf-8")
    return told_of(root)


def told_of_story(root: Path, written: str) -> str:
    (root / STORY).write_text(written, "utf-8")
    return told_of(root)


@pytest.mark.parametrize(("written", "told"), cases("product.md"))
def test_faults_in_a_product(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, PRODUCT, written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("english.md"))
def test_faults_in_english(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, PRODUCT, written, "en") == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("producer.md"))
def test_faults_in_a_producer(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, "content/producers/htx-ong.yaml", written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("outlet.md"))
def test_faults_in_an_outlet(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, "content/outlets/diem-ban.yaml", written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("event.md"))
def test_faults_in_an_event(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, "content/events/hoi-cho.yaml", written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("site.md"))
def test_faults_in_the_site(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, "content/site.yaml", written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("province.md"))
def test_faults_in_what_describes_the_province(hamlet: Path, written: str, told: str) -> None:
    assert told_of_record(hamlet, "", written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("boundaries.md"))
def test_faults_in_boundaries(hamlet: Path, written: str, told: str) -> None:
    assert told_of_boundaries(hamlet, written) == told.rstrip("\n")


def test_too_many_boundaries_are_refused(hamlet: Path) -> None:
    assert "2 MB" in told_of_boundaries(hamlet, "[" + " " * 2_000_001 + "]")


def test_boundaries_nested_without_end_are_refused(hamlet: Path) -> None:
    assert told_of_boundaries(hamlet, "[" * 100_000 + "]" * 100_000) != ""


@pytest.mark.parametrize(("written", "told"), cases("yaml.md"))
def test_slips_in_yaml(tmp_path: Path, written: str, told: str) -> None:
    assert told_of_yaml(tmp_path, written) == told.rstrip("\n")


@pytest.mark.parametrize(("written", "told"), cases("story.md"))
def test_faults_in_a_story(hamlet: Path, written: str, told: str) -> None:
    assert told_of_story(hamlet, written) == told.rstrip("\n")


def test_the_hamlet_itself_has_nothing_to_tell(hamlet: Path) -> None:
    assert told_of(hamlet) == ""

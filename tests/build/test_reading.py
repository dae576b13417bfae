"""A catalogue that is read ahead, here and beside, says what reading it when asked for says."""

import os
from datetime import date
from pathlib import Path

import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.build import reading
from ocopgen.build.site import prepare
from ocopgen.content.entries import Content
from ocopgen.content.files import Files, languages_of, record_paths
from ocopgen.content.load import load, load_ahead
from tests.content.hamlet import copy

KINDS = ("site", "areas", "products", "producers", "outlets", "events", "stories", "pages")
STORY = "content/products/mat-ong/story.vi.md"


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """Return a small catalogue with two faults, of which whoever loads it has to be told."""
    root = copy(tmp_path / "hamlet")
    (root / "content/producers/hong.yaml").write_text("name: [\n", "utf-8")
    (root / STORY).write_text("---\ntitle: Chuyện mật ong\n---\nOng làm mật.\n", "utf-8")
    (root / "content/products/mat-ong/story.en.md").write_text("No front matter.\n", "utf-8")
    (root / "content/pages").mkdir()
    page = "---\ntitle: Giới thiệu\npath: gioi-thieu\n---\nChào.\n"
    (root / "content/pages/gioi-thieu.vi.md").write_text(page, "utf-8")
    for path in root.rglob("content/**/*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # what was saved just now is not trusted
    return root


def loaded(root: Path, memory: Memory) -> tuple[list[object], list[str]]:
    problems = Problems()
    content = load(root, memory, problems)
    assert isinstance(content, Content)
    told = [f"{each.spot} {each.code}" for each in problems.found]
    return [getattr(content, kind) for kind in KINDS], told


def fresh(path: Path, *, lasts: bool = False) -> Memory:
    return Memory(path.with_name("memory.lines"), lasts=lasts)


def read_here(root: Path, memory: Memory) -> None:
    paths = list(record_paths(root))
    assert STORY in paths
    languages = languages_of(root, memory)
    memory.holds = True
    reading._read_here(memory, root, paths, languages)  # noqa: SLF001
    load_ahead(root, memory, languages, reading._products(paths))  # noqa: SLF001


@pytest.mark.parametrize("lasts", [True, False])
@pytest.mark.parametrize("many", [1, 30_000])
@pytest.mark.parametrize("jobs", [2, 4])
def test_who_loads_it_finds_the_same_and_is_told_the_same(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, many: int, *, lasts: bool
) -> None:
    monkeypatch.setattr(reading, "pays", lambda _files: True)
    monkeypatch.setattr(reading, "_MANY", many)
    monkeypatch.setattr(reading, "_FILES", 2)
    memory = fresh(hamlet, lasts=lasts)

    reading.read(hamlet, memory, jobs)

    expected = loaded(hamlet, Memory(hamlet / "other.lines"))
    assert loaded(hamlet, memory) == expected
    assert any("hong.yaml" in each for each in expected[1])
    assert any("story.en.md" in each for each in expected[1])


@pytest.mark.parametrize("lasts", [True, False])
def test_what_is_read_here_is_what_whoever_asks_for_it_is_given(
    hamlet: Path, *, lasts: bool
) -> None:
    memory = fresh(hamlet, lasts=lasts)
    read_here(hamlet, memory)

    assert loaded(hamlet, memory) == loaded(hamlet, Memory(hamlet / "other.lines"))


def test_no_product_that_was_loaded_is_read_or_recalled_again(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = fresh(hamlet)
    (hamlet / "content/products/mat-ong/story.en.md").unlink()
    read_here(hamlet, memory)
    expected = loaded(hamlet, Memory(hamlet / "other.lines"))
    asked, come_to = list[str](), Files._come_to  # noqa: SLF001

    def watched(files: Files, key: str, file: tuple[str, object], *rest: object) -> object:
        asked.append(file[0])
        return come_to(files, key, file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Files, "_come_to", watched)

    assert loaded(hamlet, memory) == expected
    assert "content/site.yaml" in asked
    assert not [path for path in asked if path.startswith("content/products/")]


def test_what_is_saved_meanwhile_is_read_as_it_is_then(hamlet: Path) -> None:
    memory, story = fresh(hamlet), hamlet / STORY
    read_here(hamlet, memory)
    story.write_text("---\ntitle: Khác hẳn\n---\nĐã viết lại.\n", "utf-8")

    assert loaded(hamlet, memory) == loaded(hamlet, Memory(hamlet / "other.lines"))


def test_a_build_lets_go_of_what_it_read_ahead(hamlet: Path) -> None:
    memory = fresh(hamlet)
    (hamlet / "content/products/mat-ong/story.en.md").unlink()
    read_here(hamlet, memory)
    assert memory._asked  # noqa: SLF001

    prepare(hamlet, date(2026, 11, 1), memory, Problems())

    assert not memory._asked  # noqa: SLF001
    assert not memory.holds


def test_the_files_of_a_product_are_read_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_FILES", 2)
    ones = [f"content/producers/{name}.yaml" for name in "abcde"]
    twos = [f"content/products/{id_}/{name}" for id_ in "xy" for name in ("1.md", "2.md", "3.md")]

    pieces = list(reading._pieces([*ones, *twos]))  # noqa: SLF001

    assert [path for piece in pieces for path in piece] == [*ones, *twos]
    assert [len(piece) for piece in pieces] == [2, 2, 4, 3]

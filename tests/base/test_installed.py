"""What was made of the program's own files is used again, and never instead of other files."""

import sys
from pathlib import Path

import pytest

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import kept, program
from ocopgen.base.problems import Problems
from ocopgen.build.workshop import open_templates

ONE, OTHER = digest("one"), digest("other")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in the place of the one beside the program."""
    monkeypatch.setattr("ocopgen.base.installed._KEPT", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _made(name: str, made_of: Digest, content: bytes = b"made") -> tuple[bytes, int]:
    asked = []

    def make() -> bytes:
        asked.append(name)
        return content

    return kept(name, made_of, make), len(asked)


def test_it_is_made_once_for_each_state(folder: Path) -> None:
    assert _made("parts/a.html", ONE) == (b"made", 1)
    assert _made("parts/a.html", ONE, b"not asked for") == (b"made", 0)
    assert _made("parts/a.html", OTHER, b"anew") == (b"anew", 1)
    assert _made("parts/a.html", ONE) == (b"made", 1)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"made", b"x" * 40])
def test_what_is_damaged_is_made_again(folder: Path, damage: bytes) -> None:
    _made("a", ONE)
    next(folder.iterdir()).write_bytes(damage)
    assert _made("a", ONE) == (b"made", 1)
    assert _made("a", ONE) == (b"made", 0)


def test_nothing_is_written_where_python_shall_write_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _made("a", ONE) == _made("a", ONE) == (b"made", 1)
    assert not list(folder.iterdir())


def test_where_nothing_can_be_written_it_is_made_every_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    monkeypatch.setattr("ocopgen.base.installed._KEPT", str(folder / "file"))
    assert _made("a", ONE) == _made("a", ONE) == (b"made", 1)


def test_a_part_of_the_program_has_a_name_of_its_own() -> None:
    first = program(("pages/",), ())
    program.cache_clear()
    assert program(("pages/",), ()) == first
    assert len({first, program(("pages/", "base/"), ()), program(("pages/",), ("orjson",))}) == 3


def test_a_template_of_the_catalogue_is_never_kept_nor_passed_over(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("catalogue")
    own = root / "templates/parts/offline.html"
    own.parent.mkdir(parents=True)
    for said in ("first", "second"):
        own.write_text(said)
        templates = open_templates(root, (("vi", "vi"),), Problems())
        assert templates.render("parts/offline.html", None, "vi").decode() == said
        templates.key("parts/offline.html", "vi")
    assert not list(folder.glob("*offline*"))
    own.unlink()
    for _ in range(2):
        templates = open_templates(root, (("vi", "vi"),), Problems())
        assert templates.render("parts/seal.html", None, "vi").startswith(b"<svg")
        templates.key("parts/seal.html", "vi")
    assert sorted(path.name.partition("-")[0] for path in folder.glob("*seal*")) == [
        "compiled",
        "read",
    ]

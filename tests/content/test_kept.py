"""What memory tells of a file is what reading the file tells."""

from pathlib import Path
from types import MappingProxyType

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.entries import Content
from ocopgen.content.load import load
from tests.content.hamlet import copy, told_of
from tests.copies import VILLAGE

KINDS = ("products", "producers", "outlets", "events", "stories", "pages")


def _read(root: Path, path: Path) -> tuple[Content, Memory]:
    memory = Memory(path)
    content = load(root, memory, Problems())
    assert content
    return content, memory


def test_records_and_texts_are_remembered_as_they_were_read(tmp_path: Path) -> None:
    fresh, memory = _read(VILLAGE, tmp_path / "memory.json")
    memory.save()

    known, later = _read(VILLAGE, tmp_path / "memory.json")

    assert not later._new  # noqa: SLF001 - nothing had to be read or understood again
    for kind in KINDS:
        before, after = getattr(fresh, kind), getattr(known, kind)
        assert before
        assert before == after
    for single in ("site", "areas", "sectors", "programme"):
        assert getattr(fresh, single).record == getattr(known, single).record
    product = next(iter(known.products.values()))
    assert type(product.record.name) is MappingProxyType
    assert product.spot("name").line == next(iter(fresh.products.values())).spot("name").line


def test_records_are_understood_anew_in_other_languages(tmp_path: Path) -> None:
    root = copy(tmp_path)
    _, memory = _read(root, root / "memory.json")
    memory.save()
    site = root / "content/site.yaml"
    text = site.read_text("utf-8")
    assert "code: en" in text

    site.write_text(text.replace("code: en", "code: fr"), "utf-8")
    known = told_of(root)
    (root / "memory.json").unlink()

    assert "en" in known
    assert known == told_of(root)

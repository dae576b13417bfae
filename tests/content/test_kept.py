"""What memory tells of a file is what reading the file tells."""

from pathlib import Path
from types import MappingProxyType

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.entries import Content
from ocopgen.content.files import languages_of, record_paths
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
    fresh, memory = _read(VILLAGE, tmp_path / "memory.lines")
    memory.save()

    known, later = _read(VILLAGE, tmp_path / "memory.lines")

    assert not later.kept.are_new
    for kind in KINDS:
        before, after = getattr(fresh, kind), getattr(known, kind)
        assert before
        assert before == after
    for single in ("site", "areas", "sectors", "programme"):
        assert getattr(fresh, single).record == getattr(known, single).record
    product = next(iter(known.products.values()))
    assert type(product.record.name) is MappingProxyType
    assert product.spot("name").line == next(iter(fresh.products.values())).spot("name").line


def test_a_line_that_says_no_such_thing_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    fresh, memory = _read(VILLAGE, path)
    memory.save()
    assert any(name.startswith(b'"told') for name in memory.lines())
    for name in list(memory.lines()):
        if name.startswith((b'"record', b'"text')):
            digest = memory.lines()[name].split(b",")[0]
            memory.keep_line(name.decode().strip('"'), digest + b',"",[],null,7,null,[]]')
        elif name.startswith(b'"told'):
            memory.keep_line(name.decode().strip('"'), b'{"content/products/mat-ong":[[],""]}')
    memory.save()

    known, _ = _read(VILLAGE, path)

    for kind in KINDS:
        assert getattr(fresh, kind) == getattr(known, kind)


def test_a_link_out_of_the_content_is_not_read_ahead(tmp_path: Path) -> None:
    root = copy(tmp_path / "root")
    memory = Memory(tmp_path / "memory.lines")
    assert languages_of(root, memory) == ("vi", "en")
    assert "content/areas.yaml" in list(record_paths(root))
    for name in ("areas", "site"):
        inside = root / f"content/{name}.yaml"
        inside.rename(tmp_path / f"{name}.yaml")
        inside.symlink_to(tmp_path / f"{name}.yaml")

    assert "content/areas.yaml" not in list(record_paths(root))
    assert languages_of(root, memory) == ()


def test_records_are_understood_anew_in_other_languages(tmp_path: Path) -> None:
    root = copy(tmp_path)
    _, memory = _read(root, root / "memory.lines")
    memory.save()
    site = root / "content/site.yaml"
    text = site.read_text("utf-8")
    assert "code: en" in text

    site.write_text(text.replace("code: en", "code: fr"), "utf-8")
    known = told_of(root)
    (root / "memory.lines").unlink()

    assert "en" in known
    assert known == told_of(root)

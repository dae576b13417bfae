"""A look over the finished pages that remembers the last one finds what a first look finds."""

from pathlib import Path

import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build import review as room
from ocopgen.build.review import review
from ocopgen.build.site import Making, prepare
from tests.copies import TODAY, Copy, quiet

CAKE = "content/products/banh-la-vi-du/product.yaml"
PAGE = "content/pages/gioi-thieu.vi.md"


def _told(village: Copy, memory: Memory) -> list[tuple[str, str]]:
    making = Making(Store(village.cache / "store"), memory, village.cache, 1, quiet)
    found = Problems()
    prepared = prepare(village.root, TODAY, memory, Problems())
    assert prepared
    review(prepared, making, found)
    return [(each.code, each.values["page"]) for each in found]


def _both(village: Copy, memory: Memory) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return _told(village, memory), _told(village, Memory(village.root / "nothing"))


def test_after_any_edit_the_same_is_found(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    memory = Memory(village.cache / "memory.lines")
    assert _told(village, memory) == []

    village.edit(CAKE, "bán hết trước trưa", "còn đến chiều")
    one, other = _both(village, memory)
    assert one == other == []

    village.write(PAGE, village.read(PAGE) + "\n[lạc](/khong-co/) [mũ](/mon/non-la-mau/)\n")
    one, other = _both(village, memory)
    assert one == other
    assert [code for code, _ in one] == ["page.dead"]

    village.edit(CAKE, "còn đến chiều", "còn đến tối")
    again, _ = _both(village, memory)
    assert again == one

    village.remove("content/products/non-la-mau")
    one, other = _both(village, memory)
    assert one == other
    assert len(one) > len(again)


def test_after_an_edit_of_words_nobody_reads_all_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Copy(tmp_path)
    memory = Memory(village.cache / "memory.lines")
    _told(village, memory)
    monkeypatch.setattr(room, "judge", lambda *_: pytest.fail("all pages were looked at"))

    village.edit(CAKE, "bán hết trước trưa", "còn đến chiều")

    assert _told(village, memory) == []


def test_an_id_that_goes_is_missed(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    memory = Memory(village.cache / "memory.lines")
    template = "templates/pages/text.html"
    village.write(
        template, '{% extends "default/pages/text.html" %}{% block described %}{% endblock %}'
    )
    village.write(PAGE, village.read(PAGE) + "\n## Xưa\n\n[xem](/so-do/#h-main)\n")
    first, _ = _both(village, memory)

    base = (Path(__file__).parents[2] / "templates/base.html").read_text("utf-8")
    village.write("templates/base.html", base.replace('<main id="h-main">', '<main id="h-other">'))
    one, other = _both(village, memory)

    assert one == other
    assert len(one) > len(first)

"""An edition that a process of its own tells of is the same as one that is told here."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocopgen.base.problems import Problems
from ocopgen.build import outline as room
from ocopgen.build import pool
from ocopgen.build.execute import execute
from ocopgen.build.outline import Outline, outline, outline_apart
from ocopgen.build.plan import Listed, Pending, views_in
from ocopgen.build.workshop import Workshop
from ocopgen.pages.sitemap import line_of, sitemaps_of
from tests.build import benches
from tests.copies import Copy, quiet

PRODUCT = "content/products/mat-ong-tuong-tuong/product.yaml"
SUMMARY = r"^summary:\n  vi: "

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied there")


class Work(benches.Work):
    """All that is needed to tell of the pages of a copy."""

    def here(self) -> Outline:
        """Return the pages as this process tells of them."""
        return outline(self.bench, self.memory, Problems())

    def apart(self) -> Outline | None:
        """Return them as two processes do."""
        return outline_apart(self.bench, self.memory, self.store, 2)


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the village be large enough, and processes be copied whatever runs the tests."""
    _let(monkeypatch)


def _let(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(room, "_WORTH_A_COPY", 1)
    patch.setattr(pool, "usable_cores", lambda: 2)
    for each in (pool, room):
        patch.setattr(each, "may_fork", lambda: True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what is kept of a build of the village."""
    village = Copy(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        _let(patch)
        site = village.site(jobs=2)
    assert site.pages
    return village.cache


@pytest.fixture
def village(tmp_path: Path, made: Path) -> Copy:
    """Return the village, built once."""
    return Copy(tmp_path, made)


def _told(told: Outline) -> list[tuple[str, str, str, int]]:
    """Return the pages and the sitemaps with their keys, and who asked for them."""
    outputs = [*told.pages, *told.sitemaps]
    return [(each.path, each.key, each.origin.path, each.origin.line) for each in outputs]


EDITS: dict[str, Callable[[Copy], None]] = {
    "nothing": lambda _: None,
    "a summary": lambda village: village.edit(PRODUCT, SUMMARY, "summary:\n  vi: Nhà làm, "),
    "a name": lambda village: village.edit(PRODUCT, r"^name:\n  vi: ", "name:\n  vi: Thử, "),
    "a product less": lambda village: village.remove("content/products/non-la-mau"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_it_is_the_same(village: Copy, edit: str) -> None:
    EDITS[edit](village)
    apart, here = Work(village), Work(village)

    told = apart.apart()

    assert told is not None
    assert _told(told) == _told(here.here())
    assert {type(each.job) for each in told.pages} >= {Listed}
    learnt = apart.memory.lines()
    assert learnt.pop(b'"told of pages before"') == b"true"
    # What is known of the views of remembered pages stays, though nobody asked for it.
    views = [name for name in learnt if name.startswith(b'"views ')]
    assert {**learnt, **here.memory.lines()} == learnt
    assert learnt.keys() - here.memory.lines().keys() <= {*views}
    assert _views(apart) == _views(here)
    assert None not in _views(apart).values()


def _views(work: Work) -> dict[str, str | None]:
    """Return what is known of all views that have a name, those that a copy learnt too."""
    names = [page.name for each in work.bench.editions for page in each.pages]
    known = views_in(work.memory)
    assert len(list(filter(None, names))) > 20
    return {name: work.memory.row(known, name) for name in names if name}


def test_a_summary_is_told_by_its_own_pages_alone(village: Copy) -> None:
    before = _names(Work(village))
    EDITS["a summary"](village)

    after = _names(Work(village))

    place = "mat-ong-tuong-tuong"
    assert {path for path in after if after[path] != before[path]} == {
        f"{top}/{place}/{name}"
        for top in ("mon", "en/goods")
        for name in ("index.html", "index.json")
    }


def _names(work: Work) -> dict[str, str | None]:
    return {page.path: name for each in work.bench.editions for page, name in each.named}


def test_of_a_page_that_is_known_search_engines_are_told_as_before(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def watched(press: Any, presses: Any, page: Any) -> object:  # noqa: ANN401
        asked.append(page and page.entry and page.entry.id)
        return line_of(press, presses, page)

    before = Work(village).here()
    monkeypatch.setattr(room, "line_of", watched)
    EDITS["a summary"](village)
    work = Work(village)
    told = outline_apart(work.bench, work.memory, work.store, 1)

    assert told is not None
    assert [each.key for each in told.sitemaps] == [each.key for each in before.sitemaps]
    products = [str(id_) for id_ in asked if id_ in work.bench.presses[0].catalogue.products]
    # Once in each language.
    assert products == ["mat-ong-tuong-tuong"] * 2
    village.edit(PRODUCT, r"accessed: \S+", "accessed: 2026-11-09")
    again = Work(village)
    after = outline_apart(again.bench, again.memory, again.store, 1)
    assert after is not None
    assert [each.key for each in after.sitemaps] != [each.key for each in told.sitemaps]


def test_the_few_new_pages_are_filled(village: Copy) -> None:
    EDITS["a summary"](village)
    work = Work(village)
    before = Work(village).here()
    lacking = {
        each.path: each
        for each in before.pages
        if isinstance(each.job, Pending) and each.key not in work.store
    }

    told = work.apart()

    assert told is not None
    assert "mon/mat-ong-tuong-tuong/index.html" in lacking
    assert told.filled == sum(path.endswith(".html") for path in lacking)
    for each in lacking.values():
        assert work.store.get(each.key) == work.bench.workshop.make(each)[each.key]


def test_a_page_that_was_lost_can_still_be_made(village: Copy) -> None:
    work = Work(village)
    told = work.apart()
    assert told is not None
    path = "mon/mat-ong-tuong-tuong/index.html"
    output = next(each for each in told.pages if each.path == path)
    before = work.store.get(output.key)
    work.store.drop(output.key)

    execute({path: output}, work.store, work.bench.workshop, 1, quiet)

    assert before
    assert work.store.get(output.key) == before


def test_pages_filled_while_a_template_is_saved_are_forgotten(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    EDITS["a summary"](village)
    work = Work(village)
    monkeypatch.setattr(Workshop, "is_current", lambda _: False)

    told = work.apart()

    assert told is not None
    assert told.filled
    assert any(each.key not in work.store for each in told.pages)


def test_nor_do_they_stay_where_another_edition_is_not_told_of(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = {each.key for each in Work(village).here().pages}
    village.edit(PRODUCT, SUMMARY, "summary:\n  vi: Nhà làm, ")
    village.edit("content/products/banh-la-vi-du/story.en.md", r"\Z", "One more word.\n")
    work = Work(village)
    edited = {each.key for each in Work(village).here().pages}

    def not_in_english(*parts: Any) -> object:  # noqa: ANN401
        return None if parts[-1] is work.bench.editions[1] else told(*parts)

    told = room._told  # noqa: SLF001
    monkeypatch.setattr(room, "_told", not_in_english)
    assert work.apart() is None
    filled = {each for each in edited - new if each in work.store}
    monkeypatch.setattr(Workshop, "is_current", lambda _: False)
    assert filled

    for each in filled:
        work.store.drop(each)
    assert work.apart() is None
    assert not {each for each in filled if each in work.store}


def test_where_all_is_new_no_process_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(Copy(tmp_path))
    monkeypatch.delattr(room, "side_by_side")

    assert work.apart() is None
    assert work.here().pages


def test_where_much_is_new_all_processes_share_it(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    EDITS["a name"](village)
    monkeypatch.setattr(room, "_FEW", 0)
    monkeypatch.delattr(room, "make_chunk")
    work = Work(village)

    assert work.apart() is None
    assert work.here().pages


def test_of_a_small_catalogue_all_is_told_anew(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_WORTH_A_COPY", 10_000)

    assert Work(village).apart() is None


@pytest.mark.parametrize("lack", ["jobs", "copies", "work"])
def test_where_it_is_not_worth_it_no_process_is_copied(
    village: Copy, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    EDITS["a summary"](village)
    work = Work(village)
    if lack == "copies":
        monkeypatch.setattr(room, "may_fork", lambda: False)
    if lack == "work":
        monkeypatch.setattr(room, "_FEW_BATCHES", 100)
    monkeypatch.delattr(os, "fork")

    told = outline_apart(work.bench, work.memory, work.store, 1 if lack == "jobs" else 2)

    assert told is not None
    assert told.filled == 1
    assert _told(told) == _told(Work(village).here())


def test_what_a_process_that_dies_would_have_told_this_one_tells(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    EDITS["a summary"](village)
    work, other, here = Work(village), Work(village), os.getpid()
    plain = sitemaps_of

    def dies(*parts: Any) -> object:  # noqa: ANN401
        if os.getpid() != here:
            os._exit(1)
        return plain(*parts)

    monkeypatch.setattr(room, "sitemaps_of", dies)

    told = work.apart()

    assert told is not None
    assert _told(told) == _told(other.here())
    learnt = {name for name in work.memory.lines() if not name.startswith(b'"views ')}
    assert learnt <= other.memory.lines().keys() | {b'"told of pages before"'}


def test_each_edition_but_one_is_told_of_by_a_copy(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, here, told = Work(village), os.getpid(), village.root / "told"
    plain = sitemaps_of

    def notes(press: Any, *parts: Any) -> object:  # noqa: ANN401
        (told / f"{press.edition.language.code} {os.getpid() == here}").touch()
        return plain(press, *parts)

    told.mkdir()
    monkeypatch.setattr(room, "sitemaps_of", notes)

    assert work.apart() is not None
    assert {each.name for each in told.iterdir()} == {"vi True", "en False"}


def test_where_a_copy_finds_much_that_is_new_all_processes_share_it(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first edition, of which this process tells, stays as it was.
    village.edit("content/products/banh-la-vi-du/story.en.md", r"\Z", "One more word.\n")
    work = Work(village)
    monkeypatch.setattr(room, "_MANY", 10_000)
    assert Work(village).apart() is not None
    monkeypatch.setattr(room, "_FEW", 0)

    assert work.apart() is None
    assert work.here().pages

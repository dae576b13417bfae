"""Of a batch of pages that is as it was, none is listed or named again; nor is one forgotten."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.build import batches
from ocopgen.build import outline as room
from ocopgen.build.batches import recalled
from ocopgen.build.outline import Outline, outline, outline_apart
from ocopgen.build.plan import Code, Named, Output, pages_of, views_in
from ocopgen.pages import codes
from ocopgen.pages.views import Page, Press
from ocopgen.pages.views.desk import RecordPage, SinglePage
from tests.build.test_outline import PRODUCT, SUMMARY, Work
from tests.copies import Copy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what is kept of a build of the village."""
    village = Copy(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_WORTH_A_COPY", 1)
        village.site(jobs=1)
    return village.cache


@pytest.fixture
def village(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """Return the village, built once, and large enough to be remembered."""
    monkeypatch.setattr(room, "_WORTH_A_COPY", 1)
    return Copy(tmp_path, made)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the pages of records that somebody has named, as they are."""
    found: list[str] = []
    plain = vars(RecordPage)["name"].fget

    def noted(page: RecordPage) -> Digest | None:
        found.append(page.path)
        name: Digest | None = plain(page)
        return name

    monkeypatch.setattr(RecordPage, "name", property(noted))
    return found


def _told(village: Copy) -> None:
    work = Work(village)
    assert outline_apart(work.bench, work.memory, work.store, 1) is not None
    work.memory.save()


def _products(asked: list[str]) -> set[str]:
    return {path for path in asked if path.startswith(("mon/", "en/goods/"))}


OWN: dict[str, Callable[[Copy], None]] = {
    "a summary": lambda village: village.edit(PRODUCT, SUMMARY, "summary:\n  vi: Nhà làm, "),
    "a comment": lambda village: village.edit(PRODUCT, r"\A", "# khác\n"),
    "a price": lambda village: village.edit(
        PRODUCT, r"\Z", "shelf_life: {vi: 3 ngày, en: 3 days}\n"
    ),
}


@pytest.mark.parametrize("edit", OWN)
def test_of_a_product_that_others_show_as_before_its_own_pages_alone_are_named(
    village: Copy, asked: list[str], edit: str
) -> None:
    OWN[edit](village)

    _told(village)

    place = "mat-ong-tuong-tuong"
    assert _products(asked) == {
        f"{top}/{place}/{name}"
        for top in ("mon", "en/goods")
        for name in ("index.html", "index.json")
    }


def test_a_story_is_named_in_its_own_languages(village: Copy, asked: list[str]) -> None:
    village.edit("content/products/banh-la-vi-du/story.en.md", r"\Z", "One more word.\n")

    _told(village)

    assert _products(asked) == {"en/goods/banh-la-vi-du/index.html"}


def test_a_product_under_another_id_has_pages_of_its_own(village: Copy) -> None:
    """Neither its record nor any card that others show says which id it has."""
    (village.root / "content/products/non-la-mau").rename(
        village.root / "content/products/non-la-n"
    )
    work = Work(village)

    told = outline_apart(work.bench, work.memory, work.store, 1)

    assert told is not None
    paths = {each.path for each in told.pages}
    assert paths == {each.path for each in _fresh(village).pages}
    assert "mon/non-la-n/index.json" in paths


def test_another_name_has_those_named_that_may_stand_beside_it(
    village: Copy, asked: list[str]
) -> None:
    village.edit(PRODUCT, r"^name:\n  vi: ", "name:\n  vi: Thử, ")

    _told(village)

    products = Work(village).bench.presses[0].catalogue.products
    own = products["mat-ong-tuong-tuong"].record
    near = {
        id_
        for id_, entry in products.items()
        if entry.record.set == own.set
        or entry.record.producer == own.producer
        or entry.record.commune == own.commune
    }
    pages = {f"{top}/{id_}/index.html" for top in ("mon", "en/goods") for id_ in near}
    records = {f"{top}/mat-ong-tuong-tuong/index.json" for top in ("mon", "en/goods")}
    assert _products(asked) == pages | records
    assert len(near) < len(products)


def test_of_the_lists_only_those_are_told_anew_that_show_another_name(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, told = _lists(village), list[str]()

    def noted(press: Press, named: Iterable[Named], *rest: Any) -> Iterator[Output]:  # noqa: ANN401 - handed on
        found = list(named)
        told.extend(page.path for page, _ in found if page.template == "pages/list.html")
        return pages_of(press, found, *rest)

    monkeypatch.setattr(room, "pages_of", noted)
    village.edit(PRODUCT, r"^name:\n  vi: ", "name:\n  vi: Thử, ")

    _told(village)

    changed = [path for path, name in _lists(village).items() if before[path] != name]
    assert sorted(told) == sorted(changed)
    assert 0 < len(changed) < len(before)


def _lists(village: Copy) -> dict[str, Digest | None]:
    editions = Work(village).bench.editions
    pages = (page for each in editions for page in each.pages)
    return {page.path: page.name for page in pages if page.template == "pages/list.html"}


def test_a_page_that_is_told_anew_is_looked_at_once(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()
    for kind in (RecordPage, SinglePage):
        plain = vars(kind)["view"].fget

        def noted(page: Page, plain: Callable[[Page], object] = plain) -> object:
            looked.append(page.path)
            return plain(page)

        monkeypatch.setattr(kind, "view", property(noted))
    village.edit(PRODUCT, r"^name:\n  vi: ", "name:\n  vi: Thử, ")

    _told(village)

    assert "mon/mat-ong-tuong-tuong/index.html" in looked
    assert len(looked) == len(set(looked))


@pytest.mark.parametrize(
    ("path", "line", "becomes"),
    [
        ("content/producers/htx-vi-du.yaml", r"\A", "# khác\n"),
        ("content/outlets/cho-lang.yaml", r"\A", "# khác\n"),
        ("content/site.yaml", r"\A", "# khác\n"),
    ],
)
def test_what_all_share_has_all_named_again(
    village: Copy, asked: list[str], path: str, line: str, becomes: str
) -> None:
    village.edit(path, line, becomes)

    _told(village)

    products = len(Work(village).bench.presses[0].catalogue.products)
    assert len(_products(asked)) >= 4 * products


def test_another_template_is_another_batch(village: Copy) -> None:
    village.write("templates/pages/product.html", '{% extends "default/pages/product.html" %}\n')
    work = Work(village)
    edition, templates = work.bench.editions[0], work.bench.workshop.templates

    known = {
        batch.pages[0].template: recalled(work.memory, edition, number, templates) is not None
        for number, batch in enumerate(edition.batches)
        if batch.batch.scene
    }

    assert known == {
        "pages/home.html": True,
        "pages/product.html": False,
        "pages/list.html": True,
        "feeds/record.json": True,
    }


def test_what_is_known_of_views_outlives_those_who_need_not_ask(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocopgen.build.plan._FEW_VIEWS", 0)
    for word in "abcdef":
        village.edit(PRODUCT, SUMMARY, f"summary:\n  vi: {word} ")
        _told(village)

    work = Work(village)
    names = [name for each in work.bench.editions for _, name in each.named if name]
    known = views_in(work.memory)
    assert len(names) > 50
    assert None not in [work.memory.row(known, name) for name in names]


@pytest.mark.parametrize("damage", [b"[1]", b"3", b"{}", b'["a",{},"b"]', b"[[],[[]]]"])
def test_an_odd_line_of_memory_is_no_memory(village: Copy, damage: bytes) -> None:
    village.edit(PRODUCT, SUMMARY, "summary:\n  vi: Nhà làm, ")
    work = Work(village)
    for name in [*work.memory.lines()]:
        if name.startswith((b'"batch ', b'"pages ')):
            work.memory.keep_line(orjson.loads(name), damage)

    told = outline_apart(work.bench, work.memory, work.store, 1)

    assert told is not None
    assert [each.key for each in told.pages] == [each.key for each in _fresh(village).pages]


def _fresh(village: Copy) -> Outline:
    """Return what is told of the village by whoever remembers nothing."""
    work = Work(village)
    return outline(work.bench, Memory(village.cache / "nothing"), Problems())


OTHERS: dict[str, Callable[[Copy], None]] = {
    "an event": lambda village: village.edit("content/events/hoi-lang.yaml", r"\A", "# khác\n"),
    "a story": lambda village: village.edit(
        "content/products/banh-la-vi-du/story.vi.md", r"^---\n\n", "---\n\nMột câu nữa. "
    ),
    "a photo": lambda village: village.write(
        "content/products/banh-la-vi-du/khay-banh.jpg",
        (village.root / "content/products/hat-con-nhap/hat-nhap.png").read_bytes(),
    ),
}


@pytest.mark.parametrize("edit", OTHERS)
def test_the_first_page_is_named_anew_after_whatever_it_may_choose_by(
    village: Copy, edit: str
) -> None:
    before = _first_scene(village)

    OTHERS[edit](village)

    assert _first_scene(village) != before


def _first_scene(village: Copy) -> Digest:
    batch = Work(village).bench.editions[0].batches[0]
    assert [page.path for page in batch.pages] == ["index.html"]
    assert batch.batch.scene is not None
    return batch.batch.scene()


def test_codes_of_another_library_are_drawn_anew(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {each.path: each.key for each in Work(village).here().pages}
    monkeypatch.setattr(codes, "_segno", lambda: "another")
    monkeypatch.setattr(batches, "_program", lambda: Digest("another"))
    work = Work(village)

    told = outline_apart(work.bench, work.memory, work.store, 1)

    assert told is not None
    drawn = [each for each in told.pages if isinstance(each.job, Code)]
    assert drawn
    assert not [each.path for each in drawn if before[each.path] == each.key]


def test_a_template_with_a_fault_hides_no_other_fault(village: Copy) -> None:
    for page in ("product", "producer"):
        village.write(f"templates/pages/{page}.html", f'{{% include "no-{page}.html" %}}\n')
    work = Work(village)

    assert outline_apart(work.bench, work.memory, work.store, 1) is None

    problems = Problems()
    outline(work.bench, work.memory, problems)
    assert {each.spot.path for each in problems} == {
        "templates/pages/product.html",
        "templates/pages/producer.html",
    }

"""Pages that several processes fill before anybody asks for them are those that one would fill."""

import sys
from itertools import accumulate
from pathlib import Path

import pytest

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Problems
from ocopgen.base.tables import Table
from ocopgen.build import ahead, pool
from ocopgen.build.ahead import Bench, fill, in_pieces
from ocopgen.build.outline import outline
from ocopgen.build.plan import views_in
from ocopgen.pages.views.desk import RecordPage
from tests.build import benches
from tests.copies import Copy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied there")


class Work(benches.Work):
    """All that is needed to fill the pages of a copy."""

    def fill(self, jobs: int) -> int:
        """Fill what nobody knows."""
        return fill(self.bench, self.memory, self.store, jobs)

    def names(self) -> list[Digest | None]:
        """Return the names of all pages."""
        return [name for edition in self.bench.editions for _, name in edition.named]


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the village be large enough, and processes be copied whatever runs the tests."""
    monkeypatch.setattr(ahead, "_MOST", 5)
    monkeypatch.setattr(ahead, "pays", lambda _pages: True)
    monkeypatch.setattr(pool, "may_fork", lambda: True)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Return the village, of which nothing is known."""
    return Work(Copy(tmp_path / "work"))


def test_who_fills_a_page_names_it_too(work: Work, tmp_path: Path) -> None:
    expected = Work(Copy(tmp_path / "other"))

    assert work.fill(2) > 10
    assert work.names() == expected.names()
    assert None in work.names()
    known: Table[Digest] = views_in(work.memory)
    names = [name for name in work.names() if name]
    assert len([name for name in names if work.memory.row(known, name)]) == len(names)


def test_no_page_that_was_filled_is_named_or_looked_at_again(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.fill(2)
    looked, view = list[RecordPage](), vars(RecordPage)["view"]

    def looking(page: RecordPage) -> object:
        looked.append(page)
        return view.fget(page)

    def asking(page: RecordPage) -> None:
        raise AssertionError(page.path)

    monkeypatch.setattr(RecordPage, "name", property(asking))
    monkeypatch.setattr(RecordPage, "view", property(looking))
    outline(work.bench, work.memory, Problems())

    assert looked  # those without a name of their own
    assert not [page.path for page in looked if page.kind.recipe]


def test_of_pages_that_are_known_nothing_is_filled(work: Work) -> None:
    filled = work.fill(2)
    again = Bench(work.bench.presses, work.bench.workshop)

    assert filled
    assert fill(again, work.memory, work.store, 2) == 0


def test_pages_that_a_dead_process_took_along_are_named_when_asked_for(
    work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_anything: object, **_more: object) -> object:
        raise pool.Broken

    monkeypatch.setattr(ahead, "spread", broken)

    assert work.fill(2) == 0
    assert work.names() == Work(Copy(tmp_path / "other")).names()


@pytest.mark.parametrize("jobs", [2, 4])
def test_pieces_are_small_where_processes_meet_and_leave_no_page_out(
    monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(ahead, "_MOST", 64)
    unknown = [list(range(1000)), [], list(range(500, 1500))]

    found = list(in_pieces(unknown, jobs))

    for own, pages in enumerate(unknown):
        assert [page for number, piece in found if number == own for page in piece] == pages
    sizes = [len(piece) for _, piece in found]
    passed = list(accumulate(sizes, initial=0))
    small = [at for at, size in zip(passed, sizes, strict=False) if size == 16]
    assert sizes[0] == 64
    assert small
    assert all(abs(at - 2000 * (jobs - 1) // jobs) < 80 for at in small)

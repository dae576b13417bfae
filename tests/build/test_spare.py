"""The spare that is laid out while a site is planned is as good as one that an edit left."""

import errno
import os
import signal
from pathlib import Path

import pytest

from ocopgen.base.store import Store
from ocopgen.build import laying, pool, spare
from ocopgen.build.laying import link
from ocopgen.build.publish import publish, spare_of
from ocopgen.build.spare import laid_out
from tests.build.generations import Pages, put, stored

PAGES: Pages = {f"a/{number}/index.html": b"%d" % number for number in range(500)}
MANY = 5000
"""As many files as are worth a copy."""
CHANGED = PAGES | {"a/1/index.html": b"one"}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no process is copied there")


@pytest.fixture(autouse=True)
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes be copied and several cores be used, whatever runs the tests."""
    for room in (pool, spare):
        monkeypatch.setattr(room, "may_fork", lambda: True)
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache/store")


@pytest.fixture
def site(tmp_path: Path, store: Store) -> Path:
    """Return a site that was published once."""
    put(store, tmp_path / "site", PAGES)
    return tmp_path / "site"


def held(folder: Path) -> Pages:
    found = (path for path in folder.rglob("*.html") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def tree(site: Path) -> Path:
    return spare_of(site) / "tree"


def test_the_spare_holds_all_that_the_site_holds_under_a_second_name(
    store: Store, site: Path
) -> None:
    with laid_out(site, spare_of(site), MANY) as laid:
        laid()
        assert held(tree(site)) == PAGES
        assert not (spare_of(site) / "dirty").exists()
        assert {(site / path).stat().st_nlink for path in PAGES} == {2}

        published = publish(stored(store, CHANGED), store, site)

    assert (published.written, published.kept, published.deleted) == (1, len(PAGES) - 1, 0)
    assert (held(site), held(tree(site))) == (CHANGED, PAGES)


def test_a_build_that_fails_leaves_a_whole_spare(store: Store, site: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        laid_out(site, spare_of(site), MANY),
    ):
        raise ZeroDivisionError

    assert (held(site), held(tree(site))) == (PAGES, PAGES)
    assert publish(stored(store, CHANGED), store, site).written == 1


def test_a_site_that_was_edited_by_hand_is_not_laid_out(store: Store, site: Path) -> None:
    (site / "a/2/index.html").write_bytes(b"by hand")

    with laid_out(site, spare_of(site), MANY) as laid:
        laid()
        assert not tree(site).exists()
        publish(stored(store, CHANGED), store, site)

    assert held(site) == CHANGED


def test_the_copy_is_not_needed_where_nobody_hears_of_its_end(store: Store, site: Path) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with laid_out(site, spare_of(site), MANY) as laid:
            laid()
            laid()
            publish(stored(store, CHANGED), store, site)
    finally:
        signal.signal(signal.SIGCHLD, before)

    assert (held(site), held(tree(site))) == (CHANGED, PAGES)


def test_what_a_copy_could_not_do_is_no_fault_of_the_build(
    store: Store, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(laying, "link", refused)
    with laid_out(site, spare_of(site), MANY) as laid:
        laid()
        publish(stored(store, CHANGED), store, site)

    assert held(site) == CHANGED


@pytest.mark.parametrize("linked", [0, 250])
def test_a_copy_that_dies_costs_time_and_nothing_else(
    store: Store, site: Path, monkeypatch: pytest.MonkeyPatch, linked: int
) -> None:
    done: list[object] = []

    def dying(*given: object) -> None:
        done.append(given)
        if len(done) > linked:
            os._exit(9)
        link(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(laying, "link", dying)
    with laid_out(site, spare_of(site), MANY) as laid:
        laid()
        assert (spare_of(site) / "dirty").exists()
        assert len(held(tree(site))) == linked

        monkeypatch.setattr(laying, "link", link)  # whoever publishes links by the same hand
        publish(stored(store, CHANGED), store, site)

    assert held(site) == CHANGED
    assert not (spare_of(site) / "dirty").exists()
    assert publish(stored(store, PAGES), store, site).deleted == 0
    assert held(site) == PAGES


def test_a_spare_that_is_there_stays_as_it_is(store: Store, site: Path) -> None:
    publish(stored(store, CHANGED), store, site)
    before = held(tree(site))

    with laid_out(site, spare_of(site), MANY) as laid:
        laid()

    assert held(tree(site)) == before == PAGES


def _replaced(path: Path, content: bytes) -> None:
    """Write *content* where *path* is, and not into the file that the site may hold too."""
    path.unlink()
    path.write_bytes(content)


def test_what_became_of_a_spare_is_seen_meanwhile(store: Store, site: Path) -> None:
    publish(stored(store, CHANGED), store, site)
    _replaced(tree(site) / "a/2/index.html", b"by hand")
    (tree(site) / "a/3/index.html").unlink()

    with laid_out(site, spare_of(site), MANY) as laid:
        looked = laid()
    assert looked
    assert looked.touched == {"a/2/index.html", "a/3/index.html"}

    # What is touched after the look is not seen by it: it is asked of nobody else.
    _replaced(tree(site) / "a/5/index.html", b"later")
    later = CHANGED | {"a/4/index.html": b"four"}
    published = publish(stored(store, later), store, site, looked)

    assert published.written == len(("1", "2", "3", "4"))
    assert held(site) == later | {"a/5/index.html": b"later"}


def test_a_look_at_another_spare_is_of_no_use(store: Store, site: Path) -> None:
    publish(stored(store, CHANGED), store, site)
    with laid_out(site, spare_of(site), MANY) as laid:
        looked = laid()
    publish(stored(store, PAGES), store, site)
    _replaced(tree(site) / "a/2/index.html", b"by hand")

    publish(stored(store, CHANGED), store, site, looked)

    assert held(site) == CHANGED


def test_a_spare_of_which_nothing_is_recorded_is_compared(store: Store, site: Path) -> None:
    publish(stored(store, CHANGED), store, site)
    _replaced(tree(site) / "a/2/index.html", b"by hand")
    for record in spare_of(site).glob("*.json"):
        record.write_bytes(b"{")

    with laid_out(site, spare_of(site), MANY) as laid:
        looked = laid()
    assert looked is None
    publish(stored(store, CHANGED | {"b": b"new"}), store, site, looked)

    assert held(site) == CHANGED


def test_a_small_site_is_not_worth_a_copy(site: Path) -> None:
    with laid_out(site, spare_of(site), 300) as laid:
        laid()

    assert not tree(site).exists()

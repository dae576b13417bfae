"""Many small entries of a store lie in one file, and nobody who asks for them sees it."""

import errno
import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ocopgen.base import bundles
from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.store import Store

KEYS = [digest("page", place) for place in range(10)]
DAY = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with ten entries in one bundle."""
    store = Store(tmp_path / "store")
    with store.gather():
        for key in KEYS:
            store.put(key, _content(key))
    return store


def _content(key: Digest) -> bytes:
    return b"page %b" % key.encode() * 10


def _files(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_is_put_together_lies_in_one_file(store: Store) -> None:
    assert len(_files(store)) == 1
    for known in (store, Store(store.folder)):
        for key in KEYS:
            assert key in known
            assert known.get(key) == _content(key)
            assert known.digest(key) == digest_of_bytes(_content(key))
            assert Store(store.folder).digest(key) == digest_of_bytes(_content(key))
            assert known.size(key) == len(_content(key))
            assert known.path(key) == _files(store)[0]


def test_several_entries_are_read_as_each_alone(store: Store) -> None:
    alone, missing, late = (digest(name) for name in ("alone", "missing", "late"))
    store.put(alone, b"Cam")
    keys = [missing, *KEYS, alone, late]

    with store.gather():
        store.put(late, b"Xoai")
        found = dict(store.several(keys))

    assert found == {
        missing: None,
        alone: b"Cam",
        late: b"Xoai",
        **{key: _content(key) for key in KEYS},
    }
    assert store.digest(KEYS[0]) == digest_of_bytes(_content(KEYS[0]))


@pytest.mark.parametrize("harm", ["gone", "short", "damaged"])
def test_of_several_entries_none_is_read_wrongly(store: Store, harm: str) -> None:
    bundle = store.path(KEYS[0])
    held = bundle.read_bytes()
    if harm == "gone":
        bundle.unlink()
    elif harm == "short":
        bundle.write_bytes(held[: len(held) // 2])
    else:
        bundle.write_bytes(held.replace(_content(KEYS[3]), _content(KEYS[3]).swapcase()))

    found = dict(store.several(KEYS))

    assert found.keys() == set(KEYS)
    right = {key for key in KEYS if found[key] == _content(key)}
    assert {key for key in KEYS if found[key] is not None} == right
    assert len(right) == {"gone": 0, "short": 4, "damaged": 9}[harm]
    assert set(dict(store.several(KEYS)).values()) == {None}


def test_what_is_put_is_there_before_it_is_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.gather():
        store.put(KEYS[0], b"Ong")

        assert KEYS[0] in store
        assert store.get(KEYS[0]) == b"Ong"
        assert store.digest(KEYS[0]) == digest_of_bytes(b"Ong")
        store.turn([KEYS[0]])
        assert store.digest(KEYS[0]) == digest_of_bytes(b"Ong")
        assert _files(store) == []


def test_a_few_entries_stay_files_of_their_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.gather():
        for key in KEYS[:2]:
            store.put(key, b"Ong")

    assert sorted(_files(store)) == sorted(map(store.path, KEYS[:2]))
    assert store.get(KEYS[1]) == Store(tmp_path).get(KEYS[1]) == b"Ong"


def test_what_was_put_before_a_fault_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def broken_off() -> None:
        with store.gather():
            for key in KEYS:
                store.put(key, _content(key))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()

    assert all(Store(tmp_path).get(key) == _content(key) for key in KEYS)


def test_what_another_process_put_is_seen_when_it_is_looked_for(store: Store) -> None:
    other = Store(store.folder)
    new = [digest("later", place) for place in range(10)]
    assert new[0] not in other
    with store.gather():
        for key in new:
            store.put(key, _content(key))

    other.look()

    assert all(other.get(key) == _content(key) for key in new)


def test_a_store_can_be_sent_to_another_process(store: Store) -> None:
    assert KEYS[0] in store

    sent: Store = pickle.loads(pickle.dumps(store))  # noqa: S301 - made here

    assert sent.get(KEYS[9]) == _content(KEYS[9])


@pytest.mark.parametrize("place", [0, 5, 9])
def test_a_damaged_entry_takes_its_bundle_with_it(store: Store, place: int) -> None:
    bundle = store.path(KEYS[place])
    held = bundle.read_bytes()
    assert held.count(_content(KEYS[place])) == 1
    bundle.write_bytes(held.replace(_content(KEYS[place]), _content(KEYS[place]).swapcase()))
    other = Store(store.folder)

    assert other.get(KEYS[place]) is None
    assert not any(key in other for key in KEYS)
    assert _files(store) == []
    assert store.get(KEYS[0]) is None


@pytest.mark.parametrize("most", [0, 1, 100, -1])
def test_of_a_bundle_that_ends_too_soon_nothing_wrong_is_used(store: Store, most: int) -> None:
    bundle = store.path(KEYS[0])
    bundle.write_bytes(bundle.read_bytes()[:most])

    found = [Store(store.folder).get(key) for key in reversed(KEYS)]

    assert {*found} <= {None, *map(_content, KEYS)}
    assert found[0] is None


def test_what_was_lost_can_be_made_again(store: Store) -> None:
    store.path(KEYS[0]).write_bytes(b"[]\n")
    again = Store(store.folder)
    assert again.get(KEYS[0]) is None

    with again.gather():
        for key in KEYS:
            again.put(key, _content(key))

    assert all(Store(store.folder).get(key) == _content(key) for key in KEYS)


def test_what_another_process_took_away_is_missing(store: Store) -> None:
    assert KEYS[0] in store
    store.path(KEYS[0]).unlink()

    assert store.get(KEYS[0]) is None
    assert KEYS[0] not in store


def test_what_was_dropped_and_made_again_by_another_process_is_seen(store: Store) -> None:
    assert KEYS[0] in store
    store.drop(KEYS[0])
    other = Store(store.folder)
    with other.gather():
        for key in KEYS:
            other.put(key, _content(key))

    store.look()

    assert all(store.get(key) == _content(key) for key in KEYS)


def test_what_the_disk_refuses_for_now_is_not_deleted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_anything: object, **_more: object) -> None:
        raise OSError(errno.EMFILE, "too many open files")

    other = Store(store.folder)
    assert KEYS[0] in other
    monkeypatch.setattr("builtins.open", refused)
    assert other.get(KEYS[0]) is None
    monkeypatch.undo()

    other.look()
    assert all(other.get(key) == _content(key) for key in KEYS)


def test_bundles_that_could_not_be_read_are_looked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store(store.folder)
    monkeypatch.setattr("ocopgen.base.bundles._head", lambda _path: b"")
    assert KEYS[0] not in other
    monkeypatch.undo()

    other.look()

    assert KEYS[0] in other


def test_two_threads_may_look_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    other, head = Store(store.folder), bundles._head  # noqa: SLF001 - made slow

    def slow(path: str) -> bytes:
        time.sleep(0.1)
        return head(path)

    monkeypatch.setattr(bundles, "_head", slow)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(other.get, KEYS[:2]))

    assert found == [_content(key) for key in KEYS[:2]]


def test_what_another_thread_puts_is_not_gathered(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.gather():
        for key in KEYS[:5]:
            store.put(key, _content(key))
        other = threading.Thread(target=store.put, args=(KEYS[9], b"Ong"))
        other.start()
        other.join()

        assert Store(tmp_path).get(KEYS[9]) == b"Ong"

    assert all(Store(tmp_path).get(key) == _content(key) for key in KEYS[:5])


def test_what_was_left_beside_the_bundles_goes_when_it_is_old(store: Store) -> None:
    folder = store.path(KEYS[0]).parent
    (folder / "0123.77.tmp").write_bytes(b"half a bund")
    (folder / "0123").write_bytes(b"[[1e99, 2]]\nno bundle")
    whole = Store(store.folder)
    with whole.gather():
        for key in (*KEYS, digest("one more")):
            whole.put(key, _content(key))
    _age(store, 40)

    whole.tidy(KEYS, days=30, limit=100_000)

    assert {path.parent for path in _files(store)} == {folder}
    assert not any("0123" in path.name for path in _files(store))
    assert all(Store(store.folder).get(key) == _content(key) for key in KEYS)


def test_what_is_young_stays_even_if_most_of_its_bundle_is_not_used(store: Store) -> None:
    store.tidy(KEYS[5:6], days=30, limit=10_000)

    assert all(Store(store.folder).get(key) == _content(key) for key in KEYS)


def test_a_bundle_stays_while_most_of_it_is_used(store: Store) -> None:
    _age(store, 40)

    assert store.tidy(KEYS[:8], days=30, limit=10_000) == 0
    assert all(Store(store.folder).get(key) == _content(key) for key in KEYS)


def test_a_bundle_that_is_hardly_used_is_written_anew(store: Store) -> None:
    old, before = store.path(KEYS[0]), _files(store)[0].stat().st_size
    _age(store, 40)

    store.tidy(KEYS[5:6], days=30, limit=10_000)

    assert not old.exists()
    for known in (store, Store(store.folder)):
        assert [key in known for key in KEYS] == [key == KEYS[5] for key in KEYS]
        assert known.get(KEYS[5]) == _content(KEYS[5])
    assert sum(path.stat().st_size for path in _files(store)) < before / 5


@pytest.mark.parametrize(("days", "limit"), [(40, 10_000), (1, 1000)])
def test_a_bundle_that_nobody_uses_goes_when_it_is_old_or_too_much(
    store: Store, days: int, limit: int
) -> None:
    size = _files(store)[0].stat().st_size
    _age(store, days)
    assert store.tidy((), days=60, limit=10_000) == 0

    assert store.tidy((), days=30, limit=limit) == size

    assert _files(store) == []
    assert not any(key in store for key in KEYS)


def test_a_long_run_knows_of_a_few_generations_only(store: Store) -> None:
    for turn in range(6):
        with store.gather():
            for key in KEYS:
                store.put(digest(turn, key), _content(key))

    last = {digest(5, key) for key in KEYS}
    assert KEYS[0] in store
    store.turn(last)

    assert all(key in store for key in last)
    assert KEYS[0] not in store
    assert KEYS[0] in Store(store.folder)


def _age(store: Store, days: int) -> None:
    stamp = time.time() - days * DAY
    for path in _files(store):
        os.utime(path, (stamp, stamp))

"""The store gives back exactly what it was given, or nothing."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.store import Store
from ocopgen.base.whole import write_whole

KEY = digest("a page")
DAY = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_what_was_put_is_there(store: Store) -> None:
    own = store.put(KEY, b"Ong")

    assert KEY in store
    assert store.get(KEY) == b"Ong"
    assert store.digest(KEY) == own == digest_of_bytes(b"Ong")


def test_another_store_of_the_folder_knows_it_too(store: Store) -> None:
    store.put(KEY, b"Ong")
    other = Store(store.folder)

    assert KEY in other
    assert other.digest(KEY) == digest_of_bytes(b"Ong")
    assert Store(store.folder).get(KEY) == b"Ong"


def test_what_was_never_put_is_missing(store: Store) -> None:
    assert KEY not in store
    assert store.get(KEY) is None
    assert store.digest(KEY) is None


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"x" * 40])
def test_a_damaged_entry_is_dropped(store: Store, damage: bytes) -> None:
    store.put(KEY, b"Ong")
    store.path(KEY).write_bytes(damage)

    assert store.get(KEY) is None
    assert KEY not in store
    assert not store.path(KEY).exists()


def test_what_is_in_use_stays_and_the_rest_goes_when_it_is_old(store: Store) -> None:
    used, fresh, old = (digest(name) for name in ("used", "fresh", "old"))
    for key in (used, fresh, old):
        store.put(key, b"x" * 100)
    for key in (used, old):
        _age(store, key, 40)

    gone = store.tidy({used}, days=30, limit=10_000)

    assert gone == 116
    assert [key in Store(store.folder) for key in (used, fresh, old)] == [True, True, False]


def test_of_too_much_the_oldest_goes_first(store: Store) -> None:
    keys = [digest("page", place) for place in range(4)]
    for days, key in enumerate(keys, 1):
        store.put(key, b"x" * 84)
        _age(store, key, 10 - days)

    store.tidy((), days=30, limit=200)

    assert [key in Store(store.folder) for key in keys] == [False, False, True, True]


def test_of_too_much_what_is_dear_goes_last(store: Store) -> None:
    contents = [b"dear" + b"x" * 80, b"cheap" + b"x" * 79, b"cheap" + b"y" * 79]
    keys = [store.put(digest_of_bytes(each), each) for each in contents]
    for days, key in enumerate(keys, 1):
        _age(store, key, 10 - days)

    store.tidy((), days=30, limit=200, dear=lambda head: head.startswith(b"dear"))

    assert [key in Store(store.folder) for key in keys] == [True, False, True]


def test_an_empty_store_can_be_tidied(store: Store) -> None:
    assert store.tidy((), days=30, limit=0) == 0


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"
    write_whole(path, b"one")
    write_whole(path, b"two")

    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["b"]


def test_small_things_are_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.lines")
    asked = iter([[1, {"b": "c"}], "never asked"])

    found = [memory.remembered("a", lambda: next(asked)) for _ in range(2)]
    memory.save()

    assert found == [[1, {"b": "c"}], [1, {"b": "c"}]]
    assert Memory(tmp_path / "memory.lines").recall("a") == [1, {"b": "c"}]
    assert Memory(tmp_path / "memory.lines").recall("b") is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff"])
def test_a_damaged_memory_is_empty(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "memory.lines").write_bytes(damage)

    assert Memory(tmp_path / "memory.lines").recall("a") is None


def test_a_memory_that_somebody_changed_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    memory.keep("a", [1])
    memory.save()

    path.write_bytes(path.read_bytes().replace(b"[1]", b"[2]"))

    assert Memory(path).recall("a") is None


def test_a_run_adds_to_the_memory_what_it_learnt(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    first = Memory(path)
    for place in range(100):
        first.keep(f"{place}", "x" * 1000)
    first.save()
    whole = path.read_bytes()

    for turn in range(3):
        later = Memory(path)
        assert later.recall("99") == "x" * 1000
        assert later.recall("7") == ("x" * 1000 if not turn else turn - 1)
        later.keep("7", turn)
        later.keep("8", "x" * 1000)
        later.save()

    assert path.read_bytes().startswith(whole)
    assert len(path.read_bytes()) < len(whole) + 3 * 100
    assert Memory(path).recall("7") == 2


@pytest.mark.parametrize("lost", [1, 10, 40])
def test_a_part_that_was_written_by_half_is_forgotten_alone(tmp_path: Path, lost: int) -> None:
    path = tmp_path / "memory.lines"
    for place in range(3):
        memory = Memory(path)
        memory.keep(f"{place}", place)
        memory.save()

    path.write_bytes(path.read_bytes()[:-lost])
    memory = Memory(path)

    assert [memory.recall(f"{place}") for place in range(3)] == [0, 1, None]
    memory.keep("2", 2)
    memory.save()
    assert [Memory(path).recall(f"{place}") for place in range(3)] == [0, 1, 2]


def test_a_memory_does_not_grow_with_every_run(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    largest = 0
    for turn in range(1500):
        memory = Memory(path)
        memory.keep("a", "x" * 1000 + str(turn))
        memory.save()
        largest = max(largest, path.stat().st_size)

    assert largest < 1_300_000
    assert Memory(path).recall("a") == "x" * 1000 + "1499"


def test_a_memory_does_not_grow_with_one_long_line_among_many(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    for place in range(900):
        memory.keep(f"{place}", place)
    memory.save()
    largest = 0
    for turn in range(100):
        memory = Memory(path)
        memory.keep("long", "x" * 200_000 + str(turn))
        memory.save()
        largest = max(largest, path.stat().st_size)

    assert largest < 2_000_000
    assert Memory(path).recall("long") == "x" * 200_000 + "99"
    assert Memory(path).recall("899") == 899


def test_what_is_learnt_while_another_thread_saves_is_saved_next(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    over = threading.Event()
    failed: list[Exception] = []

    def save() -> None:
        try:
            while not over.is_set():
                memory.save()
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    saving = threading.Thread(target=save)
    saving.start()
    for place in range(20_000):
        memory.keep(f"{place}", "x" * 20)
    over.set()
    saving.join()
    memory.save()

    assert failed == []
    assert all(Memory(path).recall(f"{place}") for place in range(0, 20_000, 997))
    last = Memory(path)
    assert sum(last.knows(f"{place}") for place in range(20_000)) == 20_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit to the size of files")
def test_what_a_full_disk_took_by_half_is_told_and_not_lost(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    memory.keep("first", "x" * 100)
    memory.save()
    memory.keep("second", "x" * 10_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
    try:
        with pytest.raises(OSError, match=r"memory\.lines"):
            memory.save()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)

    assert Memory(path).recall("first") == "x" * 100
    memory.save()
    assert Memory(path).recall("second") == "x" * 10_000


def test_a_memory_that_was_deleted_meanwhile_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept/memory.lines"
    memory = Memory(path)
    memory.keep("a", 1)
    memory.save()
    path.unlink()
    path.parent.rmdir()

    memory.keep("b", 2)
    memory.save()

    assert [Memory(path).recall(key) for key in "ab"] == [1, 2]


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)

    with pytest.raises(OSError, match="directory") as refused:
        write_whole(tmp_path / "a", b"one")

    assert refused.value.filename == str(tmp_path / "a")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_memory_that_learnt_nothing_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    first = Memory(path)
    first.keep("a", 1)
    first.save()
    stamp = path.stat().st_mtime_ns

    second = Memory(path)
    second.recall("a")
    second.save()

    assert path.stat().st_mtime_ns == stamp


def test_what_many_runs_did_not_use_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    first = Memory(path)
    for place in range(1005):
        first.keep(f"old {place}", place)
    first.save()

    second = Memory(path)
    second.keep("new", 1)
    second.save()

    assert Memory(path).recall("new") == 1
    assert Memory(path).recall("old 1") is None


def test_a_long_run_that_let_go_of_what_it_used_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    for turn in range(3):
        for place in range(3000):
            memory.keep(f"{turn} {place}", place)
        memory.save()
        memory.turn()

    memory.keep("new", 1)
    memory.save()

    known = Memory(path)
    assert sum(known.knows(f"2 {place}") for place in range(3000)) == 3000


def test_a_file_is_read_anew_when_it_may_have_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    memory = Memory(tmp_path / "memory.lines")

    file.write_bytes(b"one")
    warm = memory.file_digest(str(file))
    file.write_bytes(b"two")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    cold = memory.file_digest(str(file))
    again = memory.file_digest(str(file))

    assert warm == digest_of_bytes(b"one")
    assert cold == again == digest_of_bytes(b"two")


def _age(store: Store, key: Digest, days: int) -> None:
    stamp = time.time() - days * DAY
    os.utime(store.path(key), (stamp, stamp))


def test_what_was_taken_out_by_another_process_is_missing_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = digest("a")
    store.put(key, b"a")
    store.path(key).unlink()

    assert store.get(key) is None
    assert key not in store


def test_a_memory_writes_only_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "memory.lines"
    memory = Memory(path)
    memory.keep("a", [1])
    memory.save()
    path.unlink()

    memory.save()

    assert not path.exists()

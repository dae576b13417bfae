"""A site is put in place whole or not at all, whatever happens meanwhile."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ocopgen.base.digest import digest, digest_of_bytes
from ocopgen.base.problems import MachineTrouble, WrongUse
from ocopgen.base.store import Store
from ocopgen.build import exchange, laying, pool
from ocopgen.build import publish as publishing
from ocopgen.build.lock import hold
from ocopgen.build.publish import Lost, doubt, holds, look_whose, made_here, publish, spare_of
from tests.build.generations import Pages, generation, put, stored

CHECKOUT = Path(__file__).parents[2]
MANIFEST = "ocopgen-manifest.json"
KILLS = int(os.environ.get("OCOPGEN_KILLS", "25"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "cache/store")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return where a site is to be published."""
    return tmp_path / "site"


def files(folder: Path) -> Pages:
    """Return every file in *folder* but the manifest, by path; nothing but files may be there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    assert not any(path.is_symlink() for path in found.values())
    for path in found.values():
        assert not path.is_dir() or any(path.iterdir()), "an empty folder was left"
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if path.is_file() and name != MANIFEST
    }


def listed(site: Path) -> dict[str, str]:
    content = json.loads((site / MANIFEST).read_text("utf-8"))
    assert content.pop("generator") == "ocopgen"
    assert list(content) == ["files"]
    return dict(content["files"])


@contextmanager
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the system be one that cannot exchange two folders in one step."""
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "_exchanged_at_once", lambda *_: False)
        yield


# --- What is published -------------------------------------------------------


def test_a_site_holds_what_the_manifest_names(store: Store, site: Path) -> None:
    pages = {"index.html": b"home", "en/index.html": b"Home", "robots.txt": b""}

    published = put(store, site, pages)

    assert files(site) == pages
    assert listed(site) == {path: digest_of_bytes(pages[path]) for path in sorted(pages)}
    assert list(listed(site)) == sorted(pages)
    assert (published.written, published.kept, published.deleted) == (3, 0, 0)
    assert published.digest == digest_of_bytes((site / MANIFEST).read_bytes())


@pytest.mark.parametrize("at_once", [True, False])
def test_each_site_takes_the_place_of_the_last(
    at_once: bool,  # noqa: FBT001 - pytest passes it by name
    store: Store,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in (1, 2, 3, 3, 7, 1, 2):
        if at_once:
            put(store, site, generation(number))
        else:
            with without_exchange(monkeypatch):
                put(store, site, generation(number))

        assert files(site) == generation(number)


def test_the_same_site_has_the_same_manifest(store: Store, site: Path, tmp_path: Path) -> None:
    put(store, site, generation(1))
    put(store, site, generation(2))
    put(store, tmp_path / "other", generation(2))

    assert (site / MANIFEST).read_bytes() == (tmp_path / "other" / MANIFEST).read_bytes()


def test_nothing_but_the_difference_is_written(store: Store, site: Path) -> None:
    pages = {f"{number}/index.html": b"%d" % number for number in range(30)}
    put(store, site, pages)
    put(store, site, pages | {"1/index.html": b"one"})
    before = numbers(spare_of(site) / "tree")

    published = put(
        store, site, {k: v for k, v in pages.items() if k != "2/index.html"} | {"x/y": b"y"}
    )

    after = numbers(site)
    same = {path for path in before if before[path] == after.get(path)}
    assert (published.written, published.kept, published.deleted) == (1, 29, 1)
    assert set(pages) - {"2/index.html"} == same
    assert set(after) - same == {"x/y", MANIFEST}
    assert not (site / "2").exists()


def numbers(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and the time of each file."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found
    }


def test_nothing_is_written_where_nothing_changed(store: Store, site: Path) -> None:
    first = put(store, site, generation(1))
    before = numbers(site), site.stat().st_ino

    second = put(store, site, generation(1))

    assert (second.written, second.deleted, second.digest) == (0, 0, first.digest)
    assert before == (numbers(site), site.stat().st_ino)


def test_what_was_a_file_may_become_a_folder_and_back(store: Store, site: Path) -> None:
    for pages in ({"a": b"1"}, {"a/b": b"2"}, {"a": b"3"}, {"a/b/c": b"4"}, {"a": b"1"}):
        put(store, site, pages)

        assert files(site) == pages


def _many(words: bytes = b"") -> Pages:
    return {f"{number}/index.html": b"%d %b" % (number, words) for number in range(150)}


@pytest.mark.skipif(os.name != "posix", reason="files bear one name there")
def test_the_spare_shares_with_the_site_what_both_hold(store: Store, site: Path) -> None:
    pages = _many()
    put(store, site, pages)

    published = put(store, site, pages | {"1/index.html": b"one"})

    assert (published.written, published.kept) == (1, 149)
    now, spare = numbers(site), numbers(spare_of(site) / "tree")
    assert {path for path in pages if now[path] != spare[path]} == {"1/index.html"}
    assert files(spare_of(site) / "tree") == pages


def test_the_spare_shares_what_took_the_place_of_its_own_files(store: Store, site: Path) -> None:
    def site_of(turn: int, first: int = 0) -> Pages:
        return {f"{page}/index.html": b"%d %d" % (page, turn) for page in range(first, 200)}

    put(store, site, site_of(0))
    put(store, site, site_of(1))
    third = site_of(1, 1) | {"0/index.html": b"other"}

    assert put(store, site, third).written == 1

    assert files(site) == third
    assert (site / "1/index.html").stat().st_nlink == 2
    assert not list(spare_of(site).glob("new*"))


def test_what_is_edited_by_hand_under_both_names_never_comes_back(store: Store, site: Path) -> None:
    put(store, site, _many())
    put(store, site, _many() | {"1/index.html": b"one"})
    (site / "2/index.html").write_bytes(b"by hand")

    for more in (b"two", b"three", b"four"):
        put(store, site, _many() | {"1/index.html": more})
        assert files(site) == _many() | {"1/index.html": more}


def test_a_disk_without_links_gets_copies(
    store: Store, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    for words in (b"a", b"b"):
        put(store, site, _many(words))
    published = put(store, site, _many(b"b") | {"1/index.html": b"one"})

    assert published.written == 150
    assert files(site) == _many(b"b") | {"1/index.html": b"one"}


def test_a_slow_reader_keeps_the_page_that_it_opened(store: Store, site: Path) -> None:
    put(store, site, {"a": b"first" * 9})
    put(store, site, {"a": b"other"})
    with (spare_of(site) / "tree/a").open("rb") as reader:
        put(store, site, {"a": b"third"})
        put(store, site, {"a": b"forth"})

        assert reader.read() == b"first" * 9


def test_a_file_never_shares_its_bytes_with_the_store(store: Store, site: Path) -> None:
    put(store, site, generation(1))

    assert {path.stat().st_nlink for path in site.rglob("*") if path.is_file()} == {1}


def test_lost_entries_are_named_and_nothing_is_published(store: Store, site: Path) -> None:
    put(store, site, generation(1))
    manifest = stored(store, generation(2))
    store.drop(manifest["index.html"])
    store.path(manifest["generation"]).write_bytes(b"damaged")

    with pytest.raises(Lost) as lost:
        publish(manifest, store, site)

    assert lost.value.keys == {manifest["index.html"], manifest["generation"]}
    assert files(site) == generation(1)
    publish(stored(store, generation(2)), store, site)
    assert files(site) == generation(2)


def test_many_files_are_written_side_by_side(store: Store, site: Path) -> None:
    pages = {f"a/{number % 7}/b/{number}/index.html": f"{number}" for number in range(900)}
    manifest = stored(store, {path: text.encode() for path, text in pages.items()})

    assert publish(manifest, store, site).written == 900

    assert files(site) == {path: text.encode() for path, text in pages.items()}
    assert listed(site).keys() == pages.keys()
    for path in list(pages)[::50]:
        store.drop(manifest[path])
    spoilt = site.with_name("other")
    with pytest.raises(Lost) as lost:
        publish(manifest, store, spoilt)
    assert lost.value.keys == {manifest[path] for path in list(pages)[::50]}
    assert not spoilt.exists()


def test_what_another_process_finds_damaged_is_missing_here_too(store: Store, site: Path) -> None:
    pages = {f"a/{number}/index.html": b"%d" % number for number in range(900)}
    with store.gather():
        manifest = stored(store, pages)
    first = manifest["a/0/index.html"]
    bundle = store.path(first)
    bundle.write_bytes(bundle.read_bytes()[:-1])

    with pytest.raises(Lost):
        publish(manifest, store, site)

    assert first not in store
    publish(stored(store, pages), store, site)
    assert files(site) == pages


def test_a_process_that_dies_while_it_writes_costs_time_and_nothing_else(
    store: Store, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {f"a/{number}/index.html": b"%d" % number for number in range(900)}
    manifest = stored(store, pages)

    here, write, copies = os.getpid(), laying.write, site.with_name("copies")

    def dies(tree: Path, path: str, content: bytes) -> os.stat_result:
        stat = write(tree, path, content)
        if os.getpid() != here and path.endswith("7/index.html"):
            copies.touch()
            os._exit(1)
        return stat

    monkeypatch.setattr(pool, "may_fork", lambda: sys.platform == "linux")
    for each in (pool, publishing):
        monkeypatch.setattr(each, "usable_cores", lambda: 2)
    monkeypatch.setattr(publishing, "write", dies)
    publish(manifest, store, site)

    assert copies.exists() == (sys.platform == "linux")
    assert files(site) == pages
    publish(stored(store, {**pages, "b": b"2"}), store, site)
    assert files(site) == {**pages, "b": b"2"}


def test_a_file_that_another_process_lays_just_after_its_folder_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, made = tmp_path / "spare/tree", laying._make_folder  # noqa: SLF001 - the very moment

    def beaten(path: str) -> None:
        made(path)
        Path(path, "index.html").write_bytes(b"half of it")

    monkeypatch.setattr(laying, "_make_folder", beaten)
    source = tmp_path / "page"
    source.write_bytes(b"whole")

    laying.write(tree, "a/index.html", b"whole")
    laying.link(str(source), tree, "b/index.html")

    assert (tree / "a/index.html").read_bytes() == b"whole"
    assert (tree / "b/index.html").read_bytes() == b"whole"


@pytest.mark.parametrize(
    "path",
    ["/etc/x", "../x", "a/../x", "a//b", "a/", "", ".", "a/.", "a\\b", "c:/x", "a\0b", MANIFEST],
)
def test_a_path_that_leaves_the_site_is_our_own_fault(path: str, store: Store, site: Path) -> None:
    key = digest("x")
    store.put(key, b"x")

    with pytest.raises(ValueError, match="cannot be a path"):
        publish({path: key}, store, site)


# --- Whether a site still holds ----------------------------------------------


def test_a_site_holds_until_somebody_touches_it(store: Store, site: Path) -> None:
    name = put(store, site, generation(1)).digest

    assert holds(site, name)
    assert not holds(site, "another manifest")
    (site / "index.html").write_bytes(b"by hand")
    assert not holds(site, name)


@pytest.mark.parametrize("path", ["index.html", "san-pham", MANIFEST, "."])
def test_what_is_deleted_by_hand_is_noticed_and_made_again(
    path: str, store: Store, site: Path
) -> None:
    put(store, site, generation(1))
    name = put(store, site, generation(2)).digest
    target = site / path
    subprocess.run(["rm", "-r", str(target if path != "." else site)], check=True)

    assert not holds(site, name)
    if path != MANIFEST:
        again = put(store, site, generation(2))
        assert (again.digest, files(site)) == (name, generation(2))
        assert holds(site, name)


def test_what_is_edited_by_hand_never_comes_back(store: Store, site: Path) -> None:
    put(store, site, generation(1))
    put(store, site, generation(2))
    stat = (site / "generation").stat()
    (site / "generation").write_bytes(b"9")
    os.utime(site / "generation", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))

    for number in (2, 3, 2):
        put(store, site, generation(number))
        assert files(site) == generation(number)


@pytest.mark.parametrize("damage", ["", "{", '["a","b"]\n{"x": 1}'])
def test_a_damaged_record_costs_time_and_nothing_else(
    damage: str, store: Store, site: Path
) -> None:
    for number in (1, 2):
        put(store, site, generation(number))
    for record in spare_of(site).glob("*.json"):
        record.write_text(damage)
    (spare_of(site) / "tree/stranger").symlink_to("/etc")

    published = put(store, site, generation(1))

    assert files(site) == generation(1)
    assert published.kept == len(generation(1))


def test_what_is_doubted_is_compared(store: Store, site: Path) -> None:
    put(store, site, generation(1))
    manifest = stored(store, generation(1))
    path = next(iter(manifest))
    store.put(manifest[path], b"made in another way")
    publish(manifest, store, site)
    assert files(site) == generation(1)

    doubt(site)
    publish(manifest, store, site)

    assert files(site)[path] == b"made in another way"


def test_a_folder_that_somebody_put_a_file_for_is_made_again(store: Store, site: Path) -> None:
    put(store, site, {"a/b": b"1", "c": b"1"})
    put(store, site, {"a/b": b"2", "c": b"1"})
    subprocess.run(["rm", "-r", str(spare_of(site) / "tree/a")], check=True)
    (spare_of(site) / "tree/a").write_bytes(b"by hand")

    put(store, site, {"c": b"1"})

    assert (site / "c").read_bytes() == b"1"


# --- Rights ------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_site_stays_as_open_as_its_operator_made_it(store: Store, site: Path) -> None:
    site.mkdir()
    if os.getuid() == 0:
        os.chown(site, -1, 33)
    site.chmod(0o2750)
    was = site.stat()

    for number in range(1, 5):
        put(store, site, generation(number))

        now = site.stat()
        assert (oct(now.st_mode), now.st_gid) == (oct(was.st_mode), was.st_gid)
        assert {path.stat().st_gid for path in site.rglob("*")} == {was.st_gid}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_what_was_taken_back_is_not_read_by_others_beside_the_site(
    store: Store, site: Path
) -> None:
    for number in range(1, 4):
        put(store, site, generation(number))

        assert spare_of(site).stat().st_mode & 0o007 == 0
        assert site.stat().st_mode & 0o005 == 0o005


# --- Folders of others -------------------------------------------------------


def test_a_folder_that_ocopgen_did_not_make_is_refused(store: Store, site: Path) -> None:
    site.mkdir()
    (site / "thesis.doc").write_bytes(b"years of work")

    with pytest.raises(WrongUse) as refusal:
        put(store, site, generation(1))

    assert (refusal.value.code, refusal.value.values) == ("site.foreign", {"path": str(site)})
    assert files(site) == {"thesis.doc": b"years of work"}
    assert not spare_of(site).exists()


def test_a_disk_of_its_own_is_refused_before_anything_is_built(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == site)

    with pytest.raises(MachineTrouble, match=r"site\.busy"):
        look_whose(site)


def test_a_file_in_the_place_of_the_site_is_refused(store: Store, site: Path) -> None:
    site.write_bytes(b"mine")

    with pytest.raises(WrongUse, match=r"site\.foreign"):
        put(store, site, generation(1))


def test_an_empty_folder_may_become_the_site(store: Store, site: Path) -> None:
    site.mkdir()

    assert made_here(site)
    put(store, site, generation(1))
    assert files(site) == generation(1)
    put(store, site, generation(2))
    assert files(site) == generation(2)


def test_a_manifest_of_another_program_is_not_ours(site: Path) -> None:
    site.mkdir()
    (site / MANIFEST).write_text('{"generator": "other"}')

    assert not made_here(site)
    assert not made_here(site / "nowhere")


def test_a_link_to_the_site_is_followed(store: Store, site: Path, tmp_path: Path) -> None:
    (tmp_path / "www/real").mkdir(parents=True)
    site.symlink_to(tmp_path / "www/real")

    name = put(store, site, generation(1)).digest
    put(store, site, generation(2))

    assert site.is_symlink()
    assert files(tmp_path / "www/real") == generation(2)
    assert not holds(site, name)


# --- A machine in the way ----------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 400 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(["mount", *options]).returncode:  # noqa: PLW1510 - asked just so
        pytest.skip("only root may mount a small disk, and not everywhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_last_site_stands(store: Store, small_disk: Path) -> None:
    site = small_disk / "site"
    put(store, site, {"a": b"a"})

    with pytest.raises(MachineTrouble) as trouble:
        put(store, site, {"a": b"b", "large": bytes(500_000)})

    assert trouble.value.code == "disk.full"
    assert trouble.value.values["path"].startswith(str(small_disk))
    assert files(site) == {"a": b"a"}
    put(store, site, {"a": b"c"})
    assert files(site) == {"a": b"c"}


def test_a_disk_that_may_not_be_written_is_told(store: Store, small_disk: Path) -> None:
    site = small_disk / "site"
    put(store, site, {"a": b"a"})
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(MachineTrouble, match=r"disk\.permission"):
        put(store, site, {"a": b"b"})

    assert files(site) == {"a": b"a"}


def test_the_root_of_a_disk_cannot_be_exchanged_and_is_told(store: Store, small_disk: Path) -> None:
    with pytest.raises(MachineTrouble, match=r"site\.busy"):
        put(store, small_disk, {"a": b"a"})


def test_a_trouble_that_nobody_foresaw_keeps_its_traceback(store: Store, site: Path) -> None:
    put(store, site, {"a": b"a"})

    with pytest.raises(OSError, match="too long"):
        put(store, site, {"a" * 300: b"a"})


@pytest.mark.parametrize("broken_off", [0, 1, 2])
def test_an_exchange_broken_off_between_renames_is_mended(
    broken_off: int, store: Store, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, site, generation(1))
    left = [broken_off]
    rename = exchange._rename  # noqa: SLF001 - the one place where a kill can hit

    def killed(source: Path, target: Path) -> None:
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        rename(source, target)

    with without_exchange(monkeypatch), monkeypatch.context() as patch:
        patch.setattr(exchange, "_rename", killed)
        with pytest.raises(KeyboardInterrupt):
            put(store, site, generation(2))

    put(store, site, generation(3))
    assert files(site) == generation(3)
    assert {"tree"} == {each.name for each in spare_of(site).iterdir() if each.is_dir()}


def test_a_rename_that_the_system_refuses_leaves_the_last_site(
    store: Store, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, site, generation(1))
    rename = exchange._rename  # noqa: SLF001 - the one place where the system can refuse

    def refused(source: Path, target: Path) -> None:
        if source.name == "tree":
            raise PermissionError(13, "in use", str(source))
        rename(source, target)

    with without_exchange(monkeypatch), monkeypatch.context() as patch:
        patch.setattr(exchange, "_rename", refused)
        with pytest.raises(MachineTrouble, match=r"disk\.permission"):
            put(store, site, generation(2))

    assert files(site) == generation(1)


def test_a_reader_who_holds_a_folder_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    refusals = [PermissionError(), PermissionError()]
    rename = Path.rename

    def busy(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return rename(self, target)

    monkeypatch.setattr(exchange, "_PATIENCE", 3)
    monkeypatch.setattr(exchange, "_PAUSE", 0.001)
    monkeypatch.setattr(Path, "rename", busy)
    exchange.exchange(tmp_path / "site", tmp_path / "new")

    assert (tmp_path / "site").is_dir()


def test_what_a_half_done_exchange_left_makes_way(tmp_path: Path) -> None:
    site, tree, last = (tmp_path / name for name in ("site", "tree", "last"))
    for folder in (site, tree, last):
        folder.mkdir()

    exchange.mend(site, tree)

    assert (site.exists(), tree.exists(), last.exists()) == (True, True, False)


# --- Killed, watched, and two at once ----------------------------------------

WORKER = """
import sys
from pathlib import Path
from ocopgen.base.store import Store
from ocopgen.build.lock import hold
from tests.build.generations import generation, put
root, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = Store(root / "cache/store")
print("ready", flush=True)
for number in range(first, first + count):
    with hold(root / "cache", 60, lambda: None):
        put(store, root / "site", generation(number))
"""


def worker(root: Path, first: int, count: int) -> "subprocess.Popen[str]":
    """Return a process that publishes generation after generation."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(root), str(first), str(count)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


class Reader(threading.Thread):
    """Looks at the site over and over, as visitors do."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.whole = 0
        self.faults: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            try:
                self.look()
            except FileNotFoundError as error:
                self.faults.append(f"missed: {error}")

    def look(self) -> None:
        """Read the manifest, then all files: they belong together unless a new site came."""
        manifest = (self.site / MANIFEST).read_bytes()
        assert (self.site / "index.html").read_bytes().startswith(b"home ")
        wrong = [
            path for path, own in json.loads(manifest)["files"].items() if self.digest(path) != own
        ]
        same = manifest == (self.site / MANIFEST).read_bytes()
        self.whole += same
        if same and wrong:
            self.faults.append(f"wrong: {wrong}")

    def digest(self, path: str) -> str:
        try:
            return digest_of_bytes((self.site / path).read_bytes())
        except OSError:  # another site may have a folder there, or nothing
            return "missing"


def test_kills_never_show_half_a_site(store: Store, site: Path, tmp_path: Path) -> None:
    for kind in range(6):
        put(store, site, generation(kind))
    reader = Reader(site)
    reader.start()
    chance = random.Random(2)  # noqa: S311 - no secret
    dirty = 0
    for number in range(1000, (KILLS + 1) * 1000, 1000):
        process = worker(tmp_path, number, 900)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        dirty += (spare_of(site) / "dirty").exists()

        with hold(tmp_path / "cache", 5, lambda: None):
            put(store, site, generation(number + 999))

        assert files(site) == generation(number + 999)
        assert not list(spare_of(site).glob("new*"))
        assert listed(site).keys() == generation(number + 999).keys()
    reader.enough.set()
    reader.join()

    assert reader.faults == []
    assert reader.whole > KILLS // 5
    assert dirty > KILLS // 5, "the kills came while something was being changed"


def test_two_builds_at_once_take_turns(store: Store, site: Path, tmp_path: Path) -> None:
    put(store, site, generation(0))
    workers = [worker(tmp_path, 1000, 12), worker(tmp_path, 2000, 12)]

    for process in workers:
        process.communicate()

    assert [process.returncode for process in workers] == [0, 0]
    assert files(site) in (generation(1011), generation(2011))


def test_a_second_build_waits_and_is_told(tmp_path: Path) -> None:
    said: list[float] = []
    began = time.monotonic()
    with (
        hold(tmp_path / "cache", 0, lambda: None),
        pytest.raises(MachineTrouble, match=r"build\.locked"),
        hold(tmp_path / "cache", 1.3, lambda: said.append(time.monotonic() - began)),
    ):
        pass

    assert len(said) == 1
    assert 1 <= said[0] < 1.3
    with hold(tmp_path / "cache", 0, lambda: said.append(0)):
        assert len(said) == 1


def test_a_lock_that_cannot_be_made_is_told(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with (
        pytest.raises(MachineTrouble, match=r"disk\.permission"),
        hold(small_disk / "cache", 0, lambda: None),
    ):
        pass

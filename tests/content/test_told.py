"""What a record said is known by what the disk says of its files, and never for longer."""

import gc
import os
import pickle
import shutil
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from ocopgen.base.line import Line
from ocopgen.base.memory import STILL_WARM, Memory
from ocopgen.base.problems import Problems
from ocopgen.base.sight import Sight
from ocopgen.build.trace import inputs_of
from ocopgen.content.entries import Content
from ocopgen.content.files import Files
from ocopgen.content.load import load
from ocopgen.content.told import _Later
from tests.copies import VILLAGE

PRODUCT = "content/products/banh-la-vi-du"
PRODUCER = "content/producers/ho-ong-mau.yaml"


def _told(root: Path) -> tuple[Content, Problems]:
    """Return what the catalogue in *root* says to a run of its own, and what is wrong with it."""
    memory, problems = Memory(root / "memory.lines"), Problems()
    content = load(root, memory, problems)
    memory.save()
    assert content
    return content, problems


def _fresh(root: Path) -> tuple[Content, Problems]:
    """Return the same of whoever remembers nothing."""
    problems = Problems()
    content = load(root, Memory(Path(os.devnull)), problems)
    assert content
    return content, problems


def _age(root: Path) -> None:
    """Let what changed just now be old enough for its time stamps to prove something."""
    young = time.time() - 2 * STILL_WARM / 1e9
    for path in (root / "content").rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime > young:
            os.utime(path, (young - 60, young - 60))


@pytest.fixture(params=[True, False], ids=["lasting", "passing"])
def lasts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let all memories be of a preview, which lasts, or of a build."""
    monkeypatch.setattr(f"{__name__}.Memory", partial(Memory, lasts=request.param))
    return bool(request.param)


@pytest.fixture
def root(tmp_path: Path, lasts: bool) -> Path:  # noqa: ARG001, FBT001
    """Return a catalogue of which everything is remembered."""
    root = tmp_path / "root"
    shutil.copytree(VILLAGE, root)
    _age(root)
    _told(root)
    return root


def test_no_file_is_looked_into_where_nothing_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    digest = Files.digest

    def noted(files: Files, path: str) -> object:
        asked.append(path)
        return digest(files, path)

    monkeypatch.setattr(Files, "digest", noted)
    known, _ = _told(root)

    assert asked
    assert not [path for path in asked if path.startswith((PRODUCT, PRODUCER))]
    fresh, _ = _fresh(root)
    assert known.products == fresh.products
    assert known.producers == fresh.producers
    assert known.stories == fresh.stories


def _renamed(root: Path) -> None:
    (root / PRODUCT).rename(root / "content/products/banh-la")


def _saved(root: Path) -> None:
    path = root / PRODUCT / "product.yaml"
    path.write_text(path.read_text("utf-8").replace("vi: ", "vi: Mới ", 1), "utf-8")


def _under_the_same_size(root: Path) -> None:
    path = root / PRODUCT / "product.yaml"
    path.write_text(path.read_text("utf-8").replace("star: 4", "star: 3", 1), "utf-8")


def _unknown_field(root: Path) -> None:
    with (root / PRODUCT / "product.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: yellow\n")


def _story_gone(root: Path) -> None:
    (root / PRODUCT / "story.vi.md").unlink()


def _photo_added(root: Path) -> None:
    (root / PRODUCT / "anh-moi.jpg").write_bytes(b"no photo")


def _stranger_added(root: Path) -> None:
    (root / PRODUCT / "notes.txt").write_bytes(b"")


def _link_hidden(root: Path) -> None:
    (root / PRODUCT / "_away").symlink_to("/")


def _name_that_is_no_text(root: Path) -> None:
    with suppress(OSError):  # some disks refuse it
        (root / PRODUCT / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"no photo")


def _hidden(root: Path) -> None:
    (root / PRODUCT / "_notes.txt").write_bytes(b"")


def _made_longer(root: Path) -> None:
    with (root / PRODUCT / "story.vi.md").open("a", encoding="utf-8") as file:
        file.write("\nThêm một dòng.\n")


def _producer_saved(root: Path) -> None:
    with (root / PRODUCER).open("a", encoding="utf-8") as file:
        file.write("colour: yellow\n")


@pytest.mark.parametrize(
    "edit",
    [
        _renamed,
        _saved,
        _under_the_same_size,
        _unknown_field,
        _story_gone,
        _photo_added,
        _stranger_added,
        _link_hidden,
        _name_that_is_no_text,
        _hidden,
        _made_longer,
        _producer_saved,
    ],
)
@pytest.mark.parametrize("aged", [False, True])
def test_whatever_changes_is_told(root: Path, edit: Callable[[Path], None], aged: bool) -> None:  # noqa: FBT001
    edit(root)
    if aged:
        _age(root)

    for _ in range(2):
        (known, problems), (fresh, others) = _told(root), _fresh(root)
        for kind in ("products", "producers", "outlets", "stories", "faulty"):
            assert getattr(known, kind) == getattr(fresh, kind)
        assert list(problems) == list(others)


def test_a_fault_is_told_every_time(root: Path) -> None:
    _unknown_field(root)
    _age(root)

    first, second = (list(_told(root)[1]) for _ in range(2))

    assert first
    assert first == second


def test_a_line_that_is_damaged_is_made_anew_when_it_is_asked_for(root: Path) -> None:
    before, _ = _fresh(root)
    path = root / "memory.lines"
    content = bytearray(path.read_bytes())
    key = next(iter(before.stories))
    damaged = before.stories[key].prose.blocks[0].html.encode()[5:25]
    places = [at for at in range(len(content)) if content.startswith(damaged, at)]
    assert places
    for at in places:
        content[at : at + 4] = b"DUST"
    path.write_bytes(content)

    known, problems = _told(root)

    assert not list(problems)
    story = known.stories[key]
    assert story.prose == before.stories[key].prose
    assert story.tree.data == before.stories[key].tree.data
    assert pickle.loads(pickle.dumps(story)).prose == story.prose  # noqa: S301 - our own


def test_what_was_saved_while_it_was_read_is_not_kept_for_what_was_there_before(root: Path) -> None:
    path = root / PRODUCT / "product.yaml"
    before, stat = path.read_bytes(), path.stat()
    later = stat.st_mtime_ns + 1_000_000_000
    path.write_bytes(before + b"# seen\n")
    os.utime(path, ns=(later, later))
    sight = Sight()
    inputs_of((root,), sight)
    path.write_bytes(before.replace(b"star: 4", b"star: 3") + b"# read\n")
    os.utime(path, ns=(later + 5_000_000_000, later + 5_000_000_000))
    memory = Memory(root / "memory.lines")
    memory.sight = sight
    assert load(root, memory, Problems())
    memory.save()

    path.write_bytes(before + b"# seen\n")
    os.utime(path, ns=(later, later))

    known, _ = _told(root)
    assert known.products == _fresh(root)[0].products


@pytest.mark.parametrize("lasts", [True], indirect=True)  # a build reads a file but once
def test_a_line_is_that_of_the_file_as_it_was_read(root: Path) -> None:
    memory = Memory(root / "memory.lines")
    before = load(root, memory, Problems())
    assert before
    key = next(key for key in before.stories if key[0] == PRODUCT.rpartition("/")[2])
    said = _fresh(root)[0].stories[key].prose

    path = root / before.stories[key].tree.path
    path.write_text("---\ntitle: Khác\n---\nKhác hẳn.\n", "utf-8")
    _age(root)
    after = load(root, memory, Problems())

    assert after
    assert after.stories[key].prose != said
    assert before.stories[key].prose == said


def test_the_line_of_another_version_is_not_taken_for_that_of_this_one(root: Path) -> None:
    path = root / PRODUCT / "product.yaml"
    before, stat = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b"star: 4", b"star: 3"))
    _told(root)  # too young to be kept by its state, but its line is
    path.write_bytes(before)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    known, fresh = _told(root)[0], _fresh(root)[0]

    one, other = (each.products[PRODUCT.rpartition("/")[2]] for each in (known, fresh))
    assert (one.record, one.digest) == (other.record, other.digest)
    assert (one.tree.data, one.tree.marks) == (other.tree.data, other.tree.marks)


def test_a_line_that_nobody_can_make_anew_is_told(root: Path) -> None:
    known, _ = _told(root)
    entry = known.products[PRODUCT.rpartition("/")[2]]
    with (root / "memory.lines").open("r+b") as file:
        file.truncate(0)
    (root / entry.tree.path).unlink()

    with pytest.raises(OSError, match=r"product\.yaml"):
        _ = entry.tree.data


@pytest.mark.parametrize("lasts", [False], indirect=True)
@pytest.mark.parametrize("known", [True, False])
def test_a_build_holds_no_line_of_what_it_read(root: Path, *, known: bool) -> None:
    """Those of twenty thousand products take more room than all else."""
    memory = Memory(root / ("memory.lines" if known else "other.lines"))
    content = load(root, memory, Problems())

    assert content
    lines = [each.tree.line for each in content.products.values()]
    lines += [each.tree.line for each in content.stories.values()]
    assert {type(each) for each in lines} == {_Later}
    assert not [each for each in lines if isinstance(each, _Later) and isinstance(each.found, Line)]
    expected = _fresh(root)[0]
    for key, story in content.stories.items():
        assert story.prose == expected.stories[key].prose


def test_a_memory_that_lasts_is_gone_when_nobody_holds_it(root: Path) -> None:
    was_on = gc.isenabled()
    gc.disable()  # as builds do
    try:
        memory = Memory(root / "memory.lines")
        load(root, memory, Problems())
        watch = weakref.ref(memory)
        del memory
        assert watch() is None
    finally:
        if was_on:
            gc.enable()

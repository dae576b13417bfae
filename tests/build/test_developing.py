"""A photo that nobody knew is decoded once, in one process or several, and told of as ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.ImageFile import ImageFile

from ocopgen.base.digest import SIZE, Digest, digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Level, Problems
from ocopgen.base.store import Store
from ocopgen.build import developing, pool, site
from ocopgen.build.developing import Hands, develop
from ocopgen.build.pictures import Pictured, shown, survey
from ocopgen.build.site import Making, make_pages
from ocopgen.content.catalogue import tie
from ocopgen.content.load import load
from ocopgen.pages import photos, pixels
from tests.copies import TODAY, Copy, quiet

CODECS = "codecs"
JAR = "content/products/gom-thu-nghiem"
RECORD = f"{JAR}/product.yaml"


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    """Return the village, whose jar has four photos more, as a phone takes them."""
    village = Copy(tmp_path)
    listed = ""
    for number in range(4):
        file = BytesIO()
        Image.effect_noise((2000, 1500 + number), 60).convert("RGB").save(file, "JPEG")
        village.write(f"{JAR}/anh-{number}.jpg", file.getvalue())
        listed += f"  - {{file: anh-{number}.jpg, alt: {{vi: Bình {number}, en: Jar {number}}}}}\n"
    village.edit(RECORD, r"^photos:\n", f"photos:\n{listed}")
    return village


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what kinds of files are opened to be decoded, one after the other."""
    kinds: list[str] = []
    open_ = pixels.opened

    @contextmanager
    def noted(photo: Path | BytesIO, kind: str) -> Iterator[ImageFile]:
        kinds.append(kind)
        with open_(photo, kind) as image:
            yield image

    monkeypatch.setattr(pixels, "opened", noted)
    return kinds


def test_a_build_opens_each_new_photo_once(
    village: Copy, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "posters_of", lambda *_: ())  # they show a photo in another size
    made = _made(village)

    assert made == len(opened) == _all_photos(village)
    assert _made(village) == 0
    assert len(opened) == made


def test_several_processes_make_the_bytes_of_one(
    village: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(developing, "pays", lambda _cost: True)
    one, two = Store(tmp_path / "one"), Store(tmp_path / "two")
    told: list[tuple[int, int]] = []

    alone = _develop(village, one)
    both = _develop(village, two, jobs=2, progress=lambda made, of: told.append((made, of)))

    assert alone == both
    assert len(both) == len(told) == _all_photos(village)
    assert told[-1] == (len(told), len(told))
    assert _held(one) == _held(two)


def test_what_dies_on_a_photo_leaves_it_to_the_survey(
    village: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_work: object, **_how: object) -> Iterator[object]:
        raise pool.Broken
        yield

    monkeypatch.setattr(developing, "pays", lambda _cost: True)
    monkeypatch.setattr(developing, "spread", broken)

    assert _develop(village, Store(tmp_path / "store"), jobs=2) == frozenset()
    assert _made(village) == _all_photos(village)


def test_whoever_slipped_waits_for_no_photo(village: Copy) -> None:
    village.edit(RECORD, r"^  - star: 5$", "  - star: sáu")

    with pytest.raises(ContentFaults):
        _made(village)

    assert not _pictures(village)


def test_whoever_slipped_in_the_words_of_pages_waits_for_no_photo(village: Copy) -> None:
    village.write("templates/messages/vi.yaml", "home: [")

    with pytest.raises(ContentFaults):
        _made(village)

    assert not _pictures(village)


def test_files_that_are_there_are_not_made_for_the_sake_of_their_measures(village: Copy) -> None:
    _made(village)
    (village.cache / "memory.lines").unlink()
    for path in (village.cache / "store").rglob("*"):
        if path.is_file() and path.read_bytes()[SIZE:].startswith(b"["):
            path.unlink()  # the measures of a photo

    assert _made(village) == 0


def test_a_photo_that_was_saved_meanwhile_is_not_taken_for_the_one_before(
    village: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, memory = Store(tmp_path / "store"), Memory(tmp_path / "memory")
    before = {memory.file_digest(str(path)) for path in (village.root / JAR).glob("*.jpg")}
    ask = Memory.file_digest

    def saved_then(self: Memory, path: str, most: int | None = None) -> Digest:
        own = ask(self, path, most)
        if path.endswith(".jpg"):
            Image.new("RGB", (400, 300), "navy").save(path)
        return own

    monkeypatch.setattr(Memory, "file_digest", saved_then)
    made = _develop(village, store)

    assert not before & made
    assert all(digest(photos.measures_key(own, CODECS)) not in store for own in before)


def test_what_is_surveyed_of_a_photo_is_not_kept_for_the_one_before(
    village: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a damaged photo that comes back would be taken for a sound one."""
    store, memory, problems = Store(tmp_path / "store"), Memory(tmp_path / "memory"), Problems()
    photo = village.root / JAR / "anh-2.jpg"
    sound, damaged = photo.read_bytes(), photo.read_bytes()[:2000]
    entries, ask = _entries(village), Memory.file_digest

    def saved_then(self: Memory, path: str, most: int | None = None) -> Digest:
        own = ask(self, path, most)
        if path == str(photo):
            photo.write_bytes(sound)
        return own

    photo.write_bytes(damaged)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Memory, "file_digest", saved_then)
        survey(village.root, entries, CODECS, memory, problems, store=store)
    assert not problems.found
    photo.write_bytes(damaged)
    survey(village.root, entries, CODECS, memory, problems, store=store)

    assert "photo.broken" in {each.code for each in problems.found}


def test_a_damaged_photo_is_left_out_and_told_by_the_build(village: Copy) -> None:
    whole = (village.root / JAR / "anh-2.jpg").read_bytes()
    village.write(f"{JAR}/anh-2.jpg", whole[: len(whole) // 2])

    with pytest.raises(ContentFaults) as stopped:
        _made(village)

    faults = [each for each in stopped.value.problems if each.level is Level.FAULT]
    assert [(each.code, each.spot.path) for each in faults] == [("photo.broken", RECORD)]


def _made(village: Copy) -> int:
    """Make the pages of *village* and return how many photos were made."""
    memory = Memory(village.cache / "memory.lines")
    making = Making(Store(village.cache / "store"), memory, village.cache, 1, quiet)
    made = make_pages(village.root, TODAY, making).made
    memory.save()
    return made.photos


def _pictures(village: Copy) -> list[Path]:
    """Return the pictures that the store of *village* holds."""
    kept = (path for path in (village.cache / "store").rglob("*") if path.is_file())
    return [path for path in kept if photos.is_made(path.read_bytes()[SIZE:])]


def _develop(
    village: Copy, store: Store, jobs: int = 1, progress: developing.Progress = quiet
) -> frozenset[Digest]:
    entries, memory = _entries(village), Memory(village.root / "none")
    return develop(village.root, entries, CODECS, memory, Hands(store, jobs, progress))


def _entries(village: Copy) -> list[Pictured]:
    problems, memory = Problems(), Memory(village.root / "none")
    content = load(village.root, memory, problems)
    assert content
    assert not problems.faults
    return list(shown(tie(content, TODAY, problems)))


def _all_photos(village: Copy) -> int:
    """Return how many different photos the site of *village* shows."""
    root = village.root
    return len(
        {
            (root / entry.folder / photo.file).read_bytes()
            for entry in _entries(village)
            for photo in entry.record.photos
        }
    )


def _held(store: Store) -> dict[str, bytes]:
    folder = store.folder
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }

"""Making does what is missing, once, in any number of processes, and tells all that failed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.problems import ContentFaults, MachineTrouble, Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.execute import execute
from ocopgen.build.plan import Output, Render, write
from ocopgen.build.trace import templates_of
from ocopgen.build.workshop import Workshop
from ocopgen.pages import photos
from ocopgen.pages.theme import theme_for

HERE = Spot("content/products/a/product.yaml", 1)
WORTH_A_POOL = 500
"""Pages for which workers are started."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a catalogue's folder with two templates, of which one asks for what is not there."""
    templates = tmp_path / "root" / "templates"
    (templates / "pages").mkdir(parents=True)
    (templates / "pages" / "word.html").write_text("<p>{{ page.word }}</p>\n", "utf-8")
    (templates / "pages" / "broken.html").write_text("\n{{ page.wrod }}\n", "utf-8")
    (templates / "messages").mkdir()
    (templates / "messages" / "vi.yaml").write_text("greeting: Chào\n", "utf-8")
    return tmp_path / "root"


@pytest.fixture
def workshop(root: Path) -> Workshop:
    return _workshop(root, "codecs")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_page_is_its_template_filled_with_its_view(workshop: Workshop, store: Store) -> None:
    page = _page("mật ong")

    execute({page.path: page}, store, workshop, 1, _quiet)

    assert store.get(page.key) == "<p>mật ong</p>".encode()


def test_nothing_is_made_twice(workshop: Workshop, store: Store) -> None:
    pages = {page.path: page for page in (_page("một"), _page("hai"))}

    made = [execute(pages, store, workshop, 1, _quiet).pages for _ in range(2)]

    assert made == [2, 0]


def test_two_pages_of_one_key_are_one_job(workshop: Workshop, store: Store) -> None:
    one, other = _page("một"), _page("một", path="khac/index.html")

    made = execute({one.path: one, other.path: other}, store, workshop, 1, _quiet)

    assert made.pages == 1


def test_a_damaged_entry_is_made_again_once_it_is_known(workshop: Workshop, store: Store) -> None:
    page = _page("một")
    execute({page.path: page}, store, workshop, 1, _quiet)
    store.path(page.key).write_bytes(b"not what was written")
    fresh = Store(store.folder)
    assert fresh.get(page.key) is None

    made = execute({page.path: page}, fresh, workshop, 1, _quiet)

    assert made.pages == 1
    assert fresh.get(page.key) == "<p>một</p>".encode()


def test_known_bytes_are_put_into_the_store_and_are_no_page(
    workshop: Workshop, store: Store
) -> None:
    copy = write("css/site.css", b"p{}", HERE)

    made = execute({copy.path: copy}, store, workshop, 1, _quiet)

    assert (store.get(copy.key), made.pages) == (b"p{}", 0)


def test_all_that_fails_is_told_and_the_rest_is_made(workshop: Workshop, store: Store) -> None:
    pages = [_page("một", "pages/broken.html"), _page("hai"), _page("ba", "pages/broken.html")]

    with pytest.raises(ContentFaults) as failed:
        execute({page.path: page for page in pages}, store, workshop, 1, _quiet)

    told = [(str(each.spot), each.code) for each in failed.value.problems.found]
    assert told == [("templates/pages/broken.html:2", "template.undefined")] * 2
    assert pages[1].key in store


def test_one_job_makes_all_sizes_of_a_photo(root: Path, store: Store) -> None:
    planned, workshop = _photo(root)
    told: list[tuple[int, int]] = []

    made = execute(planned, store, workshop, 1, lambda done, of: told.append((done, of)))

    assert (made.photos, made.pages, told) == (1, 0, [(1, 1)])
    assert all(output.key in store for output in planned.values())
    assert {path.rpartition(".")[2] for path in planned} == {"webp", "jpg"}


def test_a_photo_is_not_encoded_again(root: Path, store: Store) -> None:
    planned, workshop = _photo(root)
    execute(planned, store, workshop, 1, _quiet)

    made = execute(planned, Store(store.folder), workshop, 1, _quiet)

    assert made.photos == 0


def test_a_photo_that_was_saved_since_it_was_planned_is_not_taken_for_it(
    root: Path, store: Store
) -> None:
    planned, workshop = _photo(root)
    Image.new("RGB", (1000, 500), "navy").save(root / "content/products/a/anh.png")

    execute(planned, store, workshop, 1, _quiet)

    assert not any(output.key in store for output in planned.values())


def test_pages_are_lost_whose_template_was_saved_since_they_were_planned(
    root: Path, workshop: Workshop, store: Store
) -> None:
    page = _page("mật ong")
    (root / "templates/pages/word.html").write_text("<b>{{ page.word }}</b>\n", "utf-8")

    execute({page.path: page}, store, workshop, 1, _quiet)

    assert page.key not in store


def test_eight_processes_give_the_bytes_of_one(
    workshop: Workshop, store: Store, tmp_path: Path
) -> None:
    pages = {page.path: page for page in _many()}
    other = Store(tmp_path / "other")

    one = execute(pages, store, workshop, 1, _quiet)
    eight = execute(pages, other, workshop, 8, _quiet)

    assert one.pages == eight.pages == WORTH_A_POOL
    assert [store.get(each.key) for each in pages.values()] == [
        other.get(each.key) for each in pages.values()
    ]


class _Deadly(Workshop, frozen=True, dict=True):
    """A workshop that kills the process it works in, as the system does when memory runs out."""

    victim: str = ""
    mark: Path = Path()
    """Where it is written down that it happened; it happens again while this is not there."""

    def make(self, output: Output) -> dict[Digest, bytes]:
        if output.path == self.victim and not self.mark.exists():
            if self.mark.parent.exists():
                self.mark.touch()
            os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        return {output.key: output.path.encode()}


def test_a_worker_that_dies_is_replaced(store: Store, tmp_path: Path) -> None:
    pages = {page.path: page for page in _many()}
    deadly = _deadly(tmp_path, tmp_path / "died")

    execute(pages, store, deadly, 2, _quiet)

    assert (tmp_path / "died").exists()
    assert all(page.key in store for page in pages.values())


def test_a_job_that_kills_every_worker_ends_the_build_with_a_sentence(
    store: Store, tmp_path: Path
) -> None:
    pages = {page.path: page for page in _many()}
    deadly = _deadly(tmp_path, tmp_path / "nowhere" / "died")

    with pytest.raises(MachineTrouble) as trouble:
        execute(pages, store, deadly, 2, _quiet)

    assert trouble.value.code == "worker.broken"


def _page(word: str, template: str = "pages/word.html", path: str = "") -> Output:
    job = Render(template, {"word": word}, "vi")
    return Output(path or f"{word}/index.html", digest(template, word), job, HERE)


def _many() -> Iterator[Output]:
    return (_page(str(number)) for number in range(WORTH_A_POOL))


def _photo(root: Path) -> tuple[dict[str, Output], Workshop]:
    path = root / "content" / "products" / "a" / "anh.png"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (1000, 500), "sienna").save(path)
    photo = digest_of_bytes(path.read_bytes())
    measured = photos.survey(path, HERE, Problems())
    assert measured
    codecs = photos.codecs()
    sizes = photos.sizes(measured)
    job = photos.Resize("content/products/a/anh.png", photo, sizes)
    outputs = (
        Output(photos.address(photo, size), photos.key(photo, size, codecs), job, HERE)
        for size in sizes
    )
    return {each.path: each for each in outputs}, _workshop(root, codecs)


def _workshop(root: Path, codecs: str) -> Workshop:
    return Workshop(root, (("vi", "vi_VN"),), codecs, templates_of(theme_for(root).layers))


def _deadly(root: Path, mark: Path) -> _Deadly:
    return _Deadly(root, (), "", templates_of(theme_for(root).layers), "70/index.html", mark)


def _quiet(_done: int, _of: int) -> None:
    """Say nothing of progress."""

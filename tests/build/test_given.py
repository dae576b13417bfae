"""What lies in assets/root/ stands in the site as it is, and takes the place of nothing."""

from datetime import date
from pathlib import Path

import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Level, Problems
from ocopgen.base.store import Store
from ocopgen.build.hosts import TARGETS, dress, hosted_by
from ocopgen.build.review import review
from ocopgen.build.site import Making, make, prepare, release
from ocopgen.build.trace import inputs_of
from ocopgen.pages.theme import theme_for
from tests.copies import TODAY, Copy, quiet

FILES = {
    "google1234.html": b"google-site-verification: google1234.html",
    "BingSiteAuth.xml": b"<?xml version='1.0'?>\n<users><user>12AB</user></users>",
    "latin.html": "<p>xã</p>".encode("utf-16"),
    "CNAME": b"ocop.example\n",
    "ads.txt": b"",
    ".well-known/security.txt": b"Contact: mailto:a@lang.example\n",
    "tài liệu/quy chế.pdf": b"%PDF-1.7",
}


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def _give(village: Copy, *names: str) -> None:
    for name in names:
        village.write(f"assets/root/{name}", FILES.get(name, b"x"))


def _told(village: Copy) -> list[tuple[str, str, str]]:
    with pytest.raises(ContentFaults) as stopped:
        village.pages()
    return [
        (each.spot.path, each.code, each.values.get("other", ""))
        for each in stopped.value.problems
        if each.level is Level.FAULT
    ]


def test_files_stand_under_their_own_paths_byte_for_byte(village: Copy) -> None:
    before = village.pages().keys
    _give(village, *FILES)

    site = village.pages()

    assert {path: site.content(path) for path in FILES} == FILES
    assert {path: key for path, key in site.keys.items() if path not in FILES} == before


def test_a_site_with_them_is_published_and_lets_them_go_again(
    village: Copy, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    _give(village, *FILES)
    _release(village, folder)
    there = {name: (folder / name).read_bytes() for name in FILES}
    village.remove("assets/root")
    _release(village, folder)

    assert there == FILES
    assert not any((folder / name).exists() for name in FILES)
    assert not (folder / ".well-known").exists()


def test_what_desktops_editors_and_git_leave_is_passed_over(village: Copy) -> None:
    before = village.pages().keys
    litter = (".DS_Store", "._ads.txt", "Thumbs.db", "desktop.ini", ".ads.txt.swp", "ads.txt~")
    _give(village, *litter, ".#ads.txt", "#ads.txt#", "~$quy-che.docx", ".git/HEAD", ".gitkeep")

    assert village.pages().keys == before


def test_nothing_of_theirs_is_looked_into(village: Copy) -> None:
    _give(village, *FILES)
    village.write("assets/root/old/index.html", "<a href=/lost/>x</a><i id=a></i><i id=a></i>")
    memory, found = Memory(village.cache / "memory.lines"), Problems()
    making = Making(Store(village.cache / "store"), memory, village.cache, 1, quiet)
    prepared = prepare(village.root, TODAY, memory, Problems())
    assert prepared
    review(prepared, making, found)

    assert list(found) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        pytest.param("index.html", "content/site.yaml", id="the first page"),
        pytest.param("Robots.TXT", "content/site.yaml", id="in other letters"),
        pytest.param(
            "mon/banh-la-vi-du/index.html",
            "content/products/banh-la-vi-du/product.yaml",
            id="a product",
        ),
        pytest.param(
            "mon", "content/products/banh-la-vi-du/product.yaml", id="a file where a folder is"
        ),
        pytest.param("sw.js/a.txt", "content/site.yaml", id="a folder where a file is"),
        pytest.param("favicon.ico", "assets", id="an asset"),
        pytest.param("search.vi.json", "", id="what is searched"),
        pytest.param("search/a.txt", "", id="the folder of search"),
        pytest.param("kho-du-lieu/catalogue.json", "", id="the open data"),
        pytest.param("_headers", "", id="what a host reads"),
        pytest.param("_nginx/http.conf", "", id="what nginx reads"),
        pytest.param("ocopgen-manifest.json", "", id="the list of all files"),
    ],
)
def test_nothing_takes_the_place_of_what_is_made(village: Copy, name: str, other: str) -> None:
    _give(village, name)

    assert _told(village) == [(f"assets/root/{name}", "root.taken", other)]


def test_two_that_are_one_file_on_some_disks_are_told(village: Copy) -> None:
    _give(village, "CNAME", "cname")

    assert _told(village) == [("assets/root/cname", "output.taken", "assets/root/CNAME")]


@pytest.mark.parametrize("name", ["a:b.txt", "a\\b.txt", "a?.txt", "a\n.txt", "a /b.txt", "a."])
def test_a_name_that_not_every_disk_can_have_is_a_fault(village: Copy, name: str) -> None:
    _give(village, name)

    assert _told(village) == [(f"assets/root/{name}", "root.name", "")]


@pytest.mark.parametrize("name", ["a.98ea6e4f.html", "a/0123456789ab.jpg", "0123456789ab/800.webp"])
def test_a_name_that_would_be_kept_for_a_year_is_a_fault(village: Copy, name: str) -> None:
    _give(village, name)

    assert _told(village) == [(f"assets/root/{name}", "root.lasting", "")]


def test_a_day_in_a_name_is_no_digest(village: Copy) -> None:
    given = {"bao-cao-20261201.pdf", "0123456789ab.txt", "a-deadbeef/b.txt", "a_98ea6e4f.html"}
    _give(village, *given)

    assert given <= village.pages().keys.keys()


def test_a_host_is_not_told_to_let_browsers_keep_them(village: Copy) -> None:
    _give(village, "files/a.txt", "fonts/a.txt", ".well-known/security.txt")
    store, memory = Store(village.cache / "store"), Memory(village.cache / "memory.lines")
    making = Making(store, memory, village.cache, 1, quiet)
    built = make(village.root, TODAY, making)
    prepared = prepare(village.root, TODAY, memory, Problems())
    assert prepared
    dressed = dress(built.manifest, hosted_by(prepared.presses), TARGETS["netlify"], store)
    headers = store.get(dressed["_headers"])

    assert headers
    assert b"/css/*" in headers
    for folder in (b"files", b"fonts", b".well-known"):
        assert b"/%b/*" % folder not in headers


@pytest.mark.parametrize("name", ["ads.txt", ".well-known/security.txt"])
def test_another_text_is_another_build(village: Copy, name: str) -> None:
    layers = theme_for(village.root).layers
    named = [inputs_of(layers)]
    for content in (b"one", b"other"):
        village.write(f"assets/root/{name}", content)
        named.append(inputs_of(layers))

    assert None not in named
    assert len(set(named)) == 3
    assert inputs_of(layers) == named[-1]


def _release(village: Copy, folder: Path, day: date = TODAY) -> None:
    memory = Memory(village.cache / "memory.lines")
    making = Making(Store(village.cache / "store"), memory, village.cache, 1, quiet)
    release(make(village.root, day, making), folder, making)
    memory.save()

"""The whole walk, from a folder to a finished site, on the village."""

import gzip
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from ocopgen.base.digest import digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Level
from ocopgen.base.store import Store
from ocopgen.build.audit import Finding, judge
from ocopgen.build.links import anchors_and_links
from ocopgen.build.site import Making, make, release
from ocopgen.pages.theme import default_layer
from tests.copies import TODAY, Copy, Site, quiet
from tests.reading import addresses, read_page

BASE, ORIGIN = "/ocop/", "https://lang.example"
CSS_ADDRESS = re.compile(r"""(?:url\(|@import )["']?([^"')]+)""")

SECRET = "0912 345 678"  # noqa: S105 - a telephone that nobody agreed to show
STREET = "Hẻm Bí Mật"
SPELLINGS = (b"912345678", b"912 345 678", b"912.345.678", "Bí Mật".encode(), b"ba-kin@")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the village's whole site, search index and all."""
    return Copy(tmp_path_factory.mktemp("built")).site()


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


# --- Below a path of its own -----------------------------------------------------------------


def test_every_address_lies_below_the_site_s_own_path(built: Site) -> None:
    strangers = [
        (path, address)
        for path, text in _texts(built).items()
        if path.endswith(".html")
        for address in addresses(read_page(text))
        if not _is_at_home(address)
    ]

    assert strangers == []


def test_whatever_a_page_names_is_there(built: Site) -> None:
    missing = {
        address
        for path, text in _texts(built).items()
        if path.endswith(".html")
        for address in addresses(read_page(text))
        if address.startswith(BASE) and _path(address) not in built.keys
    }

    assert missing == set()


def test_what_the_search_box_reads_lies_below_it_too(built: Site) -> None:
    texts = _texts(built)
    named = re.findall(r'"(/[^"]*)"', texts["search.vi.json"] + texts["search.en.json"])

    assert len(named) == 6
    assert all(address.startswith(BASE) for address in named)
    assert all(_path(address) in built.keys for address in named if address.endswith(".json"))


def test_what_a_style_sheet_names_is_beside_it(built: Site) -> None:
    named = {
        normpath(join(dirname(path), address))
        for path, text in _texts(built).items()
        if path.endswith(".css")
        for address in CSS_ADDRESS.findall(text)
        if not address.startswith("#")
    }

    assert named
    assert named <= built.keys.keys()


def test_the_audit_finds_nothing(built: Site) -> None:
    assert _findings(built) == []


# --- Other villages --------------------------------------------------------------------------


def test_a_third_language_needs_nothing_but_its_words(village: Copy) -> None:
    site = village.read("content/site.yaml")
    english = site[site.index("  - code: en") :]
    french = re.sub(r"(code|prefix): en", r"\1: fr", english)
    village.write("content/site.yaml", site + french.replace("English", "Français"))
    words = (default_layer() / "templates/messages/en.yaml").read_text("utf-8")
    village.write("templates/messages/fr.yaml", f"{words}\nvillage: {{made_up: Faux.}}\n")

    three = village.site()

    assert _findings(three) == []
    assert {path.split("/")[0] for path in three.keys} >= {"en", "fr"}


def test_a_village_may_speak_one_language(village: Copy) -> None:
    site = village.read("content/site.yaml")
    village.write("content/site.yaml", site[: site.index("  - code: en")])
    for path in sorted((village.root / "content").rglob("*")):
        name = path.relative_to(village.root).as_posix()
        if name.endswith(".en.md"):
            village.remove(name)
        elif name.endswith(".yaml"):
            text = re.sub(r', en: ("[^"]*"|[^}]*)}', "}", village.read(name))
            village.write(name, re.sub(r"(?m)^ +en: .*\n", "", text))

    one = village.site()

    assert _findings(one) == []
    assert len(_pages(one)) == 58


def test_a_village_may_have_nothing_to_show_yet(village: Copy) -> None:
    for folder in ("products", "outlets", "events", "pages"):
        village.remove(f"content/{folder}")

    empty = village.site()

    assert _findings(empty) == []
    assert {"index.html", "mon/index.html", "en/goods/index.html"} <= empty.keys.keys()


def test_every_list_may_have_a_part_for_each_product(village: Copy) -> None:
    village.edit("content/site.yaml", "^per_page: .*", "per_page: 1")

    assert _findings(village.site()) == []


# --- What a day makes of certificates --------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "stars", "former"),
    [
        pytest.param(
            TODAY,
            {
                5: "banh-trang-ten-dai gom-thu-nghiem",
                4: "banh-la-vi-du mat-ong-tuong-tuong",
                3: "cha-ha-sao keo-nam-tron tra-sen-ba-kin",
            },
            "mam-khong-co-that non-la-mau",
            id="today",
        ),
        pytest.param(
            date(2026, 12, 15),
            {
                5: "banh-trang-ten-dai gom-thu-nghiem",
                4: "banh-la-vi-du mat-ong-tuong-tuong",
                3: "cha-ha-sao keo-nam-tron ruou-ngay-mai tra-sen-ba-kin",
            },
            "mam-khong-co-that non-la-mau",
            id="a certificate begins",
        ),
        pytest.param(
            date(2027, 1, 28),
            {
                5: "banh-trang-ten-dai gom-thu-nghiem",
                4: "banh-la-vi-du mat-ong-tuong-tuong",
                3: "cha-ha-sao ruou-ngay-mai",
            },
            "keo-nam-tron mam-khong-co-that non-la-mau tra-sen-ba-kin",
            id="the last day of an extension",
        ),
        pytest.param(
            date(2027, 1, 29),
            {
                5: "banh-trang-ten-dai gom-thu-nghiem",
                4: "banh-la-vi-du",
                3: "cha-ha-sao ruou-ngay-mai",
            },
            "keo-nam-tron mam-khong-co-that mat-ong-tuong-tuong non-la-mau tra-sen-ba-kin",
            id="the day after",
        ),
        pytest.param(
            date(2025, 4, 1),
            {
                5: "banh-trang-ten-dai gom-thu-nghiem",
                4: "cha-ha-sao mat-ong-tuong-tuong",
                3: "keo-nam-tron non-la-mau tra-sen-ba-kin",
            },
            "mam-khong-co-that",
            id="long before",
        ),
    ],
)
def test_the_lists_follow_the_day(
    village: Copy, day: date, stars: Mapping[int, str], former: str
) -> None:
    # On an earlier day than those of its sources the village would be told to lie.
    for path in (village.root / "content").rglob("*.yaml"):
        name = path.relative_to(village.root).as_posix()
        text = village.read(name)
        text = re.sub(r"(accessed|consent:\n  on): .*", r"\1: 2025-01-01", text)
        village.write(name, re.sub(r"as_of: .*", "as_of: 2025-01-01", text))

    site = village.pages(day=day)

    shown = {star: _products(site, f"en/stars/{star}") for star in (5, 4, 3)}
    assert shown == {star: set(ids.split()) for star, ids in stars.items()}
    assert _products(site, "en/lapsed") == set(former.split())


# --- What must not be seen -------------------------------------------------------------------


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param("hat-con-nhap", id="a draft's id"),
        pytest.param("Còn Nháp", id="a draft's name"),
        pytest.param("hạt nháp", id="a draft's story"),
        pytest.param("draft seeds", id="what a draft's photo shows"),
        pytest.param("ruou-ngay-mai", id="the id of what is not certified yet"),
        pytest.param("Ngày Mai", id="the name of what is not certified yet"),
    ],
)
def test_what_is_not_published_leaves_no_trace(built: Site, trace: str) -> None:
    seen = [path for path, text in _texts(built).items() if trace.lower() in text.lower()]

    assert seen == []


def test_a_draft_s_photo_is_not_published(village: Copy, built: Site) -> None:
    with_draft = village.site(drafts=True)
    own = [path for path in with_draft.keys.keys() - built.keys.keys() if path.startswith("anh/")]

    sizes = [path.rpartition("/")[2] for path in own if not path.startswith("anh/the/")]
    assert sorted(sizes) == ["300.jpg", "300.webp"]


def test_a_producer_s_photo_is_published_and_one_that_nobody_can_open_is_a_fault(
    village: Copy,
) -> None:
    path = "content/producers/htx-vi-du"
    photo = village.root / "content/products/gom-thu-nghiem/binh-gom.png"
    before = village.pages().keys
    listed = "photos:\n  - {file: xuong.png, alt: {vi: Xưởng, en: Workshop}}\n"
    village.write(f"{path}.yaml", village.read(f"{path}.yaml") + listed)
    (village.root / path).mkdir()
    (village.root / path / "xuong.png").write_bytes(photo.read_bytes())

    after = village.pages()
    added = {path.rpartition("/")[2] for path in after.keys.keys() - before.keys()}
    changed = {
        path for path in before if path.endswith(".html") and before[path] != after.keys[path]
    }
    assert added <= {"300.jpg", "300.webp"}
    assert changed == {"nguoi-lam/htx-vi-du/index.html", "en/makers/htx-vi-du/index.html"}
    assert "Xưởng".encode() in after.content("nguoi-lam/htx-vi-du/index.html")

    (village.root / path / "xuong.png").write_bytes(photo.read_bytes()[:100])
    with pytest.raises(ContentFaults) as stopped:
        village.pages()
    lines = village.read(f"{path}.yaml").count("\n")
    assert _faults(stopped.value) == [f"{path}.yaml:{lines}:12"]


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("mon/hat-con-nhap/index.html", "<strong>Bản nháp</strong>"),
        ("en/goods/hat-con-nhap/index.html", "<strong>Draft</strong>"),
        ("en/stars/3/index.html", ">Draft</strong>"),
    ],
)
def test_the_preview_shows_drafts_and_marks_them(
    village: Copy, built: Site, path: str, word: str
) -> None:
    assert word in village.site(drafts=True).content(path).decode()
    assert not any(word.encode() in content for content in built.contents().values())


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("phone", f"phone: [{SECRET}]"),
        ("email", "email: ba-kin@lang.example"),
        ("address", f"address: {{vi: {STREET}}}"),
        ("location", "location: {lat: 11.91234, lon: 107.5}"),
    ],
)
@pytest.mark.parametrize("producer", ["ho-ba-kin", "co-so-chua-ro"])
def test_contact_without_consent_stops_the_build(
    village: Copy, producer: str, field: str, written: str
) -> None:
    path = f"content/producers/{producer}.yaml"
    village.write(path, f"{village.read(path)}{written}\n")

    with pytest.raises(ContentFaults) as stopped:
        village.pages()

    (fault,) = [each for each in stopped.value.problems if each.code == "producer.consent"]
    assert (fault.spot.path, fault.values["field"]) == (path, field)


def test_contact_without_consent_is_in_no_byte_even_if_no_check_stopped_the_build(
    village: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for producer in ("ho-ba-kin", "co-so-chua-ro"):
        path = f"content/producers/{producer}.yaml"
        private = (
            f"phone: [{SECRET}]\nemail: ba-kin@lang.example\naddress: {{vi: {STREET}}}\n"
            "location: {lat: 11.91234, lon: 107.5}\n"
        )
        village.write(path, village.read(path) + private)
    monkeypatch.setattr("ocopgen.content.catalogue.rules.check", lambda *_, **__: None)

    site = village.site()

    seen = [
        path
        for path, content in _contents(site).items()
        for spelling in (*SPELLINGS, b"11.91234")
        if spelling in content
    ]
    assert seen == []


def test_contact_with_consent_is_shown(built: Site) -> None:
    page = _texts(built)["nguoi-lam/ho-ong-mau/index.html"]

    assert "tel:+84912000007" in page
    assert "Số 7 đường Làng" in page


# --- How it is published ---------------------------------------------------------------------


def test_the_folder_holds_what_was_made_and_stale_files_leave_it(
    village: Copy, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    _released(village, folder)
    village.edit("content/products/banh-la-vi-du/product.yaml", "max: 60.000", "max: 65.000")
    # From the third site on an older one is brought up to date.
    before = _released(village, folder)
    village.remove("content/products/non-la-mau")

    after = _released(village, folder)

    gone = {path for path in before.keys() - after.keys() if not path.startswith("search")}
    cards = {path for path in gone if path.startswith("anh/the/")}
    assert len(cards) == 2
    assert gone - cards == {
        "mon/non-la-mau/index.html",
        "mon/non-la-mau/index.json",
        "mon/non-la-mau/qr.svg",
        "en/goods/non-la-mau/index.html",
        "en/goods/non-la-mau/index.json",
        "en/goods/non-la-mau/qr.svg",
        "bo/weaving/index.html",
        "en/sets/weaving/index.html",
    }
    assert not (folder / "mon" / "non-la-mau").exists()


def test_a_fault_leaves_the_last_site_as_it_is(village: Copy, tmp_path: Path) -> None:
    before = _released(village, tmp_path / "site")
    village.edit("content/products/banh-la-vi-du/product.yaml", "star: 4", "star: 2")

    with pytest.raises(ContentFaults):
        _released(village, tmp_path / "site")

    assert _folder(tmp_path / "site") == before


def test_a_fault_in_a_template_stops_the_build_and_is_told_there(village: Copy) -> None:
    village.edit("templates/pages/text.html", "super", "page.nothing; super")

    with pytest.raises(ContentFaults) as stopped:
        village.pages()

    assert _faults(stopped.value) == ["templates/pages/text.html:4"]


def test_all_faults_of_all_files_are_told_at_once(village: Copy) -> None:
    village.edit("content/products/banh-la-vi-du/product.yaml", "star: 4", "star: 2")
    village.edit("content/producers/htx-vi-du.yaml", "since: 2015", "since: xưa")
    village.edit("content/events/hoi-lang.yaml", "^start: .*", "start: 31/02/2026")

    with pytest.raises(ContentFaults) as stopped:
        village.pages()

    assert _faults(stopped.value) == [
        "content/events/hoi-lang.yaml:4:8",
        "content/producers/htx-vi-du.yaml:6:8",
        "content/products/banh-la-vi-du/product.yaml:12:11",
    ]


def _faults(stopped: ContentFaults) -> list[str]:
    """Return where the faults stand that stopped a build, each place once."""
    spots = (str(each.spot) for each in stopped.problems if each.level is Level.FAULT)
    return list(dict.fromkeys(spots))


def _released(village: Copy, folder: Path) -> dict[str, bytes]:
    store, memory = Store(village.cache / "store"), Memory(village.cache / "memory.lines")
    making = Making(store, memory, village.cache, 1, quiet)
    built = make(village.root, TODAY, making)
    release(built, folder, making)
    found = _folder(folder)
    assert found.keys() == built.manifest.keys() | {"ocopgen-manifest.json"}
    return found


def _folder(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _pages(site: Site) -> list[str]:
    return [path for path in site.keys if path.endswith(".html")]


def _findings(site: Site) -> list[Finding]:
    """Return what the audit finds in *site*."""
    pages = {path: anchors_and_links(site.content(path)) for path in _pages(site)}
    return judge(pages, site.keys.keys(), f"{ORIGIN}{BASE}")


def _contents(site: Site) -> dict[str, bytes]:
    """Return every file of *site*, with Pagefind's unpacked."""
    return {
        path: gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        for path, content in site.contents().items()
    }


def _texts(site: Site) -> dict[str, str]:
    return {path: content.decode("utf-8", "replace") for path, content in _contents(site).items()}


def _products(site: Site, folder: str) -> set[str]:
    """Return the products in the English list that lies in *folder*."""
    cards = read_page(site.content(f"{folder}/index.html")).one("main").all("li", of="card")
    return {card.one("a").attributes["href"].split("/")[-2] for card in cards}


def _is_at_home(address: str) -> bool:
    # An empty address is the page itself.
    if not address or address.startswith(("#", "mailto:", "tel:", "geo:", BASE)):
        return True
    return (address.startswith("https://") and not address.startswith(f"{ORIGIN}/")) or (
        address.startswith(f"{ORIGIN}{BASE}")
    )


def _path(address: str) -> str:
    path = address.partition("#")[0].partition("?")[0].removeprefix(BASE)
    return f"{path}index.html" if path.endswith("/") or not path else path


# --- What nobody uses any more ---------------------------------------------------------------


def test_the_store_is_looked_through_after_much_work_and_once_a_day(village: Copy) -> None:
    store = Store(village.cache / "store")
    memory = Memory(village.cache / "memory.lines")
    making = Making(store, memory, village.cache, 1, quiet)
    old = digest("nobody uses this")

    def is_kept() -> bool:
        """Tell whether a build keeps what was unused for too long."""
        store.put(old, b"x")
        os.utime(store.path(old), (1, 1))
        release(make(village.root, TODAY, making), village.root / "site", making)
        return store.path(old).exists()

    assert not is_kept(), "the first build makes all pages"
    village.edit("content/products/banh-la-vi-du/product.yaml", "max: 60.000", "max: 65.000")
    assert is_kept(), "an edit adds little"
    memory.keep("tidied", 0)
    assert not is_kept(), "it is another day"

"""The four promises of the design: nothing twice, exactly these pages, as if fresh, in any number.

An edit is named by what an editor does; beside it stand the addresses of all pages that it may
touch. A page that is missing from the list was made for nothing, one too many is out of date.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ocopgen.app.moving import plan_move
from ocopgen.build import outline
from tests.copies import VILLAGE, Copy, Site

Edit = Callable[[Copy], None]

SERIES = int(os.environ.get("OCOPGEN_SERIES", "4"))
"""How many series of edits are tried."""
EACH = 1 if SERIES > 4 else 4
"""After how many edits in a row a site is looked at; a longer run looks after each."""

CAKE = "content/products/banh-la-vi-du"
TEA = "content/products/tra-sen-ba-kin"
HAT = "content/products/non-la-mau"
DRAFT = "content/products/hat-con-nhap"
NEW = "content/products/tra-moi"
NEW_TEA = """\
name: {vi: Trà mới, en: New tea}
summary:
  vi: Trà vừa được thêm vào danh mục để thử xem trang nào phải làm lại.
  en: Tea that was just added to the catalogue to see which pages are made again.
set: tea-and-spirits
producer: ho-ba-kin
commune: phuong-lang-tay
certifications:
  - star: 3
    issued: 2026-02-02
    sources:
      - {url: "https://bao.example/tra-moi", title: Một bài báo bịa, accessed: 2026-11-01}
"""

CAKE_S_PAGES = "/mon/banh-la-vi-du/ /en/goods/banh-la-vi-du/"
WHERE_THE_CAKE_S_ENGLISH_CARD_LIES = """
    /en/ /en/goods/ /en/stars/4/ /en/old-districts/mau-dong/ /en/communes/xa-lang-dong/
    /en/sectors/food/ /en/groups/cakes-and-honey/ /en/sets/cakes/ /en/makers/htx-vi-du/
    /en/goods/banh-la-vi-du/ /en/goods/banh-trang-ten-dai/ /en/goods/keo-nam-tron/
    /en/goods/gom-thu-nghiem/ /en/shops/cho-lang/ /en/happenings/hoi-lang/
    /en/happenings/hoi-cho-nam-ngoai/
"""
WHERE_THE_TEA_S_CARD_LIES = """
    /mon/tra-sen-ba-kin/ /mon/phan/2/ /hang-sao/3/ /huyen-cu/mau-tay/ /xa/phuong-lang-tay/
    /nganh/food/phan/2/ /nhom/drinks/ /bo/tea-and-spirits/ /nguoi-lam/ho-ba-kin/
    /en/goods/tra-sen-ba-kin/ /en/goods/part/2/ /en/stars/3/ /en/old-districts/mau-tay/
    /en/communes/phuong-lang-tay/ /en/sectors/food/part/2/ /en/groups/drinks/
    /en/sets/tea-and-spirits/ /en/makers/ho-ba-kin/ /cho-ban/cua-hang-ba-kin/
    /en/shops/cua-hang-ba-kin/
"""
WHERE_A_MAP_SHOWS_THE_TEA_S_WARD = """
    /so-do/ /xa/xa-lang-dong/ /huyen-cu/mau-dong/ /nguoi-lam/co-so-chua-ro/
    /nguoi-lam/ho-ong-mau/ /nguoi-lam/htx-vi-du/
    /en/chart/ /en/communes/xa-lang-dong/ /en/old-districts/mau-dong/ /en/makers/co-so-chua-ro/
    /en/makers/ho-ong-mau/ /en/makers/htx-vi-du/
    /mon/banh-la-vi-du/ /mon/banh-trang-ten-dai/ /mon/cha-ha-sao/ /mon/gom-thu-nghiem/
    /mon/keo-nam-tron/ /mon/mam-khong-co-that/ /mon/mat-ong-tuong-tuong/ /mon/non-la-mau/
    /en/goods/banh-la-vi-du/ /en/goods/banh-trang-ten-dai/ /en/goods/cha-ha-sao/
    /en/goods/gom-thu-nghiem/ /en/goods/keo-nam-tron/ /en/goods/mam-khong-co-that/
    /en/goods/mat-ong-tuong-tuong/ /en/goods/non-la-mau/
"""
WHERE_SETS_ARE_COUNTED = "/ /nganh/ /con-so/ /en/ /en/sectors/ /en/numbers/"


@pytest.fixture(scope="module", autouse=True)
def large_enough() -> Iterator[None]:
    """Let the village be one of which batches of pages are remembered, as of large catalogues."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline, "_WORTH_A_COPY", 1)
        yield


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a build of the village leaves for the next one."""
    village = Copy(tmp_path_factory.mktemp("warm"))
    village.pages()
    return village.cache


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Site:
    """Return the site of the village as it is."""
    return Copy(tmp_path_factory.mktemp("untouched"), warm).pages()


@pytest.fixture
def village(tmp_path: Path, warm: Path) -> Copy:
    """Return a copy of the village that was built before."""
    return Copy(tmp_path, warm)


# --- Nothing is made twice -------------------------------------------------------------------


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    first = village.pages()

    again = village.pages()

    assert first.pages == len(_pages(first))
    assert (again.pages, again.photos) == (0, 0)


def test_going_back_to_what_was_makes_nothing(village: Copy) -> None:
    first = village.pages()
    village.edit(f"{CAKE}/product.yaml", "bán hết trước trưa", "còn đến chiều")
    village.pages()
    village.edit(f"{CAKE}/product.yaml", "còn đến chiều", "bán hết trước trưa")

    back = village.pages()

    assert (back.pages, back.keys) == (0, first.keys)


def test_a_photo_that_moves_to_another_product_is_not_encoded_again(village: Copy) -> None:
    village.pages()
    village.write(f"{TEA}/am-tra.png", (village.root / CAKE / "goi-banh.png").read_bytes())
    photos = "photos: [{file: am-tra.png, alt: {vi: Ấm}}]\n"
    village.write(f"{TEA}/product.yaml", village.read(f"{TEA}/product.yaml") + photos)

    made = village.pages()

    assert made.photos == 0


def test_a_later_day_touches_only_the_pages_that_tell_it(village: Copy) -> None:
    before = village.pages()

    after = village.pages(day=date(2026, 11, 24))

    assert after.keys == village.planned(day=date(2026, 11, 24))
    assert _touched(before, after) == _addresses(
        "/ /en/ /con-so/ /en/numbers/ /kho-du-lieu/ /en/open-data/"
    )


def test_nobody_links_to_a_list_that_is_gone(village: Copy) -> None:
    """The seat of a producer is a link as long as others have products there, lapsed ones too."""
    maker = "name: {vi: Người Mới, en: New Maker}\nkind: company\ncommune: phuong-lang-tay\n"
    source = "{url: 'https://bao.example/x', title: Bài, accessed: 2026-11-01}"
    village.write("content/producers/nguoi-moi.yaml", f"{maker}sources: [{source}]\n")
    village.edit(f"{HAT}/product.yaml", "producer: .*", "producer: nguoi-moi")
    village.edit(f"{TEA}/product.yaml", "issued: .*", "issued: 2020-01-02")
    assert "xa/phuong-lang-tay/index.html" in village.planned(remembers=True)

    village.edit(f"{TEA}/product.yaml", "commune: .*", "commune: xa-lang-dong")

    after = village.planned(remembers=True)
    assert "xa/phuong-lang-tay/index.html" not in after
    assert after == village.planned()


# --- An edit touches exactly these pages -----------------------------------------------------

EDITS: list[object] = []


def edit(expected: str) -> Callable[[Edit], Edit]:
    """Add an edit, named like its function, that touches exactly the *expected* addresses."""

    def add(change: Edit) -> Edit:
        name = change.__name__.strip("_").replace("_", " ")
        EDITS.append(pytest.param(change, expected, id=name))
        return change

    return add


@edit("/mon/banh-la-vi-du/")
def _a_summary_in_one_language(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "bán hết trước trưa", "còn đến chiều")


@edit(f"{WHERE_THE_CAKE_S_ENGLISH_CARD_LIES} /mon/banh-la-vi-du/")
def _a_name_in_one_language(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "^  en: Example leaf cake$", "  en: Example leaf bun")


@edit("/en/goods/banh-la-vi-du/")
def _the_end_of_a_story(village: Copy) -> None:
    village.edit(f"{CAKE}/story.en.md", "next village", "village across the river")


@edit("/en/goods/banh-la-vi-du/ /en/")
def _the_beginning_of_the_story_on_the_home_page(village: Copy) -> None:
    village.edit(f"{CAKE}/story.en.md", "The flour is ground", "The rice is ground")


@edit("/en/goods/banh-la-vi-du/")
def _what_a_further_photo_shows(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "Two hands wrapping a cake", "Hands with a cake")


@edit(CAKE_S_PAGES)
def _another_photo_under_the_same_name(village: Copy) -> None:
    village.write(f"{CAKE}/goi-banh.png", (village.root / DRAFT / "hat-nhap.png").read_bytes())


@edit(CAKE_S_PAGES)
def _a_price(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "max: 60.000", "max: 65.000")


@edit(f"""
    {WHERE_THE_TEA_S_CARD_LIES} /nguoi-lam/ /en/makers/ /cho-ban/cho-tren-mang/
    /en/shops/cho-tren-mang/ / /en/
""")
def _the_name_of_a_producer(village: Copy) -> None:
    village.edit("content/producers/ho-ba-kin.yaml", "Bà Kín", "Bà Kín Đáo")


@edit("""
    /nguoi-lam/htx-vi-du/ /mon/banh-la-vi-du/ /mon/gom-thu-nghiem/ /mon/keo-nam-tron/
    /en/makers/htx-vi-du/ /en/goods/banh-la-vi-du/ /en/goods/gom-thu-nghiem/
    /en/goods/keo-nam-tron/
""")
def _the_telephone_of_a_producer(village: Copy) -> None:
    village.edit("content/producers/htx-vi-du.yaml", "0251 000 0001", "0251 000 0002")


@edit(f"""
    {CAKE_S_PAGES} / /en/ /mon/mat-ong-tuong-tuong/ /en/goods/mat-ong-tuong-tuong/
    /nguoi-lam/htx-vi-du/ /nguoi-lam/ho-ong-mau/ /cho-ban/ /cho-ban/cho-lang/
    /en/makers/htx-vi-du/ /en/makers/ho-ong-mau/ /en/shops/ /en/shops/cho-lang/
""")
def _the_hours_of_an_outlet(village: Copy) -> None:
    village.edit("content/outlets/cho-lang.yaml", "6 giờ đến 11 giờ", "5 giờ đến 10 giờ")
    village.edit("content/outlets/cho-lang.yaml", "6 to 11 a.m.", "5 to 10 a.m.")


@edit("/gioi-thieu/")
def _a_content_page(village: Copy) -> None:
    village.edit("content/pages/gioi-thieu.vi.md", "để thử chương trình", "để thử phần mềm")


@edit("/hang-sao/5/ /en/stars/5/")
def _the_points_of_a_star(village: Copy) -> None:
    village.edit("content/programme.yaml", "min: 90", "min: 91")


@edit("/gioi-thieu/ /rieng/")
def _a_message_of_one_template(village: Copy) -> None:
    village.edit("templates/messages/vi.yaml", "không có thật", "bịa ra")


@edit("/mon/banh-la-vi-du/")
def _a_message_that_a_view_says(village: Copy) -> None:
    village.edit("templates/messages/vi.yaml", "^village:", "fact:\n  storage: Cất giữ\nvillage:")


@edit("")
def _a_message_that_nothing_asks_for(village: Copy) -> None:
    for code in ("vi", "en"):
        village.edit(f"templates/messages/{code}.yaml", "^village:", "village:\n  unused: \u2014")


@edit("/gioi-thieu/ /rieng/ /en/about/ /en/rieng/")
def _a_template(village: Copy) -> None:
    village.edit("templates/pages/text.html", "wrap soft", "wrap small")


@edit("")
def _a_template_that_nothing_uses(village: Copy) -> None:
    village.write("templates/pages/unused.html", "{{ page.nothing }}")


@edit(f"""
    {WHERE_THE_TEA_S_CARD_LIES} {WHERE_SETS_ARE_COUNTED} {WHERE_A_MAP_SHOWS_THE_TEA_S_WARD}
    /mon/ /mon/tra-moi/ /nganh/food/ /noi-lam/ /nguoi-lam/
    /en/goods/ /en/goods/tra-moi/ /en/sectors/food/ /en/where/ /en/makers/
    /cho-ban/cho-lang/ /cho-ban/trung-tam-cu/ /en/shops/cho-lang/ /en/shops/trung-tam-cu/
""")
def _a_new_product(village: Copy) -> None:
    village.write(f"{NEW}/product.yaml", NEW_TEA)


@edit(f"""
    {WHERE_SETS_ARE_COUNTED}
    /mon/non-la-mau/ /da-het-han/ /huyen-cu/mau-tay/ /nguoi-lam/co-so-chua-ro/
    /nganh/handicrafts/ /nhom/weaving-and-pottery/ /bo/weaving/
    /en/goods/non-la-mau/ /en/lapsed/ /en/old-districts/mau-tay/ /en/makers/co-so-chua-ro/
    /en/sectors/handicrafts/ /en/groups/weaving-and-pottery/ /en/sets/weaving/
""")
def _a_product_less(village: Copy) -> None:
    village.remove(HAT)


@edit("")
def _a_line_put_above_without_a_change(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "^name:", "# Một dòng chèn thêm.\n\nname:")


@edit("")
def _the_same_written_in_another_way(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "min: 45.000", 'min: "45000"')
    village.edit(f"{CAKE}/product.yaml", "issued: 2025-08-05", "issued: 05/08/2025")


@edit("")
def _a_draft_and_its_photo(village: Copy) -> None:
    village.edit(f"{DRAFT}/product.yaml", "^  en: Draft seeds$", "  en: Rough seeds")
    village.write(f"{DRAFT}/hat-nhap.png", (village.root / CAKE / "khay-banh.jpg").read_bytes())


@edit("")
def _a_product_that_is_not_certified_yet(village: Copy) -> None:
    village.edit("content/products/ruou-ngay-mai/product.yaml", "Tomorrow's spirits", "Spirits")


@pytest.mark.parametrize(("change", "expected"), EDITS)
def test_an_edit_touches_exactly_these_pages(
    village: Copy, untouched: Site, change: Edit, expected: str
) -> None:
    change(village)
    after = village.pages()

    assert after.keys == village.planned()
    assert _touched(untouched, after) == _addresses(expected)
    assert after.pages == len(_addresses(expected) & _pages(after))


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        pytest.param("^title: .*", "title: {vi: Làng Khác, en: Other Village}", id="the title"),
        pytest.param("vi: Trang này bịa ra", "vi: Trang này dựng ra", id="the notice"),
    ],
)
def test_what_stands_on_every_page_touches_every_page(
    village: Copy, line: str, becomes: str
) -> None:
    before = village.pages()

    village.edit("content/site.yaml", line, becomes)
    after = village.pages()

    assert _touched(before, after) >= {page for page in _pages(after) if "/en/" not in page}


def test_an_edit_of_the_content_gives_browsers_no_new_worker(village: Copy) -> None:
    before = village.pages().keys["sw.js"]

    village.edit(f"{CAKE}/product.yaml", "vi: Bánh lá.*", "vi: Bánh mới")
    village.write(f"{NEW}/product.yaml", NEW_TEA)

    assert before == village.pages().keys["sw.js"]


# --- A build after any series of edits equals a fresh one ------------------------------------


def _lines(path: str, line: str, *states: str) -> list[Edit]:
    """Return the edits that give the line *line* of *path* each of its *states*."""

    def put(state: str) -> Edit:
        return lambda village: village.edit(path, line, state)

    return [put(state) for state in states]


def _files(path: str, *states: str | None) -> list[Edit]:
    """Return the edits that give the file *path* each of its *states*; None: it is not there."""

    def put(state: str | None) -> Edit:
        def change(village: Copy) -> None:
            (village.root / path).unlink(missing_ok=True)
            if state is not None:
                village.write(path, state)

        return change

    return [put(state) for state in states]


def _photos(path: str, *sources: str) -> list[Edit]:
    """Return the edits that give the photo *path* the bytes of each of *sources*."""

    def put(source: str) -> Edit:
        return lambda village: village.write(path, (VILLAGE / source).read_bytes())

    return [put(source) for source in sources]


MOVES: list[Edit] = [
    *_lines(f"{CAKE}/product.yaml", "^  en: .*", "  en: Example leaf cake", "  en: Zesty bun"),
    *_lines(f"{CAKE}/product.yaml", r"star: \d", "star: 3", "star: 4", "star: 5"),
    *_lines(
        f"{CAKE}/product.yaml",
        "issued: .*",
        *(f"issued: {day}" for day in ("2025-08-05", "2022-01-01", "2026-12-24", "2024")),
    ),
    *_lines(f"{TEA}/product.yaml", "producer: .*", "producer: ho-ba-kin", "producer: htx-vi-du"),
    *_lines(f"{TEA}/product.yaml", "set: .*", "set: tea-and-spirits", "set: cakes"),
    *_lines(
        f"{TEA}/product.yaml", "commune: .*", "commune: phuong-lang-tay", "commune: xa-lang-dong"
    ),
    *_lines(f"{DRAFT}/product.yaml", "draft: .*", "draft: true", "draft: false"),
    *_lines("content/areas.yaml", "Mẫu Đông district|East Mẫu", "Mẫu Đông district", "East Mẫu"),
    *_lines("content/site.yaml", "^per_page: .*", "per_page: 5", "per_page: 2", "per_page: 40"),
    *_lines("content/pages/gioi-thieu.en.md", "^path: .*", "path: about", "path: the-village"),
    *_lines("templates/messages/vi.yaml", "made_up: .*", "made_up: Bịa.", "made_up: Không thật."),
    *_lines("templates/pages/text.html", "wrap soft|wrap small", "wrap soft", "wrap small"),
    *_files(f"{NEW}/product.yaml", NEW_TEA, NEW_TEA.replace("2026-02-02", "2022-02-02")),
    *_files(f"{TEA}/story.en.md", "---\ntitle: One flower, one pot\n---\n\nHot.\n", None),
    *_files("templates/parts/seal.html", "<b>seal</b>\n", None),
    *_files("assets/css/own.css", "p{color:red}\n", "p{color:blue}\n", None),
    *_photos(f"{CAKE}/goi-banh.png", f"{CAKE}/goi-banh.png", f"{DRAFT}/hat-nhap.png"),
    *_photos(f"{CAKE}/khay-banh.jpg", f"{DRAFT}/hat-nhap.png", f"{CAKE}/khay-banh.jpg"),
]
"""What an editor may do at any time, in any order, any number of times."""


@settings(
    max_examples=SERIES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),  # to find a shorter series would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.lists(st.sampled_from(MOVES), min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_build_after_any_series_of_edits_equals_a_fresh_one(
    warm: Path, series: list[list[Edit]]
) -> None:
    with TemporaryDirectory() as folder:
        village = Copy(Path(folder), warm)
        for edits in series:
            for change in edits:
                change(village)
            built = village.pages()

        fresh = village.pages(cache=Path(folder) / "fresh")

        assert built.keys == fresh.keys
        assert built.contents() == fresh.contents()


@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("product", "banh-la-vi-du"),
        ("product", "tra-sen-ba-kin"),
        ("producer", "htx-vi-du"),
        ("outlet", "cho-lang"),
        ("event", "hoi-lang"),
    ],
)
def test_a_record_with_another_id_is_the_same_nowhere(village: Copy, kind: str, id_: str) -> None:
    plan_move(village.root, kind, id_, f"{id_}-moi").carry_out(village.root)

    assert village.planned(remembers=True) == village.planned()


def test_a_plan_that_remembers_is_a_plan_that_does_not(village: Copy) -> None:
    for number in range(0, len(MOVES), EACH):
        for change in MOVES[number : number + EACH]:
            change(village)

        assert village.planned(remembers=True) == village.planned()


@pytest.mark.parametrize(
    "day", ["2026-11-24", "2026-12-15", "2027-01-11", "2027-01-29", "2028-01-01", "2029-01-01"]
)
def test_what_is_remembered_of_one_day_is_not_said_on_another(village: Copy, day: str) -> None:
    then = date.fromisoformat(day)

    assert village.pages(day=then).keys == village.planned(day=then)


def test_a_whole_site_after_edits_equals_a_fresh_one(village: Copy, tmp_path: Path) -> None:
    village.site()
    for number in range(0, len(MOVES), 2 * EACH):
        for change in MOVES[number : number + 2 * EACH]:
            change(village)
        village.site()

    built = village.site().contents()
    fresh = village.site(cache=tmp_path / "fresh").contents()

    assert _without_pagefind(built) == _without_pagefind(fresh)


def _without_pagefind(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Return *contents* without the folders of Pagefind, and the files that name them."""
    own = re.compile(r"search/[a-z]+-[0-9a-f]{8}/.*|search\.[a-z]+\.json")
    return {path: each for path, each in contents.items() if not own.fullmatch(path)}


# --- One worker and eight give the same bytes ------------------------------------------------


def test_one_worker_and_eight_give_the_same_bytes(
    village: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = village.pages(jobs=1).contents()
    # So small a site is not worth a pool; here it gets one.
    monkeypatch.setattr("ocopgen.build.pool.WORTH", 1)
    monkeypatch.setattr("ocopgen.build.execute._CHUNK", 8)

    eight = village.pages(jobs=8, cache=tmp_path / "eight")

    assert eight.photos == 3
    assert eight.contents() == one


def _pages(site: Site) -> set[str]:
    return {_address(path) for path in site.keys if path.endswith(".html")}


def _touched(before: Site, after: Site) -> set[str]:
    """Return the addresses of all pages that came, went or are made of something else."""
    paths = before.keys.keys() | after.keys.keys()
    return {
        _address(path)
        for path in paths
        if path.endswith(".html") and before.keys.get(path) != after.keys.get(path)
    }


def _addresses(text: str) -> set[str]:
    return set(text.split())


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")

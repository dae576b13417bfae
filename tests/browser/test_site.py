"""The finished site in a real browser: found, followed, switched, paged, narrowed and darkened.

The page fixture of conftest.py makes each of these tests fail on a complaint in the console, on
a breach of the content security policy and on a request to another host.
"""

import re
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Serve
from tests.browser.screens import gap, overhang, widest
from tests.copies import Copy

PHONE, NARROWEST, DESK = 360, 320, 1280
HONEY = "san-pham/mat-ong-song-be/"
LANGUAGES = ("", "en/")
PAGES = (
    "",
    "san-pham/",
    "san-pham/bot-ca-cao-3-trong-1/",
    "san-pham/hat-dieu-boc-vo-muoi-hong-himalaya/",
    "san-pham/mat-ong-song-be/",
    "sao/5/",
    "noi/",
    "huyen/dong-phu/",
    "nganh/",
    "chu-the/",
    "so-lieu/",
    "het-hieu-luc/",
    "tim-kiem/",
    "da-chon/",
    "phan-hang/",
    "404.html",
    "en/",
    "en/products/",
    "en/products/bot-ca-cao-3-trong-1/",
    "en/products/hat-dieu-boc-vo-muoi-hong-himalaya/",
    "en/stars/5/",
    "en/places/",
    "en/districts/dong-phu/",
    "en/sectors/",
    "en/producers/",
    "en/figures/",
    "en/formerly-certified/",
    "en/search/",
    "en/shortlist/",
    "en/404.html",
)


@pytest.fixture
def page(look: Page) -> Page:
    """Return the page that tests share."""
    return look


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return the address of the village, which lies below a path of its own."""
    folder = tmp_path_factory.mktemp("village")
    site = Copy(folder).site()
    for path, content in site.contents().items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_bytes(content)
    return serve(folder / "site", "/ocop/")


# --- From the first page to a product and around ---------------------------------------------


def test_a_name_typed_without_marks_leads_to_its_product_and_its_other_language(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.locator("form.find input").fill("ca cao 3 trong 1")
    page.locator("form.find input").press("Enter")
    page.locator("[data-find-results] a", has_text="Bột ca cao 3 trong 1").first.click()
    expect(page.locator("h1")).to_contain_text("ca cao 3 trong 1")
    expect(page).to_have_url(re.compile(r"/san-pham/bot-ca-cao-3-trong-1/$"))

    page.locator("a.lang").click()

    expect(page).to_have_url(re.compile(r"/en/products/bot-ca-cao-3-trong-1/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("a.lang").click()
    expect(page).to_have_url(re.compile(r"/san-pham/bot-ca-cao-3-trong-1/$"))


@pytest.mark.parametrize(
    ("home", "index"), [("", r"/sao/5/$"), ("en/", r"/en/stars/5/$")], ids=["vi", "en"]
)
def test_the_first_page_leads_to_a_star_s_list(
    page: Page, address: str, home: str, index: str
) -> None:
    page.goto(address + home)

    page.locator("ul.tally a").first.click()

    expect(page).to_have_url(re.compile(index))
    expect(page.locator("h1")).to_contain_text("5")
    assert page.locator("main li.card").count() > 0


@pytest.mark.parametrize(
    ("places", "name", "index"),
    [
        ("noi/", "Đồng Phú", r"/huyen/dong-phu/$"),
        ("en/places/", "Đồng Phú", r"/en/districts/dong-phu/$"),
    ],
    ids=["vi", "en"],
)
def test_the_index_of_places_leads_to_a_district_s_list(
    page: Page, address: str, places: str, name: str, index: str
) -> None:
    page.goto(address + places)
    row = page.locator("ul.places a", has_text=name).first
    count = int(row.locator(".num").inner_text())

    row.click()

    expect(page).to_have_url(re.compile(index))
    assert page.locator("main li.card").count() == count


@pytest.mark.parametrize(
    ("places", "once"),
    [("noi/", "từng có sản phẩm"), ("en/places/", "once had some")],
    ids=["vi", "en"],
)
def test_a_place_that_made_nothing_leads_to_its_outlets(
    page: Page, address: str, places: str, once: str
) -> None:
    page.goto(address + places)
    row = page.locator(".nowhere", has_text="Vĩnh Cửu")
    assert once not in row.inner_text()

    row.get_by_role("link").click()

    expect(page.locator("h2:target")).to_contain_text("Vĩnh Cửu")


@pytest.mark.parametrize(
    ("places", "once"),
    [("noi/", "từng có sản phẩm"), ("en/places/", "once had some")],
    ids=["vi", "en"],
)
def test_a_place_that_only_had_products_does_not_say_0(
    page: Page, address: str, places: str, once: str
) -> None:
    page.goto(address + places)

    told = page.locator(".places a > :last-child").all_inner_texts()

    assert once in told
    assert all(each == once or int(each) > 0 for each in told)


def test_the_parts_of_a_long_list_hold_every_product_once(page: Page, address: str) -> None:
    page.goto(f"{address}san-pham/")
    told = int(re.findall(r"\d+", page.locator(".pagehead p").first.inner_text())[0])
    names = page.locator("main li.card a").all_inner_texts()
    while page.locator("main a[rel=next]").count():
        # Texts are read as they stand, so the page must have come as a whole.
        with page.expect_navigation(wait_until="load"):
            page.locator("main a[rel=next]").click()
        names += page.locator("main li.card a").all_inner_texts()
    parts = page.locator("main nav.pages a[aria-current=page]").inner_text()
    page.locator("main a[rel=prev]").click()

    assert int(parts) == 2
    assert len(names) == told
    expect(page.locator("main nav.pages a[aria-current=page]")).to_have_text("1")


def test_the_products_of_a_set_follow_each_other(page: Page, address: str) -> None:
    page.goto(f"{address}san-pham/bot-ca-cao-3-trong-1/")
    here = page.locator("h1").inner_text()

    page.locator("main a[rel=next], main a[rel=prev]").first.click()
    there = page.locator("h1").inner_text()
    page.go_back()

    assert there != here
    expect(page.locator("h1")).to_have_text(here)


def test_a_neighbour_of_the_same_name_is_told_apart_by_its_maker(page: Page, address: str) -> None:
    page.goto(f"{address}san-pham/hat-dieu-rang-muoi-green-lotus/")

    before = page.locator("main a[rel=prev]").inner_text().splitlines()
    after = page.locator("main a[rel=next]").inner_text().splitlines()

    assert before == ["Sản phẩm trước", "Hạt điều rang chay"]
    assert after == ["Sản phẩm sau", "Hạt điều rang muối", "Công ty cổ phần Hà Mỵ"]


def test_an_address_that_does_not_exist_offers_ways_on(page: Page, address: str) -> None:
    answer = page.goto(f"{address}khong-co-trang-nay/")

    assert answer
    assert answer.status == 404
    expect(page.locator("form.find input").first).to_be_visible()
    assert page.locator("main a[href='/san-pham/']").count() > 0


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ("san-pham/bot-ca-cao-nguyen-chat-la/", "bot ca cao nguyen chat la"),
        ("san-pham/B%E1%BB%99t-ca-cao.html", "Bột ca cao"),
        ("san-pham/mat-ong-%E1%BB/", "mat ong %E1%BB"),
    ],
    ids=["a slug", "with marks", "cut off"],
)
def test_the_words_of_a_lost_address_are_offered_to_search(
    page: Page, address: str, lost: str, words: str
) -> None:
    page.goto(address + lost)
    guess = page.locator("[data-guess] a")
    expect(guess).to_have_text(words)
    expect(page.locator("form.find input")).to_have_value(words)

    guess.click()

    expect(page).to_have_url(re.compile(r"/tim-kiem/\?q="))
    expect(page.locator("form.find input")).to_have_value(words)


def test_an_address_without_words_offers_no_guess(page: Page, address: str) -> None:
    page.goto(f"{address}404/2026/")

    expect(page.locator("form.find input").first).to_be_visible()
    expect(page.locator("[data-guess]")).to_be_hidden()


# --- Below a path of its own -----------------------------------------------------------------


def test_search_works_below_a_path(page: Page, village: str) -> None:
    page.goto(village)
    page.locator("form.find input").fill("banh la vi du")
    page.locator("form.find input").press("Enter")

    page.locator("[data-find-results] a", has_text="Bánh lá Ví Dụ").first.click()

    expect(page).to_have_url(re.compile(r"/ocop/mon/banh-la-vi-du/$"))
    expect(page.locator("figure.hero img.plate")).to_be_visible()
    assert page.locator("figure.hero img.plate").evaluate("img => img.decode().then(() => true)")


def test_the_text_of_a_story_is_found_below_a_path(page: Page, village: str) -> None:
    page.goto(f"{village}en/find/?q=steamer")

    expect(page.locator("[data-find-results] a").first).to_have_text(re.compile("leaf cake"))


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESK])
def test_the_longest_name_of_the_village_fits(page: Page, village: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("mon/banh-trang-ten-dai/", "hang-sao/5/", "en/goods/banh-trang-ten-dai/"):
        page.goto(village + address)

        assert overhang(page) <= 0


# --- Without scripts -------------------------------------------------------------------------


@pytest.mark.parametrize("home", LANGUAGES, ids=["vi", "en"])
def test_without_scripts_links_stand_in_the_place_of_the_search_box(
    plain_page: Page, address: str, home: str
) -> None:
    plain_page.goto(address + home)

    expect(plain_page.locator("main form.find")).to_be_hidden()
    links = plain_page.locator("main noscript a")
    assert links.count() >= 4
    assert all(link.is_visible() for link in links.all())


def test_without_scripts_a_product_is_three_links_away(plain_page: Page, address: str) -> None:
    plain_page.goto(address)
    plain_page.locator("main noscript a").first.click()
    plain_page.locator("main a[rel=next]").click()
    plain_page.locator("main li.card a").first.click()

    expect(plain_page.locator("article.product h1")).to_be_visible()
    plain_page.locator("a.lang").click()
    expect(plain_page.locator("html")).to_have_attribute("lang", "en")


# --- The first screen ---


@pytest.mark.parametrize(
    "path", ["san-pham/bot-ca-cao-3-trong-1/", "en/products/hat-dieu-boc-vo-muoi-hong-himalaya/"]
)
def test_a_phone_s_first_screen_tells_the_stars_who_gave_them_and_where_to_buy(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)

    for part in ("figure.hero .plate", "h1", ".alt", ".status", ".sum", "#h-buy"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1 if part != ".sum" else 0.9)


@pytest.mark.parametrize("width", [NARROWEST, PHONE])
@pytest.mark.parametrize("home", LANGUAGES, ids=["vi", "en"])
def test_the_head_of_a_page_is_one_row(page: Page, address: str, home: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address + home)

    assert page.locator("header.mast").evaluate("each => each.offsetHeight") < 80


@pytest.mark.parametrize("home", LANGUAGES, ids=["vi", "en"])
def test_what_the_box_asks_for_can_be_read_on_a_phone(page: Page, address: str, home: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 640})
    page.goto(address + home)

    room, words = page.locator(".find input").evaluate(
        """async (input) => {
          await document.fonts.ready;
          const style = getComputedStyle(input);
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = style.font;
          const around = parseFloat(style.paddingInlineStart) + parseFloat(style.paddingInlineEnd);
          return [input.clientWidth - around, pen.measureText(input.placeholder).width];
        }"""
    )

    assert 0 < words <= room


# --- On paper ---


@pytest.mark.parametrize(
    "path",
    [
        "san-pham/bot-ca-cao-3-trong-1/",
        "en/products/bot-ca-cao-3-trong-1/",
        "san-pham/hat-dieu-nguyen-vi-gia-bao/",
        "san-pham/mat-ong-song-be/",
    ],
)
def test_a_product_prints_on_one_sheet(page: Page, address: str, path: str) -> None:
    page.goto(address + path)

    assert len(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) == 1


def test_a_list_prints_its_products_without_their_pictures(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    page.goto(f"{address}sao/5/")

    page.emulate_media(media="print")

    expect(page.locator("li.card h3").first).to_be_visible()
    expect(page.locator("li.card picture").first).to_be_hidden()
    assert page.locator("li.card").first.evaluate("each => each.offsetHeight") < 60


def test_a_printed_list_says_what_part_of_it_this_is(page: Page, address: str) -> None:
    page.goto(f"{address}san-pham/")
    page.emulate_media(media="print")

    expect(page.locator("nav.pages [aria-current]")).to_be_visible()
    expect(page.locator("[data-sort]")).to_be_hidden()


def test_a_printed_choice_says_what_was_asked_for_and_how_many_there_are(
    page: Page, address: str
) -> None:
    page.goto(f"{address}san-pham/?star=4")
    page.emulate_media(media="print")

    expect(page.locator("[data-chips] li")).to_have_text(["4 sao"])
    expect(page.locator("[data-chips] li")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_visible()


# --- On every screen -------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_nothing_scrolls_sideways_and_nothing_complains(
    page: Page, address: str, path: str
) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})

    page.goto(address + path)

    assert overhang(page) <= 0, widest(page)


@pytest.mark.parametrize("search", ["tim-kiem/", "en/search/"], ids=["vi", "en"])
def test_search_results_fit_a_narrow_screen(page: Page, address: str, search: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    page.goto(f"{address}{search}?q=hat dieu")
    expect(page.locator("[data-find-results] a").first).to_be_visible()

    assert overhang(page) <= 0, widest(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_sections_of_the_open_data_stand_apart(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}du-lieu/")
    sections = page.locator("main section").all()

    gaps = [gap(one, other) for one, other in pairwise(sections)]

    assert len(gaps) >= 2
    assert min(gaps) >= 48


def test_the_first_cards_keep_away_from_the_box_that_sorts(page: Page, address: str) -> None:
    page.goto(f"{address}het-hieu-luc/")

    assert gap(page.locator("[data-sort]"), page.locator("[data-list-whole] .card").first) >= 16


def test_a_second_way_on_is_not_indented_on_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}su-kien/")

    starts = page.locator(".pagehead .more").evaluate_all(
        "all => all.map((each) => each.offsetLeft)"
    )

    assert len(starts) == 2
    assert len(set(starts)) == 1


def test_a_short_list_of_counts_reads_downwards(page: Page, address: str) -> None:
    page.goto(f"{address}san-pham/")

    starts = page.locator(".list > .side .places a").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().left)"
    )

    assert len(starts) == 3
    assert len(set(starts)) == 1


def test_the_theme_that_was_chosen_stays(page: Page, address: str) -> None:
    page.set_viewport_size({"width": DESK, "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(address)
    switch = page.locator(".tools [data-theme-switch]")
    light = _ground(page)
    expect(switch).to_have_attribute("aria-pressed", "false")

    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = _ground(page)
    page.goto(f"{address}san-pham/")

    assert light != dark
    assert _ground(page) == dark
    page.locator(".tools [data-theme-switch]").click()
    assert _ground(page) == light


def test_the_theme_of_the_system_is_followed(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    light = _ground(page)

    page.emulate_media(color_scheme="dark")

    assert _ground(page) != light


def test_the_keyboard_skips_to_the_content(page: Page, address: str) -> None:
    page.goto(address)

    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#"))
    assert page.evaluate("document.querySelector(location.hash).tagName") == "MAIN"


def test_every_picture_of_a_page_comes(page: Page, address: str) -> None:
    page.goto(f"{address}sao/5/")

    broken = page.evaluate(
        """async () => {
          const pictures = [...document.images];
          for (const picture of pictures) picture.loading = "eager";
          const shown = await Promise.allSettled(pictures.map((picture) => picture.decode()));
          const isBroken = (_, place) => shown[place].status === "rejected";
          return pictures.filter(isBroken).map((picture) => picture.src);
        }"""
    )

    assert broken == []


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

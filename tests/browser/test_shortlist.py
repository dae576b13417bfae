"""The shortlist in a real browser: ticked, counted, compared, sent, kept, emptied and printed."""

import re
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.screens import gap
from tests.browser.test_access import AXE, RULES

COCOA, LAPSED, CASHEW = "bot-ca-cao-3-trong-1", "mat-ong-song-be", "hat-dieu-rang-nguyen-vi"
PLAIN, GONE = "bot-ca-cao-nguyen-chat-trong-duc", "khong-con-nua"
SEVEN = (
    "banh-cashewpie",
    "banh-da-cua-dot",
    "banh-da-cua-kho",
    COCOA,
    "ca-phe-bot-robusta",
    "ca-phe-hat-robusta",
    LAPSED,
)
LIST, PRODUCT, SEARCH = "san-pham/", f"san-pham/{COCOA}/", "tim-kiem/?q=ca cao"
PAGES = {"vi": "da-chon/", "en": "en/shortlist/"}
NARROWEST, PHONE, DESK = 320, 360, 1280
MOST = 30
MOST_REQUESTS = 14

REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); },
});"""
BOXES = """() => [...document.querySelectorAll("main h1, main .card a, main .plate, .mast a")]
  .map((each) => JSON.stringify(each.getBoundingClientRect()))"""


# --- Ticks -----------------------------------------------------------------------------------


def test_a_tick_on_a_list_is_counted_and_stays(page: Page, address: str) -> None:
    page.goto(address + LIST)
    tick = page.get_by_role("button", name="Chọn Bột ca cao 3 trong 1", exact=True)
    expect(tick).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".kept")).to_be_hidden()

    tick.click()

    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(_counter(page)).to_have_text(re.compile(r"^\s*Đã chọn\s+1\s*$"))
    page.reload()
    expect(tick).to_have_attribute("aria-pressed", "true")
    tick.click()
    expect(page.locator(".kept")).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", [LIST, PRODUCT, "chu-the/ca-cao-suoi-cat/", ""])
def test_neither_marks_nor_counter_move_what_is_there(
    page: Page, address: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.route("**/js/shortlist.*", _nothing)
    page.goto(address + path)
    without = page.evaluate(BOXES)
    page.unroute_all()
    _remember(page, [COCOA])
    page.goto(address + path)
    expect(_counter(page)).to_be_visible()

    with_ = page.evaluate(BOXES)

    assert without == with_


def test_every_card_of_a_list_can_be_ticked_by_a_finger(page: Page, address: str) -> None:
    page.goto(address + LIST)
    ticks = page.locator("main .card > button[data-pick]")

    boxes = [tick.bounding_box() for tick in ticks.all()]

    assert page.locator("main .card").count() == len(boxes) > 0
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_the_page_of_a_product_ticks_it_and_its_neighbours(page: Page, address: str) -> None:
    page.goto(address + PRODUCT)
    button = page.get_by_role("button", name="Chọn để so sánh", exact=True)
    wide = button.evaluate("(each) => each.offsetWidth")
    expect(button.get_by_text("Đã chọn")).to_have_css("opacity", "0")

    button.click()
    expect(button.get_by_text("Đã chọn")).to_have_css("opacity", "1")
    assert button.evaluate("(each) => each.offsetWidth") == wide
    page.get_by_role("button", name="Chọn Bột ca cao nguyên chất").first.click()

    assert _remembered(page) == [COCOA, PLAIN]
    expect(_counter(page)).to_contain_text("2")


def test_search_results_have_ticks_each_time_they_are_shown(page: Page, address: str) -> None:
    _remember(page, [COCOA])
    page.goto(address + SEARCH)
    ticks = page.locator("[data-find-results] .rowhit button[data-pick]")
    expect(page.locator(f"[data-find-results] [data-pick={COCOA}]")).to_have_attribute(
        "aria-pressed", "true"
    )

    page.locator("form.find input").fill("hat dieu rang")
    expect(page.locator(f"[data-find-results] [data-pick={CASHEW}]")).to_be_visible()
    page.locator(f"[data-find-results] [data-pick={CASHEW}]").click()

    assert _remembered(page) == [COCOA, CASHEW]
    expect(ticks).to_have_count(page.locator("[data-find-results] .rowhit").count())


def test_a_list_that_was_sorted_anew_has_ticks(page: Page, address: str) -> None:
    _remember(page, [COCOA])
    page.goto(f"{address}{LIST}?sort=name")
    cards = page.locator("[data-list-found] .card")
    # The first screen comes before the rest.
    expect(cards).to_have_count(24)

    expect(cards.locator("button[data-pick]")).to_have_count(24)
    expect(cards.locator(f"[data-pick={COCOA}]")).to_have_attribute("aria-pressed", "true")


def test_another_tab_hears_of_a_tick(page: Page, address: str) -> None:
    page.goto(address + LIST)
    other = page.context.new_page()
    other.goto(f"{address}en/products/")

    other.get_by_role("button", name="Shortlist 3-in-1 cocoa powder", exact=True).click()

    expect(page.locator(f"main [data-pick={COCOA}]")).to_have_attribute("aria-pressed", "true")
    expect(_counter(page)).to_contain_text("1")


def test_keys_alone_tick_and_lead_to_the_list(page: Page, address: str) -> None:
    page.goto(address + LIST)
    page.locator("main .card a").first.focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    expect(page.locator("main [data-pick]").first).to_be_focused()
    expect(page.locator("main [data-pick]").first).to_have_attribute("aria-pressed", "true")
    _counter(page).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/da-chon/\?sp="))


def test_a_full_list_says_so_and_takes_no_more(page: Page, address: str) -> None:
    many = [f"mon-{number}" for number in range(MOST)]
    _remember(page, many)
    page.goto(address + LIST)

    page.locator("main .card [data-pick]").first.click()

    expect(page.get_by_role("alert")).to_have_text(re.compile(str(MOST)))
    assert many == _remembered(page)
    page.get_by_role("alert").click()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_what_is_no_list_counts_as_none(page: Page, address: str) -> None:
    _remember(page, ['<b onclick="alert(1)">', "../../x"])

    page.goto(address + PAGES["vi"])

    assert page.locator(".compare b").count() == 0
    expect(page.locator(".compare thead th")).to_have_count(5)
    expect(page.locator(".compare td").get_by_text("không còn").first).to_be_visible()


def test_a_device_that_keeps_nothing_keeps_the_ticks_of_a_page(page: Page, address: str) -> None:
    page.add_init_script(REFUSED)
    page.goto(address + LIST)
    page.locator(f"main [data-pick={COCOA}]").click()
    page.locator(f"main [data-pick={PLAIN}]").click()
    expect(_counter(page)).to_contain_text("2")

    _counter(page).click()

    expect(_heads(page)).to_have_text(["Bột ca cao 3 trong 1", "Bột ca cao nguyên chất"])
    expect(page.locator(".sent")).to_be_hidden()
    page.locator(".compare [data-do=drop]").first.click()
    expect(_heads(page)).to_have_text(["Bột ca cao nguyên chất"])


def _nothing(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


# --- Side by side ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", PAGES)
def test_the_list_says_what_the_pages_of_its_products_say(
    page: Page, address: str, language: str
) -> None:
    products = {"vi": "san-pham/", "en": "en/products/"}[language]
    page.goto(f"{address}{products}{CASHEW}/")
    name = page.locator("h1").inner_text()
    told = _facts(page)
    _remember(page, [LAPSED, CASHEW, COCOA])

    page.goto(address + PAGES[language])

    expect(_heads(page)).to_have_count(3)
    assert name == _heads(page).nth(1).inner_text()
    assert told == {label: words[1] for label, words in _rows(page).items() if label in told}
    assert len(told) >= 4


def test_stars_stand_where_they_are_due_only(page: Page, address: str) -> None:
    _remember(page, [COCOA, LAPSED])

    page.goto(address + PAGES["vi"])

    expect(_heads(page)).to_have_count(2)
    cells = page.locator(".compare tbody tr").first.locator("td")
    expect(cells.nth(0)).to_contain_text("5 sao")
    expect(cells.nth(0).locator(".stars")).to_be_visible()
    expect(cells.nth(1)).to_contain_text("hết hạn")
    assert cells.nth(1).locator(".star").count() == 0
    assert page.locator(".compare img.faded").count() == 1


def test_the_list_says_until_when_a_certificate_holds_and_what_an_old_one_was(
    page: Page, address: str
) -> None:
    page.goto(f"{address}san-pham/{LAPSED}/")
    once = page.locator(".status .till").first.inner_text()
    page.goto(f"{address}san-pham/{CASHEW}/")
    until = page.locator(".status .till").last.inner_text()
    _remember(page, [LAPSED, CASHEW])

    page.goto(address + PAGES["vi"])

    cells = page.locator(".compare tbody tr").first.locator("td")
    expect(cells.nth(0)).to_contain_text(once)
    expect(cells.nth(1)).to_contain_text(until)


def test_rows_that_say_the_same_step_back(page: Page, address: str) -> None:
    _remember(page, [COCOA, PLAIN])

    page.goto(address + PAGES["vi"])

    expect(page.locator(".compare tr.same", has_text="Chủ thể")).to_have_count(1)
    expect(page.locator(".compare tr:not(.same)", has_text="Mã trong danh mục")).to_have_count(1)


def test_the_other_language_shows_the_same_list(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGES['vi']}?sp={COCOA},{CASHEW}")
    expect(_heads(page)).to_have_count(2)

    page.locator("a.lang").click()

    expect(_heads(page).first).to_have_text("3-in-1 cocoa powder")
    expect(page.locator(".sent")).to_be_visible()


def test_one_is_removed_all_are_removed_and_both_can_be_undone(page: Page, address: str) -> None:
    _remember(page, [COCOA, LAPSED, CASHEW])
    page.goto(address + PAGES["vi"])

    page.get_by_role("button", name="Bỏ Mật ong Sông Bé").click()
    expect(_heads(page)).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("Đã bỏ một sản phẩm.")
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(_heads(page)).to_have_count(3)
    page.get_by_role("button", name="Bỏ tất cả").click()
    expect(page.locator("[data-when=none]")).to_be_visible()
    expect(_heads(page)).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()

    expect(_heads(page)).to_have_count(3)
    assert _remembered(page) == [COCOA, LAPSED, CASHEW]


def test_what_another_page_has_changed_since_is_not_undone(page: Page, address: str) -> None:
    _remember(page, [COCOA, LAPSED])
    page.goto(address + PAGES["vi"])
    page.get_by_role("button", name="Bỏ Mật ong Sông Bé").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{address}san-pham/{CASHEW}/")

    other.locator(f"main [data-pick={CASHEW}]").first.click()

    expect(page.get_by_role("button", name="Hoàn tác")).to_be_hidden()
    expect(_heads(page)).to_have_count(2)
    assert _remembered(page) == [COCOA, CASHEW]


def test_a_product_that_is_gone_is_told_and_can_be_removed(page: Page, address: str) -> None:
    _remember(page, [COCOA, GONE])
    page.goto(address + PAGES["en"])
    expect(page.locator(".compare td", has_text="No longer in the catalogue")).to_have_count(1)
    assert page.locator(".compare thead a[href]").count() == 1

    page.get_by_role("button", name=f"Remove {GONE}").click()

    expect(_heads(page)).to_have_count(1)
    assert _remembered(page) == [COCOA]


def test_a_page_that_cannot_be_had_now_is_not_told_as_gone(page: Page, address: str) -> None:
    def offline(route: Route) -> None:
        route.fulfill(body="<!doctype html><h1>Không có mạng</h1>", content_type="text/html")

    page.route(f"**/san-pham/{CASHEW}/", offline)
    _remember(page, [CASHEW])

    page.goto(address + PAGES["vi"])

    expect(page.locator(".compare td", has_text="Chưa mở được")).to_have_count(1)


def test_an_empty_list_says_how_to_fill_it(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])

    expect(page.locator("[data-when=none]")).to_contain_text("chưa chọn")
    expect(page.locator("[data-when=none] a").first).to_be_visible()
    expect(page.locator("[data-do=print]")).to_be_hidden()


# --- Sent ------------------------------------------------------------------------------------


def test_a_list_that_was_sent_leaves_one_s_own_alone_until_it_is_kept(
    page: Page, address: str
) -> None:
    _remember(page, [LAPSED])
    page.goto(f"{address}{PAGES['vi']}?sp={COCOA},{CASHEW}")
    expect(_heads(page)).to_have_count(2)
    expect(page.locator(".compare [data-do=drop]").first).to_be_hidden()
    assert _remembered(page) == [LAPSED]

    page.get_by_role("button", name="Giữ danh sách này").click()

    expect(page.locator(".sent")).to_be_hidden()
    assert _remembered(page) == [COCOA, CASHEW]
    page.get_by_role("button", name="Hoàn tác").click()
    expect(_heads(page)).to_have_text(["Mật ong Sông Bé"])


def test_the_address_passes_the_list_on(page: Page, address: str, browser: Browser) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _remember(page, [CASHEW, COCOA])
    page.goto(address + PAGES["vi"])
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")

    with browser.new_context() as elsewhere:
        there = elsewhere.new_page()
        there.goto(link)

        expect(_heads(there)).to_have_text(["Hạt điều rang nguyên vị", "Bột ca cao 3 trong 1"])
        expect(there.locator(".sent")).to_be_visible()


def test_one_s_own_list_stays_one_s_own_on_the_way_back(page: Page, address: str) -> None:
    _remember(page, [COCOA])
    page.goto(address + PAGES["vi"])
    _heads(page).first.click()
    page.get_by_role("button", name="Chọn Bột ca cao nguyên chất").first.click()

    page.go_back()

    expect(_heads(page)).to_have_count(2)
    expect(page.locator(".sent")).to_be_hidden()


# --- On paper, on every screen, for everybody ------------------------------------------------


@pytest.mark.parametrize(
    ("count", "sheets"), [(1, [1]), (3, [3]), (5, [5]), (6, [3, 3]), (7, [4, 3])]
)
def test_sheets_hold_up_to_five_products_and_alike(
    page: Page, address: str, count: int, sheets: list[int]
) -> None:
    _remember(page, [*SEVEN[:count]])
    page.goto(address + PAGES["vi"])
    expect(_heads(page)).to_have_count(count)

    printed = _print(page)

    assert all(width > height for width, height, _ in printed)
    assert sheets == [sum(id_ in text for id_ in SEVEN) for _, _, text in printed]
    expect(page.locator(".compare")).to_have_count(1)


def test_one_product_asks_for_a_second(page: Page, address: str) -> None:
    more = page.get_by_role("link", name="Chọn thêm một sản phẩm để so sánh")
    _remember(page, [COCOA])
    page.goto(address + PAGES["vi"])
    expect(more).to_be_visible()
    page.goto(f"{address}{PAGES['vi']}?sp={COCOA},{CASHEW}")

    expect(_heads(page)).to_have_count(2)
    expect(more).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_buttons_keep_away_from_the_table(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    _remember(page, [COCOA, CASHEW])
    page.goto(address + PAGES["vi"])
    expect(_heads(page)).to_have_count(2)

    assert gap(page.locator("[data-tables]"), page.locator(".acts[data-when=some]")) >= 24


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("vi", PHONE, "dark"), ("en", DESK, "light")]
)
def test_axe_finds_nothing(
    page: Page, address: str, language: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    _remember(page, [COCOA, LAPSED, GONE])
    for path in (PAGES[language], f"{PAGES[language]}?sp={CASHEW}", LIST, PRODUCT):
        page.goto(address + path)
        expect(_counter(page)).to_be_visible()
        expect(page.locator("[data-tables]:empty")).to_have_count(0)

        assert _found(page) == [], path


@pytest.mark.parametrize("language", PAGES)
def test_nothing_but_the_table_scrolls_sideways(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    _remember(page, [COCOA, LAPSED, CASHEW, GONE])
    for path in (PAGES[language], f"{PAGES[language]}?sp={CASHEW},{COCOA},{LAPSED}"):
        page.goto(address + path)
        expect(_heads(page).nth(2)).to_be_attached()

        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")

        assert over <= 0, path
    region = page.get_by_role("region").first
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".compare th[scope=col]").first).not_to_be_in_viewport(ratio=1)


def test_the_table_is_one_for_a_screen_reader_on_a_phone(page: Page, address: str) -> None:
    _remember(page, [COCOA, LAPSED])
    page.goto(address + PAGES["vi"])
    expect(_heads(page)).to_have_count(2)

    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in nodes if not node["ignored"]}

    assert {"table", "row", "columnheader", "rowheader", "cell"} <= roles


@pytest.mark.parametrize("language", PAGES)
def test_without_scripts_nothing_shows_and_the_page_leads_on(
    plain_page: Page, address: str, language: str
) -> None:
    for path in (LIST, PRODUCT):
        plain_page.goto(address + path)

        assert plain_page.locator("[data-pick]:visible, .kept:visible").count() == 0
    plain_page.goto(address + PAGES[language])
    expect(plain_page.locator("noscript p")).to_contain_text("JavaScript")
    assert plain_page.locator("noscript a").first.is_visible()
    assert plain_page.locator("main button:visible, main .sent:visible").count() == 0


def test_the_page_is_not_for_search_engines(page: Page, address: str) -> None:
    page.goto(address + PAGES["vi"])

    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_a_product_asks_for_few_files(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address + PRODUCT, wait_until="networkidle")

    assert len(asked) <= MOST_REQUESTS, asked


def _remember(page: Page, ids: list[str]) -> None:
    """Let the device of *page* hold the list of *ids*, unless it holds one."""
    page.context.add_init_script(
        f"localStorage.getItem('shortlist') ?? localStorage.setItem('shortlist', {','.join(ids)!r})"
    )


def _remembered(page: Page) -> list[str]:
    return str(page.evaluate("localStorage.getItem('shortlist')")).split(",")


def _counter(page: Page) -> Locator:
    return page.locator(".kept a")


def _heads(page: Page) -> Locator:
    return page.locator(".compare thead th > a")


def _facts(page: Page) -> dict[str, str]:
    """Return what the page of a product says of it, by label."""
    rows = page.locator("article.product .facts > div").all()
    return {
        _words(row.locator("dt").inner_text()): _words(row.locator("dd").inner_text())
        for row in rows
    }


def _rows(page: Page) -> dict[str, list[str]]:
    """Return what the table says in each line, by label."""
    return {
        _words(row.locator("th").inner_text()): [
            _words(cell) for cell in row.locator("td").all_inner_texts()
        ]
        for row in page.locator(".compare tbody tr").all()
    }


def _words(text: str) -> str:
    return " ".join(text.split())


def _print(page: Page) -> list[tuple[float, float, str]]:
    """Return the width, the height and the words of each printed sheet."""
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [(*sheet.get_size(), sheet.get_textpage().get_text_bounded()) for sheet in printed]


def _found(page: Page) -> list[str]:
    """Return each rule that is broken, with the first element that breaks it."""
    page.evaluate(AXE)
    answer = page.evaluate("rules => axe.run({ runOnly: rules })", list(RULES))
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in answer["violations"]]

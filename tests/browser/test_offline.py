"""Without a network: what was seen opens whole, every name is found, and no version is mixed.

The village stands at the top of an address of its own for each test, and a test may publish it
anew. What it kept is seen through the browser's own caches.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from ocopgen.app.server import serving
from ocopgen.app.shown import Preview, Words
from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.store import Store
from tests.browser.server import SiteServer
from tests.copies import Copy

CAKE, TEA, LIST, SEARCH = "mon/banh-la-vi-du/", "mon/tra-sen-ba-kin/", "mon/", "tim/"
SHORTLIST = "gio-lang/"
SHELL = {"", "offline.html", SHORTLIST, SEARCH, "search.vi.json"}
LOST = "Không có mạng, trang này chưa được lưu"

# Asked of a page: each is the source of a function.
KEPT = "async (scope) => (await (await caches.open(scope)).keys()).map((each) => each.url)"
HAS = """async ([scope, ...paths]) => {
  const cache = await caches.open(scope);
  const found = await Promise.all(paths.map((path) => cache.match(scope + path)));
  return found.every(Boolean);
}"""
LACKS = f"async (arg) => !(await ({HAS})(arg))"
READ_BY = """async ([scope, script]) => {
  const pointer = await (await caches.open(scope)).match(`${scope}search.vi.json`);
  return (await pointer.json()).reader === script;
}"""
SAYS = "async ([url, text]) => (await (await caches.match(url)).text()).includes(text)"
WORKING = "() => navigator.serviceWorker.ready.then(() => {})"
EMPTY = "async () => (await caches.keys()).length === 0"
FREE = """async () => {
  const { controller, ready } = navigator.serviceWorker;
  const patience = new Promise((resolve) => setTimeout(resolve, 1000));
  return !controller && !(await Promise.race([ready, patience]));
}"""
GONE = "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
WHOLE = """async () => {
  await document.fonts.ready;
  const isStyled = getComputedStyle(document.querySelector("h1")).fontFamily.includes("Grenze");
  const blanks = [...document.images].filter((each) => each.complete && !each.naturalWidth);
  return isStyled && document.fonts.check("600 20px Grenze") && blanks.length === 0;
}"""

Files = Mapping[str, bytes]


class Versions:
    """The village as it is, and as it becomes; each is made once."""

    def __init__(self, folder: Path) -> None:
        self.village = Copy(folder)
        self.below = self._made()
        """Below the path /ocop/; all others stand at the top."""
        self.village.edit("content/site.yaml", "^base_url: .*", "base_url: https://lang.example/")
        self.first = self._made()
        self.village.edit(
            f"content/products/{CAKE[4:]}product.yaml", "vi: Bánh lá.*", "vi: Bánh mới"
        )
        self.renamed = self._made()
        """With another name for the cake."""
        self._add("assets/css/utilities.css", "@layer utilities{.other{color:red}}")
        self._add("assets/js/search/words.js", "export const anotherVersion = 1;")
        self._add("assets/js/site.js", "root.dataset.other = 1;")
        self.other = self._made()
        """With other style sheets and scripts on every page."""

    def _made(self) -> Files:
        return self.village.site().contents()

    def _add(self, path: str, text: str) -> None:
        self.village.write(path, f"{Path(path).read_text('utf-8')}\n{text}\n")


class Host:
    """An address at which versions of the village are published, one after the other."""

    def __init__(self, folder: Path, path: str = "/") -> None:
        self.folder = folder
        self.server = SiteServer(folder, path)
        self.address = self.server.address

    def publish(self, files: Files, *edits: tuple[str, str]) -> None:
        """Put *files* in the place of what is there, with *edits* of the worker."""
        worker = files["sw.js"].decode()
        for was, becomes in edits:
            assert worker.count(was) == 1
            worker = worker.replace(was, becomes)
        shutil.rmtree(self.folder, ignore_errors=True)
        for path, content in {**files, "sw.js": worker.encode()}.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)

    def die(self) -> None:
        """Answer nobody from now on."""
        self.server.answers = lambda _path: False


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Return the versions of the village."""
    return Versions(tmp_path_factory.mktemp("versions"))


@pytest.fixture
def host(tmp_path: Path, versions: Versions) -> Iterator[Host]:
    """Return the village, published as it is."""
    published = Host(tmp_path / "site")
    published.publish(versions.first)
    with published.server:
        yield published


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a phone that has seen nothing yet; the test fails when a script of a page does."""
    phone, faults = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 800}), []
    phone.on("weberror", lambda error: faults.append(str(error.error)))
    yield phone
    phone.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty page that does not wait for long."""
    opened = context.new_page()
    opened.set_default_timeout(8000)
    return opened


def _kept(page: Page, host: Host) -> set[str]:
    """Return the paths of all that is kept."""
    urls: list[str] = page.evaluate(KEPT, host.address)
    return {url.removeprefix(host.address) for url in urls}


def _until(page: Page, holds: str, arg: object = None) -> None:
    """Wait until the function *holds*, which may take its time, says yes to *arg*."""
    page.evaluate(
        f"""async (arg) => {{
          for (let left = 150; !(await ({holds})(arg)); left -= 1) {{
            if (left === 0) throw new Error("It never came true");
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }}""",
        arg,
    )


def _see(page: Page, host: Host, *paths: str) -> None:
    """Open the pages at *paths*, and wait until they are kept, and search with them."""
    for path in paths:
        page.goto(host.address + path)
        _until(page, HAS, [host.address, path, *SHELL])


def _search(page: Page, host: Host, typed: str) -> list[str]:
    """Return what is found for *typed* on the search page, opened anew."""
    page.goto(f"{host.address}{SEARCH}?q={typed}")
    page.wait_for_function("() => document.querySelector('[data-find-status]').textContent")
    return page.locator("[data-find-results] li a").all_inner_texts()


def _is_whole(page: Page) -> bool:
    return bool(page.evaluate(WHOLE))


# --- A fair with no signal -------------------------------------------------------------------


def test_home_seen_once_opens_without_a_network_and_finds_every_name(
    page: Page, host: Host
) -> None:
    _see(page, host, "")
    page.context.set_offline(True)

    page.goto(host.address)

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".offline")).to_contain_text("Bạn đang xem bản đã lưu")
    for name in ("Bánh lá ví dụ", "Trà sen Bà Kín", "mat ong", "ho ong mau", "mau dong"):
        assert _search(page, host, name) != [], name


def test_a_page_that_was_seen_opens_with_its_styles_and_pictures(page: Page, host: Host) -> None:
    _see(page, host, "", CAKE)
    page.wait_for_load_state("networkidle")
    host.die()

    page.goto(host.address + CAKE)

    expect(page.locator("h1")).to_contain_text("Bánh lá")
    assert _is_whole(page)
    assert page.locator("main img").first.evaluate("each => each.naturalWidth") > 1


def test_a_page_that_is_seen_first_is_kept_with_its_pictures(page: Page, host: Host) -> None:
    _see(page, host, CAKE)
    page.context.set_offline(True)

    page.goto(host.address + CAKE)

    assert _is_whole(page)
    assert page.locator("main img").first.evaluate("each => each.naturalWidth") > 1


def test_a_page_that_was_never_seen_gives_way_to_what_is_kept(page: Page, host: Host) -> None:
    _see(page, host, "", CAKE)
    page.context.set_offline(True)

    page.goto(host.address + TEA)

    expect(page.locator("h1")).to_have_text(LOST)
    expect(page.locator(".offline")).to_have_count(0)
    names = page.locator("main section li a").all_inner_texts()
    shell = ["Tìm", "Sản phẩm đã chọn", "Làng Ví Dụ"]
    assert [name.split(" – ")[0] for name in names] == ["Bánh lá Ví Dụ", *shell]
    page.locator("main section li a").first.click()
    expect(page.locator("h1")).to_contain_text("Bánh lá")


def test_names_are_found_from_the_page_that_stands_in(page: Page, host: Host) -> None:
    _see(page, host, "")
    page.context.set_offline(True)
    page.goto(host.address + TEA)

    page.locator("form.find input").fill("banh la")
    page.locator("form.find input").press("Enter")

    expect(page.locator("[data-find-results] a").first).to_contain_text("Bánh lá")


def test_another_language_gives_way_to_the_one_that_is_kept(page: Page, host: Host) -> None:
    _see(page, host, "")
    page.context.set_offline(True)

    page.goto(host.address + "en/")

    expect(page.locator("h1")).to_have_text(LOST)


def test_the_line_comes_and_goes_with_the_network(page: Page, host: Host) -> None:
    _see(page, host, "")
    line = page.locator(".offline")
    expect(line).to_be_hidden()

    page.context.set_offline(True)
    expect(line).to_have_text(re.compile("^Không có mạng. Những trang bạn đã xem vẫn mở được"))
    page.context.set_offline(False)

    expect(line).to_be_hidden()


def _slow_at(place: str) -> Callable[[str], bool]:
    """Return how to answer at once, but for the address that ends in *place*."""

    def answers(path: str) -> bool:
        if path.endswith(place):
            time.sleep(1)
        return True

    return answers


def test_whoever_is_online_reads_no_kept_page(page: Page, host: Host, versions: Versions) -> None:
    _see(page, host, "", CAKE)
    host.publish(versions.renamed)

    page.goto(host.address + CAKE)

    expect(page.locator("h1")).to_have_text("Bánh mới")
    expect(page.locator(".offline")).to_be_hidden()


@pytest.mark.parametrize("id_", ["893456789012", "x-20241201"])
def test_a_page_whose_id_looks_like_a_digest_is_read_anew(
    page: Page, host: Host, versions: Versions, id_: str
) -> None:
    for files in (versions.first, versions.renamed):
        host.publish({**files, f"mon/{id_}/index.html": files[f"{CAKE}index.html"]})
        _see(page, host, "", f"mon/{id_}/")

    expect(page.locator("h1")).to_have_text("Bánh mới")


def test_a_weak_signal_does_not_hold_up_a_kept_page(
    page: Page, host: Host, versions: Versions
) -> None:
    impatient = ("=3000;", "=200;")
    host.publish(versions.first, impatient)
    _see(page, host, "", CAKE)
    host.publish(versions.renamed, impatient)
    host.server.answers = _slow_at(CAKE)

    page.goto(host.address + CAKE)
    expect(page.locator("h1")).to_have_text("Bánh lá Ví Dụ")
    expect(page.locator(".offline")).to_be_visible()

    _until(page, SAYS, [host.address + CAKE, "Bánh mới"])
    host.die()
    page.reload()
    expect(page.locator("h1")).to_have_text("Bánh mới")


def test_figures_that_were_fetched_are_there_again(page: Page, host: Host) -> None:
    _see(page, host, "", "con-so/")
    file = page.locator("a[download]").first.get_attribute("href")
    read = f"() => fetch('{file}').then((each) => each.text())"
    there = page.evaluate(read)
    _until(page, HAS, [host.address, str(file).removeprefix("/")])
    page.context.set_offline(True)

    assert page.evaluate(read) == there


def test_a_shortlist_that_was_seen_is_there_with_all_that_it_compares(
    page: Page, host: Host
) -> None:
    _see(page, host, "")
    # Nobody has opened the product's own page.
    page.evaluate("localStorage.setItem('shortlist', 'banh-la-vi-du')")
    page.goto(f"{host.address}gio-lang/")
    expect(page.locator(".compare tbody td").first).to_be_visible()
    told = page.locator(".compare").inner_text()
    _until(page, HAS, [host.address, "mon/banh-la-vi-du/"])
    host.die()

    page.goto(f"{host.address}gio-lang/")

    expect(page.locator(".compare tbody td").first).to_be_visible()
    assert page.locator(".compare").inner_text() == told


def test_a_shortlist_opens_though_nobody_has_looked_at_it_before(page: Page, host: Host) -> None:
    _see(page, host, "", CAKE)
    page.get_by_role("button", name="Chọn để so sánh", exact=True).click()
    host.die()

    page.goto(f"{host.address}{SHORTLIST}")

    expect(page.locator(".compare [scope=col]")).to_contain_text("Bánh lá Ví Dụ")


def test_a_visitor_of_one_language_fetches_nothing_of_the_other(page: Page, host: Host) -> None:
    _see(page, host, "")
    page.locator("form.find input").focus()
    page.wait_for_load_state("networkidle")

    assert {path for path in _kept(page, host) if re.search(r"(^|[/.])en[/.]", path)} == set()


# --- Versions --------------------------------------------------------------------------------


def test_a_new_version_is_used_at_the_next_page_and_is_not_mixed(
    page: Page, host: Host, versions: Versions
) -> None:
    _see(page, host, "", CAKE)
    asked: list[str] = []
    host.publish(versions.other)

    page.on("request", lambda request: asked.append(_path(request, host)))
    page.goto(host.address + TEA)
    _until(page, HAS, [host.address, TEA])

    assert page.locator("html").get_attribute("data-other") == "1"
    assert set(asked) - versions.other.keys() == set()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_contain_text("Trà sen")
    assert _is_whole(page)
    page.goto(host.address + CAKE)
    assert _is_whole(page)
    assert page.locator("html").get_attribute("data-other") is None


def _path(request: Request, host: Host) -> str:
    """Return the file that *request* asks for."""
    path = request.url.removeprefix(host.address).partition("?")[0]
    return f"{path}index.html" if path.endswith("/") or not path else path


def test_a_page_that_is_open_keeps_its_own_files(
    page: Page, host: Host, versions: Versions
) -> None:
    _see(page, host, "", CAKE)
    host.publish(versions.other)
    own = versions.first.keys() - versions.other.keys()
    parts = [path for path in own if path.startswith(("css/", "js/site"))]

    answers = [
        page.evaluate(f"() => fetch('/{path}').then((each) => each.status)") for path in parts
    ]

    assert answers == [200] * 2


def test_a_version_that_arrives_in_part_leaves_the_last_one_whole(
    page: Page, host: Host, versions: Versions
) -> None:
    _see(page, host, "", CAKE)
    page.wait_for_load_state("networkidle")
    host.publish(versions.other)
    host.server.answers = lambda path: "/css/" not in path and "/search" not in path

    page.goto(host.address + CAKE)
    page.wait_for_timeout(500)
    host.die()
    page.goto(host.address + CAKE)

    assert _is_whole(page)
    assert page.locator("html").get_attribute("data-other") is None
    assert _search(page, host, "banh la") != []


def test_what_broke_off_is_kept_at_the_next_visit(page: Page, host: Host) -> None:
    host.server.answers = lambda path: not path.startswith("/search/catalogue")
    page.goto(host.address)
    _until(page, HAS, [host.address, "", "offline.html"])
    assert "search.vi.json" not in _kept(page, host)
    host.server.answers = lambda _path: True

    _see(page, host, CAKE)

    page.context.set_offline(True)
    assert _search(page, host, "banh la") != []


def test_search_and_what_is_searched_are_renewed_together(
    page: Page, host: Host, versions: Versions
) -> None:
    _see(page, host, "")
    host.publish(versions.other)
    page.goto(host.address)
    page.locator("form.find input").focus()
    reader = next(path for path in versions.other if path.startswith("js/finding."))

    _until(page, READ_BY, [host.address, f"/{reader}"])
    page.context.set_offline(True)
    assert _search(page, host, "banh moi") != []


def test_a_script_does_not_read_what_is_written_for_another_version(
    page: Page, host: Host, versions: Versions
) -> None:
    page.goto(host.address + SEARCH)
    host.publish(versions.other)

    page.locator("form.find input").fill("banh")

    expect(page.locator("[data-find-failed]")).to_be_visible()


# --- What is not kept, and for how long ------------------------------------------------------


def test_errors_and_forwarded_addresses_are_not_kept(page: Page, host: Host) -> None:
    _see(page, host, "", CAKE)
    for path in ("khong-co/", "mon", "mon/?trang=2"):
        page.goto(host.address + path)
    _until(page, HAS, [host.address, LIST])

    assert {"khong-co/", "mon", "mon/?trang=2"} & _kept(page, host) == set()


def test_a_page_that_is_gone_is_forgotten(page: Page, host: Host) -> None:
    _see(page, host, "", CAKE)
    shutil.rmtree(host.folder / CAKE)

    page.goto(host.address + CAKE)

    _until(page, LACKS, [host.address, CAKE])


def test_where_there_is_little_room_the_newest_pages_stay_whole(
    page: Page, host: Host, versions: Versions
) -> None:
    host.publish(versions.first, ("=200;", "=2;"), ("=4e7;", "=1;"))
    _see(page, host, "", CAKE, TEA, LIST)
    _until(page, LACKS, [host.address, CAKE])
    pages = {path for path in _kept(page, host) if path.endswith("/")}

    page.context.set_offline(True)
    page.goto(host.address + TEA)

    assert pages == {TEA, LIST, SEARCH, SHORTLIST}
    assert _is_whole(page)


def test_a_phone_without_room_shows_every_page(page: Page, host: Host) -> None:
    session = page.context.new_cdp_session(page)
    full = {"origin": host.address.rstrip("/"), "quotaSize": 2000}
    session.send("Storage.overrideQuotaForOrigin", full)
    page.goto(host.address)
    page.evaluate(WORKING)

    page.goto(host.address + CAKE)

    expect(page.locator("h1")).to_contain_text("Bánh lá")
    assert _is_whole(page)


def test_a_browser_that_refuses_to_keep_anything_shows_every_page(
    page: Page, host: Host, versions: Versions
) -> None:
    refusal = "caches.open=caches.match=()=>Promise.reject(new DOMException('','SecurityError'));"
    host.publish(versions.first, ("const SHELLS", f"{refusal}const SHELLS"))
    page.goto(host.address)
    page.evaluate(WORKING)

    page.goto(host.address + CAKE)

    expect(page.locator("h1")).to_contain_text("Bánh lá")
    assert _is_whole(page)


# --- Where it stands, and how it goes --------------------------------------------------------


def test_a_site_below_a_path_keeps_to_itself(
    page: Page, tmp_path: Path, versions: Versions
) -> None:
    host = Host(tmp_path / "site", "/ocop/")
    host.publish(versions.below)
    with host.server:
        _see(page, host, "", CAKE)
        page.context.set_offline(True)

        page.goto(host.address + TEA)

        expect(page.locator("h1")).to_have_text(LOST)
        page.goto(host.address + CAKE)
        assert _is_whole(page)
        assert page.evaluate("() => caches.keys()") == [host.address]


def test_the_preview_sends_the_worker_of_a_finished_site_away(
    page: Page, tmp_path: Path, versions: Versions
) -> None:
    host = Host(tmp_path / "site")
    host.publish(versions.first)
    with host.server:
        _see(page, host, "", CAKE)
        host.die()
    with _preview(versions.renamed, tmp_path, urlsplit(host.address).port or 0):
        page.goto(host.address + CAKE)
        _until(page, GONE)

        expect(page.locator("h1")).to_have_text("Bánh mới")
        # To the end of its last page the old worker goes on, and may keep what that shows.
        page.reload()
        _until(page, EMPTY)
        assert page.evaluate(FREE)


@contextmanager
def _preview(files: Files, folder: Path, port: int) -> Iterator[None]:
    shown = Preview(Store(folder / "shown"), "/", Words("vi", "Đóng"))
    for content in files.values():
        shown.store.put(digest_of_bytes(content), content)
    shown.show({path: digest_of_bytes(content) for path, content in files.items()})
    with serving(shown, "127.0.0.1", port):
        yield


def test_a_catalogue_may_send_the_worker_away(
    page: Page, host: Host, versions: Versions, checkout: Path
) -> None:
    _see(page, host, "", CAKE)
    told = (checkout / ".github" / "ARCHITECTURE.md").read_text("utf-8")
    own = told.partition("```js\n")[2].partition("```")[0]
    host.publish({**versions.renamed, "sw.js": own.encode()})

    page.evaluate("() => navigator.serviceWorker.getRegistration().then((each) => each.update())")
    _until(page, GONE)
    page.reload()

    expect(page.locator("h1")).to_have_text("Bánh mới")
    assert page.evaluate("() => caches.keys()") == []


@pytest.mark.parametrize("home", ["", "en/"])
def test_a_browser_finds_nothing_amiss_with_the_app(page: Page, host: Host, home: str) -> None:
    page.goto(host.address + home)

    told = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert told["errors"] == []
    assert told["manifest"]["startUrl"] == host.address + home

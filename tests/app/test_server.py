"""The preview shows the last good site, tells of faults at once, and answers nobody else."""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ocopgen.app.report import Explained
from ocopgen.app.server import serving
from ocopgen.app.shown import Complaint, Preview, Words
from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.problems import WrongUse
from ocopgen.base.store import Store
from ocopgen.pages.hosting import HEADERS

PAGE = "<!doctype html><title>Một</title><body><p>Chào</p></body>"
FILES = {
    "index.html": PAGE.encode(),
    "404.html": "<body>Không có trang này</body>".encode(),
    "san-pham/mật-ong/index.html": b"<body>honey</body>",
    "css/site.css": b"p{}",
    "js/site.0123abcd.js": b"1;",
    "search/a.pagefind": b"\x00asm",
}

COMPLAINT = Complaint("Sai", (Explained("sai", "content/site.yaml:1:1"),), "1 lỗi")


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Return a preview of a site that lies below a path of its own."""
    shown = Preview(Store(tmp_path / "store"), "/ocop/", Words("vi", "Đóng"))
    shown.show(_kept(shown.store, FILES))
    return shown


@pytest.fixture
def port(preview: Preview) -> Iterator[int]:
    """Return the port on which *preview* is served."""
    with serving(preview, "127.0.0.1", 0) as taken:
        yield taken


@pytest.mark.parametrize(
    ("address", "kind", "start"),
    [
        ("/ocop/", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/index.html", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/?q=a", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/san-pham/m%E1%BA%ADt-ong/", "text/html; charset=utf-8", b"<body>honey"),
        ("/ocop/san-pham/m%E1%BA%ADt-ong", "text/html; charset=utf-8", b"<body>honey"),
        ("/ocop/css/site.css", "text/css; charset=utf-8", b"p{}"),
        ("/ocop/search/a.pagefind", "application/wasm", b"\x00asm"),
    ],
)
def test_an_address_brings_its_file(port: int, address: str, kind: str, start: bytes) -> None:
    answer, content = _ask(port, address)

    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
    assert content.startswith(start)


@pytest.mark.parametrize(
    "address", ["/ocop/khong-co/", "/ocop/../../etc/passwd", "/ocop/%2e%2e/%2e%2e/x", "/khac/"]
)
def test_what_is_not_there_brings_the_site_s_own_page(port: int, address: str) -> None:
    answer, content = _ask(port, address)

    assert answer.status == 404
    assert "Không có trang này" in content.decode()


def test_the_top_leads_to_where_the_site_begins(port: int) -> None:
    answer, _ = _ask(port, "/")

    assert (answer.status, answer.getheader("Location")) == (302, "/ocop/")


def test_a_page_keeps_itself_up_to_date_but_what_is_published_does_not(
    port: int, preview: Preview
) -> None:
    _, content = _ask(port, "/ocop/")

    assert b'<script id="ocopgen-preview" src="/__ocopgen/preview.js"' in content
    assert b"__ocopgen" not in (preview.store.get(preview.manifest["index.html"]) or b"")


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("preview.js", "text/javascript", b"EventSource"), ("preview.css", "text/css", b"pre {")],
)
def test_the_preview_has_a_script_and_a_style_of_its_own(
    port: int, name: str, kind: str, said: bytes
) -> None:
    answer, content = _ask(port, f"/__ocopgen/{name}")

    assert (answer.status, answer.getheader("Content-Type")) == (200, f"{kind}; charset=utf-8")
    assert said in content


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/ocop/css/site.css", "no-store"),
        ("/ocop/", "no-store"),
        ("/ocop/js/site.0123abcd.js", "public, max-age=31536000, immutable"),
    ],
)
def test_only_what_never_changes_under_its_name_is_kept_by_the_browser(
    port: int, address: str, kept: str
) -> None:
    answer, _ = _ask(port, address)

    assert (answer.status, answer.getheader("Cache-Control")) == (200, kept)


@pytest.mark.parametrize("address", ["/ocop/", "/ocop/no/", "/ocop/css/site.css", "/"])
def test_every_answer_has_the_headers_of_the_strictest_host(port: int, address: str) -> None:
    answer, _ = _ask(port, address)

    assert dict(HEADERS) == {name: answer.getheader(name) for name in HEADERS}


@pytest.mark.parametrize("address", ["/ocop/", "/", "/__ocopgen/events", "/__ocopgen/preview.js"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", "localhost@evil"])
def test_a_foreign_name_for_this_machine_is_not_answered(
    port: int, address: str, host: str
) -> None:
    answer, content = _ask(port, address, host=host)

    assert (answer.status, content) == (403, b"")


@pytest.mark.parametrize("host", ["LocalHost:8000", "[::1]:8000", "[::1]", "192.168.1.20:8000"])
def test_a_number_or_the_machine_s_own_name_is_answered(port: int, host: str) -> None:
    assert _ask(port, "/ocop/", host=host)[0].status == 200


def test_an_address_that_is_none_is_not_there(port: int) -> None:
    assert _ask(port, "//[")[0].status == 404


def test_open_pages_hear_of_their_own_change_and_of_faults(port: int, preview: Preview) -> None:
    events = _events(port, "/ocop/")

    heard = [next(events)]
    preview.show(_kept(preview.store, {**FILES, "index.html": b"<body>new</body>"}))
    heard.append(next(events))
    preview.complain(COMPLAINT)
    heard.append(next(events))

    assert [each["page"] == heard[0]["page"] for each in heard] == [True, False, False]
    assert [_fault(each) for each in heard] == [None, None, "sai"]


def test_a_page_hears_nothing_new_when_only_others_change(port: int, preview: Preview) -> None:
    events = _events(port, "/ocop/san-pham/mật-ong/")

    first = next(events)
    preview.show(_kept(preview.store, {**FILES, "index.html": b"<body>new</body>"}))

    assert first == next(events)


def test_a_page_with_another_style_sheet_is_the_same_page(port: int, preview: Preview) -> None:
    heard: list[dict[str, Any]] = []
    events = _events(port, "/ocop/")
    for sheet, text in (("1", "a"), ("2", "a"), ("2", "b")):
        page = f'<link rel="stylesheet" href="css/{sheet}.css"><body>{text}</body>'
        preview.show(_kept(preview.store, {**FILES, "index.html": page.encode()}))
        while not heard or heard[-1]["sheets"] != [f"css/{sheet}.css"]:
            heard.append(next(events))
    heard.append(next(events))

    assert [each["sheets"][0] for each in heard[-3:]] == ["css/1.css", "css/2.css", "css/2.css"]
    assert heard[-3]["page"] == heard[-2]["page"] != heard[-1]["page"]


def test_a_page_says_what_it_holds_so_that_it_never_misses_a_later_change(
    port: int, preview: Preview
) -> None:
    _, content = _ask(port, "/ocop/san-pham/m%E1%BA%ADt-ong")

    state = json.loads(preview.state("/ocop/san-pham/mật-ong/"))
    assert f'data-page="{state["page"]}"' in content.decode()


def test_a_page_that_is_not_there_hears_when_it_comes(port: int, preview: Preview) -> None:
    events = _events(port, "/ocop/moi/")

    first = next(events)
    preview.show(_kept(preview.store, {**FILES, "moi/index.html": b"<body>new</body>"}))

    assert first["page"] != next(events)["page"]


def test_a_failed_build_keeps_the_last_good_site(port: int, preview: Preview) -> None:
    preview.complain(COMPLAINT)

    answer, content = _ask(port, "/ocop/")

    assert answer.status == 200
    assert "Chào" in content.decode()


def test_before_there_is_a_site_its_faults_are_shown_as_text(port: int, preview: Preview) -> None:
    preview.show({})
    preview.complain(Complaint("", (Explained("<script>", "site.yaml"),)))

    answer, content = _ask(port, "/ocop/")

    assert answer.status == 404
    assert b"site.yaml: &lt;script&gt;" in content


def test_a_taken_port_leads_to_the_next(port: int, preview: Preview) -> None:
    with serving(preview, "127.0.0.1", port) as other:
        assert other not in {0, port}


def test_an_address_of_another_machine_is_refused(preview: Preview) -> None:
    with pytest.raises(WrongUse), serving(preview, "host.invalid", 8000):
        pass


def test_the_server_ends_at_once_though_a_page_listens(preview: Preview) -> None:
    with serving(preview, "127.0.0.1", 0) as port:
        events = _events(port, "/ocop/")
        next(events)
        start = time.monotonic()

    assert time.monotonic() - start < 0.9


def _kept(store: Store, files: dict[str, bytes]) -> dict[str, Digest]:
    for content in files.values():
        store.put(digest_of_bytes(content), content)
    return {path: digest_of_bytes(content) for path, content in files.items()}


def _ask(port: int, address: str, host: str = "") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": host or f"127.0.0.1:{port}"}
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def _events(port: int, path: str) -> Iterator[dict[str, Any]]:
    """Yield what an open page of the preview hears."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/__ocopgen/events?path={quote(path)}")
    answer = connection.getresponse()
    try:
        while True:
            line = answer.readline().decode()
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))
    finally:
        connection.close()


def _fault(heard: dict[str, Any]) -> str | None:
    """Return what the first fault says that a page has *heard* of."""
    complaint = heard["complaint"]
    return str(complaint["faults"][0]["says"]) if complaint else None

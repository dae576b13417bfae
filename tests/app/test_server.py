"""The preview shows the last good site, tells of faults at once, and answers nobody else."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from ocopgen.app.server import Preview, server
from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.problems import WrongUse
from ocopgen.base.store import Store

PAGE = "<!doctype html><title>Một</title><body><p>Chào</p></body>"
FILES = {
    "index.html": PAGE.encode(),
    "404.html": "<body>Không có trang này</body>".encode(),
    "san-pham/mật-ong/index.html": b"<body>honey</body>",
    "css/site.css": b"p{}",
    "search/a.pagefind": b"\x00asm",
}


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Return a preview of a site that lies below a path of its own."""
    shown = Preview(Store(tmp_path / "store"), "/ocop/")
    shown.show(_kept(shown.store, FILES))
    return shown


@pytest.fixture
def port(preview: Preview) -> Iterator[int]:
    """Return the port on which *preview* is served."""
    listening = server(preview, "127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield int(listening.server_address[1])
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("address", "kind", "start"),
    [
        ("/ocop/", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/index.html", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/?q=a", "text/html; charset=utf-8", PAGE.encode()[:30]),
        ("/ocop/san-pham/m%E1%BA%ADt-ong/", "text/html; charset=utf-8", b"<body>honey"),
        ("/ocop/san-pham/m%E1%BA%ADt-ong", "text/html; charset=utf-8", b"<body>honey"),
        ("/ocop/css/site.css", "text/css", b"p{}"),
        ("/ocop/search/a.pagefind", "application/octet-stream", b"\x00asm"),
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


def test_a_page_reloads_itself_but_what_is_published_does_not(port: int, preview: Preview) -> None:
    _, content = _ask(port, "/ocop/")

    assert b'<script src="/__ocopgen/reload.js?1" type="module"></script></body>' in content
    assert b"__ocopgen" not in (preview.store.get(preview.manifest["index.html"]) or b"")


def test_the_reloading_script_is_there(port: int) -> None:
    answer, content = _ask(port, "/__ocopgen/reload.js")

    assert (answer.status, answer.getheader("Content-Type")) == (200, "text/javascript")
    assert b'new EventSource("/__ocopgen/events")' in content


def test_no_worker_stands_between_an_editor_and_a_page(port: int) -> None:
    answer, content = _ask(port, "/ocop/sw.js")

    assert (answer.status, answer.getheader("Content-Type")) == (200, "text/javascript")
    assert b"registration.unregister()" in content
    assert b'addEventListener("fetch"' not in content


def test_nothing_is_kept_by_the_browser(port: int) -> None:
    answer, _ = _ask(port, "/ocop/css/site.css")

    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("address", ["/ocop/", "/", "/__ocopgen/events", "/__ocopgen/reload.js"])
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


def test_a_page_knows_its_version_so_that_it_never_misses_a_later_one(
    port: int, preview: Preview
) -> None:
    preview.show(preview.manifest)

    assert b"reload.js?2" in _ask(port, "/ocop/")[1]


@pytest.mark.parametrize(
    ("error", "told"), [(BrokenPipeError, False), (ConnectionResetError, False), (KeyError, True)]
)
def test_a_browser_that_goes_away_is_no_news(
    preview: Preview, capsys: pytest.CaptureFixture[str], error: type[Exception], *, told: bool
) -> None:
    with server(preview, "127.0.0.1", 0) as listening:
        try:
            raise error  # noqa: TRY301 - only what is being handled can be asked for
        except error:
            listening.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]

    assert bool(capsys.readouterr().err) is told


def test_open_pages_hear_of_a_new_site_and_of_faults(port: int, preview: Preview) -> None:
    events = _events(port)

    heard = [next(events)]
    preview.show(_kept(preview.store, {**FILES, "index.html": b"<body>new</body>"}))
    heard.append(next(events))
    preview.complain("content/site.yaml:1:1: sai")
    heard.append(next(events))

    assert heard == [
        {"version": 1, "faults": ""},
        {"version": 2, "faults": ""},
        {"version": 2, "faults": "content/site.yaml:1:1: sai"},
    ]


def test_a_failed_build_keeps_the_last_good_site(port: int, preview: Preview) -> None:
    preview.complain("faults")

    answer, content = _ask(port, "/ocop/")

    assert answer.status == 200
    assert "Chào" in content.decode()


def test_before_there_is_a_site_its_faults_are_shown_as_text(port: int, preview: Preview) -> None:
    preview.show({})
    preview.complain("site.yaml: <script>")

    answer, content = _ask(port, "/ocop/")

    assert answer.status == 404
    assert b"site.yaml: &lt;script&gt;" in content


def test_a_taken_port_leads_to_the_next(port: int, preview: Preview) -> None:
    with server(preview, "127.0.0.1", port) as other:
        assert other.server_address[1] not in {0, port}


def test_an_address_of_another_machine_is_refused(preview: Preview) -> None:
    with pytest.raises(WrongUse):
        server(preview, "host.invalid", 8000)


def test_a_page_that_was_opened_over_faults_still_reloads_when_they_are_mended(
    port: int, preview: Preview
) -> None:
    preview.complain("sai")
    events = _events(port)

    heard = [next(events)]
    preview.show(_kept(preview.store, FILES))
    heard.append(next(events))

    _, script = _ask(port, "/__ocopgen/reload.js")
    assert [each["version"] for each in heard] == [1, 2]
    assert b"String(told.version) !== shown" in script


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


def _events(port: int) -> Iterator[dict[str, object]]:
    """Yield what an open page of the preview hears."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/__ocopgen/events")
    answer = connection.getresponse()
    try:
        while True:
            line = answer.readline().decode()
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))
    finally:
        connection.close()

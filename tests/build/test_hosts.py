"""What each host is given, and what a real nginx makes of it."""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import brotli
import pytest

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build.hosts import TARGETS, dress, hosted_by, look_at_limits
from ocopgen.build.publish import publish, spare_of
from ocopgen.build.site import Making, completed, make_pages
from ocopgen.pages.host_files import Hosted, nginx_files
from ocopgen.pages.hosting import HEADERS, KEPT, TYPES, is_lasting
from tests.copies import TODAY, Copy, quiet

MOVED = "moved:\n  - {kind: product, old: banh-xua, new: banh-la-vi-du}\n"
OLD, NEW = "/ocop/mon/banh-xua/", "/ocop/mon/banh-la-vi-du/"
HOST, TOP = "https://lang.example", "https://top.example"
LONG = "san-pham/hat-dieu-rang-muoi-con-vo-lua-cua-hop-tac-xa-nong-nghiep-dich-vu-tong-hop"
LIKE_A_DIGEST = ("phien-cho-20241201", "893456789012", "123456789abc", "x-deadbeef")
BROTLI = "ngx_http_brotli_static_module.so"


@dataclass(frozen=True)
class Made:
    """The village, before a host has asked for anything or dressed for one."""

    manifest: Mapping[str, Digest]
    hosted: Hosted
    store: Store

    def dressed(self, target: str) -> "Made":
        manifest = dress(self.manifest, self.hosted, TARGETS[target], self.store)
        return replace(self, manifest=manifest)

    def text(self, path: str) -> str:
        return (self.store.get(self.manifest[path]) or b"").decode()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the village with a product that moved, made whole."""
    village = Copy(tmp_path_factory.mktemp("village"))
    village.write("content/redirects.yaml", MOVED)
    store, memory = Store(village.cache / "store"), Memory(village.cache / "memory.lines")
    making = Making(store, memory, village.cache, 1, quiet)
    built = make_pages(village.root, TODAY, making)
    assert built.prepared
    hosted = hosted_by(built.prepared.presses)
    return Made(completed(built, making).manifest, hosted, store)


def _more(plain: Made, target: str) -> set[str]:
    return set(plain.dressed(target).manifest) - set(plain.manifest)


def test_a_plain_host_is_given_the_site_alone(plain: Made) -> None:
    assert plain.dressed("plain").manifest == plain.manifest


def test_github_is_told_to_leave_names_with_underscores_alone(plain: Made) -> None:
    assert _more(plain, "github") == {".nojekyll"}


@pytest.mark.parametrize(("target", "rule"), [("netlify", "301!"), ("cloudflare", "301")])
def test_hosts_with_rules_answer_an_old_address_with_the_new_one(
    plain: Made, target: str, rule: str
) -> None:
    dressed = plain.dressed(target)

    assert _more(plain, target) == {"_headers", "_redirects"}
    assert f"{OLD} {NEW} {rule}\n" in dressed.text("_redirects")
    assert "/ocop/en/goods/banh-xua/ /ocop/en/goods/banh-la-vi-du/" in dressed.text("_redirects")
    assert "mon/banh-xua/index.html" in dressed.manifest


def test_where_files_hide_rules_the_stub_gives_way(plain: Made) -> None:
    dressed = plain.dressed("gitlab")

    assert f"{OLD} {NEW} 301\n" in dressed.text("_redirects")
    assert "mon/banh-xua/index.html" in plain.manifest
    assert "mon/banh-xua/index.html" not in dressed.manifest
    assert not any(path.startswith("mon/banh-xua/") for path in dressed.manifest)


def test_rules_lead_on_in_one_step_and_to_pages_that_are_there(plain: Made) -> None:
    for old, new in plain.hosted.moved.items():
        assert new not in plain.hosted.moved
        assert f"{new.removeprefix(plain.hosted.base)}index.html" in plain.manifest
        assert old != new


def test_headers_are_those_of_the_preview_and_only_lasting_names_are_kept(plain: Made) -> None:
    blocks = re.split(r"\n(?=/)", plain.dressed("netlify").text("_headers").strip())
    told = {lines[0]: lines[1:] for lines in (each.split("\n") for each in blocks)}

    assert told.pop("/ocop/*") == [f"  {name}: {value}" for name, value in HEADERS.items()]
    assert {"/ocop/css/*", "/ocop/js/*", "/ocop/fonts/*", "/ocop/anh/*"} <= set(told)
    assert all(lines == [f"  Cache-Control: {KEPT}"] for lines in told.values())
    assert "/ocop/mon/*" not in told


def test_all_that_has_a_digest_in_its_name_lasts_and_nothing_else_does(plain: Made) -> None:
    folders = ("css/", "js/", "icons/", "pictures/", "sectors/", "search/", "fonts/", "anh/")
    named = {path for path in plain.manifest if path.startswith(folders)}

    assert {path for path in plain.manifest if is_lasting(path)} == {
        path for path in named if not path.endswith(".txt")
    }


@pytest.mark.parametrize("id_", LIKE_A_DIGEST)
@pytest.mark.parametrize("folder", ["mon", "anh", "search", "en/search", "bo-20241201"])
@pytest.mark.parametrize("file", ["", "index.html", "index.json", "qr.svg"])
def test_no_page_lasts_whatever_its_id(folder: str, id_: str, file: str) -> None:
    assert not is_lasting(f"{folder}/{id_}/{file}")


def test_what_is_pressed_opens_to_the_same_and_is_smaller(plain: Made) -> None:
    dressed = plain.dressed("gitlab")
    pressed = [path for path in dressed.manifest if path.endswith((".br", ".gz"))]

    assert len(pressed) > 200
    for path in pressed:
        content = dressed.store.get(dressed.manifest[path]) or b""
        whole = dressed.store.get(dressed.manifest[path[:-3]])
        opened = brotli.decompress(content) if path.endswith(".br") else gzip.decompress(content)
        assert opened == whole, path
    page = "mon/banh-la-vi-du/index.html"
    sizes = [dressed.store.size(dressed.manifest[page + each]) for each in ("", ".gz", ".br")]
    assert sizes[0] > sizes[1] > sizes[2]


def test_nothing_is_pressed_twice(plain: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    first = plain.dressed("gitlab").manifest
    monkeypatch.setattr(plain.store, "put", lambda *_: pytest.fail("pressed again"), raising=True)
    monkeypatch.setattr("ocopgen.build.hosts._own_files", lambda *_: [])

    again = plain.dressed("gitlab").manifest

    assert {path: key for path, key in first.items() if path != "_redirects"} == again


@pytest.mark.parametrize(
    ("target", "sizes", "codes"),
    [
        ("cloudflare", {f"{n}.html": 1 for n in range(20_000)}, []),
        ("cloudflare", {f"{n}.html": 1 for n in range(20_001)}, ["host.files"]),
        ("cloudflare", {"a.jpg": 25 << 20, "b.jpg": (25 << 20) + 1}, ["host.largest"]),
        ("github", {"a.jpg": 90 << 20, "b.jpg": 90 << 20}, []),
        ("github", {f"{n}.jpg": 90 << 20 for n in range(12)}, ["host.whole"]),
        ("nginx", {"a.jpg": 1 << 40}, []),
    ],
)
def test_a_host_s_limits_are_told_when_passed(
    target: str, sizes: dict[str, int], codes: list[str]
) -> None:
    problems = Problems()

    look_at_limits(sizes, Hosted("/", ("/",), {}, HOST), TARGETS[target], problems)

    assert [each.code for each in problems] == codes
    assert problems.faults == 0


def test_too_many_rules_are_told() -> None:
    problems = Problems()
    moved = {f"/a{n}/": "/b/" for n in range(1001)}

    look_at_limits({}, Hosted("/", ("/",), moved, HOST), TARGETS["gitlab"], problems)

    (told,) = problems
    assert (told.code, told.values["count"], told.values["most"]) == ("host.rules", "1001", "1000")


@pytest.mark.parametrize(
    ("target", "base", "told"),
    [
        ("netlify", "/ocop/", 1),
        ("cloudflare", "/ocop/", 1),
        ("cloudflare", "/", 0),
        ("github", "/ocop/", 0),
        ("nginx", "/ocop/", 0),
    ],
)
def test_a_folder_is_told_where_a_host_has_none(target: str, base: str, told: int) -> None:
    problems = Problems()

    look_at_limits({}, Hosted(base, (base,), {}, HOST), TARGETS[target], problems)

    said = [(each.code, each.values["folder"], each.values["top"]) for each in problems]
    assert said == [("host.folder", "/ocop/", f"{HOST}/")] * told


# --- A real nginx ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server of its own that is running, and what it serves."""

    port: int
    root: Path

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, told, body)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, f"{name} is not installed; make installs it"
    return found


@pytest.fixture(scope="module")
def nginx(plain: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a real nginx that serves the village below /ocop/, as its own files tell it to."""
    folder = tmp_path_factory.mktemp("nginx")
    dressed = plain.dressed("nginx")
    root = folder / "root"
    publish(dressed.manifest, dressed.store, root / "ocop")
    page = plain.store.get(plain.manifest["index.html"]) or b""
    for id_ in LIKE_A_DIGEST:
        _write(root / "ocop/mon" / id_, {"index.html": page, "index.json": b"{}"})
    _write(root / "cong/", {"index.html": b"<p>Portal", "to-khai.pdf": b"%PDF"})
    # Another site in the same server, and one in a server of its own.
    _write(root / "kia", {"index.html": page, **_rules(Hosted("/kia/", ("/kia/",), {}, HOST))})
    moved = {f"/{LONG}/": "/moi/"}
    _write(folder / "top", {"index.html": page, **_rules(Hosted("/", ("/",), moved, TOP))})
    with _running(folder) as port:
        yield Server(port, root)


def _rules(hosted: Hosted) -> dict[str, bytes]:
    return dict(nginx_files(hosted))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@contextmanager
def _running(folder: Path) -> Iterator[int]:
    port = _free_port()
    own, kia, top = (folder / each / "_nginx" for each in ("root/ocop", "root/kia", "top"))
    modules = Path("/usr/lib/nginx/modules") / BROTLI
    (folder / "nginx.conf").write_text(
        f"""{f"load_module {modules};" if modules.exists() else ""}
daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fast; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; application/pdf pdf; }}
  include {own}/http.conf;
  include {kia}/http.conf;
  include {top}/http.conf;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/root;
    include {own}/server.conf;
    include {kia}/server.conf;
    {f"include {own}/brotli.conf;" if modules.exists() else ""}
  }}
  server {{
    listen 127.0.0.1:{port};
    server_name top.example;
    root {folder}/top;
    include {top}/server.conf;
  }}
}}
"""
    )
    command = [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    looked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert looked.returncode == 0, looked.stderr
    assert "[warn]" not in looked.stderr, looked.stderr
    with _serving(command, port, folder):
        yield port


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _serving(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """Run *command*, a server that tells its errors in *folder*, until it need answer no more."""
    for each in (folder, *folder.parents):
        # Its workers are another user's, who must be able to pass through.
        if each.is_relative_to("/tmp") and each != Path("/tmp"):  # noqa: S108 - where tests live
            each.chmod(each.stat().st_mode | 0o055)
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            assert server.poll() is None, (folder / "errors").read_text()
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


def test_nginx_says_everything_with_every_answer(nginx: Server) -> None:
    for path in ("/ocop/", "/ocop/mon/banh-la-vi-du/", "/ocop/nothing/", OLD):
        told = nginx.get(path).headers
        for name, value in HEADERS.items():
            assert told[name.lower()] == value, path


def test_nginx_sends_old_addresses_on(nginx: Server) -> None:
    answer = nginx.get(OLD)
    english = nginx.get("/ocop/en/goods/banh-xua/")
    told = nginx.get(f"{OLD}?utm_source=zalo")
    data = nginx.get(f"{OLD}index.json")

    assert (answer.status, answer.headers["location"]) == (301, NEW)
    assert english.headers["location"] == "/ocop/en/goods/banh-la-vi-du/"
    assert told.headers["location"] == f"{NEW}?utm_source=zalo"
    assert (data.status, data.headers["location"]) == (301, f"{NEW}index.json")
    assert nginx.get(NEW).status == nginx.get(f"{NEW}index.json").status == 200


def test_nginx_sends_what_was_pressed_to_those_who_can_open_it(nginx: Server) -> None:
    plain = nginx.get(NEW)
    small = nginx.get(NEW, Accept_Encoding="gzip")

    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert "accept-encoding" in small.headers["vary"].lower()
    if (Path("/usr/lib/nginx/modules") / BROTLI).exists():
        smallest = nginx.get(NEW, Accept_Encoding="br, gzip")
        assert smallest.headers["content-encoding"] == "br"
        assert brotli.decompress(smallest.body) == plain.body
        assert len(smallest.body) < len(small.body)


def test_nginx_shows_the_page_for_what_is_not_there_in_its_language(
    nginx: Server, plain: Made
) -> None:
    own, english = nginx.get("/ocop/khong-co/"), nginx.get("/ocop/en/nothing")

    assert (own.status, english.status) == (404, 404)
    assert own.body == plain.store.get(plain.manifest["404.html"])
    assert english.body == plain.store.get(plain.manifest["en/404.html"])


def test_nginx_lets_browsers_keep_what_never_changes_and_ask_for_the_rest(
    nginx: Server, plain: Made
) -> None:
    style = next(path for path in plain.manifest if path.startswith("css/site"))
    photo = next(path for path in plain.manifest if re.match(r"anh/[0-9a-f]{12}/", path))

    for path in (style, photo):
        assert nginx.get(f"/ocop/{path}").headers["cache-control"] == KEPT
    pages = [f"mon/{id_}/{file}" for id_ in LIKE_A_DIGEST for file in ("", "index.json")]
    lost = "css/site.00000000.css"
    for path in ("", "sw.js", "search.vi.json", "kho-du-lieu/products.csv", lost, *pages):
        assert nginx.get(f"/ocop/{path}").headers["cache-control"] == "no-cache"
    asked = nginx.get("/ocop/")
    again = nginx.get("/ocop/", If_None_Match=asked.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_nginx_tells_every_type_as_it_is(nginx: Server, plain: Made) -> None:
    by_ending = {Path(path).suffix: path for path in plain.manifest}
    told = {
        ending: nginx.get(f"/ocop/{path}").headers["content-type"]
        for ending, path in by_ending.items()
        if ending in TYPES and ending
    }

    assert len(told) > 12
    for ending, kind in told.items():
        assert kind.lower() == TYPES[ending].lower(), by_ending[ending]


def test_nginx_leads_from_a_folder_to_its_page_and_shows_no_rules(nginx: Server) -> None:
    answer = nginx.get("/ocop/mon/banh-la-vi-du")

    assert (answer.status, answer.headers["location"]) == (301, NEW)
    assert nginx.get("/ocop/_nginx/server.conf").status == 404
    assert nginx.get("/ocop/ocopgen-manifest.json").status == 200


def test_nginx_keeps_what_is_made_ready_beside_the_site_to_itself(nginx: Server) -> None:
    spare = spare_of(nginx.root / "ocop")
    _write(spare, {"tree/index.html": b"next"})

    assert nginx.get(f"/{spare.name}/tree/index.html").status == 404
    assert nginx.get(f"/{spare.name}/").status == 404


def test_nginx_says_nothing_new_of_what_lies_beside_a_site(nginx: Server) -> None:
    told = {path: nginx.get(path).headers for path in ("/cong/", "/cong/to-khai.pdf")}

    assert told["/cong/to-khai.pdf"]["content-type"] == "application/pdf"
    for headers in told.values():
        assert not headers.keys() & {*map(str.lower, HEADERS), "cache-control"}
    answer = nginx.get("/ocop?q=1")
    assert (answer.status, answer.headers["location"]) == (301, "/ocop/?q=1")


def test_nginx_holds_several_sites(nginx: Server) -> None:
    for answer in (nginx.get("/kia/"), nginx.get("/", Host="top.example")):
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"] == TYPES[".html"]
        assert HEADERS.items() <= {name: answer.headers[name.lower()] for name in HEADERS}.items()
    moved = nginx.get(f"/{LONG}/", Host="top.example")
    assert (moved.status, moved.headers["location"]) == (301, "/moi/")
    assert nginx.get(f"/{LONG}/").status == 404


# --- A real Apache ---------------------------------------------------------------------------

MODULES = "authz_core dir mime alias headers rewrite autoindex negotiation filter deflate mpm_event"


@pytest.fixture(scope="module")
def apache(plain: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a real Apache, as shared hosts set it up, that serves the village below /ocop/."""
    folder = tmp_path_factory.mktemp("apache")
    dressed, port = plain.dressed("apache"), _free_port()
    publish(dressed.manifest, dressed.store, folder / "root" / "ocop")
    for id_ in LIKE_A_DIGEST:
        _write(folder / "root/ocop/mon" / id_, {"index.html": b"<p>", "index.json": b"{}"})
    modules = "".join(
        f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so\n"
        for each in MODULES.split()
    )
    (folder / "types").write_text("text/html html\napplication/gzip gz\n")
    (folder / "apache.conf").write_text(
        f"""{modules}
ServerName lang.example
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
User www-data
Group www-data
TypesConfig {folder}/types
AddType application/x-gzip .gz
AddOutputFilterByType DEFLATE text/html
DocumentRoot {folder}/root
<Directory {folder}/root>
  Options Indexes FollowSymLinks MultiViews
  AllowOverride All
</Directory>
"""
    )
    conf = str(folder / "apache.conf")
    with _serving([_program("apache2"), "-X", "-d", str(folder), "-f", conf], port, folder):
        yield Server(port, folder / "root")


def test_apache_says_everything_with_every_answer(apache: Server) -> None:
    for path in ("/ocop/", "/ocop/mon/banh-la-vi-du/", "/ocop/nothing/", OLD):
        told = apache.get(path).headers
        for name, value in HEADERS.items():
            assert told[name.lower()] == value, path


def test_apache_sends_old_addresses_on(apache: Server) -> None:
    for path in ("", "index.json", "qr.svg", "?utm_source=zalo"):
        answer = apache.get(OLD + path)
        assert answer.status == 301
        assert answer.headers["location"].endswith(f":{apache.port}{NEW}{path}")
    english = apache.get("/ocop/en/goods/banh-xua/")
    assert english.headers["location"].endswith("/ocop/en/goods/banh-la-vi-du/")


def test_apache_sends_what_was_pressed_to_those_who_can_open_it(
    apache: Server, plain: Made
) -> None:
    style = next(path for path in plain.manifest if path.startswith("css/site"))
    for path in (NEW, f"/ocop/{style}", "/ocop/search.vi.json"):
        whole = apache.get(path)
        small = apache.get(path, Accept_Encoding="gzip")
        smallest = apache.get(path, Accept_Encoding="gzip, br")

        assert "content-encoding" not in whole.headers
        assert small.headers["content-encoding"] == "gzip"
        assert smallest.headers["content-encoding"] == "br"
        assert gzip.decompress(small.body) == brotli.decompress(smallest.body) == whole.body
        for answer in (whole, small, smallest):
            assert answer.status == 200
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert answer.headers["content-type"] == TYPES[Path(path).suffix or ".html"]
            assert answer.headers["cache-control"] == whole.headers["cache-control"]


def test_apache_shows_the_page_for_what_is_not_there_in_its_language(
    apache: Server, plain: Made
) -> None:
    for path, page in (("khong-co/", "404.html"), ("en/nothing", "en/404.html")):
        answer = apache.get(f"/ocop/{path}")
        assert answer.status == 404
        assert answer.body == plain.store.get(plain.manifest[page])


def test_apache_lets_browsers_keep_what_never_changes_and_ask_for_the_rest(
    apache: Server, plain: Made
) -> None:
    lasting = [path for path in plain.manifest if is_lasting(path)]
    pages = [f"mon/{id_}/{file}" for id_ in LIKE_A_DIGEST for file in ("", "index.json")]

    for path in lasting[:: len(lasting) // 20]:
        assert apache.get(f"/ocop/{path}").headers["cache-control"] == KEPT, path
    for path in ("", "sw.js", "search.vi.json", "css/site.00000000.css", *pages):
        assert apache.get(f"/ocop/{path}").headers["cache-control"] == "no-cache", path
    asked = apache.get("/ocop/")
    again = apache.get("/ocop/", If_None_Match=asked.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_apache_tells_every_type_as_it_is(apache: Server, plain: Made) -> None:
    by_ending = {Path(path).suffix: path for path in plain.manifest}
    for ending, path in by_ending.items():
        answer = apache.get(f"/ocop/{path}")
        if answer.status == 200:
            assert answer.headers["content-type"] == TYPES.get(ending, TYPES[""]), path


def test_apache_lists_no_folder_and_shows_no_rules(apache: Server) -> None:
    answer = apache.get("/ocop/mon/banh-la-vi-du")

    assert answer.status == 301
    assert answer.headers["location"].endswith(NEW)
    assert apache.get("/ocop/css/").status == 403


def test_rules_of_an_operator_s_own_come_last(plain: Made) -> None:
    rules = b"Header set X-Robots-Tag noindex\n"
    key = digest_of_bytes(rules)
    plain.store.put(key, rules)
    given = replace(plain, manifest={**plain.manifest, ".htaccess": key})

    assert given.dressed("apache").text(".htaccess") == (
        plain.dressed("apache").text(".htaccess") + rules.decode()
    )
    assert given.dressed("plain").text(".htaccess") == rules.decode()

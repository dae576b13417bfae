"""What hosts read beside the site: where moved pages went, and what to say with every answer.

`_redirects` and `_headers` are those of Netlify, which Cloudflare Pages and, for redirects, GitLab
Pages took over; two files for nginx are to be included in its configuration.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from ocopgen.base.digest import digest
from ocopgen.pages.hosting import HEADERS, KEPT, LASTING, TYPES, is_lasting

REDIRECTS, HEADERS_FILE = "_redirects", "_headers"
NGINX = "_nginx"
"""The folder of what nginx includes; it is never served."""
_LICENCE = re.compile(r"/(?:OFL|LICEN[CS]E)[^/]*\.txt$", re.IGNORECASE)
BESIDE = r"|index\.json|qr\.svg"
"""What moves with a page, or nothing; a pattern."""


class Hosted(Struct, frozen=True):
    """What a host has to know of a site."""

    base: str
    """The path that every address begins with."""
    homes: tuple[str, ...]
    """Where each language begins, the first one first."""
    moved: Mapping[str, str]
    """New addresses by old ones; none leads to another old one."""
    origin: str
    """What stands before all of them: scheme and name of the host."""


def redirects(hosted: Hosted, status: str) -> bytes:
    """Return the rules that lead from old addresses to new ones, with *status* such as 301."""
    lines = (f"{old} {new} {status}\n" for old, new in hosted.moved.items())
    return "".join(lines).encode()


def headers(hosted: Hosted, files: Collection[str]) -> bytes:
    """Return what is said with every answer, and how long those of *files* last that never change.

    All else is asked for anew each time: so these hosts do by themselves.
    """
    said = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    kept = "".join(f"{hosted.base}{each}\n  Cache-Control: {KEPT}\n" for each in _lasting(files))
    return f"{hosted.base}*\n{said}{kept}".encode()


def _lasting(files: Collection[str]) -> Iterator[str]:
    """Yield a pattern for each folder at the top of which all *files* have lasting names.

    The licence of a typeface, beside it, changes as seldom.
    """
    inside: dict[str, bool] = {}
    for path in files:
        top, slash, _ = path.partition("/")
        if slash and not _LICENCE.search(path):
            inside[top] = inside.get(top, True) and is_lasting(path)
    yield from (f"{top}/*" for top, lasting in sorted(inside.items()) if lasting)


def nginx_files(hosted: Hosted) -> Iterator[tuple[str, bytes]]:
    """Yield what nginx includes: one file for `http`, one for `server`, one for Brotli.

    Several sites may stand in one nginx, each in a folder or in a server of its own.
    """
    kept = f"$ocopgen_kept_{digest(hosted.origin, hosted.base)[:8]}"
    yield f"{NGINX}/http.conf", "".join(_http(kept)).encode()
    yield f"{NGINX}/server.conf", "".join(_server(hosted, kept)).encode()
    brotli = "# To be included once, in server { }, where ngx_http_brotli_static_module is there.\n"
    yield f"{NGINX}/brotli.conf", f"{brotli}brotli_static on;\n".encode()


def _http(kept: str) -> Iterator[str]:
    yield "# To be included within http { }.\n"
    yield f'map $uri {kept} {{\n  default "no-cache";\n  "~{LASTING}" "{KEPT}";\n}}\n'


def _server(hosted: Hosted, kept: str) -> Iterator[str]:
    """Yield what is said of the site alone: beside it, the host may hold what is not ours."""
    base = hosted.base
    yield "# To be included within server { }, which names host, certificate and root; the site\n"
    yield f"# is the folder {base} below the root. Whoever owns the host decides on HSTS.\n"
    if base != "/":
        above, _, name = base.rstrip("/").rpartition("/")
        yield f"location = {above}/{name} {{\n  absolute_redirect off;\n"
        yield f"  return 301 {base}$is_args$args;\n}}\n"
        # There the next site is made ready.
        yield f"location ^~ {above}/.{name}.spare/ {{\n  return 404;\n}}\n"
    yield f"location {base} {{\ntypes {{\n"
    yield from _types(TYPES)
    yield "}\ndefault_type application/octet-stream;\n"
    yield f"charset utf-8;\ncharset_types {' '.join(_texts())};\n"
    yield "index index.html;\nabsolute_redirect off;\nserver_tokens off;\n"
    yield "gzip_static on;\ngzip_vary on;\n"
    # What stands in a location holds for those within it, too.
    for name, value in HEADERS.items():
        yield f'add_header {name} "{value}" always;\n'
    yield f"add_header Cache-Control {kept} always;\n"
    yield f"location ^~ {base}{NGINX}/ {{\n  return 404;\n}}\n"
    for old, new in hosted.moved.items():
        # With what lies beside the page, and with what a link says after "?".
        yield f'location ^~ {old} {{\n  rewrite "/({BESIDE})$" {new}$1 permanent;\n}}\n'
    # Each language has its own page for what does not exist; the longest home that fits counts.
    for home in hosted.homes:
        if home != base:
            yield f"location {home} {{\n{_missing(home)}}}\n"
    yield f"{_missing(base)}}}\n"


def _missing(home: str) -> str:
    return f"  error_page 404 {home}404.html;\n  try_files $uri $uri/ =404;\n"


def _types(types: Mapping[str, str]) -> Iterator[str]:
    named: dict[str, list[str]] = {}
    for ending, kind in types.items():
        if ending:
            named.setdefault(kind.partition(";")[0], []).append(ending.removeprefix("."))
    yield from (f"  {kind} {' '.join(endings)};\n" for kind, endings in named.items())


def _texts() -> Iterable[str]:
    """Return the types of which nginx shall say that they are in UTF-8."""
    told = (kind.partition(";")[0] for kind in TYPES.values() if kind.endswith("charset=utf-8"))
    return (kind for kind in dict.fromkeys(told) if kind != "text/html")

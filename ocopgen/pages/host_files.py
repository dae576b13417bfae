"""What hosts read beside the site: where moved pages went, and what to say with every answer.

`_redirects` and `_headers` are those of Netlify, which Cloudflare Pages and, for redirects, GitLab
Pages took over; two files for nginx are to be included in its configuration.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from ocopgen.pages.hosting import HEADERS, KEPT, LASTING, TYPES, is_lasting

REDIRECTS, HEADERS_FILE = "_redirects", "_headers"
NGINX = "_nginx"
"""The folder of what nginx includes; it is never served."""
_LICENCE = re.compile(r"/(?:OFL|LICEN[CS]E)[^/]*\.txt$", re.IGNORECASE)


class Hosted(Struct, frozen=True):
    """What a host has to know of a site."""

    base: str
    """The path that every address begins with."""
    homes: tuple[str, ...]
    """Where each language begins, the first one first."""
    moved: Mapping[str, str]
    """New addresses by old ones; none leads to another old one."""


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
    """Yield what nginx includes: one file for `http`, one for `server`, one for Brotli."""
    yield f"{NGINX}/http.conf", "".join(_http(hosted)).encode()
    yield f"{NGINX}/server.conf", "".join(_server(hosted)).encode()
    brotli = "# To be included within server { } where ngx_http_brotli_static_module is there.\n"
    yield f"{NGINX}/brotli.conf", f"{brotli}brotli_static on;\n".encode()


def _http(hosted: Hosted) -> Iterator[str]:
    yield "# To be included within http { }.\n"
    yield "map_hash_bucket_size 512;\nmap_hash_max_size 65536;\n"
    yield 'map $uri $ocopgen_moved {\n  default "";\n'
    yield from (f'  "{old}" "{new}";\n' for old, new in hosted.moved.items())
    yield '}\nmap $uri $ocopgen_kept {\n  default "no-cache";\n'
    yield f'  "~{LASTING}" "{KEPT}";\n}}\n'


def _server(hosted: Hosted) -> Iterator[str]:
    base = hosted.base
    yield "# To be included within server { }, which names host, certificate and root; the site\n"
    yield f"# is the folder {base} below the root. Whoever owns the host decides on HSTS.\n"
    yield "types {\n"
    yield from _types(TYPES)
    yield "}\ndefault_type application/octet-stream;\n"
    yield "charset utf-8;\n"
    yield f"charset_types text/html {' '.join(_texts())};\n"
    yield "index index.html;\nabsolute_redirect off;\nserver_tokens off;\n"
    yield "gzip_static on;\ngzip_vary on;\n"
    for name, value in HEADERS.items():
        yield f'add_header {name} "{value}" always;\n'
    yield "add_header Cache-Control $ocopgen_kept always;\n"
    yield f"location ^~ {base}{NGINX}/ {{\n  return 404;\n}}\n"
    # Each language has its own page for what does not exist; the longest home that fits counts.
    for home in hosted.homes:
        yield f"location {home} {{\n"
        yield "  if ($ocopgen_moved) {\n    return 301 $ocopgen_moved;\n  }\n"
        yield f"  error_page 404 {home}404.html;\n  try_files $uri $uri/ =404;\n}}\n"


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

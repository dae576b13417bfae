"""What Apache reads in the site's own folder, where hosts let many sites speak for themselves."""

from collections.abc import Iterator

from ocopgen.pages.host_files import BESIDE, Hosted
from ocopgen.pages.hosting import HEADERS, KEPT, LASTING, TYPES

HTACCESS = ".htaccess"
_UTF_8 = "; charset=utf-8"
_PRESSED = (("br", "br"), ("gzip", "gz"))
"""How files are pressed, as browsers say it, and what their names end in; the smallest first."""


def apache_file(hosted: Hosted) -> tuple[str, bytes]:
    """Return where Apache 2.4 looks for what it shall do in the folder of the site, and that."""
    lines = (*_always(hosted), *_types(), *_headers(), *_rewritten(hosted))
    return HTACCESS, "".join(f"{line}\n" for line in lines).encode()


def _always(hosted: Hosted) -> Iterator[str]:
    yield "# For Apache 2.4 with AllowOverride All. Whoever owns the host decides on HSTS."
    yield "Options -Indexes -MultiViews"
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {hosted.base}404.html"
    for home in hosted.homes[1:]:
        yield f"<If \"%{{REQUEST_URI}} -strmatch '{home}*'\">"
        yield f"  ErrorDocument 404 {home}404.html"
        yield "</If>"


def _types() -> Iterator[str]:
    yield "<IfModule mod_mime.c>"
    for ending, kind in TYPES.items():
        if ending:
            yield f"  AddType {kind.removesuffix(_UTF_8)} {ending}"
    yield f"  AddType {TYPES['']} .pf_fragment .pf_index .pf_meta"
    yield f"  AddCharset utf-8 {' '.join(e for e, kind in TYPES.items() if kind.endswith(_UTF_8))}"
    # What a host says of archives would stand above what is pressed in them.
    yield "  RemoveType .br .gz"
    yield from (f"  AddEncoding {how} .{ending}" for how, ending in _PRESSED)
    yield "</IfModule>"


def _headers() -> Iterator[str]:
    lasting = LASTING.replace("$", r"(?:\.(?:br|gz))?$")
    yield "<IfModule mod_headers.c>"
    for name, value in HEADERS.items():
        yield f'  Header always set {name} "{value}"'
    yield '  Header always set Cache-Control "no-cache"'
    yield f'  Header always set Cache-Control "{KEPT}" "expr=%{{REQUEST_URI}} =~ m#{lasting}#"'
    yield "  Header always merge Vary Accept-Encoding"
    yield "</IfModule>"


def _rewritten(hosted: Hosted) -> Iterator[str]:
    """Yield where old addresses lead, and when a file that lies pressed beside another is sent."""
    yield "<IfModule mod_rewrite.c>"
    yield "  RewriteEngine On"
    for old, new in hosted.moved.items():
        yield f"  RewriteRule ^{old.removeprefix(hosted.base)}({BESIDE})$ {new}$1 [R=301,L]"
    for how, ending in _PRESSED:
        yield rf"  RewriteCond %{{HTTP:Accept-Encoding}} \b{how}\b"
        yield f"  RewriteCond %{{REQUEST_FILENAME}}.{ending} -f"
        yield f"  RewriteRule ^(.+)$ {hosted.base}$1.{ending} [L]"
    yield "</IfModule>"

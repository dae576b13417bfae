"""Say how a careful host sends the files of a site: with which policy, type and time to live."""

import posixpath
import re
from collections.abc import Mapping

PAGE_POLICY = (
    "default-src 'none'; "
    "script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self'"
)
"""What every page asks of a browser by itself, wherever it is hosted."""
HEADERS: Mapping[str, str] = {
    # What the host adds to the policy can be said by a host only.
    "Content-Security-Policy": f"{PAGE_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What a host says with every answer."""
KEPT = "public, max-age=31536000, immutable"
"""How long a browser keeps what never changes under its name."""
TYPES: Mapping[str, str] = {
    "": "application/octet-stream",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pagefind": "application/wasm",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
"""What a file is, by the ending of its name."""
PRESSED = frozenset(
    {".css", ".csv", ".geojson", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"}
    | {".webmanifest"}
)
"""Endings of files that a host sends compressed; pictures, fonts and the search index are so."""
LASTING = (
    r"\.[0-9a-f]{8}\.\w+$"
    r"|/[0-9a-f]{12}(?:/\d+)?\.(?:jpg|webp)$"
    r"|search/[\w-]+-[0-9a-f]{8}/.*(?:pagefind|\.pf_)"
)
"""What a path has in it whose name changes with its content; a pattern for nginx, too.

Assets, photos with cards for social networks, and Pagefind's files. No page is among them, nor what
lies beside one, however much its id looks like a digest: ids have no dots.
"""
_NAMED_BY_CONTENT = re.compile(LASTING)


def type_of(path: str) -> str:
    """Return what the file at *path* is, as a browser wants to be told."""
    return TYPES.get(posixpath.splitext(path)[1], TYPES[""])


def is_lasting(path: str) -> bool:
    """Tell whether what lies at *path* has a name that changes with it."""
    return _NAMED_BY_CONTENT.search(path) is not None

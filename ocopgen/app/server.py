"""Show the last good site, and the problems of the last attempt."""

import json
import mimetypes
import posixpath
import sys
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Condition
from typing import Any
from urllib.parse import unquote, urlsplit

from ocopgen.base.digest import Digest
from ocopgen.base.problems import WrongUse
from ocopgen.base.store import Store

_EVENTS = "/__ocopgen/events"
_SCRIPT = "/__ocopgen/reload.js"
_RELOAD = """\
const events = new EventSource("%(events)s");
const shown = new URL(import.meta.url).search.slice(1); // the version of this page
let last = null;
// The worker of a finished site that stood here asks nobody before it is told to.
navigator.serviceWorker?.getRegistration().then((worker) => worker?.update());
events.onmessage = ({ data }) => {
  if (data === last) return; // a sign of life; whoever has shut the box is left in peace
  last = data;
  const told = JSON.parse(data);
  if (String(told.version) !== shown) location.reload();
  document.getElementById("ocopgen-faults")?.remove();
  if (told.faults) show(told.faults);
};

function show(faults) {
  const box = document.createElement("dialog");
  box.id = "ocopgen-faults";
  box.lang = "%(language)s";
  // The pages allow no style but the site's own and what a script sets.
  box.style.cssText = "margin: auto; padding: 1rem; border: 3px solid #b3261e;" +
    "width: fit-content; max-width: min(64rem, 100vw - 2rem); max-height: calc(100vh - 2rem);" +
    "box-sizing: border-box; overflow: auto; background: Canvas; color: CanvasText";
  const text = document.createElement("pre");
  text.textContent = faults;
  text.style.cssText = "margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere;" +
    "font: 0.9375rem/1.5 ui-monospace, Consolas, monospace";
  const shut = document.createElement("button");
  shut.textContent = "%(shut)s";
  shut.style.cssText = "position: sticky; bottom: 0; padding: 0.5rem 1rem; font: inherit";
  shut.addEventListener("click", () => box.close());
  box.append(text, shut);
  document.body.append(box);
  box.showModal();
}
"""
_WORKER = "sw.js"
_NO_WORKER = """\
// Here nothing is kept: whoever edits shall see what was just saved.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([caches.delete(registration.scope), registration.unregister()]));
});
"""
"""What stands in the place of the worker, and sends away the one of a finished site."""
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".ics": "text/calendar",
    ".csv": "text/csv",
    ".webmanifest": "application/manifest+json",
}
_PING_SECONDS = 15


class Preview:
    """The last good site and the faults of the last attempt, shown to every open page."""

    def __init__(self, store: Store, base: str) -> None:
        """Show what *store* holds under the path *base*."""
        self.store = store
        self.base = base
        self.manifest: Mapping[str, Digest] = {}
        self.language = "vi"
        """Of the faults."""
        self.shut = "\u00d7"
        """What stands on the button that shuts the box of faults."""
        self.faults = ""
        self.version = 0
        self.lacking = False
        """Whether something was asked for that the store should hold and does not."""
        self._changed = Condition()

    def show(self, manifest: Mapping[str, Digest]) -> None:
        """Show the site of *manifest* from now on."""
        with self._changed:
            self.manifest, self.faults = manifest, ""
            self.version += 1
            self._changed.notify_all()

    def complain(self, faults: str) -> None:
        """Show *faults* over the last good site."""
        with self._changed:
            self.faults = faults
            self._changed.notify_all()

    def told(self) -> str:
        """Return what open pages are told of the state of things."""
        return json.dumps({"version": self.version, "faults": self.faults})

    def script(self) -> bytes:
        """Return what open pages run to hear of the state of things."""
        words = {"events": _EVENTS, "language": self.language, "shut": self.shut}
        return (_RELOAD % words).encode()

    def wait(self, known: str) -> str:
        """Return the state of things as soon as it is not *known*, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.told() != known, timeout=_PING_SECONDS)
            return self.told()

    def find(self, path: str) -> tuple[str, bytes] | None:
        """Return the file that the address *path* means, with its name, or None."""
        inside = posixpath.normpath(unquote(path))
        if not (inside + "/").startswith(self.base):
            return None
        name = inside[len(self.base) :].strip("/")
        for candidate in (name, f"{name}/index.html".lstrip("/")):
            if candidate in self.manifest:
                content = self.store.get(self.manifest[candidate])
                self.lacking = self.lacking or content is None
                return None if content is None else (candidate, content)
        return None


def server(preview: Preview, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server of *preview* that listens on *host* and *port*, or the next free port.

    Raises WrongUse when *host* is no address of this machine.
    """

    class Handler(_Handler):
        shown = preview
        own_name = host

    for candidate in range(port, port + 20):
        try:
            return _Server((host, candidate), Handler)
        except OSError:
            continue
    try:
        return _Server((host, 0), Handler)
    except OSError as error:
        raise WrongUse("use.host", host=host) from error


class _Server(ThreadingHTTPServer):
    # Elsewhere a port is free again at once; Windows would give it to two servers.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - not ours
        """Keep quiet about a browser that went away, as it does whenever a page is reloaded."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _with_script(content: bytes, version: int) -> bytes:
    """Return the page *content*, of that *version*, with the script that reloads it."""
    tag = f'<script src="{_SCRIPT}?{version}" type="module"></script>'.encode()
    before, end, after = content.rpartition(b"</body>")
    return before + tag + end + after if end else content + tag


def _alone(faults: str) -> bytes:
    """Return a page that shows *faults* where there is no site yet to show them over."""
    return f"<!doctype html><title>ocopgen</title><body><pre>{escape(faults)}</pre></body>".encode()


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    own_name: str
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the preview's own script and events."""
        path = self.path.partition("?")[0]
        if not self._own_host():
            self._send(403, "text/plain", b"")
        elif path == _EVENTS:
            self._stream()
        elif path == _SCRIPT:
            self._send(200, "text/javascript", self.shown.script())
        elif path == self.shown.base + _WORKER:
            self._send(200, "text/javascript", _NO_WORKER.encode())
        elif path == "/" != self.shown.base:
            self.send_response(302)
            self.send_header("Location", self.shown.base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send_file(path)

    def _own_host(self) -> bool:
        """Tell whether the request names this machine, not a foreign site's trap.

        A trap is a name that leads here; whoever writes a number knows where it leads.
        """
        try:
            host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
            return host in {"localhost", self.own_name.lower()} or bool(ip_address(host))
        except ValueError:
            return False

    def _send_file(self, path: str) -> None:
        version = self.shown.version
        found = self.shown.find(path)
        if found is None:
            missing = self.shown.find(self.shown.base + "404.html")
            content = missing[1] if missing else _alone(self.shown.faults)
            self._send(404, "text/html; charset=utf-8", _with_script(content, version))
            return
        name, content = found
        ending = posixpath.splitext(name)[1]
        if ending == ".html":
            self._send(200, "text/html; charset=utf-8", _with_script(content, version))
            return
        kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._send(200, kind, content)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        told = ""
        try:
            while True:
                told = self.shown.wait(told)
                self.wfile.write(f"data: {told}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, *_args: object) -> None:
        """Keep quiet: what matters is told by the command."""

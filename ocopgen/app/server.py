"""Show the last good site, and the problems of the last attempt."""

import json
import mimetypes
import posixpath
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition
from urllib.parse import unquote, urlsplit

from ocopgen.base.digest import Digest
from ocopgen.base.store import Store

_EVENTS = "/__ocopgen/events"
_SCRIPT = "/__ocopgen/reload.js"
_RELOAD = b"""\
const events = new EventSource("%s");
let seen = null;
events.onmessage = ({ data }) => {
  const told = JSON.parse(data);
  if (seen !== null && told.version !== seen && !told.faults) location.reload();
  if (!told.faults) seen = told.version;
  let box = document.getElementById("ocopgen-faults");
  if (box) box.remove();
  if (!told.faults) return;
  box = document.createElement("dialog");
  box.id = "ocopgen-faults";
  const text = document.createElement("pre");
  text.textContent = told.faults;
  const shut = document.createElement("button");
  shut.textContent = "\\u00d7";
  shut.addEventListener("click", () => box.close());
  box.append(shut, text);
  document.body.append(box);
  box.showModal();
};
""" % _EVENTS.encode()
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
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
        self.faults = ""
        self.version = 0
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
                return None if content is None else (candidate, content)
        return None


def server(preview: Preview, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server of *preview* that listens on *host* and *port*, or the next free port."""

    class Handler(_Handler):
        shown = preview
        own_name = host

    for candidate in range(port, port + 20):
        try:
            return ThreadingHTTPServer((host, candidate), Handler)
        except OSError:
            continue
    return ThreadingHTTPServer((host, 0), Handler)


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    own_name: str
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the preview's own script and events."""
        path = urlsplit(self.path).path
        if path == _EVENTS:
            self._stream()
        elif path == _SCRIPT:
            self._send(200, "text/javascript", _RELOAD)
        elif path == "/" != self.shown.base:
            self.send_response(302)
            self.send_header("Location", self.shown.base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif not self._own_host():
            self._send(403, "text/plain", b"")
        else:
            self._send_file(path)

    def _own_host(self) -> bool:
        """Tell whether the request names this machine, not a foreign site's trap."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        return host in {"127.0.0.1", "localhost", "[::1]", self.own_name}

    def _send_file(self, path: str) -> None:
        found = self.shown.find(path)
        if found is None:
            missing = self.shown.find(self.shown.base + "404.html")
            content = missing[1] if missing else escape(self.shown.faults).encode()
            self._send(404, "text/html; charset=utf-8", self._with_script(content))
            return
        name, content = found
        ending = posixpath.splitext(name)[1]
        if ending == ".html":
            self._send(200, "text/html; charset=utf-8", self._with_script(content))
            return
        kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._send(200, kind, content)

    def _with_script(self, content: bytes) -> bytes:
        tag = f'<script src="{_SCRIPT}" type="module"></script>'.encode()
        before, end, after = content.rpartition(b"</body>")
        return before + tag + end + after if end else content + tag

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

"""Serve a finished site on the loopback, as strictly as a careful host would."""

import gzip
import io
import os
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, Self

from ocopgen.pages.hosting import HEADERS, KEPT, PRESSED, is_lasting, type_of

ASKED_AGAIN = "no-cache"


class SiteServer:
    """One folder at one path of an address of its own, until the block ends."""

    def __init__(self, folder: Path, path: str = "/", port: int = 0) -> None:
        self.answers: Callable[[str], bool] = lambda _path: True
        """Asked before each answer, and may take its time; the connection breaks off at a no."""
        handler = partial(_Handler, directory=str(folder), path=path, asks=self._asked)
        self._server = _Server(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}{path}"

    def _asked(self, path: str) -> bool:
        return self.answers(path)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that went on before its answer came."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            traceback.print_exc()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self, *args: object, directory: str, path: str, asks: Callable[[str], bool]
    ) -> None:
        self._prefix = path
        self._asks = asks
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the type that a careful host sends."""
        return type_of(str(path))

    def translate_path(self, path: str) -> str:
        """Return the file at *path*, or a name that no site holds when it lies outside."""
        if not path.startswith(self._prefix):
            return f"{self.directory}/outside-of-the-site"
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the head of a text that is pressed, as hosts do, and of all else as it lies."""
        found = self.translate_path(self.path)
        path = Path(f"{found}index.html" if found.endswith("/") else found)
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not takes or path.suffix not in PRESSED or not path.is_file():
            return super().send_head()
        content = _pressed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", type_of(path.name))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def do_GET(self) -> None:
        """Answer, unless the test has the connection broken off."""
        if self._asks(self.path):
            super().do_GET()
        else:
            self.close_connection = True

    def end_headers(self) -> None:
        """Send with every answer the strict policy, and how long it holds."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", KEPT if is_lasting(self.path) else ASKED_AGAIN)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not there with the site's own 404 page."""
        page = f"{self.directory}/404.html"
        try:
            with open(page, "rb") as file:  # noqa: PTH123 - the handler's folder is text
                content = file.read()
        except OSError:
            super().send_error(code, message, explain)
            return
        self.path = f"{self._prefix}404.html"
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests tell what matters."""


@cache
def _pressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes())

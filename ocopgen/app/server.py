"""Answer browsers as a careful host would, with what a preview shows."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ocopgen.app.shown import EVENTS, SCRIPT, STYLE, Preview
from ocopgen.base.problems import WrongUse
from ocopgen.pages.hosting import HEADERS, KEPT, is_lasting, type_of

_PORTS = 20
"""How many ports from the one asked for are tried before any is taken."""


@contextmanager
def serving(preview: Preview, host: str, port: int) -> Iterator[int]:
    """Serve *preview* on *host* and *port*, or the next free one, which is yielded, for a while.

    Raises WrongUse when *host* is no address of this machine.
    """
    listening = _listening(host, port)
    server = uvicorn.Server(
        uvicorn.Config(
            _application(preview, host),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.002)
    try:
        yield int(listening.getsockname()[1])
    finally:
        preview.close()
        server.should_exit = True
        thread.join()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ports = range(port, min(port + _PORTS, 65536)) if port else ()
    for candidate in (*ports, 0):
        try:
            listening = socket.create_server((host, candidate), family=family)
        except OSError as error:
            refused = error
        else:
            # A body that waits until its headers are acknowledged comes 40 ms late.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return listening
    raise WrongUse("use.host", host=host) from refused


def _application(preview: Preview, host: str) -> Starlette:
    """Return what answers: the preview's own script, style and events, and all else of the site."""

    async def own(request: Request) -> Response:
        file = Path(__file__).parent / request.url.path.rpartition("/")[2]
        return Response(file.read_bytes(), headers=_never_kept(file.name))

    async def events(request: Request) -> Response:
        states = preview.states(request.query_params.get("path", "/"))
        told = (f"data: {state}\n\n" async for state in states)
        kept = {"Cache-Control": "no-store"}
        return StreamingResponse(told, media_type="text/event-stream", headers=kept)

    async def file(request: Request) -> Response:
        return _answer(preview, str(request.scope["path"]))

    routes = [
        Route(SCRIPT, own),
        Route(STYLE, own),
        Route(EVENTS, events),
        Route("/{_:path}", file),
    ]
    return Starlette(routes=routes, middleware=[Middleware(_Door, own_name=host.lower())])


def _answer(preview: Preview, path: str) -> Response:
    """Return what stands at *path*."""
    if path == "/" != preview.base:
        return RedirectResponse(preview.base, status_code=302)
    found = preview.find(path)
    if found and not found[0].endswith(".html"):
        name, content = found
        headers = _never_kept(name)
        if is_lasting(name):
            headers["Cache-Control"] = KEPT
        return Response(content, headers=headers)
    there, page = preview.page(path)
    status = 200 if there else 404
    return Response(preview.with_script(page), status, headers=_never_kept("page.html"))


def _never_kept(name: str) -> dict[str, str]:
    return {"Content-Type": type_of(name), "Cache-Control": "no-store"}


class _Door:
    """Lets in who names this machine, and says with every answer what a host should say."""

    def __init__(self, app: ASGIApp, own_name: str) -> None:
        self._app = app
        self._own_name = own_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app if self._is_meant(Headers(scope=scope).get("host", "")) else _REFUSAL
        await app(scope, receive, send_strictly)

    def _is_meant(self, named: str) -> bool:
        """Tell whether a request names this machine, not a foreign site's trap.

        A trap is a name that leads here; whoever writes a number knows where it leads.
        """
        try:
            host = urlsplit(f"//{named}").hostname or ""
            return host in {"localhost", self._own_name} or bool(ip_address(host))
        except ValueError:
            return False


_REFUSAL = Response(b"", 403, media_type="text/plain")

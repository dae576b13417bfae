"""Build, serve, and build again whenever a file is saved."""

import gc
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from ocopgen.app.desk import Desk
from ocopgen.app.server import serving
from ocopgen.app.terminal import Terminal
from ocopgen.app.watch import UNSURE, Watch
from ocopgen.build.trace import inputs_of
from ocopgen.pages.theme import theme_for


class Order(Struct, frozen=True):
    """What a preview is asked for."""

    root: Path
    today: str | None
    """As it was written; None: whatever day it is by then."""
    host: str
    port: int
    open_browser: bool = False
    poll: bool = False
    """Whether to look for changes where the system does not tell of them."""


def serve(order: Order, terminal: Terminal) -> None:
    """Serve the catalogue that *order* names until the person stops it."""
    layers = theme_for(order.root).layers
    first = inputs_of(layers).all
    terminal.hint("first")
    desk = Desk(order.root, order.today, terminal)
    desk.begin()
    with serving(desk.preview, order.host, order.port) as port:
        host = f"[{order.host}]" if ":" in order.host else order.host
        url = f"http://{host}:{port}{desk.preview.base}"
        terminal.say("serving", url=url)
        if order.open_browser:
            webbrowser.open(url)
        _freeze()
        _follow(order, desk, first)
    terminal.say("stopped")


def _freeze() -> None:
    """Spare the collector what stays for good: what was imported, and the first site.

    It then works only while nobody waits for a page.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    # A page that is asked for while the site is made waits for a millisecond, not for five.
    sys.setswitchinterval(0.001)


def _follow(order: Order, desk: Desk, first: str | None) -> None:
    """Make the site again whenever a file is saved, until the person stops it.

    *first* names the state of the files before the watching began.
    """
    layers = theme_for(order.root).layers
    desk.rest()
    watch = Watch(order.root, layers, poll=order.poll)
    desk.is_newer = watch.is_newer
    with suppress(KeyboardInterrupt):
        while True:
            files = watch.next()
            missed = files == UNSURE and (first is None or inputs_of(layers).all != first)
            if files or missed or desk.undone:
                desk.again(files or ())
            elif desk.preview.lacking:
                desk.restock()
            else:
                desk.rest()
    watch.end()
    desk.end()

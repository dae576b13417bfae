"""What a browser keeps for places without a network: the worker's list, and the web app."""

from collections.abc import Iterable, Iterator

import orjson

from ocopgen.base.problems import Spot
from ocopgen.pages.assets import Assets
from ocopgen.pages.routes import Routes
from ocopgen.pages.views import File, Press

WORKER = "sw.js"
"""Where the worker lies in the site: browsers ask for it by this name for ever."""
PAPER = "#fcfcf9"
"""The ground of a page, and of the screen while the app opens."""

_SITE = Spot("content/site.yaml")
_ICONS = (
    ("icons/app-192.png", "192x192", "any"),
    ("icons/app-512.png", "512x512", "any"),
    ("icons/app-maskable-512.png", "512x512", "maskable"),
)


def worker_file(assets: Assets, routes: Iterable[Routes]) -> File:
    """Return the worker: its script below the list of what each language begins with.

    It names no file that changes with the content, so that an edit leaves it as it is.
    """
    # The home of one language lies below that of another: the longest fits first.
    shells = [_shell(each) for each in sorted(routes, key=lambda each: -len(each.home))]
    content = b"const SHELLS=%b;%b" % (orjson.dumps(shells), assets.contents[WORKER])
    return File(WORKER, content, _SITE)


def _shell(routes: Routes) -> list[str]:
    pages = (routes.home, routes.offline, routes.shortlist, routes.search)
    addresses = (*pages, f"{routes.base}{routes.pointer}")
    return [address.removeprefix(routes.base) for address in addresses]


def manifest_file(press: Press) -> Iterator[File]:
    """Yield what a browser must know to put the edition beside a person's other apps."""
    base, paths = press.routes.base, press.desk.assets.paths
    manifest = {
        "id": press.routes.home,
        "name": press.site.title,
        "lang": press.site.language,
        "start_url": press.routes.home,
        "scope": base,
        # There are no buttons of our own to go back, or to see where one is.
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": f"{base}{paths[name]}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
            if name in paths
        ],
    }
    yield File(press.routes.manifest, orjson.dumps(manifest), _SITE)

"""Sites that follow one another, and how a test publishes them."""

from pathlib import Path

from ocopgen.base.digest import Digest, digest
from ocopgen.base.store import Store
from ocopgen.build.publish import Published, publish

Pages = dict[str, bytes]


def generation(number: int) -> Pages:
    """Return a site of which some pages come, go, change and stay; no two are the same."""
    kind = number % 6
    pages = {"generation": b"%d" % number, "index.html": b"home %d" % kind}
    for page in range(40):
        if (page + kind) % 3:
            pages[f"san-pham/{page}/index.html"] = b"%d of %d" % (page, kind * (page % 2))
        if (page + kind) % 5 == 0:
            pages[f"anh/{page}"] = bytes(200 * page)
        elif page % 5:
            pages[f"anh/{page}/400.webp"] = bytes(page)
    return pages


def stored(store: Store, pages: Pages) -> dict[str, Digest]:
    """Return the manifest of *pages*, all of which *store* then holds."""
    manifest = {path: digest("test", path, content.decode()) for path, content in pages.items()}
    for path, key in manifest.items():
        if key not in store:
            store.put(key, pages[path])
    return manifest


def put(store: Store, site: Path, pages: Pages) -> Published:
    """Publish *pages* as *site*."""
    return publish(stored(store, pages), store, site)

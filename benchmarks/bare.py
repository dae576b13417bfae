"""Build of a catalogue what other generators build too: home, products, lists and sitemaps.

    python -m benchmarks.bare CATALOGUE

All else that ocopgen makes (producers, maps, records, codes, posters, feeds, search, open data) and
the look at all links at the end are left out here, and timed by themselves by benchmarks/curves.py.
"""

# ruff: noqa: E402
import gc

gc.disable()  # as ocopgen's own command does before it imports anything

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ocopgen.app import run
from ocopgen.app.leaving import leave
from ocopgen.app.terminal import Terminal
from ocopgen.base.digest import Digest, digest

if TYPE_CHECKING:
    from ocopgen.build.site import Built, Making
    from ocopgen.pages.views import Batch, Page, Press

DAY = date(2026, 11, 28)
COMPARED = ("pages/home.html", "pages/list.html", "pages/product.html")


def _batches(press: "Press") -> "Iterator[Batch]":
    from ocopgen.pages.views import batches

    for batch in batches(press):
        if batch.scene:
            # What else ocopgen makes must not be taken for known after such a build.
            scene = partial(_bare, batch.scene)
            yield replace(batch, pages=partial(_compared, batch), scene=scene)


def _bare(scene: "Callable[[], Digest]") -> "Digest":
    return digest("bare", scene())


def _compared(batch: "Batch") -> "Iterator[Page]":
    return (page for page in batch.pages() if page.template in COMPARED)


def _nothing(*_anything: object) -> tuple[()]:
    return ()


def _made(order: run.Order, _before: Mapping[str, str] | None, making: "Making") -> "Built":
    """Build nothing but what is compared."""
    from ocopgen.build import ahead, execute, site
    from ocopgen.pages.views.desk import RecordPage

    RecordPage.code = ""  # type: ignore[method-assign,assignment]
    ahead.batches = _batches  # type: ignore[attr-defined]
    ahead.feed_batches = site.posters_of = site._feeds = _nothing  # type: ignore[attr-defined]  # noqa: SLF001
    ahead.keep_links = execute.keep_links = _nothing  # type: ignore[attr-defined]
    # As `completed` does: what search and the open data would be made from is let go of.
    return replace(site.make_pages(order.root, order.day, making), prepared=None)


if __name__ == "__main__":
    run._made = _made  # noqa: SLF001
    root = Path(sys.argv[1]).resolve()
    run.build(run.Order(root, DAY, root / "site"), Terminal("en"))
    leave()  # as ocopgen's own command does

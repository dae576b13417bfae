"""Build of a catalogue what other generators build too: home, products, lists and sitemaps.

    python -m benchmarks.bare CATALOGUE

All else that ocopgen makes (producers, maps, records, codes, posters, search, open data) and the
look at all links at the end are left out here, and timed on their own by benchmarks/curves.py.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ocopgen.app import run
from ocopgen.app.terminal import Terminal
from ocopgen.build import ahead, execute, site
from ocopgen.pages.views import Page, Press, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocopgen.build.site import Built, Making

DAY = date(2026, 11, 28)
COMPARED = ("pages/home.html", "pages/list.html", "pages/product.html")


def _pages(press: Press) -> Iterator[Page]:
    for page in pages(press):
        if page.template in COMPARED:
            object.__setattr__(page, "code", "")
            yield page


def _nothing(*_anything: object) -> tuple[()]:
    return ()


def _made(order: run.Order, _before: "Mapping[str, str] | None", making: "Making") -> "Built":
    return site.make_pages(order.root, order.day, making)


def leave_out() -> None:
    """Let a build make nothing but what is compared."""
    ahead.pages = _pages  # type: ignore[attr-defined]
    ahead.feed_pages = site.posters_of = _nothing  # type: ignore[attr-defined]
    ahead.keep_links = execute.keep_links = _nothing  # type: ignore[attr-defined]
    run._made = _made  # noqa: SLF001 - what a build is made of, less the rest


if __name__ == "__main__":
    leave_out()
    root = Path(sys.argv[1]).resolve()
    run.build(run.Order(root, DAY, root / "site"), Terminal("en"))

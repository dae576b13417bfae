"""How a page stands on its screen."""

from playwright.sync_api import Page


def overhang(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def widest(page: Page) -> str:
    """Return what sticks out farthest, for the person who mends it."""
    return str(
        page.evaluate(
            """() => {
              const right = (each) => each.getBoundingClientRect().right;
              const all = [...document.querySelectorAll("body *")];
              const widest = all.reduce((one, other) => (right(other) > right(one) ? other : one));
              return widest.outerHTML.slice(0, 200);
            }"""
        )
    )

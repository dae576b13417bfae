"""How a page stands on its screen."""

from playwright.sync_api import Locator, Page


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


def gap(above: Locator, below: Locator) -> float:
    """Return how many pixels lie between the end of *above* and the start of *below*."""
    bottom = above.evaluate("(each) => each.getBoundingClientRect().bottom")
    top = below.evaluate("(each) => each.getBoundingClientRect().top")
    return float(top - bottom)

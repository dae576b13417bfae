"""Scripts that travel with short names do what they did with their own."""

import pytest
from playwright.sync_api import Page

from ocopgen.pages.scripts import smaller
from tests.casefile import cases

EXPORTED = """async (script) => {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: told, ...rest } = await import(address);
  return [told, Object.keys(rest)];
}"""


@pytest.fixture
def page(look: Page) -> Page:
    """Return the page that tests share."""
    return look


@pytest.mark.parametrize(("written", "told"), cases("scripts.md")[:-1])
def test_a_module_says_the_same_under_short_names(page: Page, written: str, told: str) -> None:
    short = smaller(written, names=True)
    # No policy of a page shall stand in the way.
    page.goto("about:blank")

    assert short == told.rstrip("\n")
    assert page.evaluate(EXPORTED, short) == page.evaluate(EXPORTED, written)

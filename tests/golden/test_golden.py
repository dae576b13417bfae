"""The village's finished pages are byte for byte those beside this file.

What an edit of the program or a template does to pages shows here as a difference to be read:
pytest --rewrite-golden writes the pages anew, and nothing else does.
"""

import difflib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.copies import Copy

GOLDEN = Path(__file__).parent / "pages"
PAGES = sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.html"))
ASSET = re.compile(r"\.[0-9a-f]{8}\.(?=(?:css|js|png|svg|woff2)\b)")
"""The digest in an asset's name, which says nothing of the page."""
MOST_LINES = 60


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, rewrite_golden: bool) -> Mapping[str, str]:  # noqa: FBT001
    """Return the village's pages by path, and write them beside this file if that was asked."""
    site = Copy(tmp_path_factory.mktemp("golden")).pages()
    made = {
        path: ASSET.sub(".digest.", site.content(path).decode())
        for path in site.keys
        if path.endswith(".html")
    }
    if rewrite_golden:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in made.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text, "utf-8", newline="\n")
    return made


def test_there_are_these_pages_and_no_others(pages: Mapping[str, str]) -> None:
    found = sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.html"))

    assert sorted(pages) == found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_it_was_last_read(pages: Mapping[str, str], path: str) -> None:
    if path not in pages:
        pytest.fail(f"{path} is no longer made")
    kept = (GOLDEN / path).read_text("utf-8")
    if kept != pages[path]:
        pytest.fail(_difference(path, kept, pages[path]))


def _difference(path: str, kept: str, made: str) -> str:
    rows = list(
        difflib.unified_diff(
            kept.splitlines(), made.splitlines(), f"golden/{path}", "made now", lineterm="", n=1
        )
    )
    left = len(rows) - MOST_LINES
    more = [f"… and {left} more lines"] if left > 0 else []
    return "\n".join(["not as it was last read", *rows[:MOST_LINES], *more])

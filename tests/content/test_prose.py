"""Markdown becomes safe HTML, and what was made safe is told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import decode, encode

from ocopgen.base.problems import Problems
from ocopgen.content.markdown import read_prose
from ocopgen.content.prose import Prose
from tests.casefile import cases

DISGUISES = st.lists(
    st.sampled_from(
        [
            "[a](",
            "<",
            ">",
            ")",
            "javascript:",
            "java\tscript:",
            "&#106;",
            "&Tab;",
            "data:",
            "\n",
            " ",
            "![",
            "](",
            "alert(1)",
            "[a]: ",
            "[a]",
            "<script>",
            "onload=x",
            "\\",
            "`",
            "**",
            "- ",
            "# ",
        ]
    )
).map("".join)


def html(written: str) -> str:
    """Return the HTML of *written*, with signs for the pictures that stand alone."""
    prose = read_prose("x.md", written, 1, 3, Problems())
    return "".join(
        f"PICTURE {block.photo} ({block.alt})\n" if block.photo else block.html
        for block in prose.blocks
    )


@pytest.mark.parametrize(("written", "told"), cases("prose.md"))
def test_markdown(written: str, told: str) -> None:
    assert html(written) == told


def test_plain_words_and_links_are_kept_for_search_and_audit() -> None:
    prose = read_prose("x.md", "# Rừng\n\nOng [bay](/san-pham/x/)\n`xa`.", 5, 2, Problems())

    assert prose.plain == "Rừng Ong bay xa ."
    assert prose.links == (("/san-pham/x/", 7),)


def test_a_picture_knows_its_line() -> None:
    prose = read_prose("x.md", "Ong\n\n![Tổ](a.jpg)", 4, 2, Problems())

    assert [(block.photo, block.line) for block in prose.blocks if block.photo] == [("a.jpg", 6)]


@given(DISGUISES | st.text())
def test_no_text_becomes_a_script_or_a_link_that_runs_one(written: str) -> None:
    made = html(written).lower()

    assert "<script" not in made
    assert 'href="javascript' not in made
    assert 'href="data' not in made
    assert "<img" not in made


@given(DISGUISES | st.text())
def test_prose_is_remembered_whole(written: str) -> None:
    prose = read_prose("x.md", written, 1, 3, Problems())

    assert decode(encode(prose), type=Prose) == prose


def test_each_heading_gets_a_name_of_its_own_whatever_the_others_are_called() -> None:
    found = html("## Bước\n\n## Bước 2\n\n## Bước\n\n## Bước\n\n## Bước 3")

    assert re.findall('id="([^"]*)"', found) == ["buoc", "buoc-2", "buoc-3", "buoc-4", "buoc-3-4"]

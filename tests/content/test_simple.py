"""A text that is read the short way means what markdown-it-py says it means."""

import random
from pathlib import Path

import pytest

from ocopgen.base.problems import Problems
from ocopgen.base.text import nfc
from ocopgen.content.fence import split_front_matter
from ocopgen.content.markdown import read_prose
from ocopgen.content.prose import Prose
from ocopgen.content.simple import read_simple

CONTENT = Path(__file__).parents[2] / "content"
SIMPLE = (
    "",
    "\n\n",
    "Ong",
    "Ong\nbay\n\n\n\nvề",
    "*Ong* **bay** ***về***",
    "_Ong_ __bay__ ___về___",
    "a*b*c a**b**c a_b_c a__b__c",
    "*a **b* c**",
    "**a *b** c*",
    "*a _b* c_",
    "**Ong bay.**\n\nVề tổ.",
    "*(a)*b **“q”**b a**“q”** **₫5**b a*$5*",
    "* a", "a * b * c", "a ** b ** c", "5*6*7", "**", "****", "*a", "a*", "_a", "a__",
    "# Một mùa", "## Một mùa ##", "### Một *mùa* mới", "#Một", "#", "##", "####### Bảy",
    "# A\n## B\n# A\n# A 2\n# A", "## Bước\n## Bước 2\n## Bước", "#### A\n###### B\n",
    "# ₫", "# 🐝\n# 🐝", "Ong\n# Một\nbay",
    "\"Ong\" 'bay' “về”", '# "Ong"', "a (b) c: d; e! f? g/h @ {i} ^j $k",
    "https://vidu.example/a_b_c a@vidu.example", "Giá 5 000 ₫ – 6 000 ₫ …",
    "2026. Một năm", "a\n2) b",
)  # fmt: skip
WORDS = (
    "Ong", "mật", "ẳ", "đ", "a", "B", "1", "12", "12.", "(x)", "“q”", '"', "'", "-", "+", "–", "…",
    ",", ".", "₫", "$", "5", ":", "=", "#", "**a**", "*b*", "_c_", "__d__", "©", "½", "🐝", "日本",
    "é", "!", "?", "^", "{", "/", "a_b", "«", "‘", "·", "²", "°", "\u0300", "†",
)  # fmt: skip
BETWEEN = (
    " ", " ", " ", "  ", "\n", "\n", "\n\n", "\n\n", "", "", "*", "**", "_", "__", "***", "\n---\n",
    "\n# ", "\n## ", "\n###### ", "\n####### ", " #\n", "\n\n\n", "\n*", "\n**", "\n_", "* ", "** ",
    " *", " **", "_ ", " _", "\n#", "\n1. ", "\n- ",
)  # fmt: skip


def _as_the_other_reads(text: str, heading: int) -> Prose:
    problems = Problems()
    prose = read_prose("story.vi.md", text, 1, heading, problems)
    assert not problems.found, text
    return prose


@pytest.mark.parametrize("text", SIMPLE)
@pytest.mark.parametrize("heading", [2, 3])
def test_both_readers_say_the_same(text: str, heading: int) -> None:
    found = read_simple(text, heading)

    assert found is None or found == _as_the_other_reads(text, heading)


def test_most_of_these_are_read_the_short_way() -> None:
    assert sum(read_simple(text, 3) is None for text in SIMPLE) < 7


@pytest.mark.parametrize("seed", range(4))
def test_both_readers_say_the_same_of_whatever_is_put_together(seed: int) -> None:
    chance, simple = random.Random(seed), 0  # noqa: S311 - the same texts every time is the point
    for _ in range(1500):
        parts = (
            chance.choice(WORDS) + chance.choice(BETWEEN) for _ in range(chance.randint(1, 14))
        )
        text = nfc("".join(parts))
        found = read_simple(text, 3)
        if found is not None:
            simple += 1
            assert found == _as_the_other_reads(text, 3), text
    assert simple > 300


def test_both_readers_say_the_same_of_the_stories_of_the_example() -> None:
    simple = 0
    for path in CONTENT.rglob("*.md"):
        _, text, _ = split_front_matter(path.read_text("utf-8"))
        found = read_simple(nfc(text), 3)
        if found is not None:
            simple += 1
            assert found == _as_the_other_reads(nfc(text), 3), path
    assert simple > 20


@pytest.mark.parametrize(
    "text",
    [
        "[a](/b/)", "![a](b.jpg)", "[a]: /b", "<b>a</b>", "<https://a.example>", "a &amp; b",
        "50 %",
        "a\\*b", "`a`", "```\na\n```", "~~~\na\n~~~", "~~a~~", "| a |\n|---|", "a\n---", "a\n===",
        "- a", "+ a", "* a\n* b", "1. a", "1) a", "> a", "    a", " a", "a  \nb", "***", "_ _ _",
        "* * *", "---", "a\tb", "a\u00a0b", "a\u200bb", "a\ufffdb",
    ],
)  # fmt: skip
def test_whatever_may_mean_more_is_left_to_the_other_reader(text: str) -> None:
    assert read_simple(text, 3) is None

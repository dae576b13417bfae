"""What is told quickly of a text must never differ from what a closer look finds."""

import sys

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ocopgen.base.problems import Problems
from ocopgen.base.text import nfc
from ocopgen.content import source
from ocopgen.content.markdown import read_prose
from ocopgen.content.signs import UNFIT, is_plain

PIECES = [*"&*!a1 \n-?:,[]{}\"'#|>%@\t", "- ", "? ", ": ", "&a ", "*a", "!!str ", "{a: ", "\n  "]


def test_a_plain_text_has_no_unfit_letter() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1))
    surely = [letter for letter in letters if is_plain(letter)]
    assert len(surely) > 50_000
    assert not [letter for letter in surely if UNFIT.search(letter)]
    assert not is_plain("d\u0331")
    assert not is_plain("D\u0331")
    assert is_plain("Cà phê đặc sản\nBù Đăng")


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=1500, deadline=None)
@example('["a",&b c]')
@example("? &a b\n: c")
@example("- - - - !t a")
def test_no_anchor_and_no_tag_is_passed_over(text: str) -> None:
    try:
        events = list(yaml.parse(text, Loader=source.LOADER))
    except yaml.YAMLError:
        return
    marks = (getattr(event, name, None) for event in events for name in ("anchor", "tag"))
    if any(mark is not None for mark in marks):
        assert source.read_tree("a.yaml", text, Problems()) is None


def test_many_brackets_are_looked_at_closely() -> None:
    problems = Problems()
    for opened in ("[", "{a: "):
        text = "x: " + opened * 41 + {"[": "]", "{a: ": "}"}[opened] * 41 + "\n"
        assert source.read_tree("a.yaml", text, problems) is None
    assert {each.code for each in problems} == {"yaml.deep"}


def test_letters_that_an_escape_makes_are_found() -> None:
    problems = Problems()
    assert source.read_tree("a.yaml", 'x: "a\\u200bb"\n', problems) is None
    assert [each.code for each in problems] == ["text.hidden"]


def test_letters_that_joining_makes_are_found() -> None:
    text = "x: d\u0301\u0331\n"
    assert not UNFIT.search(text)
    assert UNFIT.search(nfc(text))
    problems = Problems()
    assert source.read_tree("a.yaml", text, problems) is None
    assert [each.code for each in problems] == ["text.letter"]


def test_letters_that_an_entity_or_an_address_makes_are_found() -> None:
    for text in ("a&#x200b;b", "<https://a.example/%E2%80%8B>"):
        problems = Problems()
        read_prose("a.md", text, 1, 3, problems)
        assert [each.code for each in problems] == ["text.hidden"], text

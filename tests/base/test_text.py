"""Words are spelt, folded, sorted and shortened as Vietnamese readers expect."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocopgen.base.text import (
    after,
    fold,
    is_id,
    letters,
    lowered,
    nearest,
    nfc,
    one_tone_school,
    raised,
    shorten,
    slug,
    sort_key,
    toneless,
)
from tests.casefile import cases

LEAD = ("công ty", "TNHH", "sản xuất", "tổ")


def changed(rule: str, written: str) -> str:
    """Return what *rule* makes of the lines *written*."""
    lines = written.splitlines()
    if rule == "sorting":
        return "".join(f"{line}\n" for line in sorted(lines, key=sort_key))
    rules: dict[str, Callable[[str], str]] = {
        "slug": slug,
        "fold": fold,
        "one_tone_school": one_tone_school,
        "toneless": toneless,
        "after words of a lead": lambda line: after(LEAD, line),
        "nearest": lambda line: str(nearest(line.split()[0], line.split()[1:])),
        "shorten to 20": lambda line: shorten(line, 20),
    }
    return "".join(f"{line} => {rules[rule](line)}\n" for line in lines)


@pytest.mark.parametrize(("written", "told"), cases("words.md"))
def test_words(request: pytest.FixtureRequest, written: str, told: str) -> None:
    assert changed(request.node.callspec.id, written) == told


@given(st.text())
def test_any_text_can_be_sorted_and_folded_however_it_is_composed(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)

    assert sort_key(apart)[0] == sort_key(nfc(text))[0]
    assert fold(apart) == fold(nfc(text))


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    made = slug(text)

    assert made == "" or is_id(made)


@given(st.text(), st.integers(2, 50))
def test_what_is_shortened_is_short_enough(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= max(length, 1)


@given(st.text())
def test_one_school_of_tones_is_settled_at_once(text: str) -> None:
    settled = one_tone_school(text)

    assert one_tone_school(settled) == settled


def test_a_letter_keeps_the_marks_that_belong_to_it() -> None:
    assert letters("bưởi") == ["b", "ư", "ở", "i"]
    assert letters(unicodedata.normalize("NFD", "Ẩn")) == [unicodedata.normalize("NFD", "Ẩ"), "n"]


def test_a_name_within_a_sentence_begins_small_and_a_note_alone_begins_large() -> None:
    assert lowered("Đồ uống của Huế") == "đồ uống của Huế"
    assert raised("đang được gia hạn") == "Đang được gia hạn"
    assert (lowered(""), raised("")) == ("", "")

"""Equal parts have equal names, on every machine, and what has no fixed spelling is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocopgen.base.digest import digest, digest_of_bytes
from ocopgen.base.installed import program

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(PLAIN)
def test_equal_parts_have_equal_names(part: object) -> None:
    assert digest(part) == digest(part)
    assert len(digest(part)) == 32


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_of_keys_does_not_count(part: dict[str, int]) -> None:
    assert digest(part) == digest(dict(reversed(part.items())))


def test_names_stay_the_same_for_good() -> None:
    assert digest("mật ong", 3) == "05fa5ed46d17e19be2587260109835f2"
    assert digest_of_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"


@pytest.mark.parametrize("part", [{1, 2}, object(), b"bytes"])
def test_what_has_no_fixed_spelling_is_refused(part: object) -> None:
    with pytest.raises(TypeError):
        digest(part)


def test_a_program_is_named_by_its_rooms_and_its_libraries() -> None:
    names = {
        program(("base/digest.py",), ()),
        program(("base/",), ()),
        program(("base/",), ("orjson",)),
        program(("base/", "build/"), ("orjson",)),
    }

    assert len(names) == 4

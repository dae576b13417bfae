"""Equal parts have equal names, on every machine, and what has no fixed spelling is refused."""

import pickle
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from ocopgen import pages
from ocopgen.base.digest import Shared, digest, digest_of_bytes
from ocopgen.base.installed import program
from ocopgen.pages.views.desk import PageKind

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
    assert digest("mật ong", 3) == "793c19a3b7d034fefa1035895a3a4117"
    assert digest_of_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb924"


@pytest.mark.parametrize("part", [{1, 2}, object(), b"bytes"])
def test_what_has_no_fixed_spelling_is_refused(part: object) -> None:
    with pytest.raises(TypeError):
        digest(part)


class Held(Shared, frozen=True):
    """A value that others hold."""

    content: object


class Holder(Struct, frozen=True):
    """A value that holds another one."""

    held: Held
    beside: int = 0


def test_a_shared_value_counts_as_it_would_alone() -> None:
    names = [digest(Holder(Held(content))) for content in ("a", "b", ["a"], "a")]

    assert len(set(names)) == 3
    assert names[0] == names[3]
    assert digest(Holder(Held("a"), 1)) != names[0]
    assert digest(pickle.loads(pickle.dumps(Holder(Held("a"))))) == names[0]  # noqa: S301


def test_a_shared_value_is_spelt_once() -> None:
    content: list[int] = []
    held = Held(content)
    first = digest(Holder(held))
    content.append(1)

    assert digest(Holder(held)) == first != digest(Holder(Held(content)))


def test_a_shared_value_hides_nothing_without_a_fixed_spelling() -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            digest(Holder(Held({1, 2})))


def test_a_program_is_named_by_its_rooms_and_its_libraries() -> None:
    names = {
        program(("base/digest.py",), ()),
        program(("base/",), ()),
        program(("base/",), ("orjson",)),
        program(("base/", "build/"), ("orjson",)),
    }

    assert len(names) == 4


def test_of_a_struct_the_values_count_in_their_order() -> None:
    names = {digest(Holder(Held("a"), number)) for number in range(3)} | {digest((Held("a"), 0))}

    assert len(names) == 3
    assert digest(Held("a")) != digest(Held("a"), "a") != digest(Held(("a", "a")))


def _kinds(annotation: Any) -> list[object]:  # noqa: ANN401
    """Return the kinds of values that are spelt out that *annotation* leaves the choice between."""
    if get_origin(annotation) in {Union, UnionType}:
        return [kind for each in get_args(annotation) for kind in _kinds(each)]
    if get_origin(annotation) in {tuple, list}:
        return [annotation]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, Struct) else []


def _all_of(kind: type[Struct]) -> Iterator[type[Struct]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all_of(each)


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    yield annotation
    for each in get_args(annotation):
        yield from _parts(each)


def test_no_part_of_a_view_is_now_of_one_kind_and_now_of_another() -> None:
    """Only their values count, so two kinds of the same values would pass for one."""
    for room in walk_packages(pages.__path__, f"{pages.__name__}."):
        import_module(room.name)
    views = [each for each in _all_of(Struct) if each.__module__.startswith("ocopgen.pages.views")]
    told = {
        f"{view.__name__}.{name}": kinds
        for view in views
        if view is not PageKind  # it is asked for its view, and is not one
        for name, annotation in get_type_hints(view).items()
        for part in _parts(annotation)
        if len(kinds := _kinds(part)) > 1
    }

    assert len(views) > 100
    assert not told
    assert len(_kinds(tuple[int, ...] | Holder | None)) == 2

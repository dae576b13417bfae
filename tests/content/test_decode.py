"""Whatever a file says, it becomes a record or is told of; nothing else happens."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocopgen.base.problems import Problems
from ocopgen.content.decode import decode
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.province import Areas, Programme, Sectors, SiteInfo
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.source import read_tree
from ocopgen.content.tree import Tree
from ocopgen.pages.messages import read_messages, tell_problem
from ocopgen.pages.theme import Theme, default_layer
from tests.content.hamlet import HAMLET

KINDS: list[type[Record]] = [
    Product, Producer, Outlet, Event, Story, ContentPage, SiteInfo, Areas, Sectors, Programme,
]  # fmt: skip
SENTENCES = read_messages(Theme((default_layer(),)), "problems", ("vi", "en"), Problems())
FILES: list[tuple[str, type[Record]]] = [
    ("products/mat-ong/product.yaml", Product),
    ("producers/htx-ong.yaml", Producer),
    ("outlets/diem-ban.yaml", Outlet),
    ("events/hoi-cho.yaml", Event),
    ("site.yaml", SiteInfo),
    ("areas.yaml", Areas),
    ("sectors.yaml", Sectors),
    ("programme.yaml", Programme),
]

WORDS = st.sampled_from(
    [
        "vi", "en", "fr", "", "x", "4", "05/08/2025", "2025", "9" * 5000, "-1", "0", "1-2", "all",
        "https://a.vn", "https://[", "+84912345678", "893456313816", "٣", "²", "\n", "true", "xa",
    ]
)  # fmt: skip
VALUES = st.recursive(
    WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def data_of(path: str) -> Any:  # noqa: ANN401 - what YAML can hold
    tree = read_tree(path, (HAMLET / "content" / path).read_text("utf-8"), Problems())
    assert tree
    return tree.data


def keys_of(kind: type[Record]) -> st.SearchStrategy[str]:
    return st.sampled_from([*fields_of(kind), "x"])


def told(kind: type[Record], data: object) -> tuple[Record | None, list[str]]:
    problems = Problems()
    record = decode(Tree("x.yaml", data), kind, ("vi", "en"), problems)
    return record, [tell_problem(SENTENCES["vi"], problem).says for problem in problems]


@given(st.data())
@settings(deadline=None)
def test_any_values_become_a_record_or_are_told_of_in_a_sentence(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    written = data.draw(st.dictionaries(keys_of(kind), VALUES, max_size=6) | VALUES | st.none())

    record, sentences = told(kind, written)

    assert (record is None) == bool(sentences)


@pytest.mark.parametrize(("path", "kind"), FILES)
@given(st.data())
@settings(deadline=None, max_examples=30)
def test_one_wrong_value_in_a_sound_record_is_told_of_in_a_sentence(
    path: str, kind: type[Record], data: st.DataObject
) -> None:
    sound = data_of(path)
    field = data.draw(keys_of(kind))

    record, sentences = told(kind, {**sound, field: data.draw(VALUES)})

    assert (record is None) == bool(sentences)


@pytest.mark.parametrize(("path", "kind"), FILES)
def test_a_sound_record_is_the_same_when_it_is_read_again(path: str, kind: type[Record]) -> None:
    record, sentences = told(kind, data_of(path))

    assert sentences == []
    assert record == told(kind, data_of(path))[0]


def test_a_record_never_changes() -> None:
    record, _ = told(Product, data_of("products/mat-ong/product.yaml"))

    assert isinstance(record, Product)
    with pytest.raises(TypeError):
        record.name["vi"] = "x"  # type: ignore[index]
    with pytest.raises(AttributeError, match="immutable"):
        record.set = "x"  # type: ignore[misc]


def test_of_a_thousand_faults_a_hundred_are_told() -> None:
    _, sentences = told(Product, {f"x{place}": "1" for place in range(1000)})

    assert len(sentences) == 100


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ({"location": {"lat": "x", "lon": "1"}}, ["location"]),
        ({"pack": {"fr": "x"}}, ["pack.fr"]),
        ({"gtin": ["1"]}, ["gtin"]),
        ({"quality": [{"kind": "x"}]}, ["kind"]),
        ({"photos": [{"file": "a.jpg", "alt": {"vi": ""}}]}, ["alt.vi"]),
    ],
)  # fmt: skip
def test_a_field_is_called_as_editors_would_call_it(written: object, fields: list[str]) -> None:
    problems = Problems()
    sound = data_of("products/mat-ong/product.yaml")

    decode(Tree("x.yaml", {**sound, **dict(written)}), Product, ("vi", "en"), problems)  # type: ignore[call-overload]

    assert [problem.values["field"] for problem in problems] == fields

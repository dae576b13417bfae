"""All that is wrong with a record is told at once, each fault at its key, in one order."""

import pickle
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ocopgen.content.complaint import Complaint, Wrong
from ocopgen.content.province import Areas, Claims, Redirects, SiteInfo
from ocopgen.content.readers import record_reader
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Price, Producer, Quality, Source
from tests.content.test_decode import FILES, VALUES, data_of

LANGUAGES = ("vi", "en")
QUALITIES = "attp, vietgap, globalgap, haccp, iso22000, organic, halal, gmp, other"
SOURCE = {"url": "https://example.org/qd", "title": "Quyết định", "accessed": "2026-11-20"}
EVENT = {
    "name": {"vi": "Hội"},
    "kind": "festival",
    "start": "2026",
    "place": {"vi": "Chợ"},
    "sources": [SOURCE],
}


def wrongs(kind: type[Record], written: object) -> list[Wrong]:
    """Return all that is wrong with *written*, taken for a *kind*."""
    try:
        record_reader(kind, LANGUAGES)(written)
    except Complaint as complaint:
        return complaint.wrongs
    return []


def told(kind: type[Record], written: object) -> list[tuple[str, str]]:
    """Return the same in short: keys with dots, and codes."""
    return [(".".join(map(str, key)), code) for key, code, _ in wrongs(kind, written)]


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (Source, "x", [("", "field.keys")]),
        (Source, [SOURCE], [("", "field.keys")]),
        (Source, None, [("", "field.keys")]),
        (Source, {**SOURCE, "title": ["x"]}, [("title", "field.text")]),
        (Source, {**SOURCE, "title": None}, [("title", "field.text")]),
        (Source, {**SOURCE, "": "x"}, [("", "field.unknown")]),
        (Redirects, {"moved": {}}, [("moved", "field.list")]),
        (Redirects, {"moved": None}, [("moved", "field.list")]),
        (Redirects, {"moved": ["x"]}, [("moved.0", "field.keys")]),
        (Quality, {"kind": ["haccp"]}, [("kind", "choice.unknown")]),
        (Event, {**EVENT, "sources": []}, [("sources", "field.empty")]),
        (Event, {**EVENT, "sources": ["x"]}, [("sources.0", "field.keys")]),
        (Event, {**EVENT, "figures": []}, [("figures", "field.keys")]),
        (Event, {**EVENT, "place": {"vi": ""}}, [("place.vi", "text.empty")]),
        (Claims, {"sectors": [], "words": []}, [("words", "field.keys")]),
        (Claims, {"sectors": [], "words": {"vi": ["x", []]}}, [("words.vi.1", "field.text")]),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_where_it_stands(
    kind: type[Record], written: object, expected: list[tuple[str, str]]
) -> None:
    assert told(kind, written) == expected


def test_faults_come_in_the_order_of_the_model_and_what_is_unknown_comes_last() -> None:
    written = {"y": "1", "as_of": "x", "unit": {"fr": "kg", "xx": "kg"}, "x": "1", "max": "0"}

    assert told(Price, written) == [
        ("min", "field.missing"),
        ("max", "price.zero"),
        ("unit.fr", "words.language"),
        ("as_of", "day.spelling"),
        ("y", "field.unknown"),
        ("x", "field.unknown"),
    ]


def test_a_fault_names_what_was_written_and_what_may_be() -> None:
    assert wrongs(Quality, {"kind": "x", "number": "1\n2"}) == [
        (("kind",), "choice.unknown", {"written": "x", "known": QUALITIES}),
        (("number",), "text.lines", {}),
    ]


def test_too_many_items_are_the_only_fault_of_their_record() -> None:
    written = {"x": "1", "kind": "x", "phone": ["x"] * 201, "sources": ["x"] * 201}

    assert told(Producer, written) == [("phone", "field.many")]
    assert told(Areas, {"districts": ["x"] * 20_001}) == [("districts", "field.many")]
    assert len(told(Areas, {"districts": ["x"] * 201, "communes": []})) == 201


def test_fields_are_compared_once_each_of_them_is_right() -> None:
    late = {**EVENT, "start": "2026-05-05", "end": "2026-05-04"}

    assert told(Event, late) == [("end", "event.order")]
    assert told(Event, {**late, "kind": "x"}) == [("kind", "choice.unknown")]
    assert told(Outlet, {**EVENT, "kind": "online_shop"})[0][1] == "field.unknown"
    assert told(Producer, {"name": {"vi": "A"}}) == [("", "place.missing")]


def test_nothing_stands_for_what_may_be_absent_and_for_nothing_else() -> None:
    event = record_reader(Event, LANGUAGES)({**EVENT, "end": None, "figures": None, "url": None})

    assert (event.end, event.figures, event.url, event.products) == (None, None, None, ())
    assert told(Event, {**EVENT, "products": None, "name": None}) == [
        ("name", "words.pair"),
        ("products", "field.list"),
    ]
    assert ("per_page", "field.text") in told(SiteInfo, {"per_page": None})


def test_what_is_absent_has_the_value_that_the_model_gives_it() -> None:
    claims = record_reader(Claims, LANGUAGES)({"sectors": [], "words": {}})
    fields = {name: each.required for name, each in fields_of(Claims).items()}

    assert fields == {"sectors": True, "words": True, "allowed": False}
    assert claims.allowed == {}


@pytest.mark.parametrize(("path", "kind"), FILES)
def test_a_record_is_the_same_in_another_process(path: str, kind: type[Record]) -> None:
    record = record_reader(kind, LANGUAGES)(data_of(path))

    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own


@pytest.mark.parametrize(("path", "kind"), FILES)
@given(st.data())
@settings(deadline=None, max_examples=30)
def test_of_several_wrong_fields_the_same_is_told_as_of_each_alone(
    path: str, kind: type[Record], data: st.DataObject
) -> None:
    sound = data_of(path)
    names = data.draw(st.lists(st.sampled_from([*fields_of(kind)]), min_size=1, unique=True))
    values: dict[str, Any] = {name: data.draw(VALUES) for name in names}
    # What fields say together is told of none of them alone.
    with patch.object(kind, "check", lambda _: None):
        alone = {name: wrongs(kind, {**sound, name: value}) for name, value in values.items()}
        assume(any(alone.values()))

        together = wrongs(kind, {**sound, **values})

    assert together == [each for name in fields_of(kind) for each in alone.get(name, ())]

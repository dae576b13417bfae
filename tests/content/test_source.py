"""Whatever stands in a file, reading it never fails, and never loses where it stood."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.line import Line
from ocopgen.base.problems import Problems, Spot
from ocopgen.content.fence import split_front_matter
from ocopgen.content.kept import Understood, is_of, line_of
from ocopgen.content.source import decode_text, plain_lines, read_tree
from ocopgen.content.tree import KEY, Tree

PIECES = [
    "a", "b: ", "c:", "- ", "  ", "\n", "\n  ", "\t", '"', "'", "[", "]", "{", "}", ", ", ": ", "#",
    "&x ", "*x", "!t ", "|", ">", "---\n", "...\n", "? ", "%", "@", "`", "\\", "\r\n", "\u2028",
    "\x85", "\ufeff", "\x00", "\x1b", "ế", "e\u0301", "漢", "<<: ", "\ufffe", "\x7f", "\ue000",
    "\U0001f41d",
]  # fmt: skip
YAML = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text()


@given(YAML)
def test_any_text_can_be_read_and_is_told_of_within_the_file(text: str) -> None:
    problems = Problems()

    tree = read_tree("x.yaml", text, problems)

    assert (tree is None) == bool(problems.found)


@given(YAML, st.integers(1, 5))
@example("---\n\u2028", 1)
def test_every_spot_lies_in_the_file(text: str, first_line: int) -> None:
    problems = Problems()
    read = decode_text("x.yaml", text.encode(), problems)
    tree = None if read is None else read_tree("x.yaml", read, problems, first_line)

    lines = plain_lines(text.encode().removeprefix(b"\xef\xbb\xbf").decode()).split("\n")
    shift = 1 if read is None else first_line
    spots = [problem.spot for problem in problems]
    if tree:
        spots.extend(tree.spot(tuple(row[:-2])) for row in tree.marks)
    for spot in spots:
        assert shift <= spot.line < shift + len(lines)
        assert 0 <= spot.column <= len(lines[spot.line - shift]) + 1


@given(st.binary())
def test_any_bytes_can_be_read(content: bytes) -> None:
    problems = Problems()

    text = decode_text("x.yaml", content, problems)

    assert (text is None) == bool(problems.found)


@given(YAML)
def test_what_was_read_can_be_kept_as_json(text: str) -> None:
    tree = read_tree("x.yaml", text, Problems())
    if tree:
        digest = digest_of_bytes(text.encode())
        line = line_of(digest, tree, None, Understood((), None))
        kept = Tree("x.yaml", line=Line(line))

        assert is_of(line, digest)
        assert not is_of(line, digest_of_bytes(b"another"))
        assert kept.data == tree.data
        assert kept.spot() == tree.spot()
        for *key, _, _ in tree.marks:
            assert kept.spot(tuple(key)) == tree.spot(tuple(key))


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"a: b\r\nc: d\r\n", "a: b\nc: d\n"),
        (b"a: b\rc: d", "a: b\nc: d"),
        (b"\xef\xbb\xbfa: b", "a: b"),
        ("a: b\u2028c".encode(), "a: b c"),
    ],
)
def test_other_line_ends_and_a_mark_at_the_start_are_accepted(content: bytes, read: str) -> None:
    assert decode_text("x.yaml", content, Problems()) == read


@pytest.mark.parametrize(
    ("content", "spot", "code"),
    [
        ("tên: Mật".encode("utf-16"), Spot("x", 1, 1), "file.encoding"),
        ("a: b".encode("utf-16-le"), Spot("x", 1), "file.encoding"),
        (b"a: b\nt\xean: M\xe2t", Spot("x", 2, 2), "file.encoding"),
        ("\ufeffa: ế".encode() + b"\xff", Spot("x", 1, 5), "file.encoding"),
        (b"version https://git-lfs.github.com/spec/v1\n", Spot("x", 1), "file.lfs"),
        (b"a\n||||||| parent\n", Spot("x", 2, 1), "file.conflict"),
        (b"a: \x1b[31m", Spot("x", 1, 4), "file.control"),
        ("a\nb\ufeff".encode(), Spot("x", 2, 2), "file.control"),
        ("a\nb d\u0331".encode(), Spot("x", 2, 3), "text.letter"),
    ],
)
def test_what_no_editor_saved_as_text_is_told(content: bytes, spot: Spot, code: str) -> None:
    problems = Problems()

    assert decode_text("x", content, problems) is None
    assert [(problem.spot, problem.code) for problem in problems] == [(spot, code)]


def test_of_a_wrong_encoding_some_letters_are_told_not_all() -> None:
    problems = Problems()

    decode_text("x", "\ufffd\n".encode() * 1000, problems)

    assert len(problems.found) == 20


def test_letters_whose_marks_are_apart_become_one() -> None:
    problems = Problems()

    tree = read_tree("x.yaml", "te\u0302n: Ma\u0323\u0302t\nte\u0302n: ong\ntên: x", problems)

    assert tree is None
    assert [(str(problem.spot), problem.values["key"]) for problem in problems] == [
        ("x.yaml:2:1", "tên"),
        ("x.yaml:3:1", "tên"),
    ]


def test_every_value_is_the_text_that_was_written() -> None:
    written = "a: 0912\nb: 12:30\nc: no\nd: 45.000\ne: 2025-08-05\nf: null\ng: 1e3\nh:\ni: ''\n"

    tree = read_tree("x.yaml", written, Problems())

    assert tree
    assert tree.data == {
        "a": "0912", "b": "12:30", "c": "no", "d": "45.000", "e": "2025-08-05", "f": "null",
        "g": "1e3", "i": "",
    }  # fmt: skip


def test_every_value_keeps_its_place() -> None:
    tree = read_tree("x.yaml", "a:\n  - b: c\nd:\n", Problems(), first_line=2)

    assert tree
    assert str(tree.spot(("a", 0, "b"))) == "x.yaml:3:8"
    assert str(tree.spot(("a", 0, "b", KEY))) == "x.yaml:3:5"
    assert str(tree.spot(("d",))) == "x.yaml:4:1", "an empty one stands where its name does"
    assert str(tree.spot(("a", 0, "x"))) == "x.yaml:3:5", "a missing one where its parent does"
    assert str(tree.spot(("x",))) == "x.yaml:2:1"
    assert str(Tree("x.yaml", None).spot(("x",))) == "x.yaml:1"


def test_ten_thousand_brackets_are_refused_at_once() -> None:
    for deep in ("[a, " * 10_000, "? " * 10_000, "- " * 10_000, "{a: " * 10_000):
        problems = Problems()

        assert read_tree("x.yaml", deep, problems) is None
        assert [problem.code for problem in problems] == ["yaml.deep"]


@pytest.mark.parametrize("step", ["a:", "-"])
def test_a_deep_margin_is_refused(step: str) -> None:
    problems = Problems()

    read_tree("x.yaml", "\n".join(" " * depth + step for depth in range(2000)), problems)

    assert [problem.code for problem in problems] == ["yaml.deep"]


def test_forty_steps_are_no_nest() -> None:
    assert read_tree("x.yaml", "[" * 40 + "]" * 40, Problems())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nText\n", ("a: b\n", "Text\n", 4)),
        ("--- \na: b\n---  \n", ("a: b\n", "", 4)),
        ("---\na: b\n---", ("a: b\n", "", 3)),
        ("---\n---\nText", ("", "Text", 3)),
        ("---\na: b\n----\n ---\n---x\n--- \nText", ("a: b\n----\n ---\n---x\n", "Text", 7)),
        ("Text\n---\n", ("", "Text\n---\n", 1)),
        ("---\na: b\n", ("", "---\na: b\n", 1)),
        ("", ("", "", 1)),
    ],
)
def test_front_matter_is_split_off(text: str, parts: tuple[str, str, int]) -> None:
    assert split_front_matter(text) == parts

"""The usual form of a file says what the file said, with every comment, and is reached at once."""

import random
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ocopgen.base.problems import Problems
from ocopgen.base.text import nfc
from ocopgen.content.canon import NotKept, canonical, opened, written
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.source import read_tree

KINDS: dict[str, type[Record]] = {
    "products/*/product.yaml": Product,
    "producers/*.yaml": Producer,
    "outlets/*.yaml": Outlet,
    "events/*.yaml": Event,
}
WORDS = (
    "Mật ong", "no", "0912345678", "12:30", "2025-08-05", "1_000", "a: b", "a #b", "- x", "'nháy'",
    'ngoặc "kép"', "Thuỷ", "Thu\u1ef7".replace("ỷ", "y\u0309"), "x" * 200, "~", "null", "@x",
    "100 %", "{x}", "dòng\nhai", "\u00a0x", "1e3", "0x1F", "!", "*a", "?", "=", "<<", "tab\tx",
)  # fmt: skip

DEEP, HOLDS_MORE = 6, 0.6


def test_keys_stand_in_the_order_of_the_model() -> None:
    before = "producer: b\nname: {en: E, vi: V}\nset: a\n"

    assert canonical(before, Product) == "name:\n  en: E\n  vi: V\nset: a\nproducer: b\n"


def test_a_comment_goes_with_the_key_below_it() -> None:
    before = "# về mã\nset: a\n# về tên\nname:\n  # tiếng Việt\n  vi: V # cuối dòng\n# hết\n"

    assert canonical(before, Product) == (
        "# về tên\nname:\n  # tiếng Việt\n  vi: V # cuối dòng\n# về mã\nset: a\n# hết\n"
    )


def test_what_a_file_says_of_itself_stays_on_top() -> None:
    before = "# yaml-language-server: $schema=x\nset: a\nname: {vi: V}\n"

    assert canonical(before, Product).startswith("# yaml-language-server: $schema=x\nname:")


def test_a_gap_before_a_key_that_comes_first_is_closed() -> None:
    assert canonical("set: a\n\n# tên\nname: {vi: V}\n", Product).startswith("# tên\nname:")


def test_lists_are_indented_with_their_comments() -> None:
    before = "certifications:\n- issued: 2025\n  # năm sao\n  star: 5\n# sau\n- star: 3\n"

    assert canonical(before, Product) == (
        "certifications:\n  # năm sao\n  - star: 5\n    issued: 2025\n  # sau\n  - star: 3\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("phone: ['0912345678']", 'phone: ["0912345678"]'),
        ("phone: [0912345678]", 'phone: ["0912345678"]'),
        ("since: '1998'", "since: 1998"),
        ('address: {vi: "Ấp 1"}', "address:\n  vi: Ấp 1"),
        ("address: {vi: 'no'}", 'address:\n  vi: "no"'),
        ("address: {vi: 'a: b'}", 'address:\n  vi: "a: b"'),
    ],
)
def test_quotes_stand_where_somebody_needs_them(before: str, after: str) -> None:
    assert canonical(before + "\n", Producer) == after + "\n"


def test_text_in_blocks_keeps_its_lines() -> None:
    before = "summary:\n  vi: >-\n    một\n    hai\n\n    ba\n  en: |\n    # no comment\n    x\n"

    assert canonical(before, Product) == before


def test_marks_are_joined_to_their_letters() -> None:
    assert canonical("name:\n  vi: o\u0301 # a\u0301\n", Product) == "name:\n  vi: ó # á\n"


@pytest.mark.parametrize("pattern", KINDS)
def test_the_example_stands_in_its_usual_form(checkout: Path, pattern: str) -> None:
    files = sorted((checkout / "content").glob(pattern))
    changed = [
        path.name
        for path in files
        if canonical(text := path.read_text("utf-8"), KINDS[pattern]) != text
    ]

    assert files
    assert changed == []


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_no_file_says_anything_else_in_its_usual_form(seed: int) -> None:
    writer = _Writer(random.Random(seed))  # noqa: S311 - chance for a test
    kind = writer.chance.choice(list(KINDS.values()))
    text = "\n".join(writer.mapping(kind, 0)) + "\n"

    try:
        form = canonical(text, kind)
    except NotKept:  # one in a thousand of these odd files: it is left as it is, and told
        reject()

    assert _data(form) == _data(text)
    assert sorted(_remarks(form)) == sorted(_remarks(nfc(text)))
    assert canonical(form, kind) == form


def test_what_is_opened_and_written_keeps_its_look() -> None:
    text = "# đầu\nname: {vi: 'V'}\nlist:\n  - a # một\n\n  - b\n"

    assert written(opened(text)) == text.replace("'V'", '"V"')


def test_what_cannot_be_kept_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocopgen.content.canon._comments", lambda text: text)
    with pytest.raises(NotKept):
        canonical("set: 'a'\n", Product)


class _Writer:
    """Writes records as people might: in any order, with any quotes, remarks and margins."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.remarks = 0

    def mapping(self, kind: type[Record] | None, margin: int) -> list[str]:
        keys = list(fields_of(kind)) if kind else ["vi", "en", "xyz"]
        rows: list[str] = []
        for key in self.chance.sample(keys, self.chance.randint(1, min(len(keys), 6))):
            rows += [*self._remark(margin), *self._pair(key, margin)]
        return rows

    def _remark(self, margin: int) -> list[str]:
        rows = [""] if self.chance.random() < 0.1 else []
        if self.chance.random() < 0.3:
            self.remarks += 1
            rows.append(" " * margin + f"# r{self.remarks} ")
        return rows

    def _pair(self, key: str, margin: int) -> list[str]:  # noqa: PLR0911 - one for each look
        start, kind = " " * margin + key + ":", self.chance.random()
        if margin > DEEP and kind < HOLDS_MORE:
            return [start + " x"]
        if kind < 0.05:
            return [start]
        if kind < 0.25:
            return [start, *self.mapping(None, margin + self.chance.choice([1, 2, 4]))]
        if kind < 0.35:
            return [start + " {" + f"vi: {self._quoted()}, en: {self._quoted()}" + "}"]
        if kind < 0.45:
            return [start + f" [{self._quoted()}, {self._quoted()}]" + self._end()]
        if kind < 0.6:
            return [start, *self._items(margin + self.chance.choice([0, 2]))]
        if kind < 0.7:
            deeper = " " * (margin + 2)
            sign = self.chance.choice([">-", "|", "|-", ">"])
            return [f"{start} {sign}", deeper + "một # hai", "", deeper + "ba", deeper + " bốn"]
        return [start + " " + self._quoted() + self._end()]

    def _items(self, margin: int) -> list[str]:
        rows: list[str] = []
        for _ in range(self.chance.randint(1, 3)):
            rows += self._remark(margin)
            inner = self.mapping(None, margin + 2)
            inner = [row for row in inner if row.strip() and not row.lstrip().startswith("#")]
            rows += [" " * margin + "- " + inner[0][margin + 2 :], *inner[1:]]
        return rows

    def _quoted(self) -> str:
        word = self.chance.choice(WORDS)
        if self.chance.random() < 0.3 and "\n" not in word and "\t" not in word:
            return "'" + word.replace("'", "''") + "'"
        if self.chance.random() < 0.3 and word[0].isalnum() and not set(word) & set(':#\n\t"{},'):
            return word
        return '"' + word.translate({34: '\\"', 10: "\\n", 9: "\\t"}) + '"'

    def _end(self) -> str:
        self.remarks += 1
        return f"  # r{self.remarks}" if self.chance.random() < 0.3 else ""


def _data(text: str) -> object:
    problems = Problems()
    tree = read_tree("x.yaml", text, problems)
    assert list(problems) == []
    return tree and tree.data


def _remarks(text: str) -> list[str]:
    return [row[row.rindex("# r") :].strip() for row in text.split("\n") if "# r" in row]

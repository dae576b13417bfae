"""Whatever can go wrong has a sentence and a remedy, in every language, and nothing else has."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ocopgen.base.problems import Problems
from ocopgen.pages.messages import Entries, read_messages, tell
from ocopgen.pages.theme import Theme, default_layer

PACKAGE = Path(__file__).parents[2] / "ocopgen"
LANGUAGES = ("vi", "en")
SENTENCES = read_messages(Theme((default_layer(),)), "problems", LANGUAGES, Problems())

_CODE = re.compile(r"[a-z]+\.[a-z_]+")
_GIVERS = {"add", "warn", "hint", "fault", "Trouble", "WrongUse", "MachineTrouble", "Problem"}
_PASSERS = {"_tell", "_refuse", "_add"}
_READERS = {"fields.py", "limits.py", "links.py", "province.py", "readers.py", "records.py"}
"""Their faults pass through `decode`, which adds the field."""

_TABLES = {
    "advice.py",
    "decode.py",
    "personal.py",
    "province.py",
    "review.py",
    "source.py",
    "syntax.py",
    "troubles.py",
}
_TABLED = {
    "choice.unknown": {"field", "written", "known", "meant"},
    "field.unknown": {"field", "known", "meant"},
    "field.comma": {"field"},
    "field.digits": {"field"},
    "field.item": {"field", "first", "known"},
    "field.keys": {"field", "known", "name"},
    "field.noted": {"field"},
    "field.vacant": {"field", "name"},
    "words.pair": {"field", "first", "name"},
    "words.first": {"field", "first", "name"},
    "words.language": {"field", "language", "known"},
    "prose.phone": {"written"},
    "prose.identity": {"written"},
    "prose.email": {"written"},
    "claim.cure": {"words"},
    "product.twin": {"other"},
    "producer.twin": {"other"},
    "language.code": {"field", "written"},
    "disk.full": {"path"},
    "disk.permission": {"path"},
    "site.busy": {"path"},
    "page.dead": {"page", "target"},
    "page.anchor": {"page", "target"},
    "page.slash": {"page", "target"},
    "page.base": {"page", "target"},
    "page.twice": {"page", "target"},
    "page.alternate": {"page", "target"},
    "page.garbled": {"page", "target"},
    "page.orphan": {"page", "target"},
}
"""The values of codes that stand in tables, not beside their values."""
_FENCED = {f"text.{why}" for why in ("fence", "late", "matter", "running", "unclosed")}
_COMPOSED = {"photo.heic", "photo.lfs", *_FENCED}
"""Codes that are put together where they are given."""

Given = dict[str, list[frozenset[str]]]


def _given() -> Given:
    """Return every code that the package gives, with the names of the values beside it."""
    given: Given = defaultdict(list)
    groups = {key.split(".")[0] for key in SENTENCES["vi"]} - {"report", "meaning"}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for code, values in _calls(tree):
            added = {"field"} | _TABLED.get(code, set()) if path.name in _READERS else set()
            given[code].append(values | added)
        for code in _constants(tree) if path.name in _TABLES else ():
            if code.split(".")[0] in groups and not code.endswith(".yaml") and code not in given:
                given[code].append(frozenset(_TABLED.get(code, _usual(path))))
    for code in _COMPOSED:
        given[code].append(frozenset())
    return given


def _usual(path: Path) -> set[str]:
    return {"field"} if path.name == "decode.py" else set()


def _calls(tree: ast.AST) -> Iterator[tuple[str, frozenset[str]]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        third = node.args[2:3]
        if _name(node.func) == "known" and third and isinstance(third[0], ast.Constant):
            yield f"reference.{ast.literal_eval(third[0])}", frozenset({"id", "meant"})
        if _name(node.func) in _GIVERS | _PASSERS:
            values = {each.arg for each in node.keywords if each.arg} - {"at"}
            for argument in node.args:
                if isinstance(argument, ast.Dict):
                    values |= {ast.literal_eval(key) for key in argument.keys if key}
            for argument in node.args:
                for code in _constants(argument):
                    yield code, frozenset(values)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and _CODE.fullmatch(str(node.value)):
            yield str(node.value)


GIVEN = _given()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(GIVEN))
def test_every_code_has_a_sentence_and_a_remedy(code: str, language: str) -> None:
    entries = SENTENCES[language]
    always = frozenset.intersection(*GIVEN[code])
    ever = frozenset.union(*GIVEN[code])

    for part in ("says", "mend"):
        sentence = entries[f"{code}.{part}"]
        assert sentence
        assert _needed(sentence) <= always
        assert _names(sentence) <= ever


def test_every_choice_that_a_record_gives_is_explained() -> None:
    source = (PACKAGE / "content" / "records.py").read_text("utf-8")
    source += (PACKAGE / "content" / "province.py").read_text("utf-8")
    choices = {
        str(each.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"
        for each in ast.walk(node.slice)
        if isinstance(each, ast.Constant)
    }
    international = {"vietgap", "globalgap", "haccp", "iso22000", "halal", "gmp"}

    assert choices - international == {
        key.removeprefix("meaning.") for key in SENTENCES["vi"] if key.startswith("meaning.")
    }


def test_no_sentence_is_without_a_use() -> None:
    keys = {key for key in SENTENCES["vi"] if not key.startswith(("report.", "meaning."))}

    assert {key.rsplit(".", 1)[0] for key in keys} - set(GIVEN) == set()


def test_the_sentences_of_the_report_are_used() -> None:
    source = (PACKAGE / "app" / "report.py").read_text("utf-8")
    keys = {key.rsplit(".", 1)[0] if key.count(".") > 1 else key for key in SENTENCES["en"]}

    assert {key for key in keys if key.startswith("report.") and key not in source} == set()


def test_a_part_is_left_out_when_its_value_is_empty() -> None:
    entries: Entries = {"a.b.says": "x[ {y}]", "a.b.mend": "[{y}; ]z"}

    assert tell(entries, "a.b", {"y": ""}).says == "x"
    assert tell(entries, "a.b", {"y": "Y"}) == tell(
        {"a.b.says": "x Y", "a.b.mend": "Y; z"}, "a.b", {}
    )


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _needed(sentence: str) -> set[str]:
    """Return the values that *sentence* cannot do without: those outside [ ]."""
    return _names(re.sub(r"\[[^]]*\]", "", sentence))

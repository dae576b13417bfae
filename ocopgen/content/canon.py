"""Write a record's YAML in its one usual form, and change nothing of what it says."""

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from ocopgen.base.problems import Problems
from ocopgen.base.text import nfc
from ocopgen.content.order import COMMENT, field_type, in_order, is_record, margin_of, types
from ocopgen.content.record import Record
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.source import LOADER, plain_lines, read_tree

_TEXT_TAG = "tag:yaml.org,2002:str"
_EMPTY_TAG = "tag:yaml.org,2002:null"
_COMMENTS = re.compile(r"#[^\n]*")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")
"""What YAML 1.2 takes for a number (10.3.2), where 1.1, which PyYAML reads, sees a text."""
_UNBROKEN = 1 << 20
"""No line is broken that its writer did not break: a difference shall show what was changed."""


_OF_MANY = (Product, Producer, Outlet, Event)


class NotKept(ValueError):
    """The usual form of a file would say something else, or lose a comment."""


class _Resolver(VersionedResolver):
    """Guesses no types: all that is written is text, and nothing is nothing."""

    @property
    def versioned_resolver(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        return {"": [(_EMPTY_TAG, re.compile("^$"))]}


class _Emitter(Emitter):
    """Has one kind of quotes."""

    def choose_scalar_style(self) -> Any:  # noqa: ANN401 - ruamel's own types are loose
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


def opened(text: str) -> CommentedMap:
    """Return what the YAML *text* says, all values as text, with its comments, to be changed."""
    document = _yaml(keep_quotes=True).load(text)
    return CommentedMap() if document is None else document


def written(document: CommentedMap) -> str:
    """Return *document* as YAML."""
    out = StringIO()
    _yaml(keep_quotes=True).dump(document, out)
    return out.getvalue().rstrip("\n") + "\n"


def scalar(text: str) -> str:
    """Return the line *text* as YAML writes it after a colon, in quotes only where it must be."""
    return written(CommentedMap(x=_spelled(text, str))).removeprefix("x: ").rstrip("\n")


def canonical(text: str, kind: type[Record]) -> str:
    """Return the YAML *text* of a *kind* in its usual form.

    Keys stand in the order of the model, quotes only where YAML needs them or would guess
    another type, letters are in NFC; comments stay with the key below them. *text* is one that
    `read_tree` understands. Raises NotKept rather than say something else.
    """
    plain = nfc(plain_lines(text.removeprefix("\ufeff")))
    if not plain.strip() or yaml.compose(plain, Loader=LOADER) is None:
        return plain
    ordered = in_order(plain, kind).lstrip("\n")
    # Tables of a hundred communes are read best with one on a line.
    for blocks in (True, False) if kind in _OF_MANY else (False,):
        document = _yaml(keep_quotes=False).load(ordered)
        _spell(document, kind, blocks=blocks)
        form = _aligned(written(document), ordered)
        if _says(form) == _says(plain) and _comments(form) == _comments(plain):
            return form
    raise NotKept


def _yaml(*, keep_quotes: bool) -> YAML:
    kept = YAML()
    kept.Resolver, kept.Emitter = _Resolver, _Emitter
    kept.width, kept.preserve_quotes = _UNBROKEN, keep_quotes
    kept.indent(mapping=2, sequence=4, offset=2)
    return kept


def _says(text: str) -> object:
    tree = read_tree("", text, Problems())
    return tree.data if tree else None


def _comments(text: str) -> Counter[str]:
    """Return the comments of *text*: what stands between the tokens of YAML."""
    found: Counter[str] = Counter()
    at = 0
    for token in yaml.scan(text, Loader=LOADER):
        found.update(each.strip() for each in _COMMENTS.findall(text[at : token.start_mark.index]))
        at = max(at, token.end_mark.index)
    found.update(each.strip() for each in _COMMENTS.findall(text[at:]))
    return found


def _aligned(form: str, before: str) -> str:
    """Return *form* with each comment that stood above a line in *before* still straight above it.

    ruamel moves the lines of a list to their usual margin, and leaves comments where they were.
    """
    straight = (above for _, above in _alone(before))
    rows = form.split("\n")
    for (at, _), above in zip(_alone(form), straight, strict=False):
        below = next((row for row in rows[at:] if row.strip() and not COMMENT.match(row)), "")
        if above and below:
            rows[at] = " " * margin_of(below) + rows[at].lstrip()
    return "\n".join(rows)


def _alone(text: str) -> Iterator[tuple[int, bool]]:
    """Yield the line of every comment that stands alone, and whether straight above a line."""
    rows, at = text.split("\n"), 0
    for token in yaml.scan(text, Loader=LOADER):
        begin, at = at, token.end_mark.line
        for line in range(begin, token.start_mark.line):
            if COMMENT.match(rows[line]):
                below = rows[token.start_mark.line]
                indent, key = margin_of(rows[line]), re.match(r"[ -]*", below)
                yield line, indent in {margin_of(below), len(key[0]) if key else 0}


def _spell(node: Any, kind: Any, *, blocks: bool) -> None:  # noqa: ANN401 - ruamel's types are loose
    """Give each value below *node* its quotes; *blocks*: what stands in braces gets lines."""
    if isinstance(node, CommentedMap):
        if blocks:
            node.fa.set_block_style()
        for key in list(node):
            inner = field_type(kind, key) if is_record(kind) else kind
            node[key] = _spelled(node[key], inner)
            _spell(node[key], inner, blocks=blocks)
    elif isinstance(node, CommentedSeq):
        if blocks and any(isinstance(each, CommentedMap | CommentedSeq) for each in node):
            node.fa.set_block_style()
        for place, each in enumerate(node):
            node[place] = _spelled(each, kind)
            _spell(node[place], kind, blocks=blocks)


def _spelled(value: Any, kind: Any) -> Any:  # noqa: ANN401 - text, or what holds text
    if not isinstance(value, str) or isinstance(value, FoldedScalarString | LiteralScalarString):
        return value
    text = value.strip()
    if not text or (_is_text(kind) and _guess(text) != _TEXT_TAG):
        return DoubleQuotedScalarString(text)
    return text


def _is_text(annotation: Any) -> bool:  # noqa: ANN401 - annotations of all sorts
    """Tell whether other readers shall take a value for text: a phone, not a price."""
    return any(each is str for each in types(annotation))


def _guess(text: str) -> str:
    """Return what other programs would take the unquoted *text* for."""
    if _NUMBER.fullmatch(text):
        return "number"
    guess = yaml.SafeLoader("").resolve
    return str(guess(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]

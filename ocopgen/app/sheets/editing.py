"""Change single values of a YAML file, and leave every other letter of it as it stands."""

import json
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import yaml
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from ocopgen.app.sheets.values import at, clear, put
from ocopgen.content.canon import written
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Certification, Price, Product, Shop, Source
from ocopgen.content.source import LOADER
from ocopgen.content.tree import Key

Change = tuple[Key, Any]
"""A key, and what is to stand there; None: nothing any more."""

_PARTS: dict[str, type[Record]] = {
    "certifications": Certification,
    "sources": Source,
    "price": Price,
    "buy": Shop,
}
_UNPLAIN_IN_BRACES = re.compile(r"[\[\]{},#\"'&*!|>%@`]|: |:$|^[-?:]|^$")

_CODE = re.compile(r"0\d+|\d{8,14}")


def changes(before: Any, after: Any, key: Key = ()) -> Iterator[Change]:  # noqa: ANN401 - trees
    """Yield what makes *before*, which a file says, say *after*."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in _in_order(after, key):
            if name in before:
                yield from changes(before[name], after[name], (*key, name))
            else:
                yield (*key, name), arranged(after[name], (*key, name))
        yield from (((*key, name), None) for name in before if name not in after)
    elif isinstance(before, list) and isinstance(after, list):
        for place, each in enumerate(after):
            if place < len(before):
                yield from changes(before[place], each, (*key, place))
            else:
                yield (*key, place), arranged(each, (*key, place))
        yield from (((*key, place), None) for place in range(len(before) - 1, len(after) - 1, -1))
    elif before != after:
        yield key, arranged(after, key)


def arranged(value: Any, key: Key) -> Any:  # noqa: ANN401 - as above
    """Return *value*, which stands at *key*, with its own keys in the order of the model."""
    if isinstance(value, dict):
        return {name: arranged(value[name], (*key, name)) for name in _in_order(value, key)}
    if isinstance(value, list):
        return [arranged(each, (*key, place)) for place, each in enumerate(value)]
    return value


def _in_order(names: Any, key: Key) -> list[str]:  # noqa: ANN401 - keys of any mapping
    fields = _fields(key)
    return sorted(names, key=lambda name: fields.index(name) if name in fields else len(fields))


def _fields(key: Key) -> list[str]:
    """Return the names that the mapping at *key* of a product may have, in order."""
    names = [part for part in key if isinstance(part, str)]
    kind = _PARTS.get(names[-1]) if names else Product
    return list(fields_of(kind)) if kind else []


def edited(text: str, wanted: Sequence[Change]) -> str:
    """Return the YAML *text* with every one of the *wanted* changes."""
    for key, value in wanted:
        text = _Edit(text, key, value).done()
    return text


class _Edit:
    """One change of one text."""

    def __init__(self, text: str, key: Key, value: Any) -> None:  # noqa: ANN401 - as above
        self.text, self.key, self.value = text, key, value
        self.lines = text.split("\n")
        root = yaml.compose(text, Loader=LOADER)
        self.way: list[tuple[Any, Any]] = [(None, root)]
        for part in key:
            found = _child(self.way[-1][1], part)
            if found is None:
                break
            self.way.append(found)

    def done(self) -> str:
        for depth, (_, node) in enumerate(self.way[: len(self.key)]):
            if getattr(node, "flow_style", False):
                return self._in_braces(depth, node)
        there = len(self.way) > len(self.key)
        if self.value is None:
            self._remove(len(self.key))
        elif there and _is_one_piece(self.way[-1][1]) and _is_short(self.value):
            new = _scalar(self.value) if isinstance(self.value, str) else _braces(self.value)
            return self._spliced(self.way[-1][1], new)
        elif there:
            self._remove(len(self.key))
            return _Edit("\n".join(self.lines), self.key, self.value).done()
        else:
            self._insert()
        return "\n".join(self.lines)

    def _in_braces(self, depth: int, node: Any) -> str:  # noqa: ANN401 - nodes of two libraries
        said, key = deepcopy(_said(node)), self.key[depth:]
        if self.value is None:
            clear(said, key) if isinstance(key[-1], str) else at(said, key[:-1]).pop()
        else:
            put(said, key, self.value)
        if not said and depth:
            return _Edit(self.text, self.key[:depth], None).done()
        return self._spliced(node, _braces(said))

    def _spliced(self, node: Any, new: str) -> str:  # noqa: ANN401 - as above
        start, end = node.start_mark.index, node.end_mark.index
        if getattr(node, "style", None) in {"|", ">"}:
            end = len("\n".join(self.lines[: self._last(node) + 1]))
        return self.text[:start] + new + self.text[end:]

    def _insert(self) -> None:
        key = self.key[: len(self.way)]
        value: Any = self.value
        for part in reversed(self.key[len(self.way) :]):
            value = [value] if isinstance(part, int) else {part: value}
        node = self.way[-1][1]
        column = node.start_mark.column
        if isinstance(key[-1], int):
            rows = _rows({"x": [value]})[1:]
            margin = len(rows[0]) - len(rows[0].lstrip())
            rows = [row[margin:] for row in rows]
            at_line = self._last(node) + 1
        else:
            rows, at_line = _rows({key[-1]: value}), self._place(node, key)
        self.lines[at_line:at_line] = [" " * column + row for row in rows]

    def _place(self, node: Any, key: Key) -> int:  # noqa: ANN401 - as above
        """Return the line at which the last part of *key* belongs into the mapping *node*."""
        fields = _fields(key[:-1])
        own = fields.index(key[-1]) if key[-1] in fields else len(fields)
        before = [
            value
            for name, value in node.value
            if name.value not in fields or fields.index(name.value) < own
        ]
        if before:
            return self._last(before[-1]) + 1
        first = node.value[0]
        line: int = first[0].start_mark.line
        return line if not node.start_mark.column else self._last(first[1]) + 1

    def _remove(self, depth: int) -> None:
        """Take the lines of the value at *depth* of the way out."""
        name, node = self.way[depth]
        parent = self.way[depth - 1][1]
        if len(parent.value) == 1 and depth > 1:
            self._remove(depth - 1)
            return
        last = self._last(node)
        if name is None:
            first = node.start_mark.line
        else:
            first, column = name.start_mark.line, name.start_mark.column
            lead = self.lines[first][:column]
            if lead.strip():  # the dash of a list stands before it
                self.lines[last + 1] = lead + self.lines[last + 1][column:]
        del self.lines[first : last + 1]

    def _last(self, node: Any) -> int:  # noqa: ANN401 - as above
        """Return the last line on which something of *node* is written."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            line: int = node.end_mark.line
            if getattr(node, "style", None) in {"|", ">"}:
                line = min(line, len(self.lines) - 1)
                line -= not node.end_mark.column
                while not self.lines[line].strip() or self.lines[line].lstrip()[0] == "#":
                    line -= 1
            return line
        last = node.value[-1]
        return self._last(last[1] if isinstance(last, tuple) else last)


def _child(node: Any, part: str | int) -> tuple[Any, Any] | None:  # noqa: ANN401 - as above
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def _is_one_piece(node: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether what *node* says can be replaced where it stands."""
    if isinstance(node, yaml.ScalarNode):
        return bool(node.value or node.style)
    return bool(node.flow_style)


def _is_short(value: Any) -> bool:  # noqa: ANN401 - as above
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(each, str) for each in texts)


def _said(node: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, yaml.MappingNode):
        return {name.value: _said(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_said(each) for each in node.value]
    return node.value


def _rows(said: dict[Any, Any]) -> list[str]:
    return written(quoted(CommentedMap(said))).rstrip("\n").split("\n")


def quoted(said: Any) -> Any:  # noqa: ANN401 - as above
    """Return what a file *said* with quotes around codes, which other readers take for numbers."""
    if isinstance(said, dict):
        return type(said)((name, quoted(value)) for name, value in said.items())
    if isinstance(said, list):
        return [quoted(each) for each in said]
    return DoubleQuotedScalarString(said) if _CODE.fullmatch(said) else said


def _scalar(text: str) -> str:
    return _rows({"x": text})[0].removeprefix("x: ")


def _braces(said: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(said, dict):
        return "{" + ", ".join(f"{name}: {_braces(value)}" for name, value in said.items()) + "}"
    if isinstance(said, list):
        return "[" + ", ".join(map(_braces, said)) + "]"
    if _UNPLAIN_IN_BRACES.search(said) or _CODE.fullmatch(said):
        return json.dumps(said, ensure_ascii=False)
    return str(said)

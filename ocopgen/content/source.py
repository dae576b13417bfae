"""Read YAML and front matter without forgetting where each value stood."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc

Key = tuple[str | int, ...]
"""The way from the top of a tree to one of its values."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_RARE_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_UNFIT = re.compile("[\u1e0e\u1e0f\ufffd\ue000-\uf8ff]")
"""Letters that stand for đ in the search index, for what was lost, and for private signs."""
_CLEVER = re.compile(r"[&*!]|[\[{]\s*[\[{]\s*[\[{]|- - - ")
"""What may be an anchor, an alias, a tag or a deep nest, and so is worth a closer look."""
_DEEPEST = 40
_LFS = "version https://git-lfs.github.com/spec/"
_FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file says, all scalars as the text that was written, and where each value stood."""

    path: str
    data: Any
    """Dictionaries, lists and text; None for an empty file."""
    marks: Sequence[Sequence[str | int]] = ()
    """A row a value: its key, then its line and column. Plain, so that it can be kept as JSON."""

    def spot(self, key: Key = ()) -> Spot:
        """Return the spot of *key*; a missing value stands where its parent does."""
        for mark in self.marks:
            *own, line, column = mark
            if tuple(own) == key:
                return Spot(self.path, int(line), int(column))
        return self.spot(key[:-1]) if key else Spot(self.path, 1)


Mark = Any
"""Where PyYAML or libyaml, which have a type each, saw something."""


class _Refused(Exception):
    """The file cannot be understood; the basket says why."""


def decode_text(path: str, content: bytes, problems: Problems) -> str | None:
    """Return *content* as text with plain line ends, or tell why that cannot be."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = _position(before, len(before))
        problems.add(Spot(path, line, column), "file.encoding")
        return None
    text = plain_lines(text)
    if text.startswith(_LFS):
        problems.add(Spot(path, 1), "file.lfs")
        return None
    if found := _CONFLICT.search(text):
        problems.add(Spot(path, _position(text, found.start())[0]), "file.conflict")
        return None
    return text


def plain_lines(text: str) -> str:
    """Return *text* with the line ends of Unix; the rarer line ends of Unicode become spaces.

    Everything that counts lines counts those of this text.
    """
    return _RARE_LINE_ENDS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_tree(path: str, text: str, problems: Problems, first_line: int = 1) -> Tree | None:
    """Return what the YAML *text* of the file *path* says, or put into *problems* why not.

    *first_line* is the line of the file on which *text* begins (front matter begins on line 2).
    """
    builder = _Builder(path, text, problems, first_line)
    try:
        return builder.tree()
    except _Refused:
        return None


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Return the YAML and the Markdown of *text*, and the line on which the Markdown begins."""
    found = _FENCE.match(text)
    if not found:
        return "", text, 1
    return found[1], text[found.end() :], text.count("\n", 0, found.end()) + 1


class _Builder:
    """Turns the nodes of one file into a tree, noting every fault that it meets."""

    def __init__(self, path: str, text: str, problems: Problems, first_line: int) -> None:
        self.path = path
        self.text = text
        self.problems = problems
        self.shift = first_line
        self.before = len(problems.found)
        self.marks: list[tuple[str | int, ...]] = []

    def tree(self) -> Tree:
        try:
            if _CLEVER.search(self.text):
                self._refuse_cleverness()
            node = yaml.compose(self.text, Loader=_LOADER)
            data = None if node is None else self._value(node, ())
        except RecursionError:
            self._refuse(0, 0, "yaml.deep")
        except yaml.MarkedYAMLError as error:
            self._tell_syntax(error)
        except yaml.YAMLError as error:
            self._tell_characters(error)
        if len(self.problems.found) > self.before:
            raise _Refused
        return Tree(self.path, data, self.marks)

    def _value(self, node: yaml.Node, key: Key) -> Any:  # noqa: ANN401 - what YAML can hold
        mark = node.start_mark
        self.marks.append((*key, mark.line + self.shift, mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, key))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(each, (*key, place)) for place, each in enumerate(node.value)]
        return self._text(node) if isinstance(node, yaml.ScalarNode) else None

    def _pairs(self, node: yaml.MappingNode, key: Key) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                self._add(name_node.start_mark, "yaml.key")
                continue
            name, line = self._text(name_node), name_node.start_mark.line + self.shift
            if name in seen:
                self._add(name_node.start_mark, "yaml.twice", key=name, first=seen[name])
                continue
            seen[name] = line
            empty = isinstance(value_node, yaml.ScalarNode) and _is_empty(value_node)
            if not empty:
                yield name, self._value(value_node, (*key, name))
            # A fault of a key that should not be there is shown at the key, not at its value.
            self.marks.append((*key, name, KEY, line, name_node.start_mark.column + 1))

    def _text(self, node: yaml.ScalarNode) -> str:
        text = nfc(node.value).strip()
        if not text.isascii() and (found := _UNFIT.search(text)):
            self._add(node.start_mark, "text.letter", letter=f"U+{ord(found[0]):04X}")
        return text

    def _refuse_cleverness(self) -> None:
        depth = 0
        for event in yaml.parse(self.text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if (name := getattr(event, "anchor", None)) is not None:
                self._refuse(*_place(event.start_mark), "yaml.anchor", name=name)
            if (tag := getattr(event, "tag", None)) is not None:
                self._refuse(*_place(event.start_mark), "yaml.tag", tag=tag)
            if depth > _DEEPEST:
                self._refuse(*_place(event.start_mark), "yaml.deep")

    def _tell_syntax(self, error: yaml.MarkedYAMLError) -> NoReturn:
        code = _syntax_code(error)
        mark = error.problem_mark or error.context_mark
        if code in {"yaml.quote", "yaml.bracket"}:
            mark = error.context_mark or mark
        row, column = _place(mark)
        lines = self.text.split("\n")
        line = lines[row] if row < len(lines) else ""
        margin = line[: len(line) - len(line.lstrip())]
        if "\t" in margin or line[column : column + 1] == "\t":
            self._refuse(row, line.index("\t"), "yaml.tab")
        self._refuse(row, column, code)

    def _tell_characters(self, error: yaml.YAMLError) -> NoReturn:
        place = getattr(error, "position", 0)
        at = next((n for n, c in enumerate(self.text) if _is_control(c)), place)
        line, column = _position(self.text, at)
        self._refuse(line - 1, column - 1, "file.control")

    def _refuse(self, line: int, column: int, code: str, **values: object) -> NoReturn:
        self._add_at(line, column, code, **values)
        raise _Refused

    def _add(self, mark: Mark, code: str, **values: object) -> None:
        line, column = _place(mark)
        self._add_at(line, column, code, **values)

    def _add_at(self, line: int, column: int, code: str, **values: object) -> None:
        self.problems.add(Spot(self.path, line + self.shift, column + 1), code, **values)


KEY = -1
"""Stands at the end of a key where the name itself, not its value, is meant."""


def _is_empty(node: yaml.ScalarNode) -> bool:
    return not node.value and node.style is None


def _place(mark: Mark) -> tuple[int, int]:
    """Return line and column of *mark*, counted from 0."""
    return (mark.line, mark.column) if mark else (0, 0)


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\n\r\x85"


def _syntax_code(error: yaml.MarkedYAMLError) -> str:
    """Return the message for a sentence of libyaml; the common slips have words of their own."""
    said = f"{error.context or ''} {error.problem or ''}"
    if "mapping values are not allowed" in said:
        return "yaml.colon"
    if "quoted scalar" in said:
        return "yaml.quote"
    if "found undefined alias" in said:
        return "yaml.alias"
    if "flow" in said:
        return "yaml.bracket"
    if "block" in said or "indent" in said or "could not find expected ':'" in said:
        return "yaml.indent"
    return "yaml.syntax"


def _position(text: str, at: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of the character *at* of *text*."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1

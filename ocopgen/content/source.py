"""Read YAML without forgetting where each value stood."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NoReturn

import yaml

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc
from ocopgen.content.limits import MOST_VALUES
from ocopgen.content.signs import CONTROL, UNFIT, is_fit, is_plain, tell_letter
from ocopgen.content.syntax import SHOWN_WHERE_BEGUN, comma_code, slip, syntax_code
from ocopgen.content.tree import KEY, NOTE, Key, Tree

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = "\ufeff".encode()
_MARKS = ("<<<<<<< ", "||||||| ", ">>>>>>> ")
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7}) ", re.MULTILINE)
"""Seven equals signs alone are not one: in Markdown they make a heading."""
_RARE_LINE_ENDS = ("\x85", "\u2028", "\u2029")
_MOST_TOLD = 20
"""Bad letters that are told of one file: a file in a wrong encoding holds thousands."""
_CLEVER = re.compile(r"(?:^|[\s\[{,:?-])(?:[&*]\S|!)|[-?][ \t]+[-?][ \t]|^[ \t]{9}", re.MULTILINE)
"""What may be an anchor, an alias, a tag or a deep nest, and so is worth a closer look."""
_CLEVER_SIGNS = ("&", "*", "!", "\t", " " * 9)
_NEST = re.compile(r"[-?] +[-?] ")
"""What stands in all that `_CLEVER` finds: one of these signs, or this."""
_OPENED = 20
"""Brackets that may be as many levels, on top of two levels for each of eight columns."""
_PARTS = re.compile(r"[\n,:?{\[]|- ")
"""What each value but the first has before it, if it is not a sign of the text."""
_CUT = re.compile(r"[ \t]+(#\w[^\n]*)")
"""What ends a value, perhaps unnoticed: remarks have a space behind their sign, tags have none."""
_CUT_WITHIN = re.compile(r"""[^"'#]*[ \t](#.*)""")
"""The same behind a bracket that is open, and that stands closed within the remark perhaps."""
_OWN_TAGS = "tag:yaml.org,2002:"
_DEEPEST = 40
_LFS = "version https://git-lfs.github.com/spec/"


Mark = Any
"""Where PyYAML or libyaml, which have a type each, saw something."""


class _Plain(LOADER):  # type: ignore[misc,valid-type]
    """Composes nodes without asking which type a scalar has: all of them are text."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        """Return no tag: nobody asks for it."""
        return ""

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Note no path: no rule asks for it."""

    def ascend_resolver(self) -> None:
        """Leave no path."""


class _Refused(Exception):
    """The file cannot be understood; the basket says why."""


def decode_text(path: str, content: bytes, problems: Problems) -> str | None:
    """Return *content* as text with plain line ends, or tell why that cannot be."""
    content = content.removeprefix(_BOM)
    try:
        text = plain_lines(content.decode())
    except UnicodeDecodeError as error:
        before = plain_lines(content[: error.start].decode())
        problems.add(Spot(path, *_position(before, len(before))), "file.encoding")
        return None
    if "\0" in text:  # UTF-16 without a mark at its start
        problems.add(Spot(path, 1), "file.encoding")
    elif text.startswith(_LFS):
        problems.add(Spot(path, 1), "file.lfs")
    elif any(mark in text for mark in _MARKS) and (found := _CONFLICT.search(text)):
        problems.add(Spot(path, *_position(text, found.start())), "file.conflict")
    elif not is_plain(text) and UNFIT.search(text):
        for found in islice(UNFIT.finditer(text), _MOST_TOLD):
            tell_letter(Spot(path, *_position(text, found.start())), found[0], problems)
    else:
        return text
    return None


def plain_lines(text: str) -> str:
    """Return *text* with the line ends of Unix; the rarer line ends of Unicode become spaces.

    Everything that counts lines counts those of this text.
    """
    for end in _RARE_LINE_ENDS:
        text = text.replace(end, " ")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ended_as(text: str, before: bytes) -> str:
    """Return *text* with the line ends that the file *before* has.

    Git and editors on Windows have line ends of their own, and would only change others back.
    """
    return text.replace("\n", "\r\n") if b"\r\n" in before else text


def read_tree(path: str, text: str, problems: Problems, first_line: int = 1) -> Tree | None:
    """Return what the YAML *text* of the file *path* says, or put into *problems* why not.

    *first_line* is the line of the file on which *text* begins (front matter begins on line 2).
    """
    builder = _Builder(path, text, problems, first_line)
    try:
        return builder.tree()
    except _Refused:
        return None


class _Builder:
    """Turns the nodes of one file into a tree, noting every fault that it meets."""

    def __init__(self, path: str, text: str, problems: Problems, first_line: int) -> None:
        self.path = path
        self.text = text
        self.problems = problems
        self.shift = first_line
        self.last = text.count("\n")
        self.before = problems.faults
        self.marks: list[tuple[str | int, ...]] = []
        self.may_be_cut = _CUT.search(text) is not None
        # An escape may stand for any letter. Without one, what holds for the whole holds for parts.
        self.is_sound = "\\" not in text and nfc(text) == text and is_plain(text)

    def tree(self) -> Tree:
        try:
            if _may_be_clever(self.text) or _may_be_many(self.text):
                self._refuse_cleverness()
            node = yaml.compose(self.text, Loader=_Plain)
            data = None if node is None else self._value(node, ())
        except yaml.MarkedYAMLError as error:
            self._tell_syntax(error)
        except yaml.YAMLError:
            self._tell_characters()
        if self.problems.faults > self.before:
            raise _Refused
        return Tree(self.path, data, self.marks)

    def _value(self, node: yaml.Node, key: Key) -> Any:  # noqa: ANN401 - what YAML can hold
        mark = node.start_mark
        # Where nothing is written, libyaml may point to a line below the last one.
        line, column = (mark.line, mark.column) if mark.line <= self.last else (self.last, 0)
        self.marks.append((*key, line + self.shift, column + 1))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, key))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(each, (*key, place)) for place, each in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            return None
        if self.may_be_cut and not node.style:
            self._tell_cut(node.end_mark)
        return self._text(node)

    def _tell_cut(self, end: Mark) -> None:
        """Warn of what stands behind a bare value as if it went on, and is left out."""
        if found := _CUT.match(self.text, end.index):
            column = end.column + found.start(1) - found.start()
            spot = Spot(self.path, end.line + self.shift, column + 1)
            self.problems.warn(spot, "yaml.cut", said=found[1].rstrip())

    def _pairs(self, node: yaml.MappingNode, key: Key) -> Iterator[tuple[str, Any]]:
        if not self.is_sound and not node.flow_style:
            self._tell_margins(name_node for name_node, _ in node.value)
        seen: dict[str, Mark] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                self._add(name_node.start_mark, "yaml.key")
                continue
            name, mark = self._text(name_node), name_node.start_mark
            empty = isinstance(value_node, yaml.ScalarNode) and _is_empty(value_node)
            if name in seen:
                self._tell_again(name, seen[name], mark, empty=empty)
                continue
            seen[name] = mark
            if not empty:
                yield name, self._value(value_node, (*key, name))
            # A fault of a key that should not be there is shown at the key, not at its value.
            self.marks.append((*key, name, KEY, mark.line + self.shift, mark.column + 1))
            if empty and self.text.startswith(" #", value_node.start_mark.index):
                behind = value_node.start_mark
                self.marks.append((*key, name, NOTE, behind.line + self.shift, behind.column + 2))

    def _tell_again(self, name: str, first: Mark, again: Mark, *, empty: bool) -> None:
        if empty and first.line == again.line:  # what stands behind a comma within braces
            for mark in (first, again):
                self._add(mark, comma_code(name), field=name)
        else:
            self._add(again, "yaml.twice", key=name, first=first.line + self.shift)

    def _tell_margins(self, names: Iterable[yaml.Node]) -> None:
        """Tell of those *names* that a no-break space has put on another level than is seen."""
        for each in names:
            if isinstance(each, yaml.ScalarNode) and each.value.startswith("\u00a0"):
                self._add(each.start_mark, "yaml.nbsp")

    def _text(self, node: yaml.ScalarNode) -> str:
        if self.is_sound:
            return str(node.value).strip()
        text = nfc(node.value).strip()
        is_fit(text, self._spot(*_place(node.start_mark)), self.problems)
        return text

    def _refuse_cleverness(self) -> None:
        depth = values = 0
        for event in yaml.parse(self.text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            values += isinstance(event, yaml.NodeEvent)
            if (name := getattr(event, "anchor", None)) is not None:
                self._refuse(*_place(event.start_mark), "yaml.anchor", name=name)
            if (tag := getattr(event, "tag", None)) is not None:
                self._refuse(
                    *_place(event.start_mark), "yaml.tag", tag=tag.replace(_OWN_TAGS, "!!")
                )
            if depth > _DEEPEST:
                self._refuse(*_place(event.start_mark), "yaml.deep", most=_DEEPEST)
            if values > MOST_VALUES:
                self._refuse(*_place(event.start_mark), "yaml.many", most=MOST_VALUES)

    def _tell_syntax(self, error: yaml.MarkedYAMLError) -> NoReturn:
        code = syntax_code(error)
        began = code in SHOWN_WHERE_BEGUN and error.context_mark
        row, column = _place(began or error.problem_mark)
        lines = self.text.rstrip(" \t\n").split("\n")
        if row >= len(lines):
            self._refuse(len(lines) - 1, len(lines[-1]), code)
        line = lines[row]
        margin = line[: len(line) - len(line.lstrip())]
        if "\t" in margin or line[column : column + 1] == "\t":
            self._refuse(row, line.index("\t"), "yaml.tab")
        if code in {"yaml.colon", "yaml.indent"} and (found := slip(lines, row)):
            self._refuse(*found)
        if code == "yaml.nocolon" and (found := slip(lines, row, here=True)):
            self._refuse(*found)
        if code == "yaml.bracket" and (cut := _CUT_WITHIN.match(line, column)):
            self._refuse(row, cut.start(1), "yaml.cut_within", said=cut[1])
        if code == "yaml.indent" and column > len(margin):
            code = "yaml.rest"
        self._refuse(row, column, code)

    def _tell_characters(self) -> NoReturn:
        found = CONTROL.search(self.text)
        line, column = _position(self.text, found.start() if found else 0)
        self._refuse(line - 1, column - 1, "file.control")

    def _refuse(self, line: int, column: int, code: str, **values: object) -> NoReturn:
        self.problems.add(self._spot(line, column), code, **values)
        raise _Refused

    def _add(self, mark: Mark, code: str, **values: object) -> None:
        self.problems.add(self._spot(*_place(mark)), code, **values)

    def _spot(self, line: int, column: int) -> Spot:
        return Spot(self.path, line + self.shift, column + 1)


def _may_be_clever(text: str) -> bool:
    if text.count("{") + text.count("[") >= _OPENED:
        return True
    # Most texts have none of the signs, which is told in a tenth of the time.
    signs = any(sign in text for sign in _CLEVER_SIGNS) or _NEST.search(text)
    return bool(signs and _CLEVER.search(text))


def _may_be_many(text: str) -> bool:
    """Tell whether *text* is so long, and so much cut up, that its values are worth counting."""
    return len(text) > MOST_VALUES and len(_PARTS.findall(text)) >= MOST_VALUES


def _is_empty(node: yaml.ScalarNode) -> bool:
    return not node.value and not node.style


def _place(mark: Mark) -> tuple[int, int]:
    """Return line and column of *mark*, counted from 0."""
    return (mark.line, mark.column) if mark else (0, 0)


def _position(text: str, at: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of the character *at* of *text*."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1

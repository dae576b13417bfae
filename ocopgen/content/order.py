"""Put the keys of a record's file into the order of the model, each with its comments."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import yaml

from ocopgen.content.record import Record, fields_of
from ocopgen.content.source import LOADER

COMMENT = re.compile(r"[ \t]*#")


def in_order(text: str, kind: type[Record]) -> str:
    """Return *text* with the lines of each block moved to where the model has their key.

    Lines are moved, not values: so each comment goes with the key that it stands above.
    """
    lines = text.rstrip("\n").split("\n")
    node = yaml.compose(text, Loader=LOADER)
    return "\n".join(_arranged(node, kind, lines, 0, len(lines))) + "\n"


def _arranged(node: Any, kind: Any, lines: Sequence[str], top: int, end: int) -> list[str]:  # noqa: ANN401
    """Return the *lines* from *top* to *end*, which hold *node* alone, in the right order."""
    kept = list(lines[top:end])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        starts = [_lead(each.start_mark.line, lines, top, -1) for each in node.value]
        bounds = [*starts, end]
        parts = [
            _arranged(each, kind, lines, start, stop)
            for each, start, stop in zip(node.value, bounds, bounds[1:], strict=False)
        ]
        return [*lines[top : bounds[0]], *(line for part in parts for line in part)]
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return kept
    return _arranged_pairs(node, kind, lines, top, end)


def _arranged_pairs(node: Any, kind: Any, lines: Sequence[str], top: int, end: int) -> list[str]:  # noqa: ANN401
    column = node.start_mark.column
    first = node.start_mark.line
    starts = [first]
    for (_, before), (name, _) in zip(node.value, node.value[1:], strict=False):
        floor = max(_last_line(before, lines), starts[-1]) + 1
        starts.append(_lead(name.start_mark.line, lines, floor, column))
    head, bounds = _pinned(first, lines, top, column), [*starts, end]
    bounds[0] = head
    bounds[-1] = last = min(max(_last_line(node, lines), starts[-1]) + 1, end)
    if len({name.start_mark.line for name, _ in node.value}) < len(node.value):
        return list(lines[top:end])
    fields = list(fields_of(kind)) if is_record(kind) else []
    chunks = []
    # A mapping in a list shares its first line with the dash of its item.
    dash = lines[first][:column]
    for (name, value), start, stop in zip(node.value, bounds, bounds[1:], strict=False):
        at, key = name.start_mark.line, name.value
        inner = field_type(kind, key)
        chunk = [*lines[start:at]]
        row = " " * column + lines[at][column:]
        if value.start_mark.line > at:
            chunk += [row, *_arranged(value, inner, lines, at + 1, stop)]
        else:
            chunk += [row, *lines[at + 1 : stop]]
        place = fields.index(key) if key in fields else len(fields)
        chunks.append((place, at - start, chunk))
    if fields:
        chunks.sort(key=lambda each: each[0])
    _, lead, chunk = chunks[0]
    chunk[lead] = dash + chunk[lead][column:]
    moved = (line for _, _, chunk in chunks for line in chunk)
    return [*lines[top:head], *moved, *lines[last:end]]


def _lead(at: int, lines: Sequence[str], floor: int, column: int) -> int:
    """Return the first of the comments and blank lines, down from *floor*, above line *at*.

    A comment belongs to the key at its *column*; below 0: to whatever follows.
    """
    while at > floor:
        above = lines[at - 1]
        if above.strip() and not (COMMENT.match(above) and column in {-1, margin_of(above)}):
            break
        at -= 1
    return at


def _pinned(first: int, lines: Sequence[str], top: int, column: int) -> int:
    """Return where the comment of the first key begins: one that ends with a gap is the file's."""
    at = first
    while at > top and lines[at - 1].strip() and COMMENT.match(lines[at - 1]):
        if lines[at - 1].startswith("# yaml-language-server") or column:
            break
        at -= 1
    return at


def _last_line(node: Any, lines: Sequence[str]) -> int:  # noqa: ANN401 - nodes of two libraries
    """Return the last line on which something of *node* is written."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        at = node.end_mark.line
        block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
        return int(min(at - 1 if block and not node.end_mark.column else at, len(lines) - 1))
    last = node.value[-1]
    value = last[1] if isinstance(last, tuple) else last
    empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
    return (
        int(last[0].start_mark.line)
        if empty and isinstance(last, tuple)
        else _last_line(value, lines)
    )


def margin_of(line: str) -> int:
    """Return how many spaces *line* begins with."""
    return len(line) - len(line.lstrip())


def is_record(kind: object) -> bool:
    """Tell whether *kind* is a type of records."""
    return isinstance(kind, type) and issubclass(kind, Record)


def field_type(kind: Any, key: str) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return what the model says of the *key* of a *kind*: a record, a type of text, or None."""
    if not is_record(kind) or key not in fields_of(kind):
        return None
    annotation = fields_of(kind)[key].annotation
    return next(filter(is_record, types(annotation)), annotation)


def types(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - annotations of all sorts
    """Yield *annotation* and every type that it is made of."""
    yield annotation
    for each in get_args(annotation):
        yield from types(each)

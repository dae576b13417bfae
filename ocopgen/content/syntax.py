"""Know which message says in plain words what a parser of YAML complains of."""

import re
from collections.abc import Sequence

import yaml

SHOWN_WHERE_BEGUN = {"yaml.quote", "yaml.bracket", "yaml.anchor", "yaml.tag", "yaml.nocolon"}
"""Faults that are told where what is not ended began, not where that was noticed."""
_SYNTAX = (
    ("mapping values are not allowed", "yaml.colon"),
    ("quoted scalar", "yaml.quote"),
    ("an alias", "yaml.anchor"),
    ("an anchor", "yaml.anchor"),
    ("a tag", "yaml.tag"),
    ("a directive", "yaml.syntax"),
    ("block scalar", "yaml.syntax"),
    ("node content", "yaml.syntax"),
    ("flow", "yaml.bracket"),
    ("could not find expected ':'", "yaml.nocolon"),
    ("single document", "yaml.document"),
    ("document start", "yaml.indent"),
    ("block", "yaml.indent"),
)
"""Part of a sentence of libyaml, and the message that says it to editors; the first that fits."""


def syntax_code(error: yaml.MarkedYAMLError) -> str:
    """Return the message that says to editors what libyaml found."""
    said = f"{error.context or ''} {error.problem or ''}"
    return next((code for part, code in _SYNTAX if part in said), "yaml.syntax")


_CURLY = '(?=.[^"\u201c-\u201e]*: )[\u201c-\u201e][^"\u201c-\u201e]*[\u201c-\u201e] *$'
"""A value all of which stands in quotes of Word, with the colon that they do not hide."""
_SLIPS = (
    ("^ *(?:-|(?:- +)?[a-z_]+:)?(?=\u00a0)", "yaml.nbsp"),
    ("^ *(?:- +)?[a-z_]+(?=\uff1a)", "yaml.wide"),
    ("^ *(?=[\u2013\u2014] |-[^ -])", "yaml.dash"),
    ("^ *(?:- +)?[a-z_]+:(?=[^ /])", "yaml.tight"),
    (f"^ *(?:- +)?[a-z_]+: +(?={_CURLY})", "yaml.curly"),
)
"""How the commonest slips look, which end where they are to be shown; most builds need none."""


def slip(lines: Sequence[str], row: int, *, here: bool = False) -> tuple[int, int, str] | None:
    """Return the slip that the fault at *row* of *lines* most likely came from: row, column, code.

    A parser stumbles over what follows: a name without a space behind its colon is text to it.
    *here*: the fault is known to lie in that very line.
    """
    above = next((each for each in range(row - 1, -1, -1) if _says(lines[each])), row)
    for each in (row,) if here or _is_in_block(lines, above) else (above, row):
        for pattern, code in _SLIPS:
            if found := re.search(pattern, lines[each]):
                return each, found.end(), code
    return None


def comma_code(name: str) -> str:
    """Return what is told where a comma within braces made a *name* of the rest of a value."""
    return "field.digits" if name.isdecimal() else "field.comma"


def _is_in_block(lines: Sequence[str], row: int) -> bool:
    """Tell whether the line at *row* is of a text below a `|` or `>`, where no sign is a slip."""
    margin = _margin(lines[row])
    for line in reversed(lines[:row]):
        if line.strip() and _margin(line) < margin:
            margin = _margin(line)
            if re.search("[:-] +[|>][-+0-9]*(?: +#.*)?$", line.rstrip()):
                return True
    return False


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")

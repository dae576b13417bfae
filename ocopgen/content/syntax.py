"""Know which message says in plain words what a parser of YAML complains of."""

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

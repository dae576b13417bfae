"""Part the front matter of a Markdown file from its text, and know what keeps the two together."""

import re
from collections.abc import Sequence

from ocopgen.content.matter import ContentPage
from ocopgen.content.record import fields_of

_FENCE = re.compile(r"---[ \t]*\n((?:(?!---[ \t]*$).*\n)*+)---[ \t]*$\n?", re.MULTILINE)
"""Taken line by line, which takes less time than to look for the end at every letter."""
_EXACT = r"---[ \t]*"
_MEANT = r"\s*(?:[-\u2013\u2014]{2,}|[\u2013\u2014])\s*"
"""A line that was meant to be one of these: indented, too short or long, with a dash of Word."""


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Return the YAML and the Markdown of *text*, and the line on which the Markdown begins."""
    found = _FENCE.match(text)
    if not found:
        return "", text, 1
    return found[1], text[found.end() :], text.count("\n", 0, found.end()) + 1


def fence_fault(text: str, matter: str | None) -> tuple[int, str] | None:
    """Return line and code of why *text* has no *matter*, or of what in *matter* is none."""
    # Sound matter hardly ever holds either, and is not looked at any closer.
    if matter is not None and "\n\n" not in matter and "--" not in matter:
        return None
    lines = text.split("\n")
    if not re.fullmatch(_EXACT, lines[0]):
        return _opening_fault(lines)
    field = rf"(?i:{'|'.join(fields_of(ContentPage))})\b|[\s#\"'-]"
    last = len(lines) if matter is None else matter.count("\n") + 1
    for place in range(1, last):
        if re.fullmatch(_MEANT, lines[place]):
            return place + 1, "text.fence"
        # A paragraph stands below an empty line, and begins as no field does.
        if lines[place] and not lines[place - 1].strip() and not re.match(field, lines[place]):
            return (1, "text.unclosed") if matter is None else (place + 1, "text.running")
    return (1, "text.unclosed") if matter is None else None


def _opening_fault(lines: Sequence[str]) -> tuple[int, str]:
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if re.fullmatch(_EXACT, lines[first]):
        return 1, "text.late"
    return (first + 1, "text.fence") if re.fullmatch(_MEANT, lines[first]) else (1, "text.matter")

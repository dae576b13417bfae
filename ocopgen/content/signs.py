"""Know the letters that no text of a catalogue may have, and say which one stands where."""

import re

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc

_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufeff\\ufffe\\uffff"
_HIDDEN = (
    "\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c"  # turn the direction of what follows
    "\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\u00ad\\u034f\\u180e"  # take no room
    "\\u115f\\u1160\\u3164\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e0fff"
)
"""Letters that nobody sees, and that let a text look other than it is."""
_RESERVED = "\\u1e0e\\u1e0f"
"""The letter that stands for đ in the search index (search.md), so it may not occur in content."""
_NO_LETTERS = "\\ufffd\\ud800-\\udfff\\ue000-\\uf8ff\\U000f0000-\\U0010ffff"
"""What is left of a broken letter, and code points that look different on every machine."""
CONTROL = re.compile(f"[{_CONTROLS}]")
_HIDDEN_SIGN = re.compile(f"[{_HIDDEN}]")
UNFIT = re.compile(f"[{_CONTROLS}{_HIDDEN}{_RESERVED}{_NO_LETTERS}]|[dD]\u0331")


_PRINTED = (
    "\u0331",
    "\u034f",
    "\u115f",
    "\u1160",
    "\u1e0e",
    "\u1e0f",
    "\u3164",
    "\uffa0",
    "\ufffd",
)
"""Those of the unfit letters that Python counts as printable; above them come a few in plane 14."""


def is_plain(text: str) -> bool:
    """Tell whether *text* surely has no unfit letter: so it is with most, and is soon told."""
    line = text.replace("\n", "")
    return (
        line.isprintable()
        and len(line.encode("utf-16-le")) == 2 * len(line)
        and not any(letter in line for letter in _PRINTED)
    )


def tell_letter(spot: Spot, letter: str, problems: Problems) -> None:
    """Put into *problems* that the unfit *letter* stands at *spot*."""
    if CONTROL.match(letter):
        problems.add(spot, "file.control")
    elif _HIDDEN_SIGN.match(letter):
        problems.add(spot, "text.hidden", letter=_named(letter))
    else:
        problems.add(spot, "text.letter", letter=_named(letter))


def is_fit(text: str, spot: Spot, problems: Problems) -> bool:
    """Tell whether *text*, which stands at *spot*, has no letter that a file may not have."""
    found = UNFIT.search(text)
    if found:
        tell_letter(spot, found[0], problems)
    return found is None


def _named(letter: str) -> str:
    return f"U+{ord(nfc(letter)):04X}"

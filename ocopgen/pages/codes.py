"""QR codes that lead a phone from a jar to a page."""

import io
from functools import cache
from typing import TYPE_CHECKING

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import versions

if TYPE_CHECKING:
    from segno import QRCode

FILE = "qr.svg"
"""Stands beside the page that it leads to."""
VERSION = 2
"""To be raised when the same address is to be drawn in another way."""

_LEVEL = "h"
"""Thirty of a hundred code words may be lost: labels get wet, torn and covered by a thumb."""
_MASK = 0
"""Any of the eight is valid; to weigh them all against each other takes seven times as long."""
_LEAST = 10
"""The version (ISO/IEC 18004: 57 modules a side) that no code is smaller than. A smaller one would
hold the address too, but its words are so large that a fifth of it covered, in the middle or at an
edge, touches more of them than the level mends; of this one no code of the example is lost."""
_ROOM = 119
"""Bytes that fit into that version at that level."""
_DOT = 4
"""Pixels to a module, where a code is one of pixels."""
_QUIET = 4
"""Modules of white around the code, as the standard asks (ISO/IEC 18004)."""


def key(address: str) -> Digest:
    """Return the name of the code that leads to *address*."""
    return digest("qr", VERSION, _segno(), address)


def drawn(address: str) -> bytes:
    """Return the code that leads to *address* as a picture: SVG, black on white in any scheme."""
    file = io.BytesIO()
    _code(address).save(
        file, kind="svg", border=_QUIET, light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return file.getvalue()


def inline(address: str) -> str:
    """Return the code that leads to *address* as an element to be put into a page."""
    return str(
        _code(address).svg_inline(
            border=_QUIET, light="#fff", omitsize=True, svgclass="qr", lineclass=None
        )
    )


def dots(address: str) -> bytes:
    """Return the code that leads to *address* as PNG: no press softens the edge of a dot."""
    file = io.BytesIO()
    _code(address).save(file, kind="png", border=_QUIET, scale=_DOT)
    return file.getvalue()


@cache
def _segno() -> str:
    """Return the version of what draws: asked once, since to look it up takes 0.2 ms."""
    return versions(("segno",))[0]


def _code(address: str) -> "QRCode":
    import segno  # only who draws a code waits for it

    least = _LEAST if len(address.encode()) <= _ROOM else None
    return segno.make(
        address, version=least, error=_LEVEL, micro=False, mask=_MASK, boost_error=False
    )

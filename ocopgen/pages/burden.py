"""Find what would make a small picture dear to open, before Pillow opens it."""

import re
import struct
from collections.abc import Iterator

MOST_SCANS = 100
"""Times that a JPEG may be drawn over; cameras and programs draw it one to twenty times."""
MOST_METADATA = 50_000_000
"""Bytes that the directory of the metadata may ask for; those of cameras ask for some thousands."""

_SCAN = b"\xff\xda"
_APP1, _EXIF = 0xE1, b"Exif\0\0"
_TIFF = re.compile(rb"II\*\0|MM\0\*")
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
"""Bytes of one value of each type (TIFF 6.0)."""
_ENTRY, _IN_PLACE = 12, 4
_ORIENTATION, _SHORT = 0x0112, 3
_MOST_ENTRIES = 200_000


def scans(photo: bytes, kind: str) -> int:
    """Return how often the *photo* of that *kind* is drawn over; data never looks like a mark."""
    return photo.count(_SCAN) if kind == "JPEG" else 1


def metadata(photo: bytes, kind: str) -> int:
    """Return how many bytes the metadata of *photo* would fill in memory when Pillow opens it.

    Of other kinds Pillow reads none unless it is asked, and nobody asks.
    """
    if kind == "JPEG":
        exif = b"".join(_exif_of_jpeg(photo))
        return sum(size for _, _, size, _ in _entries(exif, 0))
    asked = entries = 0
    for found in _TIFF.finditer(photo) if kind == "AVIF" else ():
        for _, _, size, _ in _entries(photo, found.start()):
            asked, entries = asked + size, entries + 1
            if asked > MOST_METADATA or entries > _MOST_ENTRIES:
                return MOST_METADATA + 1
    return asked


def canvas(head: bytes, kind: str) -> int:
    """Return how many pixels a WebP says to have in its *head*: opening one makes room for them.

    0: it says nothing, or the kind makes no room before it is asked to.
    """
    form = head[12:16] if kind == "WEBP" else b""
    if form == b"VP8X":
        return (_three(head, 24) + 1) * (_three(head, 27) + 1)
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 ":
        width, height = head[26:28], head[28:30]
        return (int.from_bytes(width, "little") & 0x3FFF) * (
            int.from_bytes(height, "little") & 0x3FFF
        )
    return 0


def orientation(exif: bytes) -> int:
    """Return which way up the *exif* of a photo says that it is; 1 where it says nothing.

    Read here, since Pillow reads all of the metadata, whatever it asks for.
    """
    for tag, kind, _, value in _entries(exif.removeprefix(_EXIF), 0):
        if tag == _ORIENTATION and kind == _SHORT:
            return value
    return 1


def _three(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 3], "little")


def _entries(tiff: bytes, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield tag, type, size and first short value of what the directory lists that begins *at*."""
    order = "<" if tiff[at : at + 2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, at + 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at + first)
        for place in range(count):
            row = at + first + 2 + place * _ENTRY
            tag, kind, many = struct.unpack_from(f"{order}HHI", tiff, row)
            (value,) = struct.unpack_from(f"{order}H", tiff, row + 8)
            size = _SIZES.get(kind, 0) * many
            yield tag, kind, min(size, len(tiff)) if size > _IN_PLACE else 0, value
    except struct.error:  # it is cut off, or none at all
        return


def _exif_of_jpeg(photo: bytes) -> Iterator[bytes]:
    """Yield the pieces of metadata that stand before the picture of a JPEG."""
    at = 2
    while at + 4 <= len(photo):
        if photo[at] != _SCAN[0] or photo[at + 1] in {0, _SCAN[0]}:
            at += 1
            continue
        if photo[at : at + 2] == _SCAN:
            return
        size = int.from_bytes(photo[at + 2 : at + 4], "big")
        if photo[at + 1] == _APP1 and photo[at + 4 : at + 10] == _EXIF:
            yield photo[at + 10 : at + 2 + size]
        at += 2 + size

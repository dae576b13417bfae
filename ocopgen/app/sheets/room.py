"""Refuse a spreadsheet that would take more room than a list of products needs."""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TypeVar
from xml.etree import ElementTree as ET

from ocopgen.base.problems import WrongUse

T = TypeVar("T")

MOST_BYTES = 30_000_000
"""Bytes of a file; ten thousand products have two."""
MOST_UNPACKED = 200_000_000
"""Bytes of all that is packed in a workbook."""
MOST_CELLS = 500_000
"""Cells that hold something, or are joined to one that does."""

_RANGE = re.compile(r"\$?([A-Z]{1,4})\$?([0-9]{1,8}):\$?([A-Z]{1,4})\$?([0-9]{1,8})")
_JOINED = {"mergeCell", "hyperlink"}
"""What openpyxl makes into as many cells as it spans."""
_CELL = "c"


def check_size(path: Path) -> None:
    """Raise WrongUse where the file *path* has too many bytes."""
    if os.stat(path).st_size > MOST_BYTES:  # noqa: PTH116 - as everywhere
        raise too_large(path, MOST_BYTES)


def check_unpacked(path: Path) -> None:
    """Raise WrongUse where what the zip file *path* holds has too many bytes.

    No part can have more than it says here: whoever unpacks it stops there.
    """
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise too_large(path, MOST_UNPACKED)


def check_cells(path: Path) -> None:
    """Raise WrongUse where the workbook *path* has too many cells, or joins too many.

    Any of its parts may be a sheet, whatever its name.
    """
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            with parts.open(name) as part:
                for _ in limited(_spans(part), path):
                    pass


def limited(cells: Iterable[T], path: Path) -> Iterator[T]:
    """Yield *cells* of the file *path*; raises WrongUse when there are too many."""
    for number, cell in enumerate(cells):
        if number >= MOST_CELLS:
            raise WrongUse("sheet.cells", path=path.name, most=MOST_CELLS)
        yield cell


def too_large(path: Path, most: int) -> WrongUse:
    """Return the trouble that *path* has more than *most* bytes."""
    return WrongUse("sheet.large", path=path.name, most=most // 1_000_000)


def _spans(part: IO[bytes]) -> Iterator[None]:
    """Yield once for each cell that reading *part* would make."""
    try:
        for _, element in ET.iterparse(part):  # noqa: S314 - expat stops what grows without end
            name = element.tag.rpartition("}")[2]
            if name == _CELL:
                yield
            elif name in _JOINED:
                yield from (None for _ in range(_size(element.get("ref", ""))))
            element.clear()
    except ET.ParseError:
        return  # a picture, or broken: whoever reads it will tell


def _size(joined: str) -> int:
    """Return how many cells the range *joined* has, at most as many as would be too many."""
    found = _RANGE.search(joined)
    if not found:
        return 1
    first, top, last, bottom = found.groups()
    wide = abs(_number(last) - _number(first)) + 1
    return min(wide * (abs(int(bottom) - int(top)) + 1), MOST_CELLS + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

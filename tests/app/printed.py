"""What a printed file holds, as readers and printers see it."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image
from pyzbar.pyzbar import decode  # type: ignore[import-untyped]

POINTS = 72 / 25.4
"""To a millimetre."""
_BREAK = "\u200b"
_CELL = 40.0
_NEAR = 3
"""Letters next to each other may join: "ffi"."""
_SLIGHT = 0.4
"""Points by which two boxes may meet: curves reach a little out of theirs."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the left and from the bottom."""

    left: float
    bottom: float
    right: float
    top: float
    shown: str = ""
    place: int = -1
    """Where it stands in what is read."""

    def meets(self, other: "Box") -> bool:
        """Tell whether the two have more in common than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > _SLIGHT
            and min(self.top, other.top) - max(self.bottom, other.bottom) > _SLIGHT
        )


def pages(path: Path) -> list[str]:
    """Return the text of each page of the file at *path*, as pdftotext reads it."""
    text = _said("pdftotext", "-layout", str(path), "-")
    return [" ".join(page.replace(_BREAK, "").split()) for page in text.split("\f")[:-1]]


def text(path: Path) -> str:
    """Return all text of the file at *path* in the order in which it is read."""
    return " ".join(_said("pdftotext", str(path), "-").replace(_BREAK, "").split())


def fonts(path: Path) -> list[tuple[str, bool]]:
    """Return each font of the file at *path*, and whether it is embedded, as a subset."""
    rows = (line.split() for line in _said("pdffonts", str(path)).splitlines()[2:])
    return [(row[0].partition("+")[2], row[-5:-3] == ["yes", "yes"]) for row in rows]


def is_whole(path: Path) -> bool:
    """Tell whether qpdf has nothing to say against the file at *path*."""
    return subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def codes(path: Path) -> list[set[str]]:
    """Return what the codes on each page say, once it is printed with 300 dots to an inch."""
    with pypdfium2.PdfDocument(path) as document:
        return [_decoded(page.render(scale=300 / 72, grayscale=True).to_pil()) for page in document]


def _decoded(image: Image.Image) -> set[str]:
    return {found.data.decode() for found in decode(image) if found.type == "QRCODE"}


def faults_of_setting(path: Path, margin: float) -> list[str]:
    """Return which letters of the file at *path* lie upon others, on a photo, or too near an edge.

    The boxes are those of the ink, so that marks count. *margin* is in millimetres.
    """
    found: list[str] = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            found += (f"page {number}: {fault}" for fault in _faults(page, margin * POINTS))
    return found


def _faults(page: pypdfium2.PdfPage, margin: float) -> Iterator[str]:
    letters = list(_letters(page))
    left, bottom, right, top = page.get_trimbox()
    for box in letters:
        inside = (
            box.left > left + margin
            and box.right < right - margin
            and box.bottom > bottom + margin
            and box.top < top - margin
        )
        if not inside:
            yield f"{box.shown!r} at {box.left:.0f}, {box.bottom:.0f} is beyond the margin"
    cells: dict[tuple[int, int], list[Box]] = {}
    for box in letters:
        for cell in _cells(box):
            cells.setdefault(cell, []).append(box)
    for photo in _photos(page):
        for cell in _cells(photo):
            for box in cells.get(cell, []):
                if box.meets(photo):
                    yield f"{box.shown!r} lies on a photo"
    for own in cells.values():
        for place, box in enumerate(own):
            for other in own[place + 1 :]:
                if abs(box.place - other.place) > _NEAR and box.meets(other):
                    yield f"{box.shown!r} lies on {other.shown!r} at {box.left:.0f}, {box.bottom:.0f}"


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box.left / _CELL), int(box.right / _CELL) + 1):
        for down in range(int(box.bottom / _CELL), int(box.top / _CELL) + 1):
            yield across, down


def _letters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    words = page.get_textpage()
    for place in range(words.count_chars()):
        shown = chr(pdfium.FPDFText_GetUnicode(words, place))
        if shown.strip() and shown != _BREAK:
            yield Box(*words.get_charbox(place), shown, place)


def _photos(page: pypdfium2.PdfPage) -> Iterator[Box]:
    for each in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        yield Box(*each.get_bounds())


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

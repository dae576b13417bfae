"""What a printed file holds, as readers and printers see it."""

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode  # type: ignore[import-untyped]

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

    def holds(self, other: "Box") -> bool:
        """Tell whether *other* is inside."""
        across = self.left < other.left and other.right < self.right
        return across and self.bottom < other.bottom and other.top < self.top


def pages(path: Path) -> list[str]:
    """Return the text of each page of the file at *path*, in the order in which it was set."""
    text = _said("pdftotext", "-raw", str(path), "-")
    return [" ".join(page.replace(_BREAK, "").split()) for page in text.split("\f")[:-1]]


def text(path: Path) -> str:
    """Return all text of the file at *path* in the order in which it is read."""
    return " ".join(_said("pdftotext", str(path), "-").replace(_BREAK, "").split())


def fonts(path: Path) -> list[tuple[str, bool]]:
    """Return each font of the file at *path*, and whether it is embedded, as a subset."""
    rows = (line.split() for line in _said("pdffonts", str(path)).splitlines()[2:])
    return [(row[0].partition("+")[2], row[-5:-3] == ["yes", "yes"]) for row in rows]


def photos(path: Path) -> list[tuple[int, int, int]]:
    """Return width and height of each photo of the file at *path*, and its dots to an inch."""
    rows = (line.split() for line in _said("pdfimages", "-list", str(path)).splitlines()[2:])
    found = [row for row in rows if row[8] == "jpeg"]
    return [(int(row[3]), int(row[4]), min(int(row[12]), int(row[13]))) for row in found]


def is_whole(path: Path) -> bool:
    """Tell whether qpdf has nothing to say against the file at *path*."""
    return (
        subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    )


def unpacked(path: Path) -> bytes:
    """Return the file at *path* with nothing in it compressed, so that it can be searched."""
    command = ["qpdf", "--qdf", "--object-streams=disable", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def title(path: Path) -> str:
    """Return what the file at *path* is called."""
    with pypdfium2.PdfDocument(path) as document:
        return str(document.get_metadata_value("Title"))


def bookmarks(path: Path) -> list[tuple[int, str]]:
    """Return the bookmarks of the file at *path*, each with how deep it stands."""
    with pypdfium2.PdfDocument(path) as document:
        return [(each.level, str(each.get_title())) for each in document.get_toc()]


def codes(path: Path) -> list[set[str]]:
    """Return what the codes on each page say, once it is printed with 300 dots to an inch."""
    with pypdfium2.PdfDocument(path) as document:
        return [_decoded(page.render(scale=300 / 72, grayscale=True).to_pil()) for page in document]


def _decoded(image: Image.Image) -> set[str]:
    return {found.data.decode() for found in decode(image, [ZBarSymbol.QRCODE])}


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
    paper = Box(left + margin, bottom + margin, right - margin, top - margin)
    for box in letters:
        if not paper.holds(box):
            yield f"{_shown(box)} is beyond the margin"
    cells = _by_cell(letters)
    for photo in _photos(page):
        for box in {box for cell in _cells(photo) for box in cells.get(cell, ())}:
            if box.meets(photo):
                yield f"{_shown(box)} lies on a photo"
    for own in cells.values():
        for box, other in combinations(own, 2):
            if abs(box.place - other.place) > _NEAR and box.meets(other):
                yield f"{_shown(box)} lies on {_shown(other)}"


def _shown(box: Box) -> str:
    return f"{box.shown!r} at {box.left:.0f}, {box.bottom:.0f}"


def _by_cell(boxes: Iterable[Box]) -> dict[tuple[int, int], list[Box]]:
    """Return *boxes* by the cells that they reach into: only neighbours can meet."""
    cells: dict[tuple[int, int], list[Box]] = {}
    for box in boxes:
        for cell in _cells(box):
            cells.setdefault(cell, []).append(box)
    return cells


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box.left / _CELL), int(box.right / _CELL) + 1):
        for down in range(int(box.bottom / _CELL), int(box.top / _CELL) + 1):
            yield across, down


def _letters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    words = page.get_textpage()
    for place in range(words.count_chars()):
        shown = chr(pdfium.FPDFText_GetUnicode(words, place))
        if shown.strip() and shown != _BREAK:
            left, bottom, right, top = words.get_charbox(place)
            yield Box(left, bottom, right, top, shown, place)


def _photos(page: pypdfium2.PdfPage) -> Iterator[Box]:
    for each in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = each.get_bounds()
        yield Box(left, bottom, right, top)


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

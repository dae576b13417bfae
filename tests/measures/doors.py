"""The doors through which a stranger's bytes come in, each as a function of these bytes alone."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ocopgen.app.sheets.reading import read_sheets
from ocopgen.base.problems import Problems, Spot, WrongUse
from ocopgen.content.boundaries import PATH
from ocopgen.pages.photos import encode, sizes, survey
from tests.content.hamlet import HAMLET, copy, problems_of
from tests.test_fuzz import ODS, PRODUCT, TRICKS, pictures

Entry = Callable[[bytes], None]
_STORY = "content/products/mat-ong/story.vi.md"
_SQUARE = b'{"type": "FeatureCollection", "features": []}'


class Door(NamedTuple):
    """How one kind of file comes in, and sound ones to begin with."""

    opened: Callable[[Path], Entry]
    """Returns what reads bytes, with a folder to work in; it raises what nobody foresaw."""
    sound: Sequence[bytes]


def _file(path: str) -> Callable[[Path], Entry]:
    def opened(root: Path) -> Entry:
        copy(root)

        def enter(content: bytes) -> None:
            (root / path).write_bytes(content)
            problems_of(root)

        return enter

    return opened


def _photo(root: Path) -> Entry:
    def enter(content: bytes) -> None:
        (root / "photo.jpg").write_bytes(content)
        measured = survey(root / "photo.jpg", Spot("x"), Problems())
        if measured:
            encode(content, sizes(measured))

    return enter


def _spreadsheet(name: str, dressed: Callable[[bytes], bytes]) -> Callable[[Path], Entry]:
    def opened(root: Path) -> Entry:
        def enter(content: bytes) -> None:
            (root / name).write_bytes(dressed(content))
            try:
                read_sheets(root / name)
            except WrongUse:
                return

        return enter

    return opened


def _as_ods(content: bytes) -> bytes:
    """Return the spreadsheet of OpenDocument whose cells *content* holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("content.xml", content)
    return out.getvalue()


DOORS = {
    "record": Door(_file(PRODUCT), [(HAMLET / PRODUCT).read_bytes(), *TRICKS]),
    "story": Door(_file(_STORY), [b"---\ntitle: a\n---\n# b\n\n[c](https://d.example)\n", *TRICKS]),
    "boundaries": Door(_file(PATH), [_SQUARE]),
    "photo": Door(_photo, list(pictures())),
    "csv": Door(_spreadsheet("a.csv", bytes), ['sep=;\n"a";b\n1;"2\n3"\n'.encode("utf-16"), b"a"]),
    "ods": Door(_spreadsheet("a.ods", _as_ods), [ODS.encode()]),
}

"""The doors through which a stranger's bytes come in, for those who try what comes through them."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from ocopgen.app.sheets.reading import read_sheets
from ocopgen.base.problems import Problems, Spot, WrongUse
from ocopgen.content.boundaries import PATH
from ocopgen.pages.photos import encode, sizes, survey
from tests.attacks import attacks, spelt
from tests.content.hamlet import HAMLET, copy, problems_of

PRODUCT, STORY = "content/products/mat-ong/product.yaml", "content/products/mat-ong/story.vi.md"
TRICKS = [spelt(each.written.partition("\n")[2])[:2_000] for each in attacks()]
ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="a"><table:table-row table:number-rows-repeated="2">
<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="3">
<text:p>1<text:s text:c="2"/></text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-01-01"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
CSV = 'sep=;\n"a";b\n1;"2\n3"\n'.encode("utf-16")
_STORY = b"---\ntitle: a\n---\n# b\n\n[c](https://d.example)\n"
_NOWHERE = b'{"type": "FeatureCollection", "features": []}'

Entry = Callable[[Path], object]
"""Takes in the file at a path; raises what nobody foresaw."""


class Door(NamedTuple):
    """How one kind of file comes in."""

    path: str
    """Where the file lies below a folder, which holds the hamlet."""
    enter: Entry
    """Takes the file in, or the hamlet with it."""
    sound: Sequence[bytes]
    """What may come in, to begin with."""
    dressed: Callable[[bytes], bytes] = bytes
    """Makes a file of the bytes that are tried."""

    def opened(self, root: Path) -> Callable[[bytes], None]:
        """Return what takes bytes in through this door, in the folder *root*."""
        copy(root)

        def enter(content: bytes) -> None:
            (root / self.path).write_bytes(self.dressed(content))
            self.enter(root if self.path.startswith("content/") else root / self.path)

        return enter


def show_or_tell(photo: Path) -> None:
    """Look at *photo*, and draw it in all its sizes unless something is told of it."""
    problems = Problems()

    measured = survey(photo, Spot("x"), problems)

    assert (measured is None) == (problems.faults > 0)
    if measured:
        encode(photo.read_bytes(), sizes(measured))


def read_or_tell(spreadsheet: Path) -> None:
    """Read *spreadsheet*, unless something is told of it."""
    try:
        read_sheets(spreadsheet)
    except WrongUse:
        return


def pictures() -> Iterator[bytes]:
    """Yield a sound picture of each kind."""
    for kind in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.linear_gradient("L").convert("RGB").save(out, kind, exif=exif)
        yield out.getvalue()


def as_ods(content: bytes) -> bytes:
    """Return the spreadsheet of OpenDocument whose cells *content* holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("content.xml", content)
    return out.getvalue()


DOORS = {
    "record": Door(PRODUCT, problems_of, [(HAMLET / PRODUCT).read_bytes(), *TRICKS]),
    "story": Door(STORY, problems_of, [_STORY, *TRICKS]),
    "boundaries": Door(PATH, problems_of, [_NOWHERE]),
    "photo": Door("a.jpg", show_or_tell, list(pictures())),
    "csv": Door("a.csv", read_or_tell, [CSV, b"a"]),
    "ods": Door("a.ods", read_or_tell, [ODS.encode()], as_ods),
}

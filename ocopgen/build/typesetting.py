"""Set a View as PDF, by the Typst templates of templates/print/."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from ocopgen.base.problems import ContentFaults, Problem, Problems, Spot
from ocopgen.pages.theme import Theme

_FOLDER, _FONTS = "print", "fonts"
_PACKAGE = re.compile(r"""^[^/\n]*\b(?:import|include)\s*["'](@[^"']*)""", re.MULTILINE)
_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE = re.compile(r"(?:┌─|╭─|-->)\s*\\?/?([^\s:]+\.typ):(\d+):(\d+)")


class Copy(Struct, frozen=True):
    """What is set."""

    template: str
    """As "handbook.typ", in templates/print/."""
    view: object
    files: Iterable[tuple[str, bytes]]
    """The pictures that the view names, each once; what was written down may be forgotten."""
    day: date


def typeset(copy: Copy, theme: Theme, scratch: Path) -> bytes:
    """Return *copy* as PDF; raises ContentFaults where a template is at fault."""
    import typst  # some forty megabytes, for this alone

    with TemporaryDirectory(prefix="print-", dir=scratch) as folder:
        root = Path(folder).resolve()
        for name, path in theme.files(f"templates/{_FOLDER}"):
            content = path.read_bytes()
            if name.endswith(".typ"):
                _refuse_packages(name, content)
            _write(root / name, content)
        for name, content in copy.files:
            _write(root / name, content)
        _write(root / "view.json", plain(copy.view))
        try:
            made = typst.compile(
                str(root / copy.template),
                output=None,
                root=str(root),
                font_paths=[str(root / _FONTS)],
                ignore_system_fonts=True,
                format="pdf",
                # What everybody can read, and what is still read when this program is forgotten.
                pdf_standards=["ua-1", "a-2a"],
                timestamp=datetime(copy.day.year, copy.day.month, copy.day.day, tzinfo=UTC),
            )
        except typst.TypstError as error:
            raise ContentFaults(Problems([_problem(error, copy.template, root)])) from error
    return made


def plain(view: object) -> bytes:
    """Return *view* as the templates read it."""
    return msgspec.json.encode(view)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _refuse_packages(name: str, content: bytes) -> None:
    """Raise ContentFaults where the template *name* asks for what Typst would fetch."""
    text = content.decode("utf-8", "replace")
    if found := _PACKAGE.search(text):
        spot = Spot(f"templates/{_FOLDER}/{name}", text.count("\n", 0, found.start(1)) + 1)
        fault = Problem(spot, "template.package", {"name": found[1]})
        raise ContentFaults(Problems([fault]))


def _problem(error: Exception, template: str, root: Path) -> Problem:
    """Return what the author of a template is to be told of *error*."""
    told = f"{getattr(error, 'diagnostic', '')}\n{error}".replace(str(root), "")
    place = _PLACE.search(told)
    name, line, column = place.groups() if place else (template, "0", "0")
    if letter := _LETTER.search(told):
        return Problem(
            Spot(f"templates/{_FOLDER}/{_FONTS}"), "template.letter", {"letter": letter[1]}
        )
    said = str(getattr(error, "message", "")) or str(error)
    spot = Spot(f"templates/{_FOLDER}/{Path(name).name}", int(line), int(column))
    return Problem(spot, "template.typst", {"said": said.strip()})

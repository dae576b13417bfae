"""Begin a catalogue: the files that every one must have, in an empty folder."""

from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

import ocopgen
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import WrongUse
from ocopgen.base.text import nfc
from ocopgen.base.whole import write_whole
from ocopgen.content.advice import NO_ADDRESS, NO_PROVINCE
from ocopgen.content.canon import scalar
from ocopgen.content.complaint import Complaint
from ocopgen.content.links import read_url

_FORMS = Path(__file__).parent / "begun"
"""What is written into the files of a catalogue's own."""
_NATIONAL = ("programme.yaml", "sectors.yaml")
"""What is the same in all provinces."""


class Start(Struct, frozen=True):
    """What was said of the catalogue on the command line."""

    province: str | None
    title: str | None
    base_url: str | None


def begin_catalogue(root: Path, start: Start, terminal: Terminal, *, asks: bool) -> None:
    """Write the files of a catalogue into *root*, and tell of them; none is written over.

    *asks*: a person answers what *start* leaves open. Raises WrongUse where there is one already.
    """
    content = root / "content"
    if content.exists() and (not content.is_dir() or any(content.iterdir())):
        raise WrongUse("init.there", path=content)
    province, base_url = start.province, start.base_url
    if asks:
        province = province or _asked(terminal, "init_province", NO_PROVINCE)
        base_url = base_url or _asked(terminal, "init_base_url", NO_ADDRESS)
    province, base_url = province or NO_PROVINCE, base_url or NO_ADDRESS
    title = start.title or f"Sản phẩm OCOP {province}"
    _look_at(base_url)
    said = {"province": province, "title": title, "base_url": base_url}
    for path, text in _files({key: " ".join(nfc(each).split()) for key, each in said.items()}):
        if not (root / path).exists():
            write_whole(root / path, text.encode())
            terminal.tell((root / path).as_posix())
    terminal.hint("init_done", folder=root.resolve())


def _asked(terminal: Terminal, key: str, default: str) -> str:
    return str(click.prompt(terminal.words(key), default=default))


def _look_at(base_url: str) -> None:
    try:
        read_url(base_url, ("https", "http"))
    except Complaint:
        raise WrongUse("use.base_url", written=base_url) from None


def _files(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file, with what was *said* in its place."""
    form = (_FORMS / "site.yaml").read_text("utf-8").splitlines()
    example = (_examples() / "site.yaml").read_text("utf-8")
    languages = example[example.index("languages:") :]
    yield "content/site.yaml", "".join(f"{_filled(row, said)}\n" for row in form) + languages
    yield "content/areas.yaml", (_FORMS / "areas.yaml").read_text("utf-8")
    for name in _NATIONAL:
        yield f"content/{name}", (_examples() / name).read_text("utf-8")
    yield ".gitignore", (_FORMS / "gitignore").read_text("utf-8")


def _filled(row: str, said: dict[str, str]) -> str:
    key, colon, form = row.partition(": ")
    if row.startswith("#") or "{" not in form:
        return row
    return f"{key}{colon}{scalar(form.format_map(said))}"


def _examples() -> Path:
    """Return the folder of the example's files: inside a wheel, or beside a checkout's package."""
    package = Path(ocopgen.__file__).parent
    inside = package / "_example"
    return inside if inside.is_dir() else package.parent / "content"

"""Put the files of records into their usual form, or tell which are not in it."""

from pathlib import Path

from msgspec import Struct, field

from ocopgen.base.problems import Problems, Spot, WrongUse
from ocopgen.base.whole import write_whole
from ocopgen.content.canon import NotKept, canonical
from ocopgen.content.kinds import record_files
from ocopgen.content.record import Record
from ocopgen.content.source import decode_text, ended_as, read_tree


class Tidied(Struct):
    """What a run came to."""

    looked_at: int = 0
    changed: list[str] = field(default_factory=list)
    """The files that were not in their usual form, seen from the catalogue."""
    problems: Problems = field(default_factory=Problems)
    """Why some files were left as they are."""


def tidy(root: Path, only: tuple[Path, ...], *, write: bool) -> Tidied:
    """Put the records below *root*, or those in *only* alone, into their usual form.

    A file that cannot be understood is told of and left as it is, and so is one that would say
    something else. *write*: else nothing is written.
    """
    tidied = Tidied()
    for path, kind in _chosen(root, only):
        tidied.looked_at += 1
        before = (root / path).read_bytes()
        after = _usual(path, before, kind, tidied.problems)
        if after is not None and after != before:
            tidied.changed.append(path)
            if write:
                write_whole(root / path, after)
    return tidied


def _chosen(root: Path, only: tuple[Path, ...]) -> list[tuple[str, type[Record]]]:
    """Return the files of records that are, or lie in, one of *only*."""
    files = list(record_files(root))
    if not only:
        return files
    places = [each.resolve() for each in only]
    for asked, place in zip(only, places, strict=True):
        if not place.exists():
            raise WrongUse("fmt.missing", path=asked)
    return [
        (path, kind)
        for path, kind in files
        if any((root / path).resolve().is_relative_to(place) for place in places)
    ]


def _usual(path: str, content: bytes, kind: type[Record], problems: Problems) -> bytes | None:
    text = decode_text(path, content, problems)
    if text is None or read_tree(path, text, problems) is None:
        return None
    try:
        return ended_as(canonical(text, kind), content).encode()
    except NotKept:
        problems.warn(Spot(path), "fmt.kept")
        return None

"""Give a record another id, and mend all that names it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from ocopgen.base.problems import ContentFaults, Problems, WrongUse
from ocopgen.base.text import is_device, is_id, nearest, slug
from ocopgen.base.whole import write_whole
from ocopgen.content.canon import canonical, opened, written
from ocopgen.content.kinds import KINDS, file_of, folder_of, record_files, record_trees
from ocopgen.content.province import Redirects, SiteInfo
from ocopgen.content.record import Record
from ocopgen.content.records import Event, Outlet, Product
from ocopgen.content.source import ended_as
from ocopgen.content.tree import Key, Tree
from ocopgen.pages.routes import Routes

REDIRECTS = "content/redirects.yaml"
_BOM = "\ufeff"
_REFERENCES: Mapping[str, Mapping[type[Record], str]] = {
    "product": {Outlet: "products", Event: "products"},
    "producer": {Product: "producer", Outlet: "producer"},
    "outlet": {},
    "event": {},
}
"""Where records of each kind are named: the key, by the kind of record that has it."""


class Move(Struct, frozen=True):
    """What a move changes, before anything is changed."""

    texts: Mapping[str, str]
    """New words of files, by path."""
    renames: tuple[tuple[str, str], ...]
    """Old and new places of files and folders."""

    def carry_out(self, root: Path) -> None:
        """Change the files below *root*: first the record's own place, since that may be refused.

        On Windows nobody can rename a file that another program has open; then nothing changes.
        """
        done: list[tuple[str, str]] = []
        try:
            for old, new in self.renames:
                (root / old).rename(root / new)
                done.append((old, new))
        except OSError:
            for old, new in reversed(done):
                (root / new).rename(root / old)
            raise
        for path, text in self.texts.items():
            write_whole(root / self.now(path), text.encode())

    def now(self, path: str) -> str:
        """Return where the file lies that lay at *path* before the renames."""
        for old, new in self.renames:
            if path == old or path.startswith(f"{old}/"):
                return new + path.removeprefix(old)
        return path


def plan_move(root: Path, kind: str, old: str, new: str) -> Move:
    """Return what gives the record *old* of *kind* the id *new*; nothing is changed yet.

    Raises WrongUse where that cannot be, and ContentFaults where a file cannot be read that might
    name it.
    """
    _check(root, kind, old, new)
    problems = Problems()
    texts: dict[str, str] = {}
    languages: list[Routes] = []
    for path, record, tree in record_trees(root, problems):
        if record is SiteInfo:
            languages = list(_routes(tree, problems))
        if field := _REFERENCES[kind].get(record):
            raw = (root / path).read_bytes().decode()
            if (mended := _mended(raw, tree, field, old, new)) != raw:
                texts[path] = mended
    texts |= _stories(root, kind, old, new, languages)
    if problems.faults:
        raise ContentFaults(problems)
    texts[REDIRECTS] = _redirects(root, kind, old, new)
    return Move(texts, tuple(_renames(root, kind, old, new)))


def _check(root: Path, kind: str, old: str, new: str) -> None:
    if not is_id(new):
        raise WrongUse("move.spelling", written=new, meant=slug(new))
    if is_device(new):
        raise WrongUse("id.device", written=new)
    if not (root / file_of(kind, old)).is_file():
        there = [_id(kind, path) for path, record in record_files(root) if record is KINDS[kind]]
        raise WrongUse("move.unknown", id=old, meant=nearest(old, there) or "")
    if any((root / place).exists() for _, place in _renames(root, kind, old, new)):
        raise WrongUse("move.taken", id=new, path=file_of(kind, new))


def _id(kind: str, path: str) -> str:
    parts = path.removeprefix(f"{folder_of(kind)}/").split("/")
    return parts[0].removesuffix(".yaml")


def _renames(root: Path, kind: str, old: str, new: str) -> Iterator[tuple[str, str]]:
    folder = folder_of(kind)
    if kind != "product":
        yield file_of(kind, old), file_of(kind, new)
    if (root / folder / old).is_dir():
        yield f"{folder}/{old}", f"{folder}/{new}"


# --- What names the record --------------------------------------------------


def _mended(raw: str, tree: Tree, field: str, old: str, new: str) -> str:
    """Return the words *raw* of a file with *new* wherever the *field* of *tree* says *old*."""
    if not isinstance(tree.data, dict):
        return raw
    lines = raw.split("\n")
    for key in _places(tree.data.get(field), (field,), old):
        spot = tree.spot(key)
        line = lines[spot.line - 1]
        at = spot.column - 1 + line.startswith(_BOM)
        lines[spot.line - 1] = line[:at] + line[at:].replace(old, new, 1)
    return "\n".join(lines)


def _places(value: object, key: Key, old: str) -> Iterator[Key]:
    if value == old:
        yield key
    elif isinstance(value, list):
        yield from ((*key, place) for place, each in enumerate(value) if each == old)


def _routes(tree: Tree, problems: Problems) -> Iterator[Routes]:
    from ocopgen.content.decode import decode

    site = decode(tree, SiteInfo, (), problems)
    yield from (Routes(language) for language in site.languages) if site else ()


def _stories(
    root: Path, kind: str, old: str, new: str, languages: list[Routes]
) -> Iterator[tuple[str, str]]:
    """Yield the Markdown files that link to the record, with the links mended."""
    links = {getattr(routes, kind)(old): getattr(routes, kind)(new) for routes in languages}
    if not links:
        return
    pattern = re.compile("|".join(map(re.escape, links)))
    for path in sorted((root / "content").rglob("*.md")):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        mended = pattern.sub(lambda found: links[found[0]], text)
        if mended != text:
            yield path.relative_to(root).as_posix(), mended


def _redirects(root: Path, kind: str, old: str, new: str) -> str:
    """Return redirects.yaml with the move, without detours and without a way back to itself."""
    path = root / REDIRECTS
    before = path.read_bytes() if path.is_file() else b""
    document = opened(before.decode("utf-8-sig")) if before else CommentedMap()
    moved = document.setdefault("moved", CommentedSeq())
    rows = [row for row in moved if (row["kind"], row["old"]) != (kind, new)]
    for row in rows:
        if (row["kind"], row["new"]) == (kind, old):
            row["new"] = new
    moved[:] = [*rows, CommentedMap(kind=kind, old=old, new=new)]
    return ended_as(canonical(written(document), Redirects), before)

"""Know which record each file of content/ holds."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ocopgen.base.problems import Problems
from ocopgen.content.folders import is_inside
from ocopgen.content.province import Areas, Claims, Programme, Redirects, Sectors, SiteInfo
from ocopgen.content.record import Record
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.source import decode_text, read_tree
from ocopgen.content.tree import Tree

KINDS: Mapping[str, type[Record]] = {
    "product": Product,
    "producer": Producer,
    "outlet": Outlet,
    "event": Event,
}
"""Kinds of which there are many, each record known by its id."""
FILES: Mapping[str, type[Record]] = {
    "site": SiteInfo,
    "areas": Areas,
    "sectors": Sectors,
    "programme": Programme,
    "redirects": Redirects,
    "claims": Claims,
}
"""Those of which there is one."""


def folder_of(kind: str) -> str:
    """Return the folder in which the records of the *kind* "product" and so on lie."""
    return f"content/{kind}s"


def file_of(kind: str, id_: str) -> str:
    """Return the file in which the record *id_* of *kind* stands, seen from the catalogue."""
    own = f"{id_}/product.yaml" if kind == "product" else f"{id_}.yaml"
    return f"{folder_of(kind)}/{own}"


def record_trees(root: Path, problems: Problems) -> Iterator[tuple[str, type[Record], Tree]]:
    """Yield every file of records below *root* with what it says; why not goes into *problems*."""
    for path, record in record_files(root):
        text = decode_text(path, (root / path).read_bytes(), problems)
        tree = read_tree(path, text, problems) if text is not None else None
        if tree:
            yield path, record, tree


def record_files(root: Path) -> Iterator[tuple[str, type[Record]]]:
    """Yield every file of records below *root*, seen from there, with what it holds."""
    for name, record in FILES.items():
        if _is_ours(root / f"content/{name}.yaml", root):
            yield f"content/{name}.yaml", record
    for kind, record in KINDS.items():
        pattern = file_of(kind, "[!_.]*")
        for path in sorted(root.glob(pattern)):
            if _is_ours(path, root):
                yield path.relative_to(root).as_posix(), record


def _is_ours(path: Path, root: Path) -> bool:
    """Tell whether *path* is a file of the catalogue: what a link leads to elsewhere is not."""
    return path.is_file() and is_inside(str(path), str(root))


def is_type(hint: Any, kind: Any) -> bool:  # noqa: ANN401 - annotations of all sorts
    """Tell whether *hint* is the type *kind* of fields.py, perhaps with more checks."""
    checks: tuple[Any, ...] = getattr(hint, "__metadata__", ())
    own = kind.__metadata__
    return bool(checks[: len(own)] == own and hint.__origin__ == kind.__origin__)

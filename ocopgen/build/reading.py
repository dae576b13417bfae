"""Read a catalogue of which nothing is remembered in several processes.

Nothing but time depends on this room: what fails here is read again, and told, by whoever loads
the catalogue.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from ocopgen.base.memory import Memory, Row
from ocopgen.build.machine import usable_cores
from ocopgen.build.pool import Broken, pays, spread
from ocopgen.content.files import languages_of, readers, record_paths, remember
from ocopgen.content.kinds import folder_of
from ocopgen.content.load import load_ahead

_FILES = 50
"""Files that travel to a worker together, or a few more."""
_MANY = 30_000
"""Files of which this process reads none, but loads what others read. What stays of a file that is
read here lies scattered among what does not, so that copies of this process share less of it: of
twenty thousand products 30 MB."""
_PRODUCTS = folder_of("product") + "/"


def read(
    root: Path, memory: Memory, jobs: int | None, meanwhile: Callable[[], object] | None = None
) -> None:
    """Let *memory* know what the files of the catalogue in *root* say, if none was ever read.

    While others begin to read, this process does *meanwhile* what else there is to do.
    """
    name, jobs = f"read ahead {readers()} {root}", jobs or usable_cores()
    if jobs == 1 or memory.recall(name):
        return
    paths = list(record_paths(root, memory.sight))
    if pays(len(paths)):
        _read_in_pieces(root, paths, memory, jobs, meanwhile)
    if memory.sight:
        memory.sight.forget_names()
    memory.keep(name, value=True)


def _read_in_pieces(
    root: Path,
    paths: Sequence[str],
    memory: Memory,
    jobs: int,
    meanwhile: Callable[[], object] | None,
) -> None:
    """Read *paths* in *jobs* processes; what products say is held for whoever loads them next."""
    languages = languages_of(root, memory)
    pieces = [(root, piece, languages) for piece in _pieces(paths)]
    memory.holds = True
    with suppress(Broken):
        here = partial(_read_here, memory) if len(paths) < _MANY else None
        for place, learnt in spread(jobs, _read, pieces, here=here, meanwhile=meanwhile):
            if learnt:
                memory.adopt(*learnt)
            load_ahead(root, memory, languages, _products(pieces[place][1]))


def _pieces(paths: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield *paths* in pieces; what lies in the folder of a product stays together."""
    piece = list[str]()
    for path in paths:
        together = _product(path)
        if len(piece) >= _FILES and not (together and together == _product(piece[-1])):
            yield piece
            piece = []
        piece.append(path)
    yield piece


def _product(path: str) -> str:
    """Return the id of the product that the file *path* tells of; empty: of none."""
    return path.split("/")[2] if path.startswith(_PRODUCTS) else ""


def _products(paths: Iterable[str]) -> Iterable[str]:
    """Return the ids of the products that files at *paths* tell of."""
    return dict.fromkeys(filter(None, map(_product, paths)))


def _read_here(
    memory: Memory, root: Path, paths: Sequence[str], languages: tuple[str, ...]
) -> None:
    """Read as `_read` does, but for products, which are loaded next."""
    remember(root, [path for path in paths if not _product(path)], languages, memory)


def _read(
    root: Path, paths: Sequence[str], languages: tuple[str, ...]
) -> tuple[Mapping[bytes, bytes], Mapping[str, Row]]:
    memory = Memory(Path(os.devnull))
    remember(root, paths, languages, memory)
    return memory.lines(), memory.stamps()

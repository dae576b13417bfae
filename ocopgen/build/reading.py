"""Read a catalogue of which nothing is remembered in several processes.

Nothing but time depends on this room: what fails here is read again, and told, by whoever loads
the catalogue.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from ocopgen.base.memory import Memory, Row
from ocopgen.build.machine import usable_cores
from ocopgen.build.pool import Broken, pays, spread
from ocopgen.content.files import languages_of, readers, record_paths, remember

_FILES = 50
"""Files that travel to a worker together."""


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
        languages = languages_of(root, memory)
        parts = (paths[at : at + _FILES] for at in range(0, len(paths), _FILES))
        pieces = [(root, part, languages) for part in parts]
        with suppress(Broken):
            here = partial(_read_here, memory)
            for _, learnt in spread(jobs, _read, pieces, here=here, meanwhile=meanwhile):
                if learnt:
                    memory.adopt(*learnt)
    if memory.sight:
        memory.sight.forget_names()
    memory.keep(name, value=True)


def _read_here(
    memory: Memory, root: Path, paths: Sequence[str], languages: tuple[str, ...]
) -> None:
    """Read as `_read` does; who loads the catalogue is given the same values."""
    memory.holds = True
    remember(root, paths, languages, memory)


def _read(
    root: Path, paths: Sequence[str], languages: tuple[str, ...]
) -> tuple[Mapping[bytes, bytes], Mapping[str, Row]] | None:
    memory = Memory(Path(os.devnull))
    remember(root, paths, languages, memory)
    return memory.lines(), memory.stamps()

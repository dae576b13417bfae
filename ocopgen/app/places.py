"""Where a catalogue keeps what can be made again."""

import os
from pathlib import Path

CACHE = ".ocopgen"
"""The folder of what is kept between builds; nothing is lost when it is deleted."""
STORE, MEMORY, TRACE = "store", "memory.lines", "last.json"
"""What lies in it: all that was made, what was found out, and of what the last sites were made."""
WAIT_SECONDS = 600
"""How long one build waits for another."""
_SHARED = "OCOPGEN_CACHE"


def cache_of(root: Path) -> Path:
    """Return the folder of what is kept between builds of the catalogue in *root*.

    The environment may name another one, seen from *root*, which several catalogues and machines
    may share: whatever is taken from it is checked by its digest.
    """
    return root / (os.environ.get(_SHARED) or CACHE)


def sources(root: Path) -> list[Path]:
    """Return the folders that nothing may be published into."""
    own = ("content", "templates", "assets")
    return [cache_of(root).resolve(), *(root.resolve() / name for name in own)]

"""Lay out the spare of a site while the next one is planned."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocopgen.build.held import Held, read_held, write_held
from ocopgen.build.laying import DIRTY, TREE, link
from ocopgen.build.pool import beside, may_fork

_WORTH = 4000
"""Files of a site that are worth it: of fewer, a copy takes more of the processor than it saves."""


@contextmanager
def laid_out(site: Path, spare: Path, files: int) -> Iterator[Callable[[], object]]:
    """Let a copy of this process lay out the *spare* of *site*, and yield what waits for it.

    The first edit after a site was made needs it whole, for its *files* all but a few stay. Whoever
    publishes finds it as if an earlier site had left it; what a copy could not do is done then.
    """
    folder, tree, here = site.resolve(), spare / TREE, os.getpid()
    if files < _WORTH or not may_fork() or tree.exists():
        yield lambda: None
        return
    with beside(lambda: os.getpid() != here and _lay(folder, tree)) as laid:
        try:
            yield laid
        finally:
            laid()  # half a spare would have to be compared byte by byte


def _lay(last: Path, tree: Path) -> bool:
    """Give *tree* all files that *last* holds, one file under two names, if it holds them still."""
    # The lock of the build is held here too, so that no other begins while this goes on, even if
    # whoever waits for it was killed.
    held, dirty = read_held(last, tree.parent), tree.with_name(DIRTY)
    rows = dict(held.still(last)) if held else {}
    if held is None or len(rows) < len(held.files) or dirty.exists():
        return False
    dirty.touch()
    tree.mkdir()
    for path in rows:
        link(f"{last}/{path}", tree, path)
    write_held(Held(held.manifest, held.keys, rows), tree, tree.parent)
    dirty.unlink()
    return True

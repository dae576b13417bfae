"""Lay out the spare of a site, or look it over, while the next one is planned."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ocopgen.build.held import Held, Looked, look, read_held, write_held
from ocopgen.build.laying import DIRTY, TREE, WORTH_LINKING, link_all, make_tree
from ocopgen.build.pool import beside, may_fork

_WORTH_LOOKING = 1000
"""Files that it takes longer to look at than to copy a process that holds little yet."""


@contextmanager
def laid_out(site: Path, spare: Path, files: int) -> Iterator[Callable[[], Looked | None]]:
    """Let a copy of this process lay out the *spare* of *site*, and yield what waits for it.

    The first edit after a site was made needs it whole, for most of its *files* stay. Whoever
    publishes finds it as if an earlier site had left it; what a copy could not do is done then.
    Where it is laid out already, it is looked over, and what came of it is returned.
    """
    folder, tree, here = site.resolve(), spare / TREE, os.getpid()
    there = tree.exists()
    if files < (_WORTH_LOOKING if there else WORTH_LINKING) or not may_fork():
        yield lambda: None
        return
    if there:
        with beside(partial(look, tree, spare)) as looked:
            yield looked
        return
    with beside(lambda: os.getpid() != here and _lay(folder, tree), outlives=True) as laid:

        def wait() -> None:
            laid()

        try:
            yield wait
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
    make_tree(tree, last)
    if len(link_all(tree, last, rows)) < len(rows):
        return False
    write_held(Held(held.manifest, held.keys, rows), tree, tree.parent)
    dirty.unlink()
    return True

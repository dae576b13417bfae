"""Lay out the spare of a site while the next one is planned."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ocopgen.build.held import Held, read_held, write_held
from ocopgen.build.laying import DIRTY, TREE, link
from ocopgen.build.machine import usable_cores
from ocopgen.build.pool import beside, may_fork

_WORTH = 400
"""Files that take longer to link than this process to be copied."""


@contextmanager
def laid_out(site: Path, spare: Path, files: int) -> Iterator[Callable[[], None]]:
    """Let a copy of this process lay out the *spare* of *site*, and yield what waits for it.

    The first edit after a site was made needs it whole, for its *files* all but a few stay. Whoever
    publishes finds it as if an earlier site had left it, or does it then where none could be laid.
    """
    folder = site.resolve()
    tree = spare / TREE
    waits = False
    if files < _WORTH or usable_cores() == 1 or not may_fork() or tree.exists():
        yield _nothing
        return
    with beside(partial(_lay, folder, tree)) as laid:
        waits = True

        def wait() -> None:
            nonlocal waits
            if waits:
                waits = False
                laid()

        try:
            yield wait
        finally:
            wait()  # half a spare would have to be compared byte by byte


def _nothing() -> None:
    """Wait for nothing."""


def _lay(last: Path, tree: Path) -> bool:
    """Give *tree* all files that *last* still holds: one file under two names."""
    # The lock of the build is held here too, so that no other begins while this goes on, even if
    # whoever waits for it was killed.
    held, dirty = read_held(last, tree.parent), tree.with_name(DIRTY)
    if held is None or dirty.exists():
        return False
    dirty.touch()
    tree.mkdir()
    rows = dict(held.still(last))
    for path in rows:
        link(f"{last}/{path}", tree, path)
    write_held(Held(held.manifest, held.keys, rows), tree, tree.parent)
    dirty.unlink()
    return True

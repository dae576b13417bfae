"""Say "again" when a file changes."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

_FOLDERS = ("content", "templates", "assets")
_IDLE = 1000
"""Milliseconds without a change after which the watcher certainly watches."""


def changes(root: Path, layers: tuple[Path, ...], stop: Event) -> Iterator[tuple[str, ...]]:
    """Yield the files that changed below *root* and *layers*, each time some did.

    Once, soon after the start, none may be yielded: what changed before then went unseen.
    """
    import watchfiles

    folders = [layer / name for layer in (root, *layers) for name in _FOLDERS]
    present = sorted({folder.resolve() for folder in folders if folder.is_dir()})
    settled = False
    for batch in watchfiles.watch(
        *present,
        stop_event=stop,
        debounce=80,
        step=20,
        rust_timeout=_IDLE,
        yield_on_timeout=True,
    ):
        if batch or not settled:
            yield tuple(sorted({path for _, path in batch}))
        settled = settled or not batch

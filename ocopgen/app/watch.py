"""Say "again" when a file changes."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

_FOLDERS = ("content", "templates", "assets")


def changes(root: Path, layers: tuple[Path, ...], stop: Event) -> Iterator[tuple[str, ...]]:
    """Yield the files that changed below *root* and *layers*, each time some did."""
    import watchfiles

    folders = [layer / name for layer in (root, *layers) for name in _FOLDERS]
    present = sorted({folder.resolve() for folder in folders if folder.is_dir()})
    for batch in watchfiles.watch(*present, stop_event=stop, debounce=80, step=20):
        yield tuple(sorted({path for _, path in batch}))

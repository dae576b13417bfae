"""Say "again" when a file changes."""

from collections.abc import Iterator
from pathlib import Path
from threading import Condition, Event, Thread

_FOLDERS = ("content", "templates", "assets")
_IDLE = 1000
"""Milliseconds without a change after which the watcher certainly watches."""
_QUIET, _LONGEST = 8, 80
"""Milliseconds without a change after which a save is over, and after which nobody waits for it."""

UNSURE = ()
"""What was saved before the watching began went unseen."""

Changed = tuple[str, ...] | None


class Watch:
    """Looks for changes beside whatever else is done."""

    def __init__(self, root: Path, layers: tuple[Path, ...], *, poll: bool = False) -> None:
        """Look below *root* and *layers* from now on, as `changes` does."""
        self._batches: list[Changed] = []
        self._arrived = Condition()
        self._stop = Event()
        self._fault: BaseException | None = None
        self._thread = Thread(target=self._look, args=(root, layers, poll), daemon=True)
        self._thread.start()

    def _look(self, root: Path, layers: tuple[Path, ...], poll: bool) -> None:
        try:
            for files in changes(root, layers, self._stop, poll=poll):
                with self._arrived:
                    self._batches.append(files)
                    self._arrived.notify()
        except BaseException as error:  # noqa: BLE001 - raised where somebody waits for changes
            self._fault = error

    def is_newer(self) -> bool:
        """Tell whether files changed since `next` returned."""
        return any(self._batches)

    def next(self) -> Changed:
        """Wait for what `changes` yields; what came meanwhile comes together."""
        with self._arrived:
            while not self._batches:
                if self._fault:
                    raise self._fault
                self._arrived.wait(_IDLE / 1000)
            batches, self._batches = self._batches, []
        files = tuple(sorted({file for batch in batches for file in batch or ()}))
        return files or (UNSURE if UNSURE in batches else None)

    def end(self) -> None:
        """Look no longer."""
        self._stop.set()
        self._thread.join()


def changes(
    root: Path, layers: tuple[Path, ...], stop: Event, *, poll: bool = False
) -> Iterator[Changed]:
    """Yield the files that changed below *root* and *layers*, each time some did.

    *poll* looks at every file again and again, where the system does not tell of changes.
    Soon after the watching begins comes UNSURE, and None whenever nothing happened for a second.
    A folder that is made or exchanged later is watched from then on.
    """
    watched: set[Path] = set()
    while not stop.is_set():
        before, watched = watched, _present(root, layers)
        if before and (new := watched - before):
            yield tuple(sorted(map(str, new)))
        try:
            yield from _changes(watched, root, layers, stop, poll=poll)
        except FileNotFoundError:
            continue  # a folder went away at that very moment
        except (OSError, RuntimeError):
            # The system watches no more files than it is set to; looking is always possible.
            poll = True
            stop.wait(_IDLE / 1000)


def _changes(
    watched: set[Path], root: Path, layers: tuple[Path, ...], stop: Event, *, poll: bool
) -> Iterator[Changed]:
    """Yield what changes below *watched* until these are no longer the folders to watch."""
    import watchfiles

    settled, modified = False, watchfiles.Change.modified
    for batch in watchfiles.watch(
        *sorted(watched),
        stop_event=stop,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_IDLE,
        yield_on_timeout=True,
        force_polling=poll or None,
    ):
        files = tuple(sorted({path for _, path in batch}))
        yield files or (None if settled else UNSURE)
        settled = settled or not files
        # Whoever polls finds a folder modified by each file that comes or goes in it. To begin
        # anew for that would leave unseen what is saved at that very moment.
        exchanged = (Path(path) for change, path in batch if change != modified)
        if watched != _present(root, layers) or not watched.isdisjoint(exchanged):
            return


def _present(root: Path, layers: tuple[Path, ...]) -> set[Path]:
    folders = [layer / name for layer in (root, *layers) for name in _FOLDERS]
    return {folder.resolve() for folder in folders if folder.is_dir()}

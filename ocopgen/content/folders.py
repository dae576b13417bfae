"""Look into the folders of a catalogue, and never out of them."""

import os
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from ocopgen.base.memory import STILL_WARM
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.sight import Sight
from ocopgen.content.limits import MOST_NAMES

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".tif", ".tiff")
State = tuple[tuple[str, int, int, int], ...]
"""Name, mode, size and time stamp of each file."""

_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


class Folders:
    """The folders of the catalogue in one place."""

    def __init__(self, root: str, problems: Problems, sight: Sight | None = None) -> None:
        """Begin at the folder *root*; what cannot be read goes into *problems*.

        What is in *sight* is not looked at again.
        """
        self.root = root
        self._seen = sight.folders if sight else {}
        self.problems = problems
        self.outside: set[str] = set()
        """Links that lead out of content/: what lies there is no business of its readers."""

    def names(self, folder: str) -> list[str]:
        """Return the names in *folder* that are to be read; none where it is not there."""
        if folder in self.outside:
            return []
        try:
            return self._scan(folder)
        except FileNotFoundError:
            return []
        except OSError:
            self.problems.add(Spot(folder), "file.unreadable")
            return []

    def within(self, folder: str) -> list[str] | None:
        """Return the names in *folder*, which is there; None: nobody can read it.

        Raises NotADirectoryError where it is no folder.
        """
        try:
            return self._scan(folder)
        except NotADirectoryError:
            raise
        except OSError:
            self.problems.add(Spot(folder), "file.unreadable")
            return None

    def _scan(self, folder: str) -> list[str]:
        """Return the names in *folder* that are to be read, in a fixed order."""
        entries = sorted(self._seen.get(f"{self.root}/{folder}") or self._look(folder))
        if len(entries) > MOST_NAMES:
            self.problems.add(Spot(folder), "file.many", most=MOST_NAMES)
            return []
        for name, is_link in entries:
            if is_link and not is_inside(f"{self.root}/{folder}/{name}", self.root):
                self.problems.add(Spot(f"{folder}/{name}"), "file.link")
                self.outside.add(f"{folder}/{name}")
        return [
            name
            for name, _ in entries
            if not name.startswith(("_", "."))
            and name.lower() not in _SYSTEM_FILES
            and (not self.outside or f"{folder}/{name}" not in self.outside)
        ]

    def _look(self, folder: str) -> list[tuple[str, bool]]:
        with os.scandir(f"{self.root}/{folder}") as found:
            few = islice(found, MOST_NAMES + 1)
            return [(entry.name, entry.is_symlink()) for entry in few]

    def state(self, folder: str) -> State | None:
        """Return what the disk says of everything in *folder*; the same later: nothing changed.

        None: a link stands for what lies elsewhere, or a time stamp is too young to prove anything.
        """
        rows: list[tuple[str, int, int, int]] = []
        youngest = time.time_ns() - STILL_WARM
        try:
            with os.scandir(f"{self.root}/{folder}") as found:
                for entry in found:
                    stat = entry.stat(follow_symlinks=False)
                    if stat.st_mtime_ns > youngest or entry.is_symlink():
                        return None
                    rows.append((entry.name, stat.st_mode, stat.st_size, stat.st_mtime_ns))
        except OSError:
            return None
        return tuple(rows)


def is_inside(path: str, root: str) -> bool:
    """Tell whether *path* is in the folder content/ of *root*, wherever links lead."""
    # Path.resolve would refuse a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(f"{root}/content"))


def picture_files(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of *names* that are pictures."""
    return tuple(name for name in names if name.lower().endswith(PICTURES))

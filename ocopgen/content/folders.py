"""Look into the folders of a catalogue, and never out of them."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from ocopgen.base.memory import STILL_WARM
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.sight import Names, Sight, names_in, stamp_of
from ocopgen.content.limits import MOST_NAMES

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".tif", ".tiff")
State = tuple[tuple[str, int, int], ...]
"""Name, size and time stamp of each file that is to be read, or may be; of one file, a row."""

UNREAD = ("_", ".")
"""How the names begin of what is passed over."""
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


class Folders:
    """The folders of the catalogue in one place."""

    def __init__(self, root: str, problems: Problems, sight: Sight | None = None) -> None:
        """Begin at the folder *root*; what cannot be read goes into *problems*.

        What is in *sight* is not looked at again.
        """
        self.root = root
        self._sight = sight or Sight()
        self._last: tuple[str, Names] = "", []
        """The folder of which the state was told last, and what is in it."""
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
        entries = self._entries(folder)
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
            if not name.startswith(UNREAD)
            and name.lower() not in _SYSTEM_FILES
            and (not self.outside or f"{folder}/{name}" not in self.outside)
        ]

    def _entries(self, folder: str) -> Names:
        """Return each name in *folder*, in a fixed order, and whether it is a link."""
        if self._last[0] == folder:
            return self._last[1]
        whole = f"{self.root}/{folder}"
        seen = self._sight.folders.get(whole)
        if seen:
            return seen
        names = names_in(whole, MOST_NAMES)
        self._sight.keep_names(whole, names, UNREAD)
        return names

    def state(self, folder: str) -> State | None:
        """Return what the disk says of everything in *folder*; the same later: nothing changed.

        None: something there is no plain file, or has no name that can be written down; or a time
        stamp is too young to prove anything.
        """
        rows: list[tuple[str, int, int]] = []
        try:
            entries = self._entries(folder)
        except OSError:
            return None
        self._last = folder, entries
        if len(entries) > MOST_NAMES:
            return None
        for name, is_link in entries:
            if is_link or not is_text(name):
                return None
            if not name.startswith(UNREAD):
                stamp = self.stamp(f"{folder}/{name}")
                if stamp is None:
                    return None
                rows.append((name, *stamp))
        return tuple(rows)

    def stamp(self, path: str) -> tuple[int, int] | None:
        """Return the size and the time stamp of the file *path*; None as `state`."""
        whole = f"{self.root}/{path}"
        try:
            found = self._sight.stamps.get(whole) or stamp_of(whole)
        except OSError:
            return None
        if found[1] >= time.time_ns() - STILL_WARM:
            return None
        self._sight.keep_stamp(whole, found)
        return found


def is_text(name: str) -> bool:
    """Tell whether *name* can be written down: the disk may have any bytes for one."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_inside(path: str, root: str) -> bool:
    """Tell whether *path* is in the folder content/ of *root*, wherever links lead."""
    # Path.resolve would refuse a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(f"{root}/content"))


def picture_files(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of *names* that are pictures."""
    return tuple(name for name in names if name.lower().endswith(PICTURES))

"""What the disk says of the files of a catalogue, asked once for a whole build or longer."""

import errno
import os
from collections.abc import Iterable
from itertools import islice
from stat import S_ISREG

Names = list[tuple[str, bool]]
"""What is in a folder, in a fixed order, and whether each is a link."""


class Sight:
    """Names and stamps as they were when they were asked for first.

    A build looks at all files to tell whether any has changed. Where one has, it need not look
    again at all others; what is saved meanwhile shows at the next build.

    Whoever is told of each change of the files that are *watched* need not look at the others from
    one build to the next either, and lets go of what changed.
    """

    def __init__(self, *, watched: bool = False) -> None:
        """Begin without having seen anything."""
        self.watched = watched
        self.folders: dict[str, Names] = {}
        """By its path, what is in a folder."""
        self.stamps: dict[str, tuple[int, int]] = {}
        """By its path, the size of a file and when it was changed, in nanoseconds."""

    def keep_names(self, folder: str, names: Names, unread: tuple[str, ...]) -> None:
        """Keep the *names* in *folder* for the next build, if the files are watched.

        Where there is a link, which is not *unread* as its name begins, that is given up for good:
        through it a file may change under another path than the one that is told.
        """
        if self.watched and any(is_link and not name.startswith(unread) for name, is_link in names):
            self.watched = False
            self.forget()
        elif self.watched:
            self.folders[folder] = names

    def keep_stamp(self, path: str, stamp: tuple[int, int]) -> None:
        """Keep the *stamp* of the file at *path* for the next build, if the files are watched."""
        if self.watched:
            self.stamps[path] = stamp

    def forget_names(self) -> None:
        """Let go of the names: after a while some may be gone, and nobody is to blame for that."""
        self.folders = {}

    def forget(self) -> None:
        """Let go of all that was seen: of twenty thousand products it takes 27 MB."""
        self.folders, self.stamps = {}, {}

    def forget_changed(self, paths: Iterable[str]) -> None:
        """Let go of the files at *paths*, and of all that lies beside them.

        All goes where a known folder was told of, or what lies above or in an unknown one.
        """
        changed = set(paths)
        folders = {path.rpartition("/")[0] for path in changed}
        within = tuple(f"{path}/" for path in changed)
        known = self.folders.keys()
        if known & changed or folders - known or any(each.startswith(within) for each in known):
            self.forget()
        for folder in folders & self.folders.keys():
            for name, _ in self.folders.pop(folder):
                self.stamps.pop(f"{folder}/{name}", None)


def names_in(folder: str, most: int) -> Names:
    """Return what is in *folder*, or one more than *most* of it; raises OSError."""
    with os.scandir(folder) as found:
        return sorted((entry.name, entry.is_symlink()) for entry in islice(found, most + 1))


def stamp_of(path: str, most: int | None = None) -> tuple[int, int]:
    """Return the size of the file at *path*, and when it was changed.

    Raises OSError for what is no file, a pipe for instance, at which reading would wait for ever;
    and one with the number EFBIG for a file of more than *most* bytes.
    """
    stat = os.stat(path)  # noqa: PTH116 - a Path would cost more than the question
    if not S_ISREG(stat.st_mode):
        raise OSError(errno.EINVAL, "no file", path)
    if most is not None and stat.st_size > most:
        raise OSError(errno.EFBIG, "too large", path)
    return stat.st_size, stat.st_mtime_ns

"""Lay files into a folder, and never write into one that a slow reader may still have open."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_IWGRP

TREE, DIRTY = "tree", "dirty"
"""In the spare's folder: the spare itself, and the mark that it is being changed."""
WORTH_LINKING = 4000
"""Files that it takes longer to link than to copy this process, which then links some."""
NEW = "new"
"""How the names of files begin that are not yet in their place."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


def make_tree(tree: Path, site: Path) -> None:
    """Make the folder *tree*, if it is not there, which is to take the place of *site*.

    It is of the same group and as open as that: what an operator gave it shall stay. Into the
    folder around it, which may lie below a host's root, nobody sees who could not write there: it
    holds pages that were taken back.
    """
    tree.mkdir(exist_ok=True)
    with suppress(OSError):  # of another member of the group, who did so, or a disk without rights
        was = site.stat() if site.exists() else tree.parent.stat()
        mode = S_IMODE(was.st_mode)
        hidden = S_IRWXO if mode & S_IWGRP else S_IRWXO | S_IRWXG
        _liken(tree.parent, was.st_gid, mode & ~hidden)
        if site.exists():
            _liken(tree, was.st_gid, mode)


def _liken(folder: Path, group: int, mode: int) -> None:
    now = folder.stat()
    if now.st_gid != group:
        os.chown(folder, -1, group)
    if now.st_gid != group or S_IMODE(now.st_mode) != mode:
        folder.chmod(mode)  # after the group, which takes the bit away that hands it on


def link(source: str, tree: Path, path: str) -> None:
    """Give the file *source* the name *path* in *tree* too.

    Raises OSError where the disk knows no such links.
    """
    target = f"{tree}/{path}"
    try:
        try:
            os.link(source, target)
        except FileNotFoundError:
            _make_folder(target.rpartition("/")[0])
            os.link(source, target)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108 - nobody sees the tree, and a reader keeps what he reads
        os.link(source, target)


def make_folders(tree: Path, paths: Collection[str]) -> None:
    """Make the folders of *paths* in *tree*: whoever finds one missing has asked in vain before."""
    for folder in dict.fromkeys(path.rpartition("/")[0] for path in paths):
        with suppress(OSError):  # it is told to whoever needs the folder
            _make_folder(f"{tree}/{folder}")


def link_all(tree: Path, last: Path, paths: Collection[str]) -> list[str]:
    """Give *tree* the *paths* of *last*, and return which it has then: not all without links."""
    make_folders(tree, paths)
    linked = []
    for path in paths:
        try:
            link(f"{last}/{path}", tree, path)
        except OSError:  # a disk without links: what is left is written
            break
        linked.append(path)
    return linked


def write(tree: Path, path: str, content: bytes) -> os.stat_result:
    """Write *content*, and never into a file that a slow reader may still have open.

    Another process may be at it too, for a moment, where one of several died.
    """
    target = f"{tree}/{path}"
    try:
        try:
            return _filled(target, os.O_EXCL, content)
        except FileNotFoundError:
            _make_folder(target.rpartition("/")[0])
            return _filled(target, os.O_EXCL, content)
    except FileExistsError:  # also of what another process laid since the folder was made
        return _filled_anew(tree, target, content)


def _filled_anew(tree: Path, target: str, content: bytes) -> os.stat_result:
    """Write *content* where another file has the name *target*.

    To give a name up first takes half as long as to let another file take it over: ext4 brings what
    takes a name over to the disk at once. Nobody looks for it here meanwhile.
    """
    with suppress(FileNotFoundError):
        os.unlink(target)  # noqa: PTH108 - as in _make_folder
    try:
        return _filled(target, os.O_EXCL, content)
    except FileExistsError:  # another process was faster
        new = f"{tree.parent}/{NEW}{os.getpid()}"
        stat = _filled(new, os.O_TRUNC, content)
        Path(new).replace(target)
        return stat


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # noqa: PTH102 - a Path takes longer to make than the folder
    except FileNotFoundError:
        Path(path).mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # another process was faster
        pass


def _filled(path: str, how: int, content: bytes) -> os.stat_result:
    file = os.open(path, _NEW_FILE | how, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)

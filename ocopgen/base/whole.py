"""Write a file whole or not at all, and folders that git passes over."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path | str, content: bytes) -> None:
    """Write *content* to *path* so that no reader ever meets a part of it.

    What the disk refuses names *path*: a full disk alone names no file.
    """
    write_parts(path, (content,))


def write_parts(path: Path | str, parts: Iterable[bytes]) -> None:
    """Write *parts* to *path* as `write_whole` does, for what is too long to be held at once."""
    # As text: a cold build does this for each page, and Paths would double what it costs.
    target = str(path)
    aside = f"{target}.{os.getpid()}.tmp"
    try:
        _write(aside, parts)
        os.replace(aside, target)  # noqa: PTH105
    except OSError as error:
        with suppress(OSError):
            os.unlink(aside)  # noqa: PTH108
        error.filename, error.filename2 = target, None
        raise


def make_unkept(folder: Path) -> None:
    """Make *folder* for what can be made again, so that git passes over all that is in it.

    One that is there stays as it is: it may be somebody's own.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        (folder / ".gitignore").write_bytes(b"*\n")


def _write(path: str, parts: Iterable[bytes]) -> None:
    try:
        file = open(path, "wb")  # noqa: PTH123, SIM115 - closed below
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "wb")  # noqa: PTH123, SIM115
    with file:
        file.writelines(parts)

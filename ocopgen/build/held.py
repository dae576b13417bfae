"""Remember what a folder was given to hold, and see whether it still holds it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.whole import write_whole


class Row(NamedTuple):
    """One file as it was when it was written."""

    key: str
    """Of the entry in the store."""
    digest: str
    """Of its bytes."""
    size: int
    stamp: int
    """When it was last changed, in nanoseconds."""


class Held(Struct, frozen=True):
    """What a folder held when ocopgen had last written to it."""

    manifest: Digest
    """The digest of the published manifest."""
    keys: Digest
    """The digest of the keys by path."""
    files: dict[str, Row]

    def still(self, folder: Path) -> Iterator[tuple[str, Row]]:
        """Yield the files that lie in *folder* untouched.

        One stat a file, 3.5 us, tells what was deleted and what was edited (whatever writes to a
        file changes its time). What was only added is not seen: to list the folders takes four
        times as long, and what nobody links to does no harm.
        """
        for path, row in self.files.items():
            try:
                stat = os.lstat(f"{folder}/{path}")
            except OSError:
                continue
            if stat.st_size == row.size and stat.st_mtime_ns == row.stamp:
                yield path, row


def read_held(folder: Path, records: Path) -> Held | None:
    """Return what is recorded in *records* of *folder*, wherever it was moved since."""
    try:
        head, _, files = _record(folder, records).read_bytes().partition(b"\n")
        manifest, keys = orjson.loads(head)
        rows = {path: Row(*row) for path, row in orjson.loads(files).items()}
    except (OSError, ValueError, TypeError):
        return None
    return Held(manifest, keys, rows)


def read_name(folder: Path, records: Path) -> tuple[str, str]:
    """Return the digests of the manifest and of the keys of *folder*, empty where unknown."""
    try:
        with _record(folder, records).open("rb") as file:
            manifest, keys = orjson.loads(file.readline())
    except (OSError, ValueError, TypeError):
        return "", ""
    return manifest, keys


def write_held(held: Held, folder: Path, records: Path) -> None:
    """Record in *records* what *folder* holds."""
    head = orjson.dumps([held.manifest, held.keys])
    rows = {path: tuple(row) for path, row in held.files.items()}
    write_whole(_record(folder, records), head + b"\n" + orjson.dumps(rows))


def forget_others(folders: tuple[Path, ...], records: Path) -> None:
    """Remove from *records* what is there of folders other than *folders*."""
    known = {_record(folder, records) for folder in folders if folder.exists()}
    for path in records.glob("*.json"):
        if path not in known:
            path.unlink()


def _record(folder: Path, records: Path) -> Path:
    """Return where the record of *folder* lies: by its number, which it keeps when it is moved."""
    return records / f"{folder.stat().st_ino}.json"

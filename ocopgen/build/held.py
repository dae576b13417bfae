"""Remember what a folder was given to hold, and see whether it still holds it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson
from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, encode

from ocopgen.base.digest import Digest
from ocopgen.base.whole import write_whole
from ocopgen.build.pool import side_by_side


class Row(NamedTuple):
    """One file as it was when it was written."""

    key: str
    """Of the entry in the store."""
    digest: str
    """Of its bytes."""
    size: int
    stamp: int
    """When it was last changed, in nanoseconds."""


_ROWS = Decoder(dict[str, Row])
_LARGE = 2000
"""Files that it takes as long to look at as to copy this process."""


class Held(Struct, frozen=True):
    """What a folder held when ocopgen had last written to it."""

    manifest: Digest
    """The digest of the published manifest."""
    keys: Digest
    """The digest of the keys by path."""
    files: dict[str, Row]

    def left(self, folder: Path, looked: "Looked | None") -> Iterable[tuple[str, Row]]:
        """Return the same as `still`, as it was then if somebody has *looked* since.

        Whoever edits a published file by hand right after that may see his edit published once
        more, under both names of the file; the next build mends it.
        """
        if looked is None or looked.manifest != self.manifest:
            return self.still(folder)
        return ((path, row) for path, row in self.files.items() if path not in looked.touched)

    def still(self, folder: Path) -> Iterator[tuple[str, Row]]:
        """Yield the files that lie in *folder* untouched.

        One stat a file, 3.5 us, tells what was deleted and what was edited (whatever writes to a
        file changes its time). What was only added is not seen: to list the folders takes four
        times as long, and what nobody links to does no harm.
        """
        return _still(folder, self.files.items())

    def is_whole(self, folder: Path) -> bool:
        """Tell whether all files lie in *folder* untouched."""
        rows = list(self.files.items())
        half = len(rows) // 2
        shares = [rows[half:], rows[:half]] if half > _LARGE else [rows]
        return all(side_by_side(partial(_stand, folder, each) for each in shares))


def _still(folder: Path, rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
    for path, row in rows:
        try:
            stat = os.lstat(f"{folder}/{path}")
        except OSError:
            continue
        if stat.st_size == row.size and stat.st_mtime_ns == row.stamp:
            yield path, row


def _stand(folder: Path, rows: Sequence[tuple[str, Row]]) -> bool:
    return sum(1 for _ in _still(folder, rows)) == len(rows)


class Looked(Struct, frozen=True):
    """What became of a folder since ocopgen had last written to it."""

    manifest: Digest
    """The digest of the manifest that it was written for."""
    touched: frozenset[str]
    """The files that are gone, or were edited."""


def read_held(folder: Path, records: Path) -> Held | None:
    """Return what is recorded in *records* of *folder*, wherever it was moved since."""
    try:
        head, _, files = _record(folder, records).read_bytes().partition(b"\n")
        manifest, keys = orjson.loads(head)
        rows = _ROWS.decode(files)
    except (OSError, ValueError, TypeError, MsgspecError):
        return None
    return Held(manifest, keys, rows)


def look(folder: Path, records: Path) -> Looked | None:
    """Return what became of *folder*, as far as *records* tell what it was given."""
    held = read_held(folder, records)
    if held is None:
        return None
    still = {path for path, _ in held.still(folder)}
    return Looked(held.manifest, frozenset(held.files.keys() - still))


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
    write_whole(_record(folder, records), head + b"\n" + encode(held.files))


def forget_others(folders: tuple[Path, ...], records: Path) -> None:
    """Remove from *records* what is there of folders other than *folders*."""
    known = {_record(folder, records) for folder in folders if folder.exists()}
    for path in records.glob("*.json"):
        if path not in known:
            path.unlink()


def _record(folder: Path, records: Path) -> Path:
    """Return where the record of *folder* lies: by its number, which it keeps when it is moved."""
    return records / f"{folder.stat().st_ino}.json"

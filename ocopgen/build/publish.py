"""Put a finished site in place of the last, whole or not at all."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

import orjson
from msgspec import Struct

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.problems import MachineTrouble, WrongUse
from ocopgen.base.store import Store
from ocopgen.base.whole import make_unkept
from ocopgen.build.exchange import exchange, mend
from ocopgen.build.held import (
    Held,
    Looked,
    Row,
    forget_others,
    read_held,
    read_name,
    write_held,
)
from ocopgen.build.laying import (
    DIRTY,
    NEW,
    TREE,
    WORTH_LINKING,
    link_all,
    make_folders,
    make_tree,
    write,
)
from ocopgen.build.lock import hold
from ocopgen.build.machine import usable_cores
from ocopgen.build.pool import side_by_side
from ocopgen.build.troubles import disk_troubles

__all__ = ["Lost", "Published", "doubt", "hold", "holds", "made_here", "publish", "spare_of"]

MANIFEST = "ocopgen-manifest.json"
_OPENING = b'{\n  "generator": "ocopgen"'
_SAFE = re.compile(r"(?!\.{1,2}(?:/|$))[^/\\:\0]+(?:/(?!\.{1,2}(?:/|$))[^/\\:\0]+)*")
_MANY = 100
"""Files that are lacking, above which it pays to read what the last site holds."""
_WORTH_WRITING = 300
"""Files that it takes as long to write as to copy this process, which then writes some."""

Rows = dict[str, Row]
T = TypeVar("T")


class Published(Struct, frozen=True):
    """What it took to publish a site; the spare is one site behind, so it may be two edits."""

    written: int
    kept: int
    deleted: int
    digest: Digest
    """Of the published manifest; `holds` asks for it."""


class Lost(KeyError):
    """Entries of the store are missing or damaged, so nothing was published: make them again."""

    def __init__(self, keys: Iterable[Digest]) -> None:
        """Name the *keys* that are to be made again."""
        super().__init__(*keys)
        self.keys = frozenset(keys)


def publish(
    manifest: Mapping[str, Digest], store: Store, site: Path, looked: Looked | None = None
) -> Published:
    """Make *site* hold exactly the files of *manifest*, path to key in *store*, all at once.

    *looked* tells what became of the spare, if somebody looked it over meanwhile.

    Until the last moment the last site stands untouched; a link to a folder is followed. Raises
    Lost for entries that the store lacks. Only one may publish at a time: see `hold`.
    """
    folder, spare = site.resolve(), spare_of(site)
    tree = spare / TREE
    with disk_troubles(folder):
        mend(folder, tree)
        look_whose(site)
        keys = digest(sorted(manifest.items()))
        name, held = read_name(folder, spare)
        if held == keys and holds(site, name):
            return Published(0, len(manifest), 0, Digest(name))
        make_unkept(spare)
        make_tree(tree, folder)
        published = _bring((tree, looked), folder, manifest, store, keys)
        exchange(folder, tree)
        forget_others((folder, tree), spare)
    return published


def holds(site: Path, manifest: str) -> bool:
    """Tell whether *site* still holds what was published as *manifest*, a digest."""
    folder, records = site.resolve(), spare_of(site)
    if read_name(folder, records)[0] != manifest:
        return False
    held = read_held(folder, records)
    return held is not None and held.is_whole(folder)


def doubt(site: Path) -> None:
    """Trust nothing that is recorded of *site*: the next `publish` compares every byte."""
    for record in spare_of(site).glob("*.json"):
        record.unlink()


def look_whose(site: Path) -> None:
    """Raise WrongUse or MachineTrouble where *site* cannot be put in the place of what is there."""
    if site.exists() and not made_here(site):
        raise WrongUse("site.foreign", path=site)
    if os.path.ismount(site.resolve()):
        raise MachineTrouble("site.busy", path=site)


def made_here(site: Path) -> bool:
    """Tell whether *site* is a folder that ocopgen may replace: it made it, or it is empty."""
    try:
        with (site / MANIFEST).open("rb") as file:
            return file.read(len(_OPENING)) == _OPENING
    except OSError:
        return site.is_dir() and not any(site.iterdir())


def spare_of(site: Path) -> Path:
    """Return the hidden folder beside *site* where the next site is made ready."""
    folder = site.resolve()
    return folder.with_name(f".{folder.name}.spare")


def _bring(
    spare: tuple[Path, Looked | None],
    last: Path,
    manifest: Mapping[str, Digest],
    store: Store,
    keys: Digest,
) -> Published:
    """Make the tree of *spare* hold *manifest*, changing only what differs from it and *last*."""
    tree, looked = spare
    dirty = tree.with_name(DIRTY)
    held = None if dirty.exists() else read_held(tree, tree.parent)
    dirty.touch()
    if held:
        left = held.left(tree, looked)
        kept = {path: row for path, row in left if manifest.get(path) == row.key}
        gone = held.files.keys() - manifest.keys()
    else:
        kept, gone = _compared(tree, manifest, store)
    gone -= {MANIFEST}
    _delete(tree, gone)
    if len(manifest) - len(kept) > _MANY:
        kept |= _linked(tree, last, {path: manifest[path] for path in manifest.keys() - kept})
    written = _write_missing(tree, manifest, store, kept)
    listed = {path: (written.get(path) or kept[path]).digest for path in sorted(manifest)}
    content = _spelt({"generator": "ocopgen", "files": listed})
    name = digest_of_bytes(content)
    own = _row("", name, write(tree, MANIFEST, content))
    rows = {**kept, **written, MANIFEST: own}
    write_held(Held(name, keys, rows), tree, tree.parent)
    dirty.unlink()
    return Published(len(written), len(manifest) - len(written), len(gone), name)


def _spelt(listing: object) -> bytes:
    return orjson.dumps(listing, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _compared(tree: Path, manifest: Mapping[str, Digest], store: Store) -> tuple[Rows, set[str]]:
    """Return the files of *tree* that are as they should be, and what should not be there.

    Somebody was broken off while changing it, so every byte is compared.
    """
    for left in tree.parent.glob(f"{NEW}*"):
        left.unlink()
    kept, gone = {}, set()
    for path, is_file in _walk(str(tree), ""):
        if not is_file or path not in manifest:
            gone.add(path)
            continue
        content = Path(tree, path).read_bytes()
        if content == store.get(manifest[path]):
            stat = os.lstat(f"{tree}/{path}")
            kept[path] = _row(manifest[path], digest_of_bytes(content), stat)
    return kept, gone


def _walk(tree: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Yield the path of everything in *tree* and whether it is a file; empty folders go."""
    with os.scandir(f"{tree}/{prefix}") as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(tree, f"{path}/")
            with suppress(OSError):
                Path(tree, path).rmdir()
        else:
            yield path, entry.is_file(follow_symlinks=False)


def _delete(tree: Path, paths: Iterable[str]) -> None:
    """Delete *paths*, and the folders that they leave empty."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            Path(tree, path).unlink()
        with suppress(OSError):
            for folder in PurePosixPath(path).parents[:-1]:
                (tree / folder).rmdir()


def _linked(tree: Path, last: Path, lacking: Mapping[str, Digest]) -> Rows:
    """Give *tree* the files of *lacking* that *last* holds: one file under two names.

    What follows never writes into a file, and who edits one by hand changes its time, which shows
    under both names. Not so on Windows, where a reader of one name would hold up the other.
    """
    held = read_held(last, tree.parent) if os.name == "posix" and last.exists() else None
    still = held.still(last) if held else ()
    rows = {path: row for path, row in still if lacking.get(path) == row.key}
    done = _in_parts(link_all, (tree, last), list(rows), WORTH_LINKING)
    return {path: rows[path] for part in done for path in part}


def _write_missing(tree: Path, manifest: Mapping[str, Digest], store: Store, kept: Rows) -> Rows:
    """Write the files of *manifest* that are not *kept*."""
    lacking = [(path, key) for path, key in manifest.items() if path not in kept]
    parts = _in_parts(_write_all, (tree, store), lacking, _WORTH_WRITING)
    if lost := [key for _, missing in parts for key in missing]:
        for key in lost:  # what another process found out
            store.drop(key)
        raise Lost(lost)
    return {path: row for rows, _ in parts for path, row in rows.items()}


def _write_all(
    tree: Path, store: Store, lacking: Collection[tuple[str, Digest]]
) -> tuple[Rows, list[Digest]]:
    """Write *lacking* from *store*; return the rows of the files, and the keys it does not have."""
    make_folders(tree, [_safe(path) for path, _ in lacking])
    rows: Rows = {}
    missing = []
    paths = defaultdict[Digest, list[str]](list)
    for path, key in lacking:
        paths[key].append(path)
    for key, content in store.several(paths):
        if content is None:
            missing.append(key)
            continue
        for path in paths[key]:
            stat = write(tree, _safe(path), content)
            rows[path] = _row(key, store.digest(key), stat)
    return rows, missing


def _in_parts(
    work: Callable[..., T], shared: tuple[object, ...], files: Sequence[object], worth: int
) -> list[T]:
    """Do *work* with what is *shared* on the *files*, or if they are *worth* it, on parts of them.

    A copy of this process does each part but the first: threads would wait for one lock.
    """
    parts = min(usable_cores(), len(files) // worth + 1)
    size = -(-len(files) // parts) or 1
    starts = range(0, max(len(files), 1), size)
    return side_by_side(partial(work, *shared, files[at : at + size]) for at in starts)


def _safe(path: str) -> str:
    """Return *path*; one that leaves the folder is a fault of ours, not of the content."""
    if not _SAFE.fullmatch(path) or path == MANIFEST:
        raise ValueError(f"{path!r} cannot be a path in a site")
    return path


def _row(key: str, own: str | None, stat: os.stat_result) -> Row:
    return Row(key, own or "", stat.st_size, stat.st_mtime_ns)

"""Index what the pages say with Pagefind, and keep the bundle under the digest of the feed."""

import errno
import gzip
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

import orjson
from msgspec import Struct

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.installed import versions
from ocopgen.base.problems import MachineTrouble
from ocopgen.base.store import Store

FOLDER = "search"
"""Where the bundles stand in the site."""

_VERSION = 1
"""To be raised when the same feed is to be indexed in another way."""
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_READERS = {".js", ".pagefind"}
"""The kinds of files that read the data, whose names stay the same from version to version."""
_PACKED = {".pf_meta", ".pf_index", ".pf_fragment", ".pagefind"}
"""The kinds of files that are compressed by gzip."""
_SURELY_OVER = 3600
"""Seconds that no run of Pagefind takes."""
_WORK = "ocopgen-pagefind-"
"""What the folder begins with in which a run of Pagefind works."""
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - nobody guesses the names of the folders below
"""Where Linux holds files that never reach a disk: of 5,000 pages the index takes half the time."""
_BLOCK, _MOST = 8192, 100_000_000
"""Bytes that a page and its fragment are rounded up by, and that one language may take there."""
_MANY_TIMES = 8
"""Of what one language needs so much is to be free, lest others starve."""
_LONGEST = 400
"""Characters of what a failed Pagefind said that are told on."""


class Bundle(Struct, frozen=True):
    """The index of one language, as it waits in the store."""

    folder: str
    """Where it stands in the site: search/<language>-<8 digits of what reads it>.

    Empty where there is no page, and so no bundle.
    """
    files: Mapping[str, Digest]
    """The key of every file, by its path in the site."""
    kept: Digest
    """The key under which the bundle is remembered."""


class Feed(Struct, frozen=True):
    """What Pagefind reads of one language."""

    name: Digest
    """Equal names, equal pages."""
    pages: Callable[[], Mapping[str, str]]
    """Writes a small page for each address."""


def index_all(feeds: Mapping[str, Feed], store: Store, scratch: Path) -> dict[str, Bundle]:
    """Return the bundle of each language's feed.

    Pagefind runs only for what *store* lacks, in folders of its own in memory or below *scratch*,
    and for all languages at a time: one run uses one processor. *store* then holds every bundle.
    Raises MachineTrouble when Pagefind is missing or fails.
    """
    kept = {language: _key(feed, language) for language, feed in feeds.items()}
    files = {language: _recalled(store, key) for language, key in kept.items()}
    lacking = [language for language, known in files.items() if known is None]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max(len(lacking), 1)) as pool:
        made = pool.map(lambda language: _made(feeds[language].pages(), scratch), lacking)
        for language, contents in zip(lacking, made, strict=True):
            files[language] = _stored(contents, kept[language], store)
    return {
        language: _bundle(language, known or {}, kept[language])
        for language, known in files.items()
    }


def _key(feed: Feed, language: str) -> Digest:
    return digest("pagefind", versions(("pagefind-bin",))[0], _VERSION, language, feed.name)


def _bundle(language: str, files: Mapping[str, Digest], kept: Digest) -> Bundle:
    if not files:
        return Bundle("", {}, kept)
    # Named by Pagefind's scripts, which a browser keeps and must never join to the data of another
    # version. The data itself stays where it is, so that an edit moves nothing: the entry file is
    # never read from a cache, and all else has names that change with what it holds.
    readers = {name: key for name, key in files.items() if PurePosixPath(name).suffix in _READERS}
    folder = f"{FOLDER}/{language}-{digest(readers)[:8]}"
    return Bundle(folder, {f"{folder}/{name}": key for name, key in files.items()}, kept)


def _stored(contents: Iterable[tuple[str, bytes]], kept: Digest, store: Store) -> dict[str, Digest]:
    """Put what Pagefind made into *store*, and return the key of each file."""
    files: dict[str, Digest] = {}
    for name, content in store.gathering(contents):
        files[name] = digest_of_bytes(content)
        # Most files are a fragment for each page, which an edit elsewhere leaves alone.
        if files[name] not in store:
            store.put(files[name], content)
    store.put(kept, orjson.dumps(files, option=orjson.OPT_SORT_KEYS))
    return files


def _recalled(store: Store, kept: Digest) -> dict[str, Digest] | None:
    """Return the key of each file of the bundle *kept*, or None where *store* lacks a part."""
    known = store.get(kept)
    if known is None:
        return None
    files = {name: Digest(key) for name, key in orjson.loads(known).items()}
    return files if all(key in store for key in files.values()) else None


def _made(feed: Mapping[str, str], scratch: Path) -> list[tuple[str, bytes]]:
    """Run Pagefind over *feed*, and return the name and the bytes of each file that it is for."""
    if not feed:
        return []
    for folder, left in ((_IN_MEMORY, f"{_WORK}*"), (scratch, "*pagefind-*")):
        _clear(folder, left)
    if _fits_in_memory(feed):
        # Whatever goes wrong there goes wrong on the disk too, or was for want of room.
        with suppress(OSError, MachineTrouble):
            return _made_below(_IN_MEMORY, feed)
    scratch.mkdir(parents=True, exist_ok=True)
    return _made_below(scratch, feed)


def _fits_in_memory(feed: Mapping[str, str]) -> bool:
    """Tell whether the pages of *feed* and their index may lie in memory, in other languages too.

    A page counts as twice its letters: Vietnamese ones take more than a byte.
    """
    needed = sum(2 * len(page) + _BLOCK for page in feed.values())
    if needed > _MOST:
        return False
    try:
        return shutil.disk_usage(_IN_MEMORY).free > _MANY_TIMES * needed
    except OSError:
        return False


def _made_below(folder: Path, feed: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """Return the same, made in *folder*."""
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
    try:
        _write(feed, work / "feed")
        _run(work)
        bundle = work / "bundle"
        named = ((path.relative_to(bundle).as_posix(), path) for path in sorted(bundle.rglob("*")))
        made = [(name, path.read_bytes()) for name, path in named if _is_needed(name)]
        _refuse_halves(made)
        # A script that was cut short looks like any other, but no room is left beside it.
        if shutil.disk_usage(folder).free < _BLOCK:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        return made
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _refuse_halves(made: Iterable[tuple[str, bytes]]) -> None:
    """Raise MachineTrouble where a file is not whole: Pagefind does not tell of a full disk."""
    for name, content in made:
        try:
            packed = PurePosixPath(name).suffix in _PACKED
            whole = content and (not packed or gzip.decompress(content))
        except (OSError, EOFError, zlib.error):
            whole = b""
        if not whole:
            raise MachineTrouble("pagefind.failed", said=name)


def _clear(folder: Path, names: str) -> None:
    """Remove what killed builds left as *names* in *folder*, but nothing that may be in use."""
    for left in folder.glob(names):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _SURELY_OVER:
                shutil.rmtree(left)


def _write(feed: Mapping[str, str], folder: Path) -> None:
    """Write the pages of *feed*, numbered by address: Pagefind goes by the order of names."""
    folder.mkdir()
    for number, address in enumerate(sorted(feed)):
        (folder / f"{number:06}.html").write_text(feed[address], "utf-8", newline="\n")


def _run(work: Path) -> None:
    """Index work/feed into work/bundle.

    Pagefind obeys a pagefind.yml of the folder it starts in, so it starts in one of its own.
    """
    ran = subprocess.run(
        [_program(), "--site", "feed", "--output-path", "bundle", "--quiet"],
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    missing = [name for name in _NEEDED if not (work / "bundle" / name).is_file()]
    if ran.returncode or missing:
        said = (ran.stderr + ran.stdout).decode("utf-8", "replace").strip()
        raise MachineTrouble("pagefind.failed", said=said[-_LONGEST:] or ran.returncode)


def _program() -> Path:
    """Return the program that the wheel pagefind-bin brings for this system."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise MachineTrouble("pagefind.missing") from error


def _is_needed(name: str) -> bool:
    """Tell whether our own script asks for the file *name*; Pagefind's widgets stay behind."""
    return name in _NEEDED or PurePosixPath(name).suffix in _PACKED

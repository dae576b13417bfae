"""Make the files of photos that nobody has opened yet while their measures are taken.

So each is decoded once, and several side by side. A photo of which nothing comes here is looked at
once more, and told, by the survey.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import orjson
from msgspec import Struct

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.store import Store
from ocopgen.build.pictures import Pictured
from ocopgen.build.pool import Broken, Worker, pays, spread
from ocopgen.pages import photos

PHOTO_COST = 60
"""In pages."""

Progress = Callable[[int, int], None]
"""Told how many photos are made, and of how many."""


class Hands(Struct, frozen=True):
    """What makes things while they are planned."""

    store: Store
    jobs: int
    progress: Progress


def develop(
    root: Path, entries: Iterable[Pictured], codecs: str, memory: Memory, hands: Hands
) -> frozenset[Digest]:
    """Make all files of those photos of *entries* whose measures neither memory nor store know.

    The store of *hands* has both afterwards. Return of which photos any file was lacking.
    """
    unseen = _unseen(root, entries, codecs, memory, hands.store)
    pieces = [(path, own) for own, path in unseen.items()]
    made = set[Digest]()
    for count, own in enumerate(_made(pieces, (root, codecs, hands.store), hands.jobs), 1):
        if own:
            made.add(own)
        hands.progress(count, len(pieces))
    return frozenset(made)


def _unseen(
    root: Path, entries: Iterable[Pictured], codecs: str, memory: Memory, store: Store
) -> dict[Digest, str]:
    """Return where a photo of each digest lies.

    The survey asks anew which bytes a file holds: it may be saved while these are made.
    """
    found = dict[Digest, str]()
    for entry in entries:
        for photo in entry.record.photos:
            if photo.file not in entry.files:
                continue
            path = f"{entry.folder}/{photo.file}"
            with suppress(OSError):
                own = memory.file_digest(str(root / path), photos.MOST_BYTES)
                key = photos.measures_key(own, codecs)
                if not memory.knows(key) and digest(key) not in store:
                    found[own] = path
    return found


def _made(
    pieces: list[tuple[str, Digest]], held: tuple[Path, str, Store], jobs: int
) -> Iterator[Digest | None]:
    if jobs == 1 or not pays(PHOTO_COST * len(pieces)):
        for path, own in pieces:
            yield _developed(path, own, *held)
        return
    with suppress(Broken):
        for _, made in spread(min(jobs, len(pieces)), _develop, pieces, held):
            yield made


def _develop(path: str, own: Digest) -> Digest | None:
    return _developed(path, own, *Worker.held)


def _developed(path: str, own: Digest, root: Path, codecs: str, store: Store) -> Digest | None:
    """Put into *store* what comes of the photo *own* at *path*, and return its name if files do."""
    try:
        content = (root / path).read_bytes()
    except OSError:
        return None
    if digest_of_bytes(content) != own:  # it was saved meanwhile
        return None
    made = photos.develop(content, lambda size: photos.key(own, size, codecs) not in store)
    if made is None:
        return None
    measured, files = made
    for size, file in files.items():
        store.put(photos.key(own, size, codecs), file)
    store.put(digest(photos.measures_key(own, codecs)), orjson.dumps(measured.as_json()))
    return own if files else None

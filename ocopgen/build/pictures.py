"""Find the photos of the records, and list the sizes that the site shall hold of each."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.plan import Output
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product
from ocopgen.pages import photos
from ocopgen.pages.views.desk import Photos

Pictured = Entry[Product] | Entry[Producer]
"""A record with photos."""


def survey(  # noqa: PLR0913 - where they are, and two places that may know of them
    root: Path,
    entries: Iterable[Pictured],
    codecs: str,
    memory: Memory,
    problems: Problems,
    *,
    store: Store | None = None,
) -> Photos:
    """Return what is known of every picture of *entries*; one that nobody can open is a fault.

    *store* may know of those that another machine has opened.
    """
    found: dict[tuple[str, str], tuple[Digest, photos.Measured]] = {}
    for entry in entries:
        for place, photo in enumerate(entry.record.photos):
            path, spot = root / entry.folder / photo.file, entry.spot("photos", place, "file")
            if photo.file not in entry.files or (entry.folder, photo.file) in found:
                continue
            try:
                own = memory.file_digest(str(path), photos.MOST_BYTES)
            except OSError as error:
                if error.errno == errno.EFBIG:
                    photos.tell_large(path, spot, problems)
                else:  # a folder, a link to nothing, or not ours to read
                    problems.add(Spot(f"{entry.folder}/{photo.file}"), "file.unreadable")
                continue
            if measured := _measured((path, own), codecs, spot, (memory, store), problems):
                found[entry.folder, photo.file] = own, measured
    return found


def _measured(
    photo: tuple[Path, Digest],
    codecs: str,
    spot: Spot,
    known: tuple[Memory, Store | None],
    problems: Problems,
) -> photos.Measured | None:
    """Return the measures of *photo*, a file and the digest of its bytes."""
    (memory, store), (path, own) = known, photo
    key = photos.measures_key(own, codecs)
    if kept := memory.recall(key):
        return photos.Measured.from_json(kept)
    if store and (packed := store.get(digest(key))):
        kept = orjson.loads(packed)
    elif measured := photos.survey(path, spot, problems):
        if not _holds(path, own):  # saved meanwhile: these measures are not those of *own*
            return measured
        kept = measured.as_json()
        if store:
            store.put(digest(key), orjson.dumps(kept))
    else:
        return None
    memory.keep(key, kept)
    return photos.Measured.from_json(kept)


def _holds(path: Path, own: Digest) -> bool:
    with suppress(OSError):
        return digest_of_bytes(path.read_bytes()) == own
    return False


def sizes(catalogue: Catalogue, pictures: Photos, codecs: str) -> Iterator[Output]:
    """Yield every size of every photo; the same photo in two folders is made once."""
    for entry in shown(catalogue):
        for place, photo in enumerate(entry.record.photos):
            if (entry.folder, photo.file) not in pictures:
                continue
            own, measured = pictures[entry.folder, photo.file]
            cut = photos.sizes(measured)
            job = photos.Resize(f"{entry.folder}/{photo.file}", own, cut)
            origin = entry.spot("photos", place)
            for size in cut:
                key = photos.key(own, size, codecs)
                yield Output(photos.address(own, size), key, job, origin)


def shown(catalogue: Catalogue) -> Iterator[Pictured]:
    """Yield the records of which the site shows photos: products, and who makes any."""
    yield from catalogue.products.values()
    makers = {entry.record.producer for entry in catalogue.products.values()}
    yield from (catalogue.producers[id_] for id_ in sorted(makers))

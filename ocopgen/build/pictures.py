"""Find the photos of the records, and list the sizes that the site shall hold of each."""

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Memory
from ocopgen.build.plan import Output
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product
from ocopgen.pages import photos
from ocopgen.pages.views.desk import Photos


def survey(
    root: Path,
    entries: Iterable[Entry[Product] | Entry[Producer]],
    codecs: str,
    memory: Memory,
    problems: Problems,
) -> Photos:
    """Return what is known of every picture of *entries*; one that nobody can open is a fault."""
    found: dict[tuple[str, str], tuple[Digest, photos.Measured]] = {}
    for entry in entries:
        for place, photo in enumerate(entry.record.photos):
            path, spot = root / entry.folder / photo.file, entry.spot("photos", place, "file")
            if photo.file not in entry.files or (entry.folder, photo.file) in found:
                continue
            try:
                digest = memory.file_digest(str(path), photos.MOST_BYTES)
            except OSError as error:
                if error.errno == errno.EFBIG:
                    photos.tell_large(path, spot, problems)
                else:  # a folder, a link to nothing, or not ours to read
                    problems.add(Spot(f"{entry.folder}/{photo.file}"), "file.unreadable")
                continue
            key = photos.measures_key(digest, codecs)
            if measured := _measured(path, key, spot, memory, problems):
                found[entry.folder, photo.file] = digest, measured
    return found


def _measured(
    path: Path, key: str, spot: Spot, memory: Memory, problems: Problems
) -> photos.Measured | None:
    if kept := memory.recall(key):
        return photos.Measured.from_json(kept)
    measured = photos.survey(path, spot, problems)
    if measured:
        memory.keep(key, measured.as_json())
    return measured


def sizes(catalogue: Catalogue, pictures: Photos, codecs: str) -> Iterator[Output]:
    """Yield every size of every photo; the same photo in two folders is made once."""
    makers = {entry.record.producer for entry in catalogue.products.values()}
    shown: list[Entry[Product] | Entry[Producer]] = [*catalogue.products.values()]
    shown += [catalogue.producers[id_] for id_ in sorted(makers)]
    for entry in shown:
        for place, photo in enumerate(entry.record.photos):
            if (entry.folder, photo.file) not in pictures:
                continue
            digest, measured = pictures[entry.folder, photo.file]
            cut = photos.sizes(measured)
            job = photos.Resize(f"{entry.folder}/{photo.file}", digest, cut)
            origin = entry.spot("photos", place)
            for size in cut:
                key = photos.key(digest, size, codecs)
                yield Output(photos.address(digest, size), key, job, origin)

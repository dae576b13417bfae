"""Make the files of the open data, once for each state of the records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256

import orjson

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.installed import versions
from ocopgen.base.store import Store
from ocopgen.build.pool import beside
from ocopgen.pages.open_files import Made, open_files, package_file
from ocopgen.pages.views import Press

_WRITERS = ("xlsxwriter",)
"""The libraries that the files are written by."""

Opened = tuple[dict[str, Digest], Digest]
"""The key of every file of the open data, by its path, and the key of the list of them."""
_Kept = Mapping[str, tuple[Digest, int, str]]
"""By path in the site: the key of a file, how many bytes it has, and its SHA-256."""


def open_data(presses: Sequence[Press], store: Store) -> Opened:
    """Return the files of the open data; the *store* holds them all."""
    name = _name(presses)
    kept = _kept(name, store) or _made(presses, name, store)
    # The package alone knows the day, so it is another one every day.
    told = {path: Made(size, checksum) for path, (_, size, checksum) in kept.items()}
    path, content = package_file(presses, told)
    return {**{each: key for each, (key, *_) in kept.items()}, path: _put(content, store)}, name


@contextmanager
def open_data_beside(presses: Sequence[Press], store: Store) -> Iterator[Callable[[], Opened]]:
    """Let a copy of this process make the open data meanwhile; yield what waits for it.

    A thread would not do: Python works at one thing at a time.
    """
    told = partial(open_data, presses, store)
    if _kept(_name(presses), store):
        yield told
        return
    with beside(told) as made:

        def opened() -> Opened:
            found = made()
            store.look()
            return found

        yield opened


def _name(presses: Sequence[Press]) -> Digest:
    return digest("open data", [press.recipes.data for press in presses], versions(_WRITERS))


def _made(presses: Sequence[Press], name: Digest, store: Store) -> _Kept:
    kept = {
        path: (_put(content, store), len(content), sha256(content).hexdigest())
        for path, content in open_files(presses)
    }
    store.put(name, orjson.dumps(kept))
    return kept


def _kept(name: Digest, store: Store) -> _Kept | None:
    known = store.get(name)
    kept: _Kept = orjson.loads(known) if known else {}
    return kept if kept and all(key in store for key, *_ in kept.values()) else None


def _put(content: bytes, store: Store) -> Digest:
    key = digest_of_bytes(content)
    store.put(key, content)
    return key

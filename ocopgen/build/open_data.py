"""Make the files of the open data, once for each state of the records."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.installed import versions
from ocopgen.base.memory import Memory
from ocopgen.base.store import Store
from ocopgen.pages.open_files import Made, open_files, package_file
from ocopgen.pages.views import Press

_WRITERS = ("xlsxwriter",)
"""The libraries that the files are written by."""


def open_data(presses: Sequence[Press], store: Store, memory: Memory) -> dict[str, Digest]:
    """Return the key of every file of the open data, by its path; the *store* holds them all."""
    recipe = f"open data {digest([press.recipes.data for press in presses], versions(_WRITERS))}"
    kept: dict[str, list[Any]] = memory.recall(recipe) or {}
    if not kept or any(key not in store for key, *_ in kept.values()):
        kept = {
            path: [_put(content, store), len(content), sha256(content).hexdigest()]
            for path, content in open_files(presses)
        }
        memory.keep(recipe, kept)
    # The package alone knows the day, so it is another one every day.
    told = {path: Made(size, checksum) for path, (_, size, checksum) in kept.items()}
    path, content = package_file(presses, told)
    return {**{each: Digest(key) for each, (key, *_) in kept.items()}, path: _put(content, store)}


def _put(content: bytes, store: Store) -> Digest:
    key = digest_of_bytes(content)
    store.put(key, content)
    return key

"""Make the files of both layers of search."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.store import Store
from ocopgen.build import search
from ocopgen.pages import finding, gist
from ocopgen.pages.views import Press


def search_files(
    presses: Sequence[Press], store: Store, memory: Memory, scratch: Path
) -> tuple[dict[str, Digest], list[Digest]]:
    """Return the files of both layers of search, and what else of the store they stand on."""
    from concurrent.futures import ThreadPoolExecutor

    manifest: dict[str, Digest] = {}
    kept: list[Digest] = []
    feeds = {press.routes.language.code: _feed(press, memory) for press in presses}
    with ThreadPoolExecutor(1) as beside:  # Pagefind is a program of its own
        indexed = beside.submit(search.index_all, feeds, store, scratch)
        files = [_catalogue_file(press, store, memory) for press in presses]
        bundles = indexed.result()
    for press, (path, key) in zip(presses, files, strict=True):
        bundle = bundles[press.routes.language.code]
        pointer, named = finding.pointer_file(press.desk, path, bundle.folder)
        manifest |= {path: key, pointer: digest_of_bytes(named), **bundle.files}
        store.put(manifest[pointer], named)
        kept.append(bundle.kept)
    return manifest, kept


def _feed(press: Press, memory: Memory) -> search.Feed:
    """Return what Pagefind is to read; its pages are written only where it has to read them."""
    pages = cache(partial(gist.feed, press.edition, press.routes))
    name = memory.remembered(f"feed {press.recipes.words}", lambda: digest(pages()))
    return search.Feed(Digest(name), pages)


def _catalogue_file(press: Press, store: Store, memory: Memory) -> tuple[str, Digest]:
    """Return the path and the key of the file in which names are looked up; the store holds it."""
    recipe = f"catalogue file {press.recipes.products}"
    known = memory.recall(recipe)
    if known and known[1] in store:
        return known[0], Digest(known[1])
    path, content = finding.catalogue_file(press)
    key = digest_of_bytes(content)
    store.put(key, content)
    memory.keep(recipe, [path, key])
    return path, key

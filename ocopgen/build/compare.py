"""Compare a site with the one that is online: what came, what changed, what must not go."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from ocopgen.base.problems import Problems, Spot

_REDIRECTS, _PRODUCTS = Spot("content/redirects.yaml"), Spot("content/products")
_HOME = "index.html"
_TOO_MANY = 5
"""One in so many products may go; more looks like an accident."""

Digests = Mapping[str, str]
"""The digest of each file's bytes, by its path."""


class Changes(Struct, frozen=True):
    """What differs between two sites, as paths of pages."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def changes(before: Digests, after: Digests) -> Changes:
    """Return which pages of *after* are new or other than *before*, and which are gone."""
    old, new = _pages(before), _pages(after)
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def _pages(files: Digests) -> Digests:
    return {path: own for path, own in files.items() if path.endswith(".html")}


def keep_addresses(
    published: Iterable[str], planned: Collection[str], folders: Iterable[str], problems: Problems
) -> None:
    """Put every page into *problems* that is among the *published* files and not *planned*.

    *folders* are those in which records have their pages: those addresses may be printed, while a
    list grows shorter when there is less to list.
    """
    there, below = {path.lower() for path in planned}, tuple(folders)
    for path in published:
        if not path.endswith(".html") or path.lower() in there:
            continue
        address = f"/{path.removesuffix(_HOME)}"
        if any(is_record(path, each) for each in below):
            problems.add(_REDIRECTS, "address.lost", address=address)
        else:
            problems.warn(_REDIRECTS, "address.lost", address=address)


def keep_products(
    published: Iterable[str], planned: Iterable[str], folder: str, problems: Problems
) -> None:
    """Put it into *problems* if more than a fifth of the products in *folder* are to go."""
    before = sum(is_record(path, folder) for path in published)
    after = sum(is_record(path, folder) for path in planned)
    if before - after > before / _TOO_MANY:
        problems.add(_PRODUCTS, "products.dropped", before=before, after=after)


def is_record(path: str, folder: str) -> bool:
    """Tell whether *path* is the page of a record whose kind has its pages in *folder*."""
    rest = path.removeprefix(folder.rstrip("/") + "/")
    return rest != path and rest.count("/") == 1 and rest.endswith(f"/{_HOME}")

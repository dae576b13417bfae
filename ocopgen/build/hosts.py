"""Dress a finished site for the host that it goes to: rules, headers, files pressed beside others.

What a host takes and where it ends was read in its own documentation in November 2026.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from gzip import compress as gzip
from pathlib import PurePosixPath

from msgspec import Struct

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.installed import versions
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.machine import usable_cores
from ocopgen.pages.host_apache import apache_file
from ocopgen.pages.host_files import (
    HEADERS_FILE,
    REDIRECTS,
    Hosted,
    headers,
    nginx_files,
    redirects,
)
from ocopgen.pages.hosting import PRESSED, is_lasting
from ocopgen.pages.views import Press, moves

_SITE = Spot("content/site.yaml")
_BEST, _GOOD, _GZIP = 11, 9, 9
"""Brotli's qualities for what never changes and for pages: the best costs five times more."""
_MEGABYTE = 1 << 20


class Target(Struct, frozen=True):
    """A kind of host, with what it reads and where it ends; 0: no end is known."""

    name: str
    rule: str = ""
    """The status of its rules for moved pages, as it writes them; empty: it knows no rules."""
    hides_rules: bool = False
    """Whether a file at an old address keeps its rule from working."""
    headers: bool = False
    nginx: bool = False
    apache: bool = False
    pressed: bool = False
    """Whether it sends files that lie compressed beside others."""
    at_top: bool = False
    """Whether what it is given begins at the top of its address, whatever `base_url` says."""
    extra: tuple[str, ...] = ()
    """Empty files that it looks for."""
    files: int = 0
    """How many it takes."""
    largest: int = 0
    """Bytes of one file."""
    whole: int = 0
    """Bytes of all files."""
    rules: int = 0


TARGETS: Mapping[str, Target] = {
    each.name: each
    for each in (
        Target("plain"),
        Target("github", extra=(".nojekyll",), largest=100 * _MEGABYTE, whole=1024 * _MEGABYTE),
        Target("gitlab", rule="301", hides_rules=True, pressed=True, rules=1000),
        Target("netlify", rule="301!", headers=True, at_top=True, rules=10_000),
        Target(
            "cloudflare",
            rule="301",
            headers=True,
            at_top=True,
            files=20_000,
            largest=25 * _MEGABYTE,
            rules=2000,
        ),
        Target("nginx", nginx=True, pressed=True),
        Target("apache", apache=True, pressed=True),
    )
}


def hosted_by(presses: Sequence[Press]) -> Hosted:
    """Return what a host has to know of the site of *presses*, the first language first."""
    moved = dict(pair for press in presses for pair in moves(press))
    first = presses[0]
    homes = tuple(press.routes.home for press in presses)
    return Hosted(first.routes.base, homes, moved, first.absolute(""))


def dress(
    manifest: Mapping[str, Digest],
    hosted: Hosted,
    target: Target,
    store: Store,
    jobs: int | None = None,
) -> dict[str, Digest]:
    """Return *manifest* with all that *target* wants of a site like *hosted*; the *store* holds it.

    Compressed files are remembered under what they were pressed from.
    """
    dressed = dict(manifest)
    if target.hides_rules:
        ruled = _stubs(hosted, list(hosted.moved)[: target.rules or None])
        dressed = {path: key for path, key in dressed.items() if path not in ruled}
    if target.pressed:
        dressed |= _pressed(dressed, store, jobs or usable_cores())
    for path, content in _own_files(hosted, target, manifest):
        if path in dressed:  # an operator's own rules come last, and may say otherwise
            content += store.get(dressed[path]) or b""  # noqa: PLW2901
        dressed[path] = digest_of_bytes(content)
        store.put(dressed[path], content)
    return dressed


def _stubs(hosted: Hosted, old: Collection[str]) -> set[str]:
    """Return the files that stand at the addresses *old*."""
    return {f"{address.removeprefix(hosted.base)}index.html" for address in old}


def _own_files(
    hosted: Hosted, target: Target, files: Collection[str]
) -> Iterator[tuple[str, bytes]]:
    yield from ((name, b"") for name in target.extra)
    if target.rule and hosted.moved:
        yield REDIRECTS, redirects(hosted, target.rule)
    if target.headers:
        yield HEADERS_FILE, headers(hosted, files)
    if target.nginx:
        yield from nginx_files(hosted)
    if target.apache:
        yield apache_file(hosted)


def _pressed(files: Mapping[str, Digest], store: Store, jobs: int) -> dict[str, Digest]:
    """Return what is to lie compressed beside *files*; both ways to compress let go of Python."""
    made_by = versions(("brotli",))[0]
    pressed, missing = {}, {}
    for path, key in files.items():
        if PurePosixPath(path).suffix in PRESSED:
            quality = _BEST if is_lasting(path) else _GOOD
            for ending, how in ((".br", f"{made_by} {quality}"), (".gz", f"{_GZIP}")):
                own = digest("pressed", ending, how, key)
                pressed[path + ending] = own
                if own not in store:
                    missing[own] = (key, ending, quality)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(jobs) as pool:
        for _ in pool.map(partial(_press, store), missing.items()):
            pass
    return pressed


def _press(store: Store, wanted: tuple[Digest, tuple[Digest, str, int]]) -> None:
    import brotli  # needed by few builds

    own, (key, ending, quality) = wanted
    content = store.get(key)
    if content is not None:  # what was lost is told, and made again, when the site is put together
        small = brotli.compress(content, quality=quality) if ending == ".br" else _gzipped(content)
        store.put(own, small)


def _gzipped(content: bytes) -> bytes:
    return gzip(content, _GZIP, mtime=0)


def look_at_limits(
    sizes: Mapping[str, int], hosted: Hosted, target: Target, problems: Problems
) -> None:
    """Put into *problems* what *target* does not take: files of these *sizes* by path, a folder."""
    host, total = target.name, sum(sizes.values())
    if target.at_top and hosted.base != "/":
        top = f"{hosted.origin}/"
        problems.warn(_SITE, "host.folder", host=host, folder=hosted.base, top=top)
    if target.files and len(sizes) > target.files:
        problems.warn(_SITE, "host.files", host=host, count=len(sizes), most=target.files)
    if target.whole and total > target.whole:
        problems.warn(
            _SITE, "host.whole", host=host, size=_megabytes(total), most=_megabytes(target.whole)
        )
    if target.rules and len(hosted.moved) > target.rules:
        problems.warn(_SITE, "host.rules", host=host, count=len(hosted.moved), most=target.rules)
    for path, size in sizes.items():
        if target.largest and size > target.largest:
            problems.warn(
                _SITE,
                "host.largest",
                host=host,
                path=path,
                size=_megabytes(size),
                most=_megabytes(target.largest),
            )


def _megabytes(size: int) -> int:
    return -(-size // _MEGABYTE)

"""Set manuals and product sheets, with every picture that they show."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.installed import versions
from ocopgen.base.problems import Spot
from ocopgen.base.store import Store
from ocopgen.build.machine import usable_cores
from ocopgen.build.plan import Output, write
from ocopgen.build.typesetting import Copy, plain, typeset
from ocopgen.build.workshop import Workshop
from ocopgen.pages import codes, prints
from ocopgen.pages.prints import Cutting
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press
from ocopgen.pages.views.desk import Manual
from ocopgen.pages.views.handbook import handbook
from ocopgen.pages.views.handbook_entries import DRAWINGS
from ocopgen.pages.views.handbook_parts import PAPERS, Handbook, Leaf, Sheets, Shot
from ocopgen.pages.views.open_data import MANUAL, open_address

_PAPER = PAPERS["a4"]
"""Of the manuals that a site offers."""


def manuals(
    presses: Sequence[Press], workshop: Workshop, store: Store, scratch: Path
) -> tuple[tuple[Press, ...], list[Output]]:
    """Return *presses*, each knowing of the manual in its language, and the files of these."""
    known, files = [], []
    for press in presses:
        ids = press.shelves.all.current
        if not ids:
            known.append(press)
            continue
        view = handbook([press], ids, _PAPER, bleed=False)
        drawings = [press.desk.assets.paths[each] for each in _drawn(_shots(view))]
        made = _kept(view, drawings, workshop, store, scratch)
        url = open_address(press.routes, MANUAL)
        known.append(Press(replace(press.desk, manual=Manual(url, len(made)))))
        files.append(write(press.routes.file(url), made, Spot("content/products")))
    return tuple(known), files


def _kept(
    view: Handbook, drawings: Sequence[str], workshop: Workshop, store: Store, scratch: Path
) -> bytes:
    """Return *view* in type, from *store* where it was set before.

    It shows *drawings*, whose addresses are other ones when they change.
    """
    parts = (
        digest_of_bytes(plain(view)),
        drawings,
        workshop.theme,
        workshop.codecs,
        versions(("typst",)),
    )
    key = digest("manual", prints.VERSION, codes.VERSION, *parts)
    made = store.get(key)
    if made is None:
        made = printed(view, workshop, store, scratch)
        store.put(key, made)
    return made


def printed(view: Handbook | Sheets, workshop: Workshop, store: Store, scratch: Path) -> bytes:
    """Return *view* as PDF; raises ContentFaults where a template is at fault."""
    shots, theme = _shots(view), theme_for(workshop.root)
    files = chain(
        _drawings(dict(theme.files("assets")), shots),
        _codes(view).items(),
        _photos(shots, workshop, store),
    )
    template = "handbook.typ" if isinstance(view, Handbook) else "product_sheet.typ"
    return typeset(Copy(template, view, files, date(*view.day)), theme, scratch)


def _leaves(view: Handbook | Sheets) -> list[Leaf]:
    if isinstance(view, Sheets):
        return list(view.leaves)
    return [leaf for chapter in view.chapters for leaf in chapter.leaves]


def _shots(view: Handbook | Sheets) -> list[Shot]:
    own = [entry.picture for leaf in _leaves(view) for entry in leaf.entries]
    return [*own, *view.shots] if isinstance(view, Handbook) else own


def _codes(view: Handbook | Sheets) -> dict[str, bytes]:
    entries = (entry for leaf in _leaves(view) for entry in leaf.entries)
    found = {entry.code: codes.dots(entry.url) for entry in entries}
    if isinstance(view, Handbook):
        found[view.imprint.code] = codes.dots(view.imprint.address)
    return found


def _drawings(assets: dict[str, Path], shots: Iterable[Shot]) -> Iterator[tuple[str, bytes]]:
    for name in _drawn(shots):
        yield f"{DRAWINGS}/{name}", assets[name].read_bytes()


def _drawn(shots: Iterable[Shot]) -> list[str]:
    """Return which drawings of the assets stand in *shots*."""
    lead = f"{DRAWINGS}/"
    return sorted({shot.file.removeprefix(lead) for shot in shots if shot.file.startswith(lead)})


def _photos(shots: Iterable[Shot], workshop: Workshop, store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the photos that *shots* name, from *store* or cut anew."""
    jobs = {shot.file: shot.cutting for shot in shots if shot.cutting}
    quality = prints.fineness(jobs.values())

    def made(job: Cutting) -> bytes:
        return prints.wrapped(_photo(job, quality, workshop, store), job)

    with ThreadPoolExecutor(usable_cores()) as pool:
        yield from zip(jobs, pool.map(made, jobs.values()), strict=True)


def _photo(job: Cutting, quality: int, workshop: Workshop, store: Store) -> bytes:
    key: Digest = prints.key(job, quality, workshop.codecs)
    photo = store.get(key)
    if photo is None:
        own = (workshop.root / job.path).read_bytes()
        photo = prints.cut(own, job, quality)
        # Another photo may have been saved meanwhile.
        if digest_of_bytes(own) == job.digest:
            store.put(key, photo)
    return photo

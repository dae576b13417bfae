"""Look at the pages as they come out, for what no record shows."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from ocopgen.base.digest import Digest, digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.audit import Finding, judge
from ocopgen.build.compare import keep_addresses, keep_products
from ocopgen.build.execute import execute
from ocopgen.build.links import LOOKED_AT, links_of, reader
from ocopgen.build.machine import usable_cores
from ocopgen.build.plan import Given, Plan
from ocopgen.build.site import Making, Prepared
from ocopgen.content import advice
from ocopgen.content.catalogue import tied
from ocopgen.content.kinds import KINDS
from ocopgen.content.load import Entry, load
from ocopgen.content.records import Producer, Product
from ocopgen.pages.views import Desk
from ocopgen.pages.views.open_data import open_addresses

_SMALLEST = 800
"""Pixels of the longer side: the width of a product's photo on a desk."""
_LAST = "the last look at the finished pages"
_FEW = 500
"""How many pages are compared with what they were; of more, all are looked at."""
_CODES = {
    "link.dead": "page.dead",
    "link.anchor": "page.anchor",
    "link.slash": "page.slash",
    "link.base": "page.base",
    "anchor.twice": "page.twice",
    "alternate.missing": "page.alternate",
    "alternate.oneway": "page.alternate",
    "alternate.self": "page.alternate",
    "data.garbled": "page.garbled",
    "page.orphan": "page.orphan",
}


def review(prepared: Prepared, making: Making, problems: Problems) -> None:
    """Make the pages of *prepared*, and put into *problems* what is wrong with them."""
    files = prepared.plan.items()
    pages = {
        path: each
        for path, each in files
        if path.endswith(LOOKED_AT) and not isinstance(each.job, Given)
    }
    jobs = making.jobs or usable_cores()
    try:
        execute(pages, making.store, prepared.workshop, jobs, making.progress)
    except ContentFaults as faults:
        problems.extend(faults.problems)
        return
    findings = _findings(prepared, pages, making)
    in_prose = _prose_links(prepared) if findings else {}
    for finding in findings:
        spot = in_prose.get(_inside(finding, prepared)) or pages[finding.page].origin
        code = _CODES[finding.code]
        problems.warn(spot, code, page=finding.page, target=finding.target)


def _findings(prepared: Prepared, pages: Plan, making: Making) -> list[Finding]:
    """Return what is wrong with *pages*; after an edit that touched no link, what was before.

    All that a page has to do with others are its links and its ids: where the files are the same,
    and those of each changed page too, nobody has to read the other forty thousand.
    """
    first, memory = prepared.presses[0], making.memory
    later = (each for press in prepared.presses for each in open_addresses(press))
    files = {*prepared.plan, *map(first.routes.file, later)}
    base = first.catalogue.site.base_url
    name = digest(reader(), base, sorted(files))
    keys = {path: output.key for path, output in pages.items()}
    before = memory.recall(_LAST) or {"name": "", "keys": {}}
    if before["name"] == name and _alike(before["keys"], keys, making.store):
        findings = [Finding(*each) for each in before["findings"]]
    else:
        findings = judge(dict(links_of(keys, making.store)), files, base)
    told = [[each.page, each.code, each.target] for each in findings]
    memory.keep(_LAST, {"name": name, "keys": keys, "findings": told})
    return findings


def _alike(before: Mapping[str, str], keys: Mapping[str, Digest], store: Store) -> bool:
    """Tell whether each page of *keys* has the links and the ids that it had *before*."""
    changed = {path: key for path, key in keys.items() if before.get(path) != key}
    old = {path: Digest(before[path]) for path in changed if path in before}
    if before.keys() != keys.keys() or len(changed) > _FEW:
        return False
    known = (dict(links_of(each, store)) for each in (old, changed))
    earlier, now = known
    return len(now) == len(changed) and earlier == now


def advise(
    root: Path, day: date, memory: Memory, prepared: Prepared | None, problems: Problems
) -> None:
    """Put into *problems* what is worth a look, in a catalogue with faults too."""
    content = load(root, memory, Problems())
    if content is None:
        return
    catalogue = tied(content, day, drafts=True)
    advice.advise(root, content, catalogue, problems)
    if prepared:
        shown = prepared.presses[0].desk
        for product in catalogue.products.values():
            _small_photos(product, shown, problems)
        for producer in catalogue.producers.values():
            _small_photos(producer, shown, problems)


def _small_photos(entry: Entry[Product] | Entry[Producer], shown: Desk, problems: Problems) -> None:
    for place, photo in enumerate(entry.record.photos):
        known = shown.photos.get((entry.folder, photo.file))
        if known and max(known[1].width, known[1].height) < _SMALLEST:
            size = f"{known[1].width} × {known[1].height}"
            spot = entry.spot("photos", place, "file")
            problems.warn(spot, "photo.small", size=size, least=_SMALLEST)


def guard(
    prepared: Prepared, published: Collection[str], problems: Problems, *, shrink: bool = False
) -> None:
    """Put into *problems* what of the *published* files must not go: addresses, many products.

    *shrink*: somebody agreed that there will be far fewer products.
    """
    folders = [
        getattr(press.routes, kind)("").removeprefix(press.routes.base)
        for press in prepared.presses
        for kind in KINDS
    ]
    keep_addresses(published, prepared.plan.keys(), folders, problems)
    if not shrink:
        keep_products(published, prepared.plan.keys(), folders[0], problems)


def _inside(finding: Finding, prepared: Prepared) -> str:
    """Return the address that *finding* is about as authors write it, without the base path."""
    return "/" + finding.target.removeprefix(prepared.presses[0].routes.base)


def _prose_links(prepared: Prepared) -> dict[str, Spot]:
    """Return where a story or a content page links to each address of the site."""
    catalogue = prepared.presses[0].edition.catalogue
    texts = [*catalogue.stories.values(), *catalogue.pages.values()]
    return {url: Spot(text.tree.path, line) for text in texts for url, line in text.prose.links}

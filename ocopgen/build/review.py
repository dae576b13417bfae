"""Look at the pages as they come out, for what no record shows."""

from collections.abc import Iterator

import orjson

from ocopgen.base.digest import digest, program
from ocopgen.base.problems import ContentFaults, Problems, Spot
from ocopgen.base.store import Store
from ocopgen.build.audit import Finding, PageLinks, anchors_and_links, judge
from ocopgen.build.execute import execute
from ocopgen.build.machine import usable_cores
from ocopgen.build.plan import Pending, Plan
from ocopgen.build.site import Making, Prepared

_CODES = {
    "link.dead": "page.dead",
    "link.anchor": "page.anchor",
    "link.slash": "page.slash",
    "link.base": "page.base",
    "anchor.twice": "page.twice",
    "alternate.missing": "page.alternate",
    "alternate.oneway": "page.alternate",
    "alternate.self": "page.alternate",
    "page.orphan": "page.orphan",
}


def review(prepared: Prepared, making: Making, problems: Problems) -> None:
    """Make the pages of *prepared*, and put into *problems* what is wrong with them."""
    pages = {path: each for path, each in prepared.plan.items() if isinstance(each.job, Pending)}
    jobs = making.jobs or usable_cores()
    try:
        execute(pages, making.store, prepared.workshop, jobs, making.progress)
    except ContentFaults as faults:
        problems.extend(faults.problems)
        return
    links = dict(_links(pages, making.store))
    site = prepared.presses[0].edition.catalogue.site
    in_prose = _prose_links(prepared)
    for finding in judge(links, prepared.plan, site.base_url):
        spot = in_prose.get(_inside(finding, prepared)) or pages[finding.page].origin
        code = _CODES[finding.code]
        problems.warn(spot, code, page=finding.page, target=finding.target)


def _links(pages: Plan, store: Store) -> Iterator[tuple[str, PageLinks]]:
    """Yield the links of every page; they are kept beside it, since reading them takes longer."""
    reader = program(("build/audit.py",), ())
    for path, output in pages.items():
        key = digest("links", reader, output.key)
        kept = store.get(key)
        if kept is None:
            page = store.get(output.key)
            if page is None:
                continue
            kept = orjson.dumps(anchors_and_links(page).as_json())
            store.put(key, kept)
        yield path, PageLinks.from_json(orjson.loads(kept))


def _inside(finding: Finding, prepared: Prepared) -> str:
    """Return the address that *finding* is about as authors write it, without the base path."""
    return "/" + finding.target.removeprefix(prepared.presses[0].routes.base)


def _prose_links(prepared: Prepared) -> dict[str, Spot]:
    """Return where a story or a content page links to each address of the site."""
    catalogue = prepared.presses[0].edition.catalogue
    texts = [*catalogue.stories.values(), *catalogue.pages.values()]
    return {url: Spot(text.tree.path, line) for text in texts for url, line in text.prose.links}

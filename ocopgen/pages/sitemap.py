"""Which pages search engines shall read (sitemaps.org, protocol 0.9, with Google's extensions).

Written here rather than by a library: a few kinds of elements, ten thousand times in every plan.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import count, islice
from typing import Any

from markupsafe import escape
from msgspec import Struct

from ocopgen.base.problems import Spot
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product, Source
from ocopgen.pages.views import File, Press, Sought
from ocopgen.pages.views.pictures import photos_of

INDEX = "sitemap.xml"
ROBOTS = "robots.txt"
MOST = 20_000
"""Pages of one sitemap: the protocol allows 50,000 of them, but no more than 50 MB."""

Line = tuple[str, date | None]
"""What is said of a page, and the day that it tells; empty: nothing is."""
_UNSAID: Line = "", None
_SITE = Spot("content/site.yaml")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
_LINKS = "http://www.w3.org/1999/xhtml"


class Sitemap(Struct, frozen=True):
    """One sitemap of an edition."""

    path: str
    content: bytes
    seen: date | None
    """The last day when anything that its pages tell was looked at."""


def sitemaps_of(press: Press, lines: Iterable[Line]) -> Iterator[Sitemap]:
    """Yield the sitemaps of the edition of *press*: what its *lines* say of pages."""
    said = (line for line in lines if line[0])
    for number in count(1):
        part = list(islice(said, MOST))
        if not part:
            return
        path = f"sitemap.{press.routes.language.code}-{number}.xml"
        last = max((seen for _, seen in part if seen), default=None)
        yield Sitemap(path, _spelt("urlset", (text for text, _ in part)), last)


def sitemap_files(presses: Collection[Press], sitemaps: Iterable[Sitemap]) -> Iterator[File]:
    """Yield *sitemaps*, and what leads to them."""
    first = next(iter(presses))
    if not first.catalogue.site.listed:
        # Whoever may not read a page never learns that it is not to be listed.
        yield File(ROBOTS, b"User-agent: *\nAllow: /\n", _SITE)
        return
    index = []
    for each in sitemaps:
        yield File(each.path, each.content, _SITE)
        place = escape(_absolute(first, each.path))
        index.append(f"<sitemap><loc>{place}</loc>{_seen(each.seen)}</sitemap>\n")
    yield File(INDEX, _spelt("sitemapindex", index), _SITE)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {_absolute(first, INDEX)}\n"
    yield File(ROBOTS, robots.encode(), _SITE)


def _spelt(root: str, lines: Iterable[str]) -> bytes:
    spaces = f'xmlns="{_SPACE}"'
    if root == "urlset":
        spaces += f' xmlns:image="{_IMAGES}" xmlns:xhtml="{_LINKS}"'
    return f"{_HEAD}<{root} {spaces}>\n{''.join(lines)}</{root}>\n".encode()


def _absolute(press: Press, path: str) -> str:
    return press.absolute(f"{press.routes.base}{path}")


def line_of(press: Press, presses: Iterable[Press], page: Sought | None) -> Line:
    """Return what the sitemap of *press*, which is one of *presses*, says of *page*.

    A site that nobody shall list says nothing of any.
    """
    own = press.routes.language.code
    if page is None or not press.catalogue.site.listed:
        return _UNSAID
    if page.languages is not None and own not in page.languages:
        return _UNSAID
    seen = _last_seen(press, page.entry) if page.entry else None
    places = _places(presses, page)
    alternates = "".join(_alternates(places))
    images = "".join(_images(press, page.entry)) if page.entry else ""
    return f"<url><loc>{places[own]}</loc>{_seen(seen)}{alternates}{images}</url>\n", seen


def _places(presses: Iterable[Press], page: Sought) -> dict[str, str]:
    """Return the address of *page* in each language that it is written in, as XML spells it."""
    told = ((press.routes.language.code, press) for press in presses)
    return {
        code: escape(press.absolute(page.address(press.routes)))
        for code, press in told
        if page.languages is None or code in page.languages
    }


def _alternates(places: Mapping[str, str]) -> Iterator[str]:
    first = next(iter(places.values()))
    for code, place in (*places.items(), ("x-default", first)):
        yield f'<xhtml:link rel="alternate" hreflang="{code}" href="{place}"/>'


def _images(press: Press, entry: Entry[Any]) -> Iterator[str]:
    if isinstance(entry.record, Product | Producer):
        for picture in photos_of(press.desk, entry):
            place = press.absolute(picture.url)
            yield f"<image:image><image:loc>{escape(place)}</image:loc></image:image>"


def _seen(day: date | None) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def _last_seen(press: Press, entry: Entry[Any]) -> date | None:
    """Return the day when what the page tells was last looked at; never the clock of a build."""
    return max((each.accessed for each in _sources(press, entry)), default=None)


def _sources(press: Press, entry: Entry[Any]) -> Iterator[Source]:
    record = entry.record
    if isinstance(record, Product):
        for certification in record.certifications:
            yield from certification.sources
        story = press.edition.story(entry.id)
        yield from story.record.sources if story else ()
    else:
        yield from record.sources

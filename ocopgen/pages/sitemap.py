"""Which pages search engines shall read (sitemaps.org, protocol 0.9, with Google's extensions).

Written here rather than by a library: a few kinds of elements, ten thousand times in every plan.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from html import escape
from itertools import count, islice
from typing import Any

from ocopgen.base.problems import Spot
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product, Source
from ocopgen.pages.views import File, Press, Sought
from ocopgen.pages.views.pictures import photos_of

INDEX = "sitemap.xml"
ROBOTS = "robots.txt"
MOST = 20_000
"""Pages of one sitemap: the protocol allows 50,000 of them, but no more than 50 MB."""

_SITE = Spot("content/site.yaml")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
_LINKS = "http://www.w3.org/1999/xhtml"


def sitemap_files(
    presses: Collection[Press], pages: Mapping[str, Iterable[Sought]]
) -> Iterator[File]:
    """Yield the sitemaps of *pages*, which are told by language, and what leads to them.

    A site that nobody shall list has none.
    """
    first = next(iter(presses))
    if not first.catalogue.site.listed:
        yield File(ROBOTS, b"User-agent: *\nDisallow: /\n", _SITE)
        return
    index = []
    for press in presses:
        code = press.routes.language.code
        lines = _lines(press, presses, pages[code])
        for number in count(1):
            part = list(islice(lines, MOST))
            if not part:
                break
            path = f"sitemap.{code}-{number}.xml"
            yield _file(path, "urlset", (text for text, _ in part))
            index.append(
                _of_sitemap(press, path, max((seen for _, seen in part if seen), default=None))
            )
    yield _file(INDEX, "sitemapindex", index)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {_absolute(first, INDEX)}\n"
    yield File(ROBOTS, robots.encode(), _SITE)


def _file(path: str, root: str, lines: Iterable[str]) -> File:
    spaces = f'xmlns="{_SPACE}"'
    if root == "urlset":
        spaces += f' xmlns:image="{_IMAGES}" xmlns:xhtml="{_LINKS}"'
    text = f"{_HEAD}<{root} {spaces}>\n{''.join(lines)}</{root}>\n"
    return File(path, text.encode(), _SITE)


def _absolute(press: Press, path: str) -> str:
    return press.absolute(f"{press.routes.base}{path}")


def _of_sitemap(press: Press, path: str, seen: date | None) -> str:
    return f"<sitemap><loc>{escape(_absolute(press, path))}</loc>{_seen(seen)}</sitemap>\n"


def _lines(
    press: Press, presses: Iterable[Press], pages: Iterable[Sought]
) -> Iterator[tuple[str, date | None]]:
    """Yield what is said of each page that is written in the language of *press*, and its day."""
    own = press.routes.language.code
    for page in pages:
        if page.languages is None or own in page.languages:
            seen = _last_seen(press, page.entry) if page.entry else None
            alternates = "".join(_alternates(presses, page))
            images = "".join(_images(press, page.entry)) if page.entry else ""
            place = escape(press.absolute(page.address(press.routes)))
            yield f"<url><loc>{place}</loc>{_seen(seen)}{alternates}{images}</url>\n", seen


def _alternates(presses: Iterable[Press], page: Sought) -> Iterator[str]:
    told = [
        (press.routes.language.code, press.absolute(page.address(press.routes)))
        for press in presses
        if page.languages is None or press.routes.language.code in page.languages
    ]
    for code, place in (*told, ("x-default", told[0][1])):
        yield f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(place)}"/>'


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

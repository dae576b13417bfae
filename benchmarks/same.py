"""Tell whether two sites are the same where it counts, in a list of differences; rc 1 on any.

    python -m benchmarks.same SITE_A SITE_B

A is ocopgen's own site, B the same catalogue made by another generator (benchmarks/export.py).
Compared are the first pages, every product, every list of products, and the sitemaps as far as
they speak of these: the same set of pages; per page the same elements with the same attributes
and words, the same JSON-LD, and a size within 5 %. White space, the order of attributes and the
names of resized photos may differ, their sizes and formats may not.
"""

import json
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import yaml
from PIL import Image

_SITE = Path(__file__).parent.parent / "content/site.yaml"
_LISTS = ("star", "district", "commune", "sector", "group", "set")
_SIZE = 0.05
_SHOWN, _LINES = 20, 12
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PHOTO = re.compile(r"/[^\s\",]+\.(?:webp|jpe?g)\b")
_POSTER = "/anh/the/"
"""Where the posters lie, which no peer makes: their addresses are compared as they are."""
_EMPTY = {"meta", "link", "img", "br", "input", "source"}
_DRAWN = {"path", "use", "circle"}
"""Elements of drawings that may be closed in two ways."""
_RUNNING = {"p", "dt", "dd", "h1", "h2", "h3", "a", "b", "span", "strong", "figcaption", "label"}
"""Elements in which a space between two others is seen."""
_GAP = "_"


def compared() -> re.Pattern[str]:
    """Return what the paths of the compared pages look like."""
    homes = []
    for language in yaml.safe_load(_SITE.read_text("utf-8"))["languages"]:
        paths, prefix = language["paths"], language["prefix"]
        part = rf"(?:{paths['pages']}/[0-9]+/)?"
        kinds = "|".join(paths[kind] for kind in _LISTS)
        inner = rf"{paths['product']}/(?:[a-z0-9-]+/|{part})|(?:{kinds})/[a-z0-9-]+/{part}"
        homes.append(rf"{f'{prefix}/' if prefix else ''}(?:{inner})?")
    return re.compile(rf"(?:{'|'.join(homes)})index\.html")


class _Page(HTMLParser):
    """The elements of a page, a line each, in one spelling."""

    def __init__(self, site: Path) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._site = site
        self._open: list[str] = []
        self._data = False

    def handle_decl(self, decl: str) -> None:
        """Note what kind of document it is."""
        self.lines.append(decl.lower())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; a gap between it and the block that it opens is not seen."""
        told = (f'{name}="{self._value(value or "")}"' for name, value in sorted(attrs))
        self.lines.append(f"<{' '.join((tag, *told))}>")
        self._data = ("type", "application/ld+json") in attrs
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        self._data = False
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if self.lines[-1] == _GAP:
            del self.lines[-1]
        if tag not in _DRAWN:
            self.lines.append(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Note words, and a gap before or after them where one is seen."""
        if self._data:
            said = json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, indent=1)
            self.lines += self._value(said).splitlines()
            return
        text = _SPACE.sub(" ", data)
        words = text.strip(" ")
        seen = bool(words) or (bool(self._open) and self._open[-1] in _RUNNING)
        inside = not (self._open and self.lines[-1].startswith(f"<{self._open[-1]}"))
        if seen and inside and text.startswith(" "):
            self.lines.append(_GAP)
        if words:
            self.lines.append(words)
        if words and text.endswith(" "):
            self.lines.append(_GAP)

    def _value(self, value: str) -> str:
        """Return *value* with what a photo is, instead of what its file is called."""
        return _PHOTO.sub(lambda found: _photo(self._site, found[0]), value)


@cache
def _photo(site: Path, address: str) -> str:
    path = site / urlsplit(address).path.lstrip("/")
    if _POSTER in address or not path.is_file():
        return address
    with Image.open(path) as image:
        return f"[{image.format} {image.width}x{image.height}]"


def _differences(a: Path, b: Path) -> Iterator[str]:
    wanted = compared()
    first, second = (
        {name for path in site.rglob("*.html") if wanted.fullmatch(name := _name(site, path))}
        for site in (a, b)
    )
    yield from (f"{name}: only in the first site" for name in sorted(first - second))
    yield from (f"{name}: only in the second site" for name in sorted(second - first))
    for name in sorted(first & second):
        yield from _in_page(a, b, name)
    print(f"{len(first & second)} pages compared")
    yield from _in_sitemaps(a, b, first)


def _name(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()


def _in_page(a: Path, b: Path, name: str) -> Iterator[str]:
    one, other = ((site / name).read_text("utf-8") for site in (a, b))
    yield from _changes(name, _lines(a, one), _lines(b, other))
    sizes = [len(each.encode()) for each in (one, other)]
    if abs(sizes[1] / sizes[0] - 1) > _SIZE:
        yield f"{name}: {sizes[0]} bytes in the first site, {sizes[1]} in the second"


def _changes(name: str, one: list[str], other: list[str]) -> Iterator[str]:
    if one != other:
        found = islice(unified_diff(one, other, lineterm="", n=0), 2, 2 + _LINES)
        yield "\n    ".join((f"{name}:", *found))


def _lines(site: Path, text: str) -> list[str]:
    """Return the elements and words of a page, in one spelling."""
    page = _Page(site)
    page.feed(text)
    page.close()
    return page.lines


def _in_sitemaps(a: Path, b: Path, pages: set[str]) -> Iterator[str]:
    one, other = (dict(_sought(site)) for site in (a, b))
    one = {place: told for place, told in one.items() if _file_of(place) in pages}
    for place in sorted(one.keys() ^ other.keys()):
        yield f"sitemap: {place} only in the {'first' if place in one else 'second'} site"
    for place in sorted(one.keys() & other.keys()):
        yield from _changes(f"sitemap, {place}", one[place], other[place])
    print(f"{len(one)} addresses in the sitemaps")


def _file_of(place: str) -> str:
    return f"{urlsplit(place).path.lstrip('/')}index.html"


def _sought(site: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what the sitemaps of *site* say of each address."""
    for path in sorted(site.rglob("sitemap*.xml")):
        for url in ET.parse(path).iterfind("{*}url"):  # noqa: S314 - it was just made here
            told = [
                f"{each.tag.split('}')[1]} {sorted(each.attrib.items())} {_said(site, each)}"
                for each in url.iter()
            ]
            yield url.findtext("{*}loc", ""), sorted(told)


def _said(site: Path, element: ET.Element) -> str:
    return _PHOTO.sub(lambda found: _photo(site, found[0]), (element.text or "").strip())


def main(a: Path, b: Path) -> int:
    """Print how *b* differs from *a*, and return whether it does."""
    found = list(_differences(a, b))
    for each in found[:_SHOWN]:
        print(each)
    print(f"{len(found)} differences")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

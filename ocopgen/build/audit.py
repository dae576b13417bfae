"""Look over the finished site."""

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from ocopgen.build.links import HOST, PageLinks

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_HOME = "index.html"
_NO_LANGUAGE = "x-default"


class Finding(Struct, frozen=True, order=True):
    """One thing that is wrong with a finished page."""

    page: str
    """The path of the file."""
    code: str
    """link.dead, link.anchor, link.slash, link.base, anchor.twice, alternate.missing,
    alternate.oneway, alternate.self, data.garbled or page.orphan."""
    target: str
    """The address, the id or the language that is meant; empty for an orphan."""


def judge(pages: Mapping[str, PageLinks], files: Collection[str], base: str) -> list[Finding]:
    """Return what is wrong with *pages*, by path, among all *files* of the site.

    *base* is where the site stands: an address such as https://ocop.example/ or, where links
    with a host all lead elsewhere, a path such as /ocop/.
    """
    site = _Site(pages, files, base)
    found = {*site.broken(), *site.doubled(), *site.untranslated(), *site.orphans()}
    return sorted(found)


class _Site:
    """A finished site, as far as its links go."""

    def __init__(self, pages: Mapping[str, PageLinks], files: Collection[str], base: str) -> None:
        where = urlsplit(base)
        self.pages = pages
        self.files = frozenset(files) | pages.keys()
        self.host = f"{where.scheme}://{where.netloc}" if where.netloc else ""
        self.base = f"/{where.path.strip('/')}/".replace("//", "/")
        self.ids = {path: frozenset(page.ids) for path, page in pages.items()}
        self.known: dict[str, tuple[str, str]] = {}
        """What was found out of addresses that lead to one place from every page."""

    def broken(self) -> Iterator[Finding]:
        """Yield the links that do not lead where they should."""
        # The same addresses stand on many pages, and nearly all are right.
        sound = set[str]()
        for path, page in self.pages.items():
            links = [*page.doors, *page.needs, *(self.named(each) for _, each in page.alternates)]
            if page.canonical:
                links.append(self.named(page.canonical))
            # Without a host, nobody can tell which of them are the site's own.
            told = page.told if page.told and self.host else ()
            doubted = [(each, each) for each in links if each not in sound]
            doubted += [(each, each.partition("#")[0]) for each in told]
            for address, place in doubted:
                if place in sound:
                    continue
                if code := self.followed(path, place)[0]:
                    yield Finding(path, code, address)
                elif place in self.known:
                    sound.add(place)
            if page.told is None:
                yield Finding(path, "data.garbled", "")

    def doubled(self) -> Iterator[Finding]:
        """Yield the ids that a page has twice."""
        for path, page in self.pages.items():
            if len(self.ids[path]) < len(page.ids):
                twice = (each for each in self.ids[path] if page.ids.count(each) > 1)
                yield from (Finding(path, "anchor.twice", each) for each in twice)

    def untranslated(self) -> Iterator[Finding]:
        """Yield the pages that do not name all their translations, or are not named by them."""
        named = {path: self.translations(path) for path in self.pages}
        languages = {language for page in named.values() for language in page}
        stand_ins = {path: self.stood_for(path) for path in self.pages}
        excused = {(other, self.pages[path].language) for path, other in stand_ins.items() if other}
        for path in filter(self.counts, self.pages):
            if stand_ins[path]:
                continue
            siblings = (path, *named[path].values())
            missing = {
                each
                for each in languages - named[path].keys()
                if not any((sibling, each) in excused for sibling in siblings)
            }
            yield from (Finding(path, "alternate.missing", each) for each in missing)
            own = self.pages[path].language
            if own in named[path] and named[path][own] != path:
                yield Finding(path, "alternate.self", own)
            for language, other in named[path].items():
                if other in named and path not in named[other].values():
                    yield Finding(path, "alternate.oneway", language)

    def translations(self, path: str) -> dict[str, str]:
        """Return the files that the page *path* names as itself, by language."""
        return {
            language: self.followed(path, self.named(address))[1]
            for language, address in self.pages[path].alternates
            if language != _NO_LANGUAGE
        }

    def stood_for(self, path: str) -> str:
        """Return the file that *path* repeats in another language, as it says; empty: none."""
        canonical = self.pages[path].canonical
        other = self.followed(path, self.named(canonical))[1] if canonical else ""
        return "" if other == path else other

    def orphans(self) -> Iterator[Finding]:
        """Yield the pages that nobody reaches from home by plain links."""
        reached, ahead, tried = {_HOME}, [_HOME], set[str]()
        while ahead:
            path = ahead.pop()
            for address in self.pages[path].doors if path in self.pages else ():
                if address in tried:
                    continue
                other = self.followed(path, address)[1]
                if address in self.known:
                    tried.add(address)
                if other not in reached:
                    reached.add(other)
                    ahead.append(other)
        for path in filter(self.counts, self.pages):
            if path not in reached:
                yield Finding(path, "page.orphan", "")

    def counts(self, path: str) -> bool:
        """Tell whether *path* is a page that people look for, in their language."""
        return not (path.endswith("404.html") or self.pages[path].aside)

    def named(self, address: str) -> str:
        """Return the *address* of a translation, which is written with the host of the site."""
        return address if self.host else HOST.sub("", address)

    def followed(self, path: str, address: str) -> tuple[str, str]:
        """Return what is wrong with *address* on the page *path*, and which file it leads to."""
        if found := self.known.get(address):
            return found
        way = self.without_host(address) if self.host and HOST.match(address) else address
        found = self.judged(path, way)
        if way.startswith("/"):
            self.known[address] = found
        return found

    def without_host(self, address: str) -> str:
        """Return *address* as seen from the top of the site's own host; others stay as they are."""
        rest = address.removeprefix(self.host)
        if rest == address or rest[:1] not in {"", "/", "?", "#"}:
            return address
        return rest if rest.startswith("/") else f"/{rest}"

    def judged(self, path: str, address: str) -> tuple[str, str]:
        """Return the same, thought through."""
        if _ELSEWHERE.match(address):
            return "", ""
        way, _, anchor = address.partition("#")
        way = unquote(way.partition("?")[0])
        if way.startswith("/") and not f"{way}/".startswith(self.base):
            return "link.base", ""
        target = self.file(path, way)
        if target not in self.files:
            below = f"{target}/{_HOME}".lstrip("/")
            return ("link.slash", below) if below in self.files else ("link.dead", "")
        if anchor and not self.is_there(target, unquote(anchor)):
            return "link.anchor", target
        return "", target

    def file(self, path: str, way: str) -> str:
        """Return the file that a server gives for *way*, seen from the page *path*."""
        if not way:
            return path
        if way.startswith("/"):
            inside = way.removeprefix(self.base) if way.startswith(self.base) else ""
            return f"{inside}{_HOME}" if way.endswith("/") else inside
        folder = path.rpartition("/")[0]
        inside = normpath(f"/{folder}/{way}").lstrip("/")
        if way.endswith(("/", "/.", "..")) or way == ".":
            inside = f"{inside}/{_HOME}".lstrip("/")
        return inside

    def is_there(self, target: str, anchor: str) -> bool:
        """Tell whether *anchor* is on the page *target*; other files are not looked into."""
        page = target not in self.pages or anchor in self.ids[target]
        return page or anchor == "top" or anchor.startswith(":~:")

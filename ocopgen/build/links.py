"""Read what each page of a finished site offers to links, and where its own links lead."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from sys import intern
from typing import Any

import orjson
from msgspec import Struct

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import program
from ocopgen.base.store import Store

LOOKED_AT = (".html", ".xml")
"""How the names of those files end that lead anywhere."""
# What is read are pages that ocopgen wrote, all 40,000 of them, and the parser of the standard
# library takes four times as long; a test shows that it finds the same.
# Possessive: a page that was cut off somewhere shall not be tried in all ways.
_WRITTEN = r"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+"
_TAG = re.compile(
    r"<!--.*?-->"
    rf"|<(script|style|textarea|title)\b({_WRITTEN})>(.*?)</\1\s*>"
    rf"|<([a-z][^\s/>]*)({_WRITTEN})>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_ADDRESSES = {"href", "src", "srcset", "imagesrcset", "poster", "action", "xlink:href"}
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,])(?:\s+[^,]*)?(?:,|$)")
HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_FORWARD = re.compile(r"url\s*=\s*(\S+)", re.IGNORECASE)
_TOLD = re.compile(r">(https?://[^<]+)<|(?:href|template)=\"(https?://[^\"]+)\"")
_DATA = "application/ld+json"


class PageLinks(Struct, frozen=True):
    """What one page offers to links, and where its own links lead."""

    ids: tuple[str, ...]
    """In the order of the page; one that is there twice stands here twice."""
    doors: tuple[str, ...]
    """Where people can go from here: the addresses of plain links, each one once."""
    needs: tuple[str, ...]
    """What the page loads or sends to, each one once."""
    alternates: tuple[tuple[str, str], ...]
    """The same page in each language: language and address."""
    language: str
    aside: bool
    """Whether nobody looks for the page: it sends on to another, or asks not to be listed."""
    canonical: str = ""
    """The address that the page gives as its own; empty: it gives none."""
    told: tuple[str, ...] | None = ()
    """Addresses that programs are told of, with their host; None: nobody can read them."""

    def as_json(self) -> list[Any]:
        """Return the links in a form that can be kept as JSON."""
        alternates = [list(each) for each in self.alternates]
        plain = (list(self.ids), list(self.doors), list(self.needs), alternates)
        return [*plain, self.language, self.aside, self.canonical, self.told]

    @classmethod
    def from_json(cls, kept: list[Any]) -> "PageLinks":
        """Return the links that *kept* stands for."""
        ids, doors, needs, alternates, language, aside, canonical, told = kept
        # The same few thousand addresses stand on all pages: each is held once.
        pairs = tuple((intern(each), intern(address)) for each, address in alternates)
        here, out, used = (tuple(map(intern, each)) for each in (ids, doors, needs))
        heard = None if told is None else tuple(map(intern, told))
        return cls(here, out, used, pairs, intern(language), aside, canonical, heard)


def links_of(pages: Mapping[str, Digest], store: Store) -> Iterator[tuple[str, PageLinks]]:
    """Yield the links of every page in *store*, by its path; *pages* are their keys."""
    paths: dict[Digest, list[str]] = {}
    for path, own in pages.items():
        paths.setdefault(own, []).append(path)
    keys = {beside(own): own for own in paths}
    for own in store.gathering([own for key, own in keys.items() if key not in store]):
        if page := store.get(own):
            keep_links(paths[own][0], own, page, store)
    for key, found in store.several(keys):
        own, kept = keys[key], found
        if kept is None:  # damaged
            page = store.get(own)
            if page is None:
                continue
            kept = keep_links(paths[own][0], own, page, store)
        links = PageLinks.from_json(orjson.loads(kept))
        yield from ((path, links) for path in paths[own])


def keep_links(path: str, own: Digest, page: bytes, store: Store) -> bytes:
    """Keep the links of *page* beside it, since to read them takes as long as to fill the page.

    Whoever fills it does so in a process of its own, and nobody has to wait for it.
    """
    if not path.endswith(LOOKED_AT):
        return b""
    read = anchors_and_links if path.endswith(".html") else feed_links
    kept = orjson.dumps(read(page).as_json())
    store.put(beside(own), kept)
    return kept


def reader() -> Digest:
    """Return one name for what reads links and judges them."""
    return program(("build/links.py", "build/audit.py"), ())


def beside(own: Digest) -> Digest:
    """Return the key of the links of the page under the key *own*."""
    return digest("links", reader(), own)


def anchors_and_links(html: bytes) -> PageLinks:
    """Return what the audit must know of the page *html*."""
    ids: list[str] = []
    doors: dict[str, None] = {}
    needs: dict[str, None] = {}
    alternates: list[tuple[str, str]] = []
    language, aside, canonical = "", False, ""
    told: tuple[str, ...] | None = ()
    for tag, attributes, inside in _tags(html.decode()):
        if "id" in attributes:
            ids.append(attributes["id"])
        if tag == "script" and attributes.get("type") == _DATA:
            told = _told(inside)
        elif tag == "html":
            language = attributes.get("lang", "")
        elif tag == "meta":
            aside = aside or attributes.get("content") == "noindex"
            if attributes.get("http-equiv", "").lower() == "refresh":
                aside = True
                doors |= dict.fromkeys(_FORWARD.findall(attributes.get("content", "")))
        elif tag == "link" and "hreflang" in attributes and _is_alternate(attributes):
            alternates.append((attributes["hreflang"], attributes.get("href", "")))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            canonical = attributes.get("href", "")
        elif tag in {"a", "area"} and "href" in attributes:
            doors[attributes["href"]] = None
        else:
            needs |= dict.fromkeys(_needs(attributes))
    lists = (tuple(ids), tuple(doors), tuple(needs), tuple(alternates))
    return PageLinks(*lists, language, aside, canonical, told)


def feed_links(xml: bytes) -> PageLinks:
    """Return what the audit must know of a feed or a sitemap: the addresses that it tells."""
    found = _TOLD.findall(xml.decode())
    told = dict.fromkeys(_plain(text or attribute) for text, attribute in found)
    return PageLinks((), (), (), (), "", aside=True, told=tuple(told))


def _told(data: str) -> tuple[str, ...] | None:
    """Return every address that *data*, a block of JSON-LD, tells; None: it cannot be read."""
    try:
        return tuple(dict.fromkeys(_addresses(orjson.loads(data))))
    except ValueError:
        return None


def _addresses(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON knows
    """Yield every address in *data*."""
    if isinstance(data, dict):
        for each in data.values():
            yield from _addresses(each)
    elif isinstance(data, list):
        for each in data:
            yield from _addresses(each)
    elif isinstance(data, str) and HOST.match(data):
        yield data


def _tags(text: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Yield name, attributes and raw text of every tag of *text* that tells anything."""
    for raw, raw_written, inside, name, bare in _TAG.findall(text):
        written = raw_written or bare
        if attributes := _attributes(written):
            yield (raw or name).lower(), attributes, inside


@lru_cache(maxsize=8192)
def _attributes(written: str) -> Mapping[str, str]:
    """Return the attributes of a tag, or none where none may be of use to the audit.

    Most tags of a page stand on many: those of the menu, of the footer, of a neighbour.
    """
    if not _tells(written.lower()):
        return {}
    return {
        key.lower(): _plain(double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(written)
    }


def _tells(written: str) -> bool:
    """Tell whether the attributes *written* may be any that the audit asks for.

    Those of most tags of a drawing are none, and a list of names to look for takes as long again.
    """
    return (
        "href" in written
        or "src" in written
        or "id" in written
        or "content" in written
        or "lang" in written
        or "rel" in written
        or "type" in written
        or "action" in written
        or "poster" in written
    )


def _plain(value: str) -> str:
    if "&" not in value:
        return value
    from html import unescape  # with all names of letters; hardly any page has one

    return unescape(value)


def _is_alternate(attributes: Mapping[str, str]) -> bool:
    return "alternate" in attributes.get("rel", "").split() and "type" not in attributes


def _needs(attributes: Mapping[str, str]) -> Iterator[str]:
    for name in _ADDRESSES & attributes.keys():
        if name.endswith("srcset"):
            yield from _CANDIDATE.findall(attributes[name])
        else:
            yield attributes[name].strip()

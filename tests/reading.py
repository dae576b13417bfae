"""Read finished pages as a reader does: by headings, cards, counts and links."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

EMPTY = {"br", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
ADDRESSES = ("href", "src", "action", "data-pointer")


@dataclass(slots=True)
class Element:
    """An element of a page with everything in it."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str = "", of: str = "") -> Iterator["Element"]:
        """Yield the elements below this one that are a *tag* and of the class *of*."""
        for child in self.children:
            if isinstance(child, Element):
                right_class = not of or of in child.attributes.get("class", "").split()
                if right_class and tag in {"", child.tag}:
                    yield child
                # What a template holds is no part of the page before a script says so.
                if child.tag != "template":
                    yield from child.all(tag, of)

    def one(self, tag: str = "", of: str = "") -> "Element":
        """Return the first element below this one that is a *tag* and of the class *of*."""
        return next(self.all(tag, of))

    @property
    def text(self) -> str:
        """Return the words of the element."""
        parts = (each if isinstance(each, str) else each.text for each in self.children)
        return " ".join(" ".join(parts).split())

    @property
    def number(self) -> int:
        """Return the first number among the words."""
        found = re.search(r"\d[\d.,]*", self.text)
        assert found, self.text
        return int(re.sub(r"\D", "", found[0]))


class _Reader(HTMLParser):
    """Builds the elements of a page; what is not closed as it was opened fails."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(html: bytes | str) -> Element:
    """Return the page *html*."""
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.decode())
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


def addresses(page: Element) -> Iterator[str]:
    """Yield every address that *page* names."""
    for element in page.all():
        yield from (element.attributes[name] for name in ADDRESSES if name in element.attributes)
        for candidate in element.attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]


def doors(page: Element) -> set[str]:
    """Return the addresses of this site that people can go to from *page* by a plain link."""
    links = (element.attributes.get("href", "") for element in page.all("a"))
    return {link.partition("#")[0] for link in links if re.match(r"/(?!/)", link)}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of products over all its parts."""

    says: int
    """How many products the list says to hold."""
    ids: tuple[str, ...]
    """The products on its cards, in order."""
    former: tuple[str, ...]
    """Those that it names as formerly certified."""


def homes_of(read: Mapping[str, Any], at: int) -> tuple[int, int]:
    """Return the place and the former district of product *at* of the catalogue file *read*."""
    usual, products, places = -2, read["products"], read["places"]
    place, district = products["place"][at], products["district"][at]
    home = read["producers"]["place"][products["producer"][at]] if place == usual else place
    return home, places["district"][home] if district == usual else district


class Folder:
    """The folder of a finished site, read by address."""

    def __init__(self, folder: Path, base: str = "/") -> None:
        """Read what lies in *folder* and is served at the path *base*."""
        self.folder = folder
        self.base = base
        self._read: dict[str, Element] = {}

    def file(self, address: str) -> Path:
        """Return the file that *address* brings."""
        assert address.startswith(self.base), address
        inside = address.removeprefix(self.base)
        return self.folder / (
            f"{inside}index.html" if inside.endswith("/") or not inside else inside
        )

    def has(self, address: str) -> bool:
        """Tell whether there is a page at *address*."""
        return self.file(address).is_file()

    def page(self, address: str) -> Element:
        """Return the page at *address*."""
        if address not in self._read:
            self._read[address] = read_page(self.file(address).read_bytes())
        return self._read[address]

    def below(self, address: str) -> set[str]:
        """Return the names of the pages right below *address*."""
        return {path.parent.name for path in self.file(address).parent.glob("*/index.html")}

    def shelf(self, address: str) -> Shelf:
        """Return the list that begins at *address*, part after part."""
        first = self.page(address)
        says, ids, former = first.one(of="pagehead").one("p").number, list[str](), list[str]()
        part: Element | None = first
        while part:
            assert part.one(of="pagehead").one("p").number == says
            for card in part.one("main").all("li", of="card"):
                ids.append(_id(card.one("a")))
            for ledger in part.one("main").all("ul", of="ledger"):
                former += [_id(row.one("a")) for row in ledger.all("li")]
            onward = [link for link in part.all("a") if link.attributes.get("rel") == "next"]
            part = self.page(onward[0].attributes["href"]) if onward else None
        return Shelf(says, tuple(ids), tuple(former))


def _id(link: Element) -> str:
    return link.attributes["href"].strip("/").rpartition("/")[2]

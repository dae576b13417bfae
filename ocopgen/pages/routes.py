"""Where each page lives, in each language."""

from collections.abc import Callable
from functools import cached_property
from urllib.parse import urlsplit

from msgspec import Struct

from ocopgen.content.province import Language

NOT_FOUND = "404.html"
OFFLINE = "offline.html"


def base_path(base_url: str) -> str:
    """Return the path that every address of the site at *base_url* begins with: "/" or "/sub/"."""
    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")


def origin_of(base_url: str) -> str:
    """Return what stands before the path in *base_url*: "https://ocop.example"."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


class Routes(Struct, frozen=True, dict=True):
    """The addresses of one language, as links write them."""

    language: Language
    base: str = "/"
    """The path of the site's own address, with a slash at either end."""

    @property
    def home(self) -> str:
        """Return where the language begins."""
        prefix = self.language.prefix
        return f"{self.base}{prefix}/" if prefix else self.base

    @property
    def pointer(self) -> str:
        """Return where in the site the file lies that names the newest files of search."""
        return f"search.{self.language.code}.json"

    @property
    def not_found(self) -> str:
        """Return where the page for addresses that do not exist lives."""
        return f"{self.home}{NOT_FOUND}"

    @property
    def offline(self) -> str:
        """Return where the page lives that stands in for another while there is no network."""
        return f"{self.home}{OFFLINE}"

    @property
    def manifest(self) -> str:
        """Return where in the site the file lies that tells of the web app."""
        return f"app.{self.language.code}.webmanifest"

    @property
    def feed(self) -> str:
        """Return where the feed lives that tells what is new."""
        return f"{self.base}feed.{self.language.code}.xml"

    @property
    def opensearch(self) -> str:
        """Return where the file lives by which a browser learns to search."""
        return f"{self.base}opensearch.{self.language.code}.xml"

    @property
    def products(self) -> str:
        """Return where the list of all products begins."""
        return self._index("product")

    @property
    def places(self) -> str:
        """Return where the index of districts and communes lives."""
        return self._index("place")

    @property
    def sectors(self) -> str:
        """Return where the index of sectors, groups and sets lives."""
        return self._index("sector")

    @property
    def producers(self) -> str:
        """Return where the index of producers begins."""
        return self._index("producer")

    @property
    def outlets(self) -> str:
        """Return where the index of outlets lives."""
        return self._index("outlet")

    @property
    def events(self) -> str:
        """Return where the index of events lives."""
        return self._index("event")

    @property
    def calendar(self) -> str:
        """Return where the calendar of events lives that calendar programs subscribe to."""
        return f"{self.events}{self.language.paths['calendar']}.ics"

    @property
    def map(self) -> str:
        """Return where the map lives."""
        return self._index("map")

    @property
    def figures(self) -> str:
        """Return where the figures live."""
        return self._index("figures")

    @property
    def data(self) -> str:
        """Return where the page of the open data lives, and the data below it."""
        return self._index("data")

    @property
    def former(self) -> str:
        """Return where the list of formerly certified products begins."""
        return self._index("former")

    @property
    def search(self) -> str:
        """Return where the search page lives."""
        return self._index("search")

    @property
    def shortlist(self) -> str:
        """Return where the products lie side by side that a visitor has chosen."""
        return self._index("shortlist")

    def product(self, id_: str) -> str:
        """Return where the product *id_* lives."""
        return f"{self._index('product')}{id_}/"

    def star(self, star: int) -> str:
        """Return where the list of the products with *star* stars begins."""
        return f"{self._index('star')}{star}/"

    def district(self, id_: str) -> str:
        """Return where the list of the former district *id_* begins."""
        return f"{self._index('district')}{id_}/"

    def commune(self, id_: str) -> str:
        """Return where the list of the commune *id_* begins."""
        return f"{self._index('commune')}{id_}/"

    def sector(self, id_: str) -> str:
        """Return where the list of the sector *id_* begins."""
        return f"{self._index('sector')}{id_}/"

    def group(self, id_: str) -> str:
        """Return where the list of the group *id_* begins."""
        return f"{self._index('group')}{id_}/"

    def set(self, id_: str) -> str:
        """Return where the list of the product set *id_* begins."""
        return f"{self._index('set')}{id_}/"

    def producer(self, id_: str) -> str:
        """Return where the producer *id_* lives."""
        return f"{self._index('producer')}{id_}/"

    def outlet(self, id_: str) -> str:
        """Return where the outlet *id_* lives."""
        return f"{self._index('outlet')}{id_}/"

    def event(self, id_: str) -> str:
        """Return where the event *id_* lives."""
        return f"{self._index('event')}{id_}/"

    def page(self, word: str) -> str:
        """Return where the content page with *word* in its address lives."""
        return f"{self.home}{word}/"

    def part(self, url: str, number: int) -> str:
        """Return where part *number* of the list that begins at *url* lives."""
        return url if number == 1 else f"{url}{self.language.paths['pages']}/{number}/"

    def file(self, url: str) -> str:
        """Return where in the site's folder the page at *url* lies."""
        path = url.removeprefix(self.base)
        return f"{path}index.html" if path.endswith("/") or not path else path

    def _index(self, word: str) -> str:
        return self._indexes[word]

    @cached_property
    def _indexes(self) -> dict[str, str]:
        """Return where each of the words in the addresses leads; a build asks a million times."""
        return {word: f"{self.home}{own}/" for word, own in self.language.paths.items()}


Address = Callable[[Routes], str]
"""Gives the address of one page in the language of the routes."""


def address_of(route: Callable[[Routes, str], str], id_: str) -> Address:
    """Return where *id_* lives, as *route* tells it: `address_of(Routes.product, id_)`."""
    return lambda routes: route(routes, id_)


class _Part(Struct, frozen=True, gc=False):
    """The address of one part of a list, of which there are thousands: half of a function."""

    address: Address
    number: int

    def __call__(self, routes: Routes) -> str:
        return routes.part(self.address(routes), self.number)


def part_of(address: Address, number: int) -> Address:
    """Return where part *number* of the list at *address* lives."""
    return _Part(address, number)

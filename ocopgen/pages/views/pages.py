"""Every page of one edition."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product
from ocopgen.pages.routes import Routes
from ocopgen.pages.views.atom import atom_feed
from ocopgen.pages.views.content_pages import page_address, page_ids
from ocopgen.pages.views.cuts import cut_recipe
from ocopgen.pages.views.desk import Batch, Page, PageKind, RecordPage, SinglePage, Sought
from ocopgen.pages.views.events import event_page, events_page
from ocopgen.pages.views.figures import figures_page
from ocopgen.pages.views.former import former_pages
from ocopgen.pages.views.home import home_page, home_recipe
from ocopgen.pages.views.listings import listings
from ocopgen.pages.views.lists import list_pages
from ocopgen.pages.views.maps import map_page
from ocopgen.pages.views.moved import moved_page
from ocopgen.pages.views.open_data import data_page
from ocopgen.pages.views.open_records import event_told, outlet_told, producer_told, product_told
from ocopgen.pages.views.opensearch import opensearch
from ocopgen.pages.views.outlets import outlet_page, outlets_page
from ocopgen.pages.views.places import places_page
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import here_of, producer_page, producers_pages
from ocopgen.pages.views.product import product_page, product_recipe
from ocopgen.pages.views.sectors import sectors_page
from ocopgen.pages.views.texts import (
    not_found_page,
    offline_page,
    search_page,
    shortlist_page,
    text_page,
)

_SITE, _PRODUCTS, _PRODUCERS, _REDIRECTS = (
    Spot("content/site.yaml"),
    Spot("content/products"),
    Spot("content/producers"),
    Spot("content/redirects.yaml"),
)
RECORD = "index.json"
"""The name of a record beside its page."""


_BATCH = 100
"""Products whose pages are one batch: what is remembered of it is written anew for any of them."""


def pages(press: Press) -> Iterator[Page]:
    """Yield every page of the edition of *press*."""
    for batch in batches(press):
        yield from batch.pages()


def batches(press: Press) -> Iterator[Batch]:
    """Yield the same in batches."""
    recipes = press.recipes
    yield Batch(partial(_home, press), lambda: recipes.first)
    yield Batch(partial(_single, press))
    yield from _by_product(press, _products, recipes.beside)
    yield Batch(partial(_lists, press), lambda: recipes.scene)
    for others in (_producers, _trade, _texts, _moved):
        yield Batch(partial(others, press))


def feed_pages(press: Press) -> Iterator[Page]:
    """Yield what is filled into templates as pages are, but read by programs."""
    for batch in feed_batches(press):
        yield from batch.pages()


def feed_batches(press: Press) -> Iterator[Batch]:
    """Yield the same in batches."""
    yield Batch(partial(_feeds, press))
    yield from _by_product(press, _product_records, press.recipes.own)
    yield Batch(partial(_other_records, press))


_Entries = Sequence[Entry[Product]]


def _by_product(
    press: Press,
    listed: Callable[[Press, _Entries], Iterable[Page]],
    own: Callable[[_Entries], list[str]],
) -> Iterator[Batch]:
    """Yield batches of what is *listed* of products, each with its *own* part."""
    entries, recipes = tuple(press.catalogue.products.values()), press.recipes
    for start in range(0, len(entries), _BATCH):
        some = entries[start : start + _BATCH]
        yield Batch(partial(listed, press, some), lambda: recipes.setting, partial(own, some))


def _feeds(press: Press) -> Iterator[Page]:
    file, routes = press.routes.file, press.routes
    for url, name, view in (
        (routes.feed, "atom", atom_feed),
        (routes.opensearch, "opensearch", opensearch),
    ):
        yield SinglePage(file(url), f"feeds/{name}.xml", _SITE, partial(view, press))


def _product_records(press: Press, entries: _Entries) -> Iterator[Page]:
    return _records(press, Routes.product, entries, product_told)


def _other_records(press: Press) -> Iterator[Page]:
    catalogue = press.catalogue
    shown = [catalogue.producers[id_] for id_ in press.shelves.producers]
    yield from _records(press, Routes.producer, shown, producer_told)
    yield from _records(press, Routes.outlet, catalogue.outlets.values(), outlet_told)
    yield from _records(press, Routes.event, catalogue.events.values(), event_told)


def _records(press: Press, route: Any, entries: Iterable[Entry[Any]], told: Any) -> Iterator[Page]:  # noqa: ANN401 - of any kind of record
    """Yield records as JSON, each beside its page; equal in all languages."""
    kind = PageKind(press, "feeds/record.json", route, told, _record, file=RECORD)
    for entry in entries:
        yield RecordPage(kind, entry)


def _record(press: Press, entry: Entry[Any]) -> Digest:
    return press.recipes.record(entry)


def _home(press: Press) -> Iterator[Page]:
    recipe = partial(home_recipe, press)
    yield _page(press, "home", partial(home_page, press), recipe)


def _single(press: Press) -> Iterator[Page]:
    for name, view in (
        ("places", places_page),
        ("map", map_page),
        ("sectors", sectors_page),
        ("outlets", outlets_page),
        ("events", events_page),
        ("figures", figures_page),
        ("data", data_page),
        ("search", search_page),
    ):
        yield _page(press, name, partial(view, press))
    routes = press.routes
    for url, template, plain in (
        (routes.shortlist, "pages/shortlist.html", shortlist_page),
        (routes.not_found, "pages/404.html", not_found_page),
        (routes.offline, "pages/offline.html", offline_page),
    ):
        yield SinglePage(routes.file(url), template, _SITE, partial(plain, press))


def _page(
    press: Press,
    name: str,
    make: Callable[[], Any],
    recipe: Callable[[], Digest] | None = None,
) -> Page:
    """Return the page that the edition has one of, by its *name* in routes and templates."""
    address = attrgetter(name)
    path = press.routes.file(address(press.routes))
    return SinglePage(path, f"pages/{name}.html", _SITE, make, Sought(address), recipe)


def _products(press: Press, entries: _Entries) -> Iterator[Page]:
    kind = PageKind(
        press,
        "pages/product.html",
        Routes.product,
        product_page,
        product_recipe,
        coded=True,
        words=lambda record: record.summary,
    )
    for entry in entries:
        yield RecordPage(kind, entry)


def _lists(press: Press) -> Iterator[Page]:
    file, routes = press.routes.file, press.routes
    for listing, beginning, source in listings(press):
        origin = Spot(source)
        for address, recipe, make in list_pages(press, listing, beginning):
            path, sought = file(address(routes)), Sought(address)
            yield SinglePage(path, "pages/list.html", origin, make, sought, recipe)
    for address, recipe, make in former_pages(press):
        path, sought = file(address(routes)), Sought(address)
        yield SinglePage(path, "pages/former.html", _PRODUCTS, make, sought, recipe)


def _producers(press: Press) -> Iterator[Page]:
    for address, view in producers_pages(press):
        path, sought = press.routes.file(address(press.routes)), Sought(address)
        yield SinglePage(path, "pages/producers.html", _PRODUCERS, view, sought)
    kind = PageKind(
        press, "pages/producer.html", Routes.producer, producer_page, _producer, coded=True
    )
    for id_ in press.shelves.producers:
        yield RecordPage(kind, press.catalogue.producers[id_])


def _producer(press: Press, entry: Entry[Producer]) -> Digest:
    """Return what the page of the producer *entry* is made of."""
    board = press.shelves.producers[entry.id]
    # Whether the commune and the district have lists depends on the products of others, too.
    around = cut_recipe(press, here_of(press, entry.record)), press.places(entry.record)
    return press.recipes.producer(entry, around, board.current, board.former)


def _trade(press: Press) -> Iterator[Page]:
    outlets = PageKind(press, "pages/outlet.html", Routes.outlet, outlet_page, coded=True)
    for outlet in press.catalogue.outlets.values():
        yield RecordPage(outlets, outlet)
    events = PageKind(
        press, "pages/event.html", Routes.event, event_page, words=lambda record: record.name
    )
    for event in press.catalogue.events.values():
        yield RecordPage(events, event)


def _texts(press: Press) -> Iterator[Page]:
    edition = press.edition
    for id_ in page_ids(edition):
        text = edition.page(id_)
        if text:
            address = page_address(edition, id_)
            path, make = press.routes.file(address(press.routes)), partial(text_page, press, text)
            sought = Sought(address, edition.page_written_in(id_))
            yield SinglePage(path, "pages/text.html", Spot(text.tree.path), make, sought)


def _moved(press: Press) -> Iterator[Page]:
    for old, new in moves(press):
        make = partial(moved_page, press, new)
        yield SinglePage(press.routes.file(old), "pages/moved.html", _REDIRECTS, make)


def moves(press: Press) -> Iterator[tuple[str, str]]:
    """Yield the old address of each record that is still shown, and its new one."""
    catalogue, routes = press.catalogue, press.routes
    shown = {
        "product": (catalogue.products, routes.product),
        "producer": (press.shelves.producers, routes.producer),
        "outlet": (catalogue.outlets, routes.outlet),
        "event": (catalogue.events, routes.event),
    }
    for moved in catalogue.moved:
        there, address = shown[moved.kind]
        if moved.new in there:
            yield address(moved.old), address(moved.new)

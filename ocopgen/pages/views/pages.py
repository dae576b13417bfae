"""Every page of one edition."""

from collections.abc import Iterator
from functools import partial

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer
from ocopgen.pages.views.cuts import cut_recipe
from ocopgen.pages.views.desk import Page
from ocopgen.pages.views.events import event_page, events_page
from ocopgen.pages.views.figures import figures_page
from ocopgen.pages.views.former import former_pages
from ocopgen.pages.views.frame import page_ids, page_word
from ocopgen.pages.views.home import home_page
from ocopgen.pages.views.listings import listings
from ocopgen.pages.views.lists import list_pages
from ocopgen.pages.views.maps import map_page
from ocopgen.pages.views.moved import moved_page
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


def pages(press: Press) -> Iterator[Page]:
    """Yield every page of the edition of *press*."""
    yield from _single(press)
    yield from _products(press)
    yield from _producers(press)
    yield from _trade(press)
    yield from _texts(press)
    yield from _moved(press)


def _single(press: Press) -> Iterator[Page]:
    routes = press.routes
    for url, template, view in (
        (routes.home, "pages/home.html", home_page),
        (routes.places, "pages/places.html", places_page),
        (routes.map, "pages/map.html", map_page),
        (routes.sectors, "pages/sectors.html", sectors_page),
        (routes.outlets, "pages/outlets.html", outlets_page),
        (routes.events, "pages/events.html", events_page),
        (routes.figures, "pages/figures.html", figures_page),
        (routes.search, "pages/search.html", search_page),
        (routes.shortlist, "pages/shortlist.html", shortlist_page),
        (routes.not_found, "pages/404.html", not_found_page),
        (routes.offline, "pages/offline.html", offline_page),
    ):
        yield Page(routes.file(url), template, _SITE, partial(view, press))


def _products(press: Press) -> Iterator[Page]:
    file = press.routes.file
    for id_, entry in press.catalogue.products.items():
        path, origin = file(press.routes.product(id_)), Spot(entry.tree.path)
        make, recipe = partial(product_page, press, entry), partial(product_recipe, press, entry)
        code = press.absolute(press.routes.product(id_))
        yield Page(path, "pages/product.html", origin, make, code, recipe)
    for listing, address, source in listings(press):
        for url, told, make_part in list_pages(press, listing, address):
            recipe = partial(_as_is, told)
            yield Page(file(url), "pages/list.html", Spot(source), make_part, recipe=recipe)
    for url, told, make_part in former_pages(press):
        recipe = partial(_as_is, told)
        yield Page(file(url), "pages/former.html", _PRODUCTS, make_part, recipe=recipe)


def _producers(press: Press) -> Iterator[Page]:
    file = press.routes.file
    for url, view in producers_pages(press):
        yield Page(file(url), "pages/producers.html", _PRODUCERS, view)
    for id_ in press.shelves.producers:
        entry = press.catalogue.producers[id_]
        path, origin = file(press.routes.producer(id_)), Spot(entry.tree.path)
        make, recipe = partial(producer_page, press, entry), partial(_producer, press, entry)
        code = press.absolute(press.routes.producer(id_))
        yield Page(path, "pages/producer.html", origin, make, code, recipe)


def _producer(press: Press, entry: Entry[Producer]) -> Digest:
    """Return what the page of the producer *entry* is made of."""
    board = press.shelves.producers[entry.id]
    around = cut_recipe(press, here_of(press, entry.record))
    return press.recipes.producer(entry, around, board.current, board.former)


def _as_is(recipe: Digest) -> Digest:
    return recipe


def _trade(press: Press) -> Iterator[Page]:
    file, routes = press.routes.file, press.routes
    for outlet in press.catalogue.outlets.values():
        shown, origin = partial(outlet_page, press, outlet), Spot(outlet.tree.path)
        url = routes.outlet(outlet.id)
        yield Page(file(url), "pages/outlet.html", origin, shown, press.absolute(url))
    for event in press.catalogue.events.values():
        told, origin = partial(event_page, press, event), Spot(event.tree.path)
        yield Page(file(routes.event(event.id)), "pages/event.html", origin, told)


def _texts(press: Press) -> Iterator[Page]:
    for id_ in page_ids(press.edition):
        text = press.edition.page(id_)
        if text:
            url = press.routes.page(page_word(press.edition, id_, press.routes.language.code))
            make = partial(text_page, press, text)
            yield Page(press.routes.file(url), "pages/text.html", Spot(text.tree.path), make)


def _moved(press: Press) -> Iterator[Page]:
    """Yield what stands at old addresses of records that are still shown."""
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
            make = partial(moved_page, press, address(moved.new))
            yield Page(routes.file(address(moved.old)), "pages/moved.html", _REDIRECTS, make)

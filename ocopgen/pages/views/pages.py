"""Every page of one edition."""

from collections.abc import Iterator

from ocopgen.base.problems import Spot
from ocopgen.pages.views.desk import Desk, Page
from ocopgen.pages.views.former import former_pages
from ocopgen.pages.views.frame import page_ids
from ocopgen.pages.views.home import home_page
from ocopgen.pages.views.listings import listings
from ocopgen.pages.views.lists import list_pages
from ocopgen.pages.views.places import places_page
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import producer_page, producers_pages
from ocopgen.pages.views.product import product_page
from ocopgen.pages.views.sectors import sectors_page
from ocopgen.pages.views.texts import not_found_page, search_page, text_page

_SITE, _PRODUCTS, _PRODUCERS = (
    Spot("content/site.yaml"),
    Spot("content/products"),
    Spot("content/producers"),
)


def pages(desk: Desk) -> Iterator[Page]:
    """Yield every page of the edition on *desk*."""
    press = Press(desk)
    yield from _single(press)
    yield from _products(press)
    yield from _producers(press)
    yield from _texts(press)


def _single(press: Press) -> Iterator[Page]:
    routes = press.routes
    for url, template, view in (
        (routes.home, "pages/home.html", home_page(press)),
        (routes.places, "pages/places.html", places_page(press)),
        (routes.sectors, "pages/sectors.html", sectors_page(press)),
        (routes.search, "pages/search.html", search_page(press)),
        (routes.not_found, "pages/404.html", not_found_page(press)),
    ):
        yield Page(routes.file(url), template, view, _SITE)


def _products(press: Press) -> Iterator[Page]:
    file = press.routes.file
    for id_, entry in press.catalogue.products.items():
        path, origin = file(press.routes.product(id_)), Spot(entry.tree.path)
        yield Page(path, "pages/product.html", product_page(press, entry), origin)
    for listing, address, source in listings(press):
        for url, view in list_pages(press, listing, address):
            yield Page(file(url), "pages/list.html", view, Spot(source))
    for url, former in former_pages(press):
        yield Page(file(url), "pages/former.html", former, _PRODUCTS)


def _producers(press: Press) -> Iterator[Page]:
    file = press.routes.file
    for url, view in producers_pages(press):
        yield Page(file(url), "pages/producers.html", view, _PRODUCERS)
    for id_ in press.shelves.producers:
        entry = press.catalogue.producers[id_]
        path, origin = file(press.routes.producer(id_)), Spot(entry.tree.path)
        yield Page(path, "pages/producer.html", producer_page(press, entry), origin)


def _texts(press: Press) -> Iterator[Page]:
    for id_ in page_ids(press.edition):
        text = press.edition.page(id_)
        if text:
            view = text_page(press, text)
            own = next(each.link for each in view.head.alternates if each.current)
            path = press.routes.file(own)
            yield Page(path, "pages/text.html", view, Spot(text.tree.path))

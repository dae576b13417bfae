"""The pages that stand by themselves: which there are, and where they live."""

from ocopgen.base.text import sort_key
from ocopgen.content.edition import Edition
from ocopgen.pages.routes import Address


def page_word(edition: Edition, page: str, language: str) -> str:
    """Return the word in the address of the content page *page* in *language*."""
    text = edition.catalogue.pages.get((page, language))
    return (text and text.record.path) or page


def page_address(edition: Edition, page: str) -> Address:
    """Return where the content page *page* lives in each language."""
    return lambda routes: routes.page(page_word(edition, page, routes.language.code))


def page_ids(edition: Edition) -> list[str]:
    """Return the ids of the content pages, in the order of the footer, the unlisted ones last."""
    ids = {id_ for id_, _ in edition.catalogue.pages if edition.page(id_)}
    return sorted(ids, key=lambda id_: (*_order(edition, id_), id_))


def _order(edition: Edition, page: str) -> tuple[bool, int, object]:
    text = edition.page(page)
    order = text.record.order if text else None
    return order is None, order or 0, sort_key(text.record.title if text else "")

"""The page at an address that is no longer one."""

from msgspec import Struct

from ocopgen.pages.views.press import Press


class MovedPage(Struct, frozen=True):
    """What leads on to where a record lives now."""

    language: str
    url: str
    canonical: str
    """The same with its host, as machines want it."""


def moved_page(press: Press, url: str) -> MovedPage:
    """Return what leads on to *url*."""
    return MovedPage(press.routes.language.code, url, press.absolute(url))

"""How a browser asks the search page by itself (OpenSearch 1.1, draft 6)."""

from msgspec import Struct

from ocopgen.base.text import shorten
from ocopgen.pages.views.press import Press

_LONGEST_NAME = 16
"""Letters of a ShortName."""
_ICON, _MEASURE = "icons/app-192.png", 192


class OpenSearch(Struct, frozen=True):
    """What a browser has to know to offer the search of an edition."""

    name: str
    about: str
    language: str
    search: str
    """The search page, which asks for what follows `?q=`."""
    url: str
    icon: str
    """Empty where the theme has none."""
    measure: int


def opensearch(press: Press) -> OpenSearch:
    """Return how the edition of *press* is searched."""
    icon = press.desk.assets.paths.get(_ICON)
    return OpenSearch(
        name=shorten(press.site.title, _LONGEST_NAME),
        about=press.t("search_page.about", province=press.site.province),
        language=press.site.language,
        search=press.absolute(press.routes.search),
        url=press.absolute(press.site.opensearch),
        icon=press.absolute(f"{press.routes.base}{icon}") if icon else "",
        measure=_MEASURE,
    )

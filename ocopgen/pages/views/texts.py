"""The content pages, and those of words alone: search, the shortlist, no page, no network."""

from msgspec import Struct

from ocopgen.content.load import Text
from ocopgen.content.matter import ContentPage
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.content_pages import page_address
from ocopgen.pages.views.frame import Head, Site, mistake
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.prose import Telling, telling


class TextPage(Struct, frozen=True):
    """What a content page shows."""

    site: Site
    head: Head
    text: Telling
    mistake: str


class PlainPage(Struct, frozen=True):
    """What a page shows that is made of words and links alone."""

    site: Site
    head: Head


def text_page(press: Press, text: Text[ContentPage]) -> TextPage:
    """Return what the content page *text* shows."""
    edition = press.edition
    about = text.record.summary or text.prose.plain
    return TextPage(
        site=press.site,
        head=press.framer.head(
            text.record.title,
            about,
            f"page {text.id}",
            page_address(edition, text.id),
            things=(linked_data.trail(press, (), text.record.title),),
            written=edition.page_written_in(text.id),
        ),
        text=telling(press, text),
        mistake=mistake(press.desk, press.t("report.subject", id=text.id)),
    )


def search_page(press: Press) -> PlainPage:
    """Return what the search page shows before anything is asked."""
    t = press.t
    about = t("search_page.about", province=press.site.province)
    head = press.framer.head(t("menu.search"), about, "search", lambda routes: routes.search)
    return PlainPage(press.site, head)


def shortlist_page(press: Press) -> PlainPage:
    """Return what the page of the chosen products shows before a script puts them there."""
    t = press.t
    head = press.framer.head(
        t("shortlist.title"),
        t("shortlist.about"),
        "shortlist",
        lambda routes: routes.shortlist,
        listed=False,
    )
    return PlainPage(press.site, head)


def not_found_page(press: Press) -> PlainPage:
    """Return what an address shows that does not exist."""
    t = press.t
    head = press.framer.head(
        t("lost.title"),
        t("lost.text"),
        "",
        lambda routes: routes.not_found,
        listed=False,
    )
    return PlainPage(press.site, head)


def offline_page(press: Press) -> PlainPage:
    """Return what stands in for a page that was never seen, while there is no network."""
    t = press.t
    head = press.framer.head(
        t("offline.title"),
        t("offline.text"),
        "",
        lambda routes: routes.offline,
        listed=False,
    )
    return PlainPage(press.site, head)

"""What stands around every page: its head, the menu, the footer, the other languages."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from ocopgen.base.digest import Shared
from ocopgen.base.text import shorten
from ocopgen.content.edition import Phrase
from ocopgen.pages import posters
from ocopgen.pages.posters import HEIGHT, WIDTH, Poster
from ocopgen.pages.routes import Address, Routes, base_path, origin_of
from ocopgen.pages.views.content_pages import page_ids, page_word
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.parts import Thing
from ocopgen.pages.views.posters import site_poster, told

_LONGEST_DESCRIPTION = 160
_FONTS = tuple(
    f"fonts/{face}.woff2" for face in ("be-vietnam-pro-400", "be-vietnam-pro-600", "grenze-600")
)
"""Those that the first screen of every page needs: what comes late would move what is read."""


class Entry(Struct, frozen=True):
    """A line of a menu."""

    section: str
    """What a page says to be a part of, so that its line can be marked."""
    text: Phrase
    url: str


class Files(Struct, frozen=True):
    """The addresses of the assets that the frame needs; empty where the theme lacks one."""

    style: str
    print_style: str
    theme: str
    script: str
    compare: str
    finding: str
    """What searches and narrows lists down."""
    map: str
    gallery: str
    icon: str
    touch_icon: str
    lost: str
    """The picture for an address that does not exist."""
    fonts: tuple[str, ...]


class Site(Shared, frozen=True):
    """What is the same on every page of an edition."""

    title: str
    province: str
    language: str
    locale: str
    """How dates are written, as browsers name it: "en-GB"."""
    notice: Phrase | None
    home: str
    products: str
    places: str
    sectors: str
    former: str
    events: str
    figures: str
    map: str
    search: str
    shortlist: str
    pointer: str
    """The small file that tells the search script where its data is."""
    manifest: str
    """The file that tells of the web app."""
    feed: str
    """What is new, for feed readers."""
    opensearch: str
    """How browsers search the site by themselves."""
    menu: tuple[Entry, ...]
    lists: tuple[Entry, ...]
    texts: tuple[Entry, ...]
    contact: str
    """Where to report a mistake; empty: nowhere."""
    files: Files


class Alternate(Struct, frozen=True):
    """The same page in a language."""

    code: str
    name: str
    link: str
    absolute: str
    locale: str
    """As other sites name the language: "vi_VN"."""
    current: bool


class Image(Struct, frozen=True):
    """A poster as other sites ask for it."""

    url: str
    """With the name of the host."""
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


class Head(Struct, frozen=True):
    """What is said of one page to browsers, search engines and other readers."""

    title: str
    description: str
    canonical: str
    """The address to be remembered: of a page without translation, that of the first one."""
    alternates: tuple[Alternate, ...]
    """The page in every language, whether its words are translated or not."""
    translations: tuple[Alternate, ...]
    """Those in whose language it is written; none where it stands in for a translation."""
    section: str
    image: Image | None
    """What is shown where the address of the page is passed on; absent where the site has none."""
    linked: Mapping[str, Any] | None = None
    """What programs are told of what the page shows (JSON-LD)."""
    listed: bool = True
    """Whether search engines may list the page."""


class Framer:
    """Makes the frames of one edition's pages."""

    def __init__(self, desk: Desk) -> None:
        """Take the menu and all other words from *desk*."""
        info = desk.edition.catalogue.site
        base = base_path(info.base_url)
        self._own = desk.routes
        self._listed = info.listed
        self.siblings = [Routes(language, base) for language in info.languages]
        self._origin = origin_of(info.base_url)
        self.site = _site(desk)
        self._own_image = self._image(site_poster(desk))

    def head(  # noqa: PLR0913 - a page's head has many parts
        self,
        title: str,
        description: str,
        section: str,
        address: Address,
        *,
        poster: Poster | None = None,
        things: Iterable[Thing] = (),
        listed: bool = True,
        written: Collection[str] | None = None,
    ) -> Head:
        """Return the head of the page that lives at *address*.

        *things* are what programs are told of, empty ones left out; *written* are the languages of
        its words, where they may be lacking in some.
        """
        site, graph = self.site.title, [each for each in things if each]
        alternates = tuple(self._alternate(routes, address) for routes in self.siblings)
        own = self._own.language.code
        told = written is None or own in written
        translations = (each for each in alternates if written is None or each.code in written)
        return Head(
            title=title if title == site else f"{title} · {site}",
            description=shorten(description, _LONGEST_DESCRIPTION),
            canonical=self._origin + address(self._own if told else self.siblings[0]),
            alternates=alternates,
            translations=tuple(translations) if told else (),
            section=section,
            image=self._image(poster) or self._own_image,
            linked={"@context": "https://schema.org", "@graph": graph} if graph else None,
            listed=listed and self._listed,
        )

    def _image(self, poster: Poster | None) -> Image | None:
        if poster is None:
            return None
        path = posters.address(posters.name(poster))
        return Image(f"{self._origin}{self._own.base}{path}", told(poster))

    def _alternate(self, routes: Routes, address: Address) -> Alternate:
        link, language = address(routes), routes.language
        current = language.code == self._own.language.code
        absolute = self._origin + link
        return Alternate(language.code, language.name, link, absolute, language.locale, current)


def mistake(desk: Desk, subject: str, body: str = "") -> str:
    """Return the address to which a mistake is reported; empty: there is none.

    A letter gets *subject*, and begins with *body*.
    """
    contact = desk.edition.catalogue.site.contact
    if contact is None:
        return ""
    if contact.email:
        begun = f"&body={quote(body)}%0D%0A%0D%0A" if body else ""
        return f"mailto:{contact.email}?subject={quote(subject)}{begun}"
    return contact.url or ""


def _site(desk: Desk) -> Site:
    edition, routes = desk.edition, desk.routes
    info = edition.catalogue.site
    return Site(
        title=edition.say(info.title).text,
        province=edition.say(info.province).text,
        language=edition.language.code,
        locale=edition.language.locale.replace("_", "-"),
        notice=edition.say(info.notice) if info.notice else None,
        home=routes.home,
        products=routes.products,
        places=routes.places,
        sectors=routes.sectors,
        former=routes.former,
        events=routes.events,
        figures=routes.figures,
        map=routes.map,
        search=routes.search,
        shortlist=routes.shortlist,
        pointer=f"{routes.base}{routes.pointer}",
        manifest=f"{routes.base}{routes.manifest}",
        feed=routes.feed,
        opensearch=routes.opensearch,
        menu=_menu(desk),
        lists=_lists(desk),
        texts=tuple(_texts(desk)),
        contact=mistake(desk, desk.t("report.subject_site")),
        files=_files(desk),
    )


def _menu(desk: Desk) -> tuple[Entry, ...]:
    t, routes = desk.t, desk.routes
    return (
        Entry("products", Phrase(t("menu.products")), routes.products),
        Entry("places", Phrase(t("menu.places")), routes.places),
        Entry("map", Phrase(t("menu.map")), routes.map),
        Entry("producers", Phrase(t("menu.producers")), routes.producers),
        Entry("outlets", Phrase(t("menu.buy")), routes.outlets),
        Entry("events", Phrase(t("menu.events")), routes.events),
    )


def _lists(desk: Desk) -> tuple[Entry, ...]:
    t, routes = desk.t, desk.routes
    return (
        Entry("products", Phrase(t("menu.all_products")), routes.products),
        Entry("sectors", Phrase(t("menu.sectors")), routes.sectors),
        Entry("former", Phrase(t("menu.former")), routes.former),
        Entry("producers", Phrase(t("menu.all_producers")), routes.producers),
        Entry("figures", Phrase(t("menu.figures")), routes.figures),
        Entry("data", Phrase(t("menu.data")), routes.data),
        Entry("search", Phrase(t("menu.search")), routes.search),
    )


def _texts(desk: Desk) -> list[Entry]:
    edition, code = desk.edition, desk.edition.language.code
    entries = []
    for id_ in page_ids(edition):
        text = edition.page(id_)
        if text and text.record.order is not None:
            lang = "" if text.language == code else text.language
            url = desk.routes.page(page_word(edition, id_, code))
            entries.append(Entry(f"page {id_}", Phrase(text.record.title, lang), url))
    return entries


def _files(desk: Desk) -> Files:
    def url(name: str) -> str:
        path = desk.assets.paths.get(name)
        return f"{desk.routes.base}{path}" if path else ""

    return Files(
        style=url("css/site.css"),
        print_style=url("css/print.css"),
        theme=url("js/theme.js"),
        script=url("js/site.js"),
        compare=url("js/compare.js"),
        finding=url("js/finding.js"),
        map=url("js/map.js"),
        gallery=url("js/gallery.js"),
        icon=url("icons/seal.svg"),
        touch_icon=url("icons/apple-touch-icon.png"),
        lost=url("pictures/lost.svg"),
        fonts=tuple(url(name) for name in _FONTS if name in desk.assets.paths),
    )

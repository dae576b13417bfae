"""Finished pages: sound HTML, nothing inline, every link and every label leading somewhere."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from ocopgen.pages.feeds import feeds
from ocopgen.pages.templates import Templates
from ocopgen.pages.views import Desk, Press, feed_pages, pages
from ocopgen.pages.views.open_data import open_addresses

Attributes = dict[str, str]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SVG = {"circle", "g", "path", "rect", "svg", "symbol", "use"}
UNLISTED = ("404.html", "offline.html", "gio-lang/index.html", "basket/index.html")
HEADINGS = re.compile(r"h[1-6]")


@dataclass
class Element:
    tag: str
    attributes: Attributes
    around: tuple[str, ...]


@dataclass
class Reader(HTMLParser):
    """Notes every element of a page, and what was closed that was not open."""

    found: list[Element] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element *tag*."""
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{tag} has an attribute twice")
        attributes = {name: value or "" for name, value in attrs}
        self.found.append(Element(tag, attributes, tuple(self.opened)))
        if tag not in VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a drawing that is closed at once."""
        self.found.append(Element(tag, {n: v or "" for n, v in attrs}, tuple(self.opened)))
        if tag not in SVG:
            self.faults.append(f"{tag} cannot close itself")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of *tag*."""
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"{tag} is closed where it is not the last one opened")


Made = dict[str, Reader]


@pytest.fixture(scope="session")
def made(desks: list[Desk], templates: Templates) -> Made:
    """Return every page of both editions, read."""
    found = {}
    for desk in desks:
        for page in pages(Press(desk)):
            text = templates.render(page.template, page.view, desk.edition.language.code)
            reader = Reader()
            reader.feed(text.decode())
            found[page.path] = reader
    return found


def _all(reader: Reader, tag: str) -> list[Element]:
    return [element for element in reader.found if element.tag == tag]


def _values(reader: Reader, name: str) -> list[str]:
    return [each.attributes[name] for each in reader.found if name in each.attributes]


def test_every_element_is_closed_in_order(made: Made) -> None:
    faults = {path: reader.faults + reader.opened for path, reader in made.items()}

    assert {path: told for path, told in faults.items() if told} == {}


def test_a_page_has_one_main_heading_and_skips_no_level(made: Made) -> None:
    for path, reader in made.items():
        levels = [int(each.tag[1]) for each in reader.found if HEADINGS.fullmatch(each.tag)]

        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(b <= a + 1 for a, b in pairwise(levels)), path


def test_ids_are_unique_and_labels_lead_to_them(made: Made) -> None:
    for path, reader in made.items():
        ids = Counter(_values(reader, "id"))
        wanted = _values(reader, "aria-labelledby") + _values(reader, "for")
        wanted += [url[1:] for url in _values(reader, "href") if url.startswith("#")]

        assert max(ids.values()) == 1, path
        assert {each for each in wanted if each} <= set(ids), path


def test_nothing_is_inline(made: Made) -> None:
    for path, reader in made.items():
        names = {name for each in reader.found for name in each.attributes}
        scripts = [
            each.attributes.get("src")
            for each in _all(reader, "script")
            if each.attributes.get("type") != "application/ld+json"
        ]

        assert "style" not in names, path
        assert not {name for name in names if name.startswith("on")}, path
        assert all(scripts), path
        assert not _all(reader, "style"), path


def test_pictures_say_their_size_and_only_the_first_is_hurried(made: Made) -> None:
    for path, reader in made.items():
        images = _all(reader, "img")
        hurried = [each for each in images if each.attributes.get("fetchpriority") == "high"]

        for each in images:
            if "template" not in each.around:
                assert {"src", "alt", "width", "height"} <= set(each.attributes), path
        assert len(hurried) <= 2, path


def test_links_to_elsewhere_give_nothing_away(made: Made) -> None:
    for path, reader in made.items():
        for each in _all(reader, "a"):
            if each.attributes.get("href", "").startswith("http"):
                assert each.attributes.get("rel") == "noopener", path


def test_links_within_the_site_lead_to_a_page_or_a_file(made: Made, desks: list[Desk]) -> None:
    file = desks[0].routes.file
    known = set(made) | set(desks[0].assets.contents)
    known |= {each.path for desk in desks for each in feeds(Press(desk))}
    known |= {each.path for desk in desks for each in feed_pages(Press(desk))}
    known |= {file(each) for desk in desks for each in open_addresses(Press(desk))}
    coded = (each for desk in desks for each in pages(Press(desk)) if each.code)
    known |= {each.path.replace("index.html", "qr.svg") for each in coded}
    for path, reader in made.items():
        urls = [*_values(reader, "src"), *_values(reader, "href")]
        for url in urls:
            if (
                url.startswith(("#", "http", "mailto:", "tel:", "geo:"))
                or "/anh/" in url
                or not url
            ):
                continue
            assert url.startswith("/ocop/"), (path, url)
            assert file(url.split("#")[0]) in known, (path, url)


def test_a_page_names_its_language_and_what_is_in_another_one(made: Made) -> None:
    for path, reader in made.items():
        own = "en" if path.startswith("en/") else "vi"
        assert reader.found[0].attributes["lang"] == own, path
        inner = {
            each.attributes["lang"]
            for each in reader.found[1:]
            if "lang" in each.attributes and "lang" not in each.attributes.get("class", "")
        }
        assert own not in inner, path


def test_only_what_may_be_listed_is_offered_to_search_engines(made: Made) -> None:
    for path, reader in made.items():
        robots = [e for e in _all(reader, "meta") if e.attributes.get("name") == "robots"]
        offered = [e.attributes for e in _all(reader, "link") if "hreflang" in e.attributes]

        assert bool(robots) == path.endswith(UNLISTED)
        canonical = [e.attributes["href"] for e in _all(reader, "link") if _is_canonical(e)]
        own = [each for each in canonical if f"{each}index.html".endswith(f"/{path}")]
        # Vietnamese, English and x-default; a page that is not translated is offered in one.
        assert len(offered) in ((2, 3) if own and not robots else (0,))


def _is_canonical(element: Element) -> bool:
    return element.attributes.get("rel") == "canonical"


def test_a_lapsed_product_shows_no_star(desk: Desk, made: Made) -> None:
    for id_, standing in desk.edition.catalogue.standings.items():
        reader = made[desk.routes.file(desk.routes.product(id_))]
        large = [e for e in _all(reader, "use") if e.attributes.get("href", "").endswith("l")]
        own = [e for e in large if "symbol" not in e.around]

        assert bool(own) == standing.status.starred


def test_a_product_answers_in_the_order_in_which_people_ask(desk: Desk, made: Made) -> None:
    order = ["h-buy", "h-facts", "h-pass", "h-story", "h-gallery", "h-proof", "h-where"]
    order += ["same-producer", "same-set", "same-commune"]
    for id_ in desk.edition.catalogue.products:
        ids = _values(made[desk.routes.file(desk.routes.product(id_))], "id")
        told = [each for each in ids if each in order]

        assert [each for each in order if each in told] == told
        assert {"h-buy", "h-facts", "h-pass", "h-proof", "h-where"} <= set(told)


def test_the_first_page_leads_on_in_its_order(desk: Desk, made: Made) -> None:
    ids = _values(made[desk.routes.file(desk.routes.home)], "id")
    order = ["q", "h-best", "h-browse", "h-stars", "h-places", "h-sets", "h-fresh", "h-events"]
    order += ["h-figures", "h-map", "h-story", "h-buy"]

    assert order == [each for each in ids if each in order]

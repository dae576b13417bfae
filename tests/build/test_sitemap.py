"""What search engines are told: which pages there are, in which languages, and since when."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.copies import Copy, Site

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "x": "http://www.w3.org/1999/xhtml",
}
LANGUAGES = ("vi", "en")
HOST = "https://lang.example/ocop/"
UNTRANSLATED = "tra-sen-ba-kin"
"""The product of the village that is told in Vietnamese alone."""


class _Head(HTMLParser):
    """What a page says of itself to search engines."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.canonical = ""
        self.alternates: dict[str, str] = {}
        self.locales: list[tuple[str, str]] = []
        self.listed = True
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "link" and told.get("rel") == "canonical":
            self.canonical = told["href"] or ""
        if tag == "link" and told.get("hreflang"):
            self.alternates[told["hreflang"] or ""] = told["href"] or ""
        if tag == "meta" and (told.get("property") or "").startswith("og:locale"):
            self.locales.append((told["property"] or "", told["content"] or ""))
        if tag == "meta" and told.get("name") == "robots":
            self.listed = "noindex" not in (told["content"] or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the village, made."""
    return Copy(tmp_path_factory.mktemp("village")).pages()


@pytest.fixture(scope="module")
def heads(site: Site) -> dict[str, _Head]:
    """Return what every page says of itself, by its path."""
    contents = site.contents().items()
    return {path: _Head(each.decode()) for path, each in contents if path.endswith(".html")}


def _root(site: Site, path: str) -> ET.Element:
    return ET.fromstring(site.content(path))


def _urls(site: Site) -> dict[str, ET.Element]:
    return {
        url.findtext("s:loc", "", SPACES): url
        for language in LANGUAGES
        for url in _root(site, f"sitemap.{language}-1.xml").iterfind("s:url", SPACES)
    }


def test_the_index_leads_to_every_sitemap_and_robots_lead_to_the_index(site: Site) -> None:
    told = [each.text for each in _root(site, "sitemap.xml").iterfind("s:sitemap/s:loc", SPACES)]
    robots = site.content("robots.txt").decode()

    assert told == [f"{HOST}sitemap.{language}-1.xml" for language in LANGUAGES]
    assert f"Sitemap: {HOST}sitemap.xml\n" in robots
    assert "Disallow" not in robots


def test_just_the_pages_that_give_themselves_as_their_address_are_in_it(
    site: Site, heads: dict[str, _Head]
) -> None:
    own = {
        head.canonical
        for path, head in heads.items()
        if head.listed and f"{head.canonical}index.html" == f"{HOST}{path}"
    }

    assert set(_urls(site)) == own
    assert f"{HOST}tim/" in own


def test_each_page_names_its_translations_as_the_page_itself_does(
    site: Site, heads: dict[str, _Head]
) -> None:
    by_address = {head.canonical: head for head in heads.values() if head.alternates}

    for address, url in _urls(site).items():
        told = {each.get("hreflang"): each.get("href") for each in url.iterfind("x:link", SPACES)}
        assert told == by_address[address].alternates, address


def test_an_untranslated_page_gives_way_to_the_first_language(
    site: Site, heads: dict[str, _Head]
) -> None:
    first = heads[f"mon/{UNTRANSLATED}/index.html"]
    other = heads[f"en/goods/{UNTRANSLATED}/index.html"]

    assert first.canonical == f"{HOST}mon/{UNTRANSLATED}/"
    assert first.alternates == {"vi": first.canonical, "x-default": first.canonical}
    assert other.canonical == first.canonical
    assert other.alternates == {}
    assert other.listed
    assert f"{HOST}en/goods/{UNTRANSLATED}/" not in _urls(site)


def test_each_page_says_in_which_locales_it_is(heads: dict[str, _Head]) -> None:
    own, other = "og:locale", "og:locale:alternate"

    assert heads["index.html"].locales == [(own, "vi_VN"), (other, "en_GB")]
    assert heads["en/index.html"].locales == [(own, "en_GB"), (other, "vi_VN")]


def test_the_photos_of_a_product_are_told_and_lie_where_they_are_said_to_be(site: Site) -> None:
    told = [
        image.text or ""
        for url in _urls(site).values()
        for image in url.iterfind("image:image/image:loc", SPACES)
    ]

    assert told
    for address in told:
        assert site.content(address.removeprefix(HOST))[:3] == b"\xff\xd8\xff"


def test_the_day_is_that_of_the_last_look_at_the_sources(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    path = "content/products/banh-la-vi-du/product.yaml"
    days = re.findall(r"accessed: (\S+)", village.read(path))
    place = f"{HOST}mon/banh-la-vi-du/"

    assert _urls(village.pages())[place].findtext("s:lastmod", "", SPACES) == max(days)
    text = village.read(path).replace(f"accessed: {days[0]}", "accessed: 2026-11-05", 1)
    village.write(path, text)
    assert _urls(village.pages())[place].findtext("s:lastmod", "", SPACES) == "2026-11-05"


def test_pages_that_know_no_day_tell_none(site: Site) -> None:
    assert _urls(site)[HOST].find("s:lastmod", SPACES) is None

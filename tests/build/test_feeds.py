"""What feed readers and browsers fetch: new certificates and events, and how to search."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.copies import Copy, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
HOST = "https://lang.example/ocop/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the village, made."""
    return Copy(tmp_path_factory.mktemp("village")).pages()


def _feed(site: Site, language: str = "vi") -> ET.Element:
    return ET.fromstring(site.content(f"feed.{language}.xml"))


def _entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall("a:entry", ATOM)


def _titles(feed: ET.Element) -> list[str]:
    return [each.findtext("a:title", "", ATOM) for each in _entries(feed)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_feed_and_its_entries_have_all_that_the_standard_asks_for(
    site: Site, language: str
) -> None:
    feed = _feed(site, language)
    ids = [each.findtext("a:id", "", ATOM) for each in (feed, *_entries(feed))]

    for each in (feed, *_entries(feed)):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"a:{name}", ATOM)) == 1, name
        alternate = each.find("a:link[@rel='alternate']", ATOM)
        assert alternate is not None
        path = alternate.attrib["href"].removeprefix(HOST)
        assert f"{path}index.html" in site.keys, path
    assert len(set(ids)) == len(ids)
    assert feed.findtext("a:author/a:name", "", ATOM)
    own = feed.find("a:link[@rel='self']", ATOM)
    assert own is not None
    assert own.attrib["href"] == f"{HOST}feed.{language}.xml"


def test_the_latest_comes_first_and_gives_the_feed_its_day(site: Site) -> None:
    feed = _feed(site)
    days = [each.findtext("a:updated", "", ATOM) for each in _entries(feed)]

    assert days == sorted(days, reverse=True)
    assert feed.findtext("a:updated", "", ATOM) == days[0]


def test_certificates_of_a_known_day_that_give_stars_are_told_and_no_others(site: Site) -> None:
    titles = _titles(_feed(site))

    assert "Bánh lá Ví Dụ được chứng nhận 4 sao" in titles
    assert "Hội làng Ví Dụ" in titles
    told = " ".join(titles)
    assert "Gốm" not in told  # of an unknown day
    assert "Mắm" not in told  # expired
    assert "Rượu" not in told  # not certified yet


def test_titles_are_in_the_language_of_the_feed_or_say_in_which(site: Site) -> None:
    feed = _feed(site, "en")
    lotus = next(each for each in _entries(feed) if "Bà Kín" in each.findtext("a:title", "", ATOM))
    title = lotus.find("a:title", ATOM)

    assert "Example leaf cake certified with 4 stars" in _titles(feed)
    assert title is not None
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"


def test_a_feed_knows_no_clock(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    one, other = (village.pages(day=date(2026, 11, day)) for day in (23, 24))

    assert one.content("feed.vi.xml") == other.content("feed.vi.xml")


def test_names_with_signs_of_xml_are_told_as_they_are(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    path = "content/products/banh-la-vi-du/product.yaml"
    village.edit(path, r"vi: Bánh lá Ví Dụ", "vi: \"Bánh <lá> & ]]> 'Ví Dụ'\"")

    assert "Bánh <lá> & ]]> 'Ví Dụ' được chứng nhận 4 sao" in _titles(_feed(village.pages()))


@pytest.mark.parametrize(("language", "page"), [("vi", "tim/"), ("en", "en/find/")])
def test_a_browser_learns_how_to_search(site: Site, language: str, page: str) -> None:
    told = ET.fromstring(site.content(f"opensearch.{language}.xml"))
    name = told.findtext("o:ShortName", "", SEARCH)
    url = told.find("o:Url[@type='text/html']", SEARCH)
    home = site.content(page + "index.html").decode()

    assert 0 < len(name) <= 16
    assert url is not None
    assert url.attrib["template"] == f"{HOST}{page}?q={{searchTerms}}"
    assert f'href="/ocop/opensearch.{language}.xml"' in home
    assert f'href="/ocop/feed.{language}.xml"' in home

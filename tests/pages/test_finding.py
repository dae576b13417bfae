"""What search is told of the catalogue: all of it, once, and nothing that is not public."""

import unicodedata
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import orjson
import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.catalogue import Catalogue, tie
from ocopgen.content.edition import Edition
from ocopgen.content.load import load
from ocopgen.pages.assets import Assets
from ocopgen.pages.finding import catalogue_file, pointer_file
from ocopgen.pages.gist import feed
from ocopgen.pages.messages import Messages, read_messages
from ocopgen.pages.routes import Routes
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press
from ocopgen.pages.views.desk import Desk
from tests.reading import homes_of

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent.parent
THEIRS = read_messages(theme_for(ROOT), "messages", ["vi"], Problems())["vi"]
SAID = {key: each for key, each in THEIRS.items() if not key.startswith("find.say.")}
WORDS = Messages({"find.say.none": "Không có gì", **SAID}, "vi_VN")
ASSETS = Assets({"js/finding.js": "js/finding.0.js"}, {})


@pytest.fixture(scope="module")
def catalogue(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    content = load(checkout, Memory(tmp_path_factory.mktemp("memory") / "m.json"), Problems())
    assert content
    return tie(content, TODAY, Problems())


@pytest.fixture(params=[0, 1], ids=["the first language", "the second language"])
def desk(catalogue: Catalogue, request: pytest.FixtureRequest) -> Desk:
    return _desk(catalogue, request.param)


def _desk(catalogue: Catalogue, place: int = 0, base: str = "/") -> Desk:
    language = catalogue.site.languages[place]
    return Desk(Edition(catalogue, language), WORDS, Routes(language, base), {}, ASSETS)


def _columns(desk: Desk) -> dict[str, Any]:
    _, content = catalogue_file(Press(desk))
    read: dict[str, Any] = orjson.loads(content)
    return read


def test_every_product_stands_in_the_catalogue_file_once(desk: Desk) -> None:
    expected = {desk.routes.product(id_) for id_ in desk.edition.catalogue.products}

    urls = _columns(desk)["products"]["url"]

    assert expected == set(urls)
    assert len(expected) == len(urls)


TABLES = ["products", "producers", "places", "outlets", "events", "sets", "sectors", "kinds"]


@pytest.mark.parametrize("table", TABLES)
def test_all_columns_of_a_table_are_as_long(desk: Desk, table: str) -> None:
    columns = _columns(desk)[table]

    others = columns.pop("others", {})

    assert len({len(column) for column in [*columns.values(), *others.values()]}) == 1


def test_only_products_in_force_show_stars(desk: Desk) -> None:
    standings = desk.edition.catalogue.standings
    products = _columns(desk)["products"]

    shown = dict(zip(products["url"], products["star"], strict=True))

    assert shown == {
        desk.routes.product(id_): each.star if each.status.starred else 0
        for id_, each in standings.items()
    }


def test_what_facets_go_by_is_what_the_records_say(desk: Desk) -> None:
    catalogue, read = desk.edition.catalogue, _columns(desk)
    products, sets, makers = read["products"], read["sets"], read["producers"]
    expected, found = {}, {}
    for id_, entry in catalogue.products.items():
        record, kind = entry.record, catalogue.producers[entry.record.producer].record.kind
        issued = catalogue.standings[id_].certification.issued
        expected[desk.routes.product(id_)] = (
            record.set,
            catalogue.kinds[record.set].sector.id,
            kind or "",
            f"{issued.first:%Y%m}" if issued else "0",
            record.season,
            record.price.min if record.price else 0,
            catalogue.standings[id_].status.value,
        )

    for at, url in enumerate(products["url"]):
        kind = makers["kind"][products["producer"][at]]
        found[url] = (
            sets["id"][products["set"][at]],
            read["sectors"]["id"][sets["sector"][products["set"][at]]],
            read["kinds"]["id"][kind] if kind >= 0 else "",
            str(products["issued"][at]),
            tuple(month for month in range(1, 13) if products["months"][at] >> month - 1 & 1),
            products["price"][at],
            products["status"][at],
        )

    assert expected == found


def test_places_and_makers_count_the_products_that_carry_stars(desk: Desk) -> None:
    read = _columns(desk)
    products, places, makers = read["products"], read["places"], read["producers"]
    starred = [at for at, star in enumerate(products["star"]) if star]

    recount = Counter(place for at in starred for place in homes_of(read, at))
    by_maker = Counter(products["producer"][at] for at in starred)

    assert [recount[at] for at in range(len(places["name"]))] == places["count"]
    assert [by_maker[at] for at in range(len(makers["name"]))] == makers["count"]


def test_a_place_is_known_by_the_communes_it_was_formed_from(catalogue: Catalogue) -> None:
    places = _columns(_desk(catalogue))["places"]

    former = dict(zip(places["name"], places["former"], strict=True))

    assert "Xã Gia Tân 2" in former["Xã Thống Nhất"]


def test_the_name_in_the_other_language_is_there(catalogue: Catalogue) -> None:
    products = _columns(_desk(catalogue))["products"]

    others = dict(zip(products["name"], products["others"]["en"], strict=True))

    assert others["Sô cô la sữa"] == "Milk chocolate"


def test_nobodys_contact_is_told(desk: Desk) -> None:
    makers = desk.edition.catalogue.producers.values()
    contacts = {
        str(each)
        for maker in makers
        for each in (*maker.record.phone, maker.record.email, maker.record.website)
        if each
    }

    told = catalogue_file(Press(desk))[1].decode() + "".join(
        feed(desk.edition, desk.routes).values()
    )

    assert [contact for contact in contacts if contact in told] == []


def test_the_catalogue_file_is_named_after_what_it_says(catalogue: Catalogue) -> None:
    first, again = (catalogue_file(Press(_desk(catalogue))) for _ in range(2))
    other = catalogue_file(Press(_desk(catalogue, base="/thu/")))

    assert first == again
    assert first[0] != other[0]


def test_the_pointer_names_the_newest_files_below_the_base_path(catalogue: Catalogue) -> None:
    desk = _desk(catalogue, base="/thu/")

    path, content = pointer_file(desk, "search/catalogue.vi.json", "search/vi-1")

    assert path == "search.vi.json"
    assert orjson.loads(content) == {
        "reader": "/thu/js/finding.0.js",
        "catalogue": "/thu/search/catalogue.vi.json",
        "bundle": "/thu/search/vi-1/",
        "words": {"none": "Không có gì", "then": "{name} cũ"},
    }


def test_every_product_and_text_is_told_to_pagefind(desk: Desk) -> None:
    catalogue = desk.edition.catalogue

    told = feed(desk.edition, desk.routes)

    texts = {id_ for id_, _ in catalogue.pages}
    assert len(told) == len(catalogue.products) + len(texts)
    assert {desk.routes.product(id_) for id_ in catalogue.products} <= set(told)


def test_pagefind_gets_no_letter_that_it_cannot_fold(desk: Desk) -> None:
    told = "".join(feed(desk.edition, desk.routes).values())

    assert not set("đĐ") & set(told)
    assert unicodedata.is_normalized("NFC", told)


def test_the_feed_has_one_way_of_placing_tones(catalogue: Catalogue) -> None:
    told = "".join(feed(_desk(catalogue).edition, _desk(catalogue).routes).values())

    assert "hoà " not in told
    assert "Hòa" in told


def test_a_page_of_the_feed_carries_its_address_and_its_other_name(catalogue: Catalogue) -> None:
    desk = _desk(catalogue)
    url = desk.routes.product("so-co-la-sua")

    page = feed(desk.edition, desk.routes)[url]

    assert f'data-pagefind-meta="url:{url}"' in page
    assert '<p data-pagefind-meta="alt">Milk chocolate</p>' in page


def test_of_very_many_products_only_the_beginnings_of_stories_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = feed(desk.edition, desk.routes)
    monkeypatch.setattr("ocopgen.pages.gist.MANY", 1)

    lean = feed(desk.edition, desk.routes)

    id_, story = _longest(desk)
    first, last = story.split()[:30], story.split()[-3:]
    page = lean[desk.routes.product(id_)]
    assert lean.keys() == whole.keys()
    assert sum(map(len, lean.values())) < sum(map(len, whole.values()))
    assert " ".join(first[:3]) in unescape(page).replace("ḏ", "đ").replace("Ḏ", "Đ")
    assert " ".join(last) not in unescape(page).replace("ḏ", "đ")


def _longest(desk: Desk) -> tuple[str, str]:
    """Return the product with the longest story, and that."""
    stories = [
        (id_, story.prose.plain)
        for id_ in desk.edition.catalogue.products
        if (story := desk.edition.story(id_))
    ]
    return max(stories, key=lambda each: len(each[1]))

"""Views: true counts, stars only where they are due, and both languages side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from urllib.parse import unquote

import orjson
import pytest
from msgspec import Struct
from msgspec.structs import asdict, replace

from ocopgen.base.digest import digest
from ocopgen.base.text import sort_key
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.lifecycle import Standing, Status
from ocopgen.pages.views import Desk, Page, feed_pages, pages
from ocopgen.pages.views.home import HomePage
from ocopgen.pages.views.lists import ListPage
from ocopgen.pages.views.parts import Card, Count
from ocopgen.pages.views.places import PlacesPage
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import ProducerPage, ProducersPage
from ocopgen.pages.views.product import ProductPage
from ocopgen.pages.views.sectors import SectorsPage

V = TypeVar("V")


@pytest.fixture
def made(desk: Desk) -> list[Page]:
    """Return every page of one edition."""
    return list(pages(Press(desk)))


def _of(made: Iterable[Page], kind: type[V]) -> list[V]:
    return [page.view for page in made if isinstance(page.view, kind)]


def _product(made: Iterable[Page], id_: str) -> ProductPage:
    return next(view for view in _of(made, ProductPage) if view.id == id_)


def _starred(catalogue: Catalogue) -> dict[str, Standing]:
    return {id_: each for id_, each in catalogue.standings.items() if each.status.starred}


def _listed(made: Iterable[Page], url: str) -> list[Card]:
    """Return the cards of all parts of the list that begins at *url*."""
    parts = [
        v for v in _of(made, ListPage) if v.head.canonical.split(".example")[1].startswith(url)
    ]
    return [card for part in parts for group in part.stars for card in group.cards]


def test_a_template_is_always_filled_with_views_of_one_kind(desk: Desk) -> None:
    """Pages are named by template and by what their view says, not by what kind of view it is."""
    press, kinds = Press(desk), defaultdict[str, set[type[Any]]](set)
    for page in (*pages(press), *feed_pages(press)):
        kinds[page.template].add(type(page.view))

    assert len(kinds) > 20
    assert not {template: found for template, found in kinds.items() if len(found) > 1}


def test_every_view_is_plain(made: list[Page]) -> None:
    for page in made:
        assert digest(page.view)


def test_no_two_pages_lie_at_one_path_or_say_the_same_of_themselves(made: list[Page]) -> None:
    for values in (
        [page.path for page in made],
        [page.view.head.title for page in made],
        [page.view.head.description for page in made],
    ):
        assert max(Counter(values).values()) == 1


def _told(page: Page) -> tuple[object, ...]:
    """Return all that is told of *page* without a look at its view."""
    return page.path, page.template, page.origin, page.code, page.name


def test_views_are_the_same_each_time(desk: Desk, made: list[Page]) -> None:
    again = list(pages(Press(desk)))

    assert list(map(_told, made)) == list(map(_told, again))
    assert [page.view for page in made] == [page.view for page in again]


def test_every_page_exists_in_every_language(desks: list[Desk]) -> None:
    editions = [list(pages(Press(desk))) for desk in desks]
    told = [
        {tuple(each.absolute for each in page.view.head.alternates) for page in made}
        for made in editions
    ]
    own = [
        {page.view.head.canonical for page in made if page.view.head.listed} for made in editions
    ]

    assert told[0] == told[1]
    for place, addresses in enumerate(own):
        # A page that is not translated gives the address of the first language as its own.
        assert addresses <= {each for told_of in told[0] for each in (told_of[place], told_of[0])}


def test_the_list_of_all_holds_each_starred_product_once_in_order(
    desk: Desk, made: list[Page]
) -> None:
    catalogue = desk.edition.catalogue
    cards = _listed(made, desk.routes.products)

    assert sorted(_starred(catalogue)) == sorted(card.id for card in cards)
    assert cards == sorted(cards, key=lambda card: (-card.star, sort_key(card.name.text)))


def test_every_count_equals_a_recount(desk: Desk, made: list[Page]) -> None:
    expected: Counter[str] = Counter()
    catalogue, routes = desk.edition.catalogue, desk.routes
    for id_ in _starred(catalogue):
        product = catalogue.products[id_].record
        kind = catalogue.kinds[product.set]
        district = catalogue.map.district_of(product.commune, product.district)
        expected[routes.set(product.set)] += 1
        expected[routes.group(kind.group.id)] += 1
        expected[routes.sector(kind.sector.id)] += 1
        expected[routes.star(catalogue.standings[id_].star)] += 1
        if product.commune:
            expected[routes.commune(product.commune)] += 1
        if district:
            expected[routes.district(district)] += 1

    counts = list(_counts([page.view for page in made]))

    assert counts
    for count in counts:
        assert count.count == expected[count.url] if count.url else count.count == 0


def _spelt(view: object) -> bytes:
    return orjson.dumps(view, default=asdict)


def _counts(value: Any) -> Iterable[Count]:  # noqa: ANN401 - any part of a view
    if isinstance(value, Count):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _counts(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _counts(getattr(value, name))


def test_a_list_holds_as_many_as_it_says(desk: Desk, made: list[Page]) -> None:
    for view in _of(made, ListPage):
        start = view.head.canonical.split(".example")[1].split(
            f"{desk.routes.language.paths['pages']}/"
        )[0]
        number = len(_listed(made, start))

        assert view.count == desk.t("count.products", count=number, number=number)
        assert sum(len(group.cards) for group in view.stars) <= desk.edition.catalogue.site.per_page


def test_stars_are_shown_exactly_while_the_status_allows(desk: Desk, made: list[Page]) -> None:
    for view in _of(made, ProductPage):
        standing = desk.edition.catalogue.standings[view.id]

        assert view.mark.star == (standing.star if standing.status.starred else 0)
        assert view.mark.lapsed == (not standing.status.starred)
        assert view.mark.state
        assert view.mark.told


def test_a_lapsed_product_is_only_where_it_belongs(desk: Desk, made: list[Page]) -> None:
    catalogue = desk.edition.catalogue
    lapsed = set(catalogue.products) - set(_starred(catalogue))
    assert lapsed

    home = _of(made, HomePage)[0]
    starred = [group.cards for view in _of(made, ListPage) for group in view.stars]
    others = [shelf.cards for view in _of(made, ProductPage) for shelf in view.others]
    producers = [group.cards for view in _of(made, ProducerPage) for group in view.stars]

    shown = {card.id for cards in (home.best, *starred, *others, *producers) for card in cards}
    assert not shown & lapsed
    formerly = {card.id for view in _of(made, ProducerPage) for card in view.former}
    assert formerly == lapsed


def test_an_undated_certificate_says_so_beside_its_stars(desk: Desk, made: list[Page]) -> None:
    undated = [
        id_
        for id_, each in desk.edition.catalogue.standings.items()
        if each.status is Status.UNDATED
    ]
    assert undated

    for id_ in undated:
        worth = _product(made, id_).mark
        assert worth.star
        assert worth.state == desk.t("state.undated")
        assert worth.note == desk.t("note.undated")


def test_places_and_kinds_without_products_get_no_page(desk: Desk, made: list[Page]) -> None:
    catalogue, paths = desk.edition.catalogue, {page.path for page in made}
    used = {entry.record.commune for entry in catalogue.products.values()}

    for id_ in catalogue.map.communes:
        path = desk.routes.file(desk.routes.commune(id_))
        assert (path in paths) == (id_ in used)


def test_every_link_of_an_index_leads_to_a_page(desk: Desk, made: list[Page]) -> None:
    paths = {page.path for page in made}
    site = made[0].view.site
    urls = [entry.url for entry in (*site.menu, *site.lists, *site.texts)]
    urls += [count.url for page in made for count in _counts(page.view) if count.url]
    urls += [card.url for card in _cards([page.view for page in made])]

    for url in urls:
        assert desk.routes.file(url.split("#")[0]) in paths, url


def _cards(value: Any) -> Iterable[Card]:  # noqa: ANN401 - any part of a view
    if isinstance(value, Card):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _cards(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _cards(getattr(value, name))


def test_previous_and_next_walk_through_the_set_by_name(desk: Desk, made: list[Page]) -> None:
    by_url = {desk.routes.product(view.id): view for view in _of(made, ProductPage)}
    for view in by_url.values():
        if view.next:
            after = by_url[view.next.url]
            assert after.previous
            assert after.previous.url == desk.routes.product(view.id)
            assert sort_key(view.name.text) <= sort_key(after.name.text)


def test_a_product_is_not_offered_beside_itself(made: list[Page]) -> None:
    for view in _of(made, ProductPage):
        ids = [card.id for shelf in view.others for card in shelf.cards]
        assert view.id not in ids
        assert len(ids) == len(set(ids))


def test_what_is_not_translated_is_marked_with_its_language(desks: list[Desk]) -> None:
    first, second = desks
    made = list(pages(Press(second)))
    code = first.routes.language.code
    for view in _of(made, ProductPage):
        record = second.edition.catalogue.products[view.id].record
        own = record.name.get(second.routes.language.code)
        assert view.name.lang == ("" if own else code)


def test_producers_stand_by_letter_in_their_languages_order(desk: Desk, made: list[Page]) -> None:
    index = _of(made, ProducersPage)
    rows = [row for part in index for letter in part.letters for row in letter.rows]
    letters = [letter.letter for part in index for letter in part.letters]

    assert len(rows) == len(
        {entry.record.producer for entry in desk.edition.catalogue.products.values()}
    )
    assert letters == sorted(set(letters), key=sort_key)


def test_a_producer_stands_under_its_proper_name(desks: list[Desk]) -> None:
    under = []
    for desk in desks:
        index = _of(pages(Press(desk)), ProducersPage)
        under.append([each.letter for part in index for each in part.letters for _ in each.rows])

    assert under == [["B", "C", "Ô", "V"], ["B", "E", "M", "U"]]


def test_every_district_and_sector_is_named_in_its_index(desk: Desk, made: list[Page]) -> None:
    catalogue = desk.edition.catalogue

    assert len(_of(made, PlacesPage)[0].districts) == len(catalogue.map.districts)
    assert len(_of(made, SectorsPage)[0].sectors) == len(catalogue.sectors)


def test_the_frame_does_not_change_with_the_day_or_the_products(desk: Desk) -> None:
    catalogue = desk.edition.catalogue
    products = dict(list(catalogue.products.items())[1:])
    standings = {id_: catalogue.standings[id_] for id_ in products}
    other = replace(catalogue, day=date(2026, 12, 24), products=products, standings=standings)
    changed = replace(desk, edition=replace(desk.edition, catalogue=other))

    assert Press(desk).site == Press(changed).site


def test_only_three_pages_tell_the_day(desk: Desk, made: list[Page]) -> None:
    day = Press(desk).formats.day(desk.edition.catalogue.day)

    assert [page.path for page in made if day.encode() in _spelt(page.view)] == [
        desk.routes.file(desk.routes.home),
        desk.routes.file(desk.routes.figures),
        desk.routes.file(desk.routes.data),
    ]


def _edited(desk: Desk, id_: str, **changes: object) -> Desk:
    """Return *desk* with *changes* made to the record of the product *id_*."""
    catalogue = desk.edition.catalogue
    entry = catalogue.products[id_]
    record = replace(entry.record, **changes)
    products = {**catalogue.products, id_: replace(entry, record=record)}
    return replace(
        desk, edition=replace(desk.edition, catalogue=replace(catalogue, products=products))
    )


def _touched(before: Desk, after: Desk) -> set[str]:
    old = {page.path: page.view for page in pages(Press(before))}
    return {page.path for page in pages(Press(after)) if old[page.path] != page.view}


def test_an_edited_summary_touches_the_products_own_page_alone(desk: Desk) -> None:
    for id_ in desk.edition.catalogue.products:
        summary = {each.code: "Khác hẳn" for each in desk.edition.catalogue.site.languages}

        touched = _touched(desk, _edited(desk, id_, summary=summary))

        assert touched == {desk.routes.file(desk.routes.product(id_))}


def test_an_edited_pack_touches_no_list(desk: Desk) -> None:
    id_ = next(iter(desk.edition.catalogue.products))

    touched = _touched(desk, _edited(desk, id_, pack={"vi": "Túi 1 kg"}))

    assert touched == {desk.routes.file(desk.routes.product(id_))}


def test_an_edited_name_touches_only_pages_that_show_it(desk: Desk) -> None:
    for id_, entry in desk.edition.catalogue.products.items():
        url = desk.routes.product(id_)
        name = {code: f"{text} mới" for code, text in entry.record.name.items()}

        touched = _touched(desk, _edited(desk, id_, name=name))

        shown = {page.path for page in pages(Press(desk)) if url.encode() in _spelt(page.view)}
        assert touched <= shown


def test_the_first_page_counts_right(desk: Desk, made: list[Page]) -> None:
    standings = desk.edition.catalogue.standings
    home = _of(made, HomePage)[0]
    expected = Counter(each.star for each in _starred(desk.edition.catalogue).values())

    assert {tally.star: int(tally.count) for tally in home.tallies} == {
        star: expected[star] for star in (5, 4, 3)
    }
    assert int(home.former.count) == len(standings) - expected.total()
    assert sum(count.count.count for count in home.sets) == expected.total()


@pytest.mark.parametrize(
    ("id_", "state", "told"),
    [
        ("banh-la-vi-du", "state.valid", "05/08/2028"),
        ("banh-trang-ten-dai", "state.valid_some_day", "2028"),
        ("keo-nam-tron", "state.renewal_some_day", "2026"),
        ("tra-sen-ba-kin", "state.renewal", "10/01/2027"),
        ("mat-ong-tuong-tuong", "state.extended", "28/01/2027"),
        ("mam-khong-co-that", "state.expired", "15/03/2025"),
        ("non-la-mau", "state.withdrawn", "01/06/2026"),
        ("gom-thu-nghiem", "state.undated", ""),
        ("cha-ha-sao", "state.valid", "05/05/2028"),
    ],
)
def test_each_state_is_told_in_words(desks: list[Desk], id_: str, state: str, told: str) -> None:
    worth = Press(desks[0]).mark(id_)

    assert worth.state.startswith(desks[0].t.entries[state].split("{")[0])
    assert told in worth.told


def test_a_mistake_is_reported_with_the_id_and_the_address_of_the_page(
    made: list[Page], desk: Desk
) -> None:
    for view in _of(made, ProductPage):
        letter = unquote(view.mistake)

        assert f"{view.id}&body=" in letter
        assert Press(desk).absolute(desk.routes.product(view.id)) in letter


def test_a_product_shows_the_map_of_its_place(made: list[Page], desk: Desk) -> None:
    products = desk.edition.catalogue.products
    names = {id_: Press(desk).where(entry.record) for id_, entry in products.items()}

    for view in _of(made, ProductPage):
        assert view.cut
        assert names[view.id].casefold() in view.cut.title.casefold()

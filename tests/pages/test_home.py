"""The first page: what is new, what comes next, how many there are, and where."""

from datetime import date

import pytest
from msgspec.structs import replace

from ocopgen.content.fields import DayOrYear
from ocopgen.content.lifecycle import Standing
from ocopgen.pages.views import Desk
from ocopgen.pages.views.home import home_page
from ocopgen.pages.views.maps import map_page
from ocopgen.pages.views.press import Press


def test_the_first_page_tells_the_latest_certificates_of_a_known_day(desk: Desk) -> None:
    standings = desk.edition.catalogue.standings
    groups = home_page(Press(desk)).fresh
    shown = [card.id for group in groups for card in group.cards]
    days = {id_: issued.day for id_, each in standings.items() if (issued := _issued(each))}
    dated = {id_: day for id_, day in days.items() if day and standings[id_].status.starred}

    assert sorted(dated.values(), reverse=True)[: len(shown)] == [dated[id_] for id_ in shown]
    assert len(shown) == min(len(dated), 4)
    months = [Press(desk).formats.month(dated[group.cards[0].id]) for group in groups]
    assert months == [group.month for group in groups]


def _issued(standing: Standing) -> DayOrYear | None:
    return standing.certification.issued


def test_the_first_page_tells_no_latest_certificate_where_no_day_is_known(desk: Desk) -> None:
    year = DayOrYear(2025, None)
    standings = {
        id_: replace(each, certification=replace(each.certification, issued=year))
        for id_, each in desk.edition.catalogue.standings.items()
    }
    catalogue = replace(desk.edition.catalogue, standings=standings)
    changed = replace(desk, edition=replace(desk.edition, catalogue=catalogue))

    assert home_page(Press(changed)).fresh == ()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 23), (True, ["hoi-lang"])),
        (date(2036, 1, 1), (False, ["hoi-lang", "hoi-cho-nam-ngoai", "chuyen-ban-hang"])),
    ],
    ids=["while one is coming", "when all are over"],
)
def test_the_first_page_tells_the_next_events_else_the_latest(
    desks: list[Desk], day: date, told: tuple[bool, list[str]]
) -> None:
    catalogue = replace(desks[0].edition.catalogue, day=day)
    changed = replace(desks[0], edition=replace(desks[0].edition, catalogue=catalogue))

    shown = home_page(Press(changed)).happenings

    assert shown
    assert told == (shown.coming, [row.name.url.split("/")[-2] for row in shown.rows])


def test_the_first_page_tells_of_no_events_where_there_are_none(desk: Desk) -> None:
    catalogue = replace(desk.edition.catalogue, events={})
    changed = replace(desk, edition=replace(desk.edition, catalogue=catalogue))
    home = home_page(Press(changed))

    assert home.happenings is None
    assert desk.routes.events not in {each.url for each in home.figures}


def test_the_first_page_counts_what_the_lists_hold(desk: Desk) -> None:
    catalogue, routes = desk.edition.catalogue, desk.routes
    starred = [
        catalogue.products[id_].record
        for id_ in [i for i, each in catalogue.standings.items() if each.status.starred]
    ]
    expected = {
        routes.products: len(starred),
        routes.producers: len({each.producer for each in starred}),
        routes.places: len({each.commune for each in starred if each.commune}),
        routes.events: len(catalogue.events),
    }
    told = {each.url: int(each.text.text.split()[0]) for each in home_page(Press(desk)).figures}

    assert expected == {url: told[url] for url in expected}


def test_the_first_page_leads_to_the_map_by_a_drawing_of_the_province(desk: Desk) -> None:
    sketch, large = home_page(Press(desk)).map, map_page(Press(desk))

    assert sketch
    assert large.drawing
    assert large.drawing.marks == sketch.drawing.marks
    assert large.shown == sketch.shown
    assert sketch.drawing.pins == ()

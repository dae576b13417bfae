"""Maps: true distances, lines with fewer bends, and labels that hide nothing."""

import gzip
import random
import time
from math import atan, atan2, cos, dist, hypot, radians, sin, tan

import pytest
from msgspec.structs import replace

from ocopgen.content.boundaries import Boundary
from ocopgen.pages.drawings import Area, Drawing, Place, Point, Scene, draw, projection_for
from ocopgen.pages.drawings.frame import frame_of, graticule, scale_of, window_at, window_round
from ocopgen.pages.drawings.labels import DESK, PHONE, Box, box_of
from ocopgen.pages.drawings.shapes import hull, path, runs, short, simplified
from ocopgen.pages.templates import Templates
from ocopgen.pages.views import Desk
from ocopgen.pages.views.cuts import Here, cut, cut_of, cut_recipe
from ocopgen.pages.views.maps import map_page
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import here_of

SOUTH, WEST, NORTH, EAST = 10.5, 106.3, 12.4, 107.7
"""The bounds of the example's province."""
MOST_WRONG = 0.005


def _geodesic(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Return the kilometres between two places on WGS 84, by Vincenty's inverse formula."""
    a, f = 6378.137, 1 / 298.257223563
    b = a * (1 - f)
    turn = radians(two[1] - one[1])
    u1, u2 = (atan((1 - f) * tan(radians(lat))) for lat in (one[0], two[0]))
    lam = turn
    for _ in range(50):
        sin_s = hypot(cos(u2) * sin(lam), cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lam))
        cos_s = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lam)
        s = atan2(sin_s, cos_s)
        sin_a = cos(u1) * cos(u2) * sin(lam) / sin_s
        squared = 1 - sin_a**2
        middle = cos_s - 2 * sin(u1) * sin(u2) / squared if squared else 0.0
        c = f / 16 * squared * (4 + f * (4 - 3 * squared))
        bent = middle + c * cos_s * (2 * middle**2 - 1)
        lam = turn + (1 - c) * f * sin_a * (s + c * sin_s * bent)
    u = squared * (a**2 - b**2) / b**2
    big = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    small = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    bent = cos_s * (2 * middle**2 - 1)
    bent -= small / 6 * middle * (4 * sin_s**2 - 3) * (4 * middle**2 - 3)
    return b * big * (s - small * sin_s * (middle + small / 4 * bent))


def test_distances_are_true_over_the_whole_province() -> None:
    chance = random.Random(1)  # noqa: S311 - the same places every time
    flat = projection_for([(SOUTH, WEST), (NORTH, EAST)])
    wrong = []
    for _ in range(500):
        one, two = ((chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)) for _ in range(2))
        first, second = flat.point(*one), flat.point(*two)
        drawn = dist((first.x, first.y), (second.x, second.y))
        wrong.append(abs(drawn / _geodesic(one, two) - 1))

    assert max(wrong) < MOST_WRONG / 5


def test_a_point_finds_back_to_its_degrees() -> None:
    flat = projection_for([(SOUTH, WEST), (NORTH, EAST)])
    lat, lon = flat.degrees(flat.point(11.7021, 106.582))

    assert (lat, lon) == pytest.approx((11.7021, 106.582), abs=1e-9)


def test_the_scale_and_the_graticule_are_of_the_same_measure() -> None:
    flat = projection_for([(SOUTH, WEST), (NORTH, EAST)])
    frame = frame_of(window_at(Point(0, 0), 60, 40))
    lines = [line for line in graticule(frame, flat) if not line.north]
    apart = lines[1].at - lines[0].at
    scale = scale_of(frame)

    assert [line.degrees for line in lines][:1] == ["106°45′"]
    assert scale.length / scale.kilometres == pytest.approx(
        apart / _geodesic((11.45, 106.75), (11.45, 107.0)), rel=0.01
    )


def test_a_hull_holds_every_point_and_no_needless_corner() -> None:
    square = [Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4)]

    assert set(hull([*square, Point(2, 2), Point(2, 0)])) == set(square)
    assert hull([Point(1, 1)]) == (Point(1, 1),)


def test_a_simplified_line_keeps_its_ends_and_its_bends() -> None:
    line = [Point(0, 0), Point(1, 0.1), Point(2, 0), Point(3, 5), Point(4, 0)]

    assert simplified(line, 0.5) == (line[0], line[2], line[3], line[4])
    assert simplified([Point(0, 0), Point(3, 4), Point(0, 0)], 1) == (
        Point(0, 0),
        Point(3, 4),
        Point(0, 0),
    )


def test_only_what_is_in_sight_of_a_line_is_drawn() -> None:
    line = [Point(x, 5) for x in (-30, -20, 5, 8, 20, 30, 5)]

    assert list(runs(line, (10, 10))) == [line[1:5], line[5:]]


def test_a_path_is_short() -> None:
    assert path([Point(1.04, 2), Point(3.06, 4)], closed=True) == "M1 2L3.1 4z"
    assert short(-0.04) == 0


def _province(count: int = 95) -> Scene:
    """Return a map of *count* communes, many of them with products."""
    chance = random.Random(7)  # noqa: S311 - the same map every time
    flat = projection_for([(SOUTH, WEST), (NORTH, EAST)])
    places = [
        Place(
            id=f"xa-{number}",
            name=chance.choice(("Bình Phước", "Xuân Lộc", "Đường Mười Mốt", "Tân")),
            title=f"Xã {number}",
            url=f"/xa/{number}/",
            at=flat.point(chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)),
            radius=5,
            count=chance.choice((0, 1, 5, 60)),
            star=chance.choice((3, 4, 5)),
            districts=(f"huyen-{number % 22}",),
        )
        for number in range(count)
    ]
    places.sort(key=lambda each: -each.count)
    areas = [
        Area(f"huyen-{n}", f"Huyện {n}", tuple(each.at for each in places[n::22]))
        for n in range(22)
    ]
    window = window_round([(each.at, each.radius) for each in places], shape=(0.6, 1.5))
    return Scene(flat, window, tuple(places), areas=tuple(areas), most=60)


def _meet(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


@pytest.mark.parametrize(("size", "wide"), [(PHONE, False), (DESK, True)])
def test_no_label_lies_on_another_or_on_a_mark(size: float, wide: bool) -> None:  # noqa: FBT001
    drawing = draw(_province())
    labels = [each for each in drawing.labels if wide or not each.wide]
    boxes = [box_of(each.text, each.anchor, (each.x, each.y), size) for each in labels]
    marks = [
        Box(each.x - each.r, each.y - each.r, each.x + each.r, each.y + each.r)
        for each in drawing.marks
    ]

    met = [
        (labels[at].text, other)
        for at, box in enumerate(boxes)
        for other in (*boxes[:at], *marks)
        # The numbers of a drawing are rounded to a tenth.
        if _meet(replace(box, top=box.top + 0.2, left=box.left + 0.2), other)
    ]

    assert len(labels) > 8
    assert met == []


def test_the_area_of_a_mark_is_in_proportion_to_its_products() -> None:
    scene = _province()
    counts = {each.id: each.count for each in scene.places}

    ratios = [mark.r**2 / counts[mark.id] for mark in draw(scene).marks]

    assert max(ratios) / min(ratios) == pytest.approx(1, abs=0.01)


def test_a_map_is_drawn_while_nobody_waits() -> None:
    scene = _province()
    began = time.perf_counter()
    draw(scene)

    assert time.perf_counter() - began < 0.2


def test_shapes_give_way_to_boundaries_that_name_districts(desk: Desk) -> None:
    line = ((11.0, 107.0), (11.1, 107.1), (11.2, 107.0))
    catalogue = replace(desk.edition.catalogue, boundaries=(Boundary("mau-dong", (line,)),))
    press = Press(replace(desk, edition=replace(desk.edition, catalogue=catalogue)))
    drawing = map_page(press).drawing

    assert drawing
    assert drawing.lines.startswith("M")
    assert drawing.groups == ()


def test_the_table_says_what_the_marks_say(desk: Desk) -> None:
    page = map_page(Press(desk))

    assert page.drawing
    marks = [(f"row-{each.id}", each.url, each.star) for each in page.drawing.marks]
    rows = [(each.id, each.name.url, each.star) for each in page.rows if each.count]

    assert sorted(marks) == sorted(row for row in rows if row in marks)
    assert {row[0] for row in rows} - {mark[0] for mark in marks} == {"row-xa-lang-giua"}


def test_every_pin_leads_to_an_outlet_of_the_table(desk: Desk) -> None:
    page = map_page(Press(desk))
    outlets = {link.url for row in page.rows for link in row.outlets}

    assert page.drawing
    assert page.drawing.pins
    assert {pin.url for pin in page.drawing.pins} == outlets
    assert sorted(pin.exact for pin in page.drawing.pins) == [False, True]


def test_an_outlet_of_which_only_the_commune_is_known_says_so(desk: Desk) -> None:
    catalogue = desk.edition.catalogue
    stall = catalogue.outlets["cho-lang"]
    moved = replace(stall.record, location=None, commune="xa-lang-dong")
    outlets = {"cho-lang": replace(stall, record=moved)}
    edition = replace(desk.edition, catalogue=replace(catalogue, outlets=outlets))
    page = map_page(Press(replace(desk, edition=edition)))

    assert page.drawing
    (pin,) = page.drawing.pins
    assert not pin.exact
    assert pin.url == desk.routes.outlet("cho-lang")
    assert pin.title != desk.edition.say(stall.record.name).text


def test_one_pin_for_several_outlets_leads_to_the_row_that_names_them(desk: Desk) -> None:
    catalogue = desk.edition.catalogue
    stall = catalogue.outlets["cho-lang"]
    moved = replace(stall.record, location=None, commune="xa-lang-dong")
    outlets = {id_: replace(stall, id=id_, record=moved) for id_ in ("cho-lang", "cho-lang-hai")}
    edition = replace(desk.edition, catalogue=replace(catalogue, outlets=outlets))
    page = map_page(Press(replace(desk, edition=edition)))

    assert page.drawing
    assert [pin.url for pin in page.drawing.pins] == ["#row-xa-lang-dong"]
    assert {row.id: len(row.outlets) for row in page.rows}["row-xa-lang-dong"] == 2


def test_a_private_maker_s_shop_is_pinned_to_its_commune_alone(desk: Desk) -> None:
    catalogue = desk.edition.catalogue
    counter = catalogue.outlets["cua-hang-ba-kin"]
    told = catalogue.outlets["cho-lang"].record.location
    record = replace(counter.record, location=told)
    outlets = {"cua-hang-ba-kin": replace(counter, record=record)}
    edition = replace(desk.edition, catalogue=replace(catalogue, outlets=outlets))
    page = map_page(Press(replace(desk, edition=edition)))

    assert page.drawing
    assert [pin.exact for pin in page.drawing.pins] == [False]


def test_a_private_producer_is_never_shown_at_its_own_door(desk: Desk) -> None:
    press = Press(desk)
    producers = press.catalogue.producers
    record = replace(producers["ho-ba-kin"].record, location=producers["htx-vi-du"].record.location)

    assert record.is_private
    assert here_of(press, record).point is None
    assert here_of(press, producers["htx-vi-du"].record).point is not None


def test_a_cut_shows_its_place_and_its_neighbours(desk: Desk) -> None:
    press = Press(desk)
    found = cut(press, commune="xa-lang-dong")

    assert found
    assert found.drawing.ring
    assert "here" in {label.kind for label in found.drawing.labels}
    assert {mark.id for mark in found.drawing.marks} == {"xa-lang-dong", "phuong-lang-tay"}


def test_a_cut_falls_back_to_the_former_district_or_to_nothing(desk: Desk) -> None:
    press = Press(desk)
    whole = cut(press, district="mau-dong")

    assert whole
    assert len(whole.drawing.groups) == 1
    assert cut(press, commune="xa-lang-giua") is None
    assert cut_of(press, Here()) is None
    assert cut_recipe(press, None) is None


def test_a_cut_of_a_point_names_it(desk: Desk) -> None:
    found = cut(Press(desk), point=(11.12, 107.12), title="Chợ")

    assert found
    assert found.drawing.spot
    assert "Chợ" in {label.text for label in found.drawing.labels}


def test_a_large_map_stays_small_on_its_way(templates: Templates, desks: list[Desk]) -> None:
    page = map_page(Press(desks[0]))
    drawing: Drawing = draw(_province())
    full = replace(page, drawing=drawing)

    made = templates.render("pages/map.html", full, desks[0].edition.language.code)

    assert len(gzip.compress(made)) < 30_000

"""Where lines lie is known by their names, and the last one of a name counts."""

import pytest

from ocopgen.base.places import Places, read_place


def test_lines_lie_one_after_the_other() -> None:
    places = Places()
    places.add([b"a", b"bb"], 100, [5, 2**32 - 1], [7, 2**32 - 1])
    places.add([], 9, [], [])
    places.add([b"c"], 2**40, [1], [0])

    found = {name: places.find(name) for name in (b"a", b"bb", b"c", b"d")}

    assert {name: place and read_place(place) for name, place in found.items()} == {
        b"a": (100, 5, 7),
        b"bb": (105, 2**32 - 1, 2**32 - 1),
        b"c": (2**40, 1, 0),
        b"d": None,
    }
    assert set(places) == {b"a", b"bb", b"c"}
    assert len(places) == 3
    assert b"a" in places
    assert b"d" not in places


def test_a_later_line_takes_the_place_of_an_earlier_one() -> None:
    places = Places()
    places.add([b"a", b"b"], 0, [10, 20], [1, 2])
    whole = places.bytes_of_use()

    places.add([b"a"], 50, [30], [3])

    place = places.find(b"a")
    assert place is not None
    assert read_place(place) == (50, 30, 3)
    assert len(places) == 2
    assert places.bytes_of_use() == whole + 20


@pytest.mark.parametrize(("sizes", "checks"), [([1], [1, 2]), ([1, 2], [1]), ([1], [1])])
def test_numbers_that_do_not_fit_the_names_are_refused(sizes: list[int], checks: list[int]) -> None:
    places = Places()

    with pytest.raises(ValueError, match="names"):
        places.add([b"a", b"b"], 0, sizes, checks)

    assert len(places) == 0
    assert places.find(b"a") is None

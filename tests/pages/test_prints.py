"""Photos for paper: cut evenly, as fine as paper shows them, and never finer than they are."""

from io import BytesIO

import pytest
from PIL import Image

from ocopgen.pages.prints import Cutting, cut, fineness, key, wrapped


def _photo(width: int, height: int) -> bytes:
    """Return a photo of which the upper half is red and the lower one blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, height // 2, width, height))
    file = BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


def _cut(photo: bytes, wide: float, high: float) -> Image.Image:
    return Image.open(BytesIO(cut(photo, Cutting("x.jpg", "d", wide, high), 84)))


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (2400, 2400), (6000, 1500)])
def test_a_photo_has_300_dots_to_an_inch_and_the_shape_that_was_asked_for(
    size: tuple[int, int],
) -> None:
    made = _cut(_photo(*size), 60, 75)

    assert made.size == (709, 886)
    assert made.mode == "RGB"


def test_a_small_photo_is_cut_but_not_blown_up() -> None:
    made = _cut(_photo(400, 400), 105, 131.25)

    assert made.height == 400
    assert made.width / made.height == pytest.approx(0.8, abs=0.01)


def test_what_is_cut_off_is_more_of_the_bottom_than_of_the_top() -> None:
    made = _cut(_photo(1600, 2000), 210, 168)
    middle = [made.getpixel((made.width // 2, y)) for y in range(made.height)]
    red = sum(isinstance(each, tuple) and each[0] > each[2] for each in middle)

    assert 0.5 < red / made.height < 0.6


def test_many_photos_are_pressed_harder_than_few() -> None:
    one = Cutting("x.jpg", "d", 105, 131.25)

    assert fineness([one]) == 84
    assert fineness([one] * 150) < fineness([one] * 60) < 84.1
    assert fineness([one] * 10_000) == 52


def test_a_photo_goes_into_the_file_as_it_is() -> None:
    photo, one = _photo(10, 10), Cutting("x.jpg", "d", 60, 75)
    svg = wrapped(photo, one).decode()

    assert 'width="60" height="75"' in svg
    assert key(one, 84, "c") != key(one, 76, "c")

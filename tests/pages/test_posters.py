"""Posters: what stands on them, that it fits, and that they are the same on every machine."""

import io
import random
import unicodedata
from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageOps

from ocopgen.content.catalogue import Catalogue
from ocopgen.content.load import Entry
from ocopgen.content.records import Product
from ocopgen.pages.lettering import fitted
from ocopgen.pages.painting import (
    LEADING,
    LEFT,
    MOST_BYTES,
    PICTURE,
    RIGHT,
    painted,
    picture_of,
    title_of,
)
from ocopgen.pages.posters import FACES, VERSION, Poster, Shot, address, key, name
from ocopgen.pages.theme import Theme
from ocopgen.pages.views import Desk, Press
from ocopgen.pages.views.posters import product_poster, site_poster, told

ORIENTATION, TURNED = 0x0112, 6
"""The tag of EXIF, and the value for a camera that was held upright."""
CAKE, HAT, TEA = "banh-la-vi-du", "non-la-mau", "tra-sen-ba-kin"
HONEY = Poster(
    title="Mật ong rừng Ữ Ẩm",
    site="Sản vật",
    star=4,
    worth="4 sao",
    state="Còn hiệu lực đến 08/2028",
    foot=("Hợp tác xã", "Xã Ví Dụ"),
)
LAPSED = replace(HONEY, star=0, worth="", state="Chứng nhận đã hết hạn")
LONG = (
    "Thực phẩm bảo vệ sức khỏe đông trùng hạ thảo Phúc Hưng Long thượng hạng hộp quà Tết",
    "Mật",
    "Ẩm thực Ễnh ương Ữ Ỵ " * 12,
    "Siêuthựcphẩmviếtliềnmộtmạchkhôngcóchỗnàođểxuốngdòngcảdàiđếnvôcùng",
    unicodedata.normalize("NFD", "Bưởiđườnglácamngọtnướcnhấtvùng") * 4,
)


@pytest.fixture(scope="session")
def files(theme: Theme) -> dict[str, Path]:
    """Return the files of the theme by their names."""
    return dict(theme.files("assets"))


# --- What stands on them ---------------------------------------------------------------------


def _poster(press: Press, entry: Entry[Product]) -> Poster:
    poster = product_poster(press, entry)
    assert poster
    return poster


def _site_poster(desk: Desk) -> Poster:
    poster = site_poster(desk)
    assert poster
    return poster


def test_a_poster_tells_the_name_the_stars_the_maker_and_the_place(desks: list[Desk]) -> None:
    press = Press(desks[0])

    poster = _poster(press, press.catalogue.products[CAKE])

    assert poster.title == "Bánh lá Ví Dụ"
    assert (poster.star, poster.worth) == (4, "4 sao")
    assert poster.state == press.mark(CAKE).state
    assert len(poster.foot) == 2
    assert poster.site == press.site.title
    assert told(poster).startswith("Bánh lá Ví Dụ, 4 sao, ")


def test_a_poster_says_no_this_year_since_it_is_shown_for_years(desk: Desk) -> None:
    press = Press(desk)
    ids = press.catalogue.products

    said = {_poster(press, ids[id_]).state: press.mark(id_) for id_ in ids}

    assert any(mark.note and not mark.lapsed for mark in said.values())
    for state, mark in said.items():
        assert state == mark.state if mark.lapsed or not mark.note else state[1:] == mark.note[1:]


def test_what_has_lapsed_has_no_star_and_says_so(desk: Desk) -> None:
    press = Press(desk)

    poster = _poster(press, press.catalogue.products[HAT])

    assert (poster.star, poster.worth) == (0, "")
    assert poster.state == press.mark(HAT).state
    assert poster.state in told(poster)


def test_the_first_photo_stands_on_it_else_the_drawing_of_the_sector(desk: Desk) -> None:
    press = Press(desk)

    cake, tea = (_poster(press, press.catalogue.products[id_]) for id_ in (CAKE, TEA))

    assert cake.shot
    assert cake.shot.path == f"content/products/{CAKE}/khay-banh.jpg"
    assert (tea.shot, tea.drawing) == (None, "sectors/food.webp")


def test_pages_without_a_product_share_one_poster_a_language(
    catalogue: Catalogue, desks: list[Desk]
) -> None:
    posters = [_site_poster(desk) for desk in desks]

    assert [each.title for each in posters] == [*catalogue.site.title.values()]
    assert len({name(each) for each in posters}) == len(desks)


@pytest.mark.parametrize(
    "changed",
    [
        replace(HONEY, title="Mật ong"),
        replace(HONEY, star=5),
        replace(HONEY, state="Được gia hạn"),
        replace(HONEY, foot=("Hợp tác xã",)),
        replace(HONEY, shot=Shot("a.jpg", "1")),
        replace(HONEY, made_with=("fonts/grenze-600.1.woff2",)),
        LAPSED,
    ],
)
def test_its_name_changes_with_what_it_shows(changed: Poster) -> None:
    assert address(name(changed)) != address(name(HONEY))
    assert key(name(changed), "1") != key(name(HONEY), "1") != key(name(HONEY), "2")


def test_a_name_stays_the_same_for_good() -> None:
    """It is a part of the address that others pass on."""
    shot = Shot("content/a.jpg", "2" * 32)
    foot = ("Hợp tác xã", "Xã")
    poster = Poster(
        "Mật ong", "Sản vật", 4, "4 sao", "Còn hiệu lực", foot, shot, made_with=("a.woff2",)
    )

    assert VERSION == 1
    assert name(poster) == "911e3400d274c134431d2ba36c49988c"


# --- How they are painted --------------------------------------------------------------------


def test_a_poster_is_a_jpeg_of_the_size_that_is_told(files: dict[str, Path]) -> None:
    image = Image.open(io.BytesIO(painted(HONEY, files, None)))

    assert (image.format, image.size) == ("JPEG", (1200, 630))


def test_the_same_poster_has_the_same_bytes(files: dict[str, Path]) -> None:
    photo = picture_of(_photo(800, 600))

    assert painted(HONEY, files, photo) == painted(HONEY, files, photo.copy())


def test_even_the_busiest_photo_makes_no_large_file(files: dict[str, Path]) -> None:
    chance = random.Random(1)  # noqa: S311 - the same grain every time is the point
    grain = Image.frombytes("RGB", PICTURE, chance.randbytes(3 * PICTURE[0] * PICTURE[1]))

    assert len(painted(HONEY, files, grain)) <= MOST_BYTES


@pytest.mark.parametrize("star", [3, 4, 5])
def test_as_many_stars_are_gold_as_were_earned(files: dict[str, Path], star: int) -> None:
    assert _golden(painted(replace(HONEY, star=star), files, None)) == star


def test_a_lapsed_one_has_neither_gold_nor_colours(files: dict[str, Path]) -> None:
    poster = painted(LAPSED, files, picture_of(_photo(400, 500)))

    left = Image.open(io.BytesIO(poster)).crop((0, 0, PICTURE[0] - 8, PICTURE[1]))
    assert _golden(poster) == 0
    # What is left of colour comes of the JPEG's own rounding.
    assert max(left.convert("HSV").getchannel("S").tobytes()) < 12


@pytest.mark.parametrize("size", [(400, 500), (2000, 300), (30, 40), (630, 1200)])
def test_any_photo_fills_its_place(size: tuple[int, int]) -> None:
    assert picture_of(_photo(*size)).size == PICTURE


def test_a_photo_stands_upright() -> None:
    lying = Image.new("RGB", (800, 600), "white")
    lying.paste((0, 0, 255), (0, 0, 800, 300))
    file, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = TURNED
    lying.save(file, "JPEG", exif=exif)

    picture = picture_of(file.getvalue())

    left, right = picture.crop((0, 0, 200, 630)), picture.crop((304, 0, 504, 630))
    assert min(left.getchannel("R").tobytes()) > 240
    assert max(right.getchannel("R").tobytes()) < 15


# --- Words that fit --------------------------------------------------------------------------


@pytest.mark.parametrize("title", LONG)
def test_the_longest_title_stays_in_its_place(files: dict[str, Path], title: str) -> None:
    setting = title_of(replace(HONEY, title=title), files[FACES[0]])

    boxes = [setting.font.getbbox(line) for line in setting.lines]
    assert 1 <= len(setting.lines) <= 3
    assert max(right for _, _, right, _ in boxes) <= RIGHT - LEFT
    # Marks above never reach the line above them, nor marks below the one below.
    assert max(bottom - top for _, top, _, bottom in boxes) <= setting.font.size * LEADING
    assert not any(unicodedata.combining(line[0]) for line in setting.lines)


def test_no_word_is_lost_while_there_is_room(files: dict[str, Path]) -> None:
    setting = fitted(LONG[0], files[FACES[0]], (48, 42), (600, 3))

    assert " ".join(setting.lines) == LONG[0]


def test_what_is_far_too_long_ends_in_dots(files: dict[str, Path]) -> None:
    setting = fitted(LONG[2], files[FACES[1]], (26, 22), (600, 1))

    assert len(setting.lines) == 1
    assert setting.lines[0].endswith("…")


def test_lines_are_about_equally_long(files: dict[str, Path]) -> None:
    setting = fitted("Bột ca cao nguyên chất Trọng Đức", files[FACES[0]], (84,), (600, 3))

    lengths = [setting.font.getlength(line) for line in setting.lines]
    assert min(lengths) > 0.5 * max(lengths)


def test_the_typefaces_know_every_vietnamese_letter(files: dict[str, Path]) -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵỲỶỸÝỴ"

    for face in FACES:
        font = fitted("Â", files[face], (40,), (600, 1)).font
        nothing = bytes(font.getmask("\uffff"))
        assert [each for each in letters if bytes(font.getmask(each)) == nothing] == []


def _golden(poster: bytes) -> int:
    """Return how many stars of gold stand beside each other on *poster*."""
    image = Image.open(io.BytesIO(poster)).crop((LEFT, 112, RIGHT, 560))
    # Gold has little blue and much red; ink has little of both, paper much.
    red, _, blue = image.split()
    gold = ImageChops.subtract(red, blue).point(lambda value: 255 * (value > 90))
    columns = [gold.crop((x, 0, x + 1, gold.height)).getbbox() for x in range(gold.width)]
    return sum(1 for shines, _ in groupby(columns, bool) if shines)


def _photo(width: int, height: int) -> bytes:
    """Return a photo in strong colours."""
    file, shades = io.BytesIO(), Image.linear_gradient("L").resize((width, height))
    ImageOps.colorize(shades, "red", "green").save(file, "PNG")
    return file.getvalue()

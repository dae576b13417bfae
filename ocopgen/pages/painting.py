"""Paint posters: a picture on the left, the words on the right."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from ocopgen.pages.lettering import Setting, face, fitted
from ocopgen.pages.photos import kind_of
from ocopgen.pages.pixels import QUICK, on_paper, opened, plain, upright_size
from ocopgen.pages.posters import FACES, HEIGHT, WIDTH, Poster

PICTURE = (504, HEIGHT)
"""The size of the picture, upright as everywhere: four to five."""
LEFT, RIGHT = PICTURE[0] + 56, WIDTH - 48
"""Between which the words stand."""
MOST_BYTES = 120_000
"""Some of those who show posters take no larger ones."""

_PAPER, _INK, _INK_2 = "#fcfcf9", "#1d1a17", "#575148"
_RED, _GOLD, _DOT = "#a3211a", "#b07a08", "#8b857a"
_QUALITIES = (82, 70, 55, 40, 25)
_FINE = 4
"""How much larger marks are drawn than shown, so that their edges come out smooth."""

_TITLE_SIZES = (92, 84, 76, 68, 60, 54, 48, 42)
_TITLE_ROOM = (RIGHT - LEFT, 3)
LEADING = 1.27
"""Marks above capitals and below letters never touch at this."""
_TITLE_TOP, _TITLE_HEIGHT = 128, 236
_FOOT, _FOOT_STRIDE = HEIGHT - 46, 36
"""Where the last line stands, and how far those above it are from each other."""

_STAR = (
    (10, 0.4), (12.9, 6.6), (19.7, 7.4), (14.7, 12.1), (16, 18.9),
    (10, 15.5), (4, 18.9), (5.3, 12.1), (0.3, 7.4), (7.1, 6.6),
)  # fmt: skip
"""The star mark of the pages, in a square of twenty."""
_HEART = (10, 10.6)
_DOT_SIZE = 2.7
_PLACES, _STRIDE = 5, 24
_CUT_LONG, _CUT_BENT = 7.6, 1.2
_SEAL = ((1.5, 1), (35, 1.8), (34.4, 35), (0.8, 34.2))
"""The block that the seal is cut from, in a square of 36."""


def painted(poster: Poster, assets: Mapping[str, Path], picture: Image.Image | None) -> bytes:
    """Return *poster* as a JPEG file; *picture* is its photo, or none for its drawing.

    *assets* are the files of the theme by their names.
    """
    canvas = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    shown = picture or _drawing(assets.get(poster.drawing))
    if poster.state and not poster.star:
        shown = shown.convert("L").convert("RGB")
    canvas.paste(shown, (0, 0))
    _letter(canvas, poster, [assets[each] for each in FACES])
    return _written(canvas)


def _written(canvas: Image.Image) -> bytes:
    """Return *canvas* as a JPEG file, as good as its size allows."""
    for quality in _QUALITIES:
        file = BytesIO()
        canvas.save(file, "JPEG", quality=quality)
        if len(file.getvalue()) <= MOST_BYTES:
            break
    return file.getvalue()


def picture_of(photo: bytes) -> Image.Image:
    """Return the middle of *photo* in the size of a poster's picture."""
    with opened(BytesIO(photo), kind_of(photo)) as image:
        width, height = upright_size(image)
        scale = max(PICTURE[0] / width, PICTURE[1] / height)
        box = math.ceil(width * scale), math.ceil(height * scale)
        whole = on_paper(plain(image, box, QUICK)).convert("RGB")
    left, top = (box[0] - PICTURE[0]) // 2, (box[1] - PICTURE[1]) // 2
    return whole.crop((left, top, left + PICTURE[0], top + PICTURE[1]))


def title_of(poster: Poster, path: Path) -> Setting:
    """Return how the title of *poster* is set in the typeface at *path*."""
    for start in range(len(_TITLE_SIZES)):
        setting = fitted(poster.title, path, _TITLE_SIZES[start:], _TITLE_ROOM)
        if len(setting.lines) * setting.font.size * LEADING <= _TITLE_HEIGHT:
            break
    return setting


def _letter(canvas: Image.Image, poster: Poster, faces: list[Path]) -> None:
    """Put the words of *poster* on *canvas*, from the top down and from the bottom up."""
    serif, strong, soft = faces
    draw, room = ImageDraw.Draw(canvas), RIGHT - LEFT
    canvas.paste(_seal(46), (LEFT, 44), _seal(46))
    site = fitted(poster.site, strong, (26, 24, 22, 20, 18), (room - 62, 1))
    draw.text((LEFT + 62, 67), site.lines[0], _INK, site.font, anchor="lm")
    draw.rectangle((LEFT, 108, RIGHT, 110), _INK)
    below = _lines(draw, title_of(poster, serif), _TITLE_TOP, _INK) + 28
    if poster.star:
        mark = _stars(poster.star, 36)
        canvas.paste(mark, (LEFT, below), mark)
        words = (LEFT + mark.width + 20, below + 18)
        draw.text(words, poster.worth, _INK, face(strong, 30), anchor="lm")
        draw.text((LEFT, below + 76), poster.state, _INK_2, face(soft, 25), anchor="ls")
    elif poster.state:
        _stamp(draw, poster.state, below, face(strong, 28))
    _foot(draw, poster.foot, (strong, soft))


def _foot(draw: ImageDraw.ImageDraw, said: Sequence[str], faces: tuple[Path, Path]) -> None:
    """Draw what is *said* from the bottom up; the first of it is stronger, and may be longer."""
    strong, soft = faces
    set_ = [
        (
            fitted(
                words, soft if place else strong, (26, 24, 22), (RIGHT - LEFT, 1 if place else 2)
            ),
            place,
        )
        for place, words in enumerate(said)
    ]
    foot = _FOOT
    for setting, place in reversed(set_):
        for line in reversed(setting.lines):
            draw.text((LEFT, foot), line, _INK_2 if place else _INK, setting.font, anchor="ls")
            foot -= _FOOT_STRIDE


def _lines(draw: ImageDraw.ImageDraw, setting: Setting, top: int, ink: str) -> int:
    """Draw the lines of *setting* from *top* down, and return where they end."""
    stride = round(setting.font.size * LEADING)
    for place, line in enumerate(setting.lines):
        draw.text((LEFT, top + place * stride), line, ink, setting.font)
    return top + len(setting.lines) * stride


def _stamp(draw: ImageDraw.ImageDraw, words: str, top: int, font: FreeTypeFont) -> None:
    """Draw *words* light on dark: the sign of a certificate that is worth nothing now."""
    draw.rectangle((LEFT, top, LEFT + 40 + font.getlength(words), top + 56), _INK)
    draw.text((LEFT + 20, top + 28), words, _PAPER, font, anchor="lm")


@lru_cache(maxsize=32)
def _drawing(path: Path | None) -> Image.Image:
    """Return the drawing in the file at *path*; the seal in all its size where there is none."""
    if path:
        return picture_of(path.read_bytes())
    ground = Image.new("RGB", PICTURE, _RED)
    star = _star_alone(340, _PAPER, _RED)
    ground.paste(star, ((PICTURE[0] - star.width) // 2, (PICTURE[1] - star.height) // 2), star)
    return ground


@lru_cache(maxsize=8)
def _stars(earned: int, height: int) -> Image.Image:
    """Return the five places, those that are *earned* filled."""
    scale = height * _FINE / 20
    width = 20 + (_PLACES - 1) * _STRIDE
    mark = Image.new("RGBA", (round(width * scale), height * _FINE))
    draw = ImageDraw.Draw(mark)
    for place in range(_PLACES):
        if place < earned:
            _carve(draw, scale, place * _STRIDE * scale, _GOLD, _PAPER)
        else:
            x, y = (_HEART[0] + place * _STRIDE) * scale, _HEART[1] * scale
            draw.circle((x, y), _DOT_SIZE * scale, _DOT)
    return mark.reduce(_FINE)


def _star_alone(size: int, ink: str, cut: str) -> Image.Image:
    star = Image.new("RGBA", (size * _FINE, size * _FINE))
    _carve(ImageDraw.Draw(star), size * _FINE / 20, 0, ink, cut)
    return star.reduce(_FINE)


def _carve(draw: ImageDraw.ImageDraw, scale: float, left: float, ink: str, cut: str) -> None:
    """Draw one star with its five cuts."""
    draw.polygon([(left + x * scale, y * scale) for x, y in _STAR], ink)
    for turn in range(5):
        along = math.radians(72 * turn - 90)
        draw.polygon([(left + x * scale, y * scale) for x, y in _cut(along)], cut)


def _cut(along: float) -> list[tuple[float, float]]:
    """Return the outline of a cut from the heart of a star in the direction *along*."""
    points = []
    for side in (1, -1):
        for step in range(13)[::side]:
            part = step / 12
            far, off = _CUT_LONG * part, side * 2 * part * (1 - part) * _CUT_BENT
            x = _HEART[0] + far * math.cos(along) - off * math.sin(along)
            y = _HEART[1] + far * math.sin(along) + off * math.cos(along)
            points.append((x, y))
    return points


@lru_cache(maxsize=2)
def _seal(size: int) -> Image.Image:
    """Return the seal of the site."""
    scale = size * _FINE / 36
    seal = Image.new("RGBA", (size * _FINE, size * _FINE))
    ImageDraw.Draw(seal).polygon([(x * scale, y * scale) for x, y in _SEAL], _RED)
    star = _star_alone(round(size * 26 / 36), _PAPER, _RED)
    small = seal.reduce(_FINE)
    small.alpha_composite(star, ((size - star.width) // 2, (size - star.height) // 2))
    return small

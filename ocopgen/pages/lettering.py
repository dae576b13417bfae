"""Set words in a typeface so that they fit: smaller, in more lines, never cut through a mark."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from ocopgen.base.text import letters

_CUT = "…"


class Setting(Struct, frozen=True):
    """Words as they are set."""

    font: FreeTypeFont
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def face(path: Path, size: int) -> FreeTypeFont:
    """Return the typeface in the file at *path* in *size* pixels."""
    # Raqm would ask the system for a library, and set words otherwise where there is none.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fitted(text: str, path: Path, sizes: Sequence[int], room: tuple[int, int]) -> Setting:
    """Return *text* in the largest of *sizes* that takes no more than *room*.

    *room* is how wide a line may be, and how many there may be. What is too long even in the
    smallest size ends in dots.
    """
    width, most = room
    for size in sizes:
        font = face(path, size)
        words = [(word, font.getlength(word)) for word in text.split()]
        lines = _lines(words, font.getlength(" "), width)
        if len(lines) <= most and all(length <= width for _, length in words):
            return Setting(font, tuple(_evened(words, font.getlength(" "), width, len(lines))))
    return _shortened(text, face(path, sizes[-1]), width, most)


def _lines(words: Sequence[tuple[str, float]], space: float, width: float) -> list[str]:
    lines: list[list[str]] = []
    taken = width
    for word, length in words:
        if lines and taken + space + length <= width:
            lines[-1].append(word)
            taken += space + length
        else:
            lines.append([word])
            taken = length
    return [" ".join(line) for line in lines]


def _evened(words: Sequence[tuple[str, float]], space: float, width: int, count: int) -> list[str]:
    """Return *words* in *count* lines that are about equally long."""
    longest = max((length for _, length in words), default=0)
    least = max(longest, width * 0.55)
    step = max(1, round((width - least) / 12))
    narrow = width
    while narrow - step >= least and len(_lines(words, space, narrow - step)) == count:
        narrow -= step
    return _lines(words, space, narrow)


def _shortened(text: str, font: FreeTypeFont, width: int, most: int) -> Setting:
    """Return the beginning of *text* in *most* lines; a word that is too wide goes on below."""
    pieces = [piece for word in text.split() for piece in _pieces(word, font, width)]
    lines = _lines([(piece, font.getlength(piece)) for piece in pieces], font.getlength(" "), width)
    if len(lines) <= most:
        return Setting(font, tuple(lines))
    last = letters(lines[most - 1])
    while last and font.getlength("".join(last).rstrip() + _CUT) > width:
        last.pop()
    return Setting(font, (*lines[: most - 1], "".join(last).rstrip() + _CUT))


def _pieces(word: str, font: FreeTypeFont, width: int) -> Iterator[str]:
    piece = ""
    for letter in letters(word):
        if piece and font.getlength(piece + letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece

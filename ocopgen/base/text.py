"""Spell, fold, sort and shorten words in Vietnamese and English."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import dropwhile

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""Vietnamese alphabetical order, with the Latin letters that it borrows."""

# The five tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng (CLDR, collation "vi").
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_LETTERS = {
    unicodedata.normalize("NFD", letter): chr(0x100 + place)
    for place, letter in enumerate(ALPHABET)
}
_SHORTHAND_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_NUMBER = re.compile(r"\d+")
_MARK = re.compile("[\u0300-\u036f]")
_CLUSTER = re.compile("(?s:.)[\u0300-\u036f]*")
"""A letter with the marks that no code point joins to it."""
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TONE_ON_SECOND = re.compile(r"(?<![qQ])([oOuU])([^\W\d_])(?![^\W\d_])")
_CLUSTERS = {"oa", "oe", "uy"}


def nfc(text: str) -> str:
    """Return *text* with every letter and its marks in one code point where Unicode has one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def written_day(day: date) -> str:
    """Return *day* as people in Vietnam write it: "05/08/2025"."""
    return f"{day:%d/%m/%Y}"


def letters(text: str) -> list[str]:
    """Return the letters of *text*, each with the marks that belong to it."""
    return _CLUSTER.findall(text)


def lowered(text: str) -> str:
    """Return *text* as it stands within a sentence, if it is no name: "Gia vị" as "gia vị"."""
    return text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """Return *text* as it stands alone: "hết hạn" as "Hết hạn"."""
    return text[:1].upper() + text[1:]


def is_id(text: str) -> bool:
    """Tell whether *text* may be a record's id: small letters and digits, words joined by "-"."""
    return _SHORTHAND_ID.fullmatch(text) is not None


def is_device(text: str) -> bool:
    """Tell whether Windows keeps the name *text* for a device, and so opens no file of it."""
    return _DEVICE.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return *text* in small letters and without marks, "đ" as "d": how people type in haste."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d")


def slug(text: str) -> str:
    """Return *text* as an id: "Bưởi Tân Triều" becomes "buoi-tan-trieu"."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[bytes, str]:
    """Return the key by which *text* sorts: letters first, then numbers by size, tones last.

    The marks of letters and tones are in UTF-8, which sorts as text does in half of its memory.
    """
    padded = nfc(_NUMBER.sub(lambda found: found[0].rjust(9, "0"), text.lower()))
    if _MARK.search(padded):
        clusters = _CLUSTER.findall(padded)
        told = "".join((*map(_letter, clusters), "\0", *map(_tone, clusters)))
    else:
        told = f"{padded.translate(_ALL_LETTERS)}\0{padded.translate(_ALL_TONES)}"
    return told.encode("utf-8", "surrogatepass"), text


@cache
def _letter(cluster: str) -> str:
    """Return as which letter a letter with its marks sorts."""
    letter = "".join(c for c in unicodedata.normalize("NFD", cluster) if c not in _TONES)
    return _LETTERS.get(letter) or _LETTERS.get(letter[:1]) or letter[:1]


@cache
def _tone(cluster: str) -> str:
    """Return after which tones a letter with its marks sorts."""
    return str(max(_TONES.find(c) + 1 for c in unicodedata.normalize("NFD", cluster)))


class _Table(dict[int, str]):
    """What each letter becomes, found out when it is met first, as `str.translate` takes it."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> str:
        """Find out what the letter with the number *code* becomes."""
        found = self[code] = self._becomes(chr(code))
        return found


_ALL_LETTERS, _ALL_TONES = _Table(_letter), _Table(_tone)


def toneless(text: str) -> str:
    """Return *text* without its tones: "Ầ" becomes "Â", and "đ" stays."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))


def after(lead: tuple[str, ...], text: str) -> str:
    """Return *text* without the words of *lead* that it begins with, nor small ones after them.

    After "công ty" and "TNHH", "Công ty TNHH điều Hà Mỵ" is "Hà Mỵ". Where it begins with none of
    them, or no word would be left, it is *text*.
    """
    found = _begins_with(lead).match(text)
    rest = text[found.end() :].split() if found else []
    return " ".join(dropwhile(lambda word: word[0].islower(), rest)) or text


@cache
def _begins_with(lead: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, lead), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(longest_first)})(?!\w)\W*)+", re.IGNORECASE)


def one_tone_school(text: str) -> str:
    """Return *text* with the tone of oa, oe and uy on the first vowel: "hoà" becomes "hòa"."""
    return text if text.isascii() else _TONE_ON_SECOND.sub(_move_tone, nfc(text))


@lru_cache(maxsize=65536)
def spelt(name: str) -> str:
    """Return *name* as two people spell it alike: without capitals, in one school of tones."""
    return " ".join(one_tone_school(name).casefold().split())


def _move_tone(found: re.Match[str]) -> str:
    first, second = found[1], unicodedata.normalize("NFD", found[2])
    if len(second) == 1 or second[1:] not in _TONES or (first + second[0]).lower() not in _CLUSTERS:
        return found[0]
    return unicodedata.normalize("NFC", first + second[1:]) + second[0]


def shorten(text: str, length: int) -> str:
    """Return *text* cut at a word so that it holds at most *length* characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that was most likely meant by *word*, or None."""
    from difflib import get_close_matches  # who writes everything right never needs it

    found = get_close_matches(word, tuple(known), n=1, cutoff=0.7)
    return found[0] if found else None

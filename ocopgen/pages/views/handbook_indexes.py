"""The indexes of the printed manual, in the order of its first language."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ocopgen.base.text import nfc, sort_key, toneless
from ocopgen.content.fields import Words
from ocopgen.pages.views.handbook_parts import Index, Letter, Line, Presses, Said, each, said
from ocopgen.pages.views.producers import sorted_by


def indexes(presses: Presses, ids: Sequence[str]) -> tuple[Index, ...]:
    """Return the indexes of the products *ids*, of their producers and of their communes."""
    found = (
        ("products", _products(presses, ids)),
        ("producers", _producers(presses, ids)),
        ("communes", _communes(presses, ids)),
    )
    return tuple(
        Index(said(presses, f"handbook.index.{kind}"), tuple(_letters(lines)))
        for kind, lines in found
        if lines
    )


_QUOTES = "“”‘’«»\"'"

Keyed = list[tuple[tuple[str, str, str], Line]]
"""Lines with what they are sorted by."""


def _products(presses: Presses, ids: Sequence[str]) -> Keyed:
    first = presses[0]
    lines: Keyed = []
    for id_ in ids:
        product = first.catalogue.products[id_].record
        names = _names(presses, product.name)
        line = Line(names, first.producer_link(product.producer).text.text, (id_,))
        lines.append((sort_key(names[0].text.lstrip(_QUOTES)), line))
    return lines


def _producers(presses: Presses, ids: Sequence[str]) -> Keyed:
    first = presses[0]
    own: dict[str, list[str]] = {}
    for id_ in ids:
        own.setdefault(first.catalogue.products[id_].record.producer, []).append(id_)
    lines: Keyed = []
    for maker, made in own.items():
        producer = first.catalogue.producers[maker].record
        line = Line(_names(presses, producer.name), first.where(producer), tuple(made))
        lines.append((sorted_by(first, maker), line))
    return lines


def _communes(presses: Presses, ids: Sequence[str]) -> Keyed:
    first = presses[0]
    own: dict[str, list[str]] = {}
    for id_ in ids:
        commune = first.catalogue.products[id_].record.commune
        if commune:
            own.setdefault(commune, []).append(id_)
    lines: Keyed = []
    for commune, made in own.items():
        names = _commune_names(presses, commune)
        lines.append((sort_key(first.bare(names[0].text)), Line(names, "", tuple(made))))
    return lines


def _names(presses: Presses, words: Words) -> Said:
    return each(presses, lambda press: press.edition.say(words).text)


def _commune_names(presses: Presses, id_: str) -> Said:
    return each(presses, lambda press: press.commune(id_))


def _letters(lines: Iterable[tuple[tuple[str, str, str], Line]]) -> Iterator[Letter]:
    ordered = sorted(lines, key=lambda each: (each[0], each[1].pages))
    for letter, same in groupby(ordered, lambda pair: _initial(pair[0][2])):
        yield Letter(letter, tuple(line for _, line in same))


def _initial(name: str) -> str:
    """Return the letter that *name* begins with, without its tone."""
    letter = toneless(nfc(name)[:1])
    return letter.upper() if letter.isalpha() else "#"

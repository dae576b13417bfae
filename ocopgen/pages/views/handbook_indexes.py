"""The indexes of the printed manual, in the order of its first language."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from ocopgen.base.text import sort_key
from ocopgen.pages.views.handbook_parts import Index, Letter, Line, Presses, each, named, said
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.producers import initial, sorted_by


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

Keyed = list[tuple[tuple[bytes, str], Line]]
"""Lines with what they are sorted by."""


def _products(presses: Presses, ids: Sequence[str]) -> Keyed:
    first = presses[0]
    lines: Keyed = []
    for id_ in ids:
        product = first.catalogue.products[id_].record
        names = named(presses, product.name)
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
        line = Line(named(presses, producer.name), first.where(producer), tuple(made))
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
        names = each(presses, partial(Press.commune, id_=commune))
        lines.append((sort_key(first.bare(names[0].text)), Line(names, "", tuple(made))))
    return lines


def _letters(lines: Iterable[tuple[tuple[bytes, str], Line]]) -> Iterator[Letter]:
    ordered = sorted(lines, key=lambda each: (each[0], each[1].pages))
    for letter, same in groupby(ordered, lambda pair: initial(pair[0][1])):
        yield Letter(letter, tuple(line for _, line in same))

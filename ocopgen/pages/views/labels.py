"""Labels for jars and stalls, and the list of who shows what at an event, for paper."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.records import Event
from ocopgen.content.words import Words
from ocopgen.pages import codes
from ocopgen.pages.views.paging import parts
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.shelves import Board


class Format(Struct, frozen=True):
    """How labels lie on a sheet of A4."""

    name: str
    columns: int
    rows: int

    @property
    def each(self) -> int:
        """Return how many labels a sheet holds."""
        return self.columns * self.rows


FORMATS = {
    each.name: each for each in (Format("3x7", 3, 7), Format("2x7", 2, 7), Format("2x4", 2, 4))
}
"""Sheets that shops sell, by columns and rows; their measures stand in templates/print/."""


class Label(Struct, frozen=True):
    """What is printed for one product, in every language of the catalogue."""

    names: tuple[Phrase, ...]
    star: int
    stars: tuple[Phrase, ...]
    states: tuple[Phrase, ...]
    """Until when it is certified, or what else is to be said of that."""
    maker: Phrase
    address: str
    code: str
    """The QR code, as an element."""


class LabelsPage(Struct, frozen=True):
    """What a file of labels shows."""

    language: str
    title: str
    format: str
    sheets: tuple[Sequence[Label], ...]
    style: str
    """The typefaces, so that one file is all that is needed."""


class Stall(Struct, frozen=True):
    """A producer with what it shows at an event."""

    names: tuple[Phrase, ...]
    places: tuple[Phrase, ...]
    labels: tuple[Label, ...]


class SheetPage(Struct, frozen=True):
    """What the list of an event shows."""

    language: str
    title: str
    names: tuple[Phrase, ...]
    facts: tuple[tuple[Phrase, ...], ...]
    """When and where, each in every language."""
    stalls: tuple[Stall, ...]
    absent: tuple[Phrase, ...]
    """Which products are left out, and why, in every language; empty where none is."""
    style: str


Presses = Sequence[Press]
"""Every edition of a catalogue; the first one leads."""


def labels_page(presses: Presses, ids: Iterable[str], format_: Format, style: str) -> LabelsPage:
    """Return the labels of the products *ids*, which all carry stars, on sheets of *format_*."""
    first = presses[0]
    labels = [label(presses, id_) for id_ in ids]
    return LabelsPage(
        language=first.site.language,
        title=first.t("label.title", site=first.site.title),
        format=format_.name,
        sheets=tuple(parts(labels, format_.each)),
        style=style,
    )


def sheet_page(presses: Presses, event_id: str, shown: Board, style: str) -> SheetPage:
    """Return who shows what at the event *event_id*, if that is *shown*."""
    first, event = presses[0], presses[0].catalogue.events[event_id].record
    return SheetPage(
        language=first.site.language,
        title=first.edition.say(event.name).text,
        names=_said(presses, event.name),
        facts=tuple(_facts(presses, event)),
        stalls=tuple(_stalls(presses, shown.current)),
        absent=_absent(presses, shown.former) if shown.former else (),
        style=style,
    )


def label(presses: Presses, id_: str) -> Label:
    """Return the label of the product *id_*."""
    first, product = presses[0], presses[0].catalogue.products[id_].record
    marks = [press.mark(id_) for press in presses]
    address = first.absolute(first.routes.product(id_))
    return Label(
        names=_said(presses, product.name),
        star=marks[0].star,
        stars=_each(presses, (mark.stars for mark in marks)),
        states=_each(presses, (mark.state for mark in marks)),
        maker=first.producer_link(product.producer).text,
        address=address.partition("://")[2],
        code=codes.inline(address),
    )


def _said(presses: Presses, words: Words) -> tuple[Phrase, ...]:
    """Return *words* in every language that has them, each once."""
    own = presses[0].edition
    return own.say(words), *own.others(words)


def _each(presses: Presses, texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Return *texts*, one a language, marked where they are not in the first one."""
    codes_ = ["", *(press.site.language for press in presses[1:])]
    return tuple(Phrase(text, code) for text, code in zip(texts, codes_, strict=True))


def _facts(presses: Presses, event: Event) -> Iterator[tuple[Phrase, ...]]:
    yield _each(presses, (press.formats.span(event.start, event.end) for press in presses))
    yield _said(presses, event.place)


def _stalls(presses: Presses, ids: Sequence[str]) -> Iterator[Stall]:
    first = presses[0]
    makers: dict[str, list[str]] = {}
    for id_ in ids:
        makers.setdefault(first.catalogue.products[id_].record.producer, []).append(id_)
    for maker, own in makers.items():
        producer = first.catalogue.producers[maker].record
        shown = tuple(label(presses, id_) for id_ in own)
        places = _each(presses, (press.where(producer) for press in presses))
        yield Stall(_said(presses, producer.name), _once(places), shown)


def _once(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Return *phrases* without what is empty, or was said before."""
    told = {phrase.text: phrase for phrase in reversed(tuple(phrases)) if phrase.text}
    return tuple(reversed(told.values()))


def _absent(presses: Presses, ids: Sequence[str]) -> tuple[Phrase, ...]:
    told = (
        "; ".join(f"{_name(press, id_)} ({press.mark(id_).note})" for id_ in ids)
        for press in presses
    )
    pairs = zip(presses, told, strict=True)
    return _each(presses, (press.t("label.absent", products=names) for press, names in pairs))


def _name(press: Press, id_: str) -> str:
    return press.edition.say(press.catalogue.products[id_].record.name).text

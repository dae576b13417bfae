"""Make labels for products, and the list of an event, as one file that a browser prints."""

import base64
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from ocopgen.app.places import MEMORY, cache_of
from ocopgen.app.terminal import Terminal
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems, WrongUse
from ocopgen.base.text import nearest
from ocopgen.base.whole import write_whole
from ocopgen.build.site import prepare
from ocopgen.build.workshop import open_templates
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press
from ocopgen.pages.views.labels import FORMATS, labels_page, sheet_page
from ocopgen.pages.views.shelves import Board

_FACES = (
    ("Be Vietnam Pro", 400, "be-vietnam-pro-400.woff2"),
    ("Be Vietnam Pro", 600, "be-vietnam-pro-600.woff2"),
    ("Grenze", 600, "grenze-600.woff2"),
)


class Wish(Struct, frozen=True):
    """Which labels are asked for; what is named adds up, and the stars choose among that."""

    products: tuple[str, ...] = ()
    producer: str | None = None
    outlet: str | None = None
    event: str | None = None
    star: int | None = None
    size: str = "3x7"
    sheet: bool = False
    """Whether the list of the event is asked for instead."""


def make(root: Path, day: date, wish: Wish, out: Path, terminal: Terminal) -> None:
    """Write what *wish* asks for into the file *out*, and tell what that came to."""
    _refuse_what_cannot_be(wish)
    problems = Problems()
    prepared = prepare(root, day, Memory(cache_of(root) / MEMORY), problems)
    if prepared is None:
        raise ContentFaults(problems)
    presses = prepared.presses
    chosen = _chosen(presses[0], wish)
    _tell_refused(presses, chosen.former, terminal)
    if not chosen.current:
        raise WrongUse("labels.none")
    page, template = _page(presses, chosen, wish, _style(root))
    templates = open_templates(root, prepared.workshop.locales, problems)
    write_whole(out, templates.render(template, page, presses[0].site.language))
    _tell_made(len(chosen.current), wish, out, terminal)


def _refuse_what_cannot_be(wish: Wish) -> None:
    if wish.sheet and not wish.event:
        raise WrongUse("labels.sheet")
    if wish.sheet and (wish.products or wish.producer or wish.outlet):
        raise WrongUse("labels.alone")


def _tell_refused(presses: Sequence[Press], ids: Iterable[str], terminal: Terminal) -> None:
    """Say of each product of *ids* why it has no label, in the person's language if we can."""
    speaking = (each for each in presses if each.site.language == terminal.language)
    press = next(speaking, presses[0])
    for id_ in ids:
        terminal.hint("label_refused", product=id_, note=press.mark(id_).note)


def _tell_made(count: int, wish: Wish, out: Path, terminal: Terminal) -> None:
    words = terminal.words
    if wish.sheet:
        terminal.say("sheet_made", out=out, products=words("count_products", count=count))
        return
    labels = words("count_labels", count=count)
    sheets = words("count_sheets", count=-(-count // FORMATS[wish.size].each))
    terminal.say("labels_made", out=out, labels=labels, sheets=sheets)


def _page(presses: Sequence[Press], chosen: Board, wish: Wish, style: str) -> tuple[object, str]:
    if wish.sheet and wish.event:
        return sheet_page(presses, wish.event, chosen, style), "print/sheet.html"
    return labels_page(presses, chosen.current, FORMATS[wish.size], style), "print/labels.html"


def _chosen(press: Press, wish: Wish) -> Board:
    """Return the products that *wish* asks for, in the order of lists."""
    named, everything, standings = _named(press, wish), press.shelves.all, press.catalogue.standings
    ids = {id_ for id_ in named if wish.star in {None, standings[id_].star}}
    return everything.among(ids)


def _named(press: Press, wish: Wish) -> set[str]:
    """Return the products that *wish* names; all that carry stars where it names nothing."""
    catalogue = press.catalogue
    ids = {known(id_, catalogue.products, "product") for id_ in wish.products}
    if wish.producer:
        board = press.shelves.producers.get(known(wish.producer, catalogue.producers, "producer"))
        ids |= {*board.current, *board.former} if board else set()
    if wish.outlet:
        outlet = catalogue.outlets[known(wish.outlet, catalogue.outlets, "outlet")]
        everything = press.shelves.all.current if outlet.record.products.everything else ()
        ids |= {*press.shelves.sold_by(outlet), *everything}
    if wish.event:
        event = catalogue.events[known(wish.event, catalogue.events, "event")].record
        ids |= {id_ for id_ in event.products if id_ in catalogue.products}
    named = wish.products or wish.producer or wish.outlet or wish.event
    return ids if named else set(press.shelves.all.current)


def known(id_: str, ids: Collection[str], kind: str) -> str:
    """Return *id_* if it is one of the *ids* of its *kind*; raises WrongUse."""
    if id_ not in ids:
        raise WrongUse(f"reference.{kind}", id=id_, meant=nearest(id_, ids) or "")
    return id_


def _style(root: Path) -> str:
    """Return the typefaces of the theme as a style sheet that holds them."""
    return "\n".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(content).decode()}) format('woff2')}}"
        for family, weight, name in _FACES
        if (content := _font(root, name))
    )


def _font(root: Path, name: str) -> bytes:
    folders = theme_for(root).folders("assets")
    found = [path for each in folders if (path := each / "fonts" / name).is_file()]
    return found[0].read_bytes() if found else b""

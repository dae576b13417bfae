"""Make labels for products, and the list of an event, as one file that a browser prints."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ocopgen.app.places import CACHE
from ocopgen.app.run import MEMORY
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import ContentFaults, Problems, WrongUse
from ocopgen.base.store import Memory, write_whole
from ocopgen.base.text import nearest
from ocopgen.build.site import prepare
from ocopgen.build.workshop import open_templates
from ocopgen.pages.theme import theme_for
from ocopgen.pages.views import Press
from ocopgen.pages.views.labels import FORMATS, labels_page, sheet_page

_FACES = (
    ("Be Vietnam Pro", 400, "be-vietnam-pro-400.woff2"),
    ("Be Vietnam Pro", 600, "be-vietnam-pro-600.woff2"),
    ("Grenze", 600, "grenze-600.woff2"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which labels are asked for; what is named adds up."""

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
    if wish.sheet and not wish.event:
        raise WrongUse("labels.sheet")
    problems = Problems()
    prepared = prepare(root, day, Memory(root / CACHE / MEMORY), problems)
    if prepared is None:
        raise ContentFaults(problems)
    presses = prepared.presses
    ids = _chosen(presses[0], wish)
    current = [id_ for id_ in presses[0].shelves.all.current if id_ in ids]
    lapsed = [id_ for id_ in presses[0].shelves.all.former if id_ in ids]
    for id_ in lapsed:
        note = presses[0].mark(id_).note
        terminal.hint("label_refused", product=id_, note=note)
    if not current:
        raise WrongUse("labels.none")
    page, template = _page(presses, current, wish, _style(root))
    templates = open_templates(root, prepared.workshop.locales, problems)
    write_whole(out, templates.render(template, page, presses[0].site.language))
    sheets = -(-len(current) // FORMATS[wish.size].each)
    said = "sheet_made" if wish.sheet else "labels_made"
    terminal.say(said, out=out, labels=len(current), pages=sheets)


def _page(presses: tuple[Press, ...], ids: list[str], wish: Wish, style: str) -> tuple[object, str]:
    if wish.sheet and wish.event:
        return sheet_page(presses, wish.event, style), "print/sheet.html"
    return labels_page(presses, ids, FORMATS[wish.size], style), "print/labels.html"


def _chosen(press: Press, wish: Wish) -> set[str]:
    """Return the products that *wish* names; all of them where it names nothing."""
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
    if wish.star:
        ids |= set(press.shelves.stars[wish.star])
    named = (*wish.products, wish.producer, wish.outlet, wish.event, wish.star)
    return ids if any(named) else set(press.shelves.all.current)


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

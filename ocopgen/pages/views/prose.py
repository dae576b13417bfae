"""Stories and content pages: running text with pictures between."""

from collections.abc import Iterator

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry, Text
from ocopgen.content.matter import Story
from ocopgen.content.records import Product
from ocopgen.pages.views.parts import Link, Picture
from ocopgen.pages.views.pictures import picture
from ocopgen.pages.views.press import Press


class Stretch(Struct, frozen=True):
    """A stretch of running text, or a picture that stands alone."""

    html: str
    picture: Picture | None = None


class Telling(Struct, frozen=True):
    """A text with its title and where it was read."""

    title: Phrase
    lang: str
    """The language of the text; empty when it is the page's own."""
    stretches: tuple[Stretch, ...]
    sources: tuple[Link, ...]


def story(press: Press, entry: Entry[Product]) -> Telling | None:
    """Return the story of the product *entry*, with its pictures where it places them."""
    text = press.edition.story(entry.id)
    return telling(press, text, entry) if text else None


def telling(press: Press, text: Text[Story], entry: Entry[Product] | None = None) -> Telling:
    """Return *text*; its pictures are those of the product *entry*."""
    lang = "" if text.language == press.edition.language.code else text.language
    return Telling(
        title=Phrase(text.record.title, lang),
        lang=lang,
        stretches=tuple(_stretches(press, text, entry)),
        sources=press.sources(text.record.sources),
    )


def _stretches(press: Press, text: Text[Story], entry: Entry[Product] | None) -> Iterator[Stretch]:
    photos = {photo.file: photo for photo in entry.record.photos} if entry else {}
    for block in text.prose.blocks:
        if block.html:
            yield Stretch(_based(press, block.html))
        elif entry and (photo := photos.get(block.photo)):
            found = picture(press.desk, entry.folder, photo)
            if found:
                yield Stretch("", found)


def _based(press: Press, html: str) -> str:
    """Return *html* with the addresses of this site below the path that the site stands at."""
    base = press.routes.base
    return html if base == "/" else html.replace('href="/', f'href="{base}')

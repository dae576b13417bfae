"""Tell Pagefind what each page says, in small pages made for it."""

from html import escape

from msgspec import Struct

from ocopgen.base.text import one_tone_school
from ocopgen.content.edition import Edition, Phrase
from ocopgen.content.load import Entry, Text
from ocopgen.content.matter import Story
from ocopgen.content.records import Product
from ocopgen.pages.columns import homes
from ocopgen.pages.routes import Routes
from ocopgen.pages.views.content_pages import page_ids, page_word
from ocopgen.pages.views.parts import COMMUNE

MANY = 5000
"""Products up to which Pagefind reads all words of their stories.

Of 20,000 whole stories it makes an index in 51 s and 2.6 GB, of their first words in 20 s and
0.85 GB, and in a browser one letter asked of the former takes minutes.
"""
_FIRST_WORDS = 30


def feed(edition: Edition, routes: Routes) -> dict[str, str]:
    """Return a small page for Pagefind for each page of prose, by its address.

    Of more than `MANY` products it tells how their stories begin.
    """
    catalogue = edition.catalogue
    products = {
        routes.product(id_): _product(edition, entry) for id_, entry in catalogue.products.items()
    }
    code = edition.language.code
    pages = {
        routes.page(page_word(edition, id_, code)): _page(edition, text)
        for id_ in page_ids(edition)
        if (text := edition.page(id_))
    }
    return {url: _html(edition, url, said) for url, said in (products | pages).items()}


class _Said(Struct, frozen=True):
    """What a page says, for Pagefind."""

    title: Phrase
    others: tuple[str, ...]
    """The title in the other languages."""
    paragraphs: tuple[str, ...]
    """All other words, the most telling first."""
    lang: str = ""
    """The language of the paragraphs, where it is not the page's own."""


def _product(edition: Edition, entry: Entry[Product]) -> _Said:
    catalogue, record = edition.catalogue, entry.record
    kind = catalogue.kinds[record.set]
    named = [catalogue.producers[record.producer].record.name, kind.set.name, kind.group.name]
    areas = catalogue.map
    named += [
        (areas.communes[id_] if place == COMMUNE else areas.districts[id_]).name
        for place, id_ in homes(edition, entry)
    ]
    story = edition.story(entry.id)
    told = (story.record.title, _told(story.prose.plain, len(catalogue.products))) if story else ()
    return _Said(
        edition.say(record.name),
        tuple(phrase.text for phrase in edition.others(record.name)),
        (edition.say(record.summary).text, *told, *(edition.say(name).text for name in named)),
        _lang(edition, story),
    )


def _told(story: str, products: int) -> str:
    """Return what is told of *story* in a catalogue of so many *products*."""
    return story if products <= MANY else " ".join(story.split()[:_FIRST_WORDS])


def _page(edition: Edition, text: Text[Story]) -> _Said:
    lang = _lang(edition, text)
    said = (text.record.summary or "", text.prose.plain)
    return _Said(Phrase(text.record.title, lang), (), said, lang)


def _lang(edition: Edition, text: Text[Story] | None) -> str:
    return "" if text is None or text.language == edition.language.code else text.language


def _html(edition: Edition, url: str, said: _Said) -> str:
    """Return the page that Pagefind reads for the page at *url*."""
    title = escape(said.title.text)
    meta = [f"url:{url}", f"lang:{said.title.lang}", f"said:{said.lang}"]
    lines = [
        f'<!doctype html><html lang="{edition.language.code}"><head><meta charset="utf-8">',
        f"<title>{title}</title></head><body data-pagefind-body>",
        *(f'<i data-pagefind-meta="{escape(each)}"></i>' for each in meta if each[-1] != ":"),
        f"<h1>{title}</h1>",
        *(f'<p data-pagefind-meta="alt">{escape(other)}</p>' for other in said.others),
        *(f"<p>{escape(paragraph)}</p>" for paragraph in said.paragraphs if paragraph),
        "</body></html>",
    ]
    return _indexed("\n".join(lines))


def _indexed(text: str) -> str:
    """Return *text* in the spelling that queries are turned into as well.

    Pagefind ignores tone marks, but takes đ for a letter of its own, which nobody types in haste.
    So it is given ḏ, whose mark it ignores too; the script turns it back into đ.
    """
    return one_tone_school(text).replace("đ", "ḏ").replace("Đ", "Ḏ")

"""Check the words: in which languages they are there, and which photos the stories show."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from ocopgen.base.problems import Problems, Spot
from ocopgen.content.decode import named
from ocopgen.content.load import Content, Entry, Text
from ocopgen.content.matter import Story
from ocopgen.content.records import Product


def check_words(content: Content, problems: Problems) -> None:
    """Put into *problems* what the texts of *content* lack."""
    _texts(content, problems)
    _untranslated(content, problems)


def _texts(content: Content, problems: Problems) -> None:
    """Check that stories and pages are there in the first language, and in the others."""
    for text in content.stories.values():
        # Of a product that could not be read nobody knows the photos.
        if f"products/{text.id}" not in content.faulty:
            _pictures(problems, text, content.products.get(text.id))
    for text in content.pages.values():
        _pictures(problems, text, None)
    first, *others = (language.code for language in content.site.record.languages)
    for texts in (content.stories, content.pages):
        for (id_, code), text in texts.items():
            if code != first and (id_, first) not in texts:
                problems.add(Spot(text.tree.path), "text.first", first=first)
            for other in others if code == first else ():
                if (id_, other) not in texts:
                    spot = Spot(text.tree.path)
                    problems.warn(spot, "text.untranslated", language=other)


def _pictures(problems: Problems, text: Text[Story], owner: Entry[Product] | None) -> None:
    """Check that the pictures in *text* are photos of the product that is its *owner*."""
    shown = [block for block in text.prose.blocks if block.photo] if text.pictured else []
    listed = {photo.file for photo in owner.record.photos} if owner and shown else set()
    for block in shown:
        if block.photo not in listed:
            spot = Spot(text.tree.path, block.line)
            problems.warn(spot, "prose.unlisted", file=block.photo)


def _untranslated(content: Content, problems: Problems) -> None:
    """Tell of all words that the site shows in its first language where another is asked for."""
    entries: list[Entry[Any]] = [content.site, content.areas, content.sectors, content.programme]
    kinds: tuple[Mapping[str, Entry[Any]], ...] = (
        content.products,
        content.producers,
        content.outlets,
        content.events,
    )
    for entry in chain(entries, *(kind.values() for kind in kinds)):
        for key, code in entry.lacking:
            field = named(key)
            problems.warn(entry.spot(*key), "words.untranslated", field=field, language=code)

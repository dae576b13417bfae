"""The catalogue in one language; above here nobody asks which."""

from msgspec import Struct

from ocopgen.content.catalogue import Catalogue
from ocopgen.content.load import Text
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.province import Language
from ocopgen.content.words import Words


class Phrase(Struct, frozen=True, gc=False):
    """Words for a page, with their language where it is not the page's own."""

    text: str
    lang: str = ""
    """Empty when the words are in the language of the page."""

    def __str__(self) -> str:
        """Return the words alone."""
        return self.text


class Edition(Struct, frozen=True):
    """One catalogue, read in one language."""

    catalogue: Catalogue
    language: Language

    @property
    def first(self) -> str:
        """Return the code of the language that stands in for all others."""
        return self.catalogue.site.languages[0].code

    def say(self, words: Words) -> Phrase:
        """Return *words* in this language, or in the first one, which is always there."""
        own = words.get(self.language.code)
        if own:
            return Phrase(own)
        return Phrase(words[self.first], "" if self.first == self.language.code else self.first)

    def others(self, words: Words) -> tuple[Phrase, ...]:
        """Return *words* in the other languages that have them, where they differ."""
        shown = self.say(words).text
        return tuple(
            Phrase(text, code)
            for code, text in words.items()
            if code != self.language.code and text != shown
        )

    def written_in(self, *needed: Words) -> tuple[str, ...]:
        """Return the languages that have all *needed* words, the first one among them."""
        codes = (language.code for language in self.catalogue.site.languages)
        return tuple(code for code in codes if all(words.get(code) for words in needed))

    def page_written_in(self, page: str) -> tuple[str, ...]:
        """Return the languages in which the content page *page* is written."""
        codes = (language.code for language in self.catalogue.site.languages)
        return tuple(code for code in codes if (page, code) in self.catalogue.pages)

    def story(self, product: str) -> Text[Story] | None:
        """Return the story of *product* in this language, or in the first one."""
        stories = self.catalogue.stories
        return stories.get((product, self.language.code)) or stories.get((product, self.first))

    def page(self, page: str) -> Text[ContentPage] | None:
        """Return the content page *page* in this language, or in the first one."""
        pages = self.catalogue.pages
        return pages.get((page, self.language.code)) or pages.get((page, self.first))

    def siblings(self) -> tuple["Edition", ...]:
        """Return every edition of the catalogue, this one too."""
        return tuple(Edition(self.catalogue, each) for each in self.catalogue.site.languages)

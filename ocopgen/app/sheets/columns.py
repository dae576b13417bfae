"""The columns of the form: what each one is called, and which value of a product it holds."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from msgspec import Struct

from ocopgen.app.report import LANGUAGES
from ocopgen.base.problems import Problems
from ocopgen.base.text import fold, slug
from ocopgen.content.tree import Key
from ocopgen.pages.messages import Entries, read_messages
from ocopgen.pages.theme import Theme, default_layer

ONE = -1
"""Stands in a key for the one certificate, or the one source, that a row speaks of."""


class Kind(Enum):
    """How the cells of a column are read, and written."""

    ID = auto()
    TEXT = auto()
    WORDS = auto()
    """Text in one language of several."""
    STAR = auto()
    DAY = auto()
    YEAR_TOO = auto()
    """A day, or a year where no more is known."""
    DONG = auto()
    NAME = auto()
    """The id or the name of something that the catalogue knows."""
    CODES = auto()
    SHOPS = auto()
    MONTHS = auto()
    FLAG = auto()


class Column(Struct, frozen=True):
    """One column of the form."""

    name: str
    """The key of its words in templates/terminal/."""
    key: Key
    """The value of a product that it holds."""
    kind: Kind
    language: str = ""
    """Of its words; empty where they have none."""


CERTIFICATE, SOURCE = ("certifications", ONE), ("certifications", ONE, "sources", ONE)
ID = Column("id", (), Kind.ID)
_PLAN: tuple[tuple[str, Key, Kind], ...] = (
    ("name", ("name",), Kind.WORDS),
    ("summary", ("summary",), Kind.WORDS),
    ("set", ("set",), Kind.NAME),
    ("producer", ("producer",), Kind.NAME),
    ("commune", ("commune",), Kind.NAME),
    ("district", ("district",), Kind.NAME),
    ("star", (*CERTIFICATE, "star"), Kind.STAR),
    ("issued", (*CERTIFICATE, "issued"), Kind.YEAR_TOO),
    ("decision", (*CERTIFICATE, "decision"), Kind.TEXT),
    ("certificate", (*CERTIFICATE, "certificate"), Kind.TEXT),
    ("extended_until", (*CERTIFICATE, "extended_until"), Kind.DAY),
    ("source_url", (*SOURCE, "url"), Kind.TEXT),
    ("source_title", (*SOURCE, "title"), Kind.TEXT),
    ("source_accessed", (*SOURCE, "accessed"), Kind.DAY),
    ("gtin", ("gtin",), Kind.CODES),
    ("trace_url", ("trace_url",), Kind.TEXT),
    ("price_min", ("price", "min"), Kind.DONG),
    ("price_max", ("price", "max"), Kind.DONG),
    ("price_unit", ("price", "unit"), Kind.WORDS),
    ("price_as_of", ("price", "as_of"), Kind.DAY),
    ("pack", ("pack",), Kind.WORDS),
    ("storage", ("storage",), Kind.WORDS),
    ("shelf_life", ("shelf_life",), Kind.WORDS),
    ("season", ("season",), Kind.MONTHS),
    ("video", ("video",), Kind.TEXT),
    ("buy", ("buy",), Kind.SHOPS),
    ("draft", ("draft",), Kind.FLAG),
)


def columns_for(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of the form of a catalogue in *languages*, in their order."""
    return (ID, *(each for row in _PLAN for each in _in_each(*row, languages)))


def _in_each(name: str, key: Key, kind: Kind, languages: Sequence[str]) -> Iterator[Column]:
    if kind is not Kind.WORDS:
        yield Column(name, key, kind)
        return
    for code in languages:
        yield Column(name, (*key, code), kind, code)


class Form(Struct, frozen=True):
    """The columns of a catalogue, and what people call them."""

    columns: tuple[Column, ...]
    words: Mapping[str, Entries]
    """The words of templates/terminal/, by the language of messages."""
    language: str
    """The one that the person is spoken to in."""

    def title(self, column: Column, language: str = "") -> str:
        """Return what stands over *column*, told in *language*, or else the person's."""
        language = language or self.language
        label = self.words[language][f"column.{column.name}.label"]
        if not column.language:
            return label
        return f"{label} ({language_name(column.language, language)})"

    def note(self, column: Column, language: str = "") -> str:
        """Return what is to be known of *column*, told in *language*, or else the person's."""
        return self.words[language or self.language][f"column.{column.name}.note"]

    def flag(self, written: str) -> str:
        """Return "true" or "false" where *written* means that, else *written* itself."""
        for value, key in (("true", "column_yes"), ("false", "column_no")):
            meant = {value, *(fold(each[key]) for each in self.words.values())}
            if fold(written) in meant:
                return value
        return written

    def names(self) -> dict[str, Column]:
        """Return the columns by each name that is understood, folded as headers are."""
        names: dict[str, Column] = {}
        for column in self.columns:
            for name in filter(None, map(slug, self._names(column))):
                names.setdefault(name, column)
        return names

    def _names(self, column: Column) -> Iterator[str]:
        bare = [column.name, " ".join(str(part) for part in column.key if part != ONE)]
        for entries in self.words.values():
            bare.append(entries[f"column.{column.name}.label"])
            bare += entries[f"column.{column.name}.also"].split(", ")
        if not column.language:
            yield from bare
            return
        tongues = [column.language, *(language_name(column.language, each) for each in self.words)]
        for name in filter(None, bare):
            yield from (f"{name} {tongue}" for tongue in tongues)
        if column.language == self._first:
            yield from filter(None, bare)

    @property
    def _first(self) -> str:
        return next((each.language for each in self.columns if each.language), "")


def form_for(languages: Sequence[str], language: str) -> Form:
    """Return the form of a catalogue in *languages*, for a person who reads *language*."""
    words = read_messages(Theme((default_layer(),)), "terminal", LANGUAGES, Problems())
    return Form(columns_for(languages), words, language)


def language_name(code: str, language: str) -> str:
    """Return what the language *code* is called in *language*: "tiếng Anh"."""
    from babel import Locale, UnknownLocaleError

    try:
        name = str(Locale.parse(language).languages.get(code, code))
    except UnknownLocaleError:
        return code
    return name[:1].lower() + name[1:] if " " in name else name

"""Ask a person what a new record needs, and begin it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import click
from msgspec import Struct

from ocopgen.app.day import build_day
from ocopgen.app.explaining import field_words, known_choices
from ocopgen.app.run import check
from ocopgen.app.scaffold import QUESTIONS, Answers, Draft, begin, check_id, proposed_id
from ocopgen.app.schema import Choices, records_in
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import Problems, WrongUse
from ocopgen.base.text import fold, is_id, nearest, slug
from ocopgen.content.areas import Former, bare, former
from ocopgen.content.complaint import Complaint
from ocopgen.content.kinds import KINDS
from ocopgen.content.readers import reader_of
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Source
from ocopgen.pages.messages import Entries

_PARTS = {"set", "producer", "commune", "district"}
"""Fields that may be answered with a part of a name, if only one record has it."""
_MOST_NEAR = 8
_WORDS = {"name", "summary", "place"}
"""Questions that are asked once a language; only the first language must be answered."""


class Wish(Struct, frozen=True):
    """What was asked for on the command line."""

    kind: str
    id: str | None
    name: str | None
    answers: tuple[str, ...]
    """Each as "key=value", the key dotted."""
    photos: tuple[Path, ...]
    today: str | None


def begin_record(root: Path, wish: Wish, terminal: Terminal, *, asks: bool) -> None:
    """Begin the record of *wish*, and tell what its file still lacks; *asks*: a person answers."""
    if wish.id:
        check_id(root, wish.kind, wish.id)  # rather than after all questions
    languages, choices = known_choices(root)
    words, day = field_words()[terminal.language], build_day(wish.today, root)
    answers = dict(_given(wish, languages, choices))
    if asks:
        questions = _Questions(KINDS[wish.kind], languages, words, choices, terminal)
        for key in QUESTIONS[wish.kind]:
            answers |= questions.ask(key, answers)
    if any("sources.url" in key for key in answers):
        prefix = next(key for key in answers if "sources.url" in key).removesuffix("url")
        answers.setdefault(f"{prefix}accessed", day.isoformat())
    name = answers.get(f"name.{languages[0]}", "")
    id_ = wish.id or proposed_id(root, wish.kind, name)
    if asks and not wish.id:
        id_ = _asked_id(root, wish.kind, id_, terminal)
    made = begin(root, Draft(wish.kind, id_, answers, wish.photos), languages, words)
    for path in made:
        terminal.tell(path)
    found = Problems([each for each in check(root, day, pages=False) if each.spot.path in made])
    if found.found:
        terminal.hint("new_lacks")
        terminal.report(found, root, "text")
    else:
        terminal.hint("new_whole")


def _asked_id(root: Path, kind: str, proposed: str, terminal: Terminal) -> str:
    """Return the id that a person wants for a new record, asking again while it will not do."""
    while True:
        id_ = str(click.prompt(terminal.words("new_id"), default=proposed)).strip()
        try:
            check_id(root, kind, id_)
        except WrongUse as trouble:
            terminal.tell(terminal.explained(trouble).text())
        else:
            return id_


def _given(wish: Wish, languages: tuple[str, ...], choices: Choices) -> Iterator[tuple[str, str]]:
    """Yield what the options answer."""
    if wish.name:
        yield f"name.{languages[0]}", wish.name
    for each in wish.answers:
        key, sign, value = each.partition("=")
        parts = key.strip().split(".")
        if not sign or not _is_field(KINDS[wish.kind], parts, languages):
            raise WrongUse("new.answer", written=each)
        yield key.strip(), _meant(parts[-1], value.strip(), choices) or value.strip()


def _is_field(kind: type[Record], parts: list[str], languages: tuple[str, ...]) -> bool:
    first, *rest = parts
    if first not in fields_of(kind):
        return False
    inner = records_in(fields_of(kind)[first].annotation)
    if inner and rest:
        return _is_field(inner[0], rest, languages)
    return not rest or (len(rest) == 1 and rest[0] in languages)


def _named(key: str, choices: Choices) -> Mapping[str, str]:
    """Return the records that the field *key* may name, with their names."""
    return {
        "set": choices.sets,
        "producer": choices.producers,
        "commune": choices.communes,
        "district": choices.districts,
    }.get(key, {})


def _meant(key: str, said: str, choices: Choices) -> str | None:
    """Return the id that was *said*, by itself or by its name; None: it is none that is known."""
    known = _named(key, choices)
    if not known or said in known:
        return said
    alike = [id_ for id_, name in known.items() if fold(name) == fold(said)]
    return alike[0] if len(alike) == 1 else None


def _holding(said: str, known: Mapping[str, str]) -> list[str]:
    """Return the ids of those of *known* that hold all words of *said*.

    Few people know the id of a product set, and many a word of its name.
    """
    words = set(slug(said).split("-"))
    return [id_ for id_, name in known.items() if words <= set(slug(f"{id_} {name}").split("-"))]


def _says_all(said: str, known: Mapping[str, str], old: Former | None) -> bool:
    """Tell whether all that was *said* stands in one name, of something *known* or an *old* one."""
    return bool(_holding(said, {**known, **dict.fromkeys(old.names if old else (), "")}))


def _is_called(said: str, known: Mapping[str, str]) -> bool:
    """Tell whether a commune of today is called what was *said*, but for its unit."""
    return any(bare(said) in {bare(id_), bare(name)} for id_, name in known.items())


def _shown(id_: str, name: str) -> str:
    return f"{id_} ({name})" if name else id_


def _nearest(said: str, known: Mapping[str, str]) -> list[str]:
    """Return the id of the one of *known* that is spelt most like *said*, if there is one."""
    by_name = {fold(name): id_ for id_, name in known.items()}
    close = nearest(said, known) or by_name.get(nearest(fold(said), by_name) or "")
    return [close] if close else []


class _Questions:
    """Asks, and asks again while an answer names nothing that is there."""

    def __init__(
        self,
        kind: type[Record],
        languages: tuple[str, ...],
        words: Entries,
        choices: Choices,
        terminal: Terminal,
    ) -> None:
        self.kind = kind
        self.languages = languages
        self.words = words
        self.choices = choices
        self.terminal = terminal

    def ask(self, key: str, known: Answers) -> dict[str, str]:
        """Return the answers to the question *key*; nothing where it is *known* or left open."""
        keys = [f"{key}.{code}" for code in self.languages] if key in _WORDS else [key]
        asked = [each for each in keys if each not in known]
        if not asked:
            return {}
        *_, record = path = self._path(key)
        field = key.rsplit(".", 1)[-1]
        title = self._title(record, field)
        if record is Source:  # else an address or a title would seem to be the record's own
            title = " – ".join(
                [*(self.words[f"{each.__name__}.called"] for each in path[1:]), title]
            )
        self.terminal.tell(f"\n{self.words[f'{record.__name__}.{field}.note']}")
        offered = self._offered(record, field)
        if offered:
            self.terminal.tell("  " + ", ".join(offered))
        answers = {}
        for each in asked:
            language = f" ({each.rsplit('.', 1)[1]})" if key in _WORDS else ""
            if said := self._said(title + language, record, field):
                answers[each] = said
        return answers

    def _said(self, prompt: str, record: type[Record], field: str) -> str:
        offered = self._offered(record, field)
        while True:
            said = str(click.prompt(prompt, default="", show_default=False)).strip()
            meant = _meant(field, said, self.choices) if said else ""
            if meant is not None and (not said or not offered or meant in offered):
                wrong = self._complaint(record, field, meant)
                if not wrong:
                    return meant
                self.terminal.tell(wrong)
                continue
            known = _named(field, self.choices) or dict.fromkeys(offered, "")
            old = former(said, self.choices.formed) if field == "commune" else None
            found = self._meant_by(said, known, old)
            if len(found) == 1 and field in _PARTS and _says_all(said, known, old):
                (id_,) = found
                self.terminal.tell(f"→ {found[id_]}")
                return id_
            near = [*found.values()] or [_shown(id_, known[id_]) for id_ in _nearest(said, known)]
            if field == "producer" and is_id(said) and not near:
                return said  # one whose file comes later
            shared = old and not old.is_in_full(said) and _is_called(said, known)
            formerly = "new_shared" if shared else "new_formerly"
            says = formerly if old else "new_near" if near else "new_unknown"
            self.terminal.tell(self.terminal.words(says, said=said))
            for each in near[:_MOST_NEAR]:
                self.terminal.tell(f"  {each}")

    def _meant_by(self, said: str, known: Mapping[str, str], old: Former | None) -> dict[str, str]:
        """Return those of *known* that *said* may mean, by id, each as a person is shown it.

        An *old* commune means those of today that it is part of.
        """
        found = {id_: _shown(id_, known[id_]) for id_ in _holding(said, known)}
        for name, id_ in old.pairs if old else ():
            now = self.terminal.words("new_former", former=name, now=known[id_])
            found.setdefault(id_, _shown(id_, now))
        return found

    def _complaint(self, record: type[Record], field: str, said: str) -> str:
        """Return what `check` would say of an answer that nobody can read; empty: it can be read.

        Words are a draft that may be too short for now.
        """
        if not said or field in _WORDS:
            return ""
        try:
            reader_of(fields_of(record)[field].annotation, self.languages)(said)
        except Complaint as complaint:
            _, code, values = complaint.wrongs[0]
            trouble = WrongUse(code, **{**values, "field": self._title(record, field)})
            return self.terminal.explained(trouble).text()
        return ""

    def _title(self, record: type[Record], field: str) -> str:
        return self.words[f"{record.__name__}.{field}.title"]

    def _path(self, key: str) -> list[type[Record]]:
        """Return the kinds of records in which the field *key* lies, from the outside."""
        path = [self.kind]
        for part in key.split(".")[:-1]:
            path.append(records_in(fields_of(path[-1])[part].annotation)[0])
        return path

    @staticmethod
    def _offered(record: type[Record], field: str) -> tuple[str, ...]:
        """Return the words of which one must be chosen, if the field has such."""
        annotation: Any = fields_of(record)[field].annotation
        inner = [annotation, *get_args(annotation)]
        words = (each for one in inner for each in get_args(one) or (one,))
        return tuple(each for each in words if isinstance(each, str))

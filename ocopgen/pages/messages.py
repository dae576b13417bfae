"""The words of the templates and of the problems."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from string import Formatter

from msgspec import Struct, msgpack

from ocopgen.base.problems import Problem, Problems, Spot
from ocopgen.base.text import fold
from ocopgen.content.tree import Tree
from ocopgen.pages.theme import Theme

Entries = Mapping[str, str]
"""Sentences by dotted key; a plural's key ends in its CLDR category, as in "count.other"."""

_ROOMS = ("base/", "content/", "pages/messages.py")
_LIBRARIES = ("pyyaml",)
"""What reads the words."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class UnknownMessage(KeyError):
    """A template asked for words that no message file has."""


class UnfilledMessage(ValueError):
    """Words have a place that nobody gave a value for."""


class Messages(Struct, frozen=True):
    """The words of one language, asked for by key."""

    entries: Entries
    locale: str

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of *key* with *values* filled in; a plural goes by the value count."""
        text = self.entries.get(key)
        if text is None and "count" in values:
            category = _category(int(str(values["count"])), self.locale)
            text = self.entries.get(f"{key}.{category}")
            text = text or self.entries.get(f"{key}.other")
        if text is None:
            raise UnknownMessage(key)
        try:
            return text.format_map(values) if values else text
        except (LookupError, AttributeError, ValueError) as error:
            raise UnfilledMessage(key, str(error)) from error


@lru_cache(maxsize=4096)
def _category(count: int, locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(locale).plural_form(count))


def read_messages(
    theme: Theme, folder: str, languages: Sequence[str], problems: Problems
) -> dict[str, Entries]:
    """Return the entries of every one of *languages* below templates/*folder*.

    A catalogue's own file is laid over the one that comes with ocopgen, key by key. Every
    language must have the keys of the first one.
    """
    read = {code: _layered(theme, folder, code, problems) for code in languages}
    there = [code for code in languages if read[code]]
    for code in there[1:]:
        _compare(read[there[0]], read[code], Spot(f"templates/{folder}/{code}.yaml"), problems)
    return read


def field_words(theme: Theme, code: str) -> Entries:
    """Return what the fields of records are called, as "field.Product.name.title".

    They are in the language *code*, or in another one where nobody has translated them.
    """
    tops = theme.folders("templates")
    known = sorted({path.stem for top in tops for path in (top / "fields").glob("*.yaml")})
    language = code if code in known else known[0]
    said = _layered(theme, "fields", language, Problems())
    return {f"field.{key}": text for key, text in said.items()}


def _layered(theme: Theme, folder: str, code: str, problems: Problems) -> Entries:
    entries: dict[str, str] = {}
    tops = [top / folder for top in reversed(theme.folders("templates"))]
    files = [path for top in tops if (path := top / f"{code}.yaml").is_file()]
    shown = f"templates/{folder}/{code}.yaml"
    like = next(iter(sorted(tops[0].glob("*.yaml"))), tops[0])
    for path in files:
        if path.parent == tops[0]:
            entries |= _own_words(path, shown, problems)
            continue
        tree = _tree(path.read_bytes(), shown, problems)
        said = _said(tree)
        if tree:
            theirs = entries or (_own_words(like, shown, Problems()) if like.is_file() else {})
            _check_places(tree, said, theirs, problems)
        entries |= said
    if not files:
        # Whoever installed a wheel has to be told where the words to translate lie.
        problems.add(Spot(shown), "message.file", language=code, like=like)
    return entries


def _own_words(path: Path, shown: str, problems: Problems) -> Entries:
    """Return what the file at *path* says, one of those that come with ocopgen."""
    content = path.read_bytes()
    try:
        from ocopgen.base.digest import digest, digest_of_bytes
        from ocopgen.base.installed import kept, program
    except ModuleNotFoundError:  # whoever tells which library is missing needs words, too
        return _said(_tree(content, shown, problems))

    def read() -> bytes:
        told = Problems()
        return msgpack.encode((_said(_tree(content, shown, told)), told.found))

    made_of = digest(digest_of_bytes(content), program(_ROOMS, _LIBRARIES))
    raw = kept(f"words-{path.parent.name}-{path.stem}", made_of, read)
    said, found = msgpack.decode(raw, type=tuple[dict[str, str], list[Problem]])
    problems.extend(found)
    return said


def _tree(content: bytes, shown: str, problems: Problems) -> Tree | None:
    from ocopgen.content.source import decode_text, read_tree  # with YAML, seldom needed here

    text = decode_text(shown, content, problems)
    return None if text is None else read_tree(shown, text, problems)


def _said(tree: Tree | None) -> Entries:
    return dict(_flat((), tree.data)) if tree and isinstance(tree.data, dict) else {}


def _check_places(tree: Tree, own: Entries, theirs: Entries, problems: Problems) -> None:
    """Tell of places to be filled in *own*, of *tree*, that nothing fills by what *theirs* have."""
    known: dict[str, set[str]] = {}
    for key, text in theirs.items():
        known.setdefault(_base(key), set()).update(_places(text) or ())
    for key, text in own.items():
        found, spot = _places(text), tree.spot(tuple(key.split(".")))
        filled = known.get(_base(key))
        if found is None:
            problems.add(spot, "message.brace", key=key)
            continue
        if filled is not None:
            filled |= {"{count}"} if _base(key) != key else set()
            for place in sorted(found - filled):
                told = ", ".join(sorted(filled))
                problems.add(spot, "message.place", key=key, written=place, known=told)


def _places(text: str) -> set[str] | None:
    """Return the places of *text* that are to be filled, as written; None: a brace is alone."""
    try:
        found = [each for each in Formatter().parse(text) if each[1] is not None]
    except ValueError:
        return None
    return {
        f"{{{name}{f'!{form}' if form else ''}{f':{how}' if how else ''}}}"
        for _, name, how, form in found
    }


def _flat(key: tuple[str, ...], value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for name, each in value.items() for pair in _flat((*key, name), each)]
    return [(".".join(key), str(value))]


def _compare(first: Entries, other: Entries, spot: Spot, problems: Problems) -> None:
    """Put every key that one language has and the other lacks into *problems*."""
    for key in sorted({_base(key) for key in first} ^ {_base(key) for key in other}):
        problems.add(spot, "message.missing", key=key)


def plurals(key: str) -> tuple[str, ...]:
    """Return the keys under which the plurals of *key* may stand."""
    return tuple(f"{key}.{category}" for category in _CATEGORIES)


def _base(key: str) -> str:
    head, _, tail = key.rpartition(".")
    return head if tail in _CATEGORIES else key


class Told(Struct, frozen=True):
    """What a person is told of a problem."""

    says: str
    mend: str
    """How to mend it; empty where the sentence says it all."""


def tell(entries: Entries, code: str, values: Mapping[str, str]) -> Told:
    """Return what *entries*, those of templates/problems/, say of *code*."""
    says = entries.get(f"{code}.says", code)
    return Told(_filled(says, values), _filled(entries.get(f"{code}.mend", ""), values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with *values*; a part in [ ] is left out when one of its values is empty."""
    parts = []
    for place, part in enumerate(text.replace("]", "[").split("[")):
        optional = place % 2 == 1
        if optional and not all(values.get(name) for name in _names(part)):
            continue
        parts.append(part.format_map(values))
    return "".join(parts)


def _names(text: str) -> list[str]:
    return [piece.split("}")[0] for piece in text.split("{")[1:]]


def tell_problem(entries: Entries, problem: Problem) -> Told:
    """Return what *entries* say of *problem*; the names of choices come with their meanings."""
    values = problem.values
    if problem.code == "choice.unknown":
        values = {**values, **_explained(entries, values)}
    return tell(entries, problem.code, values)


def _explained(entries: Entries, values: Mapping[str, str]) -> dict[str, str]:
    """Return the known choices with what they mean, and the one whose meaning was written."""
    names = values["known"].split(", ")
    meanings = {name: entries.get(f"meaning.{name}", "") for name in names}
    written = fold(values["written"])
    meant = next((name for name in names if fold(meanings[name]) == written), values["meant"])
    told = (f"{name} ({meanings[name]})" if meanings[name] else name for name in names)
    return {"known": ", ".join(told), "meant": meant}

"""Turn trees into records, and say at which value each attempt failed."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import getitem
from typing import Any, TypeVar, get_args, get_origin

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nearest
from ocopgen.content.complaint import Complaint, Wrong
from ocopgen.content.readers import WordsReader, record_reader
from ocopgen.content.record import Record, fields_of
from ocopgen.content.syntax import comma_code, slip
from ocopgen.content.tree import KEY, NOTE, Key, Tree

R = TypeVar("R", bound=Record)

_OF_STRANGERS = ("field.comma", "field.digits", "field.unknown", "words.language")
"""What is told of a name that nothing is called."""
_OF_ONE_VALUE = ("field.keys", "field.list", "words.pair")
"""What is told of a single value where there should be several."""
_OF_ONE_NAME = ("field.missing", "field.unknown", "field.comma", "field.digits")
"""What is told of a name alone, without those of the fields that it stands in."""
_BELOW_A_NAME = ("field.vacant", "field.keys", "words.pair", "words.first")
"""What is mended behind or below the name as it stands in the file."""
_MOST_TOLD = 100
"""Faults that are told of one file; who has more of them has another trouble."""


def decode(tree: Tree, kind: type[R], languages: tuple[str, ...], problems: Problems) -> R | None:
    """Return *tree* as a *kind*, or put every reason why not into *problems*."""
    data = {} if tree.data is None else tree.data
    record: R | None = None
    found: list[Wrong] = []
    try:
        record = record_reader(kind, languages)(data)
    except Complaint as complaint:
        found = complaint.wrongs
    empty = dict.fromkeys(_empty(tree))
    found += _strangers(empty, tree, kind, languages)
    if not found:
        return record
    unknown = [key for key, code, _ in found if code == "field.unknown"]
    meant = {(*key[:-1], _meant(kind, key)) for key in unknown[:_MOST_TOLD]}
    slips: dict[Key, tuple[Key, int, str]] = {}
    for key, code, _ in found[:_MOST_TOLD]:
        if slipped := _slip(tree, key, code, kind, languages):
            slips[key] = slipped
            meant.add(slipped[0])
    for key, code, told in found[:_MOST_TOLD]:
        if code == "field.missing" and key in meant:
            continue  # it is there, under a misspelt name
        if code == "words.first" and (*key, told["first"]) in meant:
            continue
        if key in slips:
            _, column, slipped_code = slips[key]
            spot = tree.spot((*key, KEY) if code in _OF_STRANGERS else key)
            problems.add(Spot(spot.path, spot.line, spot.column + column), slipped_code)
            continue
        _tell(tree, kind, _vacant((key, code, told), empty, kind, languages), problems)
    return None


def _slip(
    tree: Tree, key: Key, code: str, kind: type[Record], languages: tuple[str, ...]
) -> tuple[Key, int, str] | None:
    """Return the slip by which *code* is told at *key*: key that was meant, column, code.

    A name without a space behind its colon makes one word of itself and of what it should name.
    """
    if code in _OF_STRANGERS:
        above, written = key[:-1], key[-1]
    elif code in _OF_ONE_VALUE and not _is_beside_its_name(tree, key):
        above, written = key, reduce(getitem, key, tree.data)
    else:
        return None
    if not isinstance(written, str) or not (found := slip((written,), 0)):
        return None
    name = written[: found[1]].rstrip(":")
    begins_an_item = code == "field.list" and name in {"", "-"}
    if not begins_an_item and name not in _known(kind, above, languages):
        return None
    return (*above, name), found[1], found[2]


def _is_beside_its_name(tree: Tree, key: Key) -> bool:
    """Tell whether the value at *key* stands where no line of a group could begin."""
    is_named = bool(key) and isinstance(key[-1], str)
    return is_named and tree.spot((*key, KEY)).line == tree.spot(key).line


def _known(kind: type[Record], above: Key, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return which names may stand below what stands at *above*; none where any may."""
    type_ = _type_at(kind, above)
    return _fields_in(type_) or (languages if _takes_words(type_) else ())


def _empty(tree: Tree) -> Iterator[Key]:
    """Yield the names of *tree* behind which nothing is written, in their order."""
    before: Sequence[str | int] = ()
    for row in tree.marks:
        # What stands behind a name was marked right before it.
        if _is_name(row) and before[: len(row) - 3] != row[:-3]:
            yield tuple(row[:-3])
        before = row


def _is_name(row: Sequence[str | int]) -> bool:
    return KEY in row[-3:-2]


def _strangers(
    empty: Collection[Key], tree: Tree, kind: type[Record], languages: tuple[str, ...]
) -> Iterator[Wrong]:
    """Yield those *empty* names that nothing is called.

    Nobody reads them, as they say nothing; but within braces a comma makes such a name of all that
    follows it.
    """
    lines = {tuple(row[:-3]): row[-2] for row in tree.marks if _is_name(row)} if empty else {}
    beside = Counter((key[:-1], line) for key, line in lines.items())
    before: dict[Key, Key] = {}
    cut = set()
    for key in empty:
        known = _known(kind, key[:-1], languages)
        if not known or key[-1] in known:
            continue
        if beside[key[:-1], lines[key]] > 1:
            before = before or dict(zip(list(lines)[1:], lines, strict=False))
            cut.add(key)
            last = before.get(key, ())
            # A value with several commas is told of once.
            goes_on = last in cut and last[:-1] == key[:-1]
            if not goes_on or slip((str(key[-1]),), 0):
                yield key, comma_code(str(key[-1])), {}
        elif _fields_in(_type_at(kind, key[:-1])):
            yield key, "field.unknown", {}
        else:
            told = {"language": str(key[-1]), "known": ", ".join(languages)}
            yield key, "words.language", told


def _vacant(
    wrong: Wrong, empty: Collection[Key], kind: type[Record], languages: tuple[str, ...]
) -> Wrong:
    """Return *wrong* as it is to be told where the name of what is missing stands there, empty."""
    key, code, told = wrong
    if code == "words.first" and (*key, told["first"]) in empty:
        return (*key, told["first"]), "field.vacant", {}
    if code != "field.missing" or key not in empty:
        return wrong
    type_ = _type_at(kind, key)
    if _is_list(type_):
        return key, "field.empty", {}
    if _fields_in(type_):
        return key, "field.keys", {}
    if _takes_words(type_):
        return key, "words.pair", {"first": languages[0] if languages else ""}
    return key, "field.vacant", {}


def _meant(kind: type[Record], key: Key) -> str:
    """Return the key that a misspelt *key* was most likely meant for."""
    return nearest(str(key[-1]), _fields_in(_type_at(kind, key[:-1]))) or ""


def _tell(tree: Tree, kind: type[Record], wrong: Wrong, problems: Problems) -> None:
    key, code, told = wrong
    last = named(key, alone=True)
    values: dict[str, str] = {**told, "field": last if code in _OF_ONE_NAME else named(key)}
    if code == "field.unknown":
        known = _fields_in(_type_at(kind, key[:-1]))
        values |= {"known": ", ".join(known), "meant": _meant(kind, key)}
    if code in {"field.unknown", "field.comma", "field.digits"}:
        key = (*key, KEY)
    if code == "field.keys":
        known = _fields_in(_type_at(kind, key))
        values["known"] = ", ".join(known)
        if known and key and isinstance(key[-1], int):
            code, values["first"] = "field.item", known[0]
    if code == "field.vacant" and tree.spot((*key, NOTE)) > tree.spot(key):
        code, key = "field.noted", (*key, NOTE)
    if code in _BELOW_A_NAME:
        values["name"] = last
    if code == "choice.unknown":
        values["meant"] = nearest(values["written"], values["known"].split(", ")) or ""
    problems.add(tree.spot(key), code, **values)


def named(key: Key, *, alone: bool = False) -> str:
    """Return what editors call the field at *key*; *alone*: without those that it stands in."""
    names: list[str] = []
    in_list = False
    for part in key:
        if isinstance(part, str):
            names = [part] if in_list else [*names, part]
        in_list = isinstance(part, int)
    return names[-1] if alone and names else ".".join(names)


def _type_at(kind: Any, key: Key) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return the type of the value at *key* below *kind*; None where nothing is known of it."""
    for part in key:
        if isinstance(part, str):
            field = fields_of(record).get(part) if (record := _record_in(kind)) else None
            kind = field and field.annotation
    return kind


def _fields_in(type_: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the names of the fields of a *type_*, or of what it is a list of."""
    record = _record_in(type_)
    return tuple(fields_of(record)) if record else ()


def _takes_words(type_: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether a *type_* is written a language at a time."""
    return isinstance(type_, WordsReader) or any(map(_takes_words, get_args(type_)))


def _is_list(type_: Any) -> bool:  # noqa: ANN401 - as above
    return get_origin(type_) is tuple or any(map(_is_list, get_args(type_)))


def _record_in(annotation: Any) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return the record type that *annotation* wraps, if it wraps one."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)

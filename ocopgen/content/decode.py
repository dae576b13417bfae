"""Turn trees into records, and say at which value each attempt failed."""

from typing import Any, TypeVar, get_args

from ocopgen.base.problems import Problems
from ocopgen.base.text import nearest
from ocopgen.content.complaint import Complaint, Wrong
from ocopgen.content.readers import record_reader
from ocopgen.content.record import Record, fields_of
from ocopgen.content.tree import KEY, Key, Tree

R = TypeVar("R", bound=Record)

_MOST_TOLD = 100
"""Faults that are told of one file; who has more of them has another trouble."""


def decode(tree: Tree, kind: type[R], languages: tuple[str, ...], problems: Problems) -> R | None:
    """Return *tree* as a *kind*, or put every reason why not into *problems*."""
    data = {} if tree.data is None else tree.data
    try:
        record: R = record_reader(kind, languages)(data)
    except Complaint as complaint:
        found = complaint.wrongs
    else:
        return record
    unknown = [key for key, code, _ in found if code == "field.unknown"]
    meant = {(*key[:-1], _meant(kind, key)) for key in unknown[:_MOST_TOLD]}
    for each in found[:_MOST_TOLD]:
        key, code, _ = each
        if code == "field.missing" and key in meant:
            continue  # it is there, under a misspelt name
        _tell(tree, kind, each, problems)
    return None


def _meant(kind: type[Record], key: Key) -> str:
    """Return the key that a misspelt *key* was most likely meant for."""
    return nearest(str(key[-1]), _fields(kind, key[:-1])) or ""


def _tell(tree: Tree, kind: type[Record], wrong: Wrong, problems: Problems) -> None:
    key, code, told = wrong
    alone = code in {"field.missing", "field.unknown"}
    values: dict[str, str] = {**told, "field": named(key, alone=alone)}
    if code == "field.unknown":
        known = _fields(kind, key[:-1])
        values |= {"known": ", ".join(known), "meant": _meant(kind, key)}
        key = (*key, KEY)
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


def _fields(kind: Any, key: Key) -> tuple[str, ...]:  # noqa: ANN401 - annotations of all sorts
    """Return the names of the fields that the record at *key* below *kind* has."""
    for part in key:
        if isinstance(part, str) and isinstance(kind, type) and issubclass(kind, Record):
            kind = fields_of(kind)[part].annotation
        kind = _record_in(kind)
    return tuple(fields_of(kind)) if kind else ()


def _record_in(annotation: Any) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return the record type that *annotation* wraps, if it wraps one."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)

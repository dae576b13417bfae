"""Turn trees into records, and say at which value each attempt failed."""

from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from ocopgen.base.problems import Problems
from ocopgen.base.text import nearest
from ocopgen.content.record import Record
from ocopgen.content.tree import KEY, Key, Tree

R = TypeVar("R", bound=Record)

_CODES = {
    "missing": "field.missing",
    "extra_forbidden": "field.unknown",
    "model_type": "field.keys",
    "dict_type": "field.keys",
    "tuple_type": "field.list",
    "too_short": "field.empty",
    "string_type": "field.text",
    "literal_error": "choice.unknown",
}
"""The messages for what pydantic itself finds."""

_MOST_TOLD = 100
"""Faults that are told of one file; who has more of them has another trouble."""


def decode(tree: Tree, kind: type[R], languages: tuple[str, ...], problems: Problems) -> R | None:
    """Return *tree* as a *kind*, or put every reason why not into *problems*."""
    data = {} if tree.data is None else tree.data
    try:
        return kind.model_validate(data, context={"languages": languages})
    except ValidationError as error:
        found = error.errors(include_url=False)
        unknown = [each["loc"] for each in found if each["type"] == "extra_forbidden"]
        meant = {_meant(kind, key) for key in unknown[:_MOST_TOLD]}
        for each in found[:_MOST_TOLD]:
            if each["type"] == "too_short" and each["input"]:
                continue  # not the list is at fault, but the items that are told of
            if each["type"] == "missing" and each["loc"] in meant:
                continue  # it is there, under a misspelt name
            _tell(tree, kind, each, problems)
    return None


def _meant(kind: type[Record], key: Key) -> Key:
    """Return the key that a misspelt *key* was most likely meant for."""
    return (*key[:-1], nearest(str(key[-1]), _fields(kind, key[:-1])) or "")


def _tell(tree: Tree, kind: type[Record], found: Any, problems: Problems) -> None:  # noqa: ANN401
    code = _CODES.get(found["type"], found["type"])
    values: dict[str, Any] = {**found.get("ctx", {})}
    key: Key = found["loc"]
    if at := values.pop("at", None):
        key = (*key, at)
    values.pop("error", None)
    values["field"] = named(key, alone=code in {"field.missing", "field.unknown"})
    if code == "field.unknown":
        known = _fields(kind, key[:-1])
        values |= {"known": ", ".join(known), "meant": _meant(kind, key)[-1]}
        key = (*key, KEY)
    if code == "choice.unknown":
        known = tuple(
            part.strip(" '") for part in values["expected"].replace(" or ", ",").split(",")
        )
        written = str(found["input"])
        values |= {"written": written, "known": ", ".join(known)}
        values["meant"] = nearest(written, known) or ""
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
            kind = kind.model_fields[part].annotation
        kind = _record_in(kind)
    return tuple(kind.model_fields) if kind else ()


def _record_in(annotation: Any) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return the record type that *annotation* wraps, if it wraps one."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)

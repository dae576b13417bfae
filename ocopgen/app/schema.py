"""Describe the fields of records to editors' programs: JSON Schema, drawn from the model."""

import json
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from msgspec import Struct

from ocopgen.content import fields
from ocopgen.content.areas import Formed
from ocopgen.content.kinds import KINDS, file_of, is_type
from ocopgen.content.record import Record, fields_of
from ocopgen.content.tree import Tree
from ocopgen.pages.messages import Entries

FOLDER = ".vscode/ocopgen"
SETTINGS = ".vscode/settings.json"
_DIALECT = "http://json-schema.org/draft-07/schema#"
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DAY = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"
_NUMBER = {"type": ["number", "string"]}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_TYPES: tuple[tuple[Any, Mapping[str, Any]], ...] = (
    (fields.Line, {"type": ["string", "number"]}),
    (fields.Reference, {"type": "string", "pattern": _ID}),
    (fields.Star, {"enum": [3, 4, 5]}),
    (fields.Day, {"type": "string", "pattern": _DAY}),
    (fields.When, {"anyOf": [{"type": "string", "pattern": _DAY}, {"type": "integer"}]}),
    (fields.Year, {"type": "integer", "minimum": 1900, "maximum": 2099}),
    (fields.Dong, _NUMBER),
    (fields.Count, _NUMBER),
    (fields.Degrees, {"type": "number"}),
    (fields.Phone, {"type": ["string", "integer"]}),
    (fields.Gtin, {"type": ["string", "integer"]}),
    (fields.SafeUrl, {"type": "string", "pattern": "^https://"}),
    (fields.AnyUrl, _ADDRESS),
    (fields.Email, {"type": "string", "format": "email"}),
    (fields.FileName, {"type": "string"}),
    (fields.Flag, {"type": "boolean"}),
    (
        fields.Months,
        {
            "anyOf": [
                {"type": "array", "items": {"type": ["integer", "string"]}},
                {"type": ["string", "integer"]},
            ]
        },
    ),
    (
        fields.Selection,
        {
            "anyOf": [
                {"const": "all"},
                {"type": "array", "items": {"type": "string", "pattern": _ID}},
            ]
        },
    ),
)
"""What YAML takes the written text of each type for; the types of fields.py are no JSON types."""


class Choices(Struct, frozen=True):
    """The ids that fields may name, each with what it is called, in all languages."""

    sets: Mapping[str, str]
    communes: Mapping[str, str]
    districts: Mapping[str, str]
    producers: Mapping[str, str]
    formed: Formed
    """The former communes that those of today are formed from."""


def choices_of(trees: Mapping[str, Tree], first: str) -> Choices:
    """Return what is called how in *trees*, the files by path; *first* is the first language."""
    sets, communes, districts, producers = {}, {}, {}, {}
    formed: list[tuple[str, str]] = []
    for path, tree in trees.items():
        data: Any = tree.data if isinstance(tree.data, dict) else {}
        if path.startswith("content/producers/"):
            producers[path.rsplit("/", 1)[1].removesuffix(".yaml")] = _name(data, first)
        for each in _rows(data, "communes"):
            communes[str(each.get("id"))] = _name(each, first)
            formed += [
                (str(old.get("name")), str(each.get("id"))) for old in _rows(each, "formed_from")
            ]
        for each in _rows(data, "districts"):
            districts[str(each.get("id"))] = _name(each, first)
        for sector in _rows(data, "sectors"):
            for group in _rows(sector, "groups"):
                for each in _rows(group, "sets"):
                    sets[str(each.get("id"))] = _name(each, first)
    return Choices(sets, communes, districts, producers, tuple(formed))


def _rows(data: Any, key: str) -> list[dict[str, Any]]:  # noqa: ANN401 - what YAML can hold
    found = data.get(key) if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _name(data: Mapping[str, Any], first: str) -> str:
    name = data.get("name")
    return str(name.get(first, "")) if isinstance(name, dict) else ""


def schema(
    kind: str, languages: tuple[str, ...], words: Mapping[str, Entries], choices: Choices
) -> str:
    """Return the JSON Schema of records of the *kind* "product" and so on.

    *languages* are the site's own; *words* explains the fields, in every language of messages.
    """
    maker = _Maker(languages, words, choices)
    record = KINDS[kind]
    made = {"$schema": _DIALECT, **maker.record(record), "title": maker.said(record, "called")}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


class _Maker:
    def __init__(
        self, languages: tuple[str, ...], words: Mapping[str, Entries], choices: Choices
    ) -> None:
        self.languages = languages
        self.words = words
        self.choices: Mapping[str, Mapping[str, str]] = {
            "set": choices.sets,
            "commune": choices.communes,
            "district": choices.districts,
        }
        self.producers = choices.producers

    def record(self, kind: type[Record]) -> dict[str, Any]:
        model = fields_of(kind)
        required = [key for key, each in model.items() if each.required]
        properties = {key: self._field(kind, key, each.annotation) for key, each in model.items()}
        shape = {"type": "object", "additionalProperties": False, "properties": properties}
        return {**shape, **({"required": required} if required else {})}

    def said(self, kind: type[Record], key: str) -> str:
        said = dict.fromkeys(each[f"{kind.__name__}.{key}"] for each in self.words.values())
        return " / ".join(said)

    def _field(self, kind: type[Record], key: str, hint: Any) -> dict[str, Any]:  # noqa: ANN401
        made = self._type(hint)
        if names := self.choices.get(key):
            made = {"type": "string", "enum": [*names], "enumDescriptions": [*names.values()]}
        elif key == "producer" and self.producers:
            # A new producer may come with the product, so these are only offered.
            made = {**made, "examples": [*self.producers]}
        title, note = self.said(kind, f"{key}.title"), self.said(kind, f"{key}.note")
        return {**made, "title": title, "description": note}

    def _type(self, hint: Any) -> dict[str, Any]:  # noqa: ANN401 - annotations of all sorts
        if is_type(hint, fields.Text):
            return self._text()
        for each, shape in _TYPES:
            if is_type(hint, each):
                return dict(shape)
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.record(hint)
        inner = [each for each in get_args(hint) if each is not type(None)]
        if get_origin(hint) is tuple:
            return {"type": "array", "items": self._type(inner[0])}
        if inner and all(isinstance(each, str) for each in inner):
            return {"enum": inner}
        return self._type(inner[0])  # a type with a check, or one that may be absent

    def _text(self) -> dict[str, Any]:
        texts = {code: {"type": ["string", "number"]} for code in self.languages}
        shape = {"type": "object", "additionalProperties": False, "properties": texts}
        return {**shape, "required": list(self.languages[:1])}


def settings(before: str) -> str | None:
    """Return VS Code's settings with the schemas in their place; None: *before* is no plain JSON.

    What else stands there is kept.
    """
    try:
        kept = json.loads(before or "{}")
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return None
    known = kept.get("yaml.schemas")
    own = {f"./{FOLDER}/{kind}.schema.json": file_of(kind, "*") for kind in KINDS}
    schemas = {**(known if isinstance(known, dict) else {}), **own}
    return json.dumps({**kept, "yaml.schemas": schemas}, ensure_ascii=False, indent=2) + "\n"


def guide(words: Entries, headings: Mapping[str, str]) -> str:
    """Return a page for people, in Markdown: every field of every record, in one language.

    *headings* are the words for "field", "required" and so on.
    """
    rows: list[str] = [f"# {headings['title']}", "", headings["start"], ""]
    told: set[type[Record]] = set()
    pending: list[type[Record]] = list(KINDS.values())
    while pending:
        kind = pending.pop(0)
        if kind in told:
            continue
        told.add(kind)
        rows += [f"## {words[f'{kind.__name__}.called']}", "", headings["head"], "|---|---|---|"]
        for key, each in fields_of(kind).items():
            name = f"{kind.__name__}.{key}"
            must = headings["must"] if each.required else ""
            rows.append(f"| `{key}` | {words[f'{name}.title']}{must} | {words[f'{name}.note']} |")
            pending += [each for each in records_in(each.annotation) if each not in told]
        rows.append("")
    return "\n".join(rows)


def records_in(annotation: Any) -> list[type[Record]]:  # noqa: ANN401 - annotations of all sorts
    """Return the types of records that *annotation* is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [found for each in get_args(annotation) for found in records_in(each)]

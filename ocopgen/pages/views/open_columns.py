"""The columns of the open data, drawn from the model of the records.

So no second list of fields has to agree with the first: words become a column a language, a part
of a record one of each of its fields, and a list of parts one text.
"""

from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from msgspec import Struct

from ocopgen.content import fields
from ocopgen.content.kinds import is_type
from ocopgen.content.lifecycle import Status
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Producer
from ocopgen.pages.views.press import Press

_INTEGER, _NUMBER, _TEXT, _DAY = "integer", "number", "string", "date"
_TYPES: tuple[tuple[Any, str, str], ...] = (
    (fields.Star, _INTEGER, ""),
    (fields.Day, _DAY, ""),
    (fields.Year, _INTEGER, ""),
    (fields.Dong, _INTEGER, ""),
    (fields.Count, _INTEGER, ""),
    (fields.Degrees, _NUMBER, ""),
    (fields.SafeUrl, _TEXT, "uri"),
    (fields.AnyUrl, _TEXT, "uri"),
)
"""The type and the format of a column, in the terms of Table Schema; all others are plain text."""
_OTHERWISE = {"draft", "consent", "photos", "url", "certifications"}
"""Fields of the model that are not told, or are in another place (see open_records)."""
_LEADS = {"set": "sets", "producer": "producers", "commune": "communes", "district": "districts"}
_CODES = {Producer: "producer.kind.", Outlet: "outlet.", Event: "event."}
"""Where the words for the kinds of records are."""


class Column(Struct, frozen=True):
    """A column of a table."""

    name: str
    title: str
    path: tuple[str, ...]
    """Where its value stands in a record."""
    type: str = _TEXT
    format: str = ""
    required: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    """The values that it may have, with what they mean; empty: any."""
    leads_to: str = ""
    """The table whose ids it names; empty: none."""


class Columns:
    """Makes columns, in the words of one language."""

    def __init__(self, press: Press) -> None:
        """Take languages and words from *press*."""
        self._t = press.t
        self._languages = [each.code for each in press.catalogue.site.languages]

    def own(
        self, name: str, type_: str = _TEXT, *, form: str = "", leads_to: str = ""
    ) -> tuple[Column, ...]:
        """Return the one column *name*, which the model does not have."""
        title, must = self._t(f"open.column.{name}"), name in {"id", "product"}
        codes = tuple((each.value, self._t(f"figures.status.{each.value}")) for each in Status)
        told = codes if name == "status" else ()
        return (Column(name, title, (name,), type_, form, must, told, leads_to),)

    def words(self, *names: str, form: str = "") -> Iterator[Column]:
        """Yield a column a language for each of *names*, which the model does not have."""
        for name in names:
            for code in self._languages:
                title = f"{self._t(f'open.column.{name}')} ({code})"
                yield Column(f"{name}_{code}", title, (name, code), format=form)

    def of_page(self) -> tuple[Column, ...]:
        """Return the columns of an id and of the addresses of its page."""
        return (*self.own("id"), *self.words("url", form="uri"))

    def of(self, kind: type[Record], before: tuple[str, ...] = ()) -> Iterator[Column]:
        """Yield the columns of the fields of *kind*, which stands at *before* in a record."""
        for name, each in fields_of(kind).items():
            if name not in _OTHERWISE:
                must = each.required and not before
                yield from self._of_field(kind, (*before, name), each.annotation, required=must)

    def _of_field(
        self, kind: type[Record], path: tuple[str, ...], hint: object, *, required: bool
    ) -> Iterator[Column]:
        bare, name = _bare(hint), "_".join(path)
        title = self._t(f"field.{kind.__name__}.{path[-1]}.title")
        if is_type(bare, fields.Text):
            for place, code in enumerate(self._languages):
                must = required and place == 0
                yield Column(f"{name}_{code}", f"{title} ({code})", (*path, code), required=must)
        elif isinstance(bare, type) and issubclass(bare, Record):
            for inner in self.of(bare, path):
                yield Column(**{**_parts(inner), "title": f"{title}: {inner.title}"})
        else:
            types = ((type_, form) for each, type_, form in _TYPES if is_type(bare, each))
            type_, form = next(types, (_TEXT, ""))
            words = _CODES.get(kind, "") if path[-1] == "kind" else ""
            codes = self._codes(words, bare) if get_origin(bare) is Literal else ()
            leads = _LEADS.get(name, "") if kind is not Outlet or name != "producer" else ""
            yield Column(name, title, path, type_, form, required, codes, leads)

    def _codes(self, words: str, choices: object) -> tuple[tuple[str, str], ...]:
        told = ((each, self._t(f"{words}{each}") if words else "") for each in get_args(choices))
        return tuple(told)


def _parts(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in column.__struct_fields__}


def _bare(hint: object) -> Any:  # noqa: ANN401 - annotations of all sorts
    """Return *hint* without "or nothing"."""
    if get_origin(hint) is not tuple and NoneType in get_args(hint):
        (kept,) = (each for each in get_args(hint) if each is not NoneType)
        return kept
    return hint

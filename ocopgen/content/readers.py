"""How values of records are read: the marks of their types, and what each type makes of a tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from msgspec import Struct

from ocopgen.content.complaint import Complaint, Wrong, fault
from ocopgen.content.record import Record, fields_of

Languages = tuple[str, ...]
"""Those of the site, by code; empty while they are not known."""
Read = Callable[[Any], Any]
"""Takes what a file says, and returns what it means or raises a complaint."""


class Reader(Struct, frozen=True):
    """The mark of a type that *read* understands by itself."""

    read: Read


class WordsReader(Struct, frozen=True):
    """The mark of a type that is read with the languages of the site in mind."""

    reader: Callable[[Languages], Read]


class Check(Struct, frozen=True):
    """The mark of a type whose values *look* may complain of, once they are read."""

    look: Callable[[Any], None]


class Precheck(Struct, frozen=True):
    """The same of what is written, before it is read."""

    look: Callable[[Any], None]


@cache
def record_reader(kind: type[Record], languages: Languages) -> Read:
    """Return what reads a *kind*, all of whose faults are then in one complaint.

    Types are looked at here, once, and not for each value. Keys are told only of what is wrong:
    they are put together as the complaint rises.
    """
    fields = fields_of(kind)
    readers = {name: reader_of(each.annotation, languages) for name, each in fields.items()}
    required = {name for name, each in fields.items() if each.required}
    most = kind.most_items

    def read(written: object) -> Record:
        if not isinstance(written, dict):
            raise fault("field.keys")
        values: dict[str, Any] = {}
        wrong: dict[str, Complaint] = {}
        for name, value in written.items():
            if isinstance(value, list) and len(value) > most:
                raise fault("field.many", at=name, size=len(value), most=most)
            if name in readers:
                try:
                    values[name] = readers[name](value)
                except Complaint as complaint:
                    wrong[name] = complaint
        if len(values) < len(written) or not required <= values.keys():
            raise Complaint(list(_wrongs(kind, written, wrong)))
        record = kind(**values)
        record.check()
        return record

    return read


def _wrongs(
    kind: type[Record], written: Mapping[str, object], wrong: Mapping[str, Complaint]
) -> Iterator[Wrong]:
    """Yield what is wrong with the fields of a *kind* in their order, then what has no field."""
    fields = fields_of(kind)
    for name, field in fields.items():
        if name in wrong:
            yield from wrong[name].below(name)
        elif field.required and name not in written:
            yield (name,), "field.missing", {}
    for name in written:
        if name not in fields:
            yield (name,), "field.unknown", {}


def reader_of(type_: Any, languages: Languages) -> Read:  # noqa: ANN401 - annotations of all sorts
    """Return what reads values of *type_*, which is the type of a field or a part of one."""
    if isinstance(type_, type) and issubclass(type_, Record):
        return record_reader(type_, languages)
    inner, origin = get_args(type_), get_origin(type_)
    if origin is Annotated:
        return _marked(inner[0], inner[1:], languages)
    if origin is Literal:
        return _choice(inner)
    if origin is tuple:
        return _list(reader_of(inner[0], languages))
    if origin is dict:
        return _mapping(reader_of(inner[1], languages))
    (present,) = (each for each in inner if each is not NoneType)
    return _optional(reader_of(present, languages))


def _marked(type_: Any, marks: tuple[Any, ...], languages: Languages) -> Read:  # noqa: ANN401 - as above
    first, *checks = marks
    if isinstance(first, Reader):
        read = first.read
    elif isinstance(first, WordsReader):
        read = first.reader(languages)
    else:
        read, checks = reader_of(type_, languages), [*marks]
    for mark in checks:
        read = _checked(read, mark)
    return read


def _checked(read: Read, mark: Check | Precheck) -> Read:
    def read_first(written: object) -> Any:  # noqa: ANN401 - as above
        value = read(written)
        mark.look(value)
        return value

    def look_first(written: object) -> Any:  # noqa: ANN401 - as above
        mark.look(written)
        return read(written)

    return look_first if isinstance(mark, Precheck) else read_first


def _choice(choices: tuple[str, ...]) -> Read:
    def read(written: object) -> object:
        if written not in choices:
            raise fault("choice.unknown", written=written, known=", ".join(choices))
        return written

    return read


def _list(read: Read) -> Read:
    def read_list(written: object) -> tuple[Any, ...]:
        if not isinstance(written, list):
            raise fault("field.list")
        return tuple(_each(enumerate(written), read))

    return read_list


def _mapping(read: Read) -> Read:
    def read_mapping(written: object) -> dict[str, Any]:
        if not isinstance(written, dict):
            raise fault("field.keys")
        return dict(zip(written, _each(written.items(), read), strict=True))

    return read_mapping


def _each(parts: Iterable[tuple[str | int, object]], read: Read) -> list[Any]:
    """Return what *read* makes of each of *parts*, or raise all that it complains of."""
    values: list[Any] = []
    wrongs: list[Wrong] = []
    for name, part in parts:
        try:
            values.append(read(part))
        except Complaint as complaint:
            wrongs += complaint.below(name)
    if wrongs:
        raise Complaint(wrongs)
    return values


def _optional(read: Read) -> Read:
    return lambda written: None if written is None else read(written)

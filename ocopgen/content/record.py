"""What all records have in common."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform

import msgspec
from msgspec import Struct, StructMeta

from ocopgen.content.limits import MOST_ITEMS


class _RecordMeta(StructMeta):
    """Lets fields that are required follow others: msgspec wants to be told so at every class."""

    def __new__(cls, *parts: Any, **config: Any) -> Any:  # noqa: ANN401 - as StructMeta has them
        return super().__new__(cls, *parts, kw_only=True, **config)


# Nothing in a record leads back to it, so nobody need look for circles.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Record(Struct, metaclass=_RecordMeta, frozen=True, gc=False):
    """What editors write: nothing unknown is accepted, nothing changes afterwards."""

    most_items: ClassVar[int] = MOST_ITEMS
    """How many entries each of its lists may have."""

    def check(self) -> None:
        """Raise the complaint that fields do not agree, each of which is right by itself."""


class Field(Struct, frozen=True):
    """What the model says of one field of a kind of records."""

    annotation: Any
    """Its type, with the marks that say how it is read."""
    required: bool


@cache
def fields_of(kind: type[Record]) -> Mapping[str, Field]:
    """Return the fields of *kind* by name, in the order in which they are written."""
    found = {each.name: Field(each.type, each.required) for each in msgspec.structs.fields(kind)}
    return MappingProxyType(found)

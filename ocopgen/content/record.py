"""What all records have in common."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

from ocopgen.content.complaint import fault
from ocopgen.content.limits import MOST_ITEMS


class Record(BaseModel):
    """What editors write: nothing unknown is accepted, nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    most_items: ClassVar[int] = MOST_ITEMS
    """How many entries each of its lists may have."""

    @model_validator(mode="before")
    @classmethod
    def _not_too_many(cls, written: Any) -> Any:  # noqa: ANN401 - what YAML can hold
        for name, value in written.items() if isinstance(written, dict) else ():
            if isinstance(value, list) and len(value) > cls.most_items:
                raise fault("field.many", at=name, size=len(value), most=cls.most_items)
        return written

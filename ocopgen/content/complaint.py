"""How a validator complains: a code, and the values that its sentence names."""

from pydantic_core import PydanticCustomError


def fault(code: str, /, **values: object) -> PydanticCustomError:
    """Return the complaint *code*, for a validator to raise.

    A value named "at" says which key below the field is meant.
    """
    return PydanticCustomError(code, code, {key: str(value) for key, value in values.items()})

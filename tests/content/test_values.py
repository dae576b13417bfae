"""Written values are understood as their authors meant them, or refused."""

import pytest
from pydantic import TypeAdapter, ValidationError

from ocopgen.content import fields
from ocopgen.content.fields import DayOrYear
from tests.casefile import cases


def understood(kind: str, written: str) -> str:
    """Return what is understood by *written*, or the fault."""
    try:
        value = TypeAdapter(getattr(fields, kind)).validate_python(written)
    except ValidationError as error:
        return f"✗ {error.errors()[0]['type']}"
    if isinstance(value, DayOrYear):
        return f"{value.first} to {value.last}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def table(kind: str, written: str) -> str:
    """Return a line for every line *written*: what stands there, and what is understood."""
    return "".join(f"{line} => {understood(kind, line)}\n" for line in written.splitlines())


@pytest.mark.parametrize(("written", "told"), cases("values.md"))
def test_values(request: pytest.FixtureRequest, written: str, told: str) -> None:
    kind = request.node.callspec.id

    assert table(kind, written) == told

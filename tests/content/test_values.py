"""Written values are understood as their authors meant them, or refused."""

import pytest

from ocopgen.content import fields
from ocopgen.content.complaint import Complaint
from ocopgen.content.fields import DayOrYear
from ocopgen.content.readers import reader_of
from tests.casefile import cases


def understood(kind: str, written: str) -> str:
    """Return what is understood by *written*, or the fault."""
    try:
        value = reader_of(getattr(fields, kind), ())(written)
    except Complaint as complaint:
        return f"✗ {complaint.wrongs[0][1]}"
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

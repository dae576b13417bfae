"""Cut long lists into parts, and lead from one to the next."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ocopgen.pages.views.parts import Paging
from ocopgen.pages.views.press import Press

T = TypeVar("T")

_AROUND = 2
"""How many parts are named on either side of the one that is shown."""


def parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return *items* in parts of at most *size*; of nothing there is one empty part."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def paging(press: Press, url: str, number: int, last: int) -> Paging | None:
    """Return the way through a list that begins at *url*, from part *number* of *last*."""
    if last == 1:
        return None
    part = press.routes.part
    return Paging(
        links=tuple((name, part(url, int(name)) if name else "") for name in _names(number, last)),
        current=str(number),
        previous=part(url, number - 1) if number > 1 else "",
        next=part(url, number + 1) if number < last else "",
    )


def _names(number: int, last: int) -> Iterator[str]:
    """Yield the numbers of the parts to be named, with an empty one for each gap."""
    shown = {1, last, *range(max(1, number - _AROUND), min(last, number + _AROUND) + 1)}
    before = 0
    for each in sorted(shown):
        if each > before + 1:
            yield ""
        yield str(each)
        before = each

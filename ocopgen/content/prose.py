"""What a Markdown text says, once it was read."""

from itertools import count

from msgspec import Struct

from ocopgen.base.text import slug

LAST_HEADING = 6


def heading_id(words: str, taken: set[str]) -> str:
    """Return a name for a heading that says *words*, and add it to those *taken* in its text."""
    name = base = slug(words) or "muc"
    numbers = count(len(taken))
    while name in taken:
        name = f"{base}-{next(numbers)}"
    taken.add(name)
    return name


class Block(Struct, frozen=True):
    """A stretch of prose: either finished HTML, or a picture that stands on its own."""

    html: str = ""
    photo: str = ""
    alt: str = ""
    line: int = 0


class Prose(Struct, frozen=True):
    """What a Markdown text says."""

    blocks: tuple[Block, ...]
    plain: str
    """The words alone, for search and descriptions."""
    links: tuple[tuple[str, int], ...] = ()
    """The addresses of this site that it links to, each with its line."""

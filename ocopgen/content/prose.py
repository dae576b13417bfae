"""What a Markdown text says, once it was read."""

from msgspec import Struct


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

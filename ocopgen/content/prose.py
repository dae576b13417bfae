"""What a Markdown text says, once it was read."""

from typing import Any

from msgspec import Struct, convert, to_builtins


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

    def as_json(self) -> dict[str, Any]:
        """Return the prose as plain JSON."""
        plain: dict[str, Any] = to_builtins(self)
        return plain

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Prose":
        """Return the prose that was kept as plain JSON."""
        return convert(kept, cls)

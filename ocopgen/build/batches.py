"""Remember what batches of pages came to: what is the same is not listed and named again.

Two lines tell of a batch: what its pages are made of, which one edit may change in every batch, and
what they came to, which stays where no page is another one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.installed import program
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults
from ocopgen.build.ahead import EditionPages
from ocopgen.build.plan import Code, Output, Pending
from ocopgen.pages.sitemap import Line
from ocopgen.pages.templates import Templates

Row = tuple[str, Digest, str, int, Line, tuple[str, Digest, str] | None]
"""Of a page: its path, its key, the file and the line of content/ that ask for it, what its sitemap
says of it, and the path, the key and the address of the QR code beside it, if there is one. Nothing
that changes while the page stays as it is: all pages of a batch are written down anew."""
Said = Callable[[Pending], Line]
"""Tells what its sitemap says of a page."""


@cache
def _program() -> Digest:
    """Return one name for what shapes rows beside what scenes and templates tell."""
    rooms = ("build/batches.py", "build/outline.py", "build/plan.py", "pages/codes.py")
    return program(rooms, ("segno",))


class _Shared(Struct, array_like=True):
    """What the pages of a batch are made of."""

    scene: Digest
    keys: dict[str, Digest]
    """What each of their templates brings to them."""
    own: list[str]
    """What each is made of beside what they share; empty where that is nothing."""
    rows: Digest
    """Of the line that tells what they came to."""
    names: list[Digest | None]
    """One name for all that each is made of; empty where `own` tells the same."""


def rows_of(outputs: Iterable[Output], said: Said) -> Iterator[Row]:
    """Yield what is kept of *outputs*: pages, what is *said* of each, and the code beside it."""
    row: Row | None = None
    for output in outputs:
        job = output.job
        if isinstance(job, Pending):
            if row:
                yield row
            asked = output.origin.path, output.origin.line
            row = (output.path, output.key, *asked, said(job), None)
        elif isinstance(job, Code) and row:
            yield (*row[:-1], (output.path, output.key, job.address))
            row = None
    if row:
        yield row


def recalled(
    memory: Memory, edition: EditionPages, number: int, templates: Templates
) -> Sequence[Row | None] | None:
    """Return what an earlier run found of each page of the batch *number* of *edition*.

    None stands for a page that is made of something else now, or for all if that cannot be told:
    *memory* knows none, or they share something that is another one, *templates* too.
    """
    batch = edition.batches[number].batch
    if not batch.scene:
        return None
    first, second = _lines(edition, number)
    with suppress(MsgspecError, ContentFaults):
        shared = decode(_said(memory, first), type=_Shared)
        if shared.scene != batch.scene() or _keys(edition, shared.keys, templates) != shared.keys:
            return None
        line, own = _said(memory, second), batch.own() if batch.own else []
        if digest_of_bytes(line) != shared.rows:
            return None
        rows = decode(line, type=list[Row])
        if shared.own == own:
            return rows
        if len(shared.own) == len(own) == len(rows):
            pairs = zip(rows, shared.own, own, strict=True)
            return [row if before == now else None for row, before, now in pairs]
    return None


def recalled_by_name(
    memory: Memory, edition: EditionPages, number: int, templates: Templates
) -> Sequence[Row | None] | None:
    """Return the same of a batch of which `recalled` tells nothing, page by page, by their names.

    To name them all takes a while, so it is done where something that they share is another one:
    one name that changed may have moved any product from one list to the next, and hardly has.
    """
    batch = edition.batches[number]
    if not batch.batch.scene or batch.batch.own:
        return None
    first, second = _lines(edition, number)
    with suppress(MsgspecError, ContentFaults):
        shared = decode(_said(memory, first), type=_Shared)
        line = _said(memory, second)
        if _keys(edition, shared.keys, templates) != shared.keys:
            return None
        if digest_of_bytes(line) != shared.rows:
            return None
        known = dict(zip(shared.names, decode(line, type=list[Row]), strict=True))
        return [known.get(name) if name else None for _, name in batch.named]
    return None


def keep(
    memory: Memory, edition: EditionPages, number: int, templates: Templates, rows: Iterable[Row]
) -> None:
    """Let *memory* know the *rows* of all pages of the batch *number*, which are without fault."""
    listed = edition.batches[number]
    if not listed.batch.scene:
        return
    first, second = _lines(edition, number)
    line, own = encode(list(rows)), listed.batch.own() if listed.batch.own else []
    keys = _keys(edition, sorted({page.template for page in listed.pages}), templates)
    names = [] if listed.batch.own else [name for _, name in listed.named]
    shared = _Shared(listed.batch.scene(), keys, own, digest_of_bytes(line), names)
    memory.keep_line(first, encode(shared))
    memory.keep_line(second, line)


def _lines(edition: EditionPages, number: int) -> tuple[str, str]:
    """Return what the two lines that tell of a batch are called."""
    code = edition.press.edition.language.code
    where = f"{_program()} {code} {number}"
    return f"batch {where}", f"pages {where}"


def _said(memory: Memory, name: str) -> bytes:
    line = memory.line(name)
    return line.read() if line else b""


def _keys(edition: EditionPages, used: Iterable[str], templates: Templates) -> dict[str, Digest]:
    """Return what the templates that are *used* bring to a page; raises ContentFaults."""
    language = edition.press.edition.language.code
    return {each: templates.key(each, language) for each in used}

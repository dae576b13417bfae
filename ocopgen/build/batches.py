"""Remember what batches of pages came to: what is the same is not listed and named again."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults
from ocopgen.build.ahead import EditionPages
from ocopgen.build.plan import Code, Output, Pending
from ocopgen.pages.templates import Templates

Row = Sequence[Any]
"""Of a page: its path, its key, its name if it has one, the file and the line of content/ that ask
for it, and the path, the key and the address of the QR code beside it, if there is one."""


def rows_of(outputs: Iterable[Output]) -> Iterator[Row]:
    """Yield what is kept of *outputs*: pages, each with the code beside it."""
    row: Row | None = None
    for output in outputs:
        job = output.job
        if isinstance(job, Pending):
            if row:
                yield row
            asked = output.origin.path, output.origin.line
            row = (output.path, output.key, job.name, *asked, None)
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
    found = memory.recall(_line(edition, number)) if batch.scene else None
    if not found or not batch.scene or found["scene"] != batch.scene():
        return None
    with suppress(ContentFaults):
        if _keys(edition, found["keys"], templates) == found["keys"]:
            own, rows = batch.own() if batch.own else [], found["rows"]
            if own == found["own"]:
                return list(rows)
            pairs = zip(rows, found["own"], own, strict=True)
            return [row if before == now else None for row, before, now in pairs]
    return None


def keep(
    memory: Memory, edition: EditionPages, number: int, templates: Templates, rows: Iterable[Row]
) -> None:
    """Let *memory* know the *rows* of all pages of the batch *number*, which are without fault."""
    pages = edition.batches[number]
    if scene := pages.batch.scene:
        used = sorted({page.template for page in pages.pages})
        line = {
            "scene": scene(),
            "own": pages.batch.own() if pages.batch.own else [],
            "keys": _keys(edition, used, templates),
            "rows": list(rows),
        }
        memory.keep(_line(edition, number), line)


def _line(edition: EditionPages, number: int) -> str:
    return f"batch {edition.press.edition.language.code} {number}"


def _keys(edition: EditionPages, used: Iterable[str], templates: Templates) -> dict[str, Digest]:
    """Return what the templates that are *used* bring to a page; raises ContentFaults."""
    language = edition.press.edition.language.code
    return {each: templates.key(each, language) for each in used}

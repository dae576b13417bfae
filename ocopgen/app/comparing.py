"""Tell what a new site changes of the one that is online, to people and to merge requests."""

from collections.abc import Iterator
from pathlib import Path

from ocopgen.app.terminal import Terminal
from ocopgen.base.whole import write_whole
from ocopgen.build.compare import Changes

_MOST = 100
"""Addresses of one kind that are listed; more would hide what matters."""


def tell_changes(found: Changes, terminal: Terminal) -> None:
    """Say in one line how many pages came, changed and went."""
    terminal.say("compared", **_counts(found))


def write_summary(out: Path, found: Changes, terminal: Terminal) -> None:
    """Write *found* to *out* in Markdown."""
    lines = [
        f"### {terminal.words('summary.title')}",
        "",
        terminal.words("compared", **_counts(found)),
    ]
    for kind in ("added", "changed", "removed"):
        lines += _listed(kind, getattr(found, kind), terminal)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, ("\n".join(lines) + "\n").encode())


def _counts(found: Changes) -> dict[str, int]:
    kinds = (("added", found.added), ("changed", found.changed), ("removed", found.removed))
    return {kind: len(paths) for kind, paths in kinds}


def _listed(kind: str, paths: tuple[str, ...], terminal: Terminal) -> Iterator[str]:
    if not paths:
        return
    yield from (
        "",
        f"<details><summary>{terminal.words(f'summary.{kind}')}: {len(paths)}</summary>",
    )
    yield ""
    for path in paths[:_MOST]:
        yield f"- `/{path.removesuffix('index.html')}`"
    if len(paths) > _MOST:
        yield f"- {terminal.words('summary.more', count=len(paths) - _MOST)}"
    yield from ("", "</details>")

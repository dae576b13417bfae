"""Decide what the files of the catalogue would say, and write that."""

import json
import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any

from msgspec import Struct

from ocopgen.app.sheets.editing import Change, arranged, changes, edited
from ocopgen.app.sheets.rows import Draft
from ocopgen.base.problems import Problems, WrongUse
from ocopgen.base.whole import write_whole
from ocopgen.content.canon import NotKept, canonical
from ocopgen.content.decode import decode
from ocopgen.content.records import Product
from ocopgen.content.source import ended_as, plain_lines, read_tree

_BOM = "\ufeff"
_PLAIN = {"star", "issued", "extended_until", "accessed", "as_of", "gtin", "season", "draft"}
"""Fields that the usual form and an edit spell alike, whatever is written."""
_AMOUNTS, _LONG = {"min", "max"}, 8
"""Prices, and the digits from which on an edit takes them for a code and quotes them."""
_DOUBTFUL = re.compile(r"[-+.~\d]|(?:true|false|yes|no|on|off|y|n|null)$", re.IGNORECASE)
"""What begins like a number, or is a word that other readers take for no text."""
_CONTEXT = 2
"""Lines around a change that are shown with it."""


class Page(Struct, frozen=True):
    """A file of the catalogue, as it is and as it shall be."""

    path: str
    before: bytes | None
    """Absent: the file is new."""
    text: str

    @property
    def content(self) -> bytes:
        """Return what is written: with the line ends and the mark that the file had."""
        before = self.before or b""
        mark = _BOM if before.startswith(_BOM.encode()) else ""
        return f"{mark}{ended_as(self.text, before)}".encode()

    def difference(self) -> str:
        """Return what changes, as the lines that go and those that come."""
        old = _text(self.before or b"").splitlines()
        names = (self.path if self.before is not None else "", self.path)
        rows = list(unified_diff(old, self.text.splitlines(), *names, n=_CONTEXT, lineterm=""))
        return "\n".join([self.path, *(row for row in rows[2:])])


def pages_of(root: Path, drafts: Sequence[Draft], languages: tuple[str, ...]) -> Iterator[Page]:
    """Yield the files that would change for *drafts*, each tried by reading it again."""
    for draft in drafts:
        if draft.changed:
            page = _page(root, draft)
            _try(page, draft, languages)
            yield page


def _page(root: Path, draft: Draft) -> Page:
    if draft.before is None:
        # JSON is YAML too, and fast to make; the usual form is the same whatever it is made from.
        said = json.dumps(arranged(draft.tree.data, ()), ensure_ascii=False)
        text = canonical(said, Product)
        return Page(f"content/products/{draft.id}/product.yaml", None, text)
    path = draft.before.tree.path
    before = (root / path).read_bytes()
    old = _text(before)
    wanted = list(changes(draft.before.tree.data, draft.tree.data))
    new = edited(old, wanted)
    if any(map(_wants_quotes, wanted)) and _usual(old) == old:
        new = _usual(new) or new
    return Page(path, before, new)


def _wants_quotes(change: Change) -> bool:
    """Tell whether *change* brings what the usual form may spell in another way.

    To ask for the usual form of each file would take most of the time of a long list.
    """
    key, value = change
    if isinstance(value, dict):
        return any(_wants_quotes(((*key, name), each)) for name, each in value.items())
    if isinstance(value, list):
        return any(_wants_quotes(((*key, place), each)) for place, each in enumerate(value))
    names = [part for part in key if isinstance(part, str)]
    if value is None or names[-1] in _PLAIN or (names[-1] in _AMOUNTS and len(value) < _LONG):
        return False
    return bool(_DOUBTFUL.match(value))


def _usual(text: str) -> str | None:
    try:
        return canonical(text, Product)
    except NotKept:
        return None


def _text(content: bytes) -> str:
    return plain_lines(content.decode("utf-8-sig"))


def _try(page: Page, draft: Draft, languages: tuple[str, ...]) -> None:
    """Make sure that the file will say what the draft does, and nothing else."""
    tree = read_tree(page.path, page.text, Problems())
    record: Any = tree and decode(tree, Product, languages, Problems())
    if record != draft.record:
        raise NotKept(page.path)


def write_pages(root: Path, pages: Sequence[Page]) -> None:
    """Write *pages*; raises WrongUse where somebody has changed one since it was read."""
    for page in pages:
        path = root / page.path
        if (path.read_bytes() if path.exists() else None) != page.before:
            raise WrongUse("sheet.meanwhile", path=page.path)
    for page in pages:
        path = root / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, page.content)

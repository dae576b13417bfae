"""What each record said when it was last read, by what the disk says of its files.

The lines of these files (see `kept`) tell more, and nobody looks at them where nothing changed.
"""

import errno
import os
from typing import Any, Generic, TypeVar

from msgspec import Struct

from ocopgen.base.digest import Digest
from ocopgen.base.line import Line
from ocopgen.base.lines import Lines, name_of
from ocopgen.base.tables import Table
from ocopgen.content.entries import Entry, Text
from ocopgen.content.files import Files, line_anew, record_key, text_key
from ocopgen.content.folders import State
from ocopgen.content.kept import Lacking, is_of
from ocopgen.content.matter import Story
from ocopgen.content.record import Record
from ocopgen.content.tree import Tree
from ocopgen.content.words import unchanging

R = TypeVar("R", bound=Record)

Told = tuple[Entry[R] | None, tuple[Text[Story], ...]]
"""A record, unless it is faulty, and its stories; only products have any."""


class _Story(Struct, array_like=True, frozen=True, gc=False):
    path: str
    language: str
    record: Story
    digest: Digest
    pictured: bool


class _Row(Struct, Generic[R], array_like=True, frozen=True, gc=False):
    state: State
    path: str
    record: R
    digest: Digest
    folder: str
    files: tuple[str, ...]
    lacking: Lacking
    face: Digest | None
    stories: tuple[_Story, ...]


class _Later(Struct, frozen=True, eq=False, gc=False):
    """The line of a file, read when somebody asks for it."""

    found: Line | Lines
    """Itself, or among which it is looked for then."""
    readers: Digest
    root: str
    path: str
    digest: Digest

    def read(self) -> bytes:
        """Return the line; where it is lost, what the same file comes to; else nothing."""
        key = _key(self.readers, self.path)
        found = self.found if isinstance(self.found, Line) else self.found.find(name_of(key))
        line = found.read() if found else b""
        if is_of(line, self.digest):
            return line
        anew = line_anew(self.root, self.path, key)
        return anew if is_of(anew, self.digest) else b""

    def surely(self) -> bytes:
        """Return the same; raises OSError where the file is another one by now."""
        line = self.read()
        if not line:
            raise OSError(errno.EIO, os.strerror(errno.EIO), self.path)
        return line

    def __reduce__(self) -> tuple[type[Line], tuple[bytes]]:
        """Travel as what the line says."""
        return Line, (self.surely(),)

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* says the same."""
        return isinstance(other, Line | _Later) and self.read() == other.read()

    def __hash__(self) -> int:
        """Return the hash of what the line says."""
        return hash(self.read())


class Tellings(Generic[R]):
    """What the records of one kind said."""

    def __init__(self, files: Files, kind: type[R]) -> None:
        """Take them from the memory of *files*, for words in the languages of the site."""
        self._readers, self._memory, self._root = files.readers, files.memory, files.root
        # A memory may be shared: the same path, size and stamp are no file of another catalogue.
        own = f"{files.root} {'/'.join(files.languages)}"
        name = f"told {kind.__name__} {files.readers} {own}"
        self._table: Table[_Row[R]] = self._memory.table(name, _Row[kind], _words)  # type: ignore[valid-type]

    def find(self, place: str, id_: str, state: State) -> Told[R] | None:
        """Return what was said at *place*, by the record *id_*, when it was in this *state*."""
        row = self._memory.row(self._table, place)
        if row is None or row.state != state:
            return None
        tree = self._tree(row.path, row.digest)
        trees = [self._tree(each.path, each.digest) for each in row.stories]
        if tree is None or None in trees:
            return None
        texts = [
            Text(id_, each.language, each.record, own, each.digest, each.pictured)
            for each, own in zip(row.stories, trees, strict=True)
            if own
        ]
        own = row.record, tree, row.digest, row.folder, row.files, row.lacking, row.face
        return Entry(id_, *own), tuple(texts)

    def _tree(self, path: str, digest: Digest) -> Tree | None:
        """Return the tree of the file *path*; None where its line is gone.

        A run that lasts may read the file again while somebody still asks for what it said: there
        the line is found now. Another one looks for it when it is asked for, if ever.
        """
        memory, key = self._memory, _key(self._readers, path)
        found: Line | Lines | None = memory.kept
        if memory.lasts:
            found = memory.line(key)
        else:
            memory.mark(key)
        if found is None:
            return None
        return Tree(path, None, (), _Later(found, self._readers, self._root, path, digest))

    def keep(self, place: str, state: State, told: Told[R]) -> bool:
        """Keep for later what was said at *place*, in this *state*, without a fault.

        Return whether it was: who read a file that was saved meanwhile read another state.
        """
        entry, texts = told
        if entry is None:
            return False
        stamps = {name: stamp for name, *stamp in state}
        read = [(entry.tree.path, entry.digest), *((each.tree.path, each.digest) for each in texts)]
        for path, digest in read:
            known = self._memory.stamp(f"{self._root}/{path}")
            if known != (*stamps[path.rpartition("/")[2]], digest):
                return False
        stories = [
            _Story(each.tree.path, each.language, each.record, each.digest, each.pictured)
            for each in texts
        ]
        own = entry.tree.path, entry.record, entry.digest, entry.folder, entry.files
        row = _Row(state, *own, entry.lacking, entry.face, tuple(stories))
        self._memory.keep_row(self._table, place, row)
        return True


def _key(readers: Digest, path: str) -> str:
    """Return under which name *readers* keep what the file *path* came to."""
    return text_key(readers, path, Story) if path.endswith(".md") else record_key(readers, path)


def _words(_kind: type, words: Any) -> Any:  # noqa: ANN401 - as msgspec wants it
    return unchanging(words)

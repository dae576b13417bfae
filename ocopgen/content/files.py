"""Read the files of a catalogue one by one, or recall what each said when it was read before."""

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.installed import program
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc
from ocopgen.content.decode import decode
from ocopgen.content.entries import Entry, Text
from ocopgen.content.folders import Folders
from ocopgen.content.limits import MOST_BYTES, MOST_BYTES_OF_PROSE
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.record import Record
from ocopgen.content.source import decode_text, read_tree, split_front_matter
from ocopgen.content.translation import untranslated
from ocopgen.content.tree import Tree, is_of, kept_tree

R = TypeVar("R", bound=Record)
Matter = TypeVar("Matter", bound=Story)

_PROSE = ".md"
_MEGA = 1_000_000
_READERS = ("base/", "content/")
_LIBRARIES = ("markdown-it-py", "pyyaml")
"""What is remembered of a file is what these rooms and libraries made of it."""
_HEADING = {Story: 3, ContentPage: 2}
"""How deep the first headings of a text stand on its page."""


class Files:
    """The files of one catalogue: what is without a fault is made of each only once."""

    def __init__(self, folders: Folders, memory: Memory, problems: Problems) -> None:
        """Read inside *folders*; faults go into *problems*."""
        # Text, not a Path: joining paths would take half of the time that loading takes.
        self.root = folders.root
        self.folders = folders
        self.memory = memory
        self.problems = problems
        self.readers = readers()
        self.languages: tuple[str, ...] = ()

    def record(self, path: str, kind: type[R]) -> Entry[R] | None:
        """Return the record that the YAML file *path* holds."""
        digest = None if path in self.folders.outside else self.digest(path)
        if digest is None:
            return None
        name = ("record", kind, self.root, path, self.languages)
        found: Entry[R] | None = self.memory.held((*name, digest))
        if found is None and (found := self._record(path, digest, kind)):
            self.memory.hold((*name, found.digest), found)
        return found

    def _record(self, path: str, digest: Digest, kind: type[R]) -> Entry[R] | None:
        read = self.tree(path, digest)
        if read is None:
            return None
        record = decode(read[0], kind, self.languages, self.problems)
        id_ = path.rpartition("/")[2].partition(".")[0]
        if record is None:
            return None
        return Entry(id_, record, *read, lacking=tuple(untranslated(record, self.languages[1:])))

    def tree(self, path: str, digest: Digest) -> tuple[Tree, Digest] | None:
        """Return what the YAML file *path* says, and the digest of that, by now another perhaps."""
        # What a file said before is forgotten: a long run would grow with every save.
        key = f"tree {self.readers} {path}"
        line = self.memory.line(key)
        if line and is_of(line, digest):
            return Tree(path, line=line), digest
        read = self.decoded(path)
        fresh = read and read_tree(path, read[0], self.problems)
        if not read or not fresh:
            return None
        tree = kept_tree(fresh, read[1])
        self.memory.keep_line(key, tree.line)
        return tree, read[1]

    def text(self, path: str, id_: str, language: str, kind: type[Matter]) -> Text[Matter] | None:
        """Return the Markdown file *path*."""
        digest = self.digest(path)
        if digest is None:
            return None
        name = ("text", kind, self.root, path, self.languages)
        found: Text[Matter] | None = self.memory.held((*name, digest))
        if found is None:
            told = len(self.problems.found)
            found = self._text((path, digest), id_, language, kind)
            if found and len(self.problems.found) == told:
                self.memory.hold((*name, found.digest), found)
        return found

    def _text(
        self, file: tuple[str, Digest], id_: str, language: str, kind: type[Matter]
    ) -> Text[Matter] | None:
        """Return what *file* says, which is remembered while it is faultless."""
        (path, digest), heading = file, _HEADING[kind]
        key = f"text {self.readers} {path} {heading}"
        line = self.memory.line(key)
        if line and is_of(line, digest):
            tree = Tree(path, line=line)
        else:
            before = len(self.problems.found)
            read = self._read_text(path, heading)
            if read is None:
                return None
            tree, digest = read
            if len(self.problems.found) == before:
                self.memory.keep_line(key, tree.line)
        record = decode(tree, kind, self.languages, self.problems)
        return Text(id_, language, record, tree, digest) if record else None

    def _read_text(self, path: str, heading: int) -> tuple[Tree, Digest] | None:
        from ocopgen.content.markdown import read_prose  # with a parser that few edits need

        read = self.decoded(path)
        if read is None:
            return None
        matter, markdown, line = split_front_matter(read[0])
        tree = read_tree(path, matter, self.problems, first_line=2)
        prose = read_prose(path, nfc(markdown), line, heading, self.problems)
        if line == 1:
            self.problems.add(Spot(path, 1), "text.matter")
            return None
        return (kept_tree(tree, read[1], prose), read[1]) if tree else None

    def digest(self, path: str) -> Digest | None:
        """Return the digest of the file *path*; None: it cannot be read, as is told."""
        most = MOST_BYTES_OF_PROSE if path.endswith(_PROSE) else MOST_BYTES
        try:
            return self.memory.file_digest(f"{self.root}/{path}", most)
        except FileNotFoundError:
            self.problems.add(Spot(path), "file.missing")
        except OSError as error:
            if error.errno == errno.EFBIG:
                self.problems.add(Spot(path), "file.large", most=_size(most))
            else:
                self.problems.add(Spot(path), "file.unreadable")
        return None

    def decoded(self, path: str) -> tuple[str, Digest] | None:
        """Return the text of the file *path* and the digest of it, or tell why it has none.

        The digest is of the very bytes that were read: whoever saves meanwhile shall not have one
        text remembered under the name of another.
        """
        content = self.memory.content(f"{self.root}/{path}")
        text = decode_text(path, content, self.problems)
        return None if text is None else (text, digest_of_bytes(content))


def readers() -> Digest:
    """Return one name for what reads files."""
    return program(_READERS, _LIBRARIES)


def record_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the files of which a large catalogue has many."""
    folders = Folders(str(root), Problems())
    for name in folders.names("content/producers"):
        yield f"content/producers/{name}"
    for folder in folders.names("content/products"):
        for name in folders.names(f"content/products/{folder}"):
            if name == "product.yaml" or name.endswith(_PROSE):
                yield f"content/products/{folder}/{name}"


def remember(root: Path, paths: Iterable[str], memory: Memory) -> None:
    """Let *memory* know what the files at *paths* say, which are some of `record_paths`.

    What has a fault is not remembered; whoever reads it next tells of it.
    """
    problems = Problems()
    files = Files(Folders(str(root), problems), memory, problems)
    for path in paths:
        digest = files.digest(path)
        if digest and path.endswith(_PROSE):
            files.text(path, "", "", Story)
        elif digest:
            files.tree(path, digest)


def _size(size: int) -> str:
    return f"{size // _MEGA} MB" if size >= _MEGA else f"{size // 1000} kB"

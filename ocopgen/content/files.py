"""Read the files of a catalogue one by one, or recall what each said when it was read before."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.installed import program
from ocopgen.base.line import Line
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.sight import Sight
from ocopgen.base.text import nfc
from ocopgen.content.decode import decode
from ocopgen.content.entries import Entry, Text
from ocopgen.content.fence import fence_fault, split_front_matter
from ocopgen.content.folders import Folders
from ocopgen.content.kept import Understood, is_of, line_of, prose_of, understood
from ocopgen.content.kinds import FILES, KINDS, folder_of
from ocopgen.content.limits import MOST_BYTES, MOST_BYTES_OF_PROSE
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.prose import Prose
from ocopgen.content.province import SiteInfo
from ocopgen.content.record import Record
from ocopgen.content.source import decode_text, read_tree
from ocopgen.content.translation import untranslated
from ocopgen.content.tree import Tree

R = TypeVar("R", bound=Record)
Matter = TypeVar("Matter", bound=Story)

_PROSE = ".md"
_SITE, _PAGES = "content/site.yaml", "content/pages"
_PRODUCTS = folder_of("product")
_SINGLE = {path: kind for name, kind in FILES.items() if (path := f"content/{name}.yaml") != _SITE}
"""Files of one record, which may be long; the site's own is read before all others."""
_FLAT = {folder_of(name): kind for name, kind in KINDS.items() if folder_of(name) != _PRODUCTS}
"""Folders that hold a file for each record."""
_MEGA = 1_000_000
_READERS = ("base/", "content/")
_LIBRARIES = ("markdown-it-py", "msgspec", "pyromark", "pyyaml")
"""What is remembered of a file is what these rooms and libraries made of it."""
_HEADING = {Story: 3, ContentPage: 2}
"""How deep the first headings of a text stand on its page."""
_Read = tuple[Tree, Prose | None, Digest]


class _Come(Struct, Generic[R], frozen=True):
    """What a file came to."""

    tree: Tree
    digest: Digest
    """Of the very bytes that were read."""
    understood: Understood[R]


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

    def settle(self) -> Entry[SiteInfo] | None:
        """Return the site's own record; from now on words are read in the languages of the site."""
        site = self.record(_SITE, SiteInfo)
        if site is None:
            return None
        self.languages = tuple(language.code for language in site.record.languages)
        # Read again: only now is it known which languages its own words may have.
        return self.record(_SITE, SiteInfo)

    def record(self, path: str, kind: type[R]) -> Entry[R] | None:
        """Return the record that the YAML file *path* holds."""
        digest = None if path in self.folders.outside else self.digest(path)
        if digest is None:
            return None
        if not self.memory.lasts:
            return self._record(path, digest, kind)
        name = ("record", kind, self.root, path, self.languages)
        found: Entry[R] | None = self.memory.held((*name, digest))
        if found is None:
            told = len(self.problems.found)
            found = self._record(path, digest, kind)
            if found and len(self.problems.found) == told:
                self.memory.hold((*name, found.digest), found)
        return found

    def _record(self, path: str, digest: Digest, kind: type[R]) -> Entry[R] | None:
        # What a file said before is forgotten: a long run would grow with every save.
        key = record_key(self.readers, path)
        come = self._come_to(key, (path, digest), kind, lambda: self._read_record(path))
        if come is None or (record := come.understood.record) is None:
            return None
        id_ = path.rpartition("/")[2].partition(".")[0]
        return Entry(id_, record, come.tree, come.digest, lacking=come.understood.lacking)

    def _read_record(self, path: str) -> _Read | None:
        read = self.decoded(path)
        tree = read and read_tree(path, read[0], self.problems)
        return (tree, None, read[1]) if read and tree else None

    def _come_to(
        self, key: str, file: tuple[str, Digest], kind: type[R], read: Callable[[], _Read | None]
    ) -> _Come[R] | None:
        """Return what *file* comes to, as memory has it under *key* or as *read* reads it."""
        path, digest = file
        kept, told, warned = self.memory.line(key), len(self.problems.found), False
        line = kept.read() if kept else b""
        found = understood(line, kind) if is_of(line, digest) else None
        if found:
            tree = Tree(path, line=kept)
            if found.record and found.languages == self.languages:
                return _Come(tree, digest, found)
            prose = prose_of(line)
        else:
            fresh = read()
            if fresh is None:
                return None
            tree, prose, digest = fresh
            warned = len(self.problems.found) > told
        record = decode(tree, kind, self.languages, self.problems)
        lacking = tuple(untranslated(record, self.languages[1:])) if record else ()
        pictured = prose is not None and any(block.photo for block in prose.blocks)
        now = Understood(self.languages, record, lacking, pictured)
        line = line_of(digest, tree, prose, now)
        # What is warned of has to be read again, and the site's own file is read without languages
        # before it is read with them.
        if not warned and (self.languages or not found):
            self.memory.keep_line(key, line)
        return _Come(Tree(path, line=Line(line)), digest, now)

    def text(self, path: str, id_: str, language: str, kind: type[Matter]) -> Text[Matter] | None:
        """Return the Markdown file *path*."""
        digest = self.digest(path)
        if digest is None:
            return None
        if not self.memory.lasts:
            return self._text((path, digest), id_, language, kind)
        name = ("text", kind, self.root, path, id_, language, self.languages)
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
        path, heading = file[0], _HEADING[kind]
        key = text_key(self.readers, path, kind)
        come = self._come_to(key, file, kind, lambda: self._read_text(path, heading))
        if come is None or (record := come.understood.record) is None:
            return None
        shows = come.understood.pictured
        return Text(id_, language, record, come.tree, come.digest, shows)

    def _read_text(self, path: str, heading: int) -> _Read | None:
        from ocopgen.content.simple import read_simple  # few edits need to read any prose

        read = self.decoded(path)
        if read is None:
            return None
        matter, markdown, line = split_front_matter(read[0])
        fault = fence_fault(read[0], matter if line > 1 else None)
        tree = None if fault else read_tree(path, matter, self.problems, first_line=2)
        prose = read_simple(nfc(markdown), heading)
        if prose is None:
            from ocopgen.content.markdown import read_prose  # few catalogues need it at all

            prose = read_prose(path, nfc(markdown), line, heading, self.problems)
        if fault:
            self.problems.add(Spot(path, fault[0]), fault[1])
        return (tree, prose, read[1]) if tree else None

    def digest(self, path: str) -> Digest | None:
        """Return the digest of the file *path*; None: it cannot be read, as is told."""
        most = MOST_BYTES_OF_PROSE if path.endswith(_PROSE) else MOST_BYTES
        try:
            return self.memory.file_digest(f"{self.root}/{path}", most)
        except OSError as error:
            self._tell(path, error, most)
            return None

    def _tell(self, path: str, error: OSError, most: int = MOST_BYTES) -> None:
        """Tell why the file *path*, of which *most* bytes would be read, cannot be read."""
        if isinstance(error, FileNotFoundError):
            self.problems.add(Spot(path), "file.missing")
        elif error.errno == errno.EFBIG:
            self.problems.add(Spot(path), "file.large", most=_size(most))
        else:
            self.problems.add(Spot(path), "file.unreadable")

    def decoded(self, path: str) -> tuple[str, Digest] | None:
        """Return the text of the file *path* and the digest of it, or tell why it has none.

        The digest is of the very bytes that were read: whoever saves meanwhile shall not have one
        text remembered under the name of another.
        """
        try:
            content = self.memory.content(f"{self.root}/{path}")
        except OSError as error:  # it went away since its digest was told, for instance
            self._tell(path, error)
            return None
        text = decode_text(path, content, self.problems)
        return None if text is None else (text, digest_of_bytes(content))


def record_key(readers: Digest, path: str) -> str:
    """Return under which name *readers* keep what the YAML file *path* came to."""
    return f"record {readers} {path}"


def text_key(readers: Digest, path: str, kind: type[Story]) -> str:
    """Return under which name *readers* keep what the Markdown file *path* came to."""
    return f"text {readers} {path} {_HEADING[kind]}"


def readers() -> Digest:
    """Return one name for what reads files."""
    return program(_READERS, _LIBRARIES)


def record_paths(root: Path, sight: Sight | None = None) -> Iterator[str]:
    """Yield the paths of all files of a catalogue that take long to read, long ones first.

    What is in *sight* is not looked at again.
    """
    folders = Folders(str(root), Problems(), sight)
    there = folders.names("content")
    yield from (path for path in _SINGLE if path.removeprefix("content/") in there)
    for flat in (*_FLAT, _PAGES):
        for name in folders.names(flat):
            if name.endswith((".yaml", _PROSE)):
                yield f"{flat}/{name}"
    for folder in folders.names(_PRODUCTS):
        for name in folders.names(f"{_PRODUCTS}/{folder}"):
            if name == "product.yaml" or name.endswith(_PROSE):
                yield f"{_PRODUCTS}/{folder}/{name}"


def languages_of(root: Path, memory: Memory) -> tuple[str, ...]:
    """Return the languages of the site in *root*; none where its file has a fault."""
    problems = Problems()
    files = Files(Folders(str(root), problems), memory, problems)
    files.folders.names("content")  # a link that leads elsewhere is not followed
    files.settle()
    return files.languages


def remember(root: Path, paths: Iterable[str], languages: tuple[str, ...], memory: Memory) -> None:
    """Let *memory* know what the files at *paths* come to, which are some of `record_paths`.

    *languages* are those of the site. What has a fault is not remembered; whoever reads it next
    tells of it.
    """
    problems = Problems()
    files = Files(Folders(str(root), problems), memory, problems)
    files.languages = languages
    for path in paths:
        folder = path.rpartition("/")[0]
        if path.endswith(_PROSE):
            files.text(path, "", "", ContentPage if folder == _PAGES else Story)
        else:
            files.record(path, _SINGLE.get(path) or _FLAT.get(folder) or KINDS["product"])


def line_anew(root: str, path: str, key: str) -> bytes:
    """Return the line that the file *path* below *root* comes to under *key*; empty for none."""
    memory = Memory(Path(os.devnull))
    remember(Path(root), [path], (), memory)
    line = memory.line(key)
    return line.read() if line else b""


def _size(size: int) -> str:
    return f"{size // _MEGA} MB" if size >= _MEGA else f"{size // 1000} kB"

"""Turn the files of content/ into entries."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ocopgen.base.digest import Digest, program
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.store import Memory
from ocopgen.base.text import is_id, nearest, nfc, slug
from ocopgen.content import boundaries
from ocopgen.content.decode import decode
from ocopgen.content.entries import Content, Entry, Text
from ocopgen.content.folders import PICTURES, Folders, picture_files
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.prose import Prose, read_prose
from ocopgen.content.province import Areas, Claims, Programme, Redirects, Sectors, SiteInfo
from ocopgen.content.records import Event, Outlet, Producer, Product, Record
from ocopgen.content.source import Tree, decode_text, read_tree, split_front_matter

__all__ = ["PICTURES", "Content", "Entry", "Text", "load"]

R = TypeVar("R", bound=Record)
Matter = TypeVar("Matter", bound=Story)

_YAML = (".yaml", ".yml")
_FILES = ("site", "areas", "sectors", "programme", "redirects", "claims")
_LINES = boundaries.PATH.rpartition("/")[2]
_LARGEST = 5_000_000
"""Bytes that a text file may have; the largest known one has a quarter of that."""
_READERS = ("base/**/*.py", "content/**/*.py")
_LIBRARIES = ("markdown-it-py", "pyyaml")
"""What is remembered of a file is what these rooms and libraries made of it."""
_HEADING = {Story: 3, ContentPage: 2}
"""How deep the first headings of a text stand on its page."""


def load(root: Path, memory: Memory, problems: Problems) -> Content | None:
    """Return what stands in the folder content/ below *root*, or None where the site is unknown.

    Faults of all files go into *problems*; a record with a fault is left out of what is returned.
    """
    reader = _Reader(root, memory, problems)
    if not (root / "content").is_dir():
        problems.add(Spot("content"), "content.missing")
        return None
    reader.strangers()
    site = reader.one("content/site.yaml", SiteInfo)
    if site is None:
        return None
    reader.languages = tuple(language.code for language in site.record.languages)
    # Read again: only now is it known which languages its own words may have.
    site = reader.one("content/site.yaml", SiteInfo)
    areas = reader.one("content/areas.yaml", Areas)
    sectors = reader.one("content/sectors.yaml", Sectors)
    programme = reader.one("content/programme.yaml", Programme)
    whole: Content | None = None
    if site and areas and sectors and programme:
        whole = Content(site, areas, sectors, programme)
    products, stories = reader.products()
    producers = reader.flat("producers", Producer)
    outlets = reader.flat("outlets", Outlet)
    events = reader.flat("events", Event)
    pages = reader.pages()
    if whole is None:
        return None
    whole.products, whole.stories, whole.pages = products, stories, pages
    whole.producers, whole.outlets, whole.events = producers, outlets, events
    whole.redirects = reader.optional("redirects.yaml", Redirects)
    whole.claims = reader.optional("claims.yaml", Claims)
    whole.boundaries, whole.boundaries_digest = reader.boundaries(whole)
    whole.faulty = reader.faulty
    return whole


class _Reader:
    """Walks through the folders of one catalogue."""

    def __init__(self, root: Path, memory: Memory, problems: Problems) -> None:
        # Text, not a Path: joining paths would take half of the time that loading takes.
        self.root = str(root)
        self.memory = memory
        self.problems = problems
        self.folders = Folders(self.root, problems)
        self.readers = program(_READERS, _LIBRARIES)
        self.languages: tuple[str, ...] = ()
        self.faulty: set[str] = set()

    def one(self, path: str, kind: type[R]) -> Entry[R] | None:
        """Return the record that the file *path* holds."""
        found = self._tree(path)
        if found is None:
            return None
        tree, digest = found
        record = decode(tree, kind, self.languages, self.problems)
        return (
            Entry(path.rpartition("/")[2].partition(".")[0], record, tree, digest)
            if record
            else None
        )

    def optional(self, name: str, kind: type[R]) -> Entry[R] | None:
        """Return the record that the file *name* in content/ holds, if it is there."""
        there = name in self.folders.names("content")
        return self.one(f"content/{name}", kind) if there else None

    def flat(self, folder: str, kind: type[R]) -> dict[str, Entry[R]]:
        """Return the records of the files <id>.yaml in *folder*.

        The pictures of a kind that has photos lie in a folder <id>/ beside its file, if anywhere.
        """
        entries: dict[str, Entry[R]] = {}
        owners: dict[str, str] = {}
        names = self.folders.names(f"content/{folder}")
        pictures = self._pictures(folder, names) if "photos" in kind.model_fields else {}
        for name in names:
            path = f"content/{folder}/{name}"
            stem, ending = Path(name).stem, Path(name).suffix
            if name in pictures:
                continue
            if ending not in _YAML:
                self._stranger(path)
            elif not self._well_named(path, stem, owners):
                continue
            elif entry := self.one(path, kind):
                own = path.removesuffix(ending) if "photos" in kind.model_fields else ""
                files = pictures.get(stem, ())
                entries[stem] = Entry(stem, entry.record, entry.tree, entry.digest, own, files)
            else:
                self.faulty.add(f"{folder}/{stem}")
        return entries

    def _pictures(self, folder: str, names: list[str]) -> dict[str, tuple[str, ...]]:
        """Return the pictures in each of the folders among *names* that is beside its record."""
        found: dict[str, tuple[str, ...]] = {}
        for name in names:
            path = f"content/{folder}/{name}"
            if not any(f"{name}{ending}" in names for ending in _YAML):
                continue
            try:
                inside = self.folders.within(path) or []
            except NotADirectoryError:
                continue
            found[name] = picture_files(inside)
            for other in inside:
                if other not in found[name]:
                    self._stranger(f"{path}/{other}")
        return found

    def products(self) -> tuple[dict[str, Entry[Product]], dict[tuple[str, str], Text[Story]]]:
        """Return the products and their stories, each from its own folder."""
        entries: dict[str, Entry[Product]] = {}
        stories: dict[tuple[str, str], Text[Story]] = {}
        for id_ in self.folders.names("content/products"):
            folder = f"content/products/{id_}"
            try:
                names = self.folders.within(folder)
            except NotADirectoryError:
                self._stranger(folder)
                continue
            if names is None or not self._well_named(folder, id_):
                continue
            for text in self._stories(folder, id_, names):
                stories[id_, text.language] = text
            if entry := self._product(folder, names):
                files = picture_files(names)
                entries[id_] = Entry(id_, entry.record, entry.tree, entry.digest, folder, files)
            else:
                self.faulty.add(f"products/{id_}")
        return entries, stories

    def _product(self, folder: str, names: list[str]) -> Entry[Product] | None:
        if "product.yaml" in names or f"{folder}/product.yaml" in self.folders.outside:
            return self.one(f"{folder}/product.yaml", Product)
        other = nearest("product.yaml", names)
        if other:
            self.problems.add(Spot(f"{folder}/{other}"), "file.name", expected="product.yaml")
        else:
            self.problems.add(Spot(folder), "product.missing")
        return None

    def _stories(self, folder: str, id_: str, names: list[str]) -> Iterator[Text[Story]]:
        known = {f"story.{code}.md": code for code in self.languages}
        misnamed = "" if "product.yaml" in names else nearest("product.yaml", names)
        for name in names:
            path = f"{folder}/{name}"
            if name in known:
                text = self._text(path, id_, known[name], Story)
                if text:
                    yield text
            elif name not in {"product.yaml", misnamed} and not name.lower().endswith(PICTURES):
                self._stranger(path, nearest(name, ("product.yaml", *known)))

    def pages(self) -> dict[tuple[str, str], Text[ContentPage]]:
        """Return the content pages, by id and language."""
        pages: dict[tuple[str, str], Text[ContentPage]] = {}
        for name in self.folders.names("content/pages"):
            path = f"content/pages/{name}"
            stem, _, code = name.removesuffix(".md").rpartition(".")
            if not name.endswith(".md") or code not in self.languages:
                self._stranger(path)
            elif self._well_named(path, stem) and (
                text := self._text(path, stem, code, ContentPage)
            ):
                pages[stem, code] = text
        return pages

    def boundaries(self, whole: Content) -> tuple[tuple[boundaries.Boundary, ...], str]:
        """Return the boundaries of the areas of *whole*, if some are there, and their digest."""
        names = self.folders.names("content")
        digest = self._digest(boundaries.PATH) if _LINES in names else None
        text = self._decoded(boundaries.PATH) if digest else None
        if text is None:
            return (), ""
        areas, bounds = whole.areas.record, whole.site.record.bounds
        return boundaries.read_boundaries(text, areas, bounds, self.problems), str(digest)

    def strangers(self) -> None:
        """Tell of what lies in content/ and belongs nowhere."""
        folders = ("producers", "products", "outlets", "events", "pages")
        files = (*(f"{name}.yaml" for name in _FILES), _LINES)
        for name in self.folders.names("content"):
            if name not in (*folders, *files):
                self._stranger(f"content/{name}", nearest(name, (*folders, *files)))

    def _stranger(self, path: str, meant: str | None = None) -> None:
        self.problems.warn(Spot(path), "file.stranger", meant=meant or "")

    def _well_named(self, path: str, stem: str, owners: dict[str, str] | None = None) -> bool:
        """Tell whether *stem* may be the id of *path*, and no other of the *owners* has it."""
        owner = path if owners is None else owners.setdefault(stem, path)
        if not is_id(stem):
            self.problems.add(Spot(path), "id.file", written=stem, meant=slug(stem))
        elif owner != path:
            self.problems.add(Spot(path), "id.taken", id=stem, other=owner)
        return is_id(stem) and owner == path

    def _tree(self, path: str) -> tuple[Tree, Digest] | None:
        """Return what the YAML file *path* says, and the digest of its bytes."""
        digest = None if path in self.folders.outside else self._digest(path)
        if digest is None:
            return None
        key = f"tree {self.readers} {path} {digest}"
        if kept := self.memory.recall(key):
            return Tree(path, kept[0], kept[1]), digest
        text = self._decoded(path)
        tree = None if text is None else read_tree(path, text, self.problems)
        if tree is None:
            return None
        self.memory.keep(key, [tree.data, tree.marks])
        return tree, digest

    def _digest(self, path: str) -> Digest | None:
        try:
            return self.memory.file_digest(f"{self.root}/{path}")
        except FileNotFoundError:
            self.problems.add(Spot(path), "file.missing")
        except OSError:
            self.problems.add(Spot(path), "file.unreadable")
        return None

    def _decoded(self, path: str) -> str | None:
        content = Path(self.root, path).read_bytes()
        if len(content) > _LARGEST:
            self.problems.add(Spot(path), "file.large", most=_LARGEST // 1_000_000)
            return None
        return decode_text(path, content, self.problems)

    def _text(self, path: str, id_: str, language: str, kind: type[Matter]) -> Text[Matter] | None:
        """Return the Markdown file *path*; what it says is remembered while it is faultless."""
        digest = self._digest(path)
        if digest is None:
            return None
        heading = _HEADING[kind]
        key = f"text {self.readers} {path} {digest} {heading}"
        if kept := self.memory.recall(key):
            tree, prose = Tree(path, kept[0], kept[1]), Prose.from_json(kept[2])
        else:
            before = len(self.problems.found)
            read = self._read_text(path, heading)
            if read is None:
                return None
            tree, prose = read
            if len(self.problems.found) == before:
                self.memory.keep(key, [tree.data, tree.marks, prose.as_json()])
        record = decode(tree, kind, self.languages, self.problems)
        return Text(id_, language, record, prose, tree, digest) if record else None

    def _read_text(self, path: str, heading: int) -> tuple[Tree, Prose] | None:
        text = self._decoded(path)
        if text is None:
            return None
        matter, markdown, line = split_front_matter(text)
        tree = read_tree(path, matter, self.problems, first_line=2)
        prose = read_prose(path, nfc(markdown), line, heading, self.problems)
        if line == 1:
            self.problems.add(Spot(path, 1), "text.matter")
            return None
        return (tree, prose) if tree else None

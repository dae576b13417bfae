"""Turn the files of content/ into entries."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import is_device, is_id, nearest, slug
from ocopgen.content import boundaries
from ocopgen.content.entries import Content, Entry, Text, face_of
from ocopgen.content.files import Files
from ocopgen.content.folders import PICTURES, Folders, State, picture_files
from ocopgen.content.kinds import FILES, folder_of
from ocopgen.content.matter import ContentPage, Story
from ocopgen.content.province import Areas, Claims, Programme, Redirects, Sectors
from ocopgen.content.record import Record, fields_of
from ocopgen.content.records import Event, Outlet, Producer, Product
from ocopgen.content.told import Tellings, Told

__all__ = ["PICTURES", "Content", "Entry", "Text", "load", "load_ahead"]

R = TypeVar("R", bound=Record)

_PRODUCTS = folder_of("product")
_YAML = (".yaml", ".yml")
_LINES = boundaries.PATH.rpartition("/")[2]


def load(root: Path, memory: Memory, problems: Problems) -> Content | None:
    """Return what stands in the folder content/ below *root*, or None where the site is unknown.

    Faults of all files go into *problems*; a record with a fault is left out of what is returned.
    """
    reader = _Reader(root, memory, problems)
    if not (root / "content").is_dir():
        problems.add(Spot("content"), "content.missing")
        return None
    reader.strangers()
    site = reader.files.settle()
    if not reader.files.languages:
        return None
    areas = reader.files.record("content/areas.yaml", Areas)
    sectors = reader.files.record("content/sectors.yaml", Sectors)
    programme = reader.files.record("content/programme.yaml", Programme)
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


def load_ahead(
    root: Path, memory: Memory, languages: tuple[str, ...], products: Iterable[str]
) -> None:
    """Let *memory* hold what `load` is about to ask of the *products*, told by their ids.

    *languages* are those of the site. What has a fault is not held; `load` tells of it.
    """
    reader = _Reader(root, memory, Problems())
    reader.files.languages = languages
    for id_ in products:
        reader.product(id_)


class _Reader:
    """Walks through the folders of one catalogue."""

    def __init__(self, root: Path, memory: Memory, problems: Problems) -> None:
        self.problems = problems
        self.folders = Folders(str(root), problems, memory.sight)
        self.files = Files(self.folders, memory, problems)
        self.faulty: set[str] = set()

    def optional(self, name: str, kind: type[R]) -> Entry[R] | None:
        """Return the record that the file *name* in content/ holds, if it is there."""
        there = name in self.folders.names("content")
        return self.files.record(f"content/{name}", kind) if there else None

    def flat(self, folder: str, kind: type[R]) -> dict[str, Entry[R]]:
        """Return the records of the files <id>.yaml in *folder*.

        The pictures of a kind that has photos lie in a folder <id>/ beside its file, if anywhere.
        """
        entries: dict[str, Entry[R]] = {}
        owners: dict[str, str] = {}
        names = self.folders.names(f"content/{folder}")
        pictures = self._pictures(folder, names) if "photos" in fields_of(kind) else {}
        tellings = Tellings(self.files, kind)

        def read(path: str, _: str) -> Told[R]:
            return self.files.record(path, kind), ()

        for name in names:
            path = f"content/{folder}/{name}"
            stem, dot, ending = name.rpartition(".")
            if name in pictures:
                continue
            if dot + ending not in _YAML:
                self._stranger(path)
                continue
            if not self._well_named(path, stem, owners):
                continue
            entry, _ = self._told(tellings, (path, stem), self._state(path), read)
            if entry:
                own = path.removesuffix(dot + ending) if "photos" in fields_of(kind) else ""
                files = pictures.get(stem, ())
                entries[stem] = replace(entry, folder=own, files=files)
            else:
                self.faulty.add(f"{folder}/{stem}")
        return entries

    def _state(self, path: str) -> State | None:
        """Return what the disk says of the file *path*; None as for a whole folder."""
        stamp = None if path in self.folders.outside else self.folders.stamp(path)
        return stamp and ((path.rpartition("/")[2], *stamp),)

    def _pictures(self, folder: str, names: list[str]) -> dict[str, tuple[str, ...]]:
        """Return the pictures in each of the folders among *names* that is beside its record."""
        found: dict[str, tuple[str, ...]] = {}
        records = {name.rpartition(".")[0] for name in names if name.endswith(_YAML)}
        for name in names:
            path = f"content/{folder}/{name}"
            if name not in records:
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
        for id_ in self.folders.names(_PRODUCTS):
            entry, texts = self.product(id_)
            if entry:
                entries[id_] = entry
            for text in texts:
                stories[id_, text.language] = text
        return entries, stories

    @cached_property
    def _tellings(self) -> Tellings[Product]:
        return Tellings(self.files, Product)

    def product(self, id_: str) -> Told[Product]:
        """Return the product *id_* and its stories."""
        folder = f"{_PRODUCTS}/{id_}"
        state = self.folders.state(folder)
        return self._told(self._tellings, (folder, id_), state, self._product)

    def _told(
        self,
        tellings: Tellings[R],
        at: tuple[str, str],
        state: State | None,
        read: Callable[[str, str], Told[R]],
    ) -> Told[R]:
        """Return what is said *at* a place, by an id, *read* only if anything changed there."""
        if state is None:
            return read(*at)
        memory, name = self.files.memory, ("told", at[0], self.files.languages)
        held: tuple[State, Told[R]] | None = memory.held(name)
        if held and held[0] == state:
            return held[1]
        told, before = tellings.find(*at, state), len(self.problems.found)
        if told is None:
            told = read(*at)
            if told[0] is None or len(self.problems.found) > before:
                return told
            if not tellings.keep(at[0], state, told):
                return told
            if not memory.lasts:  # what was read holds its lines; of thousands that is too much
                told = tellings.find(*at, state) or told
        memory.hold(name, (state, told))
        return told

    def _product(self, folder: str, id_: str) -> Told[Product]:
        try:
            names = self.folders.within(folder)
        except NotADirectoryError:
            self._stranger(folder)
            return None, ()
        if names is None or not self._well_named(folder, id_):
            return None, ()
        texts = tuple(self._stories(folder, id_, names))
        entry = self._product_record(folder, names)
        if entry is None:
            self.faulty.add(f"products/{id_}")
            return None, texts
        own, face = picture_files(names), face_of(entry.record)
        return replace(entry, id=id_, folder=folder, files=own, face=face), texts

    def _product_record(self, folder: str, names: list[str]) -> Entry[Product] | None:
        if "product.yaml" in names or f"{folder}/product.yaml" in self.folders.outside:
            return self.files.record(f"{folder}/product.yaml", Product)
        other = nearest("product.yaml", names)
        if other:
            self.problems.add(Spot(f"{folder}/{other}"), "file.name", expected="product.yaml")
        else:
            self.problems.add(Spot(folder), "product.missing")
        return None

    def _stories(self, folder: str, id_: str, names: list[str]) -> Iterator[Text[Story]]:
        known = {f"story.{code}.md": code for code in self.files.languages}
        misnamed = "" if "product.yaml" in names else nearest("product.yaml", names)
        for name in names:
            path = f"{folder}/{name}"
            if name in known:
                text = self.files.text(path, id_, known[name], Story)
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
            if not name.endswith(".md") or code not in self.files.languages:
                self._stranger(path)
            elif self._well_named(path, stem) and (
                text := self.files.text(path, stem, code, ContentPage)
            ):
                pages[stem, code] = text
        return pages

    def boundaries(self, whole: Content) -> tuple[tuple[boundaries.Boundary, ...], str]:
        """Return the boundaries of the areas of *whole*, if some are there, and their digest."""
        found = _LINES in self.folders.names("content")
        known = found and self.files.digest(boundaries.PATH)
        read = self.files.decoded(boundaries.PATH) if known else None
        if read is None:
            return (), ""
        areas, bounds = whole.areas.record, whole.site.record.bounds
        return boundaries.read_boundaries(read[0], areas, bounds, self.problems), read[1]

    def strangers(self) -> None:
        """Tell of what lies in content/ and belongs nowhere."""
        folders = ("producers", "products", "outlets", "events", "pages")
        files = (*(f"{name}.yaml" for name in FILES), _LINES)
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
        elif is_device(stem):
            self.problems.add(Spot(path), "id.device", written=stem)
        elif owner != path:
            self.problems.add(Spot(path), "id.taken", id=stem, other=owner)
        return is_id(stem) and not is_device(stem) and owner == path

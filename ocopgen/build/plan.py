"""Decide what the site consists of; nothing is made here."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Protocol

from msgspec import Struct

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems, Spot
from ocopgen.base.tables import Table
from ocopgen.pages import codes
from ocopgen.pages.photos import Resize
from ocopgen.pages.posters import Poster
from ocopgen.pages.templates import Templates
from ocopgen.pages.views import Page, Press, pages


class Render(Struct, frozen=True):
    """A page to be filled into its template."""

    template: str
    view: Any
    language: str


class Write(Struct, frozen=True):
    """A file whose bytes are known already."""

    content: bytes


class Given(Write, frozen=True):
    """A file of the operator's own, which nobody looks into."""


class Pages(Protocol):
    """Some pages of one edition."""

    @property
    def pages(self) -> Sequence[Page]:
        """Return them; to list them takes a while."""


class Pending(Struct, frozen=True, gc=False):
    """A page whose view is made only when its template is to be filled."""

    page: Page
    language: str
    view: Any = None
    """Absent: nobody has looked at it yet."""

    def render(self) -> Render:
        """Return the job with its view."""
        view = self.page.view if self.view is None else self.view
        return Render(self.page.template, view, self.language)


class Listed(Struct, frozen=True, gc=False):
    """A page of which another process told; it is looked at here only if it is to be filled."""

    batch: Pages
    place: int
    language: str

    def render(self) -> Render:
        """Return the job with its view."""
        return Pending(self.batch.pages[self.place], self.language).render()


class Code(Struct, frozen=True):
    """A QR code to be drawn, a file of its own: no edit of the page makes it again."""

    address: str


class Print(Struct, frozen=True):
    """A poster to be painted."""

    poster: Poster


class Sketch(Struct, frozen=True):
    """A poster of which nobody needs to know what it shows until it is to be painted."""

    make: Callable[[], Poster]

    def print(self) -> Print:
        """Return the job with what the poster shows."""
        return Print(self.make())


Ready = Render | Resize | Code | Print | Write
"""A job that can travel to a worker."""
Job = Ready | Pending | Listed | Sketch


class Output(Struct, frozen=True, gc=False):
    """A file that the site shall hold, and how its bytes come to be."""

    path: str
    """Where it lies in the site."""
    key: Digest
    """What it is made of: equal keys, equal bytes."""
    job: Job
    origin: Spot
    """Whom to blame; not a part of the key."""


Named = tuple[Page, Digest | None]
"""A page, and one name for all that its view is made of, if anybody can tell."""
_FEW_VIEWS = 500
"""Of a sixty-fourth of all, so many that nobody asks for do no harm: 70 bytes each."""
Plan = Mapping[str, Output]
"""Every file of a site, by its path."""


def plan(pages: Iterable[Output], files: Iterable[Output], problems: Problems) -> Plan:
    """Return every file that the site shall hold: *pages* and *files*.

    Two files at one path are a fault of both their origins.
    """
    outputs: dict[str, Output] = {}
    for output in chain(pages, files):
        _place(outputs, output, problems)
    return {output.path: output for output in outputs.values()}


def views_in(memory: Memory) -> Table[Digest]:
    """Return what *memory* knows of views: one name for what a page shows, by what it is made of.

    Several runs have views of their own: one that shows drafts, one that is broken off for a newer.
    """
    return memory.table("views", Digest, few=_FEW_VIEWS)


def ready(job: Job) -> Ready:
    """Return *job* with all that it needs to know."""
    match job:
        case Pending() | Listed():
            return job.render()
        case Sketch():
            return job.print()
        case _:
            return job


def write(path: str, content: bytes, origin: Spot) -> Output:
    """Return the output that puts *content* at *path*."""
    return Output(path, digest_of_bytes(content), Write(content), origin)


def glimpse(
    presses: Iterable[Press], templates: Templates, paths: Collection[str], memory: Memory
) -> Plan:
    """Return the pages at *paths* alone, and sooner; what is wrong with them a whole plan tells."""
    wanted = set(paths)
    found: dict[str, Output] = {}
    # The first language has all paths that no other one's begin with.
    for press in sorted(presses, key=lambda press: -len(press.routes.home)):
        home = press.routes.file(press.routes.home).removesuffix("index.html")
        own = {path for path in wanted if path.startswith(home)}
        wanted -= own
        for page in pages(press) if own else ():
            if page.path in own:
                own.discard(page.path)
                language = press.edition.language.code
                if made_of := _key(templates, page.template, language, Problems()):
                    found[page.path] = _output((page, page.name), language, made_of, memory)
            if not own:
                break
    return found


def pages_of(
    press: Press,
    pages_of_it: Iterable[Named],
    templates: Templates,
    memory: Memory,
    problems: Problems,
) -> Iterator[Output]:
    """Yield the pages of the edition of *press*, each with the code beside it.

    *memory* knows what the views of earlier plans came to.
    """
    language = press.edition.language.code
    keys: dict[str, Digest | None] = {}
    for page, name in pages_of_it:
        if page.template not in keys:
            keys[page.template] = _key(templates, page.template, language, problems)
        made_of = keys[page.template]
        if made_of is not None:
            output = _output((page, name), language, made_of, memory)
            yield output
            if code := page.code:
                beside = f"{output.path.rpartition('/')[0]}/{codes.FILE}"
                yield Output(beside, codes.key(code), Code(code), output.origin)


def _output(named: Named, language: str, made_of: Digest, memory: Memory) -> Output:
    """Return the page with its name; its view need not be made if that is known."""
    page, name = named
    names = views_in(memory)
    view, known = None, memory.row(names, name) if name else None
    if known is None:
        view = page.view
        known = digest(view)
        if name:
            memory.keep_row(names, name, known)
    return Output(page.path, digest(made_of, known), Pending(page, language, view), page.origin)


def _key(templates: Templates, template: str, language: str, problems: Problems) -> Digest | None:
    try:
        return templates.key(template, language)
    except ContentFaults as faults:
        problems.extend(faults.problems)
        return None


def _place(outputs: dict[str, Output], output: Output, problems: Problems) -> None:
    # Two names that differ only in case are one file on Windows and on a Mac's disk.
    rival = outputs.setdefault(output.path.lower(), output)
    if (rival.path, rival.key) != (output.path, output.key):
        problems.add(output.origin, "output.taken", path=output.path, other=rival.origin)

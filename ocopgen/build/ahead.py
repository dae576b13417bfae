"""Do in several processes what a plan is about to ask for one by one.

A page of which nothing is remembered has to be looked at before anybody can say what it comes to;
whoever looks at it fills it on the spot. Nothing but time depends on this room: what fails here
is done again, and told, by the plan itself and by `execute`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import islice
from typing import cast

from msgspec import Struct

from ocopgen.base.digest import Digest, digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults
from ocopgen.base.store import Store
from ocopgen.build.links import keep_links
from ocopgen.build.plan import Named, views_in
from ocopgen.build.pool import Broken, Worker, pays, spread
from ocopgen.build.workshop import Workshop
from ocopgen.pages.templates import TemplateFault
from ocopgen.pages.views import Batch, Page, Press, batches, feed_batches

_UNNAMED = Digest("")
"""Stands for the name of a page that nobody has named."""
_MOST, _LEAST = 64, 16
"""Pages that travel to a worker together."""
_NEAR = 4
"""Pieces become smaller where so many of them are left between two processes."""


class BatchPages(Struct, frozen=True, dict=True):
    """The pages of a batch, each listed once."""

    batch: Batch

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages."""
        return tuple(self.batch.pages())

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Return the pages with their names."""
        return tuple(map(_named, self.pages))

    def name(self, place: int) -> Named:
        """Return the page at *place* with its name, found out for it alone if for none so far."""
        return vars(self)["named"][place] if "named" in vars(self) else _named(self.pages[place])

    def know(self, names: Iterable[Digest | None]) -> None:
        """Take over the *names* of the pages from whoever found them."""
        vars(self)["named"] = tuple(zip(self.pages, names, strict=True))


class EditionPages(Struct, frozen=True, dict=True):
    """The pages of the edition of a press, each listed once."""

    press: Press

    @cached_property
    def batches(self) -> tuple[BatchPages, ...]:
        """Return all pages, those for programs too."""
        return tuple(map(BatchPages, _all_batches(self.press)))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return all pages in their order."""
        return tuple(page for batch in self.batches for page in batch.pages)

    @property
    def named(self) -> Iterator[Named]:
        """Yield all pages with their names."""
        for batch in self.batches:
            yield from batch.named

    def know(self, names: Iterable[Digest | None]) -> None:
        """Take over the *names* of all pages from whoever found them."""
        found = iter(names)
        for batch in self.batches:
            batch.know(islice(found, len(batch.pages)))


class Bench(Struct, frozen=True, dict=True):
    """The editions of a site with all their pages, and what fills those.

    It travels without the pages, which hold functions; they are listed again.
    """

    presses: tuple[Press, ...]
    workshop: Workshop

    @cached_property
    def editions(self) -> tuple[EditionPages, ...]:
        """Return the pages of each edition."""
        return tuple(map(EditionPages, self.presses))


def named_pages(press: Press) -> Iterator[Named]:
    """Yield every page of the edition of *press* with its name, one after the other."""
    return map(_named, listed_pages(press))


def _named(page: Page) -> Named:
    return page, page.name


def listed_pages(press: Press) -> Iterator[Page]:
    """Yield every page of the edition of *press*, those for programs too."""
    for batch in _all_batches(press):
        yield from batch.pages()


def _all_batches(press: Press) -> Iterator[Batch]:
    yield from batches(press)
    yield from feed_batches(press)


def fill(bench: Bench, memory: Memory, store: Store, jobs: int) -> int:
    """Fill in *jobs* processes the pages of *bench* of which *memory* knows nothing.

    They are in *store* afterwards, and what their views came to in *memory*. Return how many they
    were; few of them are left to the plan.
    """
    known = views_in(memory)
    is_fresh = not any(map(memory.knows, known.names_of_lines()))
    asked = None if is_fresh else partial(memory.row, known)
    unknown = [_unknown(each, asked) for each in bench.editions]
    if jobs == 1 or not pays(sum(map(len, unknown))):
        return 0
    keys = dict(_keys(bench))
    pieces = [(number, new, keys) for number, new in in_pieces(unknown, jobs)]
    names: list[list[Digest | None]] = [[_UNNAMED] * len(each.pages) for each in bench.editions]
    made = 0
    with suppress(Broken):
        for piece, (told, count) in spread(jobs, _fill, pieces, (bench, store), here=_fill):
            made += count
            for place, recipe, view in told:
                names[pieces[piece][0]][place] = recipe
                if recipe and view:
                    memory.keep_row(known, recipe, view)
    for edition, each in zip(bench.editions, names, strict=True):
        if _UNNAMED not in each:
            edition.know(each)
    store.look()
    bench.workshop.forget_stale(_made_of(bench, keys, names, partial(memory.row, known)), store)
    return made


def in_pieces(unknown: Sequence[Sequence[int]], jobs: int) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield the *unknown* pages in pieces for *jobs* processes, each with its edition's number.

    The leading process takes them from the end, all others from the beginning. Where they meet,
    pieces are small, lest one has much to do when the others have done.
    """
    total, passed = sum(map(len, unknown)), 0
    meeting = total - total // jobs
    for number, new in enumerate(unknown):
        start = 0
        while start < len(new):
            size = min(_MOST, max(_LEAST, abs(meeting - passed) // _NEAR))
            piece = new[start : start + size]
            yield number, piece
            start += len(piece)
            passed += len(piece)


def _made_of(
    bench: Bench,
    keys: Mapping[tuple[str, str], Digest],
    names: Iterable[Sequence[Digest | None]],
    known: Callable[[Digest], Digest | None],
) -> Iterator[Digest]:
    """Yield the keys of all pages that have *names* and views that are *known*."""
    for edition, named in zip(bench.editions, names, strict=True):
        language = edition.press.edition.language.code
        for page, name in zip(edition.pages, named, strict=True):
            made_of, view = keys.get((page.template, language)), known(name) if name else None
            if made_of and view:
                yield digest(made_of, view)


def _unknown(edition: EditionPages, known: Callable[[Digest], Digest | None] | None) -> list[int]:
    """Return where those pages of *edition* stand of which nothing is *known*.

    If nothing is known of any, nobody need name them before whoever fills them does.
    """
    new: Iterable[int] = range(len(edition.pages))
    if known:
        named = enumerate(edition.named)
        new = (place for place, (_, name) in named if name and known(name) is None)
    return sorted(new, key=lambda place: _place(edition.pages[place]))


def _place(page: Page) -> str:
    """Return where the page is about: pages of one place show one map, which is drawn once."""
    entry = page.sought.entry if page.sought else None
    place = getattr(entry.record, "commune", None) if entry else None
    return place or page.path.rpartition("/")[0].rpartition("/")[2]


def _keys(bench: Bench) -> Iterator[tuple[tuple[str, str], Digest]]:
    """Yield what each template brings to a page in each language, faulty ones left out."""
    for edition in bench.editions:
        language = edition.press.edition.language.code
        for template in {page.template for page in edition.pages}:
            with suppress(ContentFaults):
                yield (template, language), bench.workshop.templates.key(template, language)


_Told = tuple[int, Digest | None, Digest | None]
"""Of a page: where it stands, its name, and what its view came to, if it was looked at."""


def _fill(
    number: int, new: Sequence[int], keys: Mapping[tuple[str, str], Digest]
) -> tuple[list[_Told], int]:
    """Fill the *new* pages of edition *number*, told by their places.

    Return what is to be told of them, and how many pages for people were filled.
    """
    bench, store = cast("tuple[Bench, Store]", Worker.held)
    told, made = list[_Told](), 0
    language = bench.presses[number].edition.language.code
    with store.gather():
        for place in new:
            page = bench.editions[number].pages[place]
            made_of, recipe = keys.get((page.template, language)), page.name
            if made_of is None or recipe is None:
                told.append((place, recipe, None))
                continue
            view = page.view
            name = digest(view)
            told.append((place, recipe, name))
            key = digest(made_of, name)
            if key in store:
                continue
            with suppress(TemplateFault):
                content = bench.workshop.templates.render(page.template, view, language)
                store.put(key, content)
                keep_links(page.path, key, content, store)
                made += page.template.endswith(".html")
    return told, made

"""Bring the products of a spreadsheet into the catalogue: read, check, show, ask, write."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.app.places import MEMORY, cache_of
from ocopgen.app.sheets.cells import Reader
from ocopgen.app.sheets.columns import Form, form_for
from ocopgen.app.sheets.grid import Sheet
from ocopgen.app.sheets.heading import Table, table_of
from ocopgen.app.sheets.matching import Register
from ocopgen.app.sheets.names import names_in
from ocopgen.app.sheets.reading import read_sheets
from ocopgen.app.sheets.rows import Draft, Drafting
from ocopgen.app.sheets.saying import explained
from ocopgen.app.sheets.telling import Teller
from ocopgen.app.sheets.writing import pages_of, write_pages
from ocopgen.app.terminal import Terminal
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Level, Problem, Problems, WrongUse
from ocopgen.base.text import slug
from ocopgen.content.catalogue import tie
from ocopgen.content.entries import Content, Entry
from ocopgen.content.load import load
from ocopgen.content.records import Product


class Wish(Struct, frozen=True):
    """What is to be done with a spreadsheet."""

    file: Path
    write: bool
    """Whether to write without asking."""
    show: bool
    """Whether only to show what would change."""
    keep_going: bool
    """Whether to write the good rows where others have faults."""


class Brought(Struct, frozen=True):
    """What a spreadsheet would make of a catalogue."""

    drafts: tuple[Draft, ...]
    """Those that are without fault."""
    sheets: tuple[Sheet, ...]
    problems: Problems
    whole: bool
    """Whether the faults are those of single rows, which the others can do without."""


def bring(
    root: Path, day: date, wish: Wish, terminal: Terminal, agree: Callable[[str], bool | None]
) -> bool:
    """Do what *wish* asks for, and tell whether nothing was wrong.

    *agree* puts a question to the person; None: there is nobody to ask.
    """
    content = sound(root, day)
    languages = tuple(each.code for each in content.site.record.languages)
    form = form_for(languages, terminal.language)
    brought = read(content, day, wish.file, form)
    if brought.problems.found:
        terminal.tell(explained(brought.problems, brought.sheets, terminal) + "\n")
    good = brought.problems.faults == 0
    if not good and not (wish.keep_going and brought.whole):
        terminal.hint("import_nothing")
        return False
    pages = list(pages_of(root, brought.drafts, languages))
    for page in pages:
        terminal.tell(page.difference() + "\n")
    new = sum(page.before is None for page in pages)
    same = sum(not each.changed for each in brought.drafts)
    terminal.say("import_counts", new=new, changed=len(pages) - new, same=same)
    if pages and not wish.show:
        agreed = True if wish.write else agree(terminal.words("import_ask"))
        if agreed:
            write_pages(root, pages)
            terminal.say("import_written", count=len(pages))
        else:
            terminal.say("import_how" if agreed is None else "import_left")
    return good


def sound(root: Path, day: date) -> Content:
    """Return the content of the catalogue in *root*, on which a spreadsheet may be laid.

    Raises ContentFaults where it has faults of its own, which nobody could tell from new ones.
    """
    problems = Problems()
    content = load(root, Memory(cache_of(root) / MEMORY), problems)
    if content and not problems.faults:
        tie(content, day, problems)
    if content is None or problems.faults:
        raise ContentFaults(problems)
    return content


def read(content: Content, day: date, file: Path, form: Form) -> Brought:
    """Return what the spreadsheet *file* would make of *content* on *day*; raises WrongUse."""
    problems = Problems()
    sheets = read_sheets(file)
    tables = list(_tables(sheets, form, problems))
    if not tables:
        title = form.title
        names = ", ".join(title(each) for each in form.columns[:2])
        raise WrongUse("sheet.no_list", path=file.name, names=names)
    drafts, tellers = _drafts(content, tables, form, problems)
    kept = drafts
    while True:
        faults = problems.faults
        _check(content, kept, day, tellers, problems)
        if problems.faults == faults:
            break
        faulty = {(each.spot.path, each.spot.line) for each in _faults(problems)}
        kept = [each for each in kept if (each.tree.path, each.row) not in faulty]
    whole = all(each.spot.line > _heading(tellers, each.spot.path) for each in _faults(problems))
    return Brought(tuple(kept), tuple(sheets), problems, whole)


def _tables(sheets: Sequence[Sheet], form: Form, problems: Problems) -> Iterator[Table]:
    own = ("sheet_explained", "sheet_choices")
    explained = {slug(words[key]) for words in form.words.values() for key in own}
    for sheet in sheets:
        if slug(sheet.name) in explained or not sheet.rows:
            continue
        table = table_of(sheet, form, problems)
        if table is None:
            if len(sheets) > 1:
                problems.warn(sheet.spot(), "sheet.passed_over")
            continue
        hidden = [str(row.number) for row in table.rows if row.hidden]
        if hidden:
            problems.warn(sheet.spot(), "sheet.hidden", rows=", ".join(hidden))
        yield table


def _drafts(
    content: Content, tables: Sequence[Table], form: Form, problems: Problems
) -> tuple[list[Draft], dict[str, Teller]]:
    languages = tuple(each.code for each in content.site.record.languages)
    reader = Reader(form, names_in(content, form.language), problems)
    register = Register(content.products, languages[0], problems)
    drafts: list[Draft] = []
    tellers = {}
    for table in tables:
        rows = {row.number: row for row in table.rows}
        teller = Teller(table, form, rows, problems)
        tellers[table.sheet.path] = teller
        drafts += Drafting(teller, reader, register, languages, problems).drafts()
    return drafts, tellers


def _check(
    content: Content,
    drafts: Sequence[Draft],
    day: date,
    tellers: dict[str, Teller],
    problems: Problems,
) -> None:
    """Put into *problems* what the catalogue would have to say of *drafts*."""
    changed = [each for each in drafts if each.changed]
    products = dict(content.products)
    for each in changed:
        products.pop(each.id, None)
    products |= {each.id: _entry(each, content) for each in changed}
    found = Problems()
    tie(replace(content, products=products), day, found)
    for problem in found:
        if problem.spot.path in tellers:
            tellers[problem.spot.path].tell(problem)
        elif problem.level is Level.FAULT:
            problems.extend([problem])


def _entry(draft: Draft, content: Content) -> Entry[Product]:
    if draft.before:
        return replace(draft.before, record=draft.record, tree=draft.tree)
    return Entry(draft.id, draft.record, draft.tree, content.site.digest)


def _faults(problems: Problems) -> Iterator[Problem]:
    return (each for each in problems if each.level is Level.FAULT)


def _heading(tellers: dict[str, Teller], path: str) -> int:
    return tellers[path].table.heading if path in tellers else 0

"""Tell people and programs what happened."""

import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from ocopgen.base.problems import Level, Problem, Problems, Spot, Trouble
from ocopgen.pages.messages import Entries, tell, tell_problem
from ocopgen.pages.theme import default_layer

LANGUAGES = ("vi", "en")
"""Those that problems are told in; the first one where nothing else is asked for."""

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_SAID = {Level.WARNING: "report.warning", Level.HINT: "report.hint"}
_ORDER = (Level.FAULT, Level.WARNING, Level.HINT)
_MARGIN = "  "
_TAB = 4
_WIDEST = 96
"""Columns of a line that are shown; of a longer one, those around the caret."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Kinds of characters that a terminal would obey, or could not show."""


def chosen_language(asked: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Return the language *asked* for, else the environment's, else the first of ours."""
    locale = next(filter(None, map(environment.get, _VARIABLES)), "")
    for wanted in (asked or "", locale[:2].lower()):
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def report(problems: Problems, entries: Entries, root: Path) -> str:
    """Return all *problems* of the catalogue in *root* as a text.

    They stand together by file, the files with the most serious ones first, and so in each file.
    """
    return _told(most_serious_first(problems), problems, entries, root)


def most_serious_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file, the most serious file first, and the most serious in it."""
    found = list(problems)
    worst: dict[str, int] = {}
    for each in found:
        path = each.spot.path
        worst[path] = min(worst.get(path, len(_ORDER)), _ORDER.index(each.level))
    return sorted(
        found, key=lambda each: (worst[each.spot.path], each.spot.path, _ORDER.index(each.level))
    )


def obstacles(problems: Problems, entries: Entries, root: Path) -> str:
    """Return what stops a build: the faults alone, and how many of all *problems* there are."""
    return _told(faults_of(problems), problems, entries, root)


def faults_of(problems: Problems) -> list[Problem]:
    """Return those of *problems* that stop a build."""
    return [each for each in problems if each.level is Level.FAULT]


def _told(shown: Iterable[Problem], problems: Problems, entries: Entries, root: Path) -> str:
    told = [explain(problem, entries, root) for problem in shown]
    return "\n\n".join([*told, counted(problems, entries)]) + "\n"


def counted(problems: Problems, entries: Entries) -> str:
    """Return how many problems of each level there are, in words."""
    levels = [problem.level for problem in problems]
    counts = {
        "report.faults": levels.count(Level.FAULT),
        "report.warnings": levels.count(Level.WARNING),
        "report.hints": levels.count(Level.HINT),
    }
    told = [_count(entries, key, count) for key, count in counts.items() if count]
    return ", ".join(told) or entries["report.none"]


def _count(entries: Entries, key: str, count: int) -> str:
    one = entries.get(f"{key}.one") if count == 1 else None
    return (one or entries[f"{key}.other"]).format(count=count)


class Explained(Struct, frozen=True):
    """All that a person is told of one problem."""

    says: str
    place: str = ""
    """File, line and column; empty: it is in no file."""
    line: str = ""
    """As it stands in the file; empty where there is none to show."""
    caret: str = ""
    """What points at the column, to stand below the line."""
    mend: str = ""

    def text(self) -> str:
        """Return it as a terminal shows it."""
        says = f"{self.place}: {self.says}" if self.place else self.says
        rows = [_MARGIN + row for row in (self.line, self.caret, self.mend) if row]
        return "\n".join([says, *rows])


def explain(problem: Problem, entries: Entries, root: Path) -> str:
    """Return *problem* as its place and sentence, the line with a caret, and how to mend it."""
    return explained(problem, entries, root).text()


def explained(problem: Problem, entries: Entries, root: Path) -> Explained:
    """Return what a person is told of *problem* of the catalogue in *root*."""
    return explained_at(str(problem.spot), _shown(problem.spot, root), problem, entries)


def explained_at(
    place: str, shown: tuple[str, str], problem: Problem, entries: Entries
) -> Explained:
    """Return what a person is told of *problem*: *shown* of its *place* are line and caret."""
    told = tell_problem(entries, problem)
    says = told.says
    if key := _SAID.get(problem.level):
        says = entries[key].format(says=says)
    return Explained(visible(says), visible(place), *shown, _mend(told.mend, entries))


def explain_trouble(trouble: Trouble, entries: Entries) -> str:
    """Return *trouble* as its sentence, and how to mend it."""
    return explained_trouble(trouble, entries).text()


def explained_trouble(trouble: Trouble, entries: Entries) -> Explained:
    """Return what a person is told of *trouble*."""
    told = tell(entries, trouble.code, trouble.values)
    return Explained(visible(told.says), mend=_mend(told.mend, entries))


def _mend(mend: str, entries: Entries) -> str:
    return visible(entries["report.mend"].format(mend=mend)) if mend else ""


def _shown(spot: Spot, root: Path) -> tuple[str, str]:
    """Return the line of *spot* and, where a column is known, a caret under it."""
    line = _line(spot, root)
    if line is None:
        return "", ""
    caret = max(spot.column - 1, 0)
    # One letter more than may be looked at tells that there is more; a line may have millions.
    near = slice(max(caret - 2 * _WIDEST - 1, 0), caret), slice(caret, caret + 2 * _WIDEST + 1)
    before, after = _cut(visible(line[near[0]]), visible(line[near[1]].rstrip()))
    return before + after, " " * _width(before) + "^" if spot.column else ""


def _line(spot: Spot, root: Path) -> str | None:
    """Return the line of *spot* as its file has it now; None where there is none to show."""
    if not spot.line:
        return None
    from ocopgen.content.source import plain_lines  # with YAML, which good news does without

    shipped = (default_layer(),) if spot.path.startswith("templates/") else ()
    for top in (root, *shipped):
        with suppress(OSError, ValueError):
            text = plain_lines(_content(top / spot.path).decode("utf-8-sig", "replace"))
            lines = ["", *text.split("\n")]
            return lines[spot.line] if spot.line < len(lines) and lines[spot.line].strip() else None
    return None


def _content(path: Path) -> bytes:
    """Return the bytes of the file at *path*; raises OSError where it is none, as a pipe."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def _cut(before: str, after: str) -> tuple[str, str]:
    """Return what stands *before* and *after* the caret, as much of it as fits on a line."""
    left = _WIDEST - min(_width(after[:_WIDEST]), _WIDEST // 3)
    before = _fitting(before[::-1], left)[::-1]
    return before, _fitting(after, _WIDEST - _width(before))


def _fitting(text: str, room: int) -> str:
    """Return *text*, or what of its beginning fits into *room* columns with a sign of the cut."""
    columns = list(accumulate(map(_columns, text[: 2 * _WIDEST])))
    if not columns or (columns[-1] <= room and len(columns) == len(text)):
        return text
    return text[: bisect_left(columns, room)] + "…"


def visible(text: str) -> str:
    """Return *text* with spaces for tabs, and signs for what a terminal would obey."""
    return "".join(map(_sign, text))


def _sign(letter: str) -> str:
    if letter == "\t":
        return " " * _TAB
    if letter < " ":
        return chr(0x2400 + ord(letter))
    return "\ufffd" if unicodedata.category(letter) in _UNSEEN else letter


def _width(text: str) -> int:
    """Return how many columns *text* takes on a terminal."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1

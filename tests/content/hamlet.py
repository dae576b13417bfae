"""The smallest catalogue that has nothing to tell, and what is told when a file of it changes."""

import re
import shutil
from datetime import date
from pathlib import Path

from ocopgen.app.report import explain
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.catalogue import Catalogue, tie
from ocopgen.content.load import load
from ocopgen.pages.messages import read_messages
from ocopgen.pages.theme import Theme, default_layer

HAMLET = Path(__file__).parents[1] / "hamlet"
DAY = date(2026, 11, 23)
SENTENCES = read_messages(Theme((default_layer(),)), "problems", ("vi", "en"), Problems())

_BLOCK = re.compile(r"^(?=\w)", re.MULTILINE)
_NAME = re.compile(r"(?:# without )?(\w+)")


def copy(root: Path) -> Path:
    """Return the hamlet as a catalogue of its own in the folder *root*."""
    shutil.copytree(HAMLET, root, dirs_exist_ok=True)
    return root


def put(root: Path, path: str, written: str) -> None:
    """Write *written* over the fields of the same names in the file *path*, at its top.

    A line "# without NAME" takes a field away.
    """
    file = root / path
    names = {found[1] for line in written.splitlines() if (found := _NAME.match(line))}
    blocks = _BLOCK.split(file.read_text("utf-8"))
    kept = [block for block in blocks if block and block.split(":")[0] not in names]
    file.write_text(written + "".join(kept), "utf-8")


def problems_of(root: Path, day: date = DAY) -> tuple[Catalogue | None, Problems]:
    """Return the catalogue in *root* on *day*, and what there is to tell of it."""
    problems = Problems()
    content = load(root, Memory(root / "memory.lines"), problems)
    return tie(content, day, problems) if content else None, problems


def told_of(root: Path, language: str = "vi", day: date = DAY) -> str:
    """Return what a person is told of the catalogue in *root*."""
    _, problems = problems_of(root, day)
    return "\n".join(explain(problem, SENTENCES[language], root) for problem in problems)

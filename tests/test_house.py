"""The house keeps its own rules: small rooms, quiet floors, and words where they belong."""

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
PACKAGE = CHECKOUT / "ocopgen"
ROOMS = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
LONGEST_ROOM = 300

LANGUAGES = {"vi", "en"}
MAY_NAME_LANGUAGES = re.compile(r"base/text\.py|app/")
"""Vietnamese spelling, and the language of the messages; all else stands in site.yaml."""

SPEAKS = re.compile(r"app/|__main__\.py")
LOUD = {"print", "input", "sys.exit", "sys.stdout", "sys.stderr", "os.environ", "os.getenv"}
PURE = re.compile(r"content/|pages/")
CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}

NOT_TEXT = {".avif", ".heic", ".ico", ".jpeg", ".jpg", ".png", ".ttf", ".webp", ".woff2", ".xlsx"}
NOT_OURS = re.compile(r"(\.git|\.venv|\.ocopgen|\.hypothesis|\.\w+_cache|site|build|dist)/")
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w|[A-Z]:\\Users\\|[.]pyenv")
ONE_REGISTRY = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|(?:deb|security)[.]debian")

every_room = pytest.mark.parametrize("room", ROOMS)


@every_room
def test_a_room_is_small(room: str) -> None:
    lines = ROOMS[room].read_text("utf-8").count("\n")

    assert lines <= LONGEST_ROOM, "split a room that does two things; never squeeze one that fits"


@every_room
def test_what_a_room_offers_is_explained(room: str) -> None:
    tree = _tree(room)

    unexplained = [node.name for node in _offered(tree) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree), "a room opens with one sentence"
    assert unexplained == []


@every_room
def test_no_room_names_a_language(room: str) -> None:
    named = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(_tree(room))
        if isinstance(node, ast.Constant) and node.value in LANGUAGES
    ]

    assert named == [] or MAY_NAME_LANGUAGES.match(room)


@every_room
def test_only_the_top_floor_speaks_reads_the_environment_or_exits(room: str) -> None:
    assert _uses(room, LOUD) == [] or SPEAKS.match(room)


@every_room
def test_the_day_enters_as_a_value(room: str) -> None:
    assert _uses(room, CLOCKS) == [] or not PURE.match(room)


def test_every_text_is_utf8_in_nfc_with_plain_line_ends() -> None:
    faults = [fault for path in _texts() for fault in _spelling_faults(path)]

    assert faults == []


def test_nothing_names_one_machine_or_registry() -> None:
    named = [
        f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()[:80]}"
        for path in _texts()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ONE_MACHINE.search(line) or ONE_REGISTRY.search(line)
    ]

    assert named == []


def _tree(room: str) -> ast.Module:
    return ast.parse(ROOMS[room].read_text("utf-8"))


Explained = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _offered(parent: ast.Module | ast.ClassDef) -> Iterator[Explained]:
    """Yield the public classes and functions of *parent*, and those of its classes."""
    for node in parent.body:
        if not isinstance(node, Explained) or node.name.startswith("_"):
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from _offered(node)


def _uses(room: str, names: set[str]) -> list[str]:
    """Return where *room* uses one of *names*."""
    found = (
        (node.lineno, ast.unparse(node))
        for node in ast.walk(_tree(room))
        if isinstance(node, ast.Name | ast.Attribute)
    )
    return [f"line {line}: {name}" for line, name in found if name in names]


def _texts() -> list[Path]:
    """Return the text files of the project: those that git knows, or all where git is missing."""
    return [path for path in _files() if path.suffix not in NOT_TEXT and path.is_file()]


def _files() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        return [path for path in CHECKOUT.rglob("*") if not _is_made(path)]
    return [CHECKOUT / name for name in listed.stdout.decode().split("\0") if name]


def _is_made(path: Path) -> bool:
    name = path.relative_to(CHECKOUT).as_posix()
    return bool(NOT_OURS.match(name)) or "__pycache__" in name


def _spelling_faults(path: Path) -> Iterator[str]:
    name, written = path.relative_to(CHECKOUT), path.read_bytes()
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError:
        yield f"{name}: not UTF-8"
        return
    if not unicodedata.is_normalized("NFC", text):
        yield f"{name}: not NFC"
    if "\r" in text or text.startswith("\ufeff"):
        yield f"{name}: a carriage return, or a mark at its start"

"""Write down what the fields of records mean, for editors' programs and for people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocopgen.app.report import LANGUAGES
from ocopgen.app.schema import FOLDER, SETTINGS, Choices, choices_of, guide, schema, settings
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import ContentFaults, Problems
from ocopgen.base.whole import write_whole
from ocopgen.content.kinds import KINDS, record_trees
from ocopgen.content.tree import Tree
from ocopgen.pages.messages import Entries, read_messages
from ocopgen.pages.theme import Theme, default_layer

__all__ = [
    "FOLDER",
    "SETTINGS",
    "field_words",
    "known_choices",
    "settings",
    "write_guide",
    "write_schemas",
]

_SITE = "content/site.yaml"


def field_words() -> Mapping[str, Entries]:
    """Return what each field is called and means, in every language of messages."""
    return read_messages(Theme((default_layer(),)), "fields", LANGUAGES, Problems())


def write_schemas(root: Path) -> bool:
    """Write a schema for each kind of record, and tell VS Code where it is.

    False: its settings hold more than plain JSON and were left as they are. Raises ContentFaults as
    `known_choices` does.
    """
    languages, choices = known_choices(root)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        described = schema(kind, languages, field_words(), choices)
        write_whole(root / FOLDER / f"{kind}.schema.json", described.encode())
    place = root / SETTINGS
    made = settings(place.read_text("utf-8-sig") if place.is_file() else "")
    if made is not None:
        write_whole(place, made.encode())
    return made is not None


def known_choices(root: Path) -> tuple[tuple[str, ...], Choices]:
    """Return the languages of the site in *root*, and what its records may name.

    Raises ContentFaults where the file of the site cannot be read.
    """
    problems = Problems()
    trees = {path: tree for path, _, tree in record_trees(root, problems)}
    if _SITE not in trees:
        raise ContentFaults(problems)
    languages = _languages(trees[_SITE])
    return languages, choices_of(trees, languages[0] if languages else "")


def write_guide(out: Path, terminal: Terminal) -> None:
    """Write the guide to the fields to *out*, in the language of *terminal*."""
    headings = {key: terminal.words(f"guide.{key}") for key in ("title", "start", "head", "must")}
    write_whole(out, guide(field_words()[terminal.language], headings).encode())


def _languages(site: Tree) -> tuple[str, ...]:
    data: Any = site.data
    listed = data.get("languages") if isinstance(data, dict) else None
    rows = listed if isinstance(listed, list) else []
    return tuple(str(each["code"]) for each in rows if isinstance(each, dict) and "code" in each)

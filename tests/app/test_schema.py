"""What programs and people are told of the fields is what the model says of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from ocopgen.app.explaining import field_words
from ocopgen.app.schema import records_in, settings
from ocopgen.content.kinds import KINDS, record_files
from ocopgen.content.record import Record, fields_of
from tests.app.commands import run

WORDS = field_words()


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_s_records_fit_the_schemas_of_its_editors(checkout: Path, kind: str) -> None:
    described = Draft7Validator(_schema(checkout, kind))
    files = [path for path, record in record_files(checkout) if record is KINDS[kind]]

    faults = [
        f"{path}: {fault.message}"
        for path in files
        for fault in described.iter_errors(_as_code_reads(checkout / path))
    ]

    assert files
    assert faults == []


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("star", {"certifications": [{"star": 2, "sources": []}]}),
        ("name", {"name": "Mật ong"}),
        ("set", {"set": "no-such-set"}),
        ("issued", {"certifications": [{"star": 3, "issued": "5-8-2025", "sources": []}]}),
        ("x", {"x": 1}),
    ],
)
def test_what_is_wrong_is_marked_while_it_is_typed(
    checkout: Path, key: str, wrong: dict[str, Any]
) -> None:
    described = Draft7Validator(_schema(checkout, "product"))

    marked = [f"{list(each.path)} {each.message}" for each in described.iter_errors(wrong)]

    assert any(key in each for each in marked)


def test_committed_schemas_and_guides_are_those_of_the_model(
    checkout: Path, tmp_path: Path
) -> None:
    (tmp_path / "content").symlink_to(checkout / "content", target_is_directory=True)
    run(tmp_path, "schema")
    for language in ("vi", "en"):
        run(tmp_path, "schema", "--lang", language, "--guide", f"fields.{language}.md")

    made = {
        **{place: place for kind in KINDS for place in [f".vscode/ocopgen/{kind}.schema.json"]},
        **{f"fields.{language}.md": f".github/fields.{language}.md" for language in ("vi", "en")},
    }
    for own, committed in made.items():
        assert (tmp_path / own).read_text("utf-8") == (checkout / committed).read_text("utf-8")


def test_every_field_is_explained_in_every_language() -> None:
    fields = {
        f"{record.__name__}.{key}"
        for kind in KINDS.values()
        for record in {kind, *_inside(kind)}
        for key in fields_of(record)
    }

    for entries in WORDS.values():
        told = {key.removesuffix(".title") for key in entries if key.endswith(".title")}
        assert told == fields
        assert all(entries[f"{field}.note"].strip() for field in fields)


def test_other_settings_are_kept_and_comments_are_not_lost() -> None:
    kept = settings('{"editor.tabSize": 2, "yaml.schemas": {"x.json": "*.yml"}}')

    assert kept
    assert json.loads(kept)["editor.tabSize"] == 2
    assert json.loads(kept)["yaml.schemas"]["x.json"] == "*.yml"
    assert settings("{} // của tôi") is None
    assert settings("[]") is None


def _schema(root: Path, kind: str) -> dict[str, Any]:
    return dict(json.loads((root / f".vscode/ocopgen/{kind}.schema.json").read_text("utf-8")))


def _as_code_reads(path: Path) -> object:
    """Return what VS Code's YAML extension sees in *path*: YAML 1.2, in which days are text."""
    reader = YAML(typ="safe", pure=True)
    reader.Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    return reader.load(path.read_text("utf-8"))


def _inside(kind: type[Record]) -> Iterator[type[Record]]:
    for each in fields_of(kind).values():
        for record in records_in(each.annotation):
            yield record
            yield from _inside(record)

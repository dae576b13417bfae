"""What README.md says is true: its commands are all there are, and its example is read as told."""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from ocopgen.app.cli import main

README = Path(__file__).parent.parent / "README.md"
PRODUCT = "content/products/mat-ong-rung"
RULES = ("site.yaml", "areas.yaml", "sectors.yaml", "programme.yaml")


@pytest.fixture
def catalogue(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a catalogue that holds the README's product and its producer, as this folder."""
    (tmp_path / PRODUCT).mkdir(parents=True)
    for name in RULES:
        shutil.copy(checkout / "content" / name, tmp_path / "content" / name)
    producer = tmp_path / "content" / "producers" / "htx-ong-rung.yaml"
    producer.parent.mkdir()
    producer.write_text(_block("yaml", "name:\n  vi: Hợp tác xã"), "utf-8")
    Image.new("RGB", (1200, 900), "sienna").save(tmp_path / PRODUCT / "to-ong.jpg")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_is_told_of() -> None:
    told = set(re.findall(r"^\| `ocopgen (\w+)", README.read_text("utf-8"), re.MULTILINE))

    assert told == set(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = main.commands[name]
    silent = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]

    assert command.help
    assert silent == []


def test_the_example_is_a_product(catalogue: Path) -> None:
    checked = _check(catalogue, _block("yaml"))

    assert checked.exit_code == 0, checked.output


def test_the_example_of_a_fault_is_told_as_written(catalogue: Path) -> None:
    checked = _check(catalogue, _block("yaml").replace("star: 4", "star: năm"))

    assert checked.exit_code == 1
    assert checked.output.startswith(_block("", f"{PRODUCT}/product.yaml:"))


def _check(catalogue: Path, product: str) -> Result:
    (catalogue / PRODUCT / "product.yaml").write_text(product, "utf-8")
    return CliRunner().invoke(main, ["check", "--today", "2026-11-23", "--lang", "vi"])


def _block(language: str, start: str = "") -> str:
    """Return the README's block of code in *language* that begins with *start*."""
    fences = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    blocks = [
        str(text) for name, text in fences.findall(README.read_text("utf-8")) if name == language
    ]
    return next(block for block in blocks if block.startswith(start))

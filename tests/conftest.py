"""What every test may use: the option for finished pages, this checkout, the example's site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copies import TODAY


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite-golden`: a test never rewrites what it is compared with by itself."""
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the pages of tests/golden anew; read their difference before you commit it",
    )


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Return whether the golden files are to be written anew."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder of this checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def example(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the example's content and its site/, made from nothing: read only."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(checkout / "content", root / "content")
    command = [sys.executable, "-m", "ocopgen", "build", "--today", str(TODAY), "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    subprocess.run(command, cwd=root, env=environment, check=True)
    return root

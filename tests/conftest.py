"""What every test may use: the option for finished pages, this checkout, the example's site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ocopgen.build.publish import hold
from tests.attacks import storm
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
    """Return a folder with the example's content and its site/, made from nothing: read only.

    It is made once, whatever number of workers share the tests.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    root, done = shared / "example", shared / "example-made"
    with hold(shared, 600, lambda: None):
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(checkout / "content", root / "content")
            _build(checkout, root)
            done.touch()
    return root


@pytest.fixture(scope="session")
def stormed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the village with every harmless attack laid over it: read only."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    root, done = shared / "stormed", shared / "stormed-made"
    with hold(shared, 600, lambda: None):
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            storm(root)
            done.touch()
    return root / "site"


def _build(checkout: Path, root: Path) -> None:
    command = [sys.executable, "-m", "ocopgen", "build", "--today", str(TODAY), "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    subprocess.run(command, cwd=root, env=environment, check=True)

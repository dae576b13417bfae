"""What every test may use: the option that rewrites the finished pages, and this checkout."""

from pathlib import Path

import pytest


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

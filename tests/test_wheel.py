"""The wheel works by itself: its commands, and the theme it carries."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

THEME = "ocopgen/_theme"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, built without asking the network for anything."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(checkout, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the programs of a new environment that holds the wheel.

    What the wheel depends on is lent by the environment of the tests; ocopgen itself is not,
    since an editable install is a `.pth` file, and those are not followed twice.
    """
    home = tmp_path_factory.mktemp("home")
    venv.create(home, symlinks=os.name != "nt")
    programs = home / SCRIPTS
    install = ("-m", "pip", "--python", str(programs / "python"), "install", "--quiet")
    _run(home, sys.executable, *install, "--no-index", "--no-deps", str(wheel))
    _packages(programs).joinpath("lent.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return programs


def test_it_carries_the_whole_theme(checkout: Path, wheel: Path) -> None:
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(THEME)}

    assert carried == {
        f"{THEME}/{path.relative_to(checkout).as_posix()}"
        for folder in ("templates", "assets")
        for path in (checkout / folder).rglob("*")
        if path.is_file()
    }


def test_it_carries_no_tests_and_no_content(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"ocopgen"}


def test_it_builds_a_site_where_there_is_nothing_but_content(
    checkout: Path, programs: Path, tmp_path: Path
) -> None:
    shutil.copytree(checkout / "tests" / "village" / "content", tmp_path / "content")

    _run(tmp_path, str(programs / "ocopgen"), "build", "--today", "2026-11-23")

    assert _packages(programs).joinpath(THEME, "templates").is_dir()
    assert tmp_path.joinpath("site", "index.html").is_file()
    assert tmp_path.joinpath("site", "en", "index.html").is_file()
    assert list(tmp_path.joinpath("site").rglob("*.css"))


def test_it_begins_a_catalogue_of_its_own(checkout: Path, programs: Path, tmp_path: Path) -> None:
    _run(tmp_path, str(programs / "ocopgen"), "init")

    for name in ("programme.yaml", "sectors.yaml"):
        national = (checkout / "content" / name).read_text("utf-8")
        assert (tmp_path / "content" / name).read_text("utf-8") == national
    _run(tmp_path, str(programs / "ocopgen"), "check", "--today", "2026-11-23")


def _packages(programs: Path) -> Path:
    """Return where the environment of *programs* keeps its packages."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(_run(programs, str(programs / "python"), "-c", ask).strip())


def _run(folder: Path, *command: str) -> str:
    """Return what *command* says in *folder*, or fail with it."""
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout

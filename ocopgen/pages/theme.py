"""Find the files of the theme: a catalogue's own ones before those that come with ocopgen."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

import ocopgen


class Theme(Struct, frozen=True):
    """Folders that hold templates/ and assets/; what stands in an earlier one comes first."""

    layers: tuple[Path, ...]

    def folders(self, name: str) -> tuple[Path, ...]:
        """Return the folder *name* of each layer that has it, the catalogue's own first."""
        return tuple(layer / name for layer in self.layers if (layer / name).is_dir())

    def files(self, folder: str) -> Iterator[tuple[str, Path]]:
        """Yield every file below *folder* by its name from there, each name once, sorted."""
        found: dict[str, Path] = {}
        for top in reversed(self.folders(folder)):
            for inside, folders, names in os.walk(top):
                folders[:] = (each for each in folders if not each.startswith("."))
                lead = "".join(f"{each}/" for each in Path(inside).relative_to(top).parts)
                for name in names:
                    path = Path(inside, name)
                    if not name.startswith(".") and path.is_file():
                        found[lead + name] = path
        return iter(sorted(found.items()))


def default_layer() -> Path:
    """Return the theme that comes with ocopgen: inside a wheel, or beside a checkout's package."""
    package = Path(ocopgen.__file__).parent
    inside = package / "_theme"
    return inside if inside.is_dir() else package.parent


def theme_for(root: Path) -> Theme:
    """Return the theme of the catalogue in the folder *root*."""
    layers = (root.resolve(), default_layer().resolve())
    return Theme(tuple(dict.fromkeys(layers)))

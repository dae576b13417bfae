"""Print the plates as the products' pictures: pictures.yaml says which plate is whose.

Needs a renderer and an encoder, both from PyPI, beside PyYAML, which ocopgen brings along:

    pip install resvg-py==0.5.0 "pillow>=12.0"
    python content/_illustrations/draw.py

The same plates and the same versions give the same bytes. A motif's first product gets the plate
as it was carved. Every further product in the list gets a variation, so that no two are alike:
the second is mirrored and stands on another ground, the third is cut closer, the fourth is both.
"""

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import resvg_py
import yaml
from PIL import Image, ImageOps

HERE = Path(__file__).resolve().parent
PRODUCTS = HERE.parent / "products"
SECTORS = HERE.parent.parent / "assets" / "sectors"
PICTURE_NAME = "minh-hoa.webp"
SIZE = (1600, 2000)
POSTER_SIZE = (504, 630)
# Flat colours need few bytes: the first quality that keeps a picture small is taken.
QUALITIES = (84, 76, 68)
LARGEST_PICTURE = 190_000

# The ink a ground is changed for, one on which the subjects of such plates still stand out.
OTHER_GROUND = {
    "#23382f": "#6b4532",
    "#2c5a49": "#23382f",
    "#8db09b": "#cc7a4f",
    "#a8291e": "#6b4532",
    "#cc7a4f": "#b9742c",
    "#cfdccb": "#ecd0bd",
    "#d3dcd8": "#e8dfca",
    "#dba64e": "#cc7a4f",
    "#e7cd95": "#cfdccb",
    "#e8dfca": "#d3dcd8",
    "#ecd0bd": "#d3dcd8",
    "#f5f0e4": "#ecd0bd",
}
# Every plate opens with its ground; the grain, a lighter tint of the ground, follows it.
GROUND = re.compile(r'fill="(#[0-9a-f]{6})" d="M0 0h480v600H0z"/><path fill="(#[0-9a-f]{6})"')
GRAIN_LIGHTNESS = 0.13


@dataclass(frozen=True, slots=True)
class Variation:
    """How a plate is changed when more than one product shows it."""

    mirrored: bool = False
    other_ground: bool = False
    closer: float = 1.0


VARIATIONS = (
    Variation(),
    Variation(mirrored=True, other_ground=True),
    Variation(closer=1.25),
    Variation(mirrored=True, other_ground=True, closer=1.25),
)


def main() -> int:
    """Draw every picture that pictures.yaml lists and say what was drawn."""
    listed: dict[str, str] = _read(HERE / "pictures.yaml")["pictures"]
    missing = _missing(listed)
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    times_used: dict[str, int] = {}
    total = 0
    for product, motif in listed.items():
        turn = times_used.get(motif, 0)
        times_used[motif] = turn + 1
        picture = draw(motif, VARIATIONS[turn % len(VARIATIONS)])
        (PRODUCTS / product / PICTURE_NAME).write_bytes(picture)
        total += len(picture)
    print(f"{len(listed)} pictures, {total / 1_000_000:.1f} MB")
    print(f"{print_sectors()} drawings of sectors")
    return 0


def print_sectors() -> int:
    """Print the drawings of sectors for posters, beside them, and say how many there are."""
    drawings = sorted(SECTORS.rglob("*.svg"))
    for drawing in drawings:
        image = _rendered(drawing.read_text(encoding="utf-8"), *POSTER_SIZE)
        image.save(drawing.with_suffix(".webp"), lossless=True, method=6)
    return len(drawings)


def draw(motif: str, variation: Variation) -> bytes:
    """Return the plate of *motif*, changed by *variation*, as a WebP picture of photo size."""
    plate = (HERE / "plates" / f"{motif}.svg").read_text(encoding="utf-8")
    if variation.other_ground:
        plate = GROUND.sub(_print_on_other_ground, plate, count=1)
    width, height = (round(side * variation.closer) for side in SIZE)
    image = _rendered(plate, width, height)
    if variation.closer > 1.0:
        left, top = (width - SIZE[0]) // 2, (height - SIZE[1]) // 2
        image = image.crop((left, top, left + SIZE[0], top + SIZE[1]))
    if variation.mirrored:
        image = ImageOps.mirror(image)
    return _encode(image)


def _rendered(drawing: str, width: int, height: int) -> Image.Image:
    """Return *drawing* as pixels."""
    rendered = resvg_py.svg_to_bytes(
        svg_string=drawing, width=width, height=height, skip_system_fonts=True
    )
    return Image.open(io.BytesIO(rendered)).convert("RGB")


def _encode(image: Image.Image) -> bytes:
    """Return *image* as WebP, at the best quality that keeps it small."""
    encoded = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        encoded = buffer.getvalue()
        if len(encoded) <= LARGEST_PICTURE:
            break
    return encoded


def _print_on_other_ground(found: re.Match[str]) -> str:
    """Return the opening of a plate with another ground, and with the grain that goes with it."""
    ground, grain = found.groups()
    other = OTHER_GROUND.get(ground, ground)
    changed = found[0].replace(ground, other)
    return changed if grain in OTHER_GROUND else changed.replace(grain, _lighten(other))


def _lighten(colour: str) -> str:
    """Return *colour* a little nearer to white."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    lighter = (round(value + (255 - value) * GRAIN_LIGHTNESS) for value in channels)
    return "#" + "".join(f"{value:02x}" for value in lighter)


def _missing(listed: dict[str, str]) -> list[str]:
    """Return a sentence for every product or motif of *listed* that does not exist."""
    motifs = {motif["id"] for motif in _read(HERE / "motifs.yaml")["motifs"]}
    products = [name for name in listed if not (PRODUCTS / name).is_dir()]
    unknown = sorted(set(listed.values()) - motifs)
    return [
        *(f"pictures.yaml: there is no product “{name}”" for name in products),
        *(f"pictures.yaml: there is no motif “{name}” in motifs.yaml" for name in unknown),
    ]


def _read(path: Path) -> dict[str, Any]:
    """Return the mapping in the YAML file at *path*."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    sys.exit(main())

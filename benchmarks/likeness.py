"""Tell how like the photo each generator's pictures of it are (SSIM), and how many bytes they take.

    python -m benchmarks.likeness CATALOGUE

CATALOGUE has photos (`benchmarks/catalogue.py --photos`), one a product. Each generator builds it
once. A picture is compared with the photo made as small by LANCZOS and by a plain mean, and the
two figures are averaged, since either alone would favour whoever works like it. SSIM (Wang et al.,
2004) is that of the luma in windows of 8×8 pixels side by side; 1 is the same.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageMath

from benchmarks.sides import SIDES, Side

_WINDOW = 8
_STEADY = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""C1 and C2, which keep plain windows from dividing by nothing."""
_OFFERED = re.compile(r'<source type="image/webp" srcset="([^"]+)"')
_KERNELS = (Image.Resampling.LANCZOS, Image.Resampling.BOX)


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Return how like each other two pictures of the same size are, at most 1."""
    x, y = (each.convert("L").convert("F") for each in (one, other))
    names = {"x": x, "y": y}
    products = [
        ImageMath.lambda_eval(term, **names)
        for term in (
            lambda of: of["x"] * of["x"],
            lambda of: of["y"] * of["y"],
            lambda of: of["x"] * of["y"],
        )
    ]
    means = [each.reduce(_WINDOW) for each in (x, y, *products)]
    rows = zip(*(each.getdata() for each in means), strict=True)
    return statistics.fmean(_window(*row) for row in rows)


def _window(x: float, y: float, xx: float, yy: float, xy: float) -> float:
    c1, c2 = _STEADY
    light = (2 * x * y + c1) / (x * x + y * y + c1)
    return light * (2 * (xy - x * y) + c2) / (xx - x * x + yy - y * y + c2)


def pictures(catalogue: Path, side: Side, project: Path) -> Iterator[tuple[Path, int, Path]]:
    """Yield the photo, the width and the file of each picture that *side* makes."""
    side.set_up(catalogue, project)
    environment = {**os.environ, **side.environment()}
    subprocess.run(side.command, cwd=project, env=environment, capture_output=True, check=True)
    site = project / side.site
    for photo in sorted((catalogue / "content/products").glob("*/*.jpg")):
        page = next(site.glob(f"en/*/{photo.parent.name}/index.html"))
        found = _OFFERED.search(page.read_text("utf-8"))
        assert found, page  # noqa: S101 - a page without its photo compares nothing
        for candidate in found[1].split(", "):
            address, width = candidate.split(" ")
            yield photo, int(width.removesuffix("w")), site / address.lstrip("/")


def main() -> None:
    """Print a line for each generator and width."""
    catalogue = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for side in SIDES:
            rows: dict[int, list[tuple[float, int]]] = {}
            for photo, width, file in pictures(catalogue, side, Path(scratch, side.name)):
                with Image.open(photo) as original, Image.open(file) as made:
                    like = statistics.fmean(
                        ssim(original.resize(made.size, kernel), made) for kernel in _KERNELS
                    )
                rows.setdefault(width, []).append((like, file.stat().st_size))
            for width, found in sorted(rows.items()):
                like, size = (statistics.fmean(each) for each in zip(*found, strict=True))
                print(f"{side.name:9} {width:5} px  SSIM {like:.4f}  {size / 1000:7.1f} kB")


if __name__ == "__main__":
    main()

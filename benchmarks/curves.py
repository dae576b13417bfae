"""Show what grows faster than the catalogue: time and memory of each phase at several sizes.

    python -m benchmarks.curves [SIZE …]

Sizes are 415, 1,600 and 5,000 products unless given. The last column is how many times longer a
product takes at the largest size than at the smallest: 1.0 grows as the catalogue does.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.catalogue import write

SIZES = (415, 1600, 5000)
_ROOT = Path(__file__).parent.parent


def phases(size: int) -> dict[str, tuple[float, float, float]]:
    """Return seconds, seconds of the processor and megabytes of each phase at *size*."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        catalogue = Path(scratch)
        write(catalogue, size)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.phases", str(catalogue)],
            cwd=_ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    rows = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('["')]
    return {name: (wall, cpu, memory) for name, wall, cpu, memory in rows}


def main() -> None:
    """Print the table."""
    sizes = [int(each) for each in sys.argv[1:]] or list(SIZES)
    found = {size: phases(size) for size in sizes}
    least, most = sizes[0], sizes[-1]
    print("| phase |", *(f"{size:,} |" for size in sizes), "growth |")
    print("|---|", *("---: |" for _ in sizes), "---: |")
    for name in found[most]:
        cells = [found[size].get(name, (0.0, 0.0, 0.0)) for size in sizes]
        told = [f"{wall:.1f} s ({cpu:.1f}), {memory:.0f} MB |" for wall, cpu, memory in cells]
        each = [cell[1] / size for cell, size in zip(cells, sizes, strict=True)]
        growth = f"{each[-1] / each[0]:.2f} |" if each[0] else "|"
        print(f"| {name} |", *told, growth)
    print(f"(from {least:,} to {most:,})")


if __name__ == "__main__":
    main()

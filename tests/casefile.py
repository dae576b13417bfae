"""Read the case files: a title, what is written and what is told, with a dot after each."""

from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[object]:
    """Return the cases of the file *name* as pairs (written, told), each under its title.

    Only the last line before the first dot is the title; what stands above it explains.
    """
    parts = [""]
    for line in (CASES / name).read_text("utf-8").splitlines(keepends=True):
        if line.strip() == ".":
            parts.append("")
        else:
            parts[-1] += line
    if len(parts) % 3 != 1 or parts[-1].strip():
        raise ValueError(f"{name}: each case has three dots, and nothing follows the last one")
    return [
        pytest.param(written, told, id=before.strip().splitlines()[-1].lstrip("# "))
        for before, written, told in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    ]

"""Show every page, style sheet and drawing of a finished site to the Nu HTML checker.

As a script: `python -m tests.measures.nu TOOLS`, where TOOLS is the folder with the checker in
its node_modules. It looks at site/.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.browser.server import SiteServer

SITE = Path(__file__).parent.parent.parent / "site"
CHECKER = Path("node_modules") / "vnu-jar" / "build" / "dist" / "vnu.jar"
KNOWN = Path(__file__).with_name("nu-known.txt")
"""What the checker complains of without cause, and why it has none."""


def main(tools: Path) -> int:
    """Print every complaint, and return whether there is one."""
    pages, styles, drawings = (sorted(SITE.rglob(f"*.{end}")) for end in ("html", "css", "svg"))
    # A page's policy speaks of the page's own host, so pages are looked at where they are served.
    with SiteServer(SITE) as server:
        served = [server.address + page.relative_to(SITE).as_posix() for page in pages]
        told = _complaints(tools, served)
    told += _complaints(tools, ["--css", *styles]) + _complaints(tools, ["--svg", *drawings])
    print(told, end="")
    print(f"{len(pages)} pages, {len(styles)} style sheets, {len(drawings)} drawings:", end=" ")
    print(len(told.splitlines()), "complaints")
    return bool(told)


def _complaints(tools: Path, what: Iterable[str | Path]) -> str:
    """Return what the checker says of *what*, errors and warnings alike."""
    # The checker asks no host of the machine's own unless it is told that it may.
    own_host = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
    done = subprocess.run(
        ["java", own_host, "-jar", tools / CHECKER, "--filterfile", KNOWN, *what],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr or "It failed.\n" * (done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

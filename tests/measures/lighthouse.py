"""Measure the example's pages with Lighthouse as a slow phone meets them, and keep them to the bar.

As a script: `python -m tests.measures.lighthouse TOOLS [PAGE...]`, where TOOLS is the folder with
Lighthouse in its node_modules, and each PAGE an address below the home page; without any, all of
them are measured. Run it on a quiet machine: a busy one makes every script look slow.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, browser_path
from tests.browser.server import SiteServer
from tests.copies import TODAY

CHECKOUT = Path(__file__).parent.parent.parent
PAGES = (
    "",
    "san-pham/",
    "san-pham/bot-ca-cao-3-trong-1/",
    "tim-kiem/",
    "tim-kiem/?q=ca+cao",
    "en/",
    "en/products/",
    "en/products/bot-ca-cao-3-trong-1/",
    "en/search/",
    "en/search/?q=cocoa",
)
RUNS = 3
TRIES = 3
"""For one run: on a small machine, Chromium at times loses the start of its own trace."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
SLOWEST_PAINT, LONGEST_BLOCKING = 1800, 50
"""Milliseconds, on the phone and the line that Lighthouse plays."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What several runs on one page came to: their medians, and what cost points in any."""

    page: str
    scores: Mapping[str, int]
    paint: float
    shift: float
    blocking: float
    flaws: frozenset[str]

    def row(self) -> str:
        """Return the line of the table."""
        scores = " ".join(f"{self.scores[each]:>5}" for each in CATEGORIES)
        times = f"{self.paint:>7.0f} {self.shift:>6.3f} {self.blocking:>6.0f}"
        return f"{scores} {times}  /{self.page}"

    def passes(self) -> bool:
        """Return whether the page is as good as every page shall be."""
        full = all(score == 100 for score in self.scores.values())
        still = round(self.shift, 3) == 0
        return full and still and self.paint < SLOWEST_PAINT and self.blocking < LONGEST_BLOCKING


def main(tools: Path, pages: Sequence[str]) -> int:
    """Print the table, and return how many of *pages* are below the bar."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with SiteServer(root / "site") as server:
            _build(root, server.address)
            lighthouse = Lighthouse(tools, server.address)
            print(" perf  acc. pract.  SEO  LCP ms    CLS TBT ms")
            measures = [_told(lighthouse.measure(page)) for page in pages]
    low = [each for each in measures if not each.passes()]
    for each in low:
        print(f"Below the bar: /{each.page}", *sorted(each.flaws), sep="\n  ")
    return len(low)


class Lighthouse:
    """Lighthouse from *tools*, with the browser of this machine, on the site at *address*."""

    def __init__(self, tools: Path, address: str) -> None:
        self._program = tools / "node_modules" / "lighthouse" / "cli" / "index.js"
        self._address = address
        with sync_playwright() as playwright:
            self._browser = browser_path(playwright)

    def measure(self, page: str) -> Measure:
        """Return what several runs on *page* come to."""
        reports = [self._report(page) for _ in range(RUNS)]
        scores = {
            category: round(100 * median(_score(report, category) for report in reports))
            for category in CATEGORIES
        }
        paint, shift, blocking = (
            median(report["audits"][metric]["numericValue"] for report in reports)
            for metric in METRICS
        )
        flaws = frozenset(flaw for report in reports for flaw in _flaws(report))
        return Measure(page, scores, paint, shift, blocking, flaws)

    def _report(self, page: str) -> Any:  # noqa: ANN401 - as it comes out of JSON
        """Return one run's report; a run that lost its browser's trace is tried again."""
        for _ in range(TRIES):
            done = self._run(page)
            if done.returncode == 0:
                report = json.loads(done.stdout)
                if all("numericValue" in report["audits"][metric] for metric in METRICS):
                    return report
            print(f"(once more: /{page})", file=sys.stderr)
        raise RuntimeError(f"no whole run of /{page} in {TRIES}")

    def _run(self, page: str) -> subprocess.CompletedProcess[bytes]:
        flags = " ".join(("--headless=new", *FLAGS))
        options = ["--quiet", "--output=json", f"--chrome-flags={flags}"]
        options.append(f"--only-categories={','.join(CATEGORIES)}")
        return subprocess.run(
            ["node", self._program, self._address + page, *options],
            env={**os.environ, "CHROME_PATH": str(self._browser)},
            stdout=subprocess.PIPE,
            check=False,
        )


def _build(root: Path, address: str) -> None:
    """Build the example into *root* as the site of *address*, which its canonical links name."""
    shutil.copytree(CHECKOUT / "content", root / "content")
    site = root / "content" / "site.yaml"
    text, count = re.subn(r"(?m)^base_url: .*$", f"base_url: {address}", site.read_text("utf-8"))
    assert count == 1
    site.write_text(text, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "ocopgen", "build", "--today", str(TODAY)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def _score(report: Any, category: str) -> float:  # noqa: ANN401 - as it comes out of JSON
    return float(report["categories"][category]["score"] or 0)


def _flaws(report: Any) -> list[str]:  # noqa: ANN401 - as it comes out of JSON
    """Return what cost points, with the figure that was measured."""
    weighed = {
        each["id"]
        for category in report["categories"].values()
        for each in category["auditRefs"]
        if each["weight"]
    }
    audits = (report["audits"][name] for name in weighed)
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def _told(measure: Measure) -> Measure:
    print(measure.row(), flush=True)
    return measure


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:] or PAGES) > 0)

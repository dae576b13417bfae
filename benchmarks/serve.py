"""Time how soon a saved file stands in an open page of the preview, in a real browser.

    python -m benchmarks.serve CATALOGUE [SAVES]

CATALOGUE is a folder with a content/, best one of benchmarks/catalogue.py; a copy is edited. The
summary of one product is saved SAVES times (30) while its page is open. Milliseconds are from
before the file is written until the browser has drawn the new words, in a page that has loaded with
all its files, as the browser's own clock tells: whoever asks it again and again asks late.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch

WARM = 5
"""Saves that are not counted: the first ones load what is needed."""
_REST = 3
"""Seconds until what goes on beside the first page is mostly over."""
_PAUSE = 0.3
"""Seconds between two saves. The words are indexed only after a longer rest."""
_WATCHED = """{
  let seen;
  const look = () => {
    const words = document.querySelector("main p.sum")?.textContent;
    if (words === seen) return;
    seen = words;
    delete window.drawn;
    requestAnimationFrame(() => setTimeout(() => (window.drawn = Date.now())));
  };
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, characterData: true,
  });
}"""
"""Runs in every page that is opened, and writes down when its words were drawn."""
_SHOWN = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const loaded = page.loadEventEnd && performance.timeOrigin + page.loadEventEnd;
  return loaded && window.drawn ? Math.max(loaded, window.drawn) : 0;
}"""
"""When the page had loaded and its words were drawn, in milliseconds of the clock."""
_SUMMARY = re.compile(r"(?m)^(summary:\n  vi: ).*$")


def timed(root: Path, saves: int) -> list[float]:
    """Return the milliseconds that each of *saves* took in the catalogue in *root*."""
    command = [sys.executable, "-m", "ocopgen", "serve", "--lang", "en", "--port", "18990"]
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        said = running.stdout.readline() if running.stdout else ""
        base = said.split(" at ")[1].split(" ")[0]
        record = sorted((root / "content" / "products").glob("*/product.yaml"))[7]
        with sync_playwright() as playwright:
            page = launch(playwright).new_page()
            page.add_init_script(_WATCHED)
            page.goto(f"{base}san-pham/{record.parent.name}/", wait_until="load")
            time.sleep(_REST)
            took = [_save(record, page, f"lần {number}") for number in range(saves + WARM)]
            print(f"memory of the preview: {_memory(running.pid)} MB")
            return took[WARM:]
    finally:
        running.terminate()
        running.communicate()


def _save(record: Path, page: Page, words: str) -> float:
    """Save *words* into the summary of *record*, and return when they stood in *page*."""
    time.sleep(_PAUSE)
    text = _SUMMARY.sub(
        rf"\g<1>Vừa được lưu để đo thời gian xem trước, {words} trong ngày.",
        record.read_text("utf-8"),
    )
    start = time.time() * 1000
    record.write_text(text, "utf-8")
    page.locator(f"main p.sum:has-text('{words} trong')").wait_for(state="attached")
    return float(page.wait_for_function(_SHOWN).json_value()) - start


def _memory(process: int) -> int:
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Print how long the saves took."""
    saves = int(*sys.argv[2:] or ["30"])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "catalogue"
        root.mkdir()
        for name in ("content", ".ocopgen"):
            if (Path(sys.argv[1]) / name).is_dir():
                shutil.copytree(Path(sys.argv[1]) / name, root / name)
        took = timed(root, saves)
    print(f"{saves} saves: median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms")


if __name__ == "__main__":
    main()

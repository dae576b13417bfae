"""Open the Chromium, Chrome or Edge of this machine; as a script, try whether one opens."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

ON_THE_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
ON_A_MAC = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
FLAGS = (
    "--no-sandbox",  # the browser cannot make its sandbox as root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowser(Exception):
    """This machine has no browser that the tests can drive."""


def launch(playwright: Playwright) -> Browser:
    """Return the browser of this machine, opened without a window, or raise NoBrowser."""
    return playwright.chromium.launch(executable_path=browser_path(playwright), args=FLAGS)


def browser_path(playwright: Playwright) -> Path:
    """Return where the browser of this machine lies, or raise NoBrowser."""
    for place in _places(playwright):
        if place.is_file() and not _is_a_snap(place):
            return place
    raise NoBrowser("No Chromium, Chrome or Edge here. On Debian: apt-get install chromium")


def _places(playwright: Playwright) -> Iterator[Path]:
    yield from (Path(found) for name in ON_THE_PATH if (found := shutil.which(name)))
    yield from (Path("/Applications") / name for name in ON_A_MAC)
    roots = [Path(os.environ[name]) for name in PROGRAM_FOLDERS if name in os.environ]
    yield from (root / name for root in roots for name in ON_WINDOWS)
    # What `playwright install chromium` brings, for systems that have no package of it.
    yield Path(playwright.chromium.executable_path)


def _is_a_snap(place: Path) -> bool:
    """Return whether *place* only asks for a snap: Ubuntu's does, and a snap sees no /tmp."""
    if place.resolve().name == "snap":
        return True
    with place.open("rb") as program:
        start = program.read(256)
    return start.startswith(b"#!") and b"/snap/" in start


def _try_it() -> None:
    with sync_playwright() as playwright, launch(playwright) as browser:
        browser.new_page().set_content("<h1>Đồng Nai</h1>")


if __name__ == "__main__":
    try:
        _try_it()
    except NoBrowser as nothing:
        sys.exit(str(nothing))

"""Find the Chromium, Chrome or Edge of this machine; as a script, say where it is."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

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


class NoBrowser(Exception):
    """This machine has no browser that the tests can drive."""


def chromium() -> Path:
    """Return the browser the tests shall drive, or raise NoBrowser."""
    for place in _places():
        if place.is_file() and not _is_a_snap(place):
            return place
    told = "No Chromium, Chrome or Edge here. On Debian: apt-get install chromium"
    raise NoBrowser(told)


def _places() -> Iterator[Path]:
    yield from (Path(found) for name in ON_THE_PATH if (found := shutil.which(name)))
    yield from (Path("/Applications") / name for name in ON_A_MAC)
    roots = [Path(os.environ[name]) for name in PROGRAM_FOLDERS if name in os.environ]
    yield from (root / name for root in roots for name in ON_WINDOWS)
    yield from _playwrights_own()


def _playwrights_own() -> Iterator[Path]:
    """Where `playwright install chromium` puts one, for machines without a package."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _is_a_snap(place: Path) -> bool:
    """Ubuntu's command is a script that asks for snap, which containers lack."""
    with place.open("rb") as program:
        start = program.read(4096)
    return start.startswith(b"#!") and b"snap" in start and shutil.which("snap") is None


if __name__ == "__main__":
    try:
        chromium()
    except NoBrowser as nothing:
        sys.exit(str(nothing))

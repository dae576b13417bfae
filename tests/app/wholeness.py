"""What holds a site to being whole at every moment, whatever happens to its builds."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Self

from ocopgen.base.digest import digest_of_bytes
from tests.copies import VILLAGE, Copy

MANIFEST = "ocopgen-manifest.json"
CAKE = "content/products/banh-la-vi-du/product.yaml"
HAT = "content/products/non-la-mau"
STATES = ("  en: Example leaf cake", "  en: Other leaf cake")
"""Two names for one product, each found in one place of its record."""


class Watcher:
    """Reads the site again and again, as a visitor does, and notes when it is not whole."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.faults: list[str] = []
        self.looks = 0
        self._stop = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.002):
            self.looks += 1
            self.faults += self._look()

    def _look(self) -> list[str]:
        # One folder is held open, so that all that is read belongs to one moment, and the look
        # counts only if the folder still was the site when the reading ended.
        try:
            folder = os.open(self.site, os.O_RDONLY)
        except FileNotFoundError:
            return ["the site is missing"]
        try:
            found = list(_mixed(folder))
            same = os.path.samestat(os.fstat(folder), self.site.stat())
        except FileNotFoundError:
            return ["the site is missing"]
        finally:
            os.close(folder)
        return found if same else []


def _mixed(folder: int) -> Iterator[str]:
    """Yield what is wrong in the open *folder*, as compared with the list that lies in it."""
    try:
        listed = json.loads(_read(folder, MANIFEST))["files"]
    except FileNotFoundError:
        yield "no list of files"
        return
    for path, digest in listed.items():
        if not path.endswith(".html"):
            continue
        try:
            if digest_of_bytes(_read(folder, path)) != digest:
                yield f"{path} is of another site"
        except FileNotFoundError:
            yield f"{path} is missing"


def _read(folder: int, path: str) -> bytes:
    file = os.open(path, os.O_RDONLY, dir_fd=folder)
    with os.fdopen(file, "rb") as opened:
        return opened.read()


def edit(village: Copy) -> None:
    """Bring the content into the other of two states: another name, a product more or less."""
    here, there = STATES if STATES[0] in village.read(CAKE) else STATES[::-1]
    village.edit(CAKE, here, there)
    if (village.root / HAT).exists():
        village.remove(HAT)
    else:
        shutil.copytree(VILLAGE / HAT, village.root / HAT)


def pages_of(site: Path) -> dict[str, bytes]:
    """Return the bytes of every page in *site*, by its path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}


def is_whole(site: Path) -> bool:
    """Tell whether *site* holds exactly the files that its manifest lists, byte for byte."""
    listed = json.loads((site / MANIFEST).read_bytes())["files"]
    found = {
        path.relative_to(site).as_posix(): digest_of_bytes(path.read_bytes())
        for path in site.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return bool(listed == found)

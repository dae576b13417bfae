"""Copies of the village that a test may change, and what is made from them."""

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problems
from ocopgen.base.store import Store
from ocopgen.build.execute import execute
from ocopgen.build.site import Making, make, prepare

VILLAGE = Path(__file__).parent / "village"
TODAY = date(2026, 11, 23)
"""The day for which the village's records were written."""
LONG_AGO = 1_700_000_000
"""A time from which on the copies' files get their time stamps, a second apart."""


@dataclass(frozen=True, slots=True)
class Site:
    """What one build came to."""

    keys: Mapping[str, Digest]
    """The key of every file, by its path."""
    pages: int
    """How many pages were made anew."""
    photos: int
    store: Store

    def content(self, path: str) -> bytes:
        """Return the bytes of the file at *path*."""
        content = self.store.get(self.keys[path])
        assert content is not None
        return content

    def contents(self) -> dict[str, bytes]:
        """Return the bytes of every file, by its path."""
        return {path: self.content(path) for path in self.keys}


class Copy:
    """A copy of the village with a store and a memory of its own."""

    def __init__(self, folder: Path, warm: Path | None = None, source: Path = VILLAGE) -> None:
        """Copy the village into *folder*; *warm* is what an earlier build may have kept.

        *source* is another catalogue instead.
        """
        self.root = folder / "village"
        self.cache = folder / "cache"
        self.clock = LONG_AGO
        shutil.copytree(source, self.root)
        if warm:
            shutil.copytree(warm, self.cache)
        self.age()

    def read(self, path: str) -> str:
        """Return the text of the file at *path*."""
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, content: str | bytes) -> None:
        """Write *content* into the file at *path*, be it there or not."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        self._age(target)

    def edit(self, path: str, line: str, becomes: str) -> None:
        """Put *becomes* in the place of the first text in *path* that the pattern *line* fits."""
        after, count = re.subn(
            line, lambda _: becomes, self.read(path), count=1, flags=re.MULTILINE
        )
        assert count == 1, f"{path} has no {line}"
        self.write(path, after)

    def remove(self, path: str) -> None:
        """Remove the file or folder at *path*."""
        target = self.root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    def age(self) -> None:
        """Let no file look as if it had changed just now."""
        for path in self.root.rglob("*"):
            self._age(path)

    def _age(self, path: Path) -> None:
        # A file that changed just now is read again by every build; these shall be remembered.
        self.clock += 1
        os.utime(path, (self.clock, self.clock))

    def pages(self, *, day: date = TODAY, jobs: int = 1, cache: Path | None = None) -> Site:
        """Make everything but the search index, which is dear and says the same."""
        at = cache or self.cache
        store, memory, problems = Store(at / "store"), Memory(at / "memory.lines"), Problems()
        prepared = prepare(self.root, day, memory, problems)
        memory.save()
        if prepared is None:
            raise ContentFaults(problems)
        made = execute(prepared.plan, store, prepared.workshop, jobs, quiet)
        keys = {path: output.key for path, output in prepared.plan.items()}
        return Site(keys, made.pages, made.photos, store)

    def planned(self, *, day: date = TODAY, remembers: bool = False) -> dict[str, Digest]:
        """Return the key of every file but the search index, planned with or without a memory."""
        memory = Memory(self.cache / "memory.lines" if remembers else self.root / "nothing")
        prepared = prepare(self.root, day, memory, Problems())
        assert prepared is not None
        if remembers:
            memory.save()
        return {path: output.key for path, output in prepared.plan.items()}

    def site(
        self, *, day: date = TODAY, jobs: int = 1, drafts: bool = False, cache: Path | None = None
    ) -> Site:
        """Make the whole site."""
        at = cache or self.cache
        store, memory = Store(at / "store"), Memory(at / "memory.lines")
        built = make(self.root, day, Making(store, memory, at, jobs, quiet), drafts=drafts)
        memory.save()
        return Site(built.manifest, built.made.pages, built.made.photos, store)


def quiet(_done: int, _of: int) -> None:
    """Say nothing of progress."""

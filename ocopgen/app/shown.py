"""Hold what a preview shows: the last good site, and the faults of the last attempt."""

import asyncio
import json
import posixpath
import re
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from html import escape

from msgspec import Struct, to_builtins

from ocopgen.app.report import Explained
from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.store import Store

SCRIPT, STYLE, EVENTS = "/__ocopgen/preview.js", "/__ocopgen/preview.css", "/__ocopgen/events"
_PING_SECONDS = 15
_REOPENED_SECONDS = 0.3
_LINK = re.compile(rb"<link\b[^>]*>")
_SHEET = re.compile(rb'\brel="?stylesheet\b')
_ADDRESS = re.compile(rb'\bhref="([^"]*)"')


class Complaint(Struct, frozen=True):
    """Why what is shown is not what the files say."""

    title: str
    faults: tuple[Explained, ...]
    count: str = ""
    """How many faults there are, in words."""

    def text(self) -> str:
        """Return it as a terminal shows it."""
        told = [self.title, *(fault.text() for fault in self.faults), self.count]
        return "\n\n".join(filter(None, told))


class Words(Struct, frozen=True):
    """What the preview itself says, and in which language."""

    language: str
    shut: str
    """On the button that shuts the box of faults."""


class Preview:
    """The last good site and the faults of the last attempt, shown to every open page."""

    def __init__(self, store: Store, base: str, words: Words) -> None:
        """Show what *store* holds under the path *base*."""
        self.store = store
        self.base = base
        self.words = words
        self.manifest: Mapping[str, Digest] = {}
        self.complaint: Complaint | None = None
        self.lacking = False
        """Whether something was asked for that the store should hold and does not."""
        self._closed = False
        self._reopened = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening: dict[asyncio.Event, str] = {}
        """The address of the page that waits for each event."""

    def show(self, manifest: Mapping[str, Digest]) -> None:
        """Show the site of *manifest* from now on."""
        self.manifest, self.complaint = manifest, None
        self._tell()

    def glimpse(self, pages: Mapping[str, Digest]) -> None:
        """Show *pages* of the next site before the rest of it; what was complained of stays.

        Returns when one is open again, so that its browser need not compete with other work.
        """
        if pages.items() <= self.manifest.items():
            return
        self.manifest = {**self.manifest, **pages}
        self._reopened.clear()
        self._tell()
        self._reopened.wait(_REOPENED_SECONDS)

    def open_pages(self) -> set[str]:
        """Return where the pages lie that are open now."""
        named = (self._named(path) for path in list(self._listening.values()))
        return {name for name in named if name and name.endswith(".html")}

    def complain(self, complaint: Complaint) -> None:
        """Show *complaint* over the last good site."""
        self.complaint = complaint
        self._tell()

    def close(self) -> None:
        """Let all who listen go."""
        self._closed = True
        self._tell()

    def _tell(self) -> None:
        # Pages listen in the server's thread, and sites are made in another one.
        for woken in list(self._listening):
            with suppress(RuntimeError):  # the server has ended
                if self._loop:
                    self._loop.call_soon_threadsafe(woken.set)

    async def states(self, path: str) -> AsyncIterator[str]:
        """Yield what the page at *path* is to know, whenever that may have changed."""
        woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._listening[woken] = path
        self._reopened.set()
        try:
            while not self._closed:
                woken.clear()
                yield self.state(path)
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), _PING_SECONDS)
        finally:
            del self._listening[woken]

    def state(self, path: str) -> str:
        """Return what the page at *path* is to know: what it holds by now, and the faults."""
        digest, sheets = _made_of(self.page(path)[1])
        told = to_builtins(self.complaint)
        return json.dumps({"page": digest, "sheets": sheets, "complaint": told})

    def page(self, path: str) -> tuple[bool, bytes]:
        """Return the page at *path*, or what stands in its place, and whether it is there."""
        found = self.find(path)
        if found:
            return True, found[1]
        missing = self.find(f"{self.base}404.html")
        return False, missing[1] if missing else self._alone()

    def _alone(self) -> bytes:
        """Return a page that tells of the faults where there is no site yet."""
        told = escape(self.complaint.text() if self.complaint else "")
        head = '<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        body = f"<title>ocopgen</title><body><noscript><pre>{told}</pre></noscript></body>"
        return f'<!doctype html><html lang="{self.words.language}">{head}{body}</html>'.encode()

    def with_script(self, content: bytes) -> bytes:
        """Return the page *content* with the script that keeps it up to date."""
        digest, words = _made_of(content)[0], self.words
        tag = (
            f'<script id="ocopgen-preview" src="{SCRIPT}" data-page="{digest}"'
            f' lang="{words.language}" data-shut="{escape(words.shut)}"></script>'
        )
        before, end, after = content.rpartition(b"</body>")
        return before + tag.encode() + end + after if end else content + tag.encode()

    def find(self, path: str) -> tuple[str, bytes] | None:
        """Return the file that the address *path* means, with its name, or None."""
        name = self._named(path)
        content = self.store.get(self.manifest[name]) if name else None
        self.lacking = self.lacking or (name is not None and content is None)
        return None if name is None or content is None else (name, content)

    def _named(self, path: str) -> str | None:
        """Return the name of the file that the address *path* means, or None."""
        inside = posixpath.normpath(path)
        if not (inside + "/").startswith(self.base):
            return None
        name = inside[len(self.base) :].strip("/")
        both = (name, f"{name}/index.html".lstrip("/"))
        return next((each for each in both if each in self.manifest), None)


def _made_of(page: bytes) -> tuple[Digest, list[str]]:
    """Return the digest of *page* without the addresses of its style sheets, and these."""
    sheets: list[str] = []

    def without(found: re.Match[bytes]) -> bytes:
        address = _ADDRESS.search(found[0])
        if not _SHEET.search(found[0]) or not address:
            return found[0]
        sheets.append(address[1].decode())
        return _ADDRESS.sub(b"", found[0])

    return digest_of_bytes(_LINK.sub(without, page)), sheets

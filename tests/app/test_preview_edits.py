"""However a catalogue is edited, the preview lives, and shows in the end what a clean build gives.

    OCOPGEN_EDITS=500 pytest tests/app/test_preview_edits.py

An editor saves, breaks, removes, renames and moves at random, half a file at a time. At checkpoints
all is whole again, and every page of the preview must be that of a build from nothing.
"""

import os
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import BinaryIO
from urllib.parse import quote

import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults
from ocopgen.base.store import Store
from ocopgen.build.site import Making, make_pages
from tests.app.commands import TODAY as DAY
from tests.app.commands import kill, start
from tests.copies import TODAY, Copy, quiet

EDITS = int(os.environ.get("OCOPGEN_EDITS", "12"))
"""How many edits are made."""
SEED = int(os.environ.get("OCOPGEN_SEED", "7"))
LOOKS = 2 if EDITS < 100 else EDITS // 25
"""How often the preview is compared with a clean build."""
LOOKED = 5
"""How many looks a median is of."""
MAY_GROW = 1.10
"""How much the memory may grow, from the fifth look on: the first ones fill what is kept."""
PATIENCE = 30
"""Seconds in which the preview must have caught up."""

Pages = Mapping[str, bytes]


class Editor:
    """Edits the files of a catalogue without care, and knows how they should be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.chance = random.Random(SEED)  # noqa: S311 - the same edits for the same seed
        self.whole = {path: path.read_bytes() for path in self._files()}
        self.ways = (
            self._save, self._save, self._save, self._break, self._halve, self._tear, self._remove,
            self._rename, self._move, self._style, self._break_template, self._add, self._mend,
        )  # fmt: skip

    def _files(self) -> list[Path]:
        return sorted(
            path
            for name in ("content", "templates", "assets")
            for path in (self.root / name).rglob("*")
            if path.is_file()
        )

    def edit(self) -> str:
        """Do one thing, and return what it was."""
        way = self.chance.choice(self.ways)
        way()
        return way.__name__

    def _one(self, pattern: str) -> Path:
        """Return one of the files that fit *pattern*, as it is or should be."""
        found = sorted(path for path in self.whole if re.search(pattern, path.as_posix()))
        return self.chance.choice(found)

    def _put(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _save(self) -> None:
        """Save another text, which is good."""
        path = self._one(r"/product\.yaml$")
        words = f"Ví dụ {self.chance.randrange(10**6)}".encode()
        name = rb"(?m)^(name:\s+\{?vi: )[^,}\n]*"
        changed = re.sub(name, rb"\1" + words, self.whole[path], count=1)
        assert words in changed
        self.whole[path] = changed
        self._put(path, changed)

    def _break(self) -> None:
        """Save what is no good."""
        path = self._one(r"/content/.*\.yaml$")
        wrong = self.chance.choice(
            (b"star: [", b"\tno: yes\n", b"stars: 9\n", b"\xff\xfe", b": :\n")
        )
        self._put(path, self.whole[path] + wrong)

    def _halve(self) -> None:
        """Leave a file as a program leaves it that died while it wrote."""
        path = self._one(r"\.(yaml|md|html|css|js|webp|jpg|png)$")
        self._put(path, self.whole[path][: len(self.whole[path]) // 2])

    def _tear(self) -> None:
        """Save a file in two halves, with a moment between."""
        path = self._one(r"\.(yaml|md|html|css)$")
        content = self.whole[path]
        with _opened(path) as file:
            file.write(content[: len(content) // 2])
            file.flush()
            time.sleep(self.chance.random() / 20)
            file.write(content[len(content) // 2 :])

    def _remove(self) -> None:
        self._one(r"/content/").unlink(missing_ok=True)

    def _rename(self) -> None:
        path = self._one(r"\.(yaml|md|webp|jpg|html)$")
        if path.exists():
            path.replace(path.with_name(f"other-{path.name}"))

    def _move(self) -> None:
        """Move a whole folder away, or to another name."""
        folder = self._one(r"/content/products/").parent
        folder = self.chance.choice(
            (folder, self.root / "content/producers", self.root / "templates")
        )
        if folder.exists():
            aside = self.chance.choice((self.root / "aside", folder.with_name("moved")))
            shutil.rmtree(aside, ignore_errors=True)
            folder.replace(aside)

    def _style(self) -> None:
        """Save another style sheet."""
        path = self.root / "assets/css/utilities.css"
        self.whole[path] = (
            f"@layer utilities{{.other{{order:{self.chance.randrange(99)}}}}}".encode()
        )
        self._put(path, self.whole[path])

    def _break_template(self) -> None:
        wrong = self.chance.choice(
            (b"{% if %}", b"{{ page.nothing }}", b"{{ t('no.words') }}", b"{{")
        )
        self._put(self.root / "templates/parts/footer.html", wrong)

    def _add(self) -> None:
        """Add a product, which is a copy of another one."""
        source = self._one(r"/product\.yaml$")
        target = self.root / f"content/products/new-{self.chance.randrange(5)}/product.yaml"
        # Photos lie beside their record, and a code is one product's alone.
        if not re.search(rb"(?m)^(photos|codes|gtin|barcode|traceability)", self.whole[source]):
            self.whole[target] = self.whole[source].replace(b"draft: true\n", b"")
            self._put(target, self.whole[target])

    def _mend(self) -> None:
        self.mend()

    def mend(self) -> None:
        """Make everything whole, in any order and with moments between."""
        shutil.rmtree(self.root / "aside", ignore_errors=True)
        for path in self._files():
            if path not in self.whole:
                path.unlink()
        for folder in (self.root / "content/moved", self.root / "content/products/moved"):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.root / "moved", ignore_errors=True)
        for path in self.chance.sample(sorted(self.whole), len(self.whole)):
            if not path.is_file() or path.read_bytes() != self.whole[path]:
                self._put(path, self.whole[path])


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        yield file


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no folder that is watched")
def test_the_preview_survives_every_edit_and_ends_where_a_clean_build_does(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    said: list[str] = []
    memory: list[int] = []
    editor = Editor(village.root)
    running = start(village.root, "serve", "--today", DAY, "--port", "18845")
    try:
        assert running.stdout
        assert running.stderr
        port = int(running.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
        for stream in (running.stdout, running.stderr):
            Thread(target=lambda stream=stream: said.extend(stream), daemon=True).start()
        _catch_up(port, _clean(village.root))
        memory.append(_memory(running.pid))
        for number in range(1, EDITS + 1):
            did = editor.edit()
            time.sleep(editor.chance.choice((0.0, 0.01, 0.05, 0.15)))
            assert running.poll() is None, f"edit {number} of seed {SEED} was too much: {did}"
            if number % (EDITS // LOOKS) == 0:
                editor.mend()
                _catch_up(port, _clean(village.root))
                memory.append(_memory(running.pid))
    finally:
        kill(running)

    assert "Traceback" not in "".join(said), "".join(said)[-4000:]
    # Of several looks, since search may be made during any one of them.
    early, late = memory[len(memory) // 4 :][:LOOKED], memory[-LOOKED:]
    assert EDITS < 100 or median(late) <= MAY_GROW * median(early), memory


def _clean(root: Path) -> Pages:
    """Return every file that a build from nothing makes of the catalogue in *root*, but search."""
    with TemporaryDirectory() as folder:
        at = Path(folder)
        making = Making(Store(at / "store"), Memory(at / "memory.lines"), at, 1, quiet)
        try:
            built = make_pages(root, TODAY, making, drafts=True)
        except ContentFaults as faults:
            pytest.fail(f"the edits of seed {SEED} left faults: {list(faults.problems)}")
        return {path: making.store.get(key) or b"" for path, key in built.manifest.items()}


def _catch_up(port: int, clean: Pages) -> None:
    """Wait until the preview on *port* shows what is *clean*, and nothing else will do."""
    end = time.monotonic() + PATIENCE
    wrong = _differing(port, clean)
    while wrong and time.monotonic() < end:
        time.sleep(0.1)
        wrong = _differing(port, clean)

    assert wrong == [], f"seed {SEED}"


def _differing(port: int, clean: Pages) -> list[str]:
    """Return the paths at which the preview does not show what is *clean*."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    differing = []
    for path, content in clean.items():
        if path == "sw.js" or path.startswith("anh/"):
            continue
        connection.request("GET", quote(f"/ocop/{path}"))
        answer = connection.getresponse()
        got = re.sub(rb'<script id="ocopgen-preview".*?</script>', b"", answer.read())
        if (answer.status, got) != (200, content):
            differing.append(path)
            if len(differing) > 3:
                break
    for number in range(5):
        path = f"en/goods/new-{number}/index.html"
        connection.request("GET", f"/ocop/{path}")
        answer = connection.getresponse()
        answer.read()
        if (answer.status == 200) != (path in clean):
            differing.append(path)
    connection.close()
    return differing


def _memory(process: int) -> int:
    """Return how many kilobytes *process* holds; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) if found else 0

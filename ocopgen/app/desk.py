"""Make the site of a preview again and again, and tell how that went."""

import gc
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from ocopgen.app.day import build_day
from ocopgen.app.places import MEMORY, STORE, cache_of
from ocopgen.app.report import Explained
from ocopgen.app.run import nearby
from ocopgen.app.shown import Complaint, Preview, Words
from ocopgen.app.terminal import Terminal
from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, MachineTrouble, Trouble
from ocopgen.base.sight import Sight
from ocopgen.base.store import Store
from ocopgen.base.whole import make_unkept
from ocopgen.build.execute import execute
from ocopgen.build.plan import Plan
from ocopgen.build.site import Built, Early, Making, completed, make_pages
from ocopgen.build.troubles import told_of
from ocopgen.build.workshop import Workshop

_LITTER = 20
"""After how many sites in a row memory is tidied though nobody rests."""
_FILES_A_SECOND = 2_000
"""How many files are worth a second of rest before their search is made: it takes as long, and
whoever saves meanwhile waits for both.
"""
_FEW = 100
"""Files that change at once; of many more the system may not tell all."""
_LULL = 5.0
"""Seconds without a change after which nothing that was told is believed any more."""
_DATED = 60.0
"""Seconds after which it is worth asking which day it is."""
_PATIENCE = 10.0
"""Seconds in which the making of a site is given up for newer files again and again."""


class _SupersededError(Exception):
    """Newer files are there than those that a site is being made from."""


class Desk:
    """Makes the site into one store, and shows what came of it."""

    def __init__(self, root: Path, today: str | None, terminal: Terminal) -> None:
        """Make the catalogue in *root* as of *today*, and speak through *terminal*."""
        self._root = root
        self._today = today
        self._terminal = terminal
        self._store = Store(cache_of(root) / STORE)
        self._memory = Memory(cache_of(root) / MEMORY)
        self._content = (root / "content").resolve()
        self._sight = Sight(watched=True)
        self._believed = False
        """Whether the site stands on what was told of the files, and not on a look at all."""
        self._day: date | None = None
        """The day of the site that is shown, or was tried last."""
        self._asked = 0.0
        """When it was asked for."""
        self._pages: Built | None = None
        """Those whose search is not made yet."""
        self._shown = 0.0
        """When they were shown."""
        self._found: Mapping[str, Digest] = {}
        """The files of search, as old as they may be."""
        self._indexing: threading.Thread | None = None
        self._ended = False
        self._littered = 0
        """How many sites were made since what nobody needs any more was looked for."""
        self._begun = 0.0
        """When the first of the files changed that the site shown lacks."""
        self.undone: tuple[str, ...] = ()
        """Files whose site was given up for a newer one."""
        self.is_newer: Callable[[], bool] = bool
        """Tells whether files changed since the last attempt began."""
        self.preview = Preview(self._store, "/", Words(terminal.language, terminal.words("shut")))

    def begin(self) -> None:
        """Make the site for the first time; trouble of the machine is raised."""
        make_unkept(cache_of(self._root))
        self._make()
        self._sight.forget()  # it was not watched yet

    def again(self, files: tuple[str, ...]) -> None:
        """Make the site once more because *files* changed, and tell how that went."""
        if not self.undone:
            self._begun = time.monotonic()
        self._believe(files)
        files = tuple(dict.fromkeys((*self.undone, *files)))
        self.undone = ()
        try:
            built = self._make()
        except _SupersededError:
            self.undone = files
        except MachineTrouble as trouble:
            self._complain((self._terminal.explained(trouble),))
        except OSError as error:
            # On Windows a file is often held for a moment by whoever looks through it.
            self._complain((self._terminal.explained(told_of(error, self._root)),))
        except Exception as error:  # noqa: BLE001 - our own fault must not end a day's work
            traceback.print_exc()
            self._complain((self._terminal.explained(Trouble("preview.failed", said=error)),))
        else:
            if built and files:
                self._tell_of(built, files)

    def _believe(self, files: tuple[str, ...]) -> None:
        """Take it that of content/ nothing but *files* has changed.

        Where these are none, are many, or lie elsewhere too, all files will be looked at.
        """
        content = self._content.as_posix()
        paths = [Path(file).as_posix() for file in files]
        inside = [path for path in paths if f"{path}/".startswith(f"{content}/")]
        if files and len(files) == len(inside) <= _FEW:
            own = f"{self._root}/content"
            self._sight.forget_changed(own + path.removeprefix(content) for path in inside)
        else:
            self._sight.forget()
        self._believed = bool(files)

    def restock(self) -> None:
        """Make again what was removed or damaged while it was shown."""
        self._store = self.preview.store = Store(cache_of(self._root) / STORE)
        self._found = {}
        self.preview.lacking = False
        self.again(())

    def rest(self) -> None:
        """Do what can wait until nobody saves, beside whatever else is done.

        The search of the pages that are shown is made, and what was learnt is written down. Before,
        the site is made from a look at all files, since no system promises to tell of each, and as
        of today.
        """
        if self._littered:
            gc.collect()
            self._littered = 0
        if self._believed and time.monotonic() - self._begun > _LULL:
            self.again(())
        if self._is_another_day():
            self.again(())
        if self._pages is None or (self._indexing and self._indexing.is_alive()):
            return
        if time.monotonic() - self._shown < len(self._pages.manifest) / _FILES_A_SECOND:
            return
        pages, self._pages = self._pages, None
        self._indexing = threading.Thread(target=self._index, args=(pages,), daemon=True)
        self._indexing.start()

    def _is_another_day(self) -> bool:
        """Tell whether midnight has passed since the site was made."""
        if time.monotonic() - self._asked < _DATED:
            return False
        self._asked = time.monotonic()
        return build_day(self._today, self._root) != self._day

    def end(self) -> None:
        """Write down what was learnt."""
        self._ended = True
        self._save()

    def _make(self) -> Built | None:
        """Make the site and show it, or show why that cannot be."""
        self._littered += 1
        if self._littered > _LITTER:
            gc.collect()
            self._littered = 1
        try:
            with self._terminal.progress("making_photos") as progress:
                scratch, early = cache_of(self._root), self._early()
                making = Making(self._store, self._memory, scratch, None, progress, early)
                self._day, self._asked = build_day(self._today, self._root), time.monotonic()
                self._memory.sight = self._sight
                built = make_pages(self._root, self._day, making, drafts=True)
        except ContentFaults as faults:
            told = self._terminal.faults(faults.problems, self._root)
            self._complain(tuple(told), self._terminal.counted(faults.problems))
            return None
        self.preview.base = built.base
        self.preview.show({**self._found, **built.manifest})
        # A look that finds nothing new must not put the search off.
        if self._pages is None or self._pages.manifest != built.manifest:
            self._shown = time.monotonic()
        self._pages = built
        self._memory.turn()
        self._store.turn(built.used)
        return built

    def _early(self) -> Early | None:
        """Return the pages that are open, which are to be shown before the whole site is made."""
        paths = self.preview.open_pages()
        if not paths:
            return None
        return Early(paths, self.preview.manifest, self._glimpse, self._go_on)

    def _go_on(self) -> None:
        if self.is_newer() and time.monotonic() - self._begun < _PATIENCE:
            raise _SupersededError

    def _glimpse(self, plan: Plan, workshop: Workshop) -> None:
        with suppress(ContentFaults):  # the whole site will meet them again
            execute(plan, self._store, workshop, 1, _quiet)
            self.preview.glimpse({path: output.key for path, output in plan.items()})

    def _index(self, pages: Built) -> None:
        making = Making(self._store, self._memory, cache_of(self._root), None, _quiet)
        try:
            whole = completed(pages, making)
        except (MachineTrouble, OSError) as error:
            trouble = error if isinstance(error, MachineTrouble) else told_of(error, self._root)
            if not self._ended:  # Ctrl+C stops the indexing program as well
                self._terminal.trouble(trouble)
            return
        found = {path: key for path, key in whole.manifest.items() if path not in pages.manifest}
        self._found = found
        # No page that is open changes by this, so none of them is told.
        self.preview.manifest = {**self.preview.manifest, **found}
        self._save()

    def _save(self) -> None:
        try:
            self._memory.save()
        except OSError as error:
            self._terminal.trouble(told_of(error, self._root))

    def _complain(self, faults: tuple[Explained, ...], count: str = "") -> None:
        """Tell in both places why the page that is shown is not what the files say.

        Who has saved nothing is not told the same again.
        """
        known = self.preview.complaint
        if known and known.faults == faults and not self._believed:
            return
        says = "faulty" if self.preview.manifest else "faulty_first"
        complaint = Complaint(self._terminal.words(says, time=_clock()), faults, count)
        self._terminal.tell(complaint.text() + ("\n" if count else ""))
        self.preview.complain(complaint)

    def _tell_of(self, built: Built, files: tuple[str, ...]) -> None:
        self._terminal.say(
            "changed",
            time=_clock(),
            files=self._named(files),
            seconds=f"{time.monotonic() - self._begun:.2f}",
            pages=built.made.pages,
            photos=built.made.photos,
        )

    def _named(self, files: tuple[str, ...]) -> str:
        first = nearby(Path(files[0]), self._root)
        if len(files) == 1:
            return first
        return self._terminal.words("more_files", first=first, count=len(files) - 1)


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def _quiet(_done: int, _total: int) -> None:
    """Show no progress: search has its time."""

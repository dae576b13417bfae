"""Build, serve, and build again whenever a file is saved."""

import threading
import time
import webbrowser
from datetime import datetime
from pathlib import Path

from ocopgen.app.day import build_day
from ocopgen.app.places import CACHE
from ocopgen.app.run import MEMORY, STORE, nearby
from ocopgen.app.server import Preview, server
from ocopgen.app.terminal import Terminal
from ocopgen.app.watch import UNSURE, changes
from ocopgen.base.problems import ContentFaults, MachineTrouble
from ocopgen.base.store import Memory, Store
from ocopgen.build.site import Built, Making, make
from ocopgen.build.trace import inputs_of
from ocopgen.build.troubles import told_of
from ocopgen.pages.theme import theme_for


class _Desk:
    """Makes the site again and again into one store, and shows what came of it."""

    def __init__(self, root: Path, today: str | None, terminal: Terminal) -> None:
        self.root = root
        self.today = today
        self.terminal = terminal
        self.store = _store(root)
        self.memory = Memory(root / CACHE / MEMORY)
        self.preview = Preview(self.store, "/")
        self.preview.language = terminal.language
        self.preview.shut = terminal.words("shut")

    def make(self) -> Built | None:
        """Make the site and show it, or show why that cannot be."""
        try:
            with self.terminal.progress("making_photos") as progress:
                scratch = self.root / CACHE
                making = Making(self.store, self.memory, scratch, None, progress)
                built = make(self.root, build_day(self.today, self.root), making, drafts=True)
        except ContentFaults as faults:
            self._complain(self.terminal.obstacles(faults.problems, self.root))
            return None
        finally:
            self.memory.save()
        self.preview.base = built.base
        self.preview.show(built.manifest)
        return built

    def restock(self) -> None:
        """Make again what was removed or damaged while it was shown."""
        self.store = self.preview.store = _store(self.root)
        self.preview.lacking = False
        self.again(())

    def again(self, files: tuple[str, ...]) -> None:
        """Make the site once more because *files* changed, and tell how that went."""
        start = time.monotonic()
        try:
            built = self.make()
        except MachineTrouble as trouble:
            self._complain(self.terminal.explained(trouble))
        except OSError as error:
            # On Windows a file is often held for a moment by whoever looks through it.
            self._complain(self.terminal.explained(told_of(error, self.root)))
        else:
            if built and files:
                self._tell_of(built, files, start)

    def _complain(self, told: str) -> None:
        """Tell in both places why the page that is shown is not what the files say."""
        says = "faulty" if self.preview.manifest else "faulty_first"
        told = f"{self.terminal.words(says, time=_clock())}\n\n{told}"
        self.terminal.tell(told)
        self.preview.complain(told)

    def _tell_of(self, built: Built, files: tuple[str, ...], start: float) -> None:
        self.terminal.say(
            "changed",
            time=_clock(),
            files=self._named(files),
            seconds=f"{time.monotonic() - start:.2f}",
            pages=built.made.pages,
            photos=built.made.photos,
        )

    def _named(self, files: tuple[str, ...]) -> str:
        first = nearby(Path(files[0]), self.root)
        if len(files) == 1:
            return first
        return self.terminal.words("more_files", first=first, count=len(files) - 1)


def _store(root: Path) -> Store:
    return Store(root / CACHE / STORE)


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def serve(
    root: Path,
    today: str | None,
    address: tuple[str, int],
    terminal: Terminal,
    *,
    open_browser: bool,
) -> None:
    """Serve the catalogue in *root* at *address* until the person stops it."""
    desk, layers = _Desk(root, today, terminal), theme_for(root).layers
    first = inputs_of(layers)
    terminal.hint("first")
    desk.make()
    listening = server(desk.preview, *address)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    host, port = listening.server_address[:2]
    url = f"http://{host!s}:{port}{desk.preview.base}"
    terminal.say("serving", url=url)
    if open_browser:
        webbrowser.open(url)
    stop = threading.Event()
    try:
        for files in changes(root, layers, stop):
            missed = files == UNSURE and (first is None or inputs_of(layers) != first)
            if files or missed:
                desk.again(files or ())
            elif desk.preview.lacking:
                desk.restock()
    except KeyboardInterrupt:
        stop.set()
    finally:
        listening.shutdown()
    terminal.say("stopped")

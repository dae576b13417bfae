"""Tell a person in the chosen language what the commands did."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import click

from ocopgen.app.formats import FORMS
from ocopgen.app.report import (
    Explained,
    chosen_language,
    counted,
    explained,
    explained_at,
    explained_trouble,
    faults_of,
    obstacles,
    visible,
)
from ocopgen.base.problems import Problem, Problems, Trouble
from ocopgen.pages.messages import Entries, Messages, read_messages
from ocopgen.pages.theme import Theme, default_layer

_ONE_WORD = re.compile(r"[\w./\\:~-]+")


def typed(path: Path) -> str:
    """Return *path* as people type it on a command line: in quotes unless it is one plain word."""
    return str(path) if _ONE_WORD.fullmatch(str(path)) else f'"{path}"'


class Terminal:
    """Speaks to whoever started the command; the report goes to standard output."""

    def __init__(self, lang: str | None) -> None:
        """Speak *lang*, or else the language of the environment."""
        self.language = chosen_language(lang)

    @cached_property
    def _problems(self) -> Entries:
        return self._read("problems")

    @cached_property
    def _words(self) -> Messages:
        return Messages(self._read("terminal"), self.language)

    def _read(self, folder: str) -> Entries:
        theme = Theme((default_layer(),))
        return read_messages(theme, folder, [self.language], Problems())[self.language]

    def say(self, key: str, **values: object) -> None:
        """Say the words of *key* in templates/terminal/."""
        click.echo(self.words(key, **values))

    def hint(self, key: str, **values: object) -> None:
        """Say the words of *key* beside the report, where they do not mix with it."""
        click.echo(self.words(key, **values), err=True)

    def words(self, key: str, **values: object) -> str:
        """Return the words of *key* in templates/terminal/."""
        return self._words(key, **values)

    def tell(self, text: str) -> None:
        """Say *text* as it is."""
        click.echo(text)

    def report(self, problems: Problems, root: Path, form: str) -> None:
        """Tell all *problems* of the catalogue in *root*, in the *form* that was asked for."""
        click.echo(FORMS[form](problems, self._problems, root), nl=False)

    def obstacles(self, problems: Problems, root: Path) -> str:
        """Return what a person is told when *problems* stopped a build."""
        return obstacles(problems, self._problems, root)

    def faults(self, problems: Problems, root: Path) -> list[Explained]:
        """Return what a person is told of each fault of the catalogue in *root*."""
        return [explained(each, self._problems, root) for each in faults_of(problems)]

    def told_at(self, place: str, shown: Iterable[str], problem: Problem) -> str:
        """Return what a person is told of *problem* at a *place* that is no line of a text."""
        line = visible(" ".join(shown).strip())
        return explained_at(place, (line, ""), problem, self._problems).text()

    def counted(self, problems: Problems) -> str:
        """Return how many faults and warnings there are, in words."""
        return counted(problems, self._problems)

    def explained(self, trouble: Trouble) -> Explained:
        """Return *trouble* as a sentence, with what can be done about it."""
        return explained_trouble(trouble, self._problems)

    def trouble(self, trouble: Trouble) -> None:
        """Tell of *trouble*."""
        click.echo(self.explained(trouble).text(), err=True)

    @contextmanager
    def progress(self, key: str) -> Iterator[Callable[[int, int], None]]:
        """Yield what shows how far long work has come: a bar on a terminal, nothing elsewhere."""
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        show = _Bar(self.words(key))
        try:
            yield show
        finally:
            show.end()


class _Bar:
    """A progress bar that appears, and loads what draws it, when there is something to show."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._end: Callable[[], None] = lambda: None
        self._update: Callable[[int, int], None] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._update is None:
            self._start(total)
        if self._update:
            self._update(done, total)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.start()
        task = bar.add_task(self._title, total=total)
        self._end = bar.stop
        self._update = lambda done, total: bar.update(task, completed=done, total=total)

    def end(self) -> None:
        """Take the bar away."""
        self._end()

"""Fill templates, and know what each is made of."""

import marshal
import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import kept, program
from ocopgen.base.memory import Memory
from ocopgen.base.problems import ContentFaults, Problem, Problems, Spot
from ocopgen.content.edition import Phrase
from ocopgen.pages.closure import DEFAULT, WORDS, Closure, Reader, shown
from ocopgen.pages.filling import Filling
from ocopgen.pages.messages import Messages, UnfilledMessage, UnknownMessage
from ocopgen.pages.theme import Theme, default_layer

_ROOMS = ("base/", "content/", "pages/")
_LIBRARIES = ("babel", "jinja2", "markdown-it-py", "markupsafe")
_NAME = re.compile(r"'([^']*)'(?: is undefined)?$")


class TemplateFault(Exception):
    """A template cannot be filled, and its author can mend that."""

    def __init__(self, problem: Problem) -> None:
        """Carry the *problem* to whoever tells it."""
        super().__init__(problem)
        self.problem = problem


def engine() -> Digest:
    """Return one name for what shapes a page beside its view and its template."""
    return program(_ROOMS, _LIBRARIES)


class Templates:
    """The templates of a theme, with the words of every language."""

    def __init__(self, theme: Theme, messages: Mapping[str, Messages]) -> None:
        """Take the templates from *theme* and their words from *messages*, by language."""
        self.messages = messages
        self._loader = _Loader(theme)
        shared = _Compiled(self._loader)
        self._environments = {
            code: _environment(self._loader, shared, words) for code, words in messages.items()
        }
        self._reader = Reader(_environment(self._loader, shared, None), self._loader)
        self._closures: dict[str, Closure] = {}
        self._keys: dict[tuple[str, str], Digest] = {}
        self._memory: Memory | None = None
        self._state: Digest | None = None

    def key(self, template: str, language: str) -> Digest:
        """Return one name for all that *template* brings to a page in *language*.

        Raises ContentFaults where that cannot be known.
        """
        if (template, language) not in self._keys:
            locale = self.messages[language].locale
            name = f"template {engine()} {self._state} {language} {locale} {template}"
            known = self._memory.recall(name) if self._memory and self._state else None
            key = Digest(known) if known else self._found(template, language)
            if self._memory and self._state and not known:
                self._memory.keep(name, key)
            self._keys[template, language] = key
        return self._keys[template, language]

    def remember(self, memory: Memory, state: Digest | None) -> None:
        """Let *memory* know the keys of templates whose files are in *state*; None: nobody knows.

        To read all templates takes a tenth of the time that one edit takes. What another build was
        filled with is let go.
        """
        self._memory, self._state = memory, state
        for environment in self._environments.values():
            environment.forget()

    def _found(self, template: str, language: str) -> Digest:
        made_of = self._closure(template)
        words = self.messages[language]
        if faults := [*made_of.problems, *made_of.unknown(words.entries)]:
            raise ContentFaults(Problems(faults))
        return digest(engine(), made_of.sources, made_of.words(words.entries), words.locale)

    def render(self, template: str, view: object, language: str) -> bytes:
        """Return *template* filled with *view* in *language*; raises TemplateFault."""
        try:
            return self._environments[language].fill(template, page=view).encode()
        except Exception as error:
            problem = _problem(error, template)
            if problem is None:
                raise
            raise TemplateFault(problem) from error

    def _closure(self, template: str) -> Closure:
        if template not in self._closures:
            self._closures[template] = self._reader.closure(template)
        return self._closures[template]


def _environment(loader: "_Loader", shared: "_Compiled", words: Messages | None) -> Filling:
    environment = Filling(loader, shared)
    environment.globals[WORDS] = words
    environment.filters |= {"say": _say, "lang": _lang}
    return environment


def _say(phrase: Phrase) -> str:
    """Return the words of *phrase*, marked with their language if it is not the page's.

    A filter, since a macro would cost ten times as much on what is asked for most.
    """
    if not phrase.lang:
        return phrase.text
    return Markup('<span lang="{}">{}</span>').format(phrase.lang, phrase.text)


def _lang(phrase: Phrase) -> str:
    """Return the attribute for an element that holds nothing but *phrase*."""
    return Markup(' lang="{}"').format(phrase.lang) if phrase.lang else ""


class _Loader(BaseLoader):
    """Reads templates: a catalogue's own ones before those that come with ocopgen."""

    def __init__(self, theme: Theme) -> None:
        self._folders = theme.folders("templates")
        self._own = default_layer().resolve() / "templates"
        self._sources: dict[str, str | None] = {}

    def source(self, name: str) -> str | None:
        """Return the source of the template *name*, or None where there is no such template."""
        if name not in self._sources:
            path = self._path(name)
            self._sources[name] = _text(path, name) if path else None
        return self._sources[name]

    def _path(self, name: str) -> Path | None:
        folders = self._folders
        if name.startswith(DEFAULT):
            folders, name = folders[-1:], name.removeprefix(DEFAULT)
        if any(part.startswith(".") for part in name.split("/")):
            return None  # it is no file of the theme: nobody would see it change
        return next((each / name for each in folders if (each / name).is_file()), None)

    def kept(self, what: str, name: str, source: str, make: Callable[[], bytes]) -> bytes:
        """Return *what* is made of the *source* of a template; of ocopgen's own theme only once."""
        path = self._path(name)
        if path is None or not path.is_relative_to(self._own):
            return make()
        return kept(f"{what}-{name}", digest(source, engine()), make)

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's own signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return what Jinja wants to know; the file name leads back to the template."""
        source = self.source(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, shown(template), lambda: True


def _text(path: Path, name: str) -> str:
    """Return what stands in the template *name*; a mark of UTF-8 at its start is not a part."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Problem(Spot(shown(name)), "file.encoding")
        raise ContentFaults(Problems([fault])) from error


class _Compiled(BytecodeCache):
    """Keeps what one language has compiled for all others, and the own theme from run to run."""

    def __init__(self, loader: _Loader) -> None:
        self._loader = loader
        self._codes: dict[str, CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the bucket for a template, with its code if it was compiled before."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is None:

            def code() -> bytes:
                return marshal.dumps(environment.compile(source, name, filename))

            made = self._loader.kept("compiled", name, source, code)
            bucket.code = marshal.loads(made)  # noqa: S302 - trusted as ocopgen's own modules are
            self.dump_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give *bucket* the code that was compiled for it."""
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of *bucket*."""
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.code


def _problem(error: Exception, template: str) -> Problem | None:
    """Return what the author of a template is to be told of *error*; None: the fault is ours."""
    if isinstance(error, TemplateSyntaxError):
        spot = Spot(shown(error.name or template), error.lineno)
        return Problem(spot, "template.syntax", {"said": error.message or ""})
    if isinstance(error, TemplateNotFound):
        return Problem(_spot(error, template), "template.include", {"name": str(error.name)})
    if isinstance(error, UnknownMessage | UnfilledMessage):
        return _problem_of_words(error, _spot(error, template))
    if isinstance(error, UndefinedError):
        found = _NAME.search(error.message or "")
        name = found[1] if found else (error.message or "")
        return Problem(_spot(error, template), "template.undefined", {"name": name})
    innermost = traceback.extract_tb(error.__traceback__)[-1]
    if innermost.filename.startswith("templates/"):
        return Problem(_spot(error, template), "template.failed", {"said": str(error)})
    return None


def _problem_of_words(error: UnknownMessage | UnfilledMessage, spot: Spot) -> Problem:
    if isinstance(error, UnknownMessage):
        return Problem(spot, "template.message", {"key": str(error.args[0])})
    key, said = error.args
    return Problem(spot, "template.value", {"key": key, "said": said})


def _spot(error: Exception, template: str) -> Spot:
    """Return the innermost place inside templates/ that led to *error*."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith("templates/"):
            return Spot(frame.filename, frame.lineno or 0)
    return Spot(shown(template))

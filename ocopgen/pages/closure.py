"""Find out which templates and which words a template is made of, by reading it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct, field, msgpack

from ocopgen.base.problems import Problem, Problems, Spot
from ocopgen.pages.messages import Entries, plurals

WORDS = "t"
"""What templates call the words."""

DEFAULT = "default/"
"""Stands before a template's name when the one that comes with ocopgen is meant."""

_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class Sources(Protocol):
    """Where templates come from."""

    def source(self, name: str) -> str | None:
        """Return the source of the template *name*, or None where there is no such template."""

    def kept(self, what: str, name: str, source: str, make: Callable[[], bytes]) -> bytes:
        """Return *what* is made of a template, perhaps as it was made before."""


class Closure(Struct, frozen=True):
    """What a template is made of."""

    sources: Mapping[str, str]
    """The sources of the template and of all that it names, by name."""
    keys: Mapping[str, Spot]
    """The words that they ask for, and where."""
    problems: tuple[Problem, ...]

    def words(self, entries: Entries) -> dict[str, str]:
        """Return what *entries* say to the keys, plurals too."""
        wanted = (each for key in sorted(self.keys) for each in (key, *plurals(key)))
        return {each: entries[each] for each in wanted if each in entries}

    def unknown(self, entries: Entries) -> Iterator[Problem]:
        """Yield a problem for every key to which *entries* say nothing."""
        for key, spot in self.keys.items():
            if not any(each in entries for each in (key, *plurals(key))):
                yield Problem(spot, "template.message", {"key": key})


def shown(name: str) -> str:
    """Return the path by which people know the template *name*."""
    return f"templates/{name.removeprefix(DEFAULT)}"


class _Read(Struct, frozen=True):
    """What one template says of itself."""

    source: str
    names: tuple[tuple[str, Spot], ...] = ()
    """The templates that it names, and where."""
    keys: Mapping[str, Spot] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Reader:
    """Reads templates, each once, however many others are made of it."""

    def __init__(self, environment: Environment, sources: Sources) -> None:
        """Parse with *environment* what *sources* give."""
        self._environment = environment
        self._sources = sources
        self._read: dict[str, _Read | None] = {}

    def closure(self, template: str) -> Closure:
        """Return what *template* is made of."""
        sources: dict[str, str] = {}
        keys: dict[str, Spot] = {}
        problems = Problems()
        waiting = [(template, Spot(shown(template)))]
        while waiting:
            name, asked = waiting.pop()
            if name in sources:
                continue
            read = self._template(name)
            if read is None:
                problems.add(asked, "template.include", name=name)
                continue
            sources[name] = read.source
            keys = {**read.keys, **keys}
            problems.extend(read.problems)
            waiting += read.names
        return Closure(sources, keys, tuple(problems))

    def _template(self, name: str) -> _Read | None:
        """Return what the template *name* says, or None where there is no such template."""
        if name not in self._read:
            source = self._sources.source(name)
            self._read[name] = None if source is None else self._parsed_once(name, source)
        return self._read[name]

    def _parsed_once(self, name: str, source: str) -> _Read:
        def made() -> bytes:
            return msgpack.encode(self._parsed(name, source))

        return msgpack.decode(self._sources.kept("read", name, source, made), type=_Read)

    def _parsed(self, name: str, source: str) -> _Read:
        problems = Problems()
        try:
            tree = self._environment.parse(source, name)
        except TemplateSyntaxError as error:
            problems.add(Spot(shown(name), error.lineno), "template.syntax", said=error.message)
            return _Read(source, problems=tuple(problems))
        names = tuple(_names(name, tree, problems))
        return _Read(source, names, _keys(name, tree, problems), tuple(problems))


def _names(name: str, tree: nodes.Template, problems: Problems) -> Iterator[tuple[str, Spot]]:
    """Yield the templates that *tree* names, and where; a computed name is a fault."""
    for node in tree.find_all(_NAMING):
        spot = Spot(shown(name), node.lineno)
        template = node.template  # type: ignore[attr-defined]
        listed = template.items if isinstance(template, nodes.List | nodes.Tuple) else [template]
        for each in listed:
            if isinstance(each, nodes.Const) and isinstance(each.value, str):
                yield each.value, spot
            else:
                problems.add(spot, "template.computed")


def _keys(name: str, tree: nodes.Template, problems: Problems) -> dict[str, Spot]:
    """Return the words that *tree* asks for, and where; a computed key is a fault."""
    keys: dict[str, Spot] = {}
    asked = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == WORDS and call.args:
            key = call.args[0]
            if isinstance(key, nodes.Const) and isinstance(key.value, str):
                asked.add(id(call.node))
                keys.setdefault(key.value, Spot(shown(name), call.lineno))
    for use in tree.find_all(nodes.Name):
        if use.name == WORDS and id(use) not in asked:
            problems.add(Spot(shown(name), use.lineno), "template.computed")
    return keys

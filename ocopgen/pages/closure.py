"""Find out which templates and which words a template is made of, by reading it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from ocopgen.base.problems import Problem, Problems, Spot
from ocopgen.pages.messages import Entries, plurals

WORDS = "t"
"""What templates call the words."""

DEFAULT = "default/"
"""Stands before a template's name when the one that comes with ocopgen is meant."""

_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

SourceOf = Callable[[str], str | None]
"""Gives the source of a template by its name, or None where there is no such template."""


@dataclass(frozen=True, slots=True)
class Closure:
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


def closure(environment: Environment, source_of: SourceOf, template: str) -> Closure:
    """Return what *template* is made of."""
    reader = _Reader(environment, source_of)
    reader.read(template, Spot(shown(template)))
    return Closure(reader.sources, reader.keys, tuple(reader.problems))


class _Reader:
    """Reads one template after the other, each once."""

    def __init__(self, environment: Environment, source_of: SourceOf) -> None:
        self.environment = environment
        self.source_of = source_of
        self.sources: dict[str, str] = {}
        self.keys: dict[str, Spot] = {}
        self.problems = Problems()

    def read(self, name: str, asked: Spot) -> None:
        """Read the template *name*, which was named at the spot *asked*."""
        if name in self.sources:
            return
        source = self.source_of(name)
        if source is None:
            self.problems.add(asked, "template.include", name=name)
            return
        self.sources[name] = source
        try:
            tree = self.environment.parse(source, name)
        except TemplateSyntaxError as error:
            said = error.message or ""
            self.problems.add(Spot(shown(name), error.lineno), "template.syntax", said=said)
            return
        self._words(name, tree)
        for node in tree.find_all(_NAMING):
            spot = Spot(shown(name), node.lineno)
            for other in self._named(node, spot):
                self.read(other, spot)

    def _named(self, node: nodes.Node, spot: Spot) -> Iterator[str]:
        """Yield the templates that *node* names; a computed name is a fault."""
        template = node.template  # type: ignore[attr-defined]
        listed = template.items if isinstance(template, nodes.List | nodes.Tuple) else [template]
        for each in listed:
            if isinstance(each, nodes.Const) and isinstance(each.value, str):
                yield each.value
            else:
                self.problems.add(spot, "template.computed")

    def _words(self, name: str, tree: nodes.Template) -> None:
        """Note the words that *tree* asks for; a computed key is a fault."""
        asked = set()
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == WORDS and call.args:
                key = call.args[0]
                if isinstance(key, nodes.Const) and isinstance(key.value, str):
                    asked.add(id(call.node))
                    self.keys.setdefault(key.value, Spot(shown(name), call.lineno))
        for use in tree.find_all(nodes.Name):
            if use.name == WORDS and id(use) not in asked:
                self.problems.add(Spot(shown(name), use.lineno), "template.computed")

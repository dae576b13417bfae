"""Make scripts small: no remarks, no needless spaces, and short names inside modules."""

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterator

import tree_sitter_javascript
from msgspec import Struct, field
from rjsmin import jsmin  # type: ignore[import-untyped]
from tree_sitter import Language, Node, Parser

_JAVASCRIPT = Language(tree_sitter_javascript.language())
_MODULE = re.compile(r"^(?:import|export)\b(?!\s*\()", re.MULTILINE)

_IDENTIFIERS = {
    "identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
}
_PRIVATE = "private_property_identifier"
_DECLARATIONS = {"class_declaration", "function_declaration", "generator_function_declaration"}
_EXPRESSIONS = {"class", "function_expression", "generator_function"}
"""What may have a name that it alone can see."""
_SCOPES = {
    "arrow_function",
    "catch_clause",
    "class",
    "class_body",
    "for_in_statement",
    "for_statement",
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
    "statement_block",
    "switch_body",
}
_FIRST = string.ascii_letters
_REST = _FIRST + string.digits
_WORDS = {"as", "do", "for", "get", "if", "in", "let", "new", "of", "set", "try", "var"}
"""What a short name must not be, since the language means something by it."""


def is_module(script: str) -> bool:
    """Tell whether *script* imports or exports: its names are then nobody else's, and strict."""
    return _MODULE.search(script) is not None


def smaller(script: str, *, names: bool) -> str:
    """Return *script* without remarks and needless spaces, and with short *names* if they may be.

    With them, `const` becomes `let`, and no block ends in a semicolon, no list in a comma. A name
    that others see keeps its form: what is exported or imported, properties, globals. A script
    that cannot be read, or in which names are not what they seem, keeps all of them.
    """
    text = str(jsmin(script))
    return _with_short_names(text) if names else text


class _Scope(Struct, eq=False):
    """A part of a script that has names of its own."""

    outer: "_Scope | None" = None
    names: set[str] = field(default_factory=set)
    uses: Counter[str] = field(default_factory=Counter)
    inner: "list[_Scope]" = field(default_factory=list)
    foreign: "set[tuple[_Scope, str]]" = field(default_factory=set)
    """The names of outer scopes that are used in this one or inside it."""
    short: dict[str, str] = field(default_factory=dict)

    def holder(self, name: str) -> "_Scope | None":
        """Return the scope, from here outwards, that *name* belongs to; none: it is global."""
        scope: _Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.outer
        return scope

    def open(self) -> "_Scope":
        """Return a new scope inside this one."""
        self.inner.append(_Scope(self))
        return self.inner[-1]


def _with_short_names(text: str) -> str:
    written = text.encode()
    root = Parser(_JAVASCRIPT).parse(written).root_node
    if root.has_error:
        return text
    outermost = _Scope()
    kept: set[str] = set()
    found: list[tuple[Node, str, _Scope]] = []
    private: list[Node] = []
    briefer: list[tuple[Node, str]] = []
    for node, scope in _walk(root, outermost):
        if _reaches_far(node):
            return text
        scope.names.update(_bound_by(node))
        kept.update(_seen_outside(node))
        if node.type in _IDENTIFIERS:
            found.append((node, _text(node), scope))
        elif node.type == _PRIVATE:
            private.append(node)
        briefer += _briefer(node)
    held: list[tuple[Node, str, _Scope]] = []
    for node, name, scope in found:
        holder = scope.holder(name)
        if holder is None:
            kept.add(name)
        else:
            holder.uses[name] += 1
            _note(scope, holder, name)
            held.append((node, name, holder))
    _give_names(outermost, kept)
    names = [
        (node, _named(node, name, holder.short.get(name, name))) for node, name, holder in held
    ]
    return _rewritten(written, [*names, *_private(private), *briefer]).decode()


def _named(node: Node, name: str, short: str) -> str:
    """Return *node* under a *short* name; a property keeps its own beside the variable's."""
    return short if node.type == "identifier" or short == name else f"{name}:{short}"


def _private(nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    """Yield the private names of all classes with short ones: a name is the same in each class."""
    uses = Counter(node.text for node in nodes)
    short = _short_names(set())
    names = {each: next(short) for each in sorted(uses, key=lambda each: (-uses[each], each))}
    for node in nodes:
        yield node, f"#{names[node.text]}"


def _briefer(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield what says the same in fewer letters in *node*, since nobody reads it any more."""
    kind = node.child_by_field_name("kind")
    if kind is not None and kind.type == "const":
        yield kind, "let"
    for each, after in itertools.pairwise(node.children):
        if after.type == "}" and each.children and each.children[-1].type == ";":
            yield each.children[-1], ""
        if after.type in {"}", ")"} and each.type == ",":
            yield each, ""


def _note(scope: _Scope, holder: _Scope, name: str) -> None:
    """Note in *scope* and all around it, up to its *holder*, that *name* is used there."""
    inside: _Scope | None = scope
    while inside is not None and inside is not holder:
        inside.foreign.add((holder, name))
        inside = inside.outer


def _walk(root: Node, outermost: _Scope) -> Iterator[tuple[Node, _Scope]]:
    """Yield each node below *root* with the scope that it stands in."""
    left = [(root, outermost)]
    while left:
        node, scope = left.pop()
        yield node, scope
        inside = scope.open() if node.type in _SCOPES else scope
        inside.names.update(_taken_by(node))
        name = None if node.type in _EXPRESSIONS else node.child_by_field_name("name")
        left += [(child, scope if child == name else inside) for child in node.named_children]


def _reaches_far(node: Node) -> bool:
    """Tell whether *node* may name something beyond the block that it stands in."""
    if node.type == "for_in_statement":
        kind = node.child_by_field_name("kind")
        return kind is not None and kind.type == "var"
    return node.type in {"variable_declaration", "with_statement"} or _text(node) == "eval"


def _bound_by(node: Node) -> Iterator[str]:
    """Yield the names that *node* gives to the scope that it stands in."""
    name = node.child_by_field_name("name")
    if name is not None and node.type in {"variable_declarator", *_DECLARATIONS}:
        yield from _names_in(name)
    elif node.type == "import_statement":
        yield from _identifiers_in(node)


def _taken_by(node: Node) -> Iterator[str]:
    """Yield the names that *node* gives to the scope that it opens."""
    fields: tuple[str, ...] = ()
    if node.type in _EXPRESSIONS:
        fields = ("name", "parameters")
    elif node.type == "for_in_statement" and node.child_by_field_name("kind"):
        fields = ("left",)
    elif node.type in _SCOPES:
        fields = ("parameters", "parameter")
    for each in fields:
        child = node.child_by_field_name(each)
        if child is not None:
            yield from _names_in(child)


def _seen_outside(node: Node) -> Iterator[str]:
    """Yield the names that *node* shares with other scripts."""
    if node.type in {"import_statement", "export_specifier"}:
        yield from _identifiers_in(node)
    elif node.type == "export_statement":
        declared = node.child_by_field_name("declaration")
        if declared is not None:
            for each in (declared, *declared.named_children):
                yield from _bound_by(each)


def _names_in(pattern: Node) -> Iterator[str]:
    """Yield the names that a pattern binds: `a`, `{ a, b: [c, d = e], ...f }`."""
    if pattern.type in _IDENTIFIERS:
        yield _text(pattern)
    elif pattern.type in {"assignment_pattern", "object_assignment_pattern"}:
        yield from _names_in(pattern.children[0])
    elif pattern.type == "pair_pattern":
        yield from _names_in(pattern.children[-1])
    else:
        for child in pattern.named_children:
            yield from _names_in(child)


def _identifiers_in(node: Node) -> Iterator[str]:
    if node.type == "identifier":
        yield _text(node)
    for child in node.named_children:
        yield from _identifiers_in(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode() if node.type in _IDENTIFIERS else ""


def _give_names(outermost: _Scope, kept: set[str]) -> None:
    """Give each name of each scope a short one, the most used first, and *kept* none."""
    left = [outermost]
    while left:
        scope = left.pop()
        taken = kept | {holder.short.get(name, name) for holder, name in scope.foreign}
        names = _short_names(taken)
        for name in sorted(scope.names - kept, key=lambda each: (-scope.uses[each], each)):
            scope.short[name] = next(names)
        left += scope.inner


def _short_names(taken: set[str]) -> Iterator[str]:
    """Yield the shortest names that are not *taken*."""
    for length in itertools.count(1):
        for letters in itertools.product(_FIRST, *[_REST] * (length - 1)):
            name = "".join(letters)
            if name not in taken and name not in _WORDS:
                yield name


def _rewritten(written: bytes, renamed: list[tuple[Node, str]]) -> bytes:
    """Return what is *written* with the text of each node in the place of its own."""
    parts: list[bytes] = []
    at = 0
    for node, text in sorted(renamed, key=lambda each: each[0].start_byte):
        parts += [written[at : node.start_byte], text.encode()]
        at = node.end_byte
    return b"".join([*parts, written[at:]])

"""Jinja as pages need it: ten thousand of them in one build, of plain values.

What a template says is what it says in Jinja itself. Left out is only what our templates cannot
ask for: a function that wants to be told the context, and a text that stays marked as safe after
it has been put into the page.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from functools import cached_property
from keyword import iskeyword
from types import CodeType
from typing import Any

import markupsafe
import orjson
from jinja2 import BytecodeCache, Environment, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_Kept = OrderedDict[tuple[object, ...], tuple[tuple[object, ...], str]]
"""What a block was filled with, and what came of it."""
_KEPT = 1000
"""Pieces of one block that an environment keeps; what was not asked for longest goes first."""
# To make a Markup of each text was a quarter of all the time that filling took.
_escape_text = getattr(markupsafe, "_escape_inner", escape)


class _Generator(CodeGenerator):
    """Writes out values without wrapping each: they are joined at once, and nobody asks again.

    Most are plain text. Each page puts some three hundred values, so nothing is called that need
    not be.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if _is_usual(frame, finalize):
            self.write("(escape_text(value) if type(value := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if _is_usual(frame, finalize):
            self.write(") is str else put(value))")
        else:
            super()._output_child_post(node, frame, finalize)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro that is called without ceremony; the body of an extension needs none."""
        node = macro_ref.node
        if isinstance(node, nodes.CallBlock) and isinstance(
            node.call.node, nodes.ExtensionAttribute
        ):
            self.write("macro")
            return
        self.write("environment.")
        super().macro_def(macro_ref, frame)


def _is_usual(frame: Frame, finalize: Any) -> bool:  # noqa: ANN401
    context = frame.eval_ctx
    return bool(context.autoescape) and not context.volatile and finalize.src is None


class _Swift(_Generator):
    """Writes attributes and calls as Python does.

    Jinja has a function of its own for either, and that took a sixth of all the time of filling.
    Where it knows of something else, the attribute fails: see `Filling.fill`.
    """

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the attribute itself, where Python can spell it."""
        if iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @optimizeconst
    def visit_Call(  # noqa: N802 - Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Write the call itself, where nothing about it is out of the ordinary."""
        named = [each.key for each in node.kwargs]
        if node.dyn_args or node.dyn_kwargs or any(map(iskeyword, named)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class _Context(Context):
    """Calls what a template calls, without asking whether it wants to know the context."""

    def call(
        self,
        called: Any,  # noqa: ANN401
        /,
        *values: Any,  # noqa: ANN401
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return called(*values, **named)


class _Template(Template):
    """A template whose code knows by name what it asks for most."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,  # noqa: ARG003 - nothing is read again
    ) -> Template:
        """Return the template that was compiled to *code*."""
        space = {
            "environment": environment,
            "__file__": code.co_filename,
            "escape_text": _escape_text,
            "put": _put,
        }
        exec(code, space)  # noqa: S102 - as Jinja does
        return cls._from_namespace(environment, space, globals)


class _Macro(Macro):
    """A macro that hands on what it is called with."""

    def __init__(self, *parts: Any) -> None:  # noqa: ANN401
        super().__init__(*parts)
        special = self.caller or self.catch_kwargs or self.catch_varargs
        self._plain = bool(self._default_autoescape) and not special

    def __call__(self, *values: Any, **named: Any) -> str:  # noqa: ANN401
        if self._plain and not named and len(values) == self._argument_count:
            return str.__new__(Markup, self._func(*values))
        lacking = self.arguments[len(values) :]
        if not self._plain or len(values) > len(self.arguments) or not named.keys() <= {*lacking}:
            return super().__call__(*values, **named)
        rest = [named.get(each, missing) for each in lacking]
        return str.__new__(Markup, self._func(*values, *rest))


class _Once(Extension):
    """Adds `{% once value, … %}…{% endonce %}`: filled for the same values once, then kept.

    Only for what depends on these values and the language alone. Two texts are the same if they
    say the same, and all else if it is one object: to compare what is worth this would take as
    long as filling it.
    """

    tags = {"once"}  # noqa: RUF012 - Jinja's own way

    def __init__(self, environment: Environment) -> None:
        """Begin with nothing kept."""
        super().__init__(environment)
        self.kept: defaultdict[str, _Kept] = defaultdict(OrderedDict)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the block as a call that may do without its body."""
        line = next(parser.stream).lineno
        # No other block of any template has the same.
        block = nodes.Const(f"{parser.name}:{parser.free_identifier().name}")
        values = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            values.append(parser.parse_expression())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        call = self.call_method("filled", [block, *values], lineno=line)
        return nodes.CallBlock(call, [], [], body, lineno=line)

    def filled(self, block: str, *values: object, caller: Callable[[], str]) -> str:
        """Return what *caller*, the body of *block*, makes of *values*."""
        kept = self.kept[block]
        key = tuple([each if type(each) is str else id(each) for each in values])
        # Held with its values, since another object may come to live at the same place.
        kept[key] = found = kept.pop(key, None) or (values, caller())
        if len(kept) > _KEPT:
            kept.popitem(last=False)
        return found[1]


class Filling(Environment):
    """An environment for pages."""

    context_class = _Context
    template_class = _Template
    Macro = _Macro

    def __init__(
        self,
        loader: Any,  # noqa: ANN401 - Jinja's types
        cache: BytecodeCache | None,
        generator: type[CodeGenerator] = _Swift,
    ) -> None:
        """Take templates from *loader*, and what was compiled by *generator* from *cache*."""
        self._found: dict[str | Template, Template] = {}
        self._failing: set[str] = set()
        self.code_generator_class = generator
        super().__init__(
            loader=loader,
            bytecode_cache=cache,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[_Once],
        )
        self.policies["json.dumps_function"] = _json
        self.policies["json.dumps_kwargs"] = {}

    def fill(self, name: str, **values: object) -> str:
        """Return the template *name* filled with *values*.

        One that asks for what may not be there (a key of a mapping, a value with a default) is
        filled again as Jinja would, which also tells best what is wrong with it.
        """
        if name not in self._failing:
            with suppress(AttributeError):
                return self.get_template(name).render(values)
        filled = self._careful.get_template(name).render(values)
        self._failing.add(name)
        return filled

    def forget(self) -> None:
        """Keep nothing that was filled so far: the values of another build are other objects."""
        for each in self.extensions.values():
            if isinstance(each, _Once):
                each.kept.clear()

    @cached_property
    def _careful(self) -> "Filling":
        other = Filling(self.loader, None, _Generator)
        other.globals, other.filters = self.globals, self.filters
        return other

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """Return the template *name*, which stays as it was read."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows, in one layer."""
        return {**self.globals, **(d or {})}


def _put(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return *value*, which is no plain text, as it stands in a page."""
    kind = type(value)
    if kind is int or kind is float:
        return str(value)
    return value if kind is Markup else escape(value)


def _json(value: object) -> str:
    """Return *value* as JSON, with letters as they are read; Jinja takes out what ends a script."""
    return orjson.dumps(value).decode()

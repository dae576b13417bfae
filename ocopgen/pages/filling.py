"""Jinja as pages need it: ten thousand of them in one build, of plain values.

What a template says is what it says in Jinja itself. Left out is only what our templates cannot
ask for: a function that wants to be told the context, and a text that stays marked as safe after
it has been put into the page.
"""

from typing import Any, TypeVar

import markupsafe
import orjson
from jinja2 import BytecodeCache, Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from markupsafe import escape

T = TypeVar("T")

_KEPT = 1000
"""Pieces that an environment keeps; the oldest goes first."""
# To make a Markup of each text was a quarter of all the time that filling took.
_escape_text = getattr(markupsafe, "_escape_inner", escape)


class _Generator(CodeGenerator):
    """Writes out values without wrapping each: they are joined at once, and nobody asks again."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.put(")


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


class _Once(Extension):
    """Adds `{% once value %}…{% endonce %}`: filled for each value once, then taken as it is.

    Only for what depends on *value* and the language alone. Two values are the same if they are
    one object: to compare what is worth this would take as long as filling it.
    """

    tags = {"once"}  # noqa: RUF012 - Jinja's own way

    def __init__(self, environment: Environment) -> None:
        """Begin with nothing kept."""
        super().__init__(environment)
        self.kept: dict[int, tuple[object, str]] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the block as a call that may do without its body."""
        line = next(parser.stream).lineno
        value = parser.parse_expression()
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        call = self.call_method("filled", [value], lineno=line)
        return nodes.CallBlock(call, [], [], body, lineno=line)

    def filled(self, value: object, caller: Macro) -> str:
        """Return what *caller* makes of *value*."""
        known = self.kept.get(id(value))
        if known and known[0] is value:
            return known[1]
        made = caller()
        # Held with its value, since another object may come to live at the same place.
        self.kept[id(value)] = value, made
        if len(self.kept) > _KEPT:
            del self.kept[next(iter(self.kept))]
        return made


class Filling(Environment):
    """An environment for pages."""

    code_generator_class = _Generator
    context_class = _Context

    def __init__(self, loader: Any, cache: BytecodeCache | None) -> None:  # noqa: ANN401 - Jinja's types
        """Take templates from *loader*, and what was compiled from *cache*."""
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

    @staticmethod
    def put(value: object) -> str:
        """Return *value* as it stands in a page."""
        return _escape_text(value) if type(value) is str else escape(value)


def _json(value: object) -> str:
    """Return *value* as JSON, with letters as they are read; Jinja takes out what ends a script."""
    return orjson.dumps(value).decode()

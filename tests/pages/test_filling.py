"""What filling does faster than Jinja does it as Jinja does."""

import sys
from collections.abc import Callable, Iterator

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, nodes
from markupsafe import Markup

from ocopgen.content.edition import Phrase
from ocopgen.pages.filling import Filling
from ocopgen.pages.theme import default_layer

_SOURCES = """
{{ d.name }}{{ d.class }}{{ d.items() | list }}{{ d.deep.er }}
{{ "no" if o.nothing is not defined }}{{ o.nothing | default("else") }}
{{ "no" if o.gone is undefined }}{{ o.gone | default("<i>") }}
{% set x = o.nothing %}{{ x is defined }}
{{ o.method() }}{{ o.method("<b>") }}{{ o.method(what="c") }}{{ o.items[1] }}
{{ o.method(*("x",)) }}{{ o.method(**{"what": "y"}) }}{{ "a b".upper() }}{{ [1].copy() }}
{% for k, v in d.items() %}{{ loop.index }}{{ loop.first }}{{ k }}{% endfor %}
{% set n = namespace(a=1) %}{% set n.a = n.a + 1 %}{{ n.a }}
{% macro m(x, y="<d>") %}[{{ x }}{{ y }}]{% endmacro %}{{ m("<a>") }}{{ m("&", y=2) }}
{% macro m(x, y) %}[{{ x }}{{ y }}]{% endmacro %}{{ m(y=3, x=o.items[1]) }}{{ m(1, 2) }}
{% macro m(x) %}<{{ x }}{% endmacro %}{{ m("a") | upper }}{{ m("<") ~ "<" }}{{ m(m("<")) }}
{% macro m(x) %}{{ x is defined }}{% endmacro %}{{ m() }}{{ m(o.nothing) }}
{% macro m(class="a") %}{{ class }}{% endmacro %}{{ m(class="<b>") }}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m("<", 2, z=">") }}
{% macro m(x) %}<b>{{ caller(x) }}</b>{% endmacro %}{% call(y) m("<") %}{{ y }}<i>{% endcall %}
{% macro m(x) %}<b>{{ caller() }}</b>{% endmacro %}{% call m(1) %}<{{ ">" }}{% endcall %}
{% macro m(x) %}{{ x }}{% endmacro %}{% call m(1) %}<b>{% endcall %}
{% macro m(x, caller=none) %}{{ x }}{{ caller() }}{% endmacro %}{% call m(1) %}<b>{% endcall %}
{{ (o.method if d else o.none)("<") }}{{ (o.items | first).upper() }}{{ d["name"].upper() }}
{% autoescape 0 %}{% macro m(x) %}{{ x }}{% endmacro %}{{ m("<") is escaped }}{% endautoescape %}
{% import "macros" as all %}{{ all.one("<") }}{% from "macros" import one %}{{ one(o) }}
{% from "macros" import one %}{{ one(x={"items": "<"}) }}{% from "macros" import two %}{{ two() }}
{{ o.nothing }}
{{ o.nothing.more }}
{{ o.gone }}
{{ d.lacking }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, 2) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(y=2) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, x=2) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}
{% macro m(x) %}{{ x }}{{ caller() }}{% endmacro %}{{ m(1) }}
{{ nothing() }}
{{ o.items() }}
{{ o.method.lacking() }}
{{ (o.items | length - 2).imag }}{{ 1 / (o.items | length - 2) }}
"""


class Place:
    """Something that a page shows, as worth keeping as a map."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def name(self) -> str:
        """Return its name, and note who asks."""
        self.asked += 1
        return "<Hạ Du>"


def _filling(source: str) -> Filling:
    return Filling(DictLoader({"page": source}), None)


def test_a_piece_is_filled_once_for_each_value() -> None:
    template = _filling("{% once p %}<b>{{ p.name }}</b>{% endonce %}.").get_template("page")
    here, there = Place(), Place()

    told = [template.render(p=each) for each in (here, here, there)]

    assert told == ["<b>&lt;Hạ Du&gt;</b>."] * 3
    assert (here.asked, there.asked) == (1, 1)


def test_no_more_pieces_are_kept_than_are_of_use() -> None:
    filling = _filling("{% once p %}{{ p.name }}{% endonce %}")
    template, places = filling.get_template("page"), [Place() for _ in range(1100)]

    for each in (*places, places[-1], places[0]):
        template.render(p=each)

    assert places[-1].asked == 1
    assert places[0].asked == 2


def test_a_piece_may_go_by_several_values() -> None:
    source = "{% once p, n, b %}{{ p.name }}{{ n }}{{ b }}{% endonce %} "
    template, here, there = _filling(source).get_template("page"), Place(), Place()
    same = str(b"bac", "ascii")  # another object

    told = [
        template.render(p=p, n=n, b=b)
        for p, n, b in ((here, "bac", 1), (here, same, 1), (here, "x", 1), (here, "x", True))
    ]

    assert [each.removeprefix("&lt;Hạ Du&gt;") for each in told] == [
        "bac1 ",
        "bac1 ",
        "x1 ",
        "xTrue ",
    ]
    assert here.asked == 3
    assert template.render(p=there, n="x", b=1) == told[2]
    assert there.asked == 1


def test_no_piece_stands_in_for_another_one() -> None:
    once = "{% once p %}<i>{% endonce %}{% once p %}<b>{% endonce %}"
    pages = {"page": once + '{% include "foot" %}', "foot": "{% once p %}<u>{% endonce %}"}
    filling = Filling(DictLoader(pages), None)

    assert [filling.get_template("page").render(p=1) for _ in range(2)] == ["<i><b><u>"] * 2


def test_a_piece_goes_with_its_value() -> None:
    template = _filling("{% once p %}{{ p[0] }}{% endonce %}").get_template("page")

    assert [template.render(p=[each]) for each in range(99)] == [str(each) for each in range(99)]


def _pieces() -> Iterator[tuple[str, tuple[nodes.CallBlock, set[str]]]]:
    """Yield all blocks that are kept of the templates of ocopgen, and the macros beside them."""
    top = default_layer() / "templates"
    for path in sorted(top.rglob("*.html")):
        tree = Filling(DictLoader({}), None).parse(path.read_text("utf-8"), path.name)
        macros = {each.name for each in tree.find_all(nodes.Macro)}
        for block in tree.find_all(nodes.CallBlock):
            if isinstance(block.call.node, nodes.ExtensionAttribute):
                yield f"{path.relative_to(top).as_posix()}:{block.lineno}", (block, macros)


_PIECES = dict(_pieces())


@pytest.mark.parametrize("piece", _PIECES)
def test_what_is_kept_shows_nothing_but_its_values(piece: str) -> None:
    block, macros = _PIECES[piece]
    values, inside = block.call.args[1:], nodes.Template(block.body, lineno=1)
    names = [each for each in inside.find_all(nodes.Name) if each.ctx == "store"]
    known = {"t", "range", "loop", *macros, *(each.name for each in names)}

    assert not [*_unlike(inside, values, known)]
    # A catalogue may have another template in its place, which may show anything.
    assert not [*inside.find_all((nodes.Include, nodes.Import, nodes.FromImport))]


def _unlike(node: nodes.Node, values: list[nodes.Expr], known: set[str]) -> Iterator[str]:
    """Yield the names below *node* that are neither *known* nor a part of one of *values*."""
    if node in values:
        return
    if isinstance(node, nodes.Name) and node.name not in known:
        yield node.name
    for each in node.iter_child_nodes():
        yield from _unlike(each, values, known)


def test_what_is_asked_for_all_the_time_is_kept() -> None:
    filling = _filling("{% once p %}{{ p.name }}{% endonce %}")
    template, often = filling.get_template("page"), Place()

    for _ in range(1100):
        template.render(p=often)
        template.render(p=Place())

    assert often.asked == 1


class Odd:
    """What a template may meet beside our own values."""

    items = ("a", "<b>")

    def method(self, what: str = "m") -> str:
        """Return what it was called with."""
        return what

    @property
    def gone(self) -> str:
        """Fail as if there were no such thing."""
        raise AttributeError


@pytest.mark.parametrize(
    "source",
    _SOURCES.strip().splitlines(),
)
def test_a_template_says_what_it_says_in_jinja(source: str) -> None:
    pages = DictLoader({"page": source, "macros": "{% macro one(x) %}{{ x.items }}{% endmacro %}"})
    plain = Environment(loader=pages, autoescape=True, undefined=StrictUndefined)
    values = {"d": {"name": "<n>", "class": "c", "deep": {"er": 2}, "x": 0}, "o": Odd()}
    ours = Filling(pages, None)

    for _ in range(2):
        assert _told(ours.fill, "page", values) == _told(_jinja(plain), "page", values)


def _jinja(environment: Environment) -> Callable[..., str]:
    return lambda name, **values: environment.get_template(name).render(**values)


def _told(fill: Callable[..., str], name: str, values: dict[str, object]) -> tuple[object, str]:
    """Return what *fill* makes, or what it says to a fault."""
    try:
        return None, fill(name, **values)
    except (UndefinedError, TypeError, ZeroDivisionError) as error:
        return type(error), str(error)


def test_a_template_that_asks_for_what_may_lack_is_tried_in_vain_but_once() -> None:
    filling = _filling("{{ p.name }}{{ p.nothing | default('-') }}")
    place = Place()

    told = [filling.fill("page", p=place) for _ in range(3)]

    assert told == ["&lt;Hạ Du&gt;-"] * 3
    assert place.asked == 4


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&#34;&#39;"),
        (Markup("<b>"), "<b>"),
        (5, "5"),
        (-0.25, "-0.25"),
        (1e30, "1e+30"),
        (True, "True"),
        (None, "None"),
        (Phrase("<i>"), "&lt;i&gt;"),
    ],
)
def test_what_is_put_into_a_page_is_escaped_as_jinja_does(value: object, written: str) -> None:
    source = "{{ v }}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(v) }}"
    plain = Environment(loader=DictLoader({"page": source}), autoescape=True)

    told = _filling(source).get_template("page").render(v=value)

    assert told == plain.get_template("page").render(v=value) == written * 2


def test_data_for_programs_ends_no_script() -> None:
    told = _filling("{{ v | tojson }}").get_template("page").render(v={"a": "</script>", "b": "ộ&"})

    assert told == '{"a":"\\u003c/script\\u003e","b":"ộ\\u0026"}'


def test_what_another_build_was_filled_with_is_let_go() -> None:
    filling = Filling(DictLoader({"a.html": "{% once each %}{{ each.text }}{% endonce %}"}), None)
    each = Phrase("one")
    assert filling.fill("a.html", each=each) == "one"
    held = sys.getrefcount(each)

    filling.forget()

    assert sys.getrefcount(each) < held
    assert filling.fill("a.html", each=each) == "one"

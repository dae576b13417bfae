"""Templates: a key that holds all that they are made of, and faults told where they stand."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from ocopgen.base.problems import ContentFaults, Problem, Spot
from ocopgen.content.edition import Phrase
from ocopgen.pages.messages import Messages
from ocopgen.pages.templates import TemplateFault, Templates
from ocopgen.pages.theme import Theme

ENTRIES = {"a.b": "Chào", "c.other": "{count} món", "unasked": "Gì đó"}


@dataclass(frozen=True, slots=True)
class View:
    name: str = "Sen & Súng"
    count: int = 2


class Folder:
    """A theme of two layers in a temporary folder: the catalogue's own one, and the default."""

    def __init__(self, top: Path) -> None:
        self.own, self.default = top / "own", top / "default"
        self.default.joinpath("templates").mkdir(parents=True)
        self.own.joinpath("templates").mkdir(parents=True)

    def write(self, layer: Path, **texts: str) -> None:
        for name, text in texts.items():
            (layer / "templates" / f"{name}.html").write_text(text)

    def open(self, **entries: str) -> Templates:
        words = Messages({**ENTRIES, **entries}, "vi_VN")
        return Templates(Theme((self.own, self.default)), {"vi": words})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a theme whose page extends, includes and imports."""
    folder = Folder(tmp_path)
    folder.write(
        folder.default,
        base='{% block main %}{% endblock %}{% include "foot.html" %}',
        foot='{{ t("a.b") }}',
        macros='{% macro many(n) %}{{ t("c", count=n) }}{% endmacro %}',
        page='{% extends "base.html" %}{% from "macros.html" import many %}'
        "{% block main %}<b>{{ page.name }}</b>{{ many(page.count) }}{% endblock %}",
        other="alone",
    )
    return folder


def test_a_page_is_filled_and_escaped(folder: Folder) -> None:
    made = folder.open().render("page.html", View(), "vi")

    assert made.decode() == "<b>Sen &amp; Súng</b>2 mónChào"


def test_the_mark_that_windows_leaves_in_a_file_is_not_on_the_page(folder: Folder) -> None:
    path = folder.default / "templates" / "page.html"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert folder.open().render("page.html", View(), "vi").startswith(b"<b>")


def test_a_template_in_another_encoding_is_told(folder: Folder) -> None:
    (folder.own / "templates" / "foot.html").write_bytes("Chào".encode("cp1258"))

    with pytest.raises(ContentFaults) as refused:
        folder.open().key("page.html", "vi")

    assert list(refused.value.problems) == [Problem(Spot("templates/foot.html"), "file.encoding")]


@pytest.mark.parametrize("changed", ["page", "base", "foot", "macros"])
def test_the_key_changes_with_all_that_the_template_names(folder: Folder, changed: str) -> None:
    before = folder.open().key("page.html", "vi")
    path = folder.default / "templates" / f"{changed}.html"
    path.write_text(path.read_text() + " ")

    assert before != folder.open().key("page.html", "vi")


def test_the_key_does_not_change_with_what_the_template_does_not_name(folder: Folder) -> None:
    before = folder.open().key("page.html", "vi")
    folder.write(folder.default, other="changed")

    assert before == folder.open(unasked="Khác").key("page.html", "vi")


@pytest.mark.parametrize("changed", ["a.b", "c.other", "c.one"])
def test_the_key_changes_with_the_words_that_are_asked_for(folder: Folder, changed: str) -> None:
    before = folder.open().key("page.html", "vi")

    assert before != folder.open(**{changed: "{count} khác"}).key("page.html", "vi")


def test_a_catalogues_own_template_may_extend_the_shipped_one(folder: Folder) -> None:
    folder.write(folder.own, foot='{% extends "default/foot.html" %}')
    folder.write(folder.default, foot='{% block x %}{{ t("a.b") }}{% endblock %}')
    extended = folder.open().render("page.html", View(), "vi").decode()
    before = folder.open().key("page.html", "vi")

    folder.write(folder.default, foot="{% block x %}Tạm biệt{% endblock %}")

    assert extended.endswith("Chào")
    assert folder.open().render("page.html", View(), "vi").decode().endswith("Tạm biệt")
    assert before != folder.open().key("page.html", "vi")


@pytest.mark.parametrize(
    ("foot", "code", "values", "line"),
    [
        ('\n{% include "foo" ~ page.name %}', "template.computed", {}, 2),
        ("{% include page.name %}", "template.computed", {}, 1),
        ('\n\n{{ t("a." ~ page.name) }}', "template.computed", {}, 3),
        ("{% set words = t %}", "template.computed", {}, 1),
        ('\n{{ t("a.c") }}', "template.message", {"key": "a.c"}, 2),
        ('{% include "none.html" %}', "template.include", {"name": "none.html"}, 1),
        # What begins with a dot is no file of the theme, so that nobody looks whether it changes.
        ('{% include "own/.x.html" %}', "template.include", {"name": "own/.x.html"}, 1),
    ],
)
def test_what_would_make_the_key_lie_is_refused(
    folder: Folder, foot: str, code: str, values: dict[str, str], line: int
) -> None:
    folder.write(folder.default, foot=foot)
    (folder.own / "templates/own").mkdir()
    (folder.own / "templates/own/.x.html").write_text("seen by nobody")

    with pytest.raises(ContentFaults) as caught:
        folder.open().key("page.html", "vi")

    assert [*caught.value.problems] == [Problem(Spot("templates/foot.html", line), code, values)]


def test_several_faults_are_told_at_once(folder: Folder) -> None:
    folder.write(folder.default, foot='{{ t("x") }}{% include page.name %}', macros="{% endif %}")

    with pytest.raises(ContentFaults) as caught:
        folder.open().key("page.html", "vi")

    codes = {problem.code for problem in caught.value.problems}
    assert codes == {"template.message", "template.computed", "template.syntax"}


@pytest.mark.parametrize(
    ("foot", "code", "value", "line"),
    [
        ("\n{{ page.nmae }}", "template.undefined", "nmae", 2),
        ("{{ nothing }}", "template.undefined", "nothing", 1),
        ("\n\n{{ page.name + 1 }}", "template.failed", None, 3),
        ("{% if %}", "template.syntax", None, 1),
        ('{{ t("a.c") }}', "template.message", "a.c", 1),
        ('\n{{ t("c", count=1) }}{{ t("c.other", number=1) }}', "template.value", "c.other", 2),
    ],
)
def test_a_fault_is_told_in_the_innermost_template(
    folder: Folder, foot: str, code: str, value: str | None, line: int
) -> None:
    folder.write(folder.default, foot=foot)

    with pytest.raises(TemplateFault) as caught:
        folder.open().render("page.html", View(), "vi")

    problem = caught.value.problem
    assert (Spot("templates/foot.html", line), code) == (problem.spot, problem.code)
    if value:
        assert value in problem.values.values()


def test_a_fault_travels_between_processes(folder: Folder) -> None:
    folder.write(folder.default, foot="{{ nothing }}")

    with pytest.raises(TemplateFault) as caught:
        folder.open().render("page.html", View(), "vi")

    assert caught.value.problem == pickle.loads(pickle.dumps(caught.value)).problem  # noqa: S301


def test_a_bug_of_ours_stays_a_traceback(folder: Folder) -> None:
    class Broken:
        @property
        def name(self) -> str:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        folder.open().render("page.html", Broken(), "vi")


def test_a_piece_is_kept_for_one_language_alone(folder: Folder) -> None:
    folder.write(folder.default, page='{% once page %}{{ t("a") }}{% endonce %}')
    words = {code: Messages({"a": code}, code) for code in ("vi", "en")}
    templates, view = Templates(Theme((folder.own, folder.default)), words), View()

    told = [templates.render("page.html", view, code) for code in ("vi", "en", "vi")]

    assert told == [b"vi", b"en", b"vi"]


def test_a_template_may_ask_for_what_a_view_may_lack(folder: Folder) -> None:
    foot = '{{ page.nothing | default("-") }}{{ page.phrase | say }}{{ t("a.b") }}'
    folder.write(folder.default, page='{% include "foot.html" %}', foot=foot)
    view = {"phrase": Phrase("Sen & Súng", "vi")}

    made = folder.open().render("page.html", view, "vi").decode()

    assert made == '-<span lang="vi">Sen &amp; Súng</span>Chào'


def test_a_call_of_what_cannot_be_called_is_told(folder: Folder) -> None:
    folder.write(folder.default, foot="\n{{ page.name() }}")

    with pytest.raises(TemplateFault) as caught:
        folder.open().render("page.html", View(), "vi")

    problem = caught.value.problem
    assert (problem.spot, problem.code) == (Spot("templates/foot.html", 2), "template.failed")

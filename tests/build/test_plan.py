"""The plan refuses two files at one place, and blames nobody for where things stood."""

from ocopgen.base.problems import Problems, Spot
from ocopgen.build.plan import Output, Write, plan, write
from ocopgen.pages.messages import Messages
from ocopgen.pages.templates import Templates
from ocopgen.pages.theme import Theme

NO_TEMPLATES = Templates(Theme(()), {"vi": Messages({}, "vi")})
HERE, THERE = Spot("content/products/a/product.yaml", 3), Spot("content/pages/b.vi.md", 2)


def test_files_stand_under_their_paths() -> None:
    planned = _planned(write("a.txt", b"a", HERE), write("b/c.txt", b"c", THERE))

    assert set(planned) == {"a.txt", "b/c.txt"}
    assert planned["b/c.txt"].job == Write(b"c")


def test_two_files_at_one_path_are_a_fault_of_both() -> None:
    problems = Problems()

    _planned(write("x/index.html", b"a", HERE), write("x/index.html", b"b", THERE), into=problems)

    (fault,) = problems.found
    assert (fault.spot, fault.code) == (THERE, "output.taken")
    assert fault.values == {"path": "x/index.html", "other": str(HERE)}


def test_names_that_differ_in_case_alone_are_one_file_on_some_disks() -> None:
    problems = Problems()

    _planned(write("Icon.svg", b"a", HERE), write("icon.svg", b"b", THERE), into=problems)

    assert [fault.code for fault in problems.found] == ["output.taken"]


def test_one_content_under_names_that_differ_in_case_is_not_left_out() -> None:
    problems = Problems()

    _planned(write("Icon.svg", b"a", HERE), write("icon.svg", b"a", THERE), into=problems)

    assert [fault.code for fault in problems.found] == ["output.taken"]


def test_the_same_file_twice_is_one_file() -> None:
    problems = Problems()

    planned = _planned(write("a.svg", b"a", HERE), write("a.svg", b"a", THERE), into=problems)

    assert list(problems) == []
    assert list(planned) == ["a.svg"]


def test_who_asked_for_a_file_is_not_a_part_of_its_key() -> None:
    assert write("a", b"same", HERE).key == write("b", b"same", THERE).key


def test_other_bytes_are_another_key() -> None:
    assert write("a", b"one", HERE).key != write("a", b"two", HERE).key


def _planned(*files: Output, into: Problems | None = None) -> dict[str, Output]:
    return dict(plan((), files, into or Problems()))

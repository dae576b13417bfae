"""The basket of problems keeps all it is given, and yields each once, in the order of files."""

from ocopgen.base.problems import ContentFaults, Level, Problem, Problems, Spot, WrongUse


def test_problems_come_by_file_line_and_column_each_once() -> None:
    problems = Problems()
    problems.add(Spot("b", 1), "y")
    problems.add(Spot("a", 10), "x")
    problems.warn(Spot("a", 2, 5), "x", place=1)
    problems.warn(Spot("a", 2, 5), "x", place=1)
    problems.warn(Spot("a", 2, 5), "x", place=2)

    told = [(str(each.spot), each.code, dict(each.values)) for each in problems]

    assert told == [
        ("a:2:5", "x", {"place": "1"}),
        ("a:2:5", "x", {"place": "2"}),
        ("a:10", "x", {}),
        ("b:1", "y", {}),
    ]


def test_faults_are_counted_and_other_baskets_are_emptied_in() -> None:
    problems = Problems()
    problems.warn(Spot("a"), "x")
    problems.extend([Problem(Spot("b"), "y"), Problem(Spot("c"), "z", level=Level.WARNING)])

    assert problems.faults == 1
    assert ContentFaults(problems).problems is problems


def test_a_value_may_have_any_name() -> None:
    problems = Problems()
    problems.add(Spot("a"), "x", spot="1", code="2", self_="3")

    assert WrongUse("x", code=1).values == {"code": "1"}
    assert problems.found[0].values == {"spot": "1", "code": "2", "self_": "3"}


def test_a_file_as_a_whole_has_no_line() -> None:
    assert [str(spot) for spot in (Spot("a"), Spot("a", 2), Spot("a", 2, 3))] == [
        "a",
        "a:2",
        "a:2:3",
    ]

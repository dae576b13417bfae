"""Tell programs what is wrong, each in the form that it reads."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from ocopgen.app.report import counted, most_serious_first, report, visible
from ocopgen.base.problems import Level, Problem, Problems
from ocopgen.pages.messages import Entries, tell_problem

Form = Callable[[Problems, Entries, Path], str]

_GITHUB = {Level.FAULT: "error", Level.WARNING: "warning", Level.HINT: "notice"}
_GITLAB = {Level.FAULT: "critical", Level.WARNING: "minor", Level.HINT: "info"}


def as_json(problems: Problems, entries: Entries, root: Path) -> str:
    """Return *problems* as a JSON list in letters that every console has, an object each."""
    del root
    rows = []
    for problem in problems:
        told, spot = tell_problem(entries, problem), problem.spot
        rows.append(
            {
                "path": spot.path,
                "line": spot.line,
                "column": spot.column,
                "code": problem.code,
                "level": problem.level.value,
                "message": told.says,
                "mend": told.mend,
            }
        )
    return json.dumps(rows, indent=2) + "\n"


def as_github(problems: Problems, entries: Entries, root: Path) -> str:
    """Return *problems* as the commands with which GitHub marks changed lines.

    See "Workflow commands for GitHub Actions" in its documentation.
    """
    rows = []
    for problem in most_serious_first(problems):
        spot = problem.spot
        places = {"file": _in_repository(spot.path, root), "line": spot.line, "col": spot.column}
        marks = {**{key: each for key, each in places.items() if each}, "title": problem.code}
        told = ",".join(f"{key}={_escaped(str(each), ',:')}" for key, each in marks.items())
        rows.append(f"::{_GITHUB[problem.level]} {told}::{_escaped(_sentence(problem, entries))}")
    return "\n".join([*rows, counted(problems, entries)]) + "\n"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_gitlab(problems: Problems, entries: Entries, root: Path) -> str:
    """Return *problems* as a code quality report of GitLab (its documentation, "Code Quality")."""
    rows = []
    seen: Counter[str] = Counter()
    for problem in most_serious_first(problems):
        # The line is left out: what is moved by an edit above it is no new problem.
        values = sorted(problem.values.items())
        name = json.dumps([problem.spot.path, problem.code, values])
        seen[name] += 1
        rows.append(
            {
                "description": _sentence(problem, entries),
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{name} {seen[name]}".encode()).hexdigest(),
                "severity": _GITLAB[problem.level],
                "location": {
                    "path": _in_repository(problem.spot.path, root),
                    "lines": {"begin": max(problem.spot.line, 1)},
                },
            }
        )
    return json.dumps(rows, indent=2) + "\n"


def as_junit(problems: Problems, entries: Entries, root: Path) -> str:
    """Return *problems* as a JUnit report: a test for each, of which faults are the failed ones."""
    del root
    found = most_serious_first(problems)
    counts = {"tests": str(max(len(found), 1)), "failures": str(problems.faults), "errors": "0"}
    from xml.etree import ElementTree as ET  # which no other form needs

    suite = ET.Element("testsuite", {"name": "ocopgen check", **counts})
    for problem in found:
        name = f"{problem.code} {problem.spot}"
        case = ET.SubElement(suite, "testcase", {"classname": problem.spot.path, "name": name})
        case.set("file", problem.spot.path)
        case.set("line", str(problem.spot.line))
        says = visible(_sentence(problem, entries))
        if problem.level is Level.FAULT:
            failure = ET.SubElement(case, "failure", {"message": says, "type": problem.code})
            failure.text = f"{problem.spot}: {says}"
        else:
            ET.SubElement(case, "system-out").text = f"{problem.level}: {says}"
    if not found:
        ET.SubElement(suite, "testcase", {"classname": "content", "name": "content"})
    top = ET.Element("testsuites", counts)
    top.append(suite)
    ET.indent(top)
    written: bytes = ET.tostring(top, "us-ascii", xml_declaration=True)
    return written.decode() + "\n"


def _sentence(problem: Problem, entries: Entries) -> str:
    """Return what is wrong and, on a line of its own, how to mend it."""
    told = tell_problem(entries, problem)
    mend = entries["report.mend"].format(mend=told.mend)
    return f"{told.says}\n{mend}" if told.mend else told.says


def _in_repository(path: str, root: Path) -> str:
    """Return *path* as seen from the repository that the catalogue in *root* is a part of."""
    top = next((each for each in (root, *root.parents) if (each / ".git").exists()), root)
    return (root.relative_to(top) / path).as_posix()


FORMS: Mapping[str, Form] = {
    "text": report,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "junit": as_junit,
}

"""What CI is told: pinned, with least rights, and in words that the command understands."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ocopgen.app.cli import main
from ocopgen.build.hosts import TARGETS
from tests.copies import Copy

ROOT = Path(__file__).parent.parent
GITHUB = [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".github/actions/*/action.yml")]
GITLAB = ROOT / ".gitlab" / "catalogue.yml"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
COMMAND = re.compile(r"ocopgen (build|check)((?: [^|>\n]*)?)")


def _read(path: Path) -> Any:  # noqa: ANN401 - what YAML can hold
    return yaml.safe_load(path.read_text("utf-8"))


def _all(value: object, key: str) -> Iterator[Any]:
    """Yield every value of *key*, however deep."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == key:
                yield each
            yield from _all(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _all(each, key)


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_others_wrote_is_pinned_by_its_digest(path: Path) -> None:
    used = [each for each in _all(_read(path), "uses") if not each.startswith("./")]

    assert used
    assert all(PINNED.fullmatch(each) for each in used)
    for each in _all(_read(path), "uses"):
        assert not each.startswith("./") or (ROOT / each).is_dir()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob(".github/workflows/*.yml")), ids=lambda path: path.name
)
def test_a_workflow_has_no_rights_but_those_that_a_job_asks_for(path: Path) -> None:
    workflow = _read(path)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        rights = job.get("permissions", {})
        assert "write" not in rights.get("contents", "")
    for step in _all(workflow, "with"):
        assert step.get("persist-credentials", False) is False


def test_only_what_publishes_keeps_anything_for_the_next_run() -> None:
    jobs = _read(ROOT / ".github/workflows/catalogue.yml")["jobs"]
    gitlab = _read(GITLAB)

    assert list(_all(jobs["look"], "save-cache")) == []
    assert list(_all(jobs["build"], "save-cache")) == ["true"]
    assert "pull_request" in jobs["look"]["if"]
    assert "!= 'pull_request'" in jobs["build"]["if"]
    assert gitlab[".proposed"]["cache"]["policy"] == "pull"
    for name in ("catalogue:try", "catalogue:look"):
        assert gitlab[name]["extends"] == ".proposed"
        assert "cache" not in gitlab[name]
    assert "policy" not in gitlab["pages"]["cache"]


def test_no_job_is_skipped_because_one_before_it_was() -> None:
    jobs = _read(ROOT / ".github/workflows/catalogue.yml")["jobs"]
    after = {name: job for name, job in jobs.items() if "needs" in job}

    # A job without a condition of its own is skipped where anything that it waits for, however
    # far back, was skipped; and one with "!cancelled()" runs though what it needs has failed.
    assert set(after) == {"build", "publish"}
    assert all("!cancelled()" in job["if"] for job in after.values())
    assert "needs.build.result == 'success'" in after["publish"]["if"]


def test_a_proposal_from_a_fork_is_looked_at_though_it_is_told_no_variables() -> None:
    look = _read(ROOT / ".github/workflows/catalogue.yml")["jobs"]["look"]

    assert look["if"] == "github.event_name == 'pull_request'"


def test_a_proposal_takes_the_place_of_the_site_on_no_server() -> None:
    jobs = _read(GITLAB)
    shown = [name for name, job in jobs.items() if isinstance(job, dict) and "pages" in job]

    assert shown == ["catalogue:look"]
    (rule,) = jobs["catalogue:look"]["rules"]
    assert rule["if"].endswith("&& $OCOPGEN_REVIEW_PAGES")
    assert jobs["variables"]["OCOPGEN_REVIEW_PAGES"] == ""


def test_nothing_is_installed_by_a_name_that_anybody_may_register() -> None:
    action = _read(ROOT / ".github/actions/catalogue/action.yml")

    assert action["inputs"]["ocopgen"]["required"] is True
    assert "default" not in action["inputs"]["ocopgen"]
    assert _read(GITLAB)["variables"]["OCOPGEN"] == ""


def _github_build(site: str) -> tuple[str, dict[str, str]]:
    steps = _read(ROOT / ".github/actions/catalogue/action.yml")["runs"]["steps"]
    (step,) = (each for each in steps if each.get("id") == "build")
    given = dict.fromkeys(step["env"], "") | {
        "TARGET": "github",
        "PUBLISHED": site,
        "BASE_URL": "https://ocop.example/tinh/",
        "SUMMARY": "changes.md",
        "GITHUB_OUTPUT": "output",
        "GITHUB_STEP_SUMMARY": "summary",
    }
    return f"set -eo pipefail\n{step['run']}", given


def _gitlab_build(site: str) -> tuple[str, dict[str, str]]:
    jobs = _read(GITLAB)
    _, prepares = jobs[".ocopgen"]["before_script"]
    lines = ["set -e", prepares, *jobs["pages"]["script"]]
    return "\n".join(lines), {**jobs["variables"], "CATALOGUE_URL": site}


@pytest.mark.skipif(sys.platform == "win32", reason="what CI runs is for a shell of Linux")
@pytest.mark.parametrize("build", [_github_build, _gitlab_build], ids=["github", "gitlab"])
def test_what_ci_runs_builds_and_stops_where_it_cannot_see_what_is_online(
    tmp_path: Path, build: Callable[[str], tuple[str, dict[str, str]]]
) -> None:
    village = Copy(tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def run(site: str) -> int:
        script, given = build(site)
        environment = {**os.environ, **given, "PATH": path}
        shell = ["bash" if build is _github_build else "sh", "-c", script]
        return subprocess.run(
            shell, cwd=village.root, env=environment, capture_output=True, check=False
        ).returncode

    assert run("https://127.0.0.1:9/") != 0
    assert not (village.root / "site").exists()
    assert not (village.root / "public").exists()
    assert run("") == 0
    made = next(village.root.glob("[sp]*/index.html")).read_text("utf-8")
    assert ("ocop.example/tinh/" in made) is (build is _github_build)


def test_no_word_of_a_stranger_is_put_into_a_script() -> None:
    for path in GITHUB:
        for script in _all(_read(path), "run"):
            assert "${{ github.event" not in script
            assert "${{ inputs" not in script


def test_every_option_is_one_that_the_command_knows() -> None:
    told = [
        (command, option)
        for path in (*GITHUB, GITLAB)
        for command, words in COMMAND.findall(path.read_text("utf-8"))
        for option in re.findall(r"--[a-z-]+", words)
    ]
    action = (ROOT / ".github/actions/catalogue/action.yml").read_text("utf-8")
    told += [
        ("build", option)
        for words in re.findall(r"words\+?=\(([^)]*)\)", action)
        for option in re.findall(r"--[a-z-]+", words)
    ]
    known = {
        (name, option)
        for name in ("build", "check")
        for each in main.commands[name].params
        for option in each.opts
    }

    assert len(told) > 10
    assert set(told) <= known


def test_every_host_of_the_command_is_one_that_is_known() -> None:
    (choices,) = (each.type for each in main.commands["build"].params if each.name == "target")

    assert list(getattr(choices, "choices", [])) == list(TARGETS)


def test_every_library_is_locked_by_its_digest_and_comes_from_nowhere_in_particular() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / ".github/requirements.txt").read_text("utf-8")
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = dict(re.findall(r"(?m)^([\w.-]+)(?:\[[^]]*\])?==([\w.]+)", lock))

    assert "://" not in lock
    assert lock.count("==") > len(wanted)
    for each in re.split(r"\n(?=\S)", lock.strip()):
        assert "--hash=sha256:" in each, each
    for each in wanted:
        name = re.split(r"[<>=!~;\[ ]", each, maxsplit=1)[0].replace(".", "-")
        exact = re.search(r"==([\w.]+)", each)
        assert name in locked, name
        assert exact is None or locked[name] == exact[1], each

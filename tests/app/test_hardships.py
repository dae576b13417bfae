"""What the machine refuses is told in a sentence and a status, and a preview lives through it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.commands import COMMAND, TODAY, ask, environment, kill, run, start
from tests.copies import Copy

BUILD = ("build", "--today", TODAY)
CAKE = "content/products/banh-la-vi-du/product.yaml"


@pytest.fixture
def village(tmp_path: Path) -> Copy:
    """Return a copy of the village of which nothing was made yet."""
    return Copy(tmp_path)


# --- The disk --------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit to the size of files")
@pytest.mark.parametrize("command", [BUILD, ("check", "--today", TODAY)])
def test_a_disk_that_takes_no_more_ends_with_3(village: Copy, command: tuple[str, ...]) -> None:
    # The nearest thing to a full disk that needs no rights: a limit to what may be written.
    limit = "import resource, os, sys, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)); "
    limit += "os.execv(sys.argv[1], sys.argv[1:])"

    said = subprocess.run(
        [sys.executable, "-c", limit, *COMMAND, *command],
        cwd=village.root,
        # Python itself would keep half a module where it cannot write the whole.
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )

    assert (said.returncode, "Traceback" in said.stderr) == (3, False), said
    assert not list(village.root.rglob("*.tmp"))


@pytest.mark.parametrize("out", [".", "..", "content", "content/site", "/"])
@pytest.mark.parametrize("command", [BUILD, ("clean",)])
def test_what_holds_the_content_is_not_taken_for_the_site(
    village: Copy, command: tuple[str, ...], out: str
) -> None:
    said = run(village.root, *command, "--out", out)

    assert (said.status, "Traceback" in said.err, "remove" in said.err) == (2, False, False)
    assert "where the catalogue itself lies" in said.err


@pytest.mark.parametrize("day", ["nonsense", "2026-02-30", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_nobody_means_ends_with_2(village: Copy, day: str) -> None:
    said = run(village.root, "build", "--today", day)

    assert (said.status, "Traceback" in said.err) == (2, False)


def test_a_library_that_was_removed_is_named(village: Copy) -> None:
    village.write("without/orjson.py", "raise ModuleNotFoundError(name='orjson')\n")
    path = f"{village.root / 'without'}{os.pathsep}{environment()['PYTHONPATH']}"

    said = run(village.root, *BUILD, PYTHONPATH=path)

    assert (said.status, said.err.split("\n")[0]) == (3, "the library orjson is missing")


# --- What stops a build ----------------------------------------------------------------------


def test_a_failed_build_tells_what_stops_it_and_not_what_could_be_better(village: Copy) -> None:
    village.edit(CAKE, "star: 4", "star: 2")

    said = run(village.root, *BUILD)

    assert said.out.startswith(f"{CAKE}:12:11: ")
    assert "warning: " not in said.out
    assert said.out.splitlines()[-1].startswith("1 fault, ")


def test_a_check_tells_first_what_stops_a_build(village: Copy) -> None:
    village.edit(CAKE, "star: 4", "star: 2")

    said = run(village.root, "check", "--today", TODAY)

    assert said.out.startswith(f"{CAKE}:12:11: ")
    assert "suggestion: " in said.out.split("\n\n")[-2]


@pytest.mark.parametrize(("times", "status"), [(2, 0), (9, 3)])
def test_what_is_saved_again_and_again_while_it_is_built_is_made_again_or_told(
    village: Copy, times: int, status: int
) -> None:
    # A person who saves at the wrong moment: the template changes after the pages were planned.
    template = village.root / "templates" / "parts" / "restless.html"
    asks = (
        "import pathlib; from ocopgen.build import site; from ocopgen.app.cli import main\n"
        f"path, left, execute = pathlib.Path({str(template)!r}), [{times}], site.execute\n"
        "def restless(plan, *rest):\n"
        "    if left[0]:\n"
        "        left[0] -= 1\n"
        "        path.parent.mkdir(parents=True, exist_ok=True)\n"
        "        path.write_text('x' * left[0])\n"
        "        for output in plan.values(): rest[0].drop(output.key)\n"
        "    return execute(plan, *rest)\n"
        "site.execute = restless\n"
        f"main({list(BUILD)!r})"
    )

    said = ask(village.root, asks)

    assert (said.status, "Traceback" in said.err) == (status, False), said
    assert ("kept changing" in said.err) is (status == 3)


# --- serve -----------------------------------------------------------------------------------


def test_an_address_that_is_not_ours_ends_with_2(village: Copy) -> None:
    said = run(village.root, "serve", "--today", TODAY, "--host", "host.invalid")

    assert (said.status, "Traceback" in said.err) == (2, False)
    assert "host.invalid" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_preview_lives_through_trouble_of_the_machine(village: Copy) -> None:
    running = start(village.root, "serve", "--today", TODAY, "--port", "18805")
    try:
        assert running.stdout
        running.stdout.readline()
        while not (village.root / ".ocopgen" / "memory.lines").exists():
            time.sleep(0.05)  # search is made after the pages, and then all is written down
        shutil.rmtree(village.root / ".ocopgen" / "store")
        village.write(".ocopgen/store", "a file where a folder should be")
        village.edit(CAKE, "Example leaf cake", "Example leaf bun")
        said = [running.stdout.readline() for _ in range(3)]
        (village.root / ".ocopgen" / "store").unlink()
        village.edit(CAKE, "Example leaf bun", "Example leaf pie")
        said += [running.stdout.readline() for _ in range(2)]
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(timeout=20)
        finally:
            kill(running)

    assert "still shows the last good site" in said[0]
    assert ".ocopgen/store" in said[2]
    assert "rebuilt in" in said[4]
    assert running.returncode == 0

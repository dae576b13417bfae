"""The commands do what they say, and their exit status tells programs how it went."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ocopgen.base.digest import digest_of_bytes
from tests.app.commands import TODAY, ask, environment, kill, run, start
from tests.copies import Copy

BUILD = ("build", "--today", TODAY)
CAKE = "content/products/banh-la-vi-du/product.yaml"
MANIFEST = "ocopgen-manifest.json"
HEAVY = ("jinja2", "babel", "PIL", "markdown_it", "rich", "watchfiles")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the village, built once; each test works on a copy of it."""
    village = Copy(tmp_path_factory.mktemp("built"))
    said = run(village.root, *BUILD)
    assert said.status == 0, said
    return village.root


@pytest.fixture
def village(tmp_path: Path, built: Path) -> Copy:
    """Return a copy of the village with the store of an earlier build, and no site."""
    copy = Copy(tmp_path)
    shutil.copytree(built / ".ocopgen", copy.root / ".ocopgen")
    return copy


# --- build -----------------------------------------------------------------------------------


def test_a_build_says_what_it_made(tmp_path: Path) -> None:
    village = Copy(tmp_path)

    said = run(village.root, *BUILD)

    assert (said.status, "Worth a look" in said.err) == (0, True)
    assert said.out.startswith("Built site/ in ")
    assert "116 pages (116 made anew)" in said.out
    assert "3 pictures (3 made anew)" in said.out
    assert _is_whole(village.root / "site")


def test_a_second_build_says_that_nothing_changed(village: Copy) -> None:
    run(village.root, *BUILD)

    said = run(village.root, *BUILD)

    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Nothing has changed, site/ is up to date")


def test_a_file_that_is_copied_as_it_is_is_no_reason_to_build_again(village: Copy) -> None:
    village.write("assets/root/.well-known/security.txt", "Contact: a")
    first, second = run(village.root, *BUILD), run(village.root, *BUILD)
    village.write("assets/root/.well-known/security.txt", "Contact: b")
    third = run(village.root, *BUILD)

    assert [each.out.split()[0] for each in (first, second, third)] == ["Built", "Nothing", "Built"]
    assert (village.root / "site/.well-known/security.txt").read_text() == "Contact: b"


def test_when_nothing_changed_nothing_heavy_is_loaded(village: Copy) -> None:
    run(village.root, *BUILD)
    asks = (
        "import sys; from ocopgen.app.cli import main\n"
        f"try: main({list(BUILD)!r})\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    said = ask(village.root, asks)

    assert said.status == 0
    assert said.out.splitlines()[0].startswith("Nothing has changed")
    assert said.out.splitlines()[-1] == "[]"


def test_an_edit_makes_its_pages_alone(village: Copy) -> None:
    run(village.root, *BUILD)
    village.edit(CAKE, "max: 60.000", "max: 65.000")

    said = run(village.root, *BUILD)

    assert "116 pages (2 made anew), 3 pictures (0 made anew)" in " ".join(said.out.split())


def test_a_file_taken_out_of_the_site_by_hand_comes_back(village: Copy) -> None:
    run(village.root, *BUILD)
    (village.root / "site" / "index.html").unlink()

    said = run(village.root, *BUILD)

    assert said.out.startswith("Built")
    assert _is_whole(village.root / "site")


def test_what_was_kept_and_went_bad_is_made_again(village: Copy) -> None:
    run(village.root, *BUILD)
    for entry in (village.root / ".ocopgen" / "store").glob("*/*"):
        entry.write_bytes(entry.read_bytes()[:-1])
    village.edit(CAKE, "max: 60.000", "max: 65.000")
    shutil.rmtree(village.root / "site")

    said = run(village.root, *BUILD)

    assert said.status == 0, said
    assert _is_whole(village.root / "site")


def test_without_its_cache_a_build_comes_to_the_same(village: Copy, built: Path) -> None:
    run(village.root, *BUILD, "--fresh", "--jobs", "2")

    assert _bytes(village.root / "site") == _bytes(built / "site")


def test_no_setting_of_the_machine_shapes_the_search_index(village: Copy, built: Path) -> None:
    said = run(village.root, *BUILD, PAGEFIND_EXCLUDE_SELECTORS="p")

    sizes = [
        sum(path.stat().st_size for path in (root / "site").rglob("*.pf_fragment"))
        for root in (village.root, built)
    ]
    assert (said.status, sizes[0]) == (0, sizes[1])


def test_a_fresh_build_trusts_nothing_that_is_in_the_site(village: Copy) -> None:
    run(village.root, *BUILD)
    page = village.root / "site" / "en" / "index.html"
    right, stat = page.read_bytes(), page.stat()
    page.write_bytes(right[:-2] + b"!\n")
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    run(village.root, *BUILD, "--fresh")

    assert page.read_bytes() == right


def test_another_day_makes_another_site(village: Copy) -> None:
    run(village.root, *BUILD)

    said = run(village.root, "build", "--today", "2027-02-01")

    former = (village.root / "site/en/lapsed/index.html").read_text("utf-8")
    assert said.out.startswith("Built")
    assert "Imaginary honey" in former


def test_the_day_may_come_from_the_environment(village: Copy, built: Path) -> None:
    noon = "1795428000"  # 2026-11-23 at noon in Vietnam

    run(village.root, "build", SOURCE_DATE_EPOCH=noon)

    assert _bytes(village.root / "site") == _bytes(built / "site")


def test_the_site_may_stand_elsewhere(village: Copy, tmp_path: Path) -> None:
    said = run(village.root, *BUILD, "--out", str(tmp_path / "other"))

    assert said.out.startswith("Built other/")
    assert _is_whole(tmp_path / "other")
    assert not (village.root / "site").exists()


def test_a_build_finds_its_catalogue_from_a_folder_inside(village: Copy) -> None:
    said = run(village.root / "content" / "products", *BUILD)

    assert said.status == 0
    assert (village.root / "site" / "index.html").is_file()


def test_a_fault_ends_with_1_and_leaves_the_site(village: Copy) -> None:
    run(village.root, *BUILD)
    before = _bytes(village.root / "site")
    village.edit(CAKE, "star: 4", "star: 2")

    said = run(village.root, *BUILD)

    assert said.status == 1
    assert f"{CAKE}:12:11: " in said.out
    assert "Traceback" not in said.err
    assert _bytes(village.root / "site") == before


# --- Wrong use -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["bulid"], id="no such command"),
        pytest.param(["build", "--fast"], id="no such option"),
        pytest.param(["build", "--jobs", "0"], id="no process"),
        pytest.param(["build", "--today", "23.11.2026"], id="no such day"),
        pytest.param(["check", "--format", "xml"], id="no such form"),
        pytest.param(["check", "--lang", "fr"], id="no such language"),
    ],
)
def test_wrong_use_ends_with_2(village: Copy, words: list[str]) -> None:
    said = run(village.root, *words)

    assert (said.status, said.out) == (2, "")
    assert said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["bulid"], "--help» để xem cách dùng."),
        (["build", "--fast"], "build --help» để xem cách dùng."),
        (["build", "--jobs", "0"], "build --help» để xem cách dùng."),
    ],
)
def test_wrong_use_leads_to_help_in_vietnamese_too(
    village: Copy, words: list[str], hint: str
) -> None:
    said = run(village.root, *words)

    assert said.err.splitlines()[-1].startswith("Gõ «")
    assert said.err.splitlines()[-1].endswith(hint)


def test_a_folder_without_content_is_wrong_use(tmp_path: Path) -> None:
    said = run(tmp_path, *BUILD)

    assert said.status == 2
    assert "Traceback" not in said.err


def test_a_clock_that_is_none_is_wrong_use(village: Copy) -> None:
    assert run(village.root, "build", SOURCE_DATE_EPOCH="noon").status == 2


@pytest.mark.parametrize("words", [BUILD, ("clean",)])
def test_a_folder_that_somebody_else_made_is_left_alone(
    village: Copy, words: tuple[str, ...]
) -> None:
    village.write("site/thesis.txt", "years of work")

    said = run(village.root, *words)

    assert said.status == 2
    assert [path.name for path in (village.root / "site").iterdir()] == ["thesis.txt"]


# --- Trouble of the machine ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "told"),
    [
        pytest.param("raise FileNotFoundError", "Pagefind", id="missing"),
        pytest.param("return '/bin/false'", "Pagefind", id="failing"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Pagefind is a Unix program")
def test_without_pagefind_a_build_ends_with_3(
    tmp_path: Path, program: str, told: str, built: Path
) -> None:
    village = Copy(tmp_path / "here")
    stand_in = f"def get_executable():\n    {program}\n"
    village.write("programs/pagefind_bin/__init__.py", stand_in)
    path = f"{village.root / 'programs'}{os.pathsep}{environment()['PYTHONPATH']}"

    said = run(village.root, *BUILD, PYTHONPATH=path)

    assert (built / "site").is_dir()
    assert (said.status, told in said.err, "Traceback" in said.err) == (3, True, False)
    assert not (village.root / "site").exists()


def test_a_place_where_nothing_can_be_written_ends_with_3(village: Copy) -> None:
    village.write("taken", "a file where a folder should be")

    said = run(village.root, *BUILD, "--out", str(village.root / "taken" / "site"))

    assert said.status == 3, said
    assert "Traceback" not in said.err


# --- Two at once -----------------------------------------------------------------------------


def test_two_builds_at_once_do_not_mix(village: Copy) -> None:
    both = [start(village.root, *BUILD, "--fresh") for _ in range(2)]
    said = [running.communicate(timeout=120) for running in both]

    assert [running.returncode for running in both] == [0, 0], said
    assert _is_whole(village.root / "site")


def test_two_builds_that_share_nothing_but_the_site_do_not_mix(village: Copy) -> None:
    both = [start(village.root, *BUILD, OCOPGEN_CACHE=f"own-{number}") for number in range(2)]
    said = [running.communicate(timeout=120) for running in both]

    assert [running.returncode for running in both] == [0, 0], said
    assert _is_whole(village.root / "site")


@pytest.mark.parametrize("held", [".ocopgen", ".site.spare"])
def test_the_second_of_two_builds_waits_and_says_so(village: Copy, held: str) -> None:
    asks = (
        "import sys, time; from pathlib import Path\n"
        "from ocopgen.build.publish import hold\n"
        f"with hold(Path({held!r}), 1, lambda: None):\n"
        "    print('held', flush=True); time.sleep(2.5)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", asks],
        cwd=village.root,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout
    assert first.stdout.readline() == "held\n"

    said = run(village.root, *BUILD)
    first.communicate()

    assert (said.status, "Another build is running" in said.err) == (0, True)


# --- check -----------------------------------------------------------------------------------


def test_a_check_tells_warnings_and_ends_well(village: Copy) -> None:
    said = run(village.root, "check", "--today", TODAY)

    assert said.status == 0
    assert "warning: " in said.out
    assert re.fullmatch(r"\d+ warnings, \d+ suggestions", said.out.splitlines()[-1])


def test_a_strict_check_refuses_warnings(village: Copy) -> None:
    assert run(village.root, "check", "--strict", "--today", TODAY).status == 1


def test_a_check_speaks_vietnamese_when_asked(village: Copy) -> None:
    said = run(village.root, "check", "--today", TODAY, "--lang", "vi")

    assert "gợi ý: " in said.out


def test_a_check_for_programs_is_json(village: Copy) -> None:
    village.edit(CAKE, "star: 4", "star: 2")

    said = run(village.root, "check", "--today", TODAY, "--format", "json")

    faults = [row for row in json.loads(said.out) if row["level"] == "fault"]
    assert said.status == 1
    assert [(row["path"], row["line"], row["code"]) for row in faults] == [(CAKE, 12, "star.range")]


def test_all_faults_of_all_templates_are_json_too(village: Copy) -> None:
    village.write("templates/pages/home.html", "{% include page.name %}")
    village.write("templates/pages/404.html", "{{ t('no.words') }}")

    said = run(village.root, "check", "--today", TODAY, "--format", "json")

    faults = {row["path"]: row["code"] for row in json.loads(said.out) if row["level"] == "fault"}
    assert faults == {
        "templates/pages/home.html": "template.computed",
        "templates/pages/404.html": "template.message",
    }


@pytest.mark.parametrize("words", [[], ["--strict"]])
def test_a_check_needs_no_place_to_keep_things(village: Copy, words: list[str]) -> None:
    shutil.rmtree(village.root / ".ocopgen")
    village.write(".ocopgen", "a file where a folder should be")

    said = run(village.root, "check", "--today", TODAY, *words)

    assert said.status == len(words), said
    assert re.fullmatch(r"\d+ warnings, \d+ suggestions", said.out.splitlines()[-1])


def test_a_check_leaves_no_site(village: Copy) -> None:
    run(village.root, "check", "--today", TODAY)

    assert not (village.root / "site").exists()


# --- clean -----------------------------------------------------------------------------------


def test_cleaning_removes_what_was_made_and_nothing_else(village: Copy) -> None:
    run(village.root, *BUILD)

    said = run(village.root, "clean")

    assert said.status == 0
    left = {path.name for path in village.root.iterdir()}
    assert left - {".ocopgen"} == {"assets", "content", "templates"}
    assert not list((village.root / ".ocopgen").glob("*/*"))


@pytest.mark.parametrize("words", [BUILD, ("check", "--today", TODAY)], ids=["build", "check"])
def test_git_passes_over_what_is_made_and_kept(tmp_path: Path, words: tuple[str, ...]) -> None:
    village = Copy(tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=village.root, check=True)

    run(village.root, *words)
    run(village.root, *words)

    listed = ("git", "ls-files", "--others", "--exclude-standard")
    shown = subprocess.check_output(listed, cwd=village.root, text=True).splitlines()
    assert {path.split("/")[0] for path in shown} - {"site"} == {"assets", "content", "templates"}
    assert not (village.root / "site" / ".gitignore").exists()


def test_in_a_folder_of_somebody_s_own_nothing_is_marked(village: Copy, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()

    run(village.root, *BUILD, OCOPGEN_CACHE=str(tmp_path / "mine"))

    assert (tmp_path / "mine" / "store").is_dir()
    assert not (tmp_path / "mine" / ".gitignore").exists()


# --- serve -----------------------------------------------------------------------------------


@pytest.fixture
def port(village: Copy) -> Iterator[int]:
    """Return the port at which the village is shown while somebody edits it."""
    running = start(village.root, "serve", "--today", TODAY, "--port", "18765")
    try:
        assert running.stdout
        line = running.stdout.readline()
        yield int(line.split("127.0.0.1:")[1].split("/")[0])
    finally:
        running.terminate()
        running.communicate(timeout=20)


def test_the_preview_follows_every_change(village: Copy, port: int) -> None:
    draft = _get(port, "/ocop/en/goods/hat-con-nhap/")
    village.edit(CAKE, "Example leaf cake", "Example leaf bun")
    changed = _wait_for(port, "/ocop/en/goods/banh-la-vi-du/", "Example leaf bun")
    village.edit(CAKE, "star: 4", "star: 9")
    village.edit(CAKE, "Example leaf bun", "Example leaf pie")
    time.sleep(1)
    kept = _get(port, "/ocop/en/goods/banh-la-vi-du/")
    village.edit(CAKE, "star: 9", "star: 5")
    mended = _wait_for(port, "/ocop/en/goods/banh-la-vi-du/", "Example leaf pie")

    assert "Draft seeds" in draft
    assert "Example leaf bun" in changed
    assert "Example leaf bun" in kept
    assert "5 stars" in mended


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal for another process")
def test_the_preview_ends_when_it_is_asked_to(village: Copy) -> None:
    running = start(village.root, "serve", "--today", TODAY, "--port", "18785")
    try:
        assert running.stdout
        running.stdout.readline()
        time.sleep(0.5)

        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    finally:
        kill(running)

    assert (running.returncode, out) == (0, "The preview has stopped.\n")
    assert err == "Building the site for the preview…\n"


def test_the_preview_says_first_of_all_that_it_is_at_work(village: Copy) -> None:
    running = start(village.root, "serve", "--today", TODAY, "--port", "18825")
    try:
        assert running.stderr
        assert running.stderr.readline() == "Building the site for the preview…\n"
    finally:
        kill(running)


def test_the_preview_makes_again_what_was_removed_under_it(village: Copy, port: int) -> None:
    run(village.root, "clean")

    assert "Example leaf cake" in _wait_for(port, "/ocop/en/goods/banh-la-vi-du/", "leaf cake")


def test_the_preview_follows_folders_that_are_made_under_it(village: Copy, port: int) -> None:
    (village.root / "templates").rename(village.root / "aside")
    time.sleep(2.5)
    (village.root / "aside").rename(village.root / "templates")
    time.sleep(2.5)
    village.write("templates/pages/home.html", "<p>A new beginning</p>")

    assert "A new beginning" in _wait_for(port, "/ocop/en/", "A new beginning")


def test_the_preview_follows_files_that_are_copied_as_they_are(village: Copy, port: int) -> None:
    for text in ("Contact: a", "Contact: b"):
        village.write("assets/root/.well-known/security.txt", text)

        assert _wait_for(port, "/ocop/.well-known/security.txt", text) == text


def _get(port: int, address: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", address)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def _wait_for(port: int, address: str, word: str) -> str:
    """Return what stands at *address* as soon as it has *word*, or after some seconds."""
    end = time.monotonic() + 20
    text = _get(port, address)
    while word not in text and time.monotonic() < end:
        time.sleep(0.1)
        text = _get(port, address)
    return text


# --- What a finished site is -----------------------------------------------------------------


def _bytes(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every page and photo in *folder*."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix in {".html", ".webp", ".jpg"}
    }


def _is_whole(site: Path) -> bool:
    """Tell whether *site* holds exactly the files that its manifest lists, byte for byte."""
    listed = json.loads((site / MANIFEST).read_bytes())["files"]
    found = {
        path.relative_to(site).as_posix(): digest_of_bytes(path.read_bytes())
        for path in site.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return bool(listed == found)


def test_a_build_looks_at_files_once_and_holds_nothing(village: Copy) -> None:
    asks = (
        "from ocopgen.app import cli, run\n"
        "from ocopgen.build import ground\n"
        "load = ground.load\n"
        "def watched(root, memory, problems):\n"
        "    found = load(root, memory, problems)\n"
        "    seen = memory.sight\n"
        "    print(memory.lasts, len(seen.stamps) > 100, len(seen.folders) > 20)\n"
        "    return found\n"
        "ground.load = watched\n"
        f"cli.main({list(BUILD)!r})\n"
    )

    first = ask(village.root, asks)
    village.edit(CAKE, r"^summary:\n  vi: ", "summary:\n  vi: Nhà làm, ")
    second = ask(village.root, asks)

    # Names are looked at anew where all files were read in between.
    assert first.out.splitlines()[0] == "False True False"
    assert second.out.splitlines()[0] == "False True True"


def test_a_large_site_that_still_stands_is_seen_by_two_processes(village: Copy) -> None:
    asks = (
        "import os\n"
        "from ocopgen.app import cli\n"
        "from ocopgen.build import held, pool, trace\n"
        "pool.may_fork, pool.usable_cores = lambda: hasattr(os, 'fork'), lambda: 2\n"
        "held._LARGE = trace._MANY = 1\n"
        "before, asked = held.side_by_side, []\n"
        "def watched(shares):\n"
        "    asked.append(list(shares))\n"
        "    return before(asked[-1])\n"
        "held.side_by_side = watched\n"
        "try:\n"
        f"    cli.main({list(BUILD)!r})\n"
        "finally:\n"
        "    print(*map(len, asked))\n"
    )

    def build() -> list[str]:
        said = ask(village.root, asks)
        assert said.status == 0
        return said.out.splitlines()

    assert build()[-1] == ""
    told, asked = build()
    assert told.startswith("Nothing has changed, site/ is up to date")
    assert asked == "2"
    page = village.root / "site" / "index.html"
    page.write_bytes(b"edited by hand")
    assert not build()[0].startswith("Nothing has changed")
    assert page.read_bytes() != b"edited by hand"

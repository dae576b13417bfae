"""Whatever the machine does to a build, the site is whole, old or new, and the next build is right.

`make test-faults` injects every fault twenty times (OCOPGEN_FAULTS says how often); a plain run
injects once what no other test does to the real command.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.app.commands import COMMAND, TODAY, Said, environment, kill, run, start
from tests.app.wholeness import CAKE, HAT, STATES, Watcher, edit, is_whole, pages_of
from tests.copies import Copy

TIMES = int(os.environ.get("OCOPGEN_FAULTS", "0"))
BUILD = ("build", "--today", TODAY)
PHOTO = "content/products/banh-la-vi-du/khay-banh.jpg"
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Root may read everything, unless it gives that up."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are those of Linux")
State = tuple[bool, bool]
"""Which name the cake has, and whether the hat is there."""


@dataclass
class Bench:
    """A village on a disk of its own, whose builds meet trouble."""

    village: Copy
    chance: random.Random
    right: dict[State, dict[str, bytes]]
    """The pages that each state of the content comes to."""

    @property
    def site(self) -> Path:
        return self.village.root / "site"

    @property
    def cache(self) -> Path:
        return self.village.root / ".ocopgen"

    def state(self) -> State:
        return STATES[0] in self.village.read(CAKE), (self.village.root / HAT).exists()

    def moment(self) -> float:
        """Return some seconds, within what a build takes."""
        return self.chance.uniform(0.05, 2.5)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Return a village on a small disk, built in each of its states."""
    disk = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        village = Copy(disk)
        bench = Bench(village, random.Random(TIMES), {})  # noqa: S311 - moments, not secrets
        for number in range(4 if TIMES else 2):
            edit(village)
            if number == 2:
                _rename(village)
            assert run(village.root, *BUILD).status == 0
            bench.right[bench.state()] = pages_of(bench.site)
        assert len(bench.right) == (4 if TIMES else 2)
        yield bench
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _rename(village: Copy) -> None:
    here, there = STATES if STATES[0] in village.read(CAKE) else STATES[::-1]
    village.edit(CAKE, here, there)


# --- The faults ------------------------------------------------------------------------------


def full_disk(bench: Bench) -> Said:
    """Leave the disk with room for a few files."""
    filler = bench.village.root.parent / "filler"
    room = shutil.disk_usage(filler.parent).free - bench.chance.randrange(60_000)
    filler.write_bytes(bytes(max(room, 0)))
    said = run(bench.village.root, *BUILD)
    filler.unlink()
    return said


def read_only_disk(bench: Bench) -> Said:
    """Let nobody write."""
    disk = str(bench.village.root.parent)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        return run(bench.village.root, *BUILD)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


def forbidden_picture(bench: Bench) -> Said:
    """Let nobody read one picture."""
    photo = bench.village.root / PHOTO
    photo.write_bytes(photo.read_bytes())
    photo.chmod(0)
    try:
        done = subprocess.run(
            [*WITHOUT_RIGHTS, *COMMAND, *BUILD],
            cwd=bench.village.root,
            env=environment(),
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        return Said(done.returncode, done.stdout, done.stderr)
    finally:
        photo.chmod(0o644)


def killed_worker(bench: Bench) -> Said:
    """Kill one of the processes that help."""
    shutil.rmtree(bench.cache / "store", ignore_errors=True)
    running = start(bench.village.root, *BUILD, "--jobs", "2")
    while running.poll() is None:
        workers = list(_workers(running.pid))
        if workers:
            time.sleep(bench.chance.uniform(0, 0.8))
            for worker in workers[:1]:
                _end(worker)
            break
        time.sleep(0.01)
    out, err = running.communicate(timeout=120)
    return Said(running.returncode, out, err)


def _workers(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        for child in map(int, children.split()):
            if b"pagefind" not in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child
    except OSError:
        return


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def no_pagefind(bench: Bench) -> Said:
    """Take Pagefind away, or let it fail."""
    shutil.rmtree(bench.cache / "store", ignore_errors=True)
    program = bench.chance.choice(("raise FileNotFoundError", "return '/bin/false'"))
    stand_in = f"def get_executable():\n    {program}\n"
    bench.village.write("programs/pagefind_bin/__init__.py", stand_in)
    path = f"{bench.village.root / 'programs'}{os.pathsep}{environment()['PYTHONPATH']}"
    return run(bench.village.root, *BUILD, PYTHONPATH=path)


def wrong_clock(bench: Bench) -> Said:
    """Let everything seem to be of another time, as after a clock was set back."""
    now = time.time()
    for path in bench.village.root.rglob("*"):
        if bench.chance.random() < 0.5:
            moment = now + bench.chance.uniform(-3e8, 3e7)
            os.utime(path, (moment, moment), follow_symlinks=False)
    return run(bench.village.root, *BUILD)


def two_at_once(bench: Bench) -> Said:
    """Build twice at the same time."""
    both = [start(bench.village.root, *BUILD) for _ in range(2)]
    said = [running.communicate(timeout=240) for running in both]
    worst = max(running.returncode for running in both)
    return Said(worst, said[0][0] + said[1][0], said[0][1] + said[1][1])


def unplugged(bench: Bench) -> Said:
    """End everything at some moment."""
    if bench.chance.random() < 0.3:
        shutil.rmtree(bench.cache / "store", ignore_errors=True)
    running = start(bench.village.root, *BUILD, "--jobs", "2")
    time.sleep(bench.moment())
    kill(running)
    return Said(0, "", "")


def corrupt_cache(bench: Bench) -> Said:
    """Change, shorten or remove what was kept."""
    kept = sorted(path for path in bench.cache.rglob("*") if path.is_file())
    for path in bench.chance.sample(kept, min(40, len(kept))):
        content = bytearray(path.read_bytes())
        match bench.chance.randrange(3):
            case 0 if content:
                content[bench.chance.randrange(len(content))] ^= 0xFF
            case 1:
                del content[len(content) // 2 :]
            case _:
                path.unlink()
                continue
        path.write_bytes(content)
    return run(bench.village.root, *BUILD)


def changing_file(bench: Bench) -> Said:
    """Save a file again and again while it is read."""
    done = Event()

    def save() -> None:
        while not done.wait(bench.chance.uniform(0.001, 0.05)):
            _rename(bench.village)

    thread = Thread(target=save)
    thread.start()
    try:
        return run(bench.village.root, *BUILD)
    finally:
        done.set()
        thread.join()


@dataclass(frozen=True)
class Fault:
    """What is done to a build, and how it may end."""

    inject: Callable[[Bench], Said]
    statuses: frozenset[int]
    always: bool = False
    """Whether a plain run injects it too: no other test does."""


FAULTS = {
    each.inject.__name__: each
    for each in (
        Fault(full_disk, frozenset({0, 3})),
        Fault(read_only_disk, frozenset({3})),
        Fault(forbidden_picture, frozenset({1, 3}), always=True),
        Fault(killed_worker, frozenset({0, 3}), always=True),
        Fault(no_pagefind, frozenset({3})),
        Fault(wrong_clock, frozenset({0})),
        Fault(two_at_once, frozenset({0})),
        Fault(unplugged, frozenset({0})),
        Fault(corrupt_cache, frozenset({0})),
        Fault(changing_file, frozenset({0, 3})),
    )
}


@pytest.mark.parametrize("name", [name for name, each in FAULTS.items() if TIMES or each.always])
def test_the_site_is_whole_whatever_happens(bench: Bench, name: str) -> None:
    fault = FAULTS[name]
    with Watcher(bench.site) as watcher:
        for number in range(max(TIMES, 1)):
            edit(bench.village)
            said = fault.inject(bench)
            place = f"{name}, time {number + 1}: {said}"
            assert said.status in fault.statuses, place
            assert "Traceback" not in said.err, place
            assert said.status == 0 or said.err or said.out, place
            assert is_whole(bench.site), place
            assert pages_of(bench.site) in bench.right.values(), place

            again = run(bench.village.root, *BUILD)
            assert again.status == 0, again
            assert is_whole(bench.site), place
            assert pages_of(bench.site) == bench.right[bench.state()], place
    assert watcher.faults == []

"""Run a command, and tell what it cost: time, the processor's time, and memory."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost."""

    wall: float
    """Seconds from its start until its end."""
    cpu: float
    """Seconds of the processor, in all its processes."""
    memory: float
    """Megabytes at the highest, in all its processes together; what they share is counted once."""


def cost(command: Sequence[str], folder: Path, **environment: str) -> Cost:
    """Return what *command* costs in *folder*; raises CalledProcessError where it fails."""
    start = time.perf_counter()
    # Its own words are of no use, unless it fails.
    with Path(os.devnull).open("w") as nowhere:
        running = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=nowhere,
            stderr=subprocess.PIPE,
        )
    watch = _Watch(running.pid)
    watch.start()
    said = running.stderr.read() if running.stderr else b""
    _, status, used = os.wait4(running.pid, 0)
    wall = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    watch.end()
    if running.returncode:
        sys.stderr.write(said.decode(errors="replace"))
        raise subprocess.CalledProcessError(running.returncode, list(command))
    return Cost(wall, used.ru_utime + used.ru_stime, watch.highest)


class _Watch(threading.Thread):
    """Looks now and then at the memory of a process and of all that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.highest = 0.0

    def run(self) -> None:
        """Look until the end."""
        while not self._over.wait(_PAUSE):
            now = sum(_memory(pid) for pid in _family(self._pid))
            self.highest = max(self.highest, now / 1024)

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    """Yield *pid* and all processes that come from it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the kilobytes of *pid*, with its share of what several processes hold."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # over by now
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)

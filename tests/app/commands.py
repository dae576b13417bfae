"""Give the real command to a copy of the village, as people do."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent.parent
TODAY = "2026-11-23"
_LEFT_OUT = {"SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE"}
COMMAND = [sys.executable, "-m", "ocopgen"]


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which the command speaks English, and finds this checkout."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "en_GB.UTF-8", **more}


def run(root: Path, *words: str, **more: str) -> Said:
    """Run ocopgen with *words* in the folder *root*, with *more* in its environment."""
    return _said([*COMMAND, *words], root, **more)


def ask(root: Path, program: str) -> Said:
    """Run the Python *program*, which may bend what the command rests on, in the folder *root*."""
    return _said([sys.executable, "-c", program], root)


def _said(command: list[str], root: Path, **more: str) -> Said:
    done = subprocess.run(
        command,
        cwd=root,
        env=environment(**more),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def start(root: Path, *words: str, **more: str) -> "subprocess.Popen[str]":
    """Start ocopgen with *words* in the folder *root*, as a group of processes of its own."""
    return subprocess.Popen(
        [*COMMAND, *words],
        cwd=root,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=None if os.name == "nt" else _hear_interrupts,  # noqa: PLW1509 - no locks here
    )


def _hear_interrupts() -> None:
    """Undo what a shell does to tests that run in its background, which hear no Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def kill(running: "subprocess.Popen[str]") -> None:
    """End *running* and whatever it started, at once and without a word."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()

"""Let Atheris look, door by door, for bytes that are neither read nor told of.

    python -m tests.measures.fuzz_doors ATHERIS SECONDS [DOOR...]

ATHERIS is the folder that Atheris is installed in; each DOOR of tests/doors.py gets SECONDS, all of
them where none is named. Unlike Hypothesis, Atheris sees which bytes lead where none led before,
and goes on from these. Bytes that end in an exception are printed, and left in fuzz-DOOR-*.
"""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

LIMITS = ("-max_len=20000", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1")
"""Bytes of an input, seconds for one of them, and megabytes for all."""
CHECKOUT = Path(__file__).parent.parent.parent


def main(atheris: str, seconds: str, named: list[str]) -> int:
    """Try each door in a process of its own, and return how many gave way."""
    from tests.doors import DOORS

    environment = {**os.environ, "PYTHONPATH": str(Path(atheris).resolve())}
    gave_way = 0
    for door in named or DOORS:
        print(f"{door}: {seconds} s", flush=True)
        command = [sys.executable, "-m", "tests.measures.fuzz_doors", "--enter", door, *LIMITS]
        command += [f"-max_total_time={seconds}", f"-artifact_prefix=fuzz-{door}-"]
        ended = subprocess.run(command, check=False, cwd=CHECKOUT, env=environment)
        gave_way += ended.returncode != 0
    return gave_way


def enter(door: str, options: list[str]) -> None:
    """Run libFuzzer with *options* at *door*, which never returns."""
    atheris = import_module("atheris")  # not every system and Python has it
    # Some rooms are entered, and imported, only at the first input that needs them.
    with atheris.instrument_imports(include=["ocopgen"]), tempfile.TemporaryDirectory() as folder:
        from tests.doors import DOORS

        corpus, work = Path(folder, "corpus"), Path(folder, "work")
        corpus.mkdir()
        work.mkdir()
        for number, sound in enumerate(DOORS[door].sound):
            (corpus / str(number)).write_bytes(sound)
        atheris.Setup([sys.argv[0], *options, str(corpus)], DOORS[door].opened(work))
        atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--enter":
        enter(sys.argv[2], sys.argv[3:])
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))

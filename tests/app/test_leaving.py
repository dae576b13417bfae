"""A command ends at once, and loses nothing by that."""

import subprocess
import sys

import pytest


def _run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


def _ended(code: str, first: str = "") -> "subprocess.CompletedProcess[str]":
    return _run("-c", f"{first}\nfrom ocopgen.app.leaving import leave\nleave({code})\nprint(1)")


@pytest.mark.parametrize(("code", "found"), [("None", 0), ("0", 0), ("3", 3)])
def test_nothing_comes_after_it(code: str, found: int) -> None:
    ended = _ended(code)

    assert (ended.returncode, ended.stdout, ended.stderr) == (found, "", "")


def test_what_was_said_before_is_heard() -> None:
    ended = _ended("2", "import sys; print('Đã tạo'); sys.stderr.write('Còn lỗi')")

    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (2, "Đã tạo", "Còn lỗi")


def test_what_is_to_happen_at_the_end_happens() -> None:
    assert _ended("0", "import atexit; atexit.register(print, 'dọn xong')").stdout == "dọn xong\n"


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("'a word'", ""),
        (
            "0",
            "from threading import Event, Thread; Thread(target=Event().wait, daemon=True).start()",
        ),
    ],
)
def test_what_is_not_so_simple_is_left_to_python(code: str, first: str) -> None:
    assert _ended(code, first).stdout == "1\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--version",), 0), (("build", "--no-such-option"), 2), (("check", "/"), 2)],
)
def test_commands_end_with_their_code(words: tuple[str, ...], code: int) -> None:
    ended = _run("-m", "ocopgen", *words)

    assert ended.returncode == code
    assert ended.stdout or ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_is_gone_is_no_fault_of_the_program() -> None:
    ended = subprocess.run(  # noqa: S602 - our own words
        f"{sys.executable} -m ocopgen --help | true", shell=True, capture_output=True, check=False
    )

    assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False)

"""Whatever bytes stand in a file, the catalogue is read, or told of: nothing else happens.

`make fuzz` tries a thousand times as many.
"""

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.build.site import prepare
from ocopgen.content.boundaries import PATH
from tests.content.hamlet import copy, problems_of
from tests.copies import TODAY
from tests.doors import (
    CSV,
    ODS,
    PRODUCT,
    STORY,
    TRICKS,
    as_ods,
    pictures,
    read_or_tell,
    show_or_tell,
)

TIMES = int(os.environ.get("OCOPGEN_FUZZ", "1"))
"""How many times as many examples are tried as in the tests of every day."""
LONGEST = timedelta(seconds=10)
FILES = (
    PRODUCT,
    "content/producers/htx-ong.yaml",
    "content/outlets/diem-ban.yaml",
    "content/events/hoi-cho.yaml",
    "content/site.yaml",
    "content/areas.yaml",
    "content/sectors.yaml",
    "content/programme.yaml",
    "content/redirects.yaml",
    "content/claims.yaml",
    PATH,
)
SPARKS = (
    *("- ", ": ", "? ", "\n", "\n  ", "[", "]", "{", "}", '"', "'", "|\n", ">\n", "&a ", "*a"),
    *("!!x ", "#", "---\n", "...\n", "\t", "~", "%", "\0", "\ufeff", "\u202e", "\ud800", "\u2028"),
    *("<!--", "](", "![", "`", "**", "<a", "&#x202e;", "\\", "|", "> ", "1. ", "]: ", "</script>"),
    *("2026-02-30", "9" * 400, "-1", ".nan", "1e999", "../", "https://", "name", "vi", "photos"),
    *("NaN", "null", '{"type":', '"coordinates":', "1e400", "con", "con.yaml"),
)
OFTEN = settings(
    deadline=LONGEST,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    database=None,
)


def often(examples: int) -> settings:
    """Return how to try *examples*, or as many times more as are asked for."""
    return settings(OFTEN, max_examples=examples * TIMES)


def sparks() -> st.SearchStrategy[bytes]:
    """Return texts of what YAML and Markdown are made of, and bytes of all sorts."""
    pieces = st.lists(st.one_of(st.sampled_from(SPARKS), st.text(max_size=8)), max_size=30)
    made = pieces.map(lambda each: "".join(each).encode("utf-8", "surrogatepass"))
    return st.one_of(made, st.binary(max_size=200), st.sampled_from(TRICKS))


@st.composite
def wounds(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Return what hurts a sound file in some places: cuts, repeats, and puts sparks in."""
    places = draw(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3), sparks()), max_size=4))

    def hurt(sound: bytes) -> bytes:
        for place, length, spark in places:
            at = int(place * len(sound))
            sound = sound[:at] + spark + sound[at + int(length * length * len(sound)) :]
        return sound

    return hurt


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue whose files a test may change, if it changes them back."""
    return copy(tmp_path_factory.mktemp("fuzz"))


@often(60)
@given(st.sampled_from(FILES), wounds())
def test_whatever_stands_in_a_record_is_read_or_told(
    hamlet: Path, path: str, hurt: Callable[[bytes], bytes]
) -> None:
    file = hamlet / path
    before = file.read_bytes() if file.exists() else b""
    file.parent.mkdir(exist_ok=True)
    try:
        file.write_bytes(hurt(before))
        problems_of(hamlet, TODAY)
    finally:
        file.write_bytes(before) if before else file.unlink()


@often(40)
@given(sparks(), sparks())
def test_whatever_stands_in_a_story_is_read_or_told(
    hamlet: Path, first: bytes, then: bytes
) -> None:
    (hamlet / STORY).write_bytes(b"---\ntitle: a\n" + first + b"\n---\n" + then)
    problems_of(hamlet, TODAY)
    (hamlet / STORY).write_bytes(b"---\ntitle: a\n---\n" + first + then)
    problems_of(hamlet, TODAY)
    (hamlet / STORY).unlink()


@often(4)
@given(st.sampled_from(FILES), wounds())
def test_whatever_is_read_can_be_planned(
    hamlet: Path, path: str, hurt: Callable[[bytes], bytes]
) -> None:
    file = hamlet / path
    before = file.read_bytes() if file.exists() else b""
    try:
        file.write_bytes(hurt(before))
        prepare(hamlet, TODAY, Memory(hamlet / "memory.lines"), Problems())
    finally:
        file.write_bytes(before) if before else file.unlink()


@often(60)
@given(st.sampled_from(list(pictures())), wounds())
def test_whatever_stands_in_a_photo_is_shown_or_told(
    tmp_path_factory: pytest.TempPathFactory, sound: bytes, hurt: Callable[[bytes], bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.jpg"
    path.write_bytes(hurt(sound))

    show_or_tell(path)


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    """Return a sound spreadsheet of each kind."""
    from openpyxl import Workbook

    made = Workbook()
    made.worksheets[0].append(["Tên", "=1+1", 2, True])
    made.worksheets[0].merge_cells("A2:A4")
    out = io.BytesIO()
    made.save(out)
    return {".xlsx": out.getvalue(), ".ods": as_ods(ODS.encode()), ".csv": CSV}


@often(40)
@given(st.sampled_from([".xlsx", ".ods", ".csv"]), wounds(), st.integers(0, 20))
def test_whatever_stands_in_a_spreadsheet_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory,
    books: dict[str, bytes],
    ending: str,
    hurt: Callable[[bytes], bytes],
    part: int,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz{ending}"
    whole = books[ending]
    path.write_bytes(hurt(whole) if part == 0 or ending == ".csv" else _within(whole, hurt, part))

    read_or_tell(path)


def _within(whole: bytes, hurt: Callable[[bytes], bytes], part: int) -> bytes:
    """Return the zip file *whole* with one of its parts hurt."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            new.writestr(name, hurt(content) if name == names[part % len(names)] else content)
    return out.getvalue()


def test_the_fuzz_meets_faults_and_sound_files_alike(tmp_path: Path) -> None:
    root = copy(tmp_path)
    shutil.copy(root / PRODUCT, tmp_path / "sound.yaml")
    sound = problems_of(root, TODAY)[1].faults
    (root / PRODUCT).write_bytes(TRICKS[0])

    assert (sound, problems_of(root, TODAY)[1].faults > 0) == (0, True)

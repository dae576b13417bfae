"""A new record has every key in its place, its photos small and silent, and nothing overwritten."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.app.commands import COMMAND, Said, environment, run
from tests.content.hamlet import copy
from tests.hoards import huge_png

TODAY = ("--today", "2026-11-23")
SUMMARY = "Bánh tráng tráng tay từ gạo mới, rắc mè đen, phơi nắng hai ngày."
WHOLE = (
    "--name", "Bánh tráng: mè đen", "--answer", "name.en=Sesame rice paper",
    "--answer", f"summary.vi={SUMMARY}", "--answer", f"summary.en={SUMMARY}",
    "--answer", "set=Mật ong", "--answer", "producer=htx-ong",
    "--answer", "commune=xa-mau", "--answer", "certifications.star=4",
    "--answer", "certifications.issued=05/08/2025",
    "--answer", "certifications.sources.url=https://a.example/x",
    "--answer", "certifications.sources.title=Báo",
)  # fmt: skip
FILE = "content/products/banh-trang-me-den/product.yaml"


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """Return a sound catalogue."""
    copy(tmp_path)
    Image.new("RGB", (1200, 900), "sienna").save(tmp_path / "content/products/mat-ong/to-ong.jpg")
    return tmp_path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photo as a phone takes it: large, on its side, with the place in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 57.0, 0.0)})
    Image.new("RGB", (4000, 3000), "olive").save(tmp_path / "IMG 1.JPG", exif=exif)
    return tmp_path / "IMG 1.JPG"


def test_a_whole_record_lacks_nothing_and_is_in_its_usual_form(hamlet: Path, photo: Path) -> None:
    said = _new(hamlet, *_known(hamlet), "--photo", photo.name)

    assert said.status == 0, said.err
    assert "lacks nothing" in said.err
    assert run(hamlet, "check", *TODAY).status == 0
    assert run(hamlet, "fmt", "--check", FILE).status == 0


def test_every_key_of_the_model_is_there_with_an_explanation(hamlet: Path) -> None:
    from ocopgen.content.record import fields_of
    from ocopgen.content.records import Product

    _new(hamlet, "--name", "Bánh tráng: mè đen")
    text = (hamlet / FILE).read_text("utf-8")
    keys = re.findall(r"^(?:# )?([a-z_]+):", text, re.MULTILINE)

    assert keys == list(fields_of(Product))
    assert "# Mùa vụ." in _vietnamese(hamlet)


@pytest.mark.parametrize("kind", ["product", "producer", "outlet", "event"])
def test_what_stands_aside_has_the_form_that_is_wanted(hamlet: Path, kind: str) -> None:
    run(hamlet, "new", kind, "--name", "Mè", "--id", "me")
    path = next(
        each for each in hamlet.glob("content/**/*.yaml") if "me" in (each.stem, each.parent.name)
    )
    aside = re.compile(r"^( *)# ( *(?:- )?[a-z_]+:)$", re.MULTILINE)
    text, found = aside.subn(r"\1\2", path.read_text("utf-8"))
    path.write_text(text, "utf-8")

    told = json.loads(run(hamlet, "check", "--format", "json", *TODAY).out)
    own = {each["code"] for each in told if each["path"] == path.relative_to(hamlet).as_posix()}

    assert found > 5
    assert own <= {"field.vacant", "field.empty", "place.missing", "selection.spelling"}


def test_a_list_that_stood_aside_takes_items_below_it(hamlet: Path) -> None:
    _new(hamlet, "--name", "Bánh tráng: mè đen")
    text = (hamlet / FILE).read_text("utf-8")
    filled = text.replace("# growing_areas:\n#   -\n", "growing_areas:\n  - VN-1\n  - VN-2\n")
    (hamlet / FILE).write_text(filled, "utf-8")

    assert filled != text
    assert "growing_areas" not in run(hamlet, "check", *TODAY).out
    assert "yaml." not in run(hamlet, "check", "--format", "json", *TODAY).out


def test_editors_are_told_of_the_schema_where_there_is_one(hamlet: Path) -> None:
    run(hamlet, "schema")
    _new(hamlet, "--name", "Bánh tráng: mè đen")

    first = (hamlet / FILE).read_text("utf-8").split("\n")[0]
    schema = (hamlet / FILE).parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.resolve() == hamlet / ".vscode/ocopgen/product.schema.json"
    assert run(hamlet, "fmt", "--check", FILE).status == 0


def test_what_is_lacking_is_told_at_its_line(hamlet: Path) -> None:
    said = _new(hamlet, "--name", "Bánh tráng: mè đen")

    assert said.status == 0
    assert f"{FILE}:" in said.out
    assert "“summary.vi” is still empty" in said.out


def test_a_photo_that_would_fill_the_memory_is_refused(hamlet: Path, photo: Path) -> None:
    photo.write_bytes(huge_png())

    said = _new(hamlet, "--name", "Bánh tráng: mè đen", "--photo", photo.name)

    assert "Traceback" not in said.err
    assert said.status == 3


def test_a_photo_is_small_upright_and_tells_no_place(hamlet: Path, photo: Path) -> None:
    _new(hamlet, "--name", "Bánh tráng: mè đen", "--photo", photo.name)

    with Image.open(hamlet / FILE.replace("product.yaml", "banh-trang-me-den-1.jpg")) as made:
        assert made.size == (1920, 2560)
        assert not made.getexif()


def test_a_taken_id_gives_way_to_the_next_one(hamlet: Path) -> None:
    first = _new(hamlet, "--name", "Mật ong").out.split("\n")[0]
    taken = _new(hamlet, "--name", "Mật ong", "--id", "mat-ong")

    assert first == "content/products/mat-ong-2/product.yaml"
    assert taken.status == 2


def test_a_name_that_windows_keeps_for_a_device_gives_way_to_the_next_one(hamlet: Path) -> None:
    assert _new(hamlet, "--name", "Con").out.split("\n")[0] == FILE.replace(
        "banh-trang-me-den", "con-2"
    )


@pytest.mark.parametrize("kind", ["producer", "outlet", "event"])
def test_other_kinds_are_begun_too(hamlet: Path, kind: str) -> None:
    said = run(hamlet, "new", kind, "--name", "Cơ sở Mới", *TODAY)

    assert said.status == 0, said.err
    assert (hamlet / f"content/{kind}s/co-so-moi.yaml").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--answer", "colour=red"], "colour=red"),
        (["--answer", "name.fr=x"], "name.fr"),
        (["--answer", "star"], "star"),
        (["--photo", "không-có.jpg"], "không-có.jpg"),
        (["--photo", "a.heic"], "pillow-heif"),
        (["--photo", "content/site.yaml"], "not a photo"),
        (["--id", "Mã Sai"], "ma-sai"),
        (["--id", "con"], "Windows"),
    ],
)
def test_what_will_not_do_is_told_and_nothing_is_written(
    hamlet: Path, words: list[str], says: str
) -> None:
    (hamlet / "a.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99)
    said = _new(hamlet, "--name", "Bánh", *words)

    assert said.status == 2
    assert says in said.err
    assert sorted(each.name for each in (hamlet / "content/products").iterdir()) == ["mat-ong"]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_a_person_is_asked_and_asked_again(hamlet: Path) -> None:
    answers = ["Bánh mè", "", SUMMARY, "", "honny", "honey", "htx-ong", "", "4", "2025", "", "", ""]

    shown = _typed(hamlet, answers)

    text = (hamlet / "content/products/banh-me/product.yaml").read_text("utf-8")
    assert "honey (Honey)" in shown.replace("Mật ong", "Honey")
    assert "  vi: Bánh mè\n" in text
    assert "set: honey\n" in text
    assert "star: 4\n" in text


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_what_no_field_could_hold_is_refused_where_it_is_asked_for(hamlet: Path) -> None:
    certificate = ["7", "4", "4 sao", "05/08/2025", "bao", "https://bao.example/tin", "Tin"]

    shown = _typed(hamlet, ["Bánh", "", SUMMARY, "", "honey", "htx-ong", "", *certificate, ""])

    text = (hamlet / "content/products/banh/product.yaml").read_text("utf-8")
    assert "Stars: must be 3, 4 or 5" in shown
    assert "Issued: the date “4 sao” cannot be understood" in shown
    assert "Certificate – Source – Address: " in shown
    assert "    issued: 05/08/2025\n" in text
    assert "url: https://bao.example/tin\n" in text


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_an_id_that_will_not_do_is_asked_for_again(hamlet: Path) -> None:
    ids = ["id x", "mat-ong", "nul", "banh-moi"]

    shown = _typed(hamlet, ["Bánh", "", SUMMARY, "", "honey", "htx-ong", *[""] * 5, *ids])

    text = (hamlet / "content/products/banh-moi/product.yaml").read_text("utf-8")
    assert "“id x” cannot be an id" in shown
    assert "“mat-ong” is taken" in shown
    assert "Windows keeps it for a device" in shown
    assert SUMMARY in text


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_an_id_of_the_command_line_is_looked_at_before_anything_is_asked(hamlet: Path) -> None:
    shown = _typed(hamlet, [], "--id", "mat-ong")

    assert "“mat-ong” is taken" in shown
    assert "Name" not in shown


FORMED = """, formed_from: [{name: Xã Suối Cũ, district: huyen-tren},
  {name: Xã Đôi Bờ (một phần), district: huyen-tren}]}"""
DIVIDED = """, formed_from: [{name: Xã Đôi Bờ (một phần), district: huyen-tren},
  {name: Phường Suối, district: huyen-tren}]}"""
COMMUNES = {
    "a former one becomes today's": (["Suối Cũ"], "xa-suoi", "Suối Cũ is now part of Xã Suối"),
    "one that is near is asked for again": (["Xã Suôt", "Xã Suối"], "xa-suoi", "  xa-suoi (Xã"),
    "one that was divided is asked for again": (["Đôi Bờ", "xa-doi"], "xa-doi", "part of Xã Suối"),
    "a part of a name is enough": (["Đồi"], "xa-doi", "→ xa-doi (Xã Đồi)"),
    "of two that bear a name one is chosen": (["Suối", "xa-doi"], "xa-doi", "or were called"),
    "a former one of another kind is asked for again": (["Phường Suối Cũ", ""], "", "  xa-suoi ("),
}


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
@pytest.mark.parametrize("case", COMMUNES)
def test_a_commune_that_was_not_said_is_never_taken_without_asking(hamlet: Path, case: str) -> None:
    said, commune, shows = COMMUNES[case]
    file = hamlet / "content/areas.yaml"
    text = file.read_text("utf-8").replace("[huyen-tren]}", f"[huyen-tren]{FORMED}")
    file.write_text(text.replace("huyen-duoi]}", f"huyen-duoi]{DIVIDED}"), "utf-8")

    shown = _typed(hamlet, ["Bánh", "", SUMMARY, "", "honey", "htx-ong", *said, "", "", "", "", ""])

    text = (hamlet / "content/products/banh/product.yaml").read_text("utf-8")
    assert shows in shown
    assert f"commune: {commune}\n" in text or not commune


def _new(root: Path, *words: str) -> Said:
    return run(root, "new", "product", *TODAY, *words)


def _known(root: Path) -> list[str]:
    """Return the words of a whole record with ids that the catalogue in *root* has."""
    product = (root / "content/products/mat-ong/product.yaml").read_text("utf-8")
    found = {row.split(": ")[0]: row.split(": ")[1] for row in product.split("\n") if ": " in row}
    ids = {"set=Mật ong": f"set={found['set']}", "commune=xa-mau": f"commune={found['commune']}"}
    return [ids.get(word, word) for word in WHOLE]


def _vietnamese(root: Path) -> str:
    run(root, "new", "product", "--name", "Thử", "--lang", "vi", *TODAY)
    return (root / "content/products/thu/product.yaml").read_text("utf-8")


def _typed(root: Path, answers: list[str], *words: str) -> str:
    """Return what a terminal shows on which *answers* are typed, each when it is asked for.

    More *words* may follow the command.
    """
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, "new", "product", *TODAY, *words],
        cwd=root,
        env=environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    for answer in answers:
        os.write(ours, f"{answer}\n".encode())
    shown, end = b"", time.monotonic() + 60
    while time.monotonic() < end and (
        select.select([ours], [], [], 1)[0] or running.poll() is None
    ):
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    running.wait(60)
    os.close(ours)
    return shown.decode("utf-8", "replace")

"""A catalogue begins in an empty folder, and what is there already stays as it is."""

import json
import re
from pathlib import Path

import pytest

from tests.app.commands import TODAY, run

FILES = {
    ".gitignore",
    "content/areas.yaml",
    "content/programme.yaml",
    "content/sectors.yaml",
    "content/site.yaml",
}
KNOWN = ("--province", "Đồng Mẫu: {x}", "--base-url", "https://ocop.lang.example/sub/")
PRODUCT = (
    "set=honey-other-produce",
    "producer=htx-mau",
    "commune=xa-mau",
    "summary.vi=Mật ong hoa rừng, quay lạnh và đóng chai ngay tại hợp tác xã.",
    "certifications.star=4",
    "certifications.issued=05/08/2025",
    "certifications.sources.url=https://lang.example/qd",
    "certifications.sources.title=Quyết định",
)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _told(folder: Path) -> set[tuple[str, str]]:
    said = run(folder, "check", "--today", TODAY, "--format", "json")
    return {(each["level"], each["code"]) for each in json.loads(said.out)}


def test_a_new_catalogue_has_no_fault_and_tells_what_is_still_to_be_written(tmp_path: Path) -> None:
    said = run(tmp_path, "init", "mine")

    assert said.status == 0, said
    assert _files(tmp_path / "mine") == FILES
    assert _told(tmp_path / "mine") == {("hint", "site.begun"), ("hint", "site.placeless")}


@pytest.mark.parametrize("removed", ["#", "# "])
def test_from_nothing_to_a_site_with_a_product(tmp_path: Path, removed: str) -> None:
    assert run(tmp_path, "init", *KNOWN).status == 0
    assert _told(tmp_path) == {("hint", "site.placeless")}
    assert run(tmp_path, "build", "--today", TODAY).status == 0
    areas = tmp_path / "content" / "areas.yaml"
    text = areas.read_text("utf-8")
    # As the file itself says how.
    text = re.sub(rf"(?m)^{removed}(?=  )", "", text).replace(": []", ":")
    areas.write_text(text, "utf-8")
    answers = [word for each in PRODUCT for word in ("--answer", each)]
    kept = ("--answer", "kind=cooperative", "--answer", "commune=xa-mau")

    assert (
        run(tmp_path, "new", "producer", "--today", TODAY, "--name", "HTX Mẫu", *kept).status == 0
    )
    assert (
        run(tmp_path, "new", "product", "--today", TODAY, "--name", "Mật ong", *answers).status == 0
    )
    said = run(tmp_path, "build", "--today", TODAY)

    assert said.status == 0, said
    page = (tmp_path / "site/san-pham/mat-ong/index.html").read_text("utf-8")
    assert "Xã Mẫu" in page
    assert "Sản phẩm OCOP Đồng Mẫu: {x}" in page
    assert "https://ocop.lang.example/sub/san-pham/mat-ong/" in page


@pytest.mark.parametrize("there", ["content/site.yaml", "content/note.txt"])
def test_what_is_there_is_left(tmp_path: Path, there: str) -> None:
    path = tmp_path / there
    path.parent.mkdir()
    path.write_text("mine", "utf-8")

    said = run(tmp_path, "init", "--lang", "en")

    assert said.status == 2
    assert "ocopgen init FOLDER" in said.err
    assert _files(tmp_path) == {there}


def test_a_list_of_what_git_passes_over_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine", "utf-8")
    (tmp_path / "content").mkdir()

    assert run(tmp_path, "init").status == 0
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine"
    assert _files(tmp_path) == FILES


def test_an_address_that_can_be_none_is_wrong_use(tmp_path: Path) -> None:
    said = run(tmp_path, "init", "--base-url", "ocop")

    assert (said.status, _files(tmp_path)) == (2, set())

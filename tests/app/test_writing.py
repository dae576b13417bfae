"""What helps to write records changes just what it says, and nothing is lost."""

from pathlib import Path

import pytest
from PIL import Image

from ocopgen.app.moving import plan_move
from tests.app.commands import Said, run
from tests.content.hamlet import copy

PRODUCT = "content/products/mat-ong/product.yaml"
STORY = "content/products/mat-ong/story.vi.md"
OUTLET = """\
# điểm bán của làng
name: {vi: Chợ làng, en: Village market}
kind: ocop_point
area: province
products:
  - "mat-ong" # ngon
sources: [{url: "https://a.example", title: Báo, accessed: 2026-01-01}]
"""


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """Return a sound catalogue with an outlet."""
    copy(tmp_path)
    Image.new("RGB", (1200, 900), "sienna").save(tmp_path / "content/products/mat-ong/to-ong.jpg")
    (tmp_path / "content/outlets").mkdir(exist_ok=True)
    (tmp_path / "content/outlets/cho.yaml").write_text(OUTLET, "utf-8")
    return tmp_path


def test_the_usual_form_is_reached_once_and_then_kept(hamlet: Path) -> None:
    looked = _run(hamlet, "fmt", "--check")
    before = (hamlet / "content/outlets/cho.yaml").read_text("utf-8")
    written = _run(hamlet, "fmt")
    again = _run(hamlet, "fmt", "--check")

    assert (looked.status, written.status, again.status) == (1, 0, 0)
    assert before == OUTLET
    assert "content/outlets/cho.yaml\n" in looked.out
    assert again.out == ""
    assert _run(hamlet, "check", "--today", "2026-11-23").status == 0


def test_a_file_with_faults_is_told_of_and_left(hamlet: Path) -> None:
    (hamlet / PRODUCT).write_text("name: [a\nset: b: c\n", "utf-8")

    said = _run(hamlet, "fmt", PRODUCT)

    assert said.status == 1
    assert said.out.startswith(PRODUCT)
    assert (hamlet / PRODUCT).read_text("utf-8") == "name: [a\nset: b: c\n"


def test_line_ends_of_windows_are_kept(hamlet: Path) -> None:
    file = hamlet / "content/outlets/cho.yaml"
    file.write_bytes(OUTLET.replace("\n", "\r\n").encode())

    _run(hamlet, "fmt", "content/outlets")

    content = file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 7


def test_a_path_that_is_not_there_is_wrong_use(hamlet: Path) -> None:
    assert _run(hamlet, "fmt", "content/x.yaml").status == 2


def test_a_moved_product_is_named_by_its_new_id_everywhere(hamlet: Path) -> None:
    address = _address(hamlet, "product")
    story = f"---\ntitle: Ong\n---\n[Xem]({address}mat-ong/)\n"
    (hamlet / STORY).write_text(story, "utf-8")

    said = _run(hamlet, "move", "product", "mat-ong", "mat-ong-rung")

    outlet = (hamlet / "content/outlets/cho.yaml").read_text("utf-8")
    moved = (hamlet / STORY.replace("mat-ong", "mat-ong-rung")).read_text("utf-8")
    assert said.status == 0, said.err
    assert STORY.replace("mat-ong", "mat-ong-rung") in said.out.splitlines()
    assert STORY not in said.out
    assert outlet == OUTLET.replace('"mat-ong"', '"mat-ong-rung"')
    assert f"({address}mat-ong-rung/)" in moved
    assert not (hamlet / "content/products/mat-ong").exists()
    assert _run(hamlet, "check", "--today", "2026-11-23").status == 0


def test_an_old_address_leads_to_the_new_one_without_detours(hamlet: Path) -> None:
    _run(hamlet, "move", "product", "mat-ong", "b")
    _run(hamlet, "move", "product", "b", "c")
    built = _run(hamlet, "build", "--today", "2026-11-23")

    assert built.status == 0, built.out
    for old in ("mat-ong", "b"):
        page = hamlet / f"site{_address(hamlet, 'product')}{old}/index.html"
        assert f'content="0; url={_address(hamlet, "product")}c/"' in page.read_text("utf-8")


def test_what_moves_back_leaves_no_circle(hamlet: Path) -> None:
    _run(hamlet, "move", "product", "mat-ong", "b")
    _run(hamlet, "move", "product", "b", "mat-ong")

    rows = (hamlet / "content/redirects.yaml").read_text("utf-8")
    assert rows == "moved:\n  - kind: product\n    old: b\n    new: mat-ong\n"


def test_a_moved_producer_takes_its_products_and_pictures_along(hamlet: Path) -> None:
    (hamlet / "content/producers/htx-ong").mkdir()

    said = _run(hamlet, "move", "producer", "htx-ong", "htx-ong-mat")

    assert said.status == 0, said.err
    assert "producer: htx-ong-mat\n" in (hamlet / PRODUCT).read_text("utf-8")
    assert (hamlet / "content/producers/htx-ong-mat").is_dir()
    assert _run(hamlet, "check", "--today", "2026-11-23").status == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("mat-ong", "Mật Ong", "cannot be an id"),
        ("mat-og", "x", "“mat-ong”"),
        ("mat-ong", "mat-ong", "taken"),
        ("mat-ong", "con", "Windows"),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(hamlet: Path, old: str, new: str, says: str) -> None:
    said = _run(hamlet, "move", "product", old, new)

    assert said.status == 2
    assert says in said.err
    assert not (hamlet / "content/redirects.yaml").exists()


def test_a_move_that_is_refused_half_way_changes_nothing(hamlet: Path) -> None:
    (hamlet / "content/producers/htx-ong").mkdir()
    planned = plan_move(hamlet, "producer", "htx-ong", "moi")
    (hamlet / "content/producers/moi").mkdir()
    (hamlet / "content/producers/moi/x").touch()

    with pytest.raises(OSError, match="moi"):
        planned.carry_out(hamlet)

    assert (hamlet / "content/producers/htx-ong.yaml").is_file()
    assert not (hamlet / "content/producers/moi.yaml").exists()
    assert "producer: htx-ong\n" in (hamlet / PRODUCT).read_text("utf-8")


def test_nothing_moves_while_a_file_cannot_be_read(hamlet: Path) -> None:
    (hamlet / "content/outlets/cho.yaml").write_text("products: [", "utf-8")

    said = _run(hamlet, "move", "product", "mat-ong", "b")

    assert said.status == 1
    assert (hamlet / PRODUCT).exists()


def _run(root: Path, *words: str) -> Said:
    return run(root, *words)


def _address(root: Path, kind: str) -> str:
    site = (root / "content/site.yaml").read_text("utf-8")
    return f"/{site.split(f'{kind}: ', 1)[1].split()[0].strip(',')}/"

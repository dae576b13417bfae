"""A build that knows what is online: nothing is lost by accident, and what changes is told."""

import json
import shutil
from pathlib import Path

import pytest

from ocopgen.app import published
from ocopgen.app.published import published_files
from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import WrongUse
from tests.app.commands import TODAY, run
from tests.browser.server import SiteServer
from tests.copies import Copy

BUILD = ("build", "--today", TODAY)
MANIFEST = "ocopgen-manifest.json"
ONLINE = ("--published", "online.json")
CAKE, HAT = "content/products/banh-la-vi-du", "content/products/non-la-mau"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the village, built, and the list of what is online beside it."""
    village = Copy(tmp_path_factory.mktemp("built"))
    said = run(village.root, *BUILD)
    assert said.status == 0, said
    shutil.copy(village.root / "site" / MANIFEST, village.root / "online.json")
    return village.root


@pytest.fixture
def village(tmp_path: Path, built: Path) -> Copy:
    """Return a copy of the village as it was built."""
    copy = Copy(tmp_path)
    for name in (".ocopgen", "site"):
        shutil.copytree(built / name, copy.root / name)
    shutil.copy(built / "online.json", copy.root / "online.json")
    return copy


def test_the_same_site_changes_nothing(village: Copy) -> None:
    said = run(village.root, *BUILD, *ONLINE)

    assert said.status == 0, said
    assert "0 pages added, 0 changed, 0 removed" in said.out


def test_what_changes_is_told_in_a_line_and_in_markdown(village: Copy) -> None:
    village.edit(f"{CAKE}/product.yaml", "bán hết trước trưa", "còn đến chiều")

    said = run(village.root, *BUILD, *ONLINE, "--summary", "out/changes.md")
    summary = village.read("out/changes.md")

    assert said.status == 0, said
    assert "0 pages added, 1 changed, 0 removed" in said.out
    assert summary.startswith("### What changes on the site\n\n")
    assert "- `/mon/banh-la-vi-du/`\n" in summary
    assert "Pages removed" not in summary


def test_an_address_that_would_be_lost_leaves_the_last_site_as_it_is(village: Copy) -> None:
    before = (village.root / "site" / MANIFEST).read_bytes()
    village.remove(HAT)

    said = run(village.root, *BUILD, *ONLINE)

    assert said.status == 1
    assert "/mon/non-la-mau/" in said.out
    assert (village.root / "site" / MANIFEST).read_bytes() == before


def test_a_record_that_moved_keeps_its_address(village: Copy) -> None:
    assert run(village.root, "move", "product", "non-la-mau", "non-la-moi").status == 0

    said = run(village.root, *BUILD, *ONLINE, "--summary", "changes.md")

    assert said.status == 0, said
    assert "- `/mon/non-la-moi/`" in village.read("changes.md")
    assert (village.root / "site/mon/non-la-mau/index.html").is_file()


def test_far_fewer_products_than_online_need_somebody_to_agree(village: Copy) -> None:
    online = json.loads(village.read("online.json"))
    more = {f"mon/x{number}/index.html": "" for number in range(4)}
    online["files"] |= more
    village.write("online.json", json.dumps(online))
    # Their addresses lead on, so nothing but the number of products is wrong.
    rows = "".join(
        f"  - {{kind: product, old: {path.split('/')[1]}, new: non-la-mau}}\n" for path in more
    )
    village.write("content/redirects.yaml", f"moved:\n{rows}")
    assert run(village.root, *BUILD, *ONLINE).status == 0

    village.write("content/redirects.yaml", "moved: []\n")
    online["files"] = {
        path: own for path, own in online["files"].items() if "non-la-mau" not in path
    }
    refused = run(village.root, *BUILD, *ONLINE)
    agreed = run(village.root, *BUILD, *ONLINE, "--allow-shrink")

    assert refused.status == 1
    assert "--allow-shrink" in refused.out
    assert "--allow-shrink" not in agreed.out


def test_a_summary_of_nothing_is_wrong_use(village: Copy) -> None:
    said = run(village.root, *BUILD, "--summary", "changes.md")

    assert said.status == 2
    assert "--published" in said.err


def test_another_host_is_another_site_though_nothing_changed(village: Copy) -> None:
    said = run(village.root, *BUILD, "--target", "github")
    again = run(village.root, *BUILD, "--target", "github")
    back = run(village.root, *BUILD)

    assert said.out.startswith("Built")
    assert again.out.startswith("Nothing has changed")
    assert back.out.startswith("Built")
    assert not (village.root / "site/.nojekyll").exists()


def test_dead_links_of_the_made_site_are_told_by_the_build(village: Copy) -> None:
    quiet = run(village.root, *BUILD, "--fresh")
    page = "content/pages/gioi-thieu.vi.md"
    village.write(page, village.read(page) + "\n[đi lạc](/khong-co-trang-nay/)\n")

    told = run(village.root, *BUILD)

    assert _worth(told.err) == _worth(quiet.err) + 1


def _worth(said: str) -> int:
    return int(said.split("Worth a look: ")[1].split(".", maxsplit=1)[0])


def test_a_site_that_is_only_tried_out_stands_elsewhere_and_is_listed_by_nobody(
    village: Copy,
) -> None:
    assert run(village.root, *BUILD).status == 0
    said = run(
        village.root, *BUILD, "--base-url", "https://thu.example/mr-7/", "--noindex", "--out", "try"
    )
    pages = [path.read_text("utf-8") for path in (village.root / "try").rglob("*.html")]
    shown = [page for page in pages if 'http-equiv="refresh"' not in page]

    assert said.status == 0, said
    assert len(shown) > 100
    for page in shown:
        assert '<meta name="robots" content="noindex">' in page
        assert "lang.example/ocop" not in page
        assert 'href="/mr-7/' in page
    assert (village.root / "try/robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not (village.root / "try/sitemap.xml").exists()
    assert run(village.root, *BUILD).out.startswith("Nothing has changed")


@pytest.mark.parametrize(
    "address", ["thu.example", "ftp://thu.example/", "https://", "https://a/?b"]
)
def test_another_address_is_one(village: Copy, address: str) -> None:
    said = run(village.root, *BUILD, "--base-url", address)

    assert said.status == 2
    assert address in said.err


def test_what_a_host_does_not_take_is_told_by_the_build(village: Copy) -> None:
    rows = "".join(f"  - {{kind: outlet, old: x{n}, new: cho-lang}}\n" for n in range(501))
    village.write("content/redirects.yaml", f"moved:\n{rows}")

    said = run(village.root, *BUILD, "--target", "gitlab")

    assert said.status == 0, said
    assert "1002 old addresses lead on, and gitlab reads the first 1000 rules" in said.out


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let addresses of this machine count as online, which no certificate is made for."""
    monkeypatch.setattr(published, "_ONLINE", "http://")


@pytest.mark.usefixtures("online")
@pytest.mark.parametrize("named", ["", "ocopgen-manifest.json"])
def test_the_list_of_what_is_online_is_found_by_the_address_of_the_site(
    village: Copy, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    with SiteServer(village.root / "site", "/ocop/") as server:
        files = published_files(server.address + named, Terminal("en"))

    assert files == json.loads(village.read("online.json"))["files"]
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("online")
def test_where_nothing_is_online_yet_nothing_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SiteServer(tmp_path, "/") as server:
        files = published_files(server.address, Terminal("en"))

    assert files == {}
    assert f"Nothing has been published at {server.address}{MANIFEST}" in capsys.readouterr().err


@pytest.mark.usefixtures("online")
def test_a_host_that_does_not_answer_is_no_host_without_a_site() -> None:
    with SiteServer(Path(), "/") as server:
        address = server.address

    with pytest.raises(WrongUse, match=r"published\.unreadable"):
        published_files(address, Terminal("en"))


@pytest.mark.usefixtures("online")
def test_a_page_to_log_in_is_no_list(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("<!doctype html><title>Đăng nhập</title>", "utf-8")
    with SiteServer(tmp_path, "/") as server, pytest.raises(WrongUse, match=r"published\."):
        published_files(server.address, Terminal("en"))

"""Assets: a name that changes with the content, and with whatever the content refers to."""

import re
from pathlib import Path

import pytest

from ocopgen.pages.assets import Assets, read_assets
from ocopgen.pages.theme import Theme, default_layer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small theme."""
    for name, text in {
        "css/site.css": '@import "parts.css";\nb{background:url("../icons/a.svg#x")}\n',
        "css/parts.css": "a{background:url(../icons/b.svg)}\n",
        "icons/a.svg": "<svg/>",
        "icons/b.svg": "<svg></svg>",
        "icons/favicon.ico": "icon",
        "js/main.js": 'import { x } from "./part/x.js";\nconst later = import("./part/y.js");\n',
        "js/part/x.js": 'export { y as x } from "./y.js";\n',
        "js/part/y.js": "export const y = 1;\n",
        "fonts/OFL.txt": "licence",
    }.items():
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def _read(folder: Path) -> Assets:
    return read_assets(Theme((folder,)))


def test_a_name_carries_the_digest_of_what_is_in_it(folder: Path) -> None:
    before = _read(folder).paths["icons/a.svg"]

    (folder / "assets/icons/a.svg").write_text("<svg id='b'/>")

    assert re.fullmatch(r"icons/a\.[0-9a-f]{8}\.svg", before)
    assert before != _read(folder).paths["icons/a.svg"]


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ("js/part/y.js", {"js/part/y.js", "js/part/x.js", "js/main.js"}),
        ("icons/b.svg", {"icons/b.svg", "css/site.css"}),
        ("css/parts.css", {"css/site.css"}),
    ],
)
def test_a_change_renames_all_that_refer_to_it(folder: Path, changed: str, names: set[str]) -> None:
    before = _read(folder).paths
    path = folder / "assets" / changed
    path.write_text(path.read_text() * 2)

    after = _read(folder).paths

    assert names == {name for name in before if before[name] != after[name]}


def test_references_follow_the_new_names(folder: Path) -> None:
    assets = _read(folder)
    script = assets.contents[assets.paths["js/main.js"]].decode()

    assert f'"./{assets.paths["js/part/x.js"].removeprefix("js/")}"' in script
    assert f'"./{assets.paths["js/part/y.js"].removeprefix("js/")}"' in script


def test_a_script_travels_without_comments_and_keeps_its_texts(folder: Path) -> None:
    (folder / "assets/js/part/y.js").write_text(
        "/** Says why. */\nexport const y = `a  //  ${ 1 + 1 }`;  // here\n"
    )
    assets = _read(folder)

    content = assets.contents[assets.paths["js/part/y.js"]]

    assert content.startswith(b"export const y=`a  //  ${ 1 + 1 }`")
    assert b"why" not in content
    assert b"here" not in content


def test_a_style_sheet_travels_without_remarks_and_keeps_its_texts(folder: Path) -> None:
    (folder / "assets/css/parts.css").write_text(
        '/* Says why,\n   at length. */\n.a::after{content:"/* kept */"}/* here */\n'
    )
    assets = _read(folder)

    content = assets.contents[assets.paths["css/site.css"]]

    assert b'.a::after{content:"/* kept */"}' in content
    assert b"why" not in content
    assert b"here" not in content


def test_a_style_sheet_takes_in_those_that_it_imports(folder: Path) -> None:
    assets = _read(folder)
    style = assets.contents[assets.paths["css/site.css"]].decode()

    assert "@import" not in style
    assert "css/parts.css" not in assets.paths
    assert f"url(../{assets.paths['icons/b.svg']})" in style


def test_what_is_asked_for_by_name_keeps_its_name(folder: Path) -> None:
    paths = _read(folder).paths

    assert paths["icons/favicon.ico"] == "favicon.ico"
    assert paths["fonts/OFL.txt"] == "fonts/OFL.txt"


def test_what_the_default_theme_refers_to_is_there() -> None:
    assets = read_assets(Theme((default_layer(),)))
    style = assets.contents[assets.paths["css/site.css"]].decode()
    wanted = re.findall(r"url\(\.\./([^)]+)\)", style)

    assert wanted
    assert set(wanted) <= set(assets.contents)

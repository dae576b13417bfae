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
        "js/main.js": 'import { x } from "./part/x.js";\nconst later = import("./later.js");\n',
        "js/part/x.js": 'import { y } from "./y.js";\n\nexport const x = y;\n',
        "js/part/y.js": "export const y = 1;\n",
        "js/later.js": "export const z = 2;\n",
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
        ("js/part/y.js", {"js/main.js"}),
        ("js/later.js", {"js/later.js", "js/main.js"}),
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

    assert f'"./{assets.paths["js/later.js"].removeprefix("js/")}"' in script


def test_a_script_takes_in_each_module_once_and_before_it_is_used(folder: Path) -> None:
    main = folder / "assets/js/main.js"
    main.write_text('import { x } from "./part/x.js";\nimport { y } from "./part/y.js";\nx + y;\n')

    assets = _read(folder)

    assert assets.contents[assets.paths["js/main.js"]] == b"let a=1;let b=a;b+a;"
    assert not [name for name in assets.paths if name.startswith("js/part/")]


def test_a_script_travels_without_comments_and_keeps_its_texts(folder: Path) -> None:
    (folder / "assets/js/later.js").write_text(
        "/** Says why. */\nexport const z = `a  //  ${ 1 + 1 }`;  // here\n"
    )
    assets = _read(folder)

    content = assets.contents[assets.paths["js/later.js"]]

    assert content.startswith(b"export let z=`a  //  ${ 1 + 1 }`")
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


def test_a_script_that_pages_name_is_shared_and_not_taken_in(folder: Path) -> None:
    (folder / "assets/js/main.js").write_text('import { z } from "./later.js";\nz();\n')

    assets = _read(folder)

    later = assets.paths["js/later.js"].removeprefix("js/")
    script = assets.contents[assets.paths["js/main.js"]]
    assert script.decode() == f'import{{z}}from"./{later}";z();'


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

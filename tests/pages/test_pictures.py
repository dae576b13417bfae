"""What stands in for a picture that nobody has taken yet."""

import gzip
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from ocopgen.pages.assets import Assets
from ocopgen.pages.painting import PICTURE
from ocopgen.pages.theme import default_layer
from ocopgen.pages.views import Desk
from ocopgen.pages.views.pictures import drawing

SECTORS = ("food", "beverages", "medicinal", "handicrafts", "ornamental", "tourism")
DRAWINGS = sorted((default_layer() / "assets" / "sectors").rglob("*.svg"))
MOST_BYTES = 3_000


def test_every_sector_of_the_programme_has_a_drawing() -> None:
    assert {each.stem for each in DRAWINGS} >= set(SECTORS)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_small_upright_and_has_its_print_for_posters(path: Path) -> None:
    text = path.read_text("utf-8")

    assert 'viewBox="0 0 480 600"' in text
    assert len(gzip.compress(text.encode())) <= MOST_BYTES
    assert not re.search(r"<(?!/?(?:svg|path)\b)", text)
    with Image.open(path.with_suffix(".webp")) as printed:
        assert printed.size == PICTURE


def test_a_group_with_a_drawing_of_its_own_shows_it(desk: Desk) -> None:
    paths = {**desk.assets.paths, "sectors/food/drinks.svg": "sectors/food/drinks.1.svg"}
    own = replace(desk, assets=Assets(paths, {}))

    shown, without = (drawing(each, "tea-and-spirits").url for each in (own, desk))

    assert shown.endswith("sectors/food/drinks.1.svg")
    assert without.endswith(desk.assets.paths["sectors/food.svg"])

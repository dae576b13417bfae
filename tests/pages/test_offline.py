"""What a browser is told of keeping the site, and of the app that it may become."""

import io
import re
from typing import Any

import orjson
import pytest
from PIL import Image

from ocopgen.pages.assets import Assets
from ocopgen.pages.offline import manifest_file, worker_file
from ocopgen.pages.views import Desk, Press

SMALL = Assets({"js/sw.js": "sw.js"}, {"sw.js": b"const scope=1;"})


def _manifest(desk: Desk) -> dict[str, Any]:
    (file,) = manifest_file(Press(desk))
    read: dict[str, Any] = orjson.loads(file.content)
    return read


def test_the_worker_begins_with_what_each_language_needs_first(desks: list[Desk]) -> None:
    file = worker_file(SMALL, (desk.routes for desk in desks))

    found = re.fullmatch(r"const SHELLS=(?P<shells>.*?);(?P<script>.*)", file.content.decode())
    assert found
    assert file.path == "sw.js"
    assert found["script"] == "const scope=1;"
    assert orjson.loads(found["shells"]) == [
        ["en/", "en/offline.html", "en/basket/", "en/find/", "search.en.json"],
        ["", "offline.html", "gio-lang/", "tim/", "search.vi.json"],
    ]


def test_the_app_begins_at_the_home_of_its_language(desk: Desk) -> None:
    told = _manifest(desk)

    assert told["start_url"] == told["id"] == desk.routes.home
    assert told["lang"] == desk.routes.language.code
    assert told["scope"] == "/ocop/"


@pytest.mark.parametrize("purpose", ["any", "maskable"])
def test_the_icons_are_as_large_as_they_say(desk: Desk, purpose: str) -> None:
    icons = [each for each in _manifest(desk)["icons"] if each["purpose"] == purpose]

    assert icons
    for icon in icons:
        content = desk.assets.contents[icon["src"].removeprefix("/ocop/")]
        with Image.open(io.BytesIO(content)) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]
            assert picture.format == "PNG"


def test_what_is_masked_may_lose_its_corners(desk: Desk) -> None:
    icon = next(each for each in _manifest(desk)["icons"] if each["purpose"] == "maskable")
    content = desk.assets.contents[icon["src"].removeprefix("/ocop/")]
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    middle, ground = picture.width / 2, picture.getpixel((0, 0))

    outside = {
        picture.getpixel((x, y))
        for x in range(0, picture.width, 4)
        for y in range(0, picture.width, 4)
        if (x - middle) ** 2 + (y - middle) ** 2 > (0.4 * picture.width) ** 2
    }

    assert outside == {ground}

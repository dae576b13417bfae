"""Each product has a poster in each language, made anew when what it shows has changed."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.copies import Copy, Site

CAKE = "content/products/banh-la-vi-du"
AFTER_ALL_ENDED = date(2031, 1, 1)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a build of the village leaves for the next one."""
    village = Copy(tmp_path_factory.mktemp("warm"))
    village.pages()
    return village.cache


@pytest.fixture
def village(tmp_path: Path, warm: Path) -> Copy:
    """Return a copy of the village that was built before."""
    return Copy(tmp_path, warm)


def test_every_page_shows_a_poster_that_is_there(village: Copy) -> None:
    site = village.pages()

    shown = {path: _poster(site, path) for path in site.keys if path.endswith(".html")}
    assert set(shown.values()) == _posters(site)
    assert len(set(shown.values())) == len([path for path in shown if _is_product(path)]) + 2


def test_a_certificate_that_ends_makes_another_poster(village: Copy) -> None:
    before, after = village.pages(), village.pages(day=AFTER_ALL_ENDED)

    page = "mon/banh-la-vi-du/index.html"
    assert _poster(before, page) != _poster(after, page)
    assert _poster(before, "index.html") == _poster(after, "index.html")


@pytest.mark.parametrize(
    ("line", "becomes", "changed"),
    [
        ("bán hết trước trưa", "còn đến chiều", 0),
        ("^  en: Example leaf cake$", "  en: Example leaf bun", 1),
        ("star: 4", "star: 5", 2),
        ("commune: xa-lang-dong", "commune: phuong-lang-tay", 2),
        ("Hai bàn tay gói bánh", "Hai người gói bánh", 0),
    ],
)
def test_only_what_stands_on_it_makes_a_poster_anew(
    village: Copy, line: str, becomes: str, changed: int
) -> None:
    before = _posters(village.pages())

    village.edit(f"{CAKE}/product.yaml", line, becomes)

    assert len(_posters(village.pages()) - before) == changed


def test_another_photo_under_the_same_name_makes_posters_anew(village: Copy) -> None:
    before = village.pages()
    village.write(f"{CAKE}/khay-banh.jpg", (village.root / CAKE / "goi-banh.png").read_bytes())

    after = village.pages()

    new = _posters(after) - _posters(before)
    assert len(new) == 2
    assert all(after.content(path).startswith(b"\xff\xd8\xff") for path in new)


def test_several_processes_paint_the_same(village: Copy, tmp_path: Path) -> None:
    one, two = (village.pages(jobs=jobs, cache=tmp_path / f"{jobs}") for jobs in (1, 2))

    posters = _posters(one)
    assert {path: one.content(path) for path in posters} == {
        path: two.content(path) for path in posters
    }


def _posters(site: Site) -> set[str]:
    return {path for path in site.keys if path.startswith("anh/the/")}


def _poster(site: Site, path: str) -> str:
    """Return where the poster lies that the page at *path* shows."""
    page = site.content(path).decode()
    (shown,) = re.findall(r'property="og:image" content="https://[^/]+/ocop/([^"]+)"', page)
    return str(shown)


def _is_product(path: str) -> bool:
    return bool(re.fullmatch(r"(?:mon|en/goods)/(?!phan/|part/)[^/]+/index.html", path))

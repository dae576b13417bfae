"""Addresses: made of the words of the language, below the path that the site stands at."""

from collections.abc import Callable

import pytest

from ocopgen.content.catalogue import Catalogue
from ocopgen.pages.routes import Routes, base_path, origin_of


@pytest.mark.parametrize(
    ("address", "path", "origin"),
    [
        ("https://ocop.example", "/", "https://ocop.example"),
        ("https://ocop.example/", "/", "https://ocop.example"),
        ("https://ocop.example:8080/a/b", "/a/b/", "https://ocop.example:8080"),
        ("https://ocop.example/a/b/", "/a/b/", "https://ocop.example"),
    ],
)
def test_the_address_of_the_site_gives_its_path_and_its_origin(
    address: str, path: str, origin: str
) -> None:
    assert (path, origin) == (base_path(address), origin_of(address))


@pytest.mark.parametrize(
    ("url_of", "first", "second", "file"),
    [
        (lambda r: r.home, "/ocop/", "/ocop/en/", "index.html"),
        (lambda r: r.not_found, "/ocop/404.html", "/ocop/en/404.html", "404.html"),
        (lambda r: r.product("x"), "/ocop/mon/x/", "/ocop/en/goods/x/", "mon/x/index.html"),
        (lambda r: r.star(5), "/ocop/hang-sao/5/", "/ocop/en/stars/5/", "hang-sao/5/index.html"),
        (
            lambda r: r.part(r.products, 2),
            "/ocop/mon/phan/2/",
            "/ocop/en/goods/part/2/",
            "mon/phan/2/index.html",
        ),
        (lambda r: r.part(r.former, 1), "/ocop/da-het-han/", "/ocop/en/lapsed/", None),
        (lambda r: r.page("gioi-thieu"), "/ocop/gioi-thieu/", "/ocop/en/gioi-thieu/", None),
    ],
)
def test_an_address_is_written_in_the_words_of_its_language(
    catalogue: Catalogue, url_of: Callable[[Routes], str], first: str, second: str, file: str | None
) -> None:
    one, other = (Routes(language, "/ocop/") for language in catalogue.site.languages)

    assert first == url_of(one)
    assert second == url_of(other)
    if file:
        assert file == one.file(url_of(one))
        assert f"en/{file.split('/')[-1]}" == other.file(other.home + file.split("/")[-1])


def test_a_site_at_the_root_lies_at_the_root(catalogue: Catalogue) -> None:
    routes = Routes(catalogue.site.languages[0])

    assert routes.home == "/"
    assert routes.file(routes.home) == "index.html"

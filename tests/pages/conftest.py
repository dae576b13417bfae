"""The village and its pages, for every test of what pages show."""

from datetime import date
from pathlib import Path

import pytest

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.catalogue import Catalogue, tie
from ocopgen.content.edition import Edition
from ocopgen.content.load import Content, load
from ocopgen.pages.assets import Assets, read_assets
from ocopgen.pages.messages import Messages, field_words, read_messages
from ocopgen.pages.photos import Measured
from ocopgen.pages.routes import Routes, base_path
from ocopgen.pages.templates import Templates
from ocopgen.pages.theme import Theme, theme_for
from ocopgen.pages.views import Desk

VILLAGE = Path(__file__).parent.parent / "village"
TODAY = date(2026, 11, 23)
SOME_PHOTO = Measured(900, 1200, 3, alpha=False)


@pytest.fixture(scope="session")
def theme() -> Theme:
    """Return the village's theme, which overrides a few files of the default one."""
    return theme_for(VILLAGE)


@pytest.fixture(scope="session")
def assets(theme: Theme) -> Assets:
    """Return the assets of the village."""
    return read_assets(theme)


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Return what the files of the village say."""
    found = load(VILLAGE, Memory(tmp_path_factory.mktemp("memory") / "memory.lines"), Problems())
    assert found
    return found


@pytest.fixture(scope="session")
def catalogue(content: Content) -> Catalogue:
    """Return the village as it stands today."""
    return tie(content, TODAY, Problems())


@pytest.fixture(scope="session")
def messages(theme: Theme, catalogue: Catalogue) -> dict[str, Messages]:
    """Return the words of every language of the village."""
    languages, problems = catalogue.site.languages, Problems()
    entries = read_messages(theme, "messages", [each.code for each in languages], problems)
    assert [*problems] == []
    return {
        each.code: Messages({**field_words(theme, each.code), **entries[each.code]}, each.locale)
        for each in languages
    }


@pytest.fixture(scope="session")
def templates(theme: Theme, messages: dict[str, Messages]) -> Templates:
    """Return the templates of the village."""
    return Templates(theme, messages)


@pytest.fixture(scope="session")
def desks(catalogue: Catalogue, messages: dict[str, Messages], assets: Assets) -> list[Desk]:
    """Return the desks of both editions; all photos have the same measures."""
    photos = {
        (entry.folder, name): (digest_of_bytes(name.encode()), SOME_PHOTO)
        for entry in catalogue.products.values()
        for name in entry.files
    }
    base = base_path(catalogue.site.base_url)
    return [
        Desk(Edition(catalogue, each), messages[each.code], Routes(each, base), photos, assets)
        for each in catalogue.site.languages
    ]


@pytest.fixture(params=[0, 1], ids=["the first language", "the second language"])
def desk(desks: list[Desk], request: pytest.FixtureRequest) -> Desk:
    """Return the desk of one edition after the other."""
    place: int = request.param
    return desks[place]

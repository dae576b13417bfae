"""An edition picks words in its language, or in the main one, and says which."""

from pathlib import Path

import pytest

from ocopgen.content.catalogue import Catalogue
from ocopgen.content.edition import Edition, Phrase
from tests.content.hamlet import copy, problems_of

STORY = "---\ntitle: Rừng mật\n---\nOng bay.\n"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    copy(tmp_path)
    pages = tmp_path / "content/pages"
    pages.mkdir(exist_ok=True)
    (tmp_path / "content/products/mat-ong/story.vi.md").write_text(STORY, "utf-8")
    (pages / "gioi-thieu.vi.md").write_text(STORY, "utf-8")
    (pages / "gioi-thieu.en.md").write_text(STORY.replace("Rừng mật", "Honey"), "utf-8")
    found, _ = problems_of(tmp_path)
    assert found
    return found


def editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    return Edition(catalogue, catalogue.site.languages[0]).siblings()


def test_words_are_said_in_the_language_or_marked(catalogue: Catalogue) -> None:
    vi, en = editions(catalogue)

    assert vi.say({"vi": "Mật", "en": "Honey"}) == Phrase("Mật")
    assert en.say({"vi": "Mật", "en": "Honey"}) == Phrase("Honey")
    assert en.say({"vi": "Mật"}) == Phrase("Mật", "vi")
    assert str(en.say({"vi": "Mật"})) == "Mật"


def test_the_other_words_are_those_that_differ(catalogue: Catalogue) -> None:
    vi, en = editions(catalogue)

    assert vi.others({"vi": "Mật", "en": "Honey"}) == (Phrase("Honey", "en"),)
    assert en.others({"vi": "OCOP", "en": "OCOP"}) == ()


def test_words_are_written_in_the_languages_that_have_all_of_them(catalogue: Catalogue) -> None:
    vi, en = editions(catalogue)

    for edition in (vi, en):
        assert edition.written_in({"vi": "a", "en": "b"}, {"en": "c"}) == ("en",)
        assert edition.written_in({"vi": "a"}) == ("vi",)
        assert edition.written_in({"vi": "a", "en": "b"}) == ("vi", "en")


def test_texts_fall_back_to_the_main_language(catalogue: Catalogue) -> None:
    vi, en = editions(catalogue)

    assert en.story("mat-ong") is vi.story("mat-ong") is not None
    assert en.page("gioi-thieu") is not vi.page("gioi-thieu")
    assert en.story("ca-phe") is None
    assert en.page("ca-phe") is None


def test_the_district_of_a_commune_is_known_where_there_is_one(catalogue: Catalogue) -> None:
    areas = catalogue.map

    assert areas.district_of("xa-suoi", None) == "huyen-tren"
    assert areas.district_of("xa-doi", None) is None
    assert areas.district_of("xa-doi", "huyen-duoi") == "huyen-duoi"
    assert areas.district_of(None, None) is None
    assert areas.communes_of == {"huyen-tren": ("xa-suoi", "xa-doi"), "huyen-duoi": ("xa-doi",)}

"""The words of the interface come in every language of the site, or it is said what to do."""

from pathlib import Path

import pytest

from ocopgen.base.problems import Problems
from ocopgen.pages.messages import read_messages
from ocopgen.pages.theme import Theme, default_layer


def test_a_language_without_words_is_one_fault_that_says_where_to_begin(tmp_path: Path) -> None:
    problems = Problems()

    read_messages(Theme((tmp_path, default_layer())), "messages", ("vi", "km"), problems)

    (fault,) = problems
    assert (fault.spot.path, fault.code) == ("templates/messages/km.yaml", "message.file")
    assert fault.values["language"] == "km"
    assert Path(fault.values["like"]).is_file()


def test_a_site_in_one_language_that_has_no_words_is_told_so(tmp_path: Path) -> None:
    problems = Problems()

    read_messages(Theme((tmp_path, default_layer())), "messages", ("km",), problems)

    assert [each.code for each in problems] == ["message.file"]


def test_a_file_of_words_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    words, problems = tmp_path / "templates" / "messages" / "km.yaml", Problems()
    words.parent.mkdir(parents=True)
    words.write_text("a: [", "utf-8")

    read_messages(Theme((tmp_path, default_layer())), "messages", ("vi", "km"), problems)

    assert [each.code for each in problems] == ["yaml.syntax"]


@pytest.mark.parametrize(
    ("language", "own", "faults"),
    [
        ("vi", "built: {day}", []),
        ("vi", "built: ngày {ngay}", [("message.place", "{ngay}")]),
        ("km", "built: '{ថ្ងៃ}'", [("message.place", "{ថ្ងៃ}")]),
        ("vi", "built: '{day.year}'", [("message.place", "{day.year}")]),
        ("vi", "built: '{}'", [("message.place", "{}")]),
        ("vi", "built: '{day:d}'", [("message.place", "{day:d}")]),
        ("vi", "built: '{day'", [("message.brace", "")]),
        ("vi", "things: {other: 'có {count}', one: '{count} {so}'}", [("message.place", "{so}")]),
        ("vi", "nobody.knows: '{x}'", []),
    ],
)
def test_a_place_that_nothing_fills_is_told_at_its_sentence(
    tmp_path: Path, language: str, own: str, faults: list[tuple[str, str]]
) -> None:
    problems = Problems()
    shipped, ours = tmp_path / "shipped", tmp_path / "own"
    _write(shipped, "vi", "built: Dựng ngày {day}\nthings: {other: nhiều}\n")
    _write(ours, language, f"# Của chúng tôi\n{own}\n")

    read_messages(Theme((ours, shipped)), "messages", (language,), problems)

    assert [(each.code, each.values.get("written", "")) for each in problems] == faults
    assert all(
        (each.spot.path, each.spot.line) == (f"templates/messages/{language}.yaml", 2)
        for each in problems
    )


def _write(layer: Path, language: str, words: str) -> None:
    path = layer / "templates" / "messages" / f"{language}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(words, "utf-8")

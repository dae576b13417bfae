"""The words of the interface come in every language of the site, or it is said what to do."""

from pathlib import Path

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

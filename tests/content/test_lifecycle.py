"""What a certificate is worth depends on the day, and on nothing else."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from ocopgen.base.problems import Problems
from ocopgen.content.decode import decode
from ocopgen.content.lifecycle import add_months, standing
from ocopgen.content.province import Programme
from ocopgen.content.readers import record_reader
from ocopgen.content.records import Certification
from ocopgen.content.source import read_tree
from ocopgen.content.tree import Tree
from tests.casefile import cases
from tests.content.hamlet import HAMLET

SOURCE = {"url": "https://example.org/qd", "title": "Quyết định", "accessed": "2026-11-20"}


@pytest.fixture(scope="session")
def programme() -> Programme:
    text = Path(HAMLET, "content/programme.yaml").read_text("utf-8")
    read = decode(_tree(text), Programme, ("vi", "en"), Problems())
    assert read
    return read


@pytest.mark.parametrize(("written", "told"), cases("lifecycle.md"))
def test_the_life_of_certificates(programme: Programme, written: str, told: str) -> None:
    certifications = _certifications(written)
    days = [line.split()[0] for line in told.splitlines()]

    assert [f"{day} {_worth(certifications, programme, day)}" for day in days] == told.splitlines()


def test_the_issuer_is_the_one_that_the_rules_of_the_time_name(programme: Programme) -> None:
    (certification,) = _certifications("- {star: 4, issued: 2025}")
    found = standing([certification], programme, date(2026, 1, 1))

    assert found
    assert found.issuer == {"vi": "Ủy ban nhân dân cấp tỉnh", "en": "The province"}


def test_a_star_that_the_rules_do_not_name_has_no_issuer(programme: Programme) -> None:
    silent = replace(programme, versions=(_silent(programme),))
    certifications = _certifications("- {star: 4, issued: 2025}")
    found = standing(certifications, silent, date(2026, 1, 1))

    assert found
    assert found.issuer is None


def test_an_issuer_that_is_written_counts(programme: Programme) -> None:
    certifications = _certifications("- {star: 4, issuer: {vi: Hội đồng}}")
    found = standing(certifications, programme, date(2026, 1, 1))

    assert found
    assert found.issuer == {"vi": "Hội đồng"}
    assert (found.first_end, found.last_end, found.star) == (None, None, 4)


def test_certificates_before_the_first_rules_follow_those(programme: Programme) -> None:
    found = standing(
        _certifications("- {star: 3, issued: 2018-01-31}"), programme, date(2019, 1, 1)
    )

    assert found
    assert found.last_end == date(2021, 1, 31)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-12-15", 0, "2024-12-15"),
    ],
)
def test_months_are_added_by_the_calendar(day: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(end)


def _silent(programme: Programme) -> object:
    return replace(programme.versions[0], issuers=())


def _tree(text: str) -> Tree:
    tree = read_tree("x.yaml", text, Problems())
    assert tree
    return tree


def _certifications(written: str) -> list[Certification]:
    rows = _tree(written).data
    read = record_reader(Certification, ("vi", "en"))
    return [read({**row, "sources": [SOURCE]}) for row in rows]


def _worth(certifications: list[Certification], programme: Programme, day: str) -> str:
    found = standing(certifications, programme, date.fromisoformat(day))
    return f"{found.status} {found.star}" if found else "nothing"

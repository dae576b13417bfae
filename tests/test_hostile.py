"""A hostile catalogue: every attack is told in its place, or does no harm to what is made."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ocopgen.base.problems import Level, Problems
from ocopgen.base.store import Memory
from ocopgen.build.site import prepare
from ocopgen.content.signs import UNFIT
from tests.attacks import Attack, attacks
from tests.copies import TODAY, Copy

ATTACKS = attacks()
ALONE = [each for each in ATTACKS if each.is_alone and not each.is_harmless]
OF_ALL = [each for each in ATTACKS if not each.is_alone and not each.is_harmless]
HARMLESS = [each for each in ATTACKS if each.is_harmless]
LONGEST = 25
"""Seconds that all attacks together may take to be told of; each alone takes less than two."""
SCHEMES = {"https", "http", "mailto", "tel", "geo"}
IN_PROSE = {"h2", "h3", "h4", "h5", "h6", "pre", "code", "blockquote", "ol", "ul", "li", "p", "em"}
IN_PROSE |= {"strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td", "hr", "br"}
SHOWN = (".html", ".json", ".xml", ".svg", ".csv", ".ics", ".txt", ".webmanifest", ".geojson")


def test_there_are_many_attacks_and_none_has_the_title_of_another() -> None:
    titles = [each.title for each in ATTACKS]

    assert len(titles) > 300
    assert sorted(set(titles)) == sorted(titles)


def test_attacks_on_records_are_told_in_their_places(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for attack in ALONE:
        attack.lay(copy.root)

    start = time.monotonic()
    rows = [(path, f"{path}:{line} {code}") for path, line, code in _faults(copy.root)]
    took = time.monotonic() - start

    told = {each.title: sorted(row for path, row in rows if each.owns(path)) for each in ALONE}
    assert {each.title: each.expected() for each in ALONE} == told
    assert {row for path, row in rows if not any(each.owns(path) for each in ALONE)} == set()
    assert took < LONGEST


def test_attacks_on_the_whole_site_are_told_in_their_places(tmp_path: Path) -> None:
    told = {}
    for attack in OF_ALL:
        copy = Copy(tmp_path / str(attack.number))
        attack.lay(copy.root)
        rows = (f"{path}:{line} {code}" for path, line, code in _faults(copy.root))
        told[attack.title] = sorted(rows)

    assert {each.title: each.expected() for each in OF_ALL} == told


def _faults(root: Path) -> Iterator[tuple[str, int, str]]:
    problems = Problems()
    prepare(root, TODAY, Memory(root / "memory.json"), problems)
    for each in problems.found:
        if each.level is Level.FAULT:
            yield each.spot.path, each.spot.line, each.code

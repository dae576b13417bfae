"""A hostile catalogue: every attack is told in its place, or does no harm to what is made.

tests/cases/hostile holds the attacks; tests/browser/test_hostile.py shows the pages to a browser.
"""

import csv
import io
import json
import re
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from ocopgen.app.report import report
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Level, Problems
from ocopgen.build.site import prepare
from ocopgen.content.signs import UNFIT
from tests.attacks import attacks
from tests.content.hamlet import SENTENCES, problems_of
from tests.copies import TODAY, Copy

ATTACKS = attacks()
ALONE = [each for each in ATTACKS if each.is_alone and not each.is_harmless]
OF_ALL = [each for each in ATTACKS if not each.is_alone and not each.is_harmless]
HARMLESS = [each for each in ATTACKS if each.is_harmless]
LONGEST = 25
"""Seconds of a processor that the attacks on records may take together, a fifth of it as a rule."""
SCHEMES = {"https", "http", "mailto", "tel", "geo"}
NEVER = {"iframe", "object", "embed", "base", "applet", "frame", "frameset", "style", "animate"}
"""Tags that no page of the site has; what else there is, is told by its attributes."""
CALENDAR = {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "URL", "UID"}
CALENDAR |= {"X-WR-TIMEZONE", "REFRESH-INTERVAL", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
CALENDAR |= {"LOCATION", "CATEGORIES", "DESCRIPTION", "TRANSP", ""}
SHOWN = (".html", ".json", ".xml", ".svg", ".csv", ".ics", ".txt", ".webmanifest", ".geojson")


def test_there_are_many_attacks_and_none_has_the_title_of_another() -> None:
    titles = [each.title for each in ATTACKS]

    assert len(titles) > 300
    assert sorted(set(titles)) == sorted(titles)


def test_attacks_on_records_are_told_in_their_places(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for attack in ALONE:
        attack.lay(copy.root)

    start = time.process_time()
    rows = [(path, f"{path}:{line} {code}") for path, line, code in _faults(copy.root)]
    took = time.process_time() - start

    told = {each.title: sorted(row for path, row in rows if each.owns(path)) for each in ALONE}
    assert {each.title: each.expected() for each in ALONE} == told
    assert {row for path, row in rows if not any(each.owns(path) for each in ALONE)} == set()
    assert took < LONGEST


def test_attacks_are_told_in_words_that_no_terminal_obeys(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for attack in ALONE:
        attack.lay(copy.root)
    _, problems = problems_of(copy.root, TODAY)

    texts = [report(problems, SENTENCES[language], copy.root) for language in ("vi", "en")]

    letters = set("".join(texts)) - {"\n"}
    assert min(text.count("\n\n") for text in texts) > len(ALONE) / 2
    assert {each for each in letters if unicodedata.category(each).startswith("C")} == set()
    assert max(len(line) for text in texts for line in text.split("\n")) < 2_500


def test_attacks_on_the_whole_site_are_told_in_their_places(tmp_path: Path) -> None:
    told = {}
    for attack in OF_ALL:
        copy = Copy(tmp_path / str(attack.number))
        attack.lay(copy.root)
        # To plan all pages is dear, and only two pages at one address are found by it.
        taken = any("output.taken" in row for row in attack.told)
        found = _faults(copy.root) if taken else _faults_of(problems_of(copy.root, TODAY)[1])
        told[attack.title] = sorted(f"{path}:{line} {code}" for path, line, code in found)

    assert {each.title: each.expected() for each in OF_ALL} == told


def test_what_is_harmless_is_told_where_somebody_should_look(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for attack in HARMLESS:
        attack.lay(copy.root)
    _, problems = problems_of(copy.root, TODAY)
    rows = {f"{each.spot.path}:{each.spot.line} {each.code}" for each in problems.found}

    untold = [row for each in HARMLESS for row in each.expected() if row not in rows]
    assert untold == []
    assert problems.faults == 0


def test_no_page_has_a_tag_an_attribute_or_an_address_that_an_attack_wrote(stormed: Path) -> None:
    pages = sorted(stormed.rglob("*.html"))
    planted = {path.relative_to(stormed).as_posix(): _planted(path) for path in pages}

    assert len(pages) > 400
    assert {path: found for path, found in planted.items() if found} == {}


def test_what_programs_read_is_whole(stormed: Path) -> None:
    broken = dict[str, str]()
    for path in _texts(stormed):
        try:
            _read(path)
        except (ValueError, ET.ParseError, AssertionError) as error:
            broken[path.relative_to(stormed).as_posix()] = repr(error)[:200]

    assert broken == {}


def test_no_text_of_the_site_has_a_letter_that_nobody_sees(stormed: Path) -> None:
    found = {}
    for path in _texts(stormed):
        text = path.read_text("utf-8").lstrip("\ufeff")
        hidden = UNFIT.search(text.replace("\r\n", "\n"))
        if hidden and path.suffix != ".js":
            found[path.name] = f"U+{ord(hidden[0][0]):04X}"

    assert found == {}


def test_no_picture_tells_what_its_photo_told(stormed: Path) -> None:
    pictures = [*stormed.rglob("*.jpg"), *stormed.rglob("*.webp"), *stormed.rglob("*.png")]

    assert len(pictures) > 50
    assert [path.name for path in pictures if b"pwned" in path.read_bytes()] == []


def test_no_workbook_has_a_formula(stormed: Path) -> None:
    (book, *_) = stormed.rglob("*.xlsx")
    with zipfile.ZipFile(book) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        formulas = [name for name in sheets if b"<f" in parts.read(name).replace(b"<font", b"")]

    assert sheets
    assert formulas == []


class _Page(HTMLParser):
    """Notes what in a page an attack must have written."""

    def __init__(self) -> None:
        super().__init__()
        self.planted: list[str] = []
        self.told = ""
        self.is_told = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.is_told = given.get("type") == "application/ld+json"
        if tag in NEVER or (tag == "script" and "src" not in given and not self.is_told):
            self.planted.append(f"<{tag}>")
        if given.get("http-equiv", "").lower() == "refresh" and "//" in given["content"]:
            self.planted.append(given["content"])
        self.planted += [
            f"<{tag} {name}={value[:60]}>" for name, value in given.items() if _is_bad(name, value)
        ]

    def handle_data(self, data: str) -> None:
        self.told += data if self.is_told else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.is_told:
            json.loads(self.told)
            self.is_told, self.told = False, ""


def _is_bad(name: str, value: str) -> bool:
    """Tell whether an attribute runs, styles, fetches or leads where nothing may."""
    if not re.fullmatch(r"[a-z][a-z0-9:-]*", name) or name.startswith("on") or name == "style":
        return True
    if name in {"src", "srcset", "data", "poster", "action", "formaction", "background"}:
        return not value.startswith("/") or value.startswith("//")
    if name in {"href", "xlink:href"}:
        scheme = re.match(r"\s*([^/?#]*?):", value)
        return bool(scheme and scheme[1] not in SCHEMES) or value.startswith(("//", "/\\"))
    return False


def _planted(path: Path) -> list[str]:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page.planted


def _texts(site: Path) -> list[Path]:
    return [path for path in site.rglob("*") if path.suffix in SHOWN]


def _read(path: Path) -> None:
    """Read the file at *path* as programs do; raises what is wrong with it."""
    text = path.read_text("utf-8")
    if path.suffix in {".json", ".webmanifest", ".geojson"}:
        json.loads(text)
    elif path.suffix in {".xml", ".svg"}:
        root = ET.fromstring(text)
        assert "script" not in {each.tag.rpartition("}")[2].lower() for each in root.iter()}
        assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    elif path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        assert [cell for row in rows for cell in row if _is_run(cell)] == []
    elif path.suffix == ".ics":
        lines = text.replace("\r\n ", "").split("\r\n")
        names = {re.split("[;:]", line)[0] for line in lines}
        assert names <= CALENDAR, names - CALENDAR
        assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT")


def _is_run(cell: str) -> bool:
    """Tell whether a spreadsheet would take *cell* for a formula."""
    return cell.startswith(tuple("=+-@\t\r＝＋－＠")) and not re.fullmatch(r"[+-]?\d[\d .]*", cell)


def _faults(root: Path) -> Iterator[tuple[str, int, str]]:
    problems = Problems()
    prepare(root, TODAY, Memory(root / "memory.lines"), problems)
    yield from _faults_of(problems)


def _faults_of(problems: Problems) -> Iterator[tuple[str, int, str]]:
    for each in problems.found:
        if each.level is Level.FAULT:
            yield each.spot.path, each.spot.line, each.code

"""The example catalogue's finished site: its pages are all there, counted right, and linked.

What the pages should hold is counted anew from the YAML, by tests/recount.py.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from icalendar import Calendar

from ocopgen.base.digest import digest_of_bytes
from ocopgen.build.audit import judge
from ocopgen.build.links import anchors_and_links
from tests.copies import TODAY, VILLAGE
from tests.reading import Element, Folder, addresses, doors
from tests.recount import Recount

KINDS = ("district", "commune", "sector", "group", "set")
LANGUAGES = ("vi", "en")
MANIFEST = "ocopgen-manifest.json"

VARIES = (
    # Pagefind 1.5.2 promises no order of what it writes.
    re.compile(r"search/[a-z]+-[0-9a-f]{8}/.*"),
    # And this one lists all files.
    re.compile(re.escape(MANIFEST)),
)
"""The files in which two builds of the same content may differ."""

Catalogue = tuple[Folder, Recount]


@pytest.fixture(scope="module")
def catalogue(example: Path) -> Catalogue:
    """Return the finished site, and what it should hold."""
    return Folder(example / "site"), Recount(example / "content", TODAY)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, catalogue: Catalogue) -> Mapping[str, str]:
    """Return the address at which each kind of page begins, in each language in turn."""
    languages = {each["code"]: each for each in catalogue[1].site["languages"]}
    chosen = languages[request.param]
    home = f"/{chosen['prefix']}/".replace("//", "/")
    code = {"home": home, "code": request.param}
    return {**code, **{kind: f"{home}{word}/" for kind, word in chosen["paths"].items()}}


# --- What there is ---------------------------------------------------------------------------


def test_every_published_product_has_its_page_and_nothing_else_has(
    catalogue: Catalogue, language: Mapping[str, str]
) -> None:
    site, recount = catalogue

    assert site.below(language["product"]) == {product.id for product in recount.products}


def test_each_star_has_its_list(catalogue: Catalogue, language: Mapping[str, str]) -> None:
    site, recount = catalogue
    counted = recount.lists("star")
    shown = {star: site.shelf(f"{language['star']}{star}/") for star in counted}

    assert sorted(counted) == ["3", "4", "5"]
    assert {star: set(shelf.ids) for star, shelf in shown.items()} == counted
    assert {star: shelf.says for star, shelf in shown.items()} == _sizes(counted)


@pytest.mark.parametrize("kind", ["outlet", "event"])
def test_every_outlet_and_event_has_its_page_is_in_its_index_and_can_be_found(
    catalogue: Catalogue, language: Mapping[str, str], kind: str
) -> None:
    site, recount = catalogue
    written = {path.stem for path in (recount.content / f"{kind}s").glob("[!_]*.yaml")}
    pages = {f"{language[kind]}{id_}/" for id_ in written}
    (names,) = site.folder.glob(f"search/catalogue.{language['code']}.*.json")

    assert site.below(language[kind]) == written
    assert pages <= set(addresses(site.page(language[kind])))
    assert pages == set(json.loads(names.read_text("utf-8"))[f"{kind}s"]["url"])


def test_the_calendars_of_all_languages_hold_the_same_dated_events(catalogue: Catalogue) -> None:
    site, recount = catalogue
    files = [site.folder / "su-kien/lich.ics", site.folder / "en/events/calendar.ics"]
    calendars = [Calendar.from_ical(file.read_bytes()) for file in files]
    dated = {
        f"event-{path.stem}@ocop.example"
        for path in (recount.content / "events").glob("*.yaml")
        if re.search(r"^start: \S{5}", path.read_text("utf-8"), re.MULTILINE)
    }

    for calendar in calendars:
        assert isinstance(calendar, Calendar)
        assert calendar.errors == []
        assert {str(event["UID"]) for event in calendar.events} == dated
        assert all(event.errors == [] for event in calendar.events)


@pytest.mark.parametrize("kind", KINDS)
def test_each_place_and_kind_with_products_has_its_list(
    catalogue: Catalogue, language: Mapping[str, str], kind: str
) -> None:
    site, recount = catalogue
    current, former = recount.lists(kind), recount.former(kind)
    shown = {id_: site.shelf(f"{language[kind]}{id_}/") for id_ in site.below(language[kind])}

    assert shown.keys() == current.keys() | former.keys()
    for id_, shelf in shown.items():
        wanted = current.get(id_, set())
        assert (id_, shelf.says, len(shelf.ids)) == (id_, len(wanted), len(wanted))
        assert (id_, set(shelf.ids)) == (id_, wanted)
        assert (id_, set(shelf.former)) == (id_, former.get(id_, set()))


def test_the_list_of_all_products_holds_all_that_carry_stars(
    catalogue: Catalogue, language: Mapping[str, str]
) -> None:
    site, recount = catalogue
    current = {product.id for product in recount.products if product.current}

    shelf = site.shelf(language["product"])

    assert (shelf.says, len(shelf.ids), set(shelf.ids)) == (len(current), len(current), current)


def test_those_formerly_certified_stand_in_a_list_of_their_own(
    catalogue: Catalogue, language: Mapping[str, str]
) -> None:
    site, recount = catalogue
    former = {product.id for product in recount.products if not product.current}

    shelf = site.shelf(language["former"])

    assert (shelf.says, len(shelf.ids), set(shelf.ids)) == (len(former), len(former), former)


def test_lists_go_from_five_stars_to_three(
    catalogue: Catalogue, language: Mapping[str, str]
) -> None:
    site, recount = catalogue
    stars = {product.id: product.star for product in recount.products}

    shown = [stars[id_] for id_ in site.shelf(language["product"]).ids]

    assert shown == sorted(shown, reverse=True)


def test_every_number_beside_a_link_to_a_list_is_what_the_list_holds(
    catalogue: Catalogue, language: Mapping[str, str]
) -> None:
    site, recount = catalogue
    holds = {
        f"{language[kind]}{id_}/": len(ids)
        for kind in (*KINDS, "star")
        for id_, ids in recount.lists(kind).items()
    }
    holds |= {
        f"{language[kind]}{id_}/": holds.get(f"{language[kind]}{id_}/", 0)
        for kind in KINDS
        for id_ in recount.former(kind)
    }
    holds[language["former"]] = sum(not product.current for product in recount.products)
    numbers = 0
    for name in ("home", "product", "place", "sector"):
        for link in site.page(language[name]).one("main").all("a"):
            told = next(iter((*link.all(of="num"), *link.all(of="big"))), None)
            if told:
                numbers += 1
                assert (link.attributes["href"], told.number) == (
                    link.attributes["href"],
                    holds[link.attributes["href"]],
                )

    assert numbers > len(recount.lists("district")) + len(recount.lists("set"))


def test_each_producer_has_its_products(catalogue: Catalogue, language: Mapping[str, str]) -> None:
    site, recount = catalogue
    current, former = recount.lists("producer"), recount.former("producer")
    made = {id_: current.get(id_, set()) | former.get(id_, set()) for id_ in current | former}

    shown = {
        id_: {
            card.one("a").attributes["href"].strip("/").rpartition("/")[2]
            for card in site.page(f"{language['producer']}{id_}/").all("li", of="card")
        }
        for id_ in site.below(language["producer"])
    }

    assert shown == made


# --- How it hangs together -------------------------------------------------------------------


def test_no_link_is_dead(catalogue: Catalogue) -> None:
    site, _ = catalogue

    dead = [
        (address, link)
        for address in _pages(site)
        for link in addresses(site.page(address))
        if link.startswith("/")
        and not site.file(link.partition("#")[0].partition("?")[0]).is_file()
    ]

    assert dead == []


def test_every_page_is_reached_by_plain_links(catalogue: Catalogue) -> None:
    site, _ = catalogue
    reached, ahead = {"/"}, ["/"]
    while ahead:
        for link in doors(site.page(ahead.pop())):
            address = link.partition("?")[0]
            if address not in reached and site.file(address).suffix == ".html":
                reached.add(address)
                ahead.append(address)

    assert reached == {address for address in _pages(site) if _is_sought(address)}


def test_the_audit_finds_nothing(catalogue: Catalogue) -> None:
    site, recount = catalogue
    files = {path.relative_to(site.folder).as_posix() for path in _files(site.folder)}
    pages = {
        name: anchors_and_links((site.folder / name).read_bytes())
        for name in files
        if name.endswith(".html")
    }

    assert judge(pages, files, recount.site["base_url"]) == []


def test_every_page_stands_in_both_languages_and_leads_to_the_other(catalogue: Catalogue) -> None:
    site, recount = catalogue
    origin = recount.site["base_url"].rstrip("/")
    for address in _pages(site):
        if not _is_listed(site.page(address)):
            continue
        links = [link for link in site.page(address).all("link") if "hreflang" in link.attributes]
        named = {link.attributes["hreflang"]: link.attributes["href"] for link in links}
        switch = {
            link.attributes["hreflang"]: origin + link.attributes["href"]
            for link in site.page(address).all("a", of="lang")
        }

        assert set(named) == {"vi", "en", "x-default"}
        assert named.items() >= switch.items()
        assert all(site.has(each.removeprefix(origin)) for each in named.values())
        assert origin + address in named.values()


def test_every_page_has_one_heading_of_its_own_and_says_that_this_is_an_example(
    catalogue: Catalogue,
) -> None:
    site, recount = catalogue
    titles: dict[str, str] = {}
    for address in _pages(site):
        page = site.page(address)
        language = page.one("html").attributes["lang"]
        title = page.one("title").text

        assert len(list(page.all("h1"))) == 1
        assert recount.site["notice"][language] in page.one("footer").text
        assert titles.setdefault(f"{language} {title}", address) == address


# --- How it comes to be ----------------------------------------------------------------------


def test_a_second_build_says_that_nothing_changed(example: Path) -> None:
    said = _build(example, "--lang", "en")

    assert said.startswith("Nothing has changed")


def test_the_published_list_names_every_file_and_its_bytes(example: Path) -> None:
    site = example / "site"
    listed = json.loads((site / MANIFEST).read_bytes())["files"]

    found = {
        path.relative_to(site).as_posix(): digest_of_bytes(path.read_bytes())
        for path in _files(site)
    }
    del found[MANIFEST]

    assert listed == found


def test_another_fresh_build_by_one_process_elsewhere_has_the_same_bytes(tmp_path: Path) -> None:
    for place, jobs in (("here", "2"), ("else/where", "1")):
        shutil.copytree(VILLAGE, tmp_path / place)
        _build(tmp_path / place, "--jobs", jobs)

    one, two = _bytes(tmp_path / "here" / "site"), _bytes(tmp_path / "else/where" / "site")

    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def _build(root: Path, *options: str) -> str:
    """Build the catalogue in *root* with the real command, and return what it said."""
    command = [sys.executable, "-m", "ocopgen", "build", "--today", str(TODAY), *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    return done.stdout


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _is_listed(page: Element) -> bool:
    """Tell whether search engines may list *page*."""
    return not any(each.attributes.get("name") == "robots" for each in page.all("meta"))


def _is_sought(address: str) -> bool:
    """Tell whether people look for the page at *address*, which does not stand in for another."""
    return not address.endswith(("404.html", "offline.html"))


def _pages(site: Folder) -> list[str]:
    """Return the address of every page of *site*."""
    paths = (path.relative_to(site.folder).as_posix() for path in _files(site.folder))
    return ["/" + path.removesuffix("index.html") for path in paths if path.endswith(".html")]


def _bytes(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of the site in *folder* but for those that may vary."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    return {
        path: content
        for path, content in files.items()
        if not any(pattern.fullmatch(path) for pattern in VARIES)
    }


def _sizes(lists: Mapping[str, set[str]]) -> dict[str, int]:
    return {name: len(ids) for name, ids in lists.items()}

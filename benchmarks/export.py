"""Turn a catalogue into a project of another generator, so that both can make the same site of it.

    python -m benchmarks.export FOLDER OUT PEER [DAY]

PEER is hugo, eleventy or astro; OUT gets its templates (benchmarks/peers/, whose README.md says how
it is built) and the content of FOLDER in the form that it reads by nature. No page is made here.
What is given ready is what no template language can reasonably do: the small maps (a snippet a
place), the names of posters and of the theme's files, and the tone of each photo.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.build.site import Prepared, prepare
from ocopgen.content.lifecycle import Status
from ocopgen.content.load import Entry
from ocopgen.content.records import Product
from ocopgen.pages import posters
from ocopgen.pages.filling import Filling
from ocopgen.pages.views import Press
from ocopgen.pages.views.content_pages import page_ids, page_word
from ocopgen.pages.views.cuts import Here, cut_of
from ocopgen.pages.views.maps import sketch_of
from ocopgen.pages.views.posters import product_poster, site_poster

PEERS = Path(__file__).parent / "peers"
_TEMPLATES = PEERS.parent.parent / "templates"
_LANGUAGES = ("vi", "en")
_KNOWN = {Status.VALID, Status.RENEWAL}
"""What the templates of the peers speak of: no made-up catalogue has more before 2027."""

Data = dict[str, Any]
"""What a peer reads, by the name of the file."""


def export(folder: Path, out: Path, peer: str, day: date) -> None:
    """Write the catalogue in *folder*, as of *day*, into *out* as a project of *peer*."""
    with tempfile.TemporaryDirectory() as scratch:
        problems = Problems()
        prepared = prepare(folder, day, Memory(Path(scratch) / "memory"), problems)
    if prepared is None:
        raise SystemExit(f"the catalogue has {problems.faults} faults")
    worth = prepared.presses[0].catalogue.standings.values()
    if any(each.status not in _KNOWN for each in worth):
        raise SystemExit("the peers know only certificates in force: choose an earlier day")
    shutil.copytree(PEERS / peer, out, ignore=shutil.ignore_patterns("node_modules"))
    modules = PEERS / peer / "node_modules"
    if modules.is_dir():
        (out / "node_modules").symlink_to(modules.resolve())
    _write_static(out / "static", prepared)
    _FORMS[peer](folder, out, prepared)


def _write_static(static: Path, prepared: Prepared) -> None:
    """Write the files of the theme: nothing that any generator has to work on."""
    for path, content in prepared.presses[0].desk.assets.contents.items():
        (static / path).parent.mkdir(parents=True, exist_ok=True)
        (static / path).write_bytes(content)


def _read(path: Path) -> Any:  # noqa: ANN401 - what the file holds
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def _reference(folder: Path, prepared: Prepared) -> Data:
    """Return what pages speak of beside products: places, kinds, rules, words, producers."""
    first, content = prepared.presses[0], folder / "content"
    named = ("site", "areas", "sectors", "programme")
    data = {name: _read(content / f"{name}.yaml") for name in named}
    data["site"]["posters"] = {
        press.edition.language.code: _poster(site_poster(press.desk)) for press in prepared.presses
    }
    data["day"] = {"day": first.catalogue.day}
    data["messages"] = {code: _read(_TEMPLATES / f"messages/{code}.yaml") for code in _LANGUAGES}
    data["assets"] = dict(first.desk.assets.paths)
    data["texts"] = list(_texts(prepared))
    data["maps"] = {press.edition.language.code: _maps(press) for press in prepared.presses}
    data["producers"] = [
        {**_read(folder / entry.tree.path), "id": id_, "phone": list(entry.record.phone)}
        for id_, entry in first.catalogue.producers.items()
    ]
    return data


def _poster(poster: posters.Poster | None) -> str:
    """Return where the poster lies that other sites show: no peer paints it."""
    return f"/{posters.address(posters.name(poster))}" if poster else ""


def _texts(prepared: Prepared) -> Iterator[Data]:
    """Yield the content pages that the footer leads to."""
    edition = prepared.presses[0].edition
    for id_ in page_ids(edition):
        texts = {code: edition.catalogue.pages[id_, code] for code in _LANGUAGES}
        yield {
            "id": id_,
            "order": texts[_LANGUAGES[0]].record.order,
            "title": {code: text.record.title for code, text in texts.items()},
            "path": {code: page_word(edition, id_, code) for code in _LANGUAGES},
        }


def _maps(press: Press) -> Data:
    """Return the small map of each place, and the sketch of all of them, as SVG."""
    loader = FileSystemLoader(_TEMPLATES)
    jinja = Filling(loader, None)
    jinja.globals["t"] = press.t
    drawn: Any = jinja.get_template("parts/map.html").module

    def cut(here: Here) -> str:
        found = cut_of(press, here)
        return str(drawn.drawing(found.drawing, found.title)).strip() if found else ""

    return {
        "communes": {id_: cut(Here(commune=id_)) for id_ in sorted(press.shelves.communes)},
        "districts": {id_: cut(Here(district=id_)) for id_ in sorted(press.shelves.districts)},
        "sketch": str(drawn.sketch(sketch_of(press))).strip(),
    }


def _products(folder: Path, prepared: Prepared) -> Iterator[Data]:
    """Yield each product as it is written, with its id, its posters and the tones of its photos."""
    first = prepared.presses[0]
    for id_, entry in first.catalogue.products.items():
        record = _read(folder / entry.tree.path)
        for photo in record.get("photos", ()):
            _, measured = first.desk.photos[entry.folder, photo["file"]]
            photo |= {"width": measured.width, "height": measured.height, "tone": measured.tone}
        record["posters"] = {
            press.edition.language.code: _poster(product_poster(press, entry))
            for press in prepared.presses
        }
        yield {"id": id_, **record, "story": dict(_stories(folder, entry))}


def _stories(folder: Path, entry: Entry[Product]) -> Iterator[tuple[str, Data]]:
    for code in _LANGUAGES:
        text = (folder / entry.folder / f"story.{code}.md").read_text("utf-8")
        _, matter, body = text.split("---\n", 2)
        yield code, {**yaml.load(matter, Loader=yaml.CSafeLoader), "text": body.strip()}


def _copy_photos(folder: Path, to: Path, products: list[Data]) -> None:
    for product in products:
        for photo in product.get("photos", ()):
            (to / product["id"]).mkdir(parents=True, exist_ok=True)
            source = folder / "content/products" / product["id"] / photo["file"]
            shutil.copy(source, to / product["id"])


def _write_json(path: Path, data: object) -> None:
    _write_text(path, json.dumps(data, ensure_ascii=False, default=str))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _copy_lib(out: Path) -> None:
    """Lay down what the peers in JavaScript share, with the stars of the theme."""
    shutil.copytree(PEERS / "lib", out / "lib")
    stars = json.dumps(_stars(), ensure_ascii=False)
    _write_text(out / "lib/stars.js", f"export const STAR_DEFS = {stars};\n")


def _stars() -> str:
    """Return the marks as the theme writes them into each page, which takes Jinja to do."""
    theme = Filling(FileSystemLoader(_TEMPLATES), None)
    return theme.get_template("parts/stars.html").render().strip("\n")


def _eleventy(folder: Path, out: Path, prepared: Prepared) -> None:
    """Copy the records and stories as editors write them; what is given ready comes in JSON."""
    products = list(_products(folder, prepared))
    for product in products:
        source = folder / "content/products" / product["id"]
        files = [source / "product.yaml", *(source / f"story.{code}.md" for code in _LANGUAGES)]
        (out / "records" / product["id"]).mkdir(parents=True)
        for file in files:
            shutil.copy(file, out / "records" / product["id"])
    ready = {
        product["id"]: {key: product[key] for key in ("posters", "photos") if key in product}
        for product in products
    }
    for name, data in {**_reference(folder, prepared), "ready": ready}.items():
        _write_json(out / "data" / f"{name}.json", data)
    _copy_lib(out)
    _copy_photos(folder, out / "photos", products)


def _astro(folder: Path, out: Path, prepared: Prepared) -> None:
    """Write the records as a collection in one file, the stories as a collection in Markdown."""
    products = list(_products(folder, prepared))
    for product in products:
        for code, story in product.pop("story").items():
            text = f"---\ntitle: {json.dumps(story['title'], ensure_ascii=False)}\n---\n\n"
            _write_text(out / f"content/stories/{code}/{product['id']}.md", text + story["text"])
    for name, data in {**_reference(folder, prepared), "products": products}.items():
        _write_json(out / "data" / f"{name}.json", data)
    _copy_lib(out)
    _copy_photos(folder, out / "photos", products)


def _hugo(folder: Path, out: Path, prepared: Prepared) -> None:
    """Write a page a product and language, its story as Markdown, and data files for the rest."""
    products = list(_products(folder, prepared))
    _write_text(out / "layouts/_partials/star_defs.html", _stars())
    data = _reference(folder, prepared)
    messages = data.pop("messages")
    for press in prepared.presses:
        code = press.edition.language.code
        words = dict(_hugo_words(messages[code])) | _hugo_formats(messages[code], press)
        _write_json(out / f"i18n/{code}.json", words)
    for name, each in data.items():
        _write_json(out / "data" / f"{name}.json", each)
    kinds = prepared.presses[0].catalogue.kinds
    for product in products:
        kind = kinds[product["set"]]
        for code in _LANGUAGES:
            page = _hugo_page(product, code)
            page |= {"sector": kind.sector.id, "group": kind.group.id}
            plain = json.loads(json.dumps(page, default=str))
            matter = yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
            path = out / f"content/{code}/products/{product['id']}.md"
            _write_text(path, f"---\n{matter}---\n\n{product['story'][code]['text']}\n")
    _copy_photos(folder, out / "assets/photos", products)


def _hugo_page(product: Data, code: str) -> Data:
    """Return the front matter of *product*: Hugo sorts by weight, then by the title of links.

    It knows no numbers in titles, so these get zeros before them.
    """
    star = product["certifications"][0]["star"]
    words = {key: product.get(key) for key in ("pack", "storage", "shelf_life")}
    photos = [{**photo, "alt": photo["alt"][code]} for photo in product.get("photos", ())]
    return {
        "title": product["name"][code],
        "linkTitle": re.sub(r"\d+", lambda found: found[0].zfill(9), product["name"][code]),
        "weight": 6 - star,
        "description": product["summary"][code],
        "others": {key: name for key, name in product["name"].items() if key != code},
        "star": str(star),
        **{key: product[key] for key in ("set", "producer", "commune", "district")},
        "certifications": product["certifications"],
        "price": {**product["price"], "unit": product["price"]["unit"][code]},
        **{key: said[code] for key, said in words.items() if said},
        **({"photos": photos} if photos else {}),
        "poster": product["posters"][code],
        "story": product["story"][code]["title"],
    }


def _hugo_words(tree: Data, prefix: str = "") -> Iterator[tuple[str, Data]]:
    """Yield the words of *tree* as Hugo writes them: "{{ .name }}", days as it spells them."""
    for name, said in tree.items():
        key = f"{prefix}{name}"
        if isinstance(said, dict) and not said.keys() <= {"one", "other"}:
            yield from _hugo_words(said, f"{key}.")
            continue
        told = said if isinstance(said, dict) else {"other": str(said)}
        yield key, {many: re.sub(r"\{(\w+)\}", r"{{ .\1 }}", text) for many, text in told.items()}


def _hugo_formats(tree: Data, press: Press) -> Data:
    """Return how days and sums are written; Hugo's own currencies always have two decimals."""
    days = {name: tree["format"][name] for name in ("day", "month")}
    for sign, like in (
        ("yyyy", "2006"),
        ("MMMM", "January"),
        ("MM", "01"),
        ("dd", "02"),
        ("d", "2"),
    ):
        days = {
            name: re.sub(rf"(?<![a-z]){sign}(?![a-z])", like, text) for name, text in days.items()
        }
    days["money"] = press.formats.price(0, 0).replace("0", "{{ .number }}")
    return {f"format.{name}": {"other": text} for name, text in days.items()}


_FORMS: dict[str, Callable[[Path, Path, Prepared], None]] = {
    "astro": _astro,
    "eleventy": _eleventy,
    "hugo": _hugo,
}


def main(folder: str, out: str, peer: str, day: str = "") -> None:
    """Write the project that the arguments of the command ask for."""
    export(Path(folder), Path(out), peer, date.fromisoformat(day) if day else date.today())  # noqa: DTZ011


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The page of the open data: which files there are, what is in them, and what one may do."""

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.content.edition import Phrase
from ocopgen.pages.routes import Routes
from ocopgen.pages.views import linked_data
from ocopgen.pages.views.frame import Head, Site
from ocopgen.pages.views.open_tables import VERSION, Table, open_tables
from ocopgen.pages.views.parts import Link
from ocopgen.pages.views.press import Press

CATALOGUE, BOOK, PACKAGE = "catalogue.json", "catalogue.xlsx", "datapackage.json"
MANUAL = "handbook.pdf"
PLACES = ("producers.geojson", "outlets.geojson")


class Told(Struct, frozen=True):
    """A column of a table, in words."""

    name: str
    title: str
    type: str
    codes: tuple[tuple[str, str], ...]


class OpenFile(Struct, frozen=True):
    """A file that anybody may take."""

    name: str
    url: str
    form: str
    """What kind of file it is: "CSV"."""
    about: str
    columns: tuple[Told, ...] = ()
    """Empty for what is no table."""


class DataPage(Struct, frozen=True):
    """What the page of the open data shows."""

    site: Site
    head: Head
    day: str
    version: str
    licence: Link | None
    manual: Link | None
    """The printed manual, with its size and day; absent: the site offers none."""
    whole: tuple[OpenFile, ...]
    """The files that hold everything."""
    parts: tuple[OpenFile, ...]
    """Those of one table."""


def open_address(routes: Routes, name: str) -> str:
    """Return the address of the file *name* of the open data, below the page of a language."""
    return f"{routes.data}{name}"


def open_addresses(press: Press) -> list[str]:
    """Return the address of every file that the page leads to, those of all languages too."""
    first = press.framer.siblings[0]
    tables = [f"{table.name}.csv" for table in open_tables(press, filled=False)]
    shared = (CATALOGUE, PACKAGE, *tables, *PLACES)
    return [open_address(press.routes, BOOK), *(open_address(first, each) for each in shared)]


def data_page(press: Press) -> DataPage:
    """Return what the page of the open data shows."""
    t, first = press.t, press.framer.siblings[0]
    licence = press.catalogue.site.licence
    book = _file(press.routes, BOOK, t("open.file.book"))
    whole = (
        book,
        _file(first, CATALOGUE, t("open.file.catalogue")),
        _file(first, PACKAGE, t("open.file.package")),
    )
    parts = (
        *(_table(press, each) for each in open_tables(press, filled=False)),
        *(_file(first, name, t(f"open.file.{name.partition('.')[0]}")) for name in PLACES),
    )
    title, about = t("open.title"), t("open.about", province=press.site.province)
    files = [(each.url, each.form) for each in (*whole, *parts)]
    return DataPage(
        site=press.site,
        head=press.framer.head(
            title,
            about,
            "data",
            lambda routes: routes.data,
            things=(
                linked_data.trail(press, (), title),
                linked_data.dataset(press, title, about, files),
            ),
        ),
        day=press.formats.day(press.catalogue.day),
        version=VERSION,
        licence=Link(Phrase(licence.name), licence.url, outside=True) if licence else None,
        manual=_manual(press),
        whole=whole,
        parts=parts,
    )


def _manual(press: Press) -> Link | None:
    found = press.desk.manual
    if found is None:
        return None
    size = press.formats.megabytes(found.size)
    note = press.t("open.manual_note", size=size, day=press.formats.day(press.catalogue.day))
    return Link(Phrase(press.t("open.manual_take")), found.url, note=note)


def _file(routes: Routes, name: str, about: str) -> OpenFile:
    form = {"xlsx": "Excel", "geojson": "GeoJSON"}.get(ending := name.rpartition(".")[2])
    return OpenFile(name, open_address(routes, name), form or ending.upper(), about)


def _table(press: Press, table: Table) -> OpenFile:
    file = _file(press.framer.siblings[0], f"{table.name}.csv", table.title)
    columns = (
        Told(each.name, each.title, press.t(f"open.type.{each.type}"), each.codes)
        for each in table.columns
    )
    return replace(file, columns=tuple(columns))

"""The open data as files: JSON, CSV, Excel, GeoJSON, and the package that describes them.

The package follows Frictionless Data Package 1.0, places are GeoJSON by RFC 7946. No file but the
package knows the day of the build; what a certificate is worth is that of the day, all the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from msgspec import Struct

from ocopgen.base.earth import Point
from ocopgen.base.text import slug
from ocopgen.content.load import Entry
from ocopgen.content.province import Licence
from ocopgen.content.records import Outlet, Producer
from ocopgen.pages.csv_text import csv_bytes
from ocopgen.pages.open_book import workbook
from ocopgen.pages.views import Press
from ocopgen.pages.views.buying import ONLINE, door_of, location_of
from ocopgen.pages.views.open_columns import Column
from ocopgen.pages.views.open_data import BOOK, CATALOGUE, PACKAGE, open_address
from ocopgen.pages.views.open_records import Plain
from ocopgen.pages.views.open_tables import VERSION, Table, open_tables

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
}


class Made(Struct, frozen=True):
    """What the package says of a file."""

    size: int
    """In bytes."""
    checksum: str
    """SHA-256, in hexadecimal digits."""


def open_files(presses: Sequence[Press]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file but the package, those for all languages once."""
    first = presses[0]
    tables = open_tables(first)
    rows = {table.name: list(table.rows()) for table in tables}
    for table in tables:
        head = [column.name for column in table.columns]
        yield _path(first, f"{table.name}.csv"), csv_bytes(head, rows[table.name])
    yield _path(first, CATALOGUE), _catalogue(first, tables)
    records = {table.name: table.records for table in tables}
    for name, features in (
        ("producers", _producers(first, records["producers"])),
        ("outlets", _outlets(first, records["outlets"])),
    ):
        collection = {"type": "FeatureCollection", "features": list(features)}
        yield _path(first, f"{name}.geojson"), _json(collection)
    for press in presses:
        # Records are told alike in all languages; only titles are another.
        yield _path(press, BOOK), workbook(press, open_tables(press, filled=False), rows)


def package_file(presses: Sequence[Press], files: Mapping[str, Made]) -> tuple[str, bytes]:
    """Return path and content of the package that describes *files*, by their paths.

    The workbooks are left out: they hold the tables once more, with headings for people.
    """
    press = presses[0]
    site, home = press.catalogue.site, _path(press, "")
    columns = {table.name: table.columns for table in open_tables(press, filled=False)}
    licence = site.licence
    told = {
        "profile": "data-package",
        "name": slug(press.site.title),
        "title": press.t("open.title"),
        "description": press.t("open.about", province=press.site.province),
        "homepage": press.absolute(press.routes.data),
        "version": VERSION,
        "created": f"{press.catalogue.day.isoformat()}T00:00:00Z",
        "licenses": [_licence(licence)] if licence else None,
        "keywords": ["OCOP", press.site.province],
        "resources": [
            _resource(path.removeprefix(home), made, columns)
            for path, made in files.items()
            if path.startswith(home) and not path.endswith(BOOK)
        ],
    }
    return _path(press, PACKAGE), _json({key: value for key, value in told.items() if value})


def _path(press: Press, name: str) -> str:
    """Return where the file *name* of the edition lies in the site."""
    return open_address(press.routes, name).removeprefix(press.routes.base)


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _catalogue(press: Press, tables: Sequence[Table]) -> bytes:
    site = press.catalogue.site
    known = {
        "schema": VERSION,
        "title": dict(site.title),
        "province": dict(site.province),
        "notice": dict(site.notice) if site.notice else None,
        "url": press.absolute(press.routes.home),
        "licence": {"name": site.licence.name, "url": site.licence.url} if site.licence else None,
    }
    # The certificates stand within their products.
    rows = {each.name: each.records for each in tables if each.name != "certifications"}
    return _json({**{key: value for key, value in known.items() if value}, **rows})


def _resource(name: str, made: Made, columns: Mapping[str, Sequence[Column]]) -> dict[str, Any]:
    stem, _, form = name.rpartition(".")
    # Two files of one name are told apart by what they are.
    called = stem if form == "csv" else f"{stem}-{form}"
    told = {
        "name": called,
        "path": name,
        "format": form,
        "mediatype": _MEDIA[form],
        "bytes": made.size,
        "hash": f"sha256:{made.checksum}",
    }
    if form != "csv":
        return told
    return {
        **told,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": _schema(columns[stem]),
    }


def _licence(licence: Licence) -> dict[str, str]:
    """Return *licence* with a name as the Open Definition spells them: "CC-BY-4.0"."""
    name = re.sub(r"[^A-Za-z0-9._]+", "-", licence.name)
    return {"name": name, "path": licence.url, "title": licence.name}


def _schema(columns: Sequence[Column]) -> dict[str, Any]:
    keys = [
        {"fields": each.name, "reference": {"resource": each.leads_to, "fields": "id"}}
        for each in columns
        if each.leads_to
    ]
    names = {each.name for each in columns}
    told = {
        "fields": [_field(each) for each in columns],
        "primaryKey": "id" if "id" in names else None,
        "foreignKeys": keys,
    }
    return {key: value for key, value in told.items() if value}


def _field(column: Column) -> dict[str, Any]:
    must = {"required": True} if column.required else {}
    chosen = {"enum": [code for code, _ in column.codes]} if column.codes else {}
    told = {
        "name": column.name,
        "type": column.type,
        "format": column.format,
        "title": column.title,
        "constraints": {**must, **chosen},
    }
    return {key: value for key, value in told.items() if value}


def _producers(press: Press, records: Sequence[Plain]) -> Iterator[Plain]:
    for told in records:
        entry = press.catalogue.producers[told["id"]]
        held = {"products": press.shelves.producers[entry.id].current}
        yield _feature(press, entry, {**told, **held}, door_of(entry.record))


def _outlets(press: Press, records: Sequence[Plain]) -> Iterator[Plain]:
    for told in records:
        entry = press.catalogue.outlets[told["id"]]
        if entry.record.kind != ONLINE:
            yield _feature(press, entry, told, location_of(press, entry.record))


def _feature(
    press: Press, entry: Entry[Producer] | Entry[Outlet], told: Plain, door: Point | None
) -> Plain:
    """Return a place on the map: its door where the public may know it, else its commune."""
    at = door or press.catalogue.map.point_of(entry.record.commune)
    known = {"id", "url", "name", "kind", "commune", "district", "website", "products"}
    properties = {key: value for key, value in told.items() if key in known}
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [at[1], at[0]]} if at else None,
        "properties": {**properties, "exact": door is not None},
    }

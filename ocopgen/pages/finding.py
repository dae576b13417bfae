"""Tell the script of the search box what there is to be found, in one language."""

import orjson

from ocopgen.base.digest import digest_of_bytes
from ocopgen.pages.columns import Columns
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.press import Press

FOLDER = "search"
"""Where all that belongs to search stands in the site."""

_READER = "js/finding.js"
"""The script that the files are written for: one of another version must not read them."""
_SAID = "find.say."
"""What the keys of the words that the script shows begin with."""
_SAID_OF_OLD = "place.former"
"""The key of the words that pages and script alike show for a district of then."""


def pointer_file(desk: Desk, catalogue: str, bundle: str) -> tuple[str, bytes]:
    """Return path and content of the file that the script reads first, and never from a cache.

    *catalogue* and *bundle* tell where the catalogue file and Pagefind's folder lie in the site;
    the latter is empty where there is no bundle.
    """
    base = desk.routes.base
    reader = desk.assets.paths.get(_READER)
    said = {
        key.removeprefix(_SAID): text
        for key, text in desk.t.entries.items()
        if key.startswith(_SAID)
    }
    said["then"] = desk.t.entries[_SAID_OF_OLD]
    named = {
        "reader": reader and f"{base}{reader}",
        "catalogue": f"{base}{catalogue}",
        "bundle": bundle and f"{base}{bundle}/",
        "words": said,
    }
    return desk.routes.pointer, _json(named)


def catalogue_file(press: Press) -> tuple[str, bytes]:
    """Return path and content of the file in which names are looked up and lists are narrowed.

    Columns rather than objects: they compress to half.
    """
    content = _json(Columns(press).all())
    code = press.routes.language.code
    return f"{FOLDER}/catalogue.{code}.{digest_of_bytes(content)[:8]}.json", content


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

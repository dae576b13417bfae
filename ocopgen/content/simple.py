"""Read Markdown that holds nothing but paragraphs, headings and stress, as most stories do.

What such a text means, markdown-it-py says as well, which reads all others and takes ten times as
long; tests compare the two. Nothing in it can lead anywhere or has to be told of.
"""

import re
from html import unescape

import pyromark

from ocopgen.content.prose import LAST_HEADING, Block, Prose, heading_id
from ocopgen.content.signs import is_plain

_SIGN = re.compile(r"[\\`<>&%\[\]|~]")
"""Code, HTML, entities, links, pictures, tables, what is struck out."""
_BEGINNING = re.compile(r"\n(?: |[-+=]|\d+[.)]|[*_]+(?: |\n))")
"""Code, lists, quotes, lines."""
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


def read_simple(text: str, heading: int) -> Prose | None:
    """Return what the Markdown *text* says; None: it may hold more than this room knows.

    *heading* is the level that its highest heading gets on the page.
    """
    lines = f"\n{text}\n"
    forced = " \n" in lines  # a line that ends by force
    if forced or _SIGN.search(text) or _BEGINNING.search(lines) or not is_plain(text):
        return None
    # No tag of such a text has an attribute, so a quotation mark stands for itself.
    html = pyromark.html(text).replace('"', "&quot;")
    if "<h" in html:
        html = _settled(html, heading)
    return Prose((Block(html=html),) if html else (), _words(html))


def _settled(html: str, level: int) -> str:
    """Shift the headings so that the highest gets *level*, and give each an id of its own."""
    highest = min((int(found[1]) for found in _HEADING.finditer(html)), default=1)
    taken: set[str] = set()

    def shifted(found: re.Match[str]) -> str:
        own = min(int(found[1]) - highest + level, LAST_HEADING)
        return f'<h{own} id="{heading_id(_words(found[2]), taken)}">{found[2]}</h{own}>'

    return _HEADING.sub(shifted, html)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())

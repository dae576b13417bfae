"""Turn Markdown into HTML, headings, links and pictures, each with its line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ocopgen.base.problems import Problems, Spot
from ocopgen.content.prose import LAST_HEADING, Block, Prose, heading_id
from ocopgen.content.signs import is_fit, is_plain

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = {"https", "mailto", "tel", "geo"}
_IGNORED_SPACE = re.compile(r"[\s\x00-\x1f]+")
_SHOWN = 60
"""Characters of what is told of that are repeated."""


def read_prose(path: str, text: str, first_line: int, heading: int, problems: Problems) -> Prose:
    """Return what the Markdown *text* of the file *path* says.

    *first_line* is the line on which it begins; *heading* is the level that its highest heading
    gets on the page. Raw HTML and unsafe links are shown as the text that they are, and told.
    """
    tokens = _markdown().parse(text)
    reader = _Reader(path, text, first_line, problems)
    reader.make_safe(tokens)
    _settle_headings(tokens, heading)
    return Prose(
        tuple(_blocks(tokens, first_line)),
        " ".join(_words(tokens)),
        tuple(reader.links),
    )


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Every link is let through here, so that an unsafe one can be told instead of vanishing.
    markdown.validateLink = _any_link  # type: ignore[method-assign]
    return markdown


def _any_link(url: str) -> bool:  # noqa: ARG001 - the signature is markdown-it's
    return True


class _Reader:
    """Walks over the tokens of one text, makes them safe and notes where they lead."""

    def __init__(self, path: str, text: str, first_line: int, problems: Problems) -> None:
        self.path = path
        self.lines = text.split("\n")
        # An entity, or an address without its spelling, makes letters that the text does not show.
        self.is_sound = "&" not in text and "%" not in text and is_plain(text)
        self.first_line = first_line
        self.problems = problems
        self.links: list[tuple[str, int]] = []

    def make_safe(self, tokens: Sequence[Token]) -> None:
        line = 0
        for token in tokens:
            line = token.map[0] if token.map else line
            if token.type != "inline":
                self._look_at(token, line)
            # A column that stands right would be a style within the page, which no host lets in.
            token.attrs.pop("style", None)
            if token.type == "html_block":
                html = token.content.strip().split("\n")[0][:_SHOWN]
                self._tell(line, html, "prose.html", html=html)
                token.type, token.tag = "fence", "code"
            elif token.type == "inline":
                self._make_inline_safe(token.children or [], line, alone=token.level == 1)

    def _make_inline_safe(self, children: list[Token], line: int, *, alone: bool) -> None:
        shut: list[bool] = []
        opened = False
        for child in children:
            line += child.type in {"softbreak", "hardbreak"}
            self._look_at(child, line)
            if child.type == "html_inline":
                self._check_html(child, line, opened=opened)
                opened = True
            elif child.type == "link_open":
                shut.append(not self._follow(str(child.attrs.get("href", "")), line))
                if shut[-1]:
                    child.type, child.content = "text", ""
            elif child.type == "link_close" and shut.pop():
                child.type, child.content = "text", ""
            elif child.type == "image":
                self._check_image(child, line, alone=alone and len(children) == 1)

    def _look_at(self, token: Token, line: int) -> None:
        if self.is_sound:
            return
        said = f"{token.content}{token.info}{token.attrs.get('title', '')}"
        is_fit(said, Spot(self.path, line + self.first_line), self.problems)

    def _check_html(self, child: Token, line: int, *, opened: bool) -> None:
        child.type = "text"
        if not (opened and child.content.startswith("</")):
            html = child.content.split("\n")[0][:_SHOWN]
            self._tell(line, html, "prose.html", html=html)

    def _follow(self, url: str, line: int) -> bool:
        """Tell whether the link *url* may stand."""
        scheme = _SCHEME.match(_IGNORED_SPACE.sub("", url.replace("%0A", "").replace("%09", "")))
        if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
            self._tell(line, url, "prose.link", url=url[:_SHOWN])
            return False
        if scheme:
            return True
        if url.startswith("/") and not url.startswith("//"):
            self.links.append((url, line + self.first_line))
            return True
        if not url.startswith("#"):
            self._tell(line, f"]({url})", "prose.relative", url=url[:_SHOWN])
            return False
        return True

    def _check_image(self, child: Token, line: int, *, alone: bool) -> None:
        source = str(child.attrs.get("src", ""))
        if "/" in source or ":" in source or "\\" in source:
            self._tell(line, source, "prose.picture", url=source[:_SHOWN])
            child.type, child.content = "text", child.content
        elif not child.content.strip():
            self._tell(line, f"]({source}", "prose.alt", file=source)
        elif not alone:
            self._tell(line, f"]({source}", "prose.inline", file=source)

    def _tell(self, line: int, shown: str, code: str, **values: str) -> None:
        """Put a warning at *shown*, or at its whole line where that is written in another way."""
        written = self.lines[line] if line < len(self.lines) else ""
        column = written.find(shown) + 1 if shown else 0
        self.problems.warn(Spot(self.path, line + self.first_line, column), code, **values)


def _settle_headings(tokens: Sequence[Token], level: int) -> None:
    """Shift the headings so that the highest gets *level*, and give each an id of its own."""
    opens = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    highest = min((int(tokens[place].tag[1]) for place in opens), default=1)
    taken: set[str] = set()
    for place in opens:
        shifted = min(int(tokens[place].tag[1]) - highest + level, LAST_HEADING)
        tokens[place].tag = tokens[place + 2].tag = f"h{shifted}"
        tokens[place].attrs["id"] = heading_id(" ".join(_words([tokens[place + 1]])), taken)


def _blocks(tokens: Sequence[Token], first_line: int) -> Iterator[Block]:
    """Yield the stretches of HTML and the pictures that stand alone in a paragraph."""
    pending: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        picture = _lone_picture(tokens, place)
        if picture is None:
            pending.append(token)
            place += 1
            continue
        if pending:
            yield Block(html=_render(pending))
            pending = []
        line = (token.map[0] if token.map else 0) + first_line
        yield Block(photo=str(picture.attrs["src"]), alt=picture.content, line=line)
        place += 3
    if pending:
        yield Block(html=_render(pending))


def _lone_picture(tokens: Sequence[Token], place: int) -> Token | None:
    if tokens[place].type != "paragraph_open" or tokens[place].level:
        return None
    children = tokens[place + 1].children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _render(tokens: Sequence[Token]) -> str:
    for token in tokens:
        for child in token.children or []:
            if child.type == "image":  # inside running text there is no room for a picture
                child.type = "text"
    markdown = _markdown()
    return str(markdown.renderer.render(list(tokens), markdown.options, {}))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"text", "code_inline", "fence", "code_block"} and token.content.strip():
            yield " ".join(token.content.split())
        yield from _words(token.children or [])

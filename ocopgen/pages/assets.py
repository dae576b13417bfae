"""Give every asset a name that changes with its content, and a script no needless bytes."""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from ocopgen.base.digest import digest_of_bytes
from ocopgen.pages.theme import AS_IS, Theme

_DIGITS = 8
_REFERENCES = {
    ".css": re.compile(r"""url\(\s*["']?(?P<name>[^"')]+)["']?\s*\)"""),
    ".js": re.compile(r"""(?:from|import)\s*\(?\s*["'](?P<name>\.{1,2}/[^"']+)["']"""),
}
"""How an asset names another one, by the ending of the file."""

_IMPORTS = {
    ".css": re.compile(r"""@import\s+["'](?P<name>[^"']+)["'];\n?"""),
    ".js": re.compile(
        r"""^import\s+\{[^}]*\}\s+from\s+["'](?P<name>\.{1,2}/[^"']+)["'];\n""", re.MULTILINE
    ),
}
"""How an asset takes in another one, by the ending of the file."""
_EXPORT = re.compile(r"^export (?=async |class |const |function |let )", re.MULTILINE)
_SCRIPTS = "js"
"""The folder of the scripts that pages name; two of them that share a third one share its state."""

_REMARK = re.compile(
    r"""(?P<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/\s*""",
    re.DOTALL,
)
"""A remark in a style sheet; or a text, in which what looks like a remark is none."""

_FIXED = {"icons/favicon.ico": "favicon.ico", "js/sw.js": "sw.js"}
"""What browsers ask for by a name of their own, whatever the page says."""


class Assets(Struct, frozen=True):
    """The files of the theme that are copied into the site."""

    paths: Mapping[str, str]
    """Where each asset lies in the site, by its name below assets/."""
    contents: Mapping[str, bytes]
    """What the site holds, by where it lies."""


def read_assets(theme: Theme) -> Assets:
    """Return the assets of *theme*, each named after its content, their references too."""
    as_is = f"{AS_IS.removeprefix('assets/')}/"
    sources = {name: path for name, path in theme.files("assets") if not name.startswith(as_is)}
    naming = _Naming(sources)
    for name in naming.sources:
        naming.read(name)
    for name in naming.sources:
        # What stands inside another asset is nothing that a page could ask for.
        if name not in naming.taken_in:
            naming.path(name)
    return Assets(naming.paths, naming.contents)


class _Naming(Struct):
    """Names assets in the order in which they need each other."""

    sources: Mapping[str, Path]
    texts: dict[str, str] = field(default_factory=dict)
    """What style sheets and scripts say, whole."""
    modules: set[str] = field(default_factory=set)
    paths: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    taken_in: set[str] = field(default_factory=set)

    def read(self, name: str) -> None:
        """Read the asset *name*, and what it takes in, if it is a style sheet or a script."""
        if posixpath.splitext(name)[1] in _REFERENCES:
            text = self.sources[name].read_text("utf-8")
            self.texts[name] = self._whole(name, text, {name})
            from ocopgen.pages.scripts import is_module  # with a parser that few builds need

            # A worker shares its names with nobody either.
            if is_module(text) or name in _FIXED:
                self.modules.add(name)

    def path(self, name: str) -> str:
        """Return where the asset *name* lies in the site."""
        if name not in self.paths:
            self.begun.add(name)
            content = self._content(name)
            path = _FIXED.get(name) or _named(name, content)
            self.paths[name], self.contents[path] = path, content
        return self.paths[name]

    def _content(self, name: str) -> bytes:
        if name not in self.texts:
            return self.sources[name].read_bytes()
        if name.endswith(".js"):
            from ocopgen.pages.scripts import smaller

            text = smaller(self.texts[name], names=name in self.modules)
        else:
            text = _REMARK.sub(lambda found: found["kept"] or "", self.texts[name])
        references = _REFERENCES[posixpath.splitext(name)[1]]
        return references.sub(lambda found: self._renamed(name, found), text).encode()

    def _whole(self, name: str, text: str, held: set[str]) -> str:
        """Return *text*, which is that of *name*, with what it imports: one way to fetch it all.

        *held* are the assets that stand in the whole already. Scripts then share one scope, so
        that no two of their names may be alike.
        """
        folder, ending = posixpath.split(name)[0], posixpath.splitext(name)[1]

        def taken_in(found: re.Match[str]) -> str:
            other = posixpath.normpath(posixpath.join(folder, found["name"]))
            source = self.sources.get(other)
            if source is None or posixpath.dirname(other) == _SCRIPTS:
                return found[0]
            self.taken_in.add(other)
            if other in held:
                return ""
            held.add(other)
            return self._whole(other, _EXPORT.sub("", source.read_text("utf-8")), held)

        return _IMPORTS[ending].sub(taken_in, text) if ending in _IMPORTS else text

    def _renamed(self, name: str, found: re.Match[str]) -> str:
        """Return the reference *found* in the asset *name* with the other asset's new name."""
        folder = posixpath.dirname(name)
        other = posixpath.normpath(posixpath.join(folder, found["name"]))
        circle = other in self.begun and other not in self.paths
        if other not in self.sources or circle:
            return found[0]
        path = posixpath.relpath(self.path(other), folder)
        if not path.startswith("."):
            path = f"./{path}"
        return found[0].replace(found["name"], path)


def _named(name: str, content: bytes) -> str:
    """Return *name* with the digest of *content*; a licence keeps the name people look for."""
    stem, ending = posixpath.splitext(name)
    return name if ending == ".txt" else f"{stem}.{digest_of_bytes(content)[:_DIGITS]}{ending}"

"""Turn one job into bytes, in whatever process the job lands."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Problems
from ocopgen.build.plan import Output, Render, Write
from ocopgen.pages import photos
from ocopgen.pages.messages import Messages, read_messages
from ocopgen.pages.templates import Templates
from ocopgen.pages.theme import theme_for


@dataclass(frozen=True)
class Workshop:
    """All that making needs; it travels as a path, and opens its templates on first use."""

    root: Path
    """The folder of the catalogue."""
    locales: tuple[tuple[str, str], ...]
    """The code and the CLDR name of each language."""
    codecs: str
    """The versions of what encodes photos."""

    @cached_property
    def templates(self) -> Templates:
        """Return the templates with the words of every language."""
        return open_templates(self.root, self.locales, Problems())

    def make(self, output: Output) -> dict[Digest, bytes]:
        """Return the bytes of *output*, and of whatever comes of the same work, by their keys."""
        job = output.job
        if isinstance(job, Render):
            return {output.key: self.templates.render(job.template, job.view, job.language)}
        if isinstance(job, Write):
            return {output.key: job.content}
        made = photos.encode(self.root / job.path, job.sizes)
        photo = Digest(job.digest)
        return {photos.key(photo, size, self.codecs): made[size.name] for size in job.sizes}

    def __getstate__(self) -> dict[str, object]:
        """Travel without the templates."""
        return {"root": self.root, "locales": self.locales, "codecs": self.codecs}


def open_templates(
    root: Path, locales: tuple[tuple[str, str], ...], problems: Problems
) -> Templates:
    """Return the templates of the catalogue in *root*; their faults go into *problems*."""
    theme = theme_for(root)
    entries = read_messages(theme, "messages", [code for code, _ in locales], problems)
    words = {code: Messages(entries[code], locale) for code, locale in locales}
    return Templates(theme, words)

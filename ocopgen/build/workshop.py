"""Turn one job into bytes, in whatever process the job lands."""

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.problems import Problems
from ocopgen.build.plan import Code, Output, Pending, Render, Write
from ocopgen.build.trace import templates_of
from ocopgen.pages import codes, photos
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
    theme: Digest
    """The state of the templates when the pages were planned."""

    @cached_property
    def templates(self) -> Templates:
        """Return the templates with the words of every language."""
        return open_templates(self.root, self.locales, Problems())

    def make(self, output: Output) -> dict[Digest, bytes]:
        """Return the bytes of *output*, and of whatever comes of the same work, by their keys.

        Nothing comes of a photo that is no longer the one that was planned with.
        """
        job = output.job.render() if isinstance(output.job, Pending) else output.job
        if isinstance(job, Render):
            return {output.key: self.templates.render(job.template, job.view, job.language)}
        if isinstance(job, Write):
            return {output.key: job.content}
        if isinstance(job, Code):
            return {output.key: codes.drawn(job.address)}
        photo, content = Digest(job.digest), (self.root / job.path).read_bytes()
        if digest_of_bytes(content) != photo:
            return {}
        made = photos.encode(content, job.sizes)
        return {photos.key(photo, size, self.codecs): made[size.name] for size in job.sizes}

    def is_current(self) -> bool:
        """Tell whether the templates are still those that the pages were planned with."""
        return templates_of(theme_for(self.root).layers) == self.theme

    def __getstate__(self) -> dict[str, object]:
        """Travel without the templates."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def open_templates(
    root: Path, locales: tuple[tuple[str, str], ...], problems: Problems
) -> Templates:
    """Return the templates of the catalogue in *root*; their faults go into *problems*."""
    theme = theme_for(root)
    entries = read_messages(theme, "messages", [code for code, _ in locales], problems)
    words = {code: Messages(entries[code], locale) for code, locale in locales}
    return Templates(theme, words)

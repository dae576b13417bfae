"""Turn one job into bytes, in whatever process the job lands."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build.plan import Code, Output, Print, Render, Write, ready
from ocopgen.build.trace import templates_of
from ocopgen.pages import codes, photos
from ocopgen.pages.messages import Messages, field_words, read_messages
from ocopgen.pages.posters import Poster
from ocopgen.pages.templates import Templates
from ocopgen.pages.theme import theme_for

if TYPE_CHECKING:
    from PIL.Image import Image


class Workshop(Struct, frozen=True, dict=True):
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
        return self.opened(Problems())

    def opened(self, problems: Problems) -> Templates:
        """Return the templates; their faults go into *problems*, and those are opened anew."""
        if "templates" in vars(self):
            return self.templates
        told = problems.faults
        templates = open_templates(self.root, self.locales, problems)
        if problems.faults == told:
            vars(self)["templates"] = templates
        return templates

    def make(self, output: Output) -> dict[Digest, bytes]:
        """Return the bytes of *output*, and of whatever comes of the same work, by their keys.

        Nothing comes of a photo that is no longer the one that was planned with.
        """
        job = ready(output.job)
        if isinstance(job, Render):
            return {output.key: self.templates.render(job.template, job.view, job.language)}
        if isinstance(job, Write):
            return {output.key: job.content}
        if isinstance(job, Code):
            return {output.key: codes.drawn(job.address)}
        if isinstance(job, Print):
            poster = self._painted(job.poster)
            return {output.key: poster} if poster else {}
        photo, content = Digest(job.digest), (self.root / job.path).read_bytes()
        if digest_of_bytes(content) != photo:
            return {}
        made = photos.encode(content, job.sizes)
        return {photos.key(photo, size, self.codecs): made[size.name] for size in job.sizes}

    def _painted(self, poster: Poster) -> bytes | None:
        from ocopgen.pages.painting import painted  # with Pillow, which few builds need

        picture = None
        if poster.shot:
            picture = _picture(self.root / poster.shot.path, poster.shot.digest)
            if picture is None:
                return None
        return painted(poster, self._assets, picture)

    @cached_property
    def _assets(self) -> dict[str, Path]:
        return dict(theme_for(self.root).files("assets"))

    def is_current(self) -> bool:
        """Tell whether the templates are still those that the pages were planned with."""
        return templates_of(theme_for(self.root).layers) == self.theme

    def forget_stale(self, keys: Iterable[Digest], store: Store) -> None:
        """Drop *keys* of pages from *store* if a template was saved while they were filled.

        Nobody knows then which pages show it.
        """
        if not self.is_current():
            for key in keys:
                store.drop(key)


@lru_cache(maxsize=1)
def _picture(path: Path, digest: str) -> "Image | None":
    """Return what a poster shows of the photo at *path*; None where it is another one by now.

    The posters of a product in all languages show the same, one after the other.
    """
    from ocopgen.pages.painting import picture_of

    content = path.read_bytes()
    return picture_of(content) if digest_of_bytes(content) == digest else None


def open_templates(
    root: Path, locales: tuple[tuple[str, str], ...], problems: Problems
) -> Templates:
    """Return the templates of the catalogue in *root*; their faults go into *problems*."""
    theme = theme_for(root)
    entries = read_messages(theme, "messages", [code for code, _ in locales], problems)
    words = {
        code: Messages({**field_words(theme, code), **entries[code]}, locale)
        for code, locale in locales
    }
    return Templates(theme, words)

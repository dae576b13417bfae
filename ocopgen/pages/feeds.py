"""What machines read: files that stand beside the pages of one edition."""

from collections.abc import Callable, Iterator

from ocopgen.pages.calendar import calendar_file
from ocopgen.pages.offline import manifest_file
from ocopgen.pages.views import File, Press
from ocopgen.pages.views.figures import csv_files

_KINDS: tuple[Callable[[Press], Iterator[File]], ...] = (calendar_file, csv_files, manifest_file)


def feeds(press: Press) -> Iterator[File]:
    """Yield every file that the edition of *press* has beside its pages."""
    for kind in _KINDS:
        yield from kind(press)

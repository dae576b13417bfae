"""Lay an operator's own files into a site as they are, where ocopgen itself makes nothing."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from ocopgen.base.digest import digest_of_bytes
from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import nfc
from ocopgen.build.plan import Given, Output, Plan
from ocopgen.build.publish import MANIFEST
from ocopgen.pages.finding import FOLDER as SEARCH
from ocopgen.pages.host_files import HEADERS_FILE, NGINX, REDIRECTS
from ocopgen.pages.hosting import is_lasting
from ocopgen.pages.theme import AS_IS, Theme
from ocopgen.pages.views import Press
from ocopgen.pages.views.open_data import open_addresses

_NO_NAME = re.compile(r"[\x00-\x1f\x7f\\\\:*?\"<>|\ud800-\udfff]|[. ](?:/|$)")
"""What no path may have in it that Windows too shall be able to hold."""


def with_given(planned: Plan, theme: Theme, presses: Iterable[Press], problems: Problems) -> Plan:
    """Return *planned* with the files of assets/root/, whose faults go into *problems*."""
    files = list(theme.files(AS_IS, dotted=True))
    if not files:
        return planned
    outputs, taken = dict(planned), _Taken(planned, presses)
    for name, source in files:
        output = _given(nfc(name), source)
        other = taken.by(output.path)
        if other is not None:
            _refuse(output, other, problems)
        elif _is_named_well(output, problems):
            outputs[output.path] = output
            taken.add(output.path, str(output.origin))
    return outputs


def _refuse(output: Output, other: str, problems: Problems) -> None:
    if other.startswith(AS_IS):
        problems.add(output.origin, "output.taken", path=output.path, other=other)
    else:
        problems.add(output.origin, "root.taken", path=output.path, other=other)


class _Taken:
    """The places of a site that are not free; on some disks names of other case are the same."""

    def __init__(self, planned: Plan, presses: Iterable[Press]) -> None:
        self.files: dict[str, str] = {}
        """Whom each file is of; so are folders that nobody else may put anything into."""
        self.folders: dict[str, str] = {}
        for path, output in planned.items():
            self.add(path, output.origin.path)
        # What is made once the pages are there, and what hosts read.
        for press in presses:
            for path in (press.routes.pointer, *map(press.routes.file, open_addresses(press))):
                self.add(path, "")
        for path in (SEARCH, NGINX, REDIRECTS, HEADERS_FILE, MANIFEST):
            self.add(path, "")

    def add(self, path: str, origin: str) -> None:
        """Note that the file at *path* is of *origin*."""
        place = path.lower()
        self.files[place] = origin
        while (place := place.rpartition("/")[0]) and place not in self.folders:
            self.folders[place] = origin

    def by(self, path: str) -> str | None:
        """Return of what that is which stands where *path* would; None: it is free."""
        place = path.lower()
        if place in self.folders:
            return self.folders[place]
        while place:
            if place in self.files:
                return self.files[place]
            place = place.rpartition("/")[0]
        return None


def _given(path: str, source: Path) -> Output:
    content = source.read_bytes()
    spelt = os.fsencode(path).decode("utf-8", "backslashreplace")
    return Output(path, digest_of_bytes(content), Given(content), Spot(f"{AS_IS}/{spelt}"))


def _is_named_well(output: Output, problems: Problems) -> bool:
    """Tell whether disks and hosts can have *output* so; what hinders it goes into *problems*."""
    if _NO_NAME.search(output.path):
        problems.add(output.origin, "root.name")
    elif is_lasting(f"/{output.path}"):
        problems.add(output.origin, "root.lasting")
    else:
        return True
    return False

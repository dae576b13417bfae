"""Decide what the site consists of; nothing is made here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.base.problems import ContentFaults, Problems, Spot
from ocopgen.pages.photos import Resize
from ocopgen.pages.templates import Templates
from ocopgen.pages.views import Desk, pages


@dataclass(frozen=True, slots=True)
class Render:
    """A page to be filled into its template."""

    template: str
    view: Any
    language: str


@dataclass(frozen=True, slots=True)
class Write:
    """A file whose bytes are known already."""

    content: bytes


Job = Render | Resize | Write


@dataclass(frozen=True, slots=True)
class Output:
    """A file that the site shall hold, and how its bytes come to be."""

    path: str
    """Where it lies in the site."""
    key: Digest
    """What it is made of: equal keys, equal bytes."""
    job: Job
    origin: Spot
    """Whom to blame; not a part of the key."""


Plan = Mapping[str, Output]
"""Every file of a site, by its path."""


def plan(
    desks: Iterable[Desk], templates: Templates, files: Iterable[Output], problems: Problems
) -> Plan:
    """Return every file that the site shall hold: the pages of *desks*, and *files*.

    Two files at one path are a fault of both their origins.
    """
    outputs: dict[str, Output] = {}
    for desk in desks:
        for output in _pages(desk, templates, problems):
            _place(outputs, output, problems)
    for output in files:
        _place(outputs, output, problems)
    return {output.path: output for output in outputs.values()}


def write(path: str, content: bytes, origin: Spot) -> Output:
    """Return the output that puts *content* at *path*."""
    return Output(path, digest_of_bytes(content), Write(content), origin)


def _pages(desk: Desk, templates: Templates, problems: Problems) -> Iterator[Output]:
    language = desk.edition.language.code
    keys: dict[str, Digest | None] = {}
    for page in pages(desk):
        if page.template not in keys:
            keys[page.template] = _key(templates, page.template, language, problems)
        made_of = keys[page.template]
        if made_of is not None:
            job = Render(page.template, page.view, language)
            yield Output(page.path, digest(made_of, page.view), job, page.origin)


def _key(templates: Templates, template: str, language: str, problems: Problems) -> Digest | None:
    try:
        return templates.key(template, language)
    except ContentFaults as faults:
        problems.extend(faults.problems)
        return None


def _place(outputs: dict[str, Output], output: Output, problems: Problems) -> None:
    # Two names that differ only in case are one file on Windows and on a Mac's disk.
    rival = outputs.setdefault(output.path.lower(), output)
    if (rival.path, rival.key) != (output.path, output.key):
        problems.add(output.origin, "output.taken", path=output.path, other=rival.origin)

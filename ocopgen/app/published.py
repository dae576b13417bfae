"""Read which files the published site holds."""

import json
from collections.abc import Mapping
from pathlib import Path

from ocopgen.app.terminal import Terminal
from ocopgen.base.problems import WrongUse
from ocopgen.build.publish import MANIFEST

_SECONDS = 30
_ONLINE = "https://"
_NOT_FOUND = 404


def published_files(where: str, terminal: Terminal) -> Mapping[str, str]:
    """Return the digests of published files by path, as the manifest says that lies *where*.

    That is a file, the https address of one, or of the site it belongs to. Where a host says that
    it has none, nothing was published so far, which is told. Raises WrongUse where it cannot be
    read: to compare with nothing by mistake would be to lose addresses unseen.
    """
    if where.startswith(_ONLINE) and not where.endswith(".json"):
        where = f"{where.rstrip('/')}/{MANIFEST}"
    content = _fetched(where) if where.startswith(_ONLINE) else _read(where)
    if content is None:
        terminal.hint("unpublished", where=where)
        return {}
    try:
        return dict(json.loads(content)["files"])
    except (ValueError, TypeError, LookupError):
        raise WrongUse("published.unreadable", path=where) from None


def _read(where: str) -> bytes:
    try:
        return Path(where).read_bytes()
    except OSError:
        raise WrongUse("published.unreadable", path=where) from None


def _fetched(where: str) -> bytes | None:
    """Return what the host answers; None where it says that there is nothing."""
    from urllib.error import HTTPError  # takes as long as a build that finds nothing to do
    from urllib.request import urlopen

    try:
        with urlopen(where, timeout=_SECONDS) as answer:  # noqa: S310 - https and nothing else
            return bytes(answer.read())
    except HTTPError as error:
        if error.code == _NOT_FOUND:
            return None
        raise WrongUse("published.unreadable", path=where) from None
    except OSError:
        raise WrongUse("published.unreadable", path=where) from None

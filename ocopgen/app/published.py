"""Read which files the published site holds."""

import json
from collections.abc import Mapping
from pathlib import Path

from ocopgen.base.problems import WrongUse

_SECONDS = 30


def published_files(where: str) -> Mapping[str, str]:
    """Return the digests of published files by path, as the manifest says that lies *where*.

    That is a file, or an https address. Raises WrongUse where no manifest is.
    """
    try:
        return dict(json.loads(_content(where))["files"])
    except (OSError, ValueError, TypeError, LookupError):
        raise WrongUse("published.unreadable", path=where) from None


def _content(where: str) -> bytes:
    if where.startswith("https://"):
        from urllib.request import urlopen  # takes as long as a build that finds nothing to do

        with urlopen(where, timeout=_SECONDS) as answer:  # noqa: S310 - https and nothing else
            return bytes(answer.read())
    return Path(where).read_bytes()

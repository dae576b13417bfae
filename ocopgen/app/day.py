"""Decide which day the site is built for: the one input that may come from a clock."""

import os
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ocopgen.base.problems import Problems, WrongUse
from ocopgen.content.source import decode_text, read_tree

_YEARS = range(1900, 2100)
"""Those that a day in the content may have."""


def build_day(written: str | None, root: Path) -> date:
    """Return the day that *written* says, else SOURCE_DATE_EPOCH, else today in the province.

    Today is taken in the time zone of site.yaml: a machine that runs on UTC must not refuse at
    night what an editor wrote in the morning.
    """
    if written is not None:
        return _day(written)
    zone = _zone(root)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(zone).date()
    try:
        # The reproducible builds convention counts in UTC.
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise WrongUse("use.epoch", written=epoch) from None


def _day(written: str) -> date:
    with suppress(ValueError):
        day = date.fromisoformat(written)
        if day.year in _YEARS:
            return day
    raise WrongUse("use.today", written=written)


def _zone(root: Path) -> ZoneInfo:
    """Return the time zone that site.yaml names; loading the content tells what is wrong there."""
    path = root / "content" / "site.yaml"
    try:
        text = decode_text("", path.read_bytes(), Problems())
        tree = None if text is None else read_tree("", text, Problems())
        return ZoneInfo(tree.data["timezone"]) if tree else ZoneInfo("UTC")
    except (OSError, KeyError, TypeError, ValueError):
        return ZoneInfo("UTC")

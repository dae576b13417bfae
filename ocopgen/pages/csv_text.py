"""Tables as files that spreadsheets and programs open (CSV, RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How what a spreadsheet would run begins; the wide signs count where people type those."""
_NUMBER = re.compile(r"[+-]?\d[\d .]*")
"""A telephone number or a degree, of which no spreadsheet makes more than a number."""


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """Return *head* and *rows* as a file in UTF-8; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)  # ends lines with CRLF, as the RFC asks
    writer.writerow([_cell(each) for each in head])
    writer.writerows([_cell(each) for each in row] for row in rows)
    # The mark at the start tells Excel that the letters are in UTF-8.
    return f"\ufeff{text.getvalue()}".encode()


def _cell(value: str | float | None) -> str | float:
    """Return *value* so that no spreadsheet takes it for a formula and runs it."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value

"""Read addresses: of pages on the web, and of people's mail."""

import re
from urllib.parse import urlsplit

from ocopgen.content.complaint import fault
from ocopgen.content.limits import LONGEST_ADDRESS, not_too_long

_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}]")
"""What no browser writes into an address, and what some take for something else than others."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_NOT_IN_EMAIL = re.compile(r"[<>\"\\?&,;:()\[\]]")


def read_url(written: str, schemes: tuple[str, ...]) -> str:
    """Return the address *written* of one of the *schemes*; raises the complaint that it is none.

    A name and a password before the host would let one host look like another.
    """
    not_too_long(written, LONGEST_ADDRESS)
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError:
        raise fault("url.spelling", written=written) from None
    if parts.scheme in {"http", "https"} and parts.scheme not in schemes:
        raise fault("url.https", written=written)
    if parts.scheme not in schemes or not parts.hostname or _NOT_IN_ADDRESSES.search(written):
        raise fault("url.spelling", written=written)
    if "@" in parts.netloc:
        raise fault("url.user", written=written)
    return written


def read_email(written: str) -> str:
    """Return the mail address *written*; raises the complaint that it is none."""
    not_too_long(written, LONGEST_ADDRESS)
    if not _EMAIL.fullmatch(written) or _NOT_IN_EMAIL.search(written):
        raise fault("email.spelling", written=written)
    return written

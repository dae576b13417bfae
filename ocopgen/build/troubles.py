"""Tell of a full disk and the like as what they are."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ocopgen.base.problems import MachineTrouble

_CODES = {
    errno.ENOSPC: "disk.full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk.full",
    errno.EACCES: "disk.permission",
    errno.EPERM: "disk.permission",
    errno.EROFS: "disk.permission",
    errno.EBUSY: "site.busy",
    errno.EXDEV: "site.busy",
}


@contextmanager
def disk_troubles(place: Path) -> Iterator[None]:
    """Raise MachineTrouble for what the disk refuses, naming the file, or else *place*."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CODES:
            raise
        raise told_of(error, place) from error


def told_of(error: OSError, place: Path) -> MachineTrouble:
    """Return *error* as trouble that can be told, naming its file, or else *place*."""
    path, code = error.filename or place, _CODES.get(error.errno or 0)
    if code:
        return MachineTrouble(code, path=path)
    return MachineTrouble("disk.error", path=path, said=error.strerror or error)

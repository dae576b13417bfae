"""Remove what builds left."""

import shutil
from contextlib import suppress
from pathlib import Path

from ocopgen.app.places import MEMORY, STORE, TRACE, WAIT_SECONDS, cache_of
from ocopgen.base.installed import forget_kept
from ocopgen.base.problems import WrongUse
from ocopgen.build.lock import LOCK
from ocopgen.build.publish import hold, made_here, spare_of


def clean(root: Path, out: Path) -> None:
    """Remove the site in *out* and everything that was kept; refuse what ocopgen did not make."""
    if out.exists() and not made_here(out):
        raise WrongUse("site.foreign", path=out)
    cache, spare = cache_of(root), spare_of(out)
    with hold(cache, WAIT_SECONDS, lambda: None), hold(spare, WAIT_SECONDS, lambda: None):
        forget(cache)
        _remove(out)
        for each in spare.iterdir():
            if each.name != LOCK:
                _remove(each)
        with suppress(OSError):  # on Windows nobody removes what is open
            (spare / LOCK).unlink()
            spare.rmdir()


def forget(cache: Path) -> None:
    """Remove all that is kept in *cache* and of the theme, but not the lock that is held there."""
    forget_kept()
    _remove(cache / STORE)
    for name in (MEMORY, TRACE):
        (cache / name).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

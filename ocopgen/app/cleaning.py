"""Remove what builds left."""

import shutil
from pathlib import Path

from ocopgen.app.places import MEMORY, STORE, TRACE, WAIT_SECONDS, cache_of
from ocopgen.base.installed import forget_kept
from ocopgen.base.problems import WrongUse
from ocopgen.build.publish import hold, made_here, spare_of


def clean(root: Path, out: Path) -> None:
    """Remove the site in *out* and everything that was kept; refuse what ocopgen did not make."""
    if out.exists() and not made_here(out):
        raise WrongUse("site.foreign", path=out)
    with hold(cache_of(root), WAIT_SECONDS, lambda: None):
        forget(cache_of(root))
        for folder in (out, spare_of(out)):
            _remove(folder)


def forget(cache: Path) -> None:
    """Remove all that is kept in *cache* and of the theme, but not the lock that is held there."""
    forget_kept()
    _remove(cache / STORE)
    for name in (MEMORY, TRACE):
        (cache / name).unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)

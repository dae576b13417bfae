"""End the process as soon as the work is done."""

import atexit
import os
import sys
from contextlib import suppress
from threading import active_count


def leave(code: object = None) -> None:
    """End this process with *code*, as `sys.exit` takes it; do nothing where that is not so simple.

    What a build holds takes as long to be taken apart as twenty pages to be filled; the system
    lets go of it at once. What was registered to happen at the end happens before.
    """
    if not isinstance(code, int | None) or active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - no other way leads there
    with suppress(OSError):  # of a reader that is gone Python tells in its own way
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
        os._exit(code or 0)

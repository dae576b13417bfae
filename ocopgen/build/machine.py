"""What the machine has to build with."""

import os


def usable_cores() -> int:
    """Return how many cores this process may use, which in a container may be few of many."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

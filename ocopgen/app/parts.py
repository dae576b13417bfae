"""Carry out the command that makes a part of the pictures and nothing else."""

import re
import time
from typing import TYPE_CHECKING

from ocopgen.app.cleaning import forget
from ocopgen.app.places import MEMORY, STORE, WAIT_SECONDS
from ocopgen.app.run import Order, spare_the_collector
from ocopgen.base.memory import Memory
from ocopgen.base.problems import WrongUse
from ocopgen.base.store import Store
from ocopgen.build.lock import hold

if TYPE_CHECKING:
    from ocopgen.app.terminal import Terminal

_PART = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


def make_part(order: Order, shard: str, terminal: "Terminal") -> None:
    """Make into the store of *order* the pictures of the part *shard*, as "3/8"; publish nothing.

    Raises WrongUse for a part that there cannot be, and ContentFaults.
    """
    from ocopgen.build.shards import Shard, make_pictures
    from ocopgen.build.site import Making

    found = _PART.fullmatch(shard)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 0 < number <= of:
        raise WrongUse("use.shard", written=shard)
    start = time.monotonic()
    spare_the_collector()
    with hold(order.cache, WAIT_SECONDS, lambda: terminal.hint("waiting")):
        if order.fresh:
            forget(order.cache)
        memory, store = Memory(order.cache / MEMORY), Store(order.cache / STORE)
        with terminal.progress("making_photos") as progress:
            making = Making(store, memory, order.cache, order.jobs, progress, guise=order.guise)
            try:
                done = make_pictures(order.root, order.day, making, Shard(number, of))
            finally:
                memory.save()
    seconds = f"{time.monotonic() - start:.1f}"
    terminal.say(
        "part", number=number, of=of, made=done.made, planned=done.planned, seconds=seconds
    )

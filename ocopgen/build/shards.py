"""Make one part of the pictures, so that several machines share what is dear."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from ocopgen.base.digest import digest
from ocopgen.base.problems import ContentFaults, Problems
from ocopgen.build.developing import Hands
from ocopgen.build.execute import execute
from ocopgen.build.ground import set_up
from ocopgen.build.machine import usable_cores
from ocopgen.build.pictures import sizes
from ocopgen.build.plan import plan
from ocopgen.build.posters import posters_of
from ocopgen.build.site import Making
from ocopgen.pages.photos import Resize


class Shard(Struct, frozen=True):
    """One of several parts of the records, chosen by the names of their files alone.

    Whoever knows the number of parts knows which one a record is in, whatever else is there.
    """

    number: int
    """Counted from 1."""
    of: int

    def __contains__(self, path: object) -> bool:
        """Tell whether the record in the file *path* is in this part."""
        return int(digest("shard", path)[:8], 16) % self.of == self.number - 1


class Pictures(Struct, frozen=True):
    """What it took to make one part of the pictures."""

    planned: int
    made: int
    """Both in files: photos in all their sizes, and posters."""


def make_pictures(root: Path, day: date, making: Making, shard: Shard) -> Pictures:
    """Make the photos and the posters of *shard* into the store; raises ContentFaults."""
    problems, jobs = Problems(), making.jobs or usable_cores()
    ground = set_up(
        root,
        day,
        making.memory,
        problems,
        guise=making.guise,
        own=shard,
        store=making.store,
        hands=Hands(making.store, jobs, making.progress),
    )
    if ground is None:
        raise ContentFaults(problems)
    outputs = [*sizes(ground.catalogue, ground.pictures, ground.workshop.codecs)]
    outputs += posters_of(ground.presses, ground.workshop.codecs, making.memory, shard)
    whole = plan((), outputs, problems)
    made = sum(
        each.key not in making.store
        or (isinstance(each.job, Resize) and each.job.digest in ground.developed)
        for each in whole.values()
    )
    execute(whole, making.store, ground.workshop, jobs, making.progress)
    return Pictures(len(whole), made)

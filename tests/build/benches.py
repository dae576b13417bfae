"""A copy of the village, set up to tell of its pages and to fill them."""

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build.ahead import Bench
from ocopgen.build.ground import set_up
from tests.copies import TODAY, Copy


class Work:
    """All that is needed to tell of the pages of a copy."""

    def __init__(self, village: Copy) -> None:
        """Set everything up."""
        self.store = Store(village.cache / "store")
        self.memory = Memory(village.cache / "memory.lines")
        ground = set_up(village.root, TODAY, self.memory, Problems(), store=self.store)
        assert ground is not None
        self.bench = Bench(ground.presses, ground.workshop)

"""Say what is wrong, where, and how to mend it."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct, field

_LONGEST = 1_000
"""Letters of a value that a sentence repeats; whoever wrote a million knows them."""


class Level(StrEnum):
    """How serious a problem is."""

    FAULT = "fault"
    """Nothing is published until it is mended."""
    WARNING = "warning"
    """The site is built, but somebody should look."""
    HINT = "hint"
    """Nothing is wrong, and something could be better."""


class Spot(Struct, frozen=True, order=True, gc=False):
    """A place in a file that people edit."""

    path: str
    """Seen from the catalogue's folder, with forward slashes on every system."""
    line: int = 0
    """Counted from 1; 0 means the file as a whole."""
    column: int = 0
    """Counted from 1 in characters; 0 means the line as a whole."""

    def __str__(self) -> str:
        """Return the spot as compilers write it: path, line and column."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Problem(Struct, frozen=True):
    """One thing that is wrong; its sentence is a message, in every language of the messages."""

    spot: Spot
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    level: Level = Level.FAULT


class Problems(Struct):
    """The basket that a floor fills with everything it finds before it stops."""

    found: list[Problem] = field(default_factory=list)

    def add(self, spot: Spot, code: str, /, **values: object) -> None:
        """Put a fault into the basket."""
        self._put(spot, code, values, Level.FAULT)

    def warn(self, spot: Spot, code: str, /, **values: object) -> None:
        """Put a warning into the basket."""
        self._put(spot, code, values, Level.WARNING)

    def hint(self, spot: Spot, code: str, /, **values: object) -> None:
        """Put a hint into the basket."""
        self._put(spot, code, values, Level.HINT)

    def _put(self, spot: Spot, code: str, values: Mapping[str, object], level: Level) -> None:
        told = {key: _shown(value) for key, value in values.items()}
        self.found.append(Problem(spot, code, told, level))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Put *problems* that another floor found into the basket."""
        self.found.extend(problems)

    @property
    def faults(self) -> int:
        """Return how many of the problems stop a build."""
        return sum(problem.level is Level.FAULT for problem in self.found)

    @property
    def warnings(self) -> int:
        """Return how many of the problems somebody should look at."""
        return sum(problem.level is Level.WARNING for problem in self.found)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems by file, line and column, each one once."""
        told = set()
        for problem in sorted(self.found, key=lambda each: (each.spot, each.code)):
            same = (problem.spot, problem.code, tuple(sorted(problem.values.items())))
            if same not in told:
                told.add(same)
                yield problem


class Trouble(Exception):
    """Something is wrong that one sentence explains; its sentence is a message."""

    def __init__(self, code: str, /, **values: object) -> None:
        """Say which message tells of it, and with what values."""
        super().__init__(code, values)
        self.code = code
        self.values = {key: _shown(value) for key, value in values.items()}


class WrongUse(Trouble):
    """The command was asked for something that it cannot do."""


class MachineTrouble(Trouble):
    """The machine lacks something: space, a permission, a program."""


class ContentFaults(Exception):
    """The content has faults, so nothing was published."""

    def __init__(self, problems: Problems) -> None:
        """Carry all *problems* that were found, warnings too."""
        super().__init__(f"{problems.faults} faults")
        self.problems = problems


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

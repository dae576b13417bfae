"""How a reader complains: codes, and the values that their sentences name."""

from collections.abc import Iterator, Mapping

Wrong = tuple[tuple[str | int, ...], str, Mapping[str, str]]
"""A key below the value that is read, what is wrong there as a code, and the code's values."""


class Complaint(Exception):
    """A value cannot be read, for each of these reasons."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        """Carry all *wrongs* that were found, in order."""
        super().__init__(wrongs)
        self.wrongs = wrongs

    def below(self, part: str | int) -> Iterator[Wrong]:
        """Yield what is wrong as seen from above, where the value stands at *part*."""
        return (((part, *key), code, values) for key, code, values in self.wrongs)


def fault(code: str, /, *, at: str = "", **values: object) -> Complaint:
    """Return the complaint *code*, for a reader to raise; *at*: of what stands there, below."""
    told = {name: str(value) for name, value in values.items()}
    return Complaint([((at,) if at else (), code, told)])

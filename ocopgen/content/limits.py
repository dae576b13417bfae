"""How much a folder, a file, a list and a text may hold; each limit is named where it is told."""

from ocopgen.content.complaint import fault

MOST_NAMES = 100_000
"""Files and folders in one folder: the whole country has about 20,000 products."""

MOST_BYTES = 5_000_000
"""Bytes that a file of records may have; the largest known one has a hundredth of that."""
MOST_BYTES_OF_PROSE = 200_000
"""Bytes of a Markdown file: a long story has a tenth of that, and all of it is on one page."""
MOST_VALUES = 150_000
"""Values in one YAML file, names and lists included: all communes of the country have 100,000."""
LONGEST_TEXT = 2_000
"""Letters of a value; what is longer is a story."""
LONGEST_ADDRESS = 1_000
MOST_ITEMS = 200
"""Entries of a list in a record."""
MOST_ROWS = 20_000
"""Entries of a list that grows with the catalogue: communes, redirects, products of an outlet."""


def not_too_long(text: str, most: int = LONGEST_TEXT) -> str:
    """Return *text*; raises the complaint that it has more than *most* letters."""
    if len(text) > most:
        raise fault("text.long", size=len(text), most=most)
    return text

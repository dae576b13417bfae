"""Say what stands on the picture that goes with an address when it is passed on."""

from msgspec import Struct, to_builtins

from ocopgen.base.digest import Digest, digest
from ocopgen.pages.photos import PHOTOS

VERSION = 1
"""To be raised by hand when the same poster shall be painted in another way."""
FOLDER = f"{PHOTOS}/the"
"""The folder of the site that the posters stand in."""
WIDTH, HEIGHT = 1200, 630
FACES = (
    "fonts/grenze-600.woff2",
    "fonts/be-vietnam-pro-600.woff2",
    "fonts/be-vietnam-pro-400.woff2",
)
"""The typefaces of the title, of what is said strongly and of the rest."""


class Shot(Struct, frozen=True):
    """The photo on a poster."""

    path: str
    """Seen from the catalogue's folder."""
    digest: str
    """Of the photo's bytes."""


class Poster(Struct, frozen=True):
    """What a poster shows."""

    title: str
    site: str
    """What the site is called; it stands beside the seal."""
    star: int = 0
    """The stars that are earned; 0: none are shown."""
    worth: str = ""
    """The stars in words."""
    state: str = ""
    """What the certificate is worth; where no star is shown it stands out."""
    foot: tuple[str, ...] = ()
    """Who makes it and where, a line each; the first one stronger."""
    shot: Shot | None = None
    """Absent: a drawing stands in its place."""
    drawing: str = ""
    """The asset that holds the drawing; empty: the seal itself, large."""
    made_with: tuple[str, ...] = ()
    """Where the assets lie that it is painted with: their names change with what they hold."""


def name(poster: Poster) -> Digest:
    """Return one name for all that *poster* shows and how."""
    # By the names of its fields: it outlives the program, and is a part of public addresses.
    return digest("poster", VERSION, to_builtins(poster))


def address(name: Digest) -> str:
    """Return where the poster of that *name* lies in the site."""
    return f"{FOLDER}/{name[:12]}.jpg"


def key(name: Digest, codecs: str) -> Digest:
    """Return the key of the poster of that *name*: no edit of ocopgen changes it."""
    return digest("poster", name, codecs)

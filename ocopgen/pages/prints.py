"""Cut photos to the measures of paper, as fine as a press can show them."""

from base64 import b64encode
from collections.abc import Iterable
from io import BytesIO

from msgspec import Struct

from ocopgen.base.digest import Digest, digest
from ocopgen.pages.photos import kind_of

VERSION = 1
"""To be raised by hand when the same photo shall give other bytes."""
_DOTS = 300
"""To an inch, which is what offset presses ask for."""
_INCH = 25.4
_QUALITIES = {84: 1.5, 76: 1.16, 68: 0.96, 60: 0.82, 52: 0.71}
"""Qualities of JPEG with the bits to a dot that a photo of a garden takes; none shows on paper."""
_MOST_BYTES = 35_000_000
_HIGHER = 0.42
"""Where the middle of the cut lies, from the top: what is shown stands above the middle."""


class Cutting(Struct, frozen=True):
    """The order to cut one photo for paper."""

    path: str
    """Seen from the catalogue's folder."""
    digest: str
    """Of the photo's bytes."""
    wide: float
    """Of the picture on paper, in millimetres, as the height."""
    high: float

    @property
    def name(self) -> str:
        """Return the name of the file that it becomes."""
        return f"photos/{self.digest}-{self.wide:g}x{self.high:g}.svg"

    @property
    def dots(self) -> float:
        """Return how many dots it has at most."""
        return self.wide * self.high / _INCH**2 * _DOTS**2


def is_fine(width: int, height: int, wide: float, high: float) -> bool:
    """Tell whether a photo of *width* by *height* dots has enough for *wide* by *high* mm."""
    return min(width / wide, height / high) * _INCH >= _DOTS


def fineness(cuttings: Iterable[Cutting]) -> int:
    """Return the quality that lets *cuttings* fit into one file that can still be mailed."""
    dots = sum(cutting.dots for cutting in cuttings)
    fit = (quality for quality, bits in _QUALITIES.items() if dots * bits / 8 <= _MOST_BYTES)
    return next(fit, min(_QUALITIES))


def key(cutting: Cutting, quality: int, codecs: str) -> Digest:
    """Return the name of what *cutting* becomes: no edit of ocopgen changes it."""
    return digest("print", VERSION, codecs, cutting.digest, cutting.wide, cutting.high, quality)


def wrapped(photo: bytes, cutting: Cutting) -> bytes:
    """Return the JPEG *photo* within an SVG: so it goes into the PDF as it is.

    Typst decodes a picture that it is given plainly, and then holds all pixels of all of them: ten
    times as slow, and for a book of hundreds of photos gigabytes.
    """
    size = f'width="{cutting.wide:g}" height="{cutting.high:g}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} preserveAspectRatio="none"'
    )
    return f'{head} href="data:image/jpeg;base64,{b64encode(photo).decode()}"/></svg>'.encode()


def cut(photo: bytes, cutting: Cutting, quality: int) -> bytes:
    """Return *photo* cut as *cutting* asks, as JPEG; never with more dots than it has."""
    from ocopgen.pages.pixels import on_paper, opened, plain, upright_size

    with opened(BytesIO(photo), kind_of(photo)) as image:
        size = upright_size(image)
        wide, high = (round(each / _INCH * _DOTS) for each in (cutting.wide, cutting.high))
        fill = min(max(wide / size[0], high / size[1]), 1.0)
        picture = on_paper(plain(image, _times(size, fill)))
    shape = min(picture.width / wide, picture.height / high)
    across, down = _times((wide, high), shape)
    left, top = (picture.width - across) // 2, int((picture.height - down) * _HIGHER)
    file = BytesIO()
    picture.convert("RGB").crop((left, top, left + across, top + down)).save(
        file, "JPEG", quality=quality, optimize=True, progressive=True, dpi=(_DOTS, _DOTS)
    )
    return file.getvalue()


def _times(size: tuple[int, int], factor: float) -> tuple[int, int]:
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))

"""Plan and encode the sizes of a photo."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, to_builtins

from ocopgen.base.digest import Digest, digest
from ocopgen.base.installed import kept, program
from ocopgen.base.problems import Problems, Spot
from ocopgen.pages import burden
from ocopgen.pages.tones import TONES, nearest_tone

# The room pixels takes 30 ms to import, with Pillow; a build that finds nothing to do never
# needs it.
if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

VERSION = "4"
"""To be raised by hand when the same photo shall give other bytes."""
PHOTOS = "anh"
"""The folder of the site that the photos stand in."""
WIDTHS = (320, 520, 800, 1600)
"""Cards, and the photo of a product, on phones of 720 and 1080 pixels across; a full view."""
FALLBACK_WIDTH = 800
"""About as wide as the one JPEG for browsers that know no WebP."""
MOST_BYTES = 30_000_000
MOST_PIXELS = 50_000_000

_LONGEST_SIDE = 16_383
"""The most that WebP can hold."""
_CLOSE = 0.9
"""A width above this share of the next one is not worth a file of its own."""

_KINDS = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "WEBP": rb"RIFF....WEBP",
    "AVIF": rb"....ftyp(?:avi[fs]|mi[fa]1.{0,40}avif)",
}
_STRANGERS = {
    "HEIC": rb"....ftyp(?:he[iv][cfmsx]|mif1|msf1)",
    "LFS": rb"version https://git-lfs",
    "GIF": rb"GIF8",
    "TIFF": rb"II[*+]\0|MM\0[*+]",
    "BMP": rb"BM",
    "JPEG XL": rb"\xff\x0a|\0\0\0\x0cJXL ",
    "Photoshop": rb"8BPS",
    "PDF": rb"%PDF",
    "ZIP": rb"PK\x03\x04",
    "MP4": rb"....ftyp",
    "HTML": rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html))",
    "SVG": rb"(?:\xef\xbb\xbf)?\s*<(?:svg|[?!].*<svg)",
}
_HEAD = 1024


class Measured(Struct, frozen=True):
    """What a page must know of a photo before it has come."""

    width: int
    """Of the upright photo, as the height."""
    height: int
    tone: int
    """Which of the tones comes nearest to the photo as a whole."""
    alpha: bool
    """Whether the ground shows through somewhere."""

    def as_json(self) -> list[int]:
        """Return the measures in a form that can be kept as JSON."""
        return [self.width, self.height, self.tone, int(self.alpha)]

    @classmethod
    def from_json(cls, kept: list[int]) -> "Measured":
        """Return the measures that *kept* stands for."""
        width, height, tone, alpha = kept
        return cls(width, height, tone, bool(alpha))


class Size(Struct, frozen=True):
    """One of the files that a photo becomes."""

    width: int
    height: int
    format: str
    """Also how the file's name ends: webp or jpg."""

    @property
    def name(self) -> str:
        """Return the name of the file, below the photo's own folder."""
        return f"{self.width}.{self.format}"


class Resize(Struct, frozen=True):
    """The order to make all sizes of one photo from one decoding."""

    path: str
    """Seen from the catalogue's folder."""
    digest: str
    """Of the photo's bytes."""
    sizes: tuple[Size, ...]


def survey(path: Path, spot: Spot, problems: Problems) -> Measured | None:
    """Return the measures of the photo at *path*, or tell at *spot* why it cannot be used."""
    before = len(problems.found)
    try:
        kind = _kind(path, spot, problems)
        if kind and _is_light(path.read_bytes(), kind, spot, problems):
            from ocopgen.pages.pixels import opened

            with opened(path, kind) as image:
                return _measured(image, spot, problems)
    except Exception:  # noqa: BLE001 - on a damaged file Pillow raises almost anything
        del problems.found[before:]
        problems.add(spot, "photo.broken")
    return None


def tell_large(path: Path, spot: Spot, problems: Problems) -> None:
    """Tell at *spot* that the photo at *path* has too many bytes."""
    size = round(path.stat().st_size / 1e6)
    problems.add(spot, "photo.large", size=size, most=MOST_BYTES // 1_000_000)


def widths(width: int) -> tuple[int, ...]:
    """Return the widths that a photo of *width* is offered in, none wider than itself."""
    widest = min(width, WIDTHS[-1])
    return (*(each for each in WIDTHS if each <= widest * _CLOSE), widest)


def sizes(measured: Measured) -> tuple[Size, ...]:
    """Return all files that the photo becomes, by width; the JPEG comes last."""
    return _sizes(measured.width, measured.height)


def _sizes(width: int, height: int) -> tuple[Size, ...]:
    offered = widths(max(1, min(width, _LONGEST_SIDE * width // height)))
    fallback = min(offered, key=lambda each: abs(each - FALLBACK_WIDTH))
    pairs = [*((each, "webp") for each in offered), (fallback, "jpg")]
    heights = {each: max(1, round(each * height / width)) for each in offered}
    return tuple(Size(each, min(heights[each], _LONGEST_SIDE), ending) for each, ending in pairs)


def address(photo: Digest, size: Size) -> str:
    """Return where *size* of the photo with that digest lies in the site."""
    return f"{PHOTOS}/{photo[:12]}/{size.name}"


def key(photo: Digest, size: Size, codecs: str) -> Digest:
    """Return the name of *size* of the photo with that digest: no edit of ocopgen changes it."""
    return digest("photo", VERSION, codecs, photo, to_builtins(size))


def measures_key(photo: Digest, codecs: str) -> str:
    """Return under what name the measures of the photo with that digest are remembered."""
    return f"photo {VERSION} {_measuring(codecs)} {photo}"


@cache
def _measuring(codecs: str) -> Digest:
    """Return one name for what measures are taken with: it is asked for with every photo."""
    return digest(TONES, codecs)


def codecs() -> str:
    """Return the versions of what encodes; Pillow is asked only when it was installed anew."""
    spec = find_spec("PIL._imaging")
    origin = Path(spec.origin) if spec and spec.origin else Path()
    stat = origin.stat()
    asks = program(("pages/photos.py",), ())
    installed = digest(asks, str(origin), stat.st_size, stat.st_mtime_ns)
    return kept("codecs", installed, lambda: _codecs().encode()).decode()


def _codecs() -> str:
    from PIL import features

    names = ("pil", "libjpeg_turbo", "jpg", "webp", "littlecms2", "zlib", "avif")
    return " ".join(f"{name}-{features.version(name)}" for name in names)


def encode(photo: bytes, sizes: Iterable[Size]) -> dict[str, bytes]:
    """Return the files of *photo* by name: upright, in sRGB, without metadata."""
    from ocopgen.pages.pixels import opened

    with opened(BytesIO(photo), kind_of(photo)) as image:
        return _encoded(image, sizes)


def develop(
    photo: bytes, lacks: Callable[[Size], bool] = lambda _size: True
) -> tuple[Measured, dict[Size, bytes]] | None:
    """Return what `survey` finds of *photo* and what `encode` makes of it, from one decoding.

    No file is made where nobody *lacks* any. None: it cannot be used, and `survey` tells why.
    """
    from ocopgen.pages.pixels import opened

    kind, untold = kind_of(photo), Problems()
    if not kind or len(photo) > MOST_BYTES:
        return None
    with suppress(Exception):  # as in `survey`
        if _is_light(photo, kind, Spot(""), untold):
            with opened(BytesIO(photo), kind) as image:
                if measured := _measured(image, Spot(""), untold):
                    cut = sizes(measured)
                    made = _encoded(image, cut) if any(map(lacks, cut)) else {}
                    return measured, {size: made[size.name] for size in cut if made}
    return None


def _encoded(image: "ImageFile", sizes: Iterable[Size]) -> dict[str, bytes]:
    from ocopgen.pages.pixels import BROAD, CLOSE, plain, shrunk, written

    made: dict[str, bytes] = {}
    cares = [
        (size, BROAD if size.width >= FALLBACK_WIDTH else CLOSE)
        for size in sorted(sizes, key=lambda size: size.width, reverse=True)
    ]
    largest, care = cares[0]
    picture = plain(image, (largest.width, largest.height), care)
    for size, care in cares:
        picture = shrunk(picture, (size.width, size.height), care)
        made[size.name] = written(picture, size.format)
    return made


def kind_of(photo: bytes) -> str:
    """Return which kind of photo *photo* is; empty: none that is known."""
    return _first(_KINDS, photo[:_HEAD])


def is_made(head: bytes) -> bool:
    """Tell whether a file that begins with *head* is a picture, such as `encode` makes."""
    return bool(kind_of(head))


def _kind(path: Path, spot: Spot, problems: Problems) -> str | None:
    """Return which kind of photo *path* is; a file that is none is told as what it is."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        tell_large(path, spot, problems)
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if known := _first(_KINDS, head):
        return known
    stranger = _first(_STRANGERS, head)
    if stranger in {"HEIC", "LFS"}:
        problems.add(spot, f"photo.{stranger.lower()}")
    elif stranger:
        problems.add(spot, "photo.format", format=stranger)
    else:
        problems.add(spot, "photo.broken" if size else "photo.empty")
    return None


def _is_light(photo: bytes, kind: str, spot: Spot, problems: Problems) -> bool:
    """Tell whether *photo* can be opened without fear; one that is dear to open is told."""
    if (pixels := burden.canvas(photo[:_HEAD], kind)) > MOST_PIXELS:
        _tell_pixels(pixels, spot, problems)
    elif (scans := burden.scans(photo, kind)) > burden.MOST_SCANS:
        problems.add(spot, "photo.scans", scans=scans, most=burden.MOST_SCANS)
    elif burden.metadata(photo, kind) > burden.MOST_METADATA:
        problems.add(spot, "photo.metadata", most=burden.MOST_METADATA // 1_000_000)
    else:
        return True
    return False


def _tell_pixels(pixels: int, spot: Spot, problems: Problems) -> None:
    most = MOST_PIXELS // 1_000_000
    problems.add(spot, "photo.pixels", pixels=round(pixels / 1e6), most=most)


def _first(kinds: dict[str, bytes], head: bytes) -> str:
    """Return which of *kinds* a file begins like that begins with *head*, or nothing."""
    return next((kind for kind, like in kinds.items() if re.match(like, head, re.DOTALL)), "")


def _measured(image: "ImageFile", spot: Spot, problems: Problems) -> Measured | None:
    from ocopgen.pages.pixels import mean_colour, sample, upright_size

    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        _tell_pixels(pixels, spot, problems)
        return None
    width, height = upright_size(image)
    # As many dots as the files will need, be they made or not: the same ones tell the tone.
    largest = max(_sizes(width, height), key=lambda size: size.width)
    few = sample(image, (largest.width, largest.height))
    return Measured(width, height, nearest_tone(*mean_colour(few)), few.mode == "RGBA")

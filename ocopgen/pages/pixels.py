"""Open a photo, make its pixels plain, and write them down small."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile

from ocopgen.pages.burden import orientation

# On 1600x1200, one core: WebP by method 2 takes 62 ms for 141 kB, by method 4 140 ms for 129 kB,
# by method 1 40 ms for a fifth more; AVIF of like sharpness at speed 9 takes 100 ms for 132 kB,
# and not every Pillow can write it.
_WEBP = {"quality": 76, "method": 2}
_JPEG = {"quality": 80, "optimize": True}
"""In one pass: what knows no WebP runs on old machines, which several passes take twice as long."""
_PLUGINS = {
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
}
_PAPER = (252, 252, 249)
_SAMPLE = (64, 64)
"""Dots that tell the colour of the whole."""
_UPRIGHT_BY = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_ON_ITS_SIDE = (5, 6, 7, 8)


# What memory one picture leaves the next one takes, at most 31 MB in each process, and for good:
# the system would clear each page of it anew, a tenth of a photo's time. From 128 kB on, malloc
# asks the system for each block by itself and gives it back, so these are smaller.
Image.core.set_block_size(30 * 4096)  # type: ignore[attr-defined]
Image.core.set_blocks_max(256)  # type: ignore[attr-defined]


class Care(NamedTuple):
    """How a picture is made smaller."""

    kernel: Image.Resampling
    gap: float
    """How many times too large it may still be when that begins; until then whole dots go."""


FINE = Care(Image.Resampling.LANCZOS, 3.0)
BROAD = Care(Image.Resampling.HAMMING, 1.0)
"""In half the time; from 800 pixels on as true (SSIM) as `FINE` by the same bytes of WebP.

What is twice too large is halved by plain means: four dots become one in a sixth of the time, for a
thousandth of likeness.
"""
CLOSE = Care(Image.Resampling.BICUBIC, 3.0)
"""In two thirds of the time; by the same bytes of WebP as true, below 800 pixels too."""
QUICK = Care(Image.Resampling.LANCZOS, 1.5)
"""In half the time too, where few dots of many are left and nobody looks closely."""


@contextmanager
def opened(photo: Path | BytesIO, kind: str) -> Iterator[ImageFile]:
    """Open *photo*, which is a *kind* of file; its pixels are not decoded yet."""
    import_module(_PLUGINS[kind])
    # The pixels are counted here, with a fault that names the file. What Pillow warns of
    # (damaged EXIF above all) does not change the picture.
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(photo, formats=(kind,)) as image:
            yield image


def upright_size(image: ImageFile) -> tuple[int, int]:
    """Return width and height of *image* as people see it."""
    width, height = image.size
    return (height, width) if _orientation(image) in _ON_ITS_SIDE else (width, height)


def _orientation(image: ImageFile) -> int:
    exif = image.info.get("exif")
    return orientation(exif) if isinstance(exif, bytes) else 1


def plain(image: ImageFile, box: tuple[int, int], care: Care = FINE) -> Image.Image:
    """Return *image* upright in the size *box*, as plain RGB, or RGBA where it is needed."""
    turned, lying = _orientation(image), _lying(image, box)
    # Little is done at full size: turning and colours wait for the smaller picture.
    picture = shrunk(_decoded(image, box), lying, care)
    if turned in _UPRIGHT_BY:
        picture = picture.transpose(Image.Transpose[_UPRIGHT_BY[turned]])
    picture = _in_srgb(picture, image.info.get("icc_profile"))
    picture.info = {}
    return picture


def sample(image: ImageFile, box: tuple[int, int]) -> Image.Image:
    """Return *image* in few dots, in the colours of `plain`.

    All that *box* needs of it is decoded, so what is cut off or damaged shows, and `plain` need not
    decode it again.
    """
    whole = _decoded(image, box)
    # Every third dot each way: a ninth of the work, and no pattern that anybody sees is so fine.
    some = whole.resize((-(-whole.width // 3), -(-whole.height // 3)), Image.Resampling.NEAREST)
    return _in_srgb(some.resize(_SAMPLE, Image.Resampling.BOX), image.info.get("icc_profile"))


def _decoded(image: ImageFile, box: tuple[int, int]) -> Image.Image:
    """Return *image* as it lies, with as many dots as *box* needs or more."""
    head = image.info.get("exif")
    image.draft(None, _lying(image, box))
    image.load()
    if head is None:  # a PNG may tell only after its dots how it lies: it was measured before
        image.info.pop("exif", None)
    return _in_eight_bits(image)


def _lying(image: ImageFile, box: tuple[int, int]) -> tuple[int, int]:
    """Return the upright *box* as *image* lies."""
    return box[::-1] if _orientation(image) in _ON_ITS_SIDE else box


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return *image* in a mode that can be resized well."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB") if image.mode in {"1", "P"} else image
    picture = image.convert("RGBA")
    return picture.convert("RGB") if picture.getchannel("A").getextrema() == (255, 255) else picture


def shrunk(image: Image.Image, box: tuple[int, int], care: Care) -> Image.Image:
    """Return *image* in the size *box*."""
    if image.size == box:
        return image
    return image.resize(box, care.kernel, reducing_gap=care.gap)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    colours = (_converted(colours, profile) if profile else colours).convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """Return *image* with its colours as *profile* means them; a damaged profile means nothing."""
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if ImageCms.getProfileDescription(own).startswith("sRGB"):
            return image
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, srgb, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def written(picture: Image.Image, ending: str) -> bytes:
    """Return *picture* as the file of that *ending*, jpg or webp."""
    file = BytesIO()
    if ending == "jpg":
        on_paper(picture).save(file, "JPEG", **_JPEG)
    else:
        picture.save(file, "WEBP", **_WEBP)
    return file.getvalue()


def on_paper(picture: Image.Image) -> Image.Image:
    """Return *picture* with paper where the ground would show through."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture)
    return paper


def mean_colour(picture: Image.Image) -> tuple[int, int, int]:
    """Return red, green and blue of *picture* seen from afar."""
    red, green, blue = on_paper(picture).resize((1, 1), Image.Resampling.BOX).tobytes()
    return red, green, blue

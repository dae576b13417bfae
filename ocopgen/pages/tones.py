"""The colours of which one may stand where a photo is still to come."""

from functools import cache

# fmt: off
TONES = (
    "#1c1a16", "#3f3d38", "#605d59", "#82807b", "#a19e99", "#c0bdb8", "#dddad5", "#f8f5ef",
    "#6c3e3b", "#a4716d", "#dea8a3", "#6a422c", "#a0755d", "#daac93", "#624821", "#977b54",
    "#d0b289", "#524f22", "#868354", "#bdba8a", "#3d5530", "#708962", "#a6c198", "#255844",
    "#5a8d77", "#90c5ad", "#1d5468", "#53899e", "#8ac1d7", "#52456b", "#8678a2", "#bdafdb",
)
# fmt: on
"""Eight greys, and eight muted hues in three strengths: the classes of tones.css, by number."""

Lab = tuple[float, float, float]


def nearest_tone(red: int, green: int, blue: int) -> int:
    """Return the number of the tone that looks most like that colour."""
    lab = _lab(f"#{red:02x}{green:02x}{blue:02x}")
    return min(range(len(TONES)), key=lambda tone: _distance(lab, _lab(TONES[tone])))


def _distance(one: Lab, other: Lab) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


@cache
def _lab(colour: str) -> Lab:
    """Return *colour* in Oklab, where distance is what the eye sees."""
    red, green, blue = (_linear(value / 255) for value in bytes.fromhex(colour[1:]))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(value: float) -> float:
    return ((value + 0.055) / 1.055) ** 2.4 if value > 0.04045 else value / 12.92  # noqa: PLR2004

"""Maps as SVG, drawn when the site is built."""

from ocopgen.pages.drawings.map import Drawing, draw
from ocopgen.pages.drawings.projection import Point, Projection, projection_for
from ocopgen.pages.drawings.scene import Area, Place, Scene, Selling

__all__ = [
    "Area",
    "Drawing",
    "Place",
    "Point",
    "Projection",
    "Scene",
    "Selling",
    "draw",
    "projection_for",
]

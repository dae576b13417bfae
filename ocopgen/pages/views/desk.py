"""What views are made from, and what a page is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.content.edition import Edition
from ocopgen.pages.assets import Assets
from ocopgen.pages.messages import Messages
from ocopgen.pages.photos import Measured
from ocopgen.pages.routes import Routes

Photos = Mapping[tuple[str, str], tuple[Digest, Measured]]
"""The digest and the measures of each photo, by its folder and file name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the pages of one edition are made from."""

    edition: Edition
    t: Messages
    routes: Routes
    photos: Photos
    assets: Assets


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the site shall have."""

    path: str
    """Where it lies in the site's folder."""
    template: str
    view: Any
    """What the template may see as `page`: plain values only."""
    origin: Spot
    """The file that asks for the page."""

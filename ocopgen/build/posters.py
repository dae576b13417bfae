"""List the posters that the site shall hold, without making what they show."""

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from typing import cast

from ocopgen.base.digest import Digest
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Spot
from ocopgen.build.plan import Output, Sketch
from ocopgen.pages import posters
from ocopgen.pages.views import Press
from ocopgen.pages.views.posters import product_poster, site_poster

Make = Callable[[], posters.Poster | None]

_SITE = Spot("content/site.yaml")


def posters_of(
    presses: Iterable[Press], codecs: str, memory: Memory, own: Container[str] | None = None
) -> Iterator[Output]:
    """Yield the poster of each product and of the site, in every language.

    *own*: of those files of content/ alone.
    """
    for press in presses:
        if own is None or _SITE.path in own:
            site = partial(site_poster, press.desk)
            yield from _output(_name(site), site, _SITE, codecs)
        for entry in press.catalogue.products.values():
            if own is not None and entry.tree.path not in own:
                continue
            make = partial(product_poster, press, entry)
            recipe = press.recipes.poster(entry.id)
            name = memory.remembered(f"poster {recipe}", partial(_name, make))
            yield from _output(name, make, Spot(entry.tree.path), codecs)


def _name(make: Make) -> str:
    """Return the name of what *make* makes; empty where the site wants no poster there."""
    poster = make()
    return posters.name(poster) if poster else ""


def _output(name: str, make: Make, origin: Spot, codecs: str) -> Iterator[Output]:
    if name:
        own = Digest(name)
        sketch = Sketch(cast("Callable[[], posters.Poster]", make))
        yield Output(posters.address(own), posters.key(own, codecs), sketch, origin)

"""List the posters that the site shall hold, without making what they show."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Spot
from ocopgen.base.store import Memory
from ocopgen.build.plan import Output, Sketch
from ocopgen.pages import posters
from ocopgen.pages.views import Press
from ocopgen.pages.views.posters import product_poster, site_poster

_SITE = Spot("content/site.yaml")


def posters_of(presses: Iterable[Press], codecs: str, memory: Memory) -> Iterator[Output]:
    """Yield the poster of each product and of the site, in every language."""
    for press in presses:
        site = site_poster(press.desk)
        yield _output(posters.name(site), partial(site_poster, press.desk), _SITE, codecs)
        for entry in press.catalogue.products.values():
            make = partial(product_poster, press, entry)
            recipe = press.recipes.poster(entry.id)
            name = memory.remembered(f"poster {recipe}", partial(_name, make))
            yield _output(Digest(name), make, Spot(entry.tree.path), codecs)


def _name(make: Callable[[], posters.Poster]) -> Digest:
    return posters.name(make())


def _output(name: Digest, make: Callable[[], posters.Poster], origin: Spot, codecs: str) -> Output:
    return Output(posters.address(name), posters.key(name, codecs), Sketch(make), origin)

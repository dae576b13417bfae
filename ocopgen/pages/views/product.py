"""The page of a product."""

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.digest import Digest
from ocopgen.base.text import lowered
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Product
from ocopgen.pages.views import linked_data, linked_records
from ocopgen.pages.views.buying import Buying, buying
from ocopgen.pages.views.cuts import Cut, Here, cut_of, cut_recipe
from ocopgen.pages.views.facts import Proof, facts, proofs, unknown
from ocopgen.pages.views.frame import Head, Site, mistake
from ocopgen.pages.views.parts import Fact, Link, Picture, Shelf
from ocopgen.pages.views.pictures import pictures
from ocopgen.pages.views.posters import product_poster
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.prose import Telling, story
from ocopgen.pages.views.related import Companions, companions, neighbours, related
from ocopgen.pages.views.standing import Mark


class Neighbour(Struct, frozen=True):
    """The product before or after one in its set."""

    text: Phrase
    url: str
    maker: Phrase | None
    """Absent: its name alone tells it from the others at the foot of the page."""


class ProductPage(Struct, frozen=True):
    """What the page of a product shows."""

    site: Site
    head: Head
    id: str
    crumbs: tuple[Link, ...]
    name: Phrase
    other_names: tuple[Phrase, ...]
    summary: Phrase
    draft: bool
    """Whether it is not to be published yet; never so in a site that is."""
    mark: Mark
    picture: Picture
    gallery: tuple[Picture, ...]
    buying: Buying
    facts: tuple[Fact, ...]
    unknown: str
    """What is not known, in one line; empty where all is."""
    story: Telling | None
    story_sources: tuple[Link, ...]
    """Those that do not prove the stars as well."""
    proofs: tuple[Proof, ...]
    cut: Cut | None
    """A map of where it is made; absent: nobody knows where that is."""
    others: tuple[Shelf, ...]
    previous: Neighbour | None
    next: Neighbour | None
    mistake: str


class Around(Struct, frozen=True):
    """The products that are shown on the page of another one."""

    before: str | None
    after: str | None
    beside: Companions


def around(press: Press, id_: str) -> Around:
    """Return which products the page of the product *id_* shows beside it."""
    return Around(*neighbours(press, id_), companions(press, id_))


def product_recipe(press: Press, entry: Entry[Product]) -> Digest:
    """Return what the page of the product *entry* is made of."""
    near, shown = around(press, entry.id), press.recipes.shown
    ends = [id_ and shown.card(id_) for id_ in (near.before, near.after)]
    beside = {shelf: shown.cards(ids) for shelf, ids in near.beside.items()}
    place = cut_recipe(press, _here(entry.record))
    return press.recipes.product(entry, (ends, beside, place))


def product_page(press: Press, entry: Entry[Product]) -> ProductPage:
    """Return what the page of the product *entry* shows."""
    id_, product, edition, t = entry.id, entry.record, press.edition, press.t
    summary = edition.say(product.summary)
    first, *gallery = _pictures(press, entry)
    near = around(press, id_)
    text = story(press, entry)
    crumbs, name = _crumbs(press, id_, product), edition.say(product.name)
    shown = proofs(press, id_, product)
    proving = {each for proof in shown for each in proof.sources}
    told = [stretch.picture for stretch in text.stretches] if text else []
    return ProductPage(
        site=press.site,
        head=press.framer.head(
            _title(press, id_, product),
            summary.text,
            "products",
            lambda routes: routes.product(id_),
            poster=product_poster(press, entry),
            things=(
                linked_data.trail(press, crumbs, name.text),
                linked_records.product(press, entry, (first, *gallery)),
            ),
            written=edition.written_in(product.summary),
        ),
        id=id_,
        crumbs=crumbs,
        name=name,
        other_names=edition.others(product.name),
        summary=summary,
        draft=product.draft,
        mark=press.mark(id_),
        picture=first,
        gallery=tuple(each for each in gallery if each not in told),
        buying=buying(press, id_, product),
        facts=facts(press, id_, product),
        unknown=unknown(press, product),
        story=text,
        story_sources=tuple(each for each in text.sources if each not in proving) if text else (),
        proofs=shown,
        cut=cut_of(press, _here(product)),
        others=related(press, id_, near.beside),
        previous=_neighbour(press, near.before, id_, near.after),
        next=_neighbour(press, near.after, id_, near.before),
        mistake=mistake(
            press.desk,
            t("report.subject", id=id_),
            t("report.body", address=press.absolute(press.routes.product(id_))),
        ),
    )


def _pictures(press: Press, entry: Entry[Product]) -> tuple[Picture, ...]:
    """Return the pictures of *entry*; a drawing says that it is none of the product."""
    found = pictures(press.desk, entry)
    if found[0].sources or not found[0].url:
        return found
    sector = press.edition.say(press.catalogue.kinds[entry.record.set].sector.name).text
    said = press.t("product.no_photo", sector=lowered(sector))
    return (replace(found[0], credit=Phrase(said)),)


def _here(product: Product) -> Here:
    return Here(product.commune, product.district)


def _neighbour(press: Press, id_: str | None, *others: str | None) -> Neighbour | None:
    """Return the product *id_*, with its maker where one of the *others* has the same name."""
    if id_ is None:
        return None
    products, say = press.catalogue.products, press.edition.say
    name = say(products[id_].record.name)
    alike = any(name == say(products[each].record.name) for each in others if each)
    maker = products[id_].record.producer if alike else None
    return Neighbour(
        text=name,
        url=press.routes.product(id_),
        maker=say(press.catalogue.producers[maker].record.name) if maker else None,
    )


def _title(press: Press, id_: str, product: Product) -> str:
    """Return a title that no other product has: many producers make one of the same name."""
    worth, say = press.mark(id_), press.edition.say
    producer = say(press.catalogue.producers[product.producer].record.name)
    key = "product.title_lapsed" if worth.lapsed else "product.title"
    return press.t(key, name=say(product.name), producer=producer, stars=worth.stars)


def _crumbs(press: Press, id_: str, product: Product) -> tuple[Link, ...]:
    start = Link(Phrase(press.t("menu.products")), press.routes.products)
    if press.mark(id_).lapsed:
        return start, Link(Phrase(press.t("menu.former")), press.routes.former)
    return start, press.set_link(product.set)

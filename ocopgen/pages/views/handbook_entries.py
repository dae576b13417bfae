"""What the printed manual says of one product, in the languages that it is set in."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from msgspec.structs import replace

from ocopgen.base.digest import Digest
from ocopgen.base.text import raised
from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry as Record
from ocopgen.content.records import Photo, Product
from ocopgen.pages.photos import Measured
from ocopgen.pages.prints import Cutting, is_fine
from ocopgen.pages.views.buying import Contact, Selling, buying
from ocopgen.pages.views.desk import Desk
from ocopgen.pages.views.facts import facts
from ocopgen.pages.views.handbook_parts import Entry, Leaf, Paper, Paragraph, Presses, Shot, Side
from ocopgen.pages.views.parts import Fact, Link
from ocopgen.pages.views.pictures import drawing_of
from ocopgen.pages.views.press import Press

_PAIR = 2
_MOST_ALONE = 90
"""Pages of single products: with them, a book of hundreds of products is still one book."""

CODES, DRAWINGS = "codes", "drawings"
"""Folders of what is printed beside the photos."""

_ELSEWHERE = ("set", "producer", "trace", "video", "id")
"""Facts that stand in another place of an entry, or that paper cannot lead to."""
_BRIEF = ("place", "price", "pack", "shelf_life", "season")


_OPENS = {
    **dict.fromkeys(("p", "tr", "pre", "blockquote"), "text"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "head"),
    "li": "point",
}
"""What begins a paragraph, and of which kind."""


def chosen(press: Press, ids: Sequence[str]) -> set[str]:
    """Return which of the products *ids* have a page to themselves: five stars, or a story.

    Where there are so many that nobody would carry the book, stories of fewer stars wait for the
    site.
    """
    found: set[str] = set()
    for star in sorted(press.shelves.stars, reverse=True):
        own = {id_ for id_ in ids if press.mark(id_).star == star}
        told = {id_ for id_ in own if press.edition.story(id_)}
        if not found:
            found = own if star == max(press.shelves.stars) else told
        elif len(found) + len(told) <= _MOST_ALONE:
            found |= told
    return found


def leaves(
    presses: Presses, ids: Sequence[str], alone: set[str], paper: Paper, bleed: float
) -> tuple[Leaf, ...]:
    """Return the pages with the products *ids*: first those *alone* on theirs, then the rest.

    Those that share pages fill them evenly, so that none stands alone at the end.
    """
    large = [id_ for id_ in ids if id_ in alone]
    small = [id_ for id_ in ids if id_ not in alone]
    most = paper.most if len(presses) == 1 else _PAIR
    if len(small) == 1 or (most == _PAIR and len(small) % _PAIR):
        large.append(small.pop())
    lone = (Leaf((entry(presses, id_, paper, bleed, full=True),), 1) for id_ in large)
    shared = (
        Leaf(tuple(entry(presses, id_, paper, bleed, full=False) for id_ in part), len(part))
        for part in _shared(small, most)
    )
    return (*lone, *shared)


def _shared(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Yield *ids* in parts of *most* and of one less."""
    place = 0
    while place < len(ids):
        rest = len(ids) - place
        # Four are two pairs, not three and one.
        size = most - 1 if rest % most == 1 else most
        yield ids[place : place + size]
        place += size


def entry(presses: Presses, id_: str, paper: Paper, bleed: float, *, full: bool) -> Entry:
    """Return what is printed of the product *id_*."""
    first, record = presses[0], presses[0].catalogue.products[id_]
    address = first.absolute(first.routes.product(id_))
    broad = full and first.edition.story(id_) is None
    wide, high = span = _span(first, record, paper, bleed, full=full)
    extra = bleed if full else 0.0
    return Entry(
        id=id_,
        star=first.mark(id_).star,
        wide=broad,
        span=span,
        picture=shot(first, record, wide + extra * (1 + (wide == paper.wide)), high + extra),
        code=f"{CODES}/{id_}.png",
        address=address.partition("://")[2],
        url=address,
        sides=tuple(_side(press, record) for press in presses),
    )


def _span(
    press: Press, record: Record[Product], paper: Paper, bleed: float, *, full: bool
) -> tuple[float, float]:
    """Return what the photo of the product *record* covers, in millimetres, without bleed."""
    if not full:
        return paper.part
    if press.edition.story(record.id):
        return paper.tall
    wide, high = paper.broad
    photo = _surveyed(press.desk, record)
    size = photo[2] if photo else None
    if size and not is_fine(size.width, size.height, wide + 2 * bleed, high + bleed):
        return paper.upright
    return paper.broad


def shot(press: Press, record: Record[Product], wide: float, high: float) -> Shot:
    """Return the picture of the product *record*, cut to *wide* by *high* millimetres."""
    if found := _surveyed(press.desk, record):
        photo, own, _ = found
        job = Cutting(f"{record.folder}/{photo.file}", own, wide, high)
        return Shot(job.name, press.edition.say(photo.alt), job)
    kind = press.catalogue.kinds[record.record.set]
    sector = Phrase(press.t("handbook.drawing", sector=press.edition.say(kind.sector.name)))
    name = drawing_of(press.desk, record.record.set, ".svg")
    return Shot(f"{DRAWINGS}/{name}" if name in press.desk.assets.paths else "", sector, None)


def _surveyed(desk: Desk, record: Record[Product]) -> tuple[Photo, Digest, Measured] | None:
    """Return the first photo of *record* that was looked at, with its digest and its size."""
    for photo in record.record.photos:
        if found := desk.photos.get((record.folder, photo.file)):
            return (photo, *found)
    return None


def _side(press: Press, record: Record[Product]) -> Side:
    id_, product, t, say = record.id, record.record, press.t, press.edition.say
    mark, told = press.mark(id_), _facts(press, id_, product)
    text = press.edition.story(id_)
    where = buying(press, id_, product)
    blocks = [block.html for block in text.prose.blocks if block.html] if text else []
    other = text is not None and text.language != press.site.language
    return Side(
        lang=press.site.language,
        name=say(product.name),
        kind=press.set_link(product.set).text.text,
        stars=t("star.words", star=mark.star),
        state=mark.state,
        issuer=mark.issuer,
        note=raised(mark.note),
        summary=say(product.summary),
        maker=_maker(press, product),
        reach=tuple(_reach(press, where.contact)) if where.contact else (),
        facts=tuple(fact for key, fact in told if key not in _ELSEWHERE),
        brief=tuple(fact for key, fact in told if key in _BRIEF),
        buy=_buy(press, where.selling),
        tale=Phrase(text.record.title) if text else Phrase(""),
        story=tuple(each for html in blocks for each in paragraphs(html)),
        tale_lang=text.language if text and other else "",
        more=t("handbook.more"),
        code=t("qr.alt", address=press.absolute(press.routes.product(id_))),
    )


def _facts(press: Press, id_: str, product: Product) -> list[tuple[str, Fact]]:
    """Return the facts of the page of the product *id_* by the key of what each is called."""
    keys = (*_ELSEWHERE, *_BRIEF)
    keys_by_label = {press.t(f"fact.{key}"): key for key in keys}
    return [
        (keys_by_label.get(fact.label, ""), _absolute(press, fact))
        for fact in facts(press, id_, product)
    ]


def _maker(press: Press, product: Product) -> Fact:
    link = press.producer_link(product.producer)
    producer = press.catalogue.producers[product.producer].record
    where = press.where(producer)
    return _absolute(press, Fact(press.t("fact.producer"), (replace(link, note=where),)))


def _reach(press: Press, contact: Contact) -> Iterator[Fact]:
    t = press.t
    if contact.address:
        yield Fact(t("product.address"), (Link(contact.address, ""),))
    if contact.phones:
        yield Fact(t("product.phone"), contact.phones)
    if contact.email:
        link = Link(Phrase(contact.email), f"mailto:{contact.email}")
        yield Fact(t("product.email"), (link,))
    if contact.website:
        bare = contact.website.partition("://")[2].rstrip("/")
        link = Link(Phrase(bare), contact.website, outside=True)
        yield Fact(t("product.website"), (link,))


def _buy(press: Press, selling: Selling) -> Fact | None:
    links = (*selling.shops, *(row.name for row in selling.outlets))
    return _absolute(press, Fact(press.t("product.buy"), links)) if links else None


def _absolute(press: Press, fact: Fact) -> Fact:
    """Return *fact* with links that lead to the site from anywhere."""
    items = (
        replace(link, url=press.absolute(link.url)) if link.url.startswith("/") else link
        for link in fact.items
    )
    return Fact(fact.label, tuple(items))


def paragraphs(html: str) -> list[Paragraph]:
    """Return the running text of *html* by paragraphs, headings and points of lists."""
    reader = _Paragraphs()
    reader.feed(html)
    found = ((kind, " ".join(text.split())) for kind, text in reader.found)
    return [Paragraph(kind, text) for kind, text in found if text]


class _Paragraphs(HTMLParser):
    """Gathers the words of a text; a paragraph inside a point of a list is that point."""

    def __init__(self) -> None:
        super().__init__()
        self.found = [("text", "")]

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's own
        if tag in _OPENS and not (tag == "p" and self.found[-1] == ("point", "")):
            self.found.append((_OPENS[tag], ""))
        elif tag in {"td", "th", "br"}:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        kind, text = self.found[-1]
        # What stands between two points of a list is no part of either.
        self.found[-1] = (kind, text + data if text or data.strip() else text)

"""The printed manual as a whole, and product sheets, from the same views as the pages."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ocopgen.content.edition import Phrase
from ocopgen.content.lifecycle import version_on
from ocopgen.content.province import Sector
from ocopgen.pages.drawings import Drawing, draw
from ocopgen.pages.drawings.frame import window_round
from ocopgen.pages.views.events import coming_events, past_events, row_of
from ocopgen.pages.views.figures import figures_page
from ocopgen.pages.views.handbook_entries import CODES, leaves, shot
from ocopgen.pages.views.handbook_indexes import indexes
from ocopgen.pages.views.handbook_parts import (
    BLEED,
    Chapter,
    Handbook,
    Imprint,
    Paper,
    Presses,
    Rating,
    Rules,
    Said,
    Section,
    Sheets,
    Shops,
    Shot,
    each,
    said,
)
from ocopgen.pages.views.outlets import outlets_page
from ocopgen.pages.views.parts import Link, Row
from ocopgen.pages.views.press import Press

_COVER = 6
"""Pictures on the cover."""
_COVER_SHAPE = (72.0, 90.0)
_MAP = (0.75, 1.2)
_CHARTS = ("stars", "sectors", "groups", "districts", "years")
"""Those that paper has room for; the others are tables of the page of figures."""


def handbook(presses: Presses, ids: Sequence[str], paper: Paper, *, bleed: bool) -> Handbook:
    """Return the manual of the products *ids*, which all carry stars, set on *paper*."""
    first, more = presses[0], BLEED if bleed else 0.0
    day = first.catalogue.day
    makers = {first.catalogue.products[id_].record.producer for id_ in ids}
    titles = said(presses, "handbook.title", province=first.site.province)
    return Handbook(
        languages=tuple(press.site.language for press in presses),
        paper=paper,
        bleed=more,
        day=(day.year, day.month, day.day),
        title=" · ".join(dict.fromkeys(phrase.text for phrase in titles)),
        titles=each(
            presses,
            [press.t("handbook.title", province=press.site.province) for press in presses],
        ),
        site=each(presses, [press.site.title for press in presses]),
        ledes=each(
            presses,
            [
                press.t(
                    "handbook.lede",
                    products=press.products(len(ids)),
                    producers=press.t(
                        "count.producers",
                        count=len(makers),
                        number=press.formats.number(len(makers)),
                    ),
                )
                for press in presses
            ],
        ),
        editions=each(
            presses,
            [press.t("handbook.edition", day=press.formats.day(day)) for press in presses],
        ),
        example=said(presses, "handbook.example") if first.site.notice else (),
        shots=tuple(_cover(first, ids)),
        imprint=_imprint(presses),
        contents=said(presses, "handbook.contents"),
        rules=_rules(presses),
        chapters=tuple(_chapters(presses, ids, paper, more)),
        sections=tuple(_sections(presses)),
        indexes=indexes(presses, ids),
    )


def sheets(presses: Presses, ids: Sequence[str], paper: Paper, *, bleed: bool) -> Sheets:
    """Return a sheet for each of the products *ids*."""
    more, first = BLEED if bleed else 0.0, presses[0]
    day = first.catalogue.day
    names = (first.edition.say(first.catalogue.products[id_].record.name).text for id_ in ids)
    alone = [leaf for id_ in ids for leaf in leaves(presses, [id_], paper, more)]
    return Sheets(
        languages=tuple(press.site.language for press in presses),
        paper=paper,
        bleed=more,
        day=(day.year, day.month, day.day),
        title=", ".join(names),
        foot=each(
            presses,
            [
                f"{press.site.title} · {press.t('handbook.edition', day=press.formats.day(day))}"
                for press in presses
            ],
        ),
        leaves=tuple(alone),
    )


def _cover(press: Press, ids: Sequence[str]) -> Iterator[Shot]:
    """Yield pictures for the cover, of as many kinds of product as there are."""
    products = press.catalogue.products
    by_set: dict[str, list[str]] = {}
    for id_ in ids:
        by_set.setdefault(products[id_].record.set, []).append(id_)
    rounds = max((len(own) for own in by_set.values()), default=0)
    ordered = [own[at] for at in range(rounds) for own in by_set.values() if at < len(own)]
    for id_ in ordered[:_COVER]:
        yield shot(press, products[id_], *_COVER_SHAPE)


def _imprint(presses: Presses) -> Imprint:
    first, site = presses[0], presses[0].catalogue.site
    home = first.absolute(first.routes.home)
    days = [press.formats.day(press.catalogue.day) for press in presses]
    texts = [
        each(
            presses,
            [
                press.t("handbook.made", site=press.site.title, day=day)
                for press, day in zip(presses, days, strict=True)
            ],
        )
    ]
    notice = site.notice
    if notice:
        texts.append(each(presses, [press.edition.say(notice).text for press in presses]))
    texts.append(said(presses, "handbook.corrections"))
    contact = site.contact
    links = []
    if contact:
        links.append(Link(first.edition.say(contact.name), ""))
        if contact.email:
            links.append(Link(Phrase(contact.email), f"mailto:{contact.email}"))
    if site.licence:
        links.append(Link(Phrase(site.licence.name), site.licence.url, outside=True))
    return Imprint(
        titles=said(presses, "handbook.imprint"),
        texts=tuple(texts),
        links=tuple(links),
        code=f"{CODES}/home.png",
        address=home,
    )


def _rules(presses: Presses) -> Rules:
    programme, day = presses[0].catalogue.programme, presses[0].catalogue.day
    version = version_on(programme, day)
    names = {issuer.star: issuer.name for issuer in version.issuers}
    ratings = tuple(
        Rating(
            band.star,
            said(presses, "star.words", star=band.star),
            said(presses, "list.star_points", least=band.min, most=band.max),
            each(
                presses,
                [
                    press.t("handbook.issuer", issuer=press.edition.say(names[band.star]).text)
                    for press in presses
                ],
            )
            if band.star in names
            else (),
        )
        for band in sorted(programme.bands, key=lambda each: -each.star)
    )
    texts = [said(presses, "handbook.term", months=version.validity_months)]
    if window := version.reevaluation:
        days = {"earliest": window.earliest_days, "latest": window.latest_days}
        texts.append(said(presses, "handbook.renewal", **days))
    begun = [press.formats.day(version.start) for press in presses]
    told = [
        press.t("handbook.rules", instrument=version.instrument, day=start)
        for press, start in zip(presses, begun, strict=True)
    ]
    texts += [said(presses, "handbook.read"), each(presses, told)]
    return Rules(said(presses, "handbook.stars"), ratings, tuple(texts))


def _chapters(
    presses: Presses, ids: Sequence[str], paper: Paper, bleed: float
) -> Iterator[Chapter]:
    catalogue, chosen = presses[0].catalogue, set(ids)
    for sector in catalogue.sectors:
        board = presses[0].shelves.sectors.get(sector.id)
        own = [id_ for id_ in board.current if id_ in chosen] if board else []
        if own:
            yield _chapter(presses, sector, own, leaves(presses, own, paper, bleed))


def _chapter(presses: Presses, sector: Sector, ids: Sequence[str], pages: Said | tuple) -> Chapter:  # type: ignore[type-arg]
    kinds, products = presses[0].catalogue.kinds, presses[0].catalogue.products
    groups = dict.fromkeys(kinds[products[id_].record.set].group.id for id_ in ids)
    names = {group.id: group.name for group in sector.groups}
    return Chapter(
        id=sector.id,
        titles=each(presses, [press.edition.say(sector.name).text for press in presses]),
        counts=each(presses, [press.products(len(ids)) for press in presses]),
        groups=tuple(
            each(presses, [press.edition.say(names[id_]).text for press in presses])
            for id_ in names
            if id_ in groups
        ),
        about=said(presses, "handbook.map"),
        map=_map(presses[0], ids),
        leaves=pages,
    )


def _map(press: Press, ids: Sequence[str]) -> Drawing | None:
    """Return a map of the province that counts the products *ids* alone."""
    atlas = press.atlas
    counts: dict[str, list[int]] = {}
    for id_ in ids:
        commune = press.catalogue.products[id_].record.commune
        if commune in atlas.points:
            counts.setdefault(commune, []).append(press.mark(id_).star)
    if not counts:
        return None
    window = window_round([(atlas.points[id_], atlas.radii[id_]) for id_ in atlas.points], shape=_MAP)
    scene = atlas.scene(window, areas=tuple(atlas.areas(press.catalogue.map.districts)))
    places = [
        replace(place, count=len(stars), star=max(stars, default=0))
        for place in scene.places
        for stars in [counts.get(place.id, [])]
    ]
    places.sort(key=lambda place: (-place.count, place.id))
    return draw(replace(scene, places=tuple(places)))


def _sections(presses: Presses) -> Iterator[Section]:
    yield Section(
        said(presses, "outlets.title"), said(presses, "outlets.lede"), shops=tuple(_shops(presses))
    )
    events = tuple(_events(presses))
    if events:
        yield Section(said(presses, "events.title"), said(presses, "events.lede"), shops=events)
    pages = [figures_page(press) for press in presses]
    charts = zip(*(page.charts for page in pages), strict=True)
    yield Section(
        said(presses, "figures.title"),
        each(presses, [page.lede for page in pages]),
        charts=tuple(same for same in charts if same[0].id in _CHARTS and same[0].bars),
    )


def _shops(presses: Presses) -> Iterator[Shops]:
    pages = [outlets_page(press) for press in presses]
    regions = [
        {row.name.url.rpartition("/")[0].rpartition("/")[2]: row for group in page.districts for row in group.rows}
        for page in pages
    ]
    for group in pages[0].districts:
        ids = [row.name.url.rpartition("/")[0].rpartition("/")[2] for row in group.rows]
        rows = tuple(tuple(own[id_] for own in regions) for id_ in ids)
        titles = tuple(
            next(each.title for each in page.districts if any(ids[0] in row.name.url for row in each.rows))
            for page in pages
        )
        yield Shops(each(presses, [title.text for title in titles]), rows)
    if pages[0].online:
        rows = tuple(zip(*(page.online for page in pages), strict=False))
        yield Shops(said(presses, "product.shops"), rows)


def _events(presses: Presses) -> Iterator[Shops]:
    """Yield the events of the year, and those of later ones that are known."""
    year = presses[0].catalogue.day.year
    entries = [*coming_events(presses[0]), *reversed(past_events(presses[0]))]
    known = [each for each in entries if each.record.start.year >= year]
    by_year: dict[int, list[tuple[Row, ...]]] = {}
    for entry in sorted(known, key=lambda each: (each.record.start.first, each.id)):
        rows = tuple(row_of(press, entry) for press in presses)
        by_year.setdefault(entry.record.start.year, []).append(rows)
    for number, rows in by_year.items():
        yield Shops(each(presses, [str(number)] * len(presses)), tuple(rows))

"""What is known of a product, in terms and figures, and what proves its stars."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.lifecycle import Status, term, version_on
from ocopgen.content.records import Certification, Product
from ocopgen.pages.views.parts import Fact, Link
from ocopgen.pages.views.press import Press
from ocopgen.pages.views.standing import ends


class Proof(Struct, frozen=True):
    """What shows that a product got its stars."""

    title: str
    facts: tuple[Fact, ...]
    sources: tuple[Link, ...]


def facts(press: Press, id_: str, product: Product) -> tuple[Fact, ...]:
    """Return what is known of the product *id_*."""
    rows = chain(_what(press, product), _how(press, product), _codes(press, product))
    known = (Fact(label, items) for label, items in rows if items)
    return (*known, _plain(press.t("fact.id"), id_))


def unknown(press: Press, product: Product) -> str:
    """Return what is not known of *product*, in one line; empty where all is."""
    t = press.t
    missing = [
        name
        for name, value in (
            (t("unknown.price"), product.price),
            (t("unknown.pack"), product.pack),
            (t("unknown.storage"), product.storage),
            (t("unknown.shelf_life"), product.shelf_life),
            (t("unknown.gtin"), product.gtin),
        )
        if not value
    ]
    return t("unknown.line", list=", ".join(missing)) if missing else ""


Rows = Iterator[tuple[str, tuple[Link, ...]]]


def _what(press: Press, product: Product) -> Rows:
    t, kind = press.t, press.catalogue.kinds[product.set]
    producer = press.catalogue.producers[product.producer].record
    numbered = t("fact.set_number", number=kind.set.number)
    link = press.set_link(product.set)
    sector = Link(press.edition.say(kind.sector.name), press.routes.sector(kind.sector.id))
    yield t("fact.set"), (Link(link.text, link.url, note=numbered), sector)
    maker = press.producer_link(product.producer)
    since = t("fact.since", year=producer.since) if producer.since else ""
    yield t("fact.producer"), (Link(maker.text, maker.url, note=since),)
    yield t("fact.place"), tuple(_places(press, product))


def _places(press: Press, product: Product) -> Iterator[Link]:
    if product.commune:
        yield press.commune_link(product.commune)
    district = press.catalogue.map.district_of(product.commune, product.district)
    if district:
        link = press.district_link(district)
        note = "" if product.commune else press.t("fact.no_commune")
        yield Link(link.text, link.url, note=note)


def _how(press: Press, product: Product) -> Rows:
    t, say = press.t, press.edition.say
    if product.price:
        amount = press.formats.price(product.price.min, product.price.max)
        seen = t("fact.as_of", month=press.formats.month(product.price.as_of))
        unit = say(product.price.unit)
        yield t("fact.price"), (_text(amount, note=seen), Link(unit, ""))
    for label, words in (
        (t("fact.pack"), product.pack),
        (t("fact.storage"), product.storage),
        (t("fact.shelf_life"), product.shelf_life),
    ):
        yield label, (Link(say(words), ""),) if words else ()
    if product.season:
        yield t("fact.season"), (_text(press.formats.months(product.season)),)


def _codes(press: Press, product: Product) -> Rows:
    t = press.t
    yield t("fact.growing_areas"), tuple(_text(each) for each in product.growing_areas)
    yield t("fact.packing_houses"), tuple(_text(each) for each in product.packing_houses)
    yield t("fact.quality"), tuple(_quality(press, product))
    yield (
        t("fact.rights"),
        tuple(
            Link(press.edition.say(each.name), "", note=t(f"right.{each.kind}"))
            for each in product.rights
        ),
    )
    yield t("fact.gtin"), tuple(_text(each) for each in product.gtin)
    if product.trace_url:
        words = Phrase(t("fact.trace_link"))
        yield t("fact.trace"), (Link(words, product.trace_url, outside=True),)
    if product.video:
        yield t("fact.video"), (Link(Phrase(t("fact.video_link")), product.video, outside=True),)


def _quality(press: Press, product: Product) -> Iterator[Link]:
    for each in product.quality:
        notes = [each.number] if each.number else []
        if each.valid_to:
            notes.append(press.t("fact.valid_to", day=press.formats.day(each.valid_to)))
        yield _text(press.t(f"quality.{each.kind}"), note=", ".join(notes))


def proofs(press: Press, id_: str, product: Product) -> tuple[Proof, ...]:
    """Return what shows the stars of *id_*: the certificate that counts, then earlier ones."""
    standing = press.catalogue.standings[id_]
    current = Proof(
        press.t("proof.former" if press.mark(id_).lapsed else "proof.current"),
        tuple(_current(press, id_)),
        press.sources(standing.certification.sources),
    )
    day = press.catalogue.day
    begun = [
        each
        for place, each in enumerate(product.certifications)
        if place != standing.place and (each.issued is None or each.issued.first <= day)
    ]
    begun.sort(key=lambda each: each.issued.first.toordinal() if each.issued else 0, reverse=True)
    later = (standing.certification, *begun)
    return (current, *(_earlier(press, *pair) for pair in zip(begun, later, strict=False)))


def _current(press: Press, id_: str) -> Iterator[Fact]:
    t, standing = press.t, press.catalogue.standings[id_]
    certification = standing.certification
    yield _plain(t("proof.star"), t("star.words", star=standing.star))
    yield _plain(t("proof.state"), press.mark(id_).state)
    if standing.issuer:
        yield Fact(t("proof.issuer"), (Link(press.edition.say(standing.issuer), ""),))
    if certification.issued:
        yield _plain(t("proof.issued"), press.formats.on(certification.issued))
        if standing.status is not Status.WITHDRAWN:
            version = version_on(press.catalogue.programme, certification.issued.first)
            months = t("proof.term", months=version.validity_months)
            yield Fact(t("proof.ends"), (_text(ends(standing, press.formats), note=months),))
    else:
        yield _plain(t("proof.issued"), t("proof.not_found"))
    yield from _papers(press, certification)
    if not certification.decision:
        yield _plain(t("proof.decision"), t("proof.not_found"))
    if standing.status is Status.WITHDRAWN:
        yield from _withdrawal(press, certification)


def _papers(press: Press, certification: Certification) -> Iterator[Fact]:
    t = press.t
    if certification.decision:
        yield _plain(t("proof.decision"), certification.decision)
    if certification.certificate:
        yield _plain(t("proof.certificate"), certification.certificate)


def _earlier(press: Press, certification: Certification, later: Certification) -> Proof:
    """Return what is known of *certification*, which *later* came after."""
    t = press.t
    rows = [_plain(t("proof.star"), t("star.words", star=certification.star))]
    if certification.issued:
        rows.append(_plain(t("proof.issued"), press.formats.on(certification.issued)))
    # A later certificate ends the one before on its day of issue, or comes after it ended.
    end = term(certification, press.catalogue.programme)[0]
    if end and later.issued and later.issued.last < end:
        rows.append(_plain(t("proof.replaced"), press.formats.on(later.issued)))
    elif end and certification.issued and certification.issued.day:
        rows.append(_plain(t("proof.term_end"), press.formats.day(end)))
    if certification.issuer:
        rows.append(Fact(t("proof.issuer"), (Link(press.edition.say(certification.issuer), ""),)))
    rows += _papers(press, certification)
    rows += _withdrawal(press, certification)
    return Proof(t("proof.earlier"), tuple(rows), press.sources(certification.sources))


def _withdrawal(press: Press, certification: Certification) -> Iterator[Fact]:
    withdrawn = certification.withdrawn
    if withdrawn:
        reason = Link(press.edition.say(withdrawn.reason), "", note=press.formats.day(withdrawn.on))
        yield Fact(press.t("proof.withdrawn"), (reason,))


def _plain(label: str, text: str) -> Fact:
    return Fact(label, (_text(text),))


def _text(text: str, note: str = "") -> Link:
    return Link(Phrase(text), "", note=note)

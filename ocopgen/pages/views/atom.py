"""What is new, for those who follow the catalogue from elsewhere (Atom, RFC 4287).

No day in it is that of the build: a feed changes only when something in it does.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from msgspec import Struct

from ocopgen.content.edition import Phrase
from ocopgen.content.load import Entry
from ocopgen.content.records import Event
from ocopgen.pages.views.events import coming_events, kind_of, past_events
from ocopgen.pages.views.news import dated
from ocopgen.pages.views.press import Press

_MOST_CERTIFICATES, _MOST_EVENTS = 40, 20


class Item(Struct, frozen=True):
    """A thing that is new."""

    id: str
    """Never another one, whatever the thing is called (RFC 4151)."""
    title: Phrase
    url: str
    published: str
    """Empty for what nobody knows the day of."""
    updated: str
    summary: Phrase
    kind: str


class AtomFeed(Struct, frozen=True):
    """A feed of new certificates and of events."""

    id: str
    language: str
    title: str
    subtitle: str
    url: str
    home: str
    icon: str
    author: str
    updated: str
    items: tuple[Item, ...]


def atom_feed(press: Press) -> AtomFeed:
    """Return what is new in the edition of *press*, the latest first."""
    found = (*_certificates(press), *_events(press))
    items = tuple(item for _, item in sorted(found, key=lambda pair: (-pair[0], pair[1].id)))
    contact, begun = press.catalogue.site.contact, press.catalogue.programme.versions[0].start
    return AtomFeed(
        id=press.absolute(press.routes.home),
        language=press.site.language,
        title=press.site.title,
        subtitle=press.t("feed.about", province=press.site.province),
        url=press.absolute(press.site.feed),
        home=press.absolute(press.routes.home),
        icon=press.absolute(press.site.files.icon) if press.site.files.icon else "",
        author=press.edition.say(contact.name).text if contact else press.site.title,
        updated=max((item.updated for item in items), default=_moment(begun)),
        items=items,
    )


def _certificates(press: Press) -> Iterator[tuple[int, Item]]:
    for id_, issued in islice(dated(press), _MOST_CERTIFICATES):
        product = press.catalogue.products[id_].record
        seen = press.catalogue.standings[id_].certification.sources
        updated = max(issued, *(source.accessed for source in seen))
        name = press.edition.say(product.name)
        title = press.t("feed.certified", name=name.text, stars=press.mark(id_).stars)
        yield (
            updated.toordinal(),
            Item(
                id=_tag(press, f"product/{id_}", issued),
                title=Phrase(title, name.lang),
                url=press.absolute(press.routes.product(id_)),
                published=_moment(issued),
                updated=_moment(updated),
                summary=press.edition.say(product.summary),
                kind="certificate",
            ),
        )


def _events(press: Press) -> Iterator[tuple[int, Item]]:
    latest = islice((*coming_events(press), *past_events(press)), _MOST_EVENTS)
    for entry in latest:
        updated = max(source.accessed for source in entry.record.sources)
        yield updated.toordinal(), _event(press, entry, updated)


def _event(press: Press, entry: Entry[Event], updated: date) -> Item:
    event = entry.record
    when = press.formats.span(event.start, event.end)
    told = (kind_of(press, event), when, press.edition.say(event.place).text)
    return Item(
        id=_tag(press, f"event/{entry.id}", event.start.first),
        title=press.edition.say(event.name),
        url=press.absolute(press.routes.event(entry.id)),
        published="",
        updated=_moment(updated),
        summary=Phrase(" · ".join(told)),
        kind="event",
    )


def _tag(press: Press, name: str, day: date) -> str:
    host = urlsplit(press.catalogue.site.base_url).hostname
    return f"tag:{host},{day.isoformat()}:{press.site.language}/{name}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

"""The events as a calendar that calendar programs subscribe to (iCalendar, RFC 5545).

Written here rather than by a library: five kinds of lines, made by every plan, and the library
takes longer to import than a plan takes. The tests read it with one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from ocopgen.base.problems import Spot
from ocopgen.content.load import Entry
from ocopgen.content.records import Event
from ocopgen.pages.views import File, Press
from ocopgen.pages.views.events import kind_of

_LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_file(press: Press) -> Iterator[File]:
    """Yield the calendar of the edition: the events whose days are known."""
    lines = "".join(f"{_folded(line)}\r\n" for line in _lines(press))
    path = press.routes.file(press.routes.calendar)
    yield File(path, lines.encode(), Spot("content/events"))


def _lines(press: Press) -> Iterator[str]:
    t, site = press.t, press.catalogue.site
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//ocopgen//{_text(press.site.title)}//{press.site.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{_text(t('events.calendar', site=press.site.title))}"
    yield f"X-WR-CALNAME:{_text(t('events.calendar', site=press.site.title))}"
    yield f"X-WR-TIMEZONE:{site.timezone}"
    yield f"URL:{press.absolute(press.routes.events)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    for entry in sorted(press.catalogue.events.values(), key=_when):
        if entry.record.start.day:
            yield from _event(press, entry, entry.record.start.day)
    yield "END:VCALENDAR"


def _when(entry: Entry[Event]) -> tuple[date, str]:
    return entry.record.start.first, entry.id


def _event(press: Press, entry: Entry[Event], start: date) -> Iterator[str]:
    event, say = entry.record, press.edition.say
    end = event.end.day if event.end and event.end.day else start
    url = press.absolute(press.routes.event(entry.id))
    yield "BEGIN:VEVENT"
    # The same in every language and in every build, whatever the event is called.
    yield f"UID:event-{entry.id}@{urlsplit(press.catalogue.site.base_url).hostname}"
    yield f"DTSTAMP:{_stamp(event):%Y%m%dT%H%M%SZ}"
    # Whole days: they are the same days wherever the calendar is read.
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(say(event.name).text)}"
    yield f"LOCATION:{_text(say(event.place).text)}"
    yield f"CATEGORIES:{_text(kind_of(press, event))}"
    yield f"DESCRIPTION:{_text(kind_of(press, event))}\\n{_text(url)}"
    yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _stamp(event: Event) -> datetime:
    """Return when what is known of *event* was last looked at; never the clock of a build."""
    seen = max(source.accessed for source in event.sources)
    return datetime(seen.year, seen.month, seen.day, tzinfo=UTC)


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> str:
    """Return *line* cut so that no piece is too long, and no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += width
    return "\r\n".join((*pieces, piece))

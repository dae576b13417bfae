"""The calendar of events, as a calendar program reads it."""

from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from ocopgen.pages.feeds import feeds
from ocopgen.pages.views import Desk, Press


def _calendar(desk: Desk) -> bytes:
    (found,) = [file for file in feeds(Press(desk)) if file.path.endswith(".ics")]
    return found.content


def _events(desk: Desk) -> list[Event]:
    return list(Calendar.from_ical(_calendar(desk)).events)


def test_a_calendar_program_finds_no_fault(desk: Desk) -> None:
    read = Calendar.from_ical(_calendar(desk))

    assert isinstance(read, Calendar)
    assert read.errors == []
    assert [event.errors for event in read.events] == [[], []]
    for needed in ("VERSION", "PRODID"):
        assert read[needed]
    for event in read.events:
        assert all(event[needed] for needed in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"))


def test_only_events_whose_days_are_known_are_in_it(desk: Desk) -> None:
    dated = [id_ for id_, entry in desk.edition.catalogue.events.items() if entry.record.start.day]

    names = {str(event["UID"]) for event in _events(desk)}

    assert names == {f"event-{id_}@lang.example" for id_ in dated}


def test_an_event_lasts_to_the_end_of_its_last_day(desks: list[Desk]) -> None:
    fair = _events(desks[0])[-1]

    assert (date(2026, 12, 20), date(2026, 12, 23)) == (fair.DTSTART, fair.DTEND)


def test_the_stamp_comes_from_the_record_and_not_from_the_clock(desks: list[Desk]) -> None:
    past, coming = _events(desks[0])

    assert datetime(2025, 6, 2, tzinfo=UTC) == past.DTSTAMP
    assert datetime(2026, 11, 1, tzinfo=UTC) == coming.DTSTAMP
    assert _calendar(desks[0]) == _calendar(desks[0])


def test_marks_of_the_format_within_a_name_are_read_as_they_were_written(
    desks: list[Desk],
) -> None:
    past = _events(desks[0])[0]

    assert str(past["SUMMARY"]) == "Hội chợ làng; quà, bánh"
    assert str(past["LOCATION"]) == "Chợ Làng, xã Làng Giữa"


def test_every_language_has_the_same_events_in_its_own_words(desks: list[Desk]) -> None:
    first, second = (_events(desk) for desk in desks)

    assert [each["UID"] for each in first] == [each["UID"] for each in second]
    assert str(second[0]["SUMMARY"]) == "Village fair; gifts, cakes"
    assert str(second[0]["URL"]).startswith("https://lang.example/ocop/en/happenings/")


def test_no_line_is_too_long_and_no_letter_is_cut_in_two(desk: Desk) -> None:
    lines = _calendar(desk).split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert [line.decode("utf-8", "replace").count("\ufffd") for line in lines] == [0] * len(lines)

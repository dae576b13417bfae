"""What a page says of a certificate's worth."""

from msgspec import Struct

from ocopgen.content.edition import Edition, Phrase
from ocopgen.content.lifecycle import Standing, Status, version_on
from ocopgen.pages.formats import Formats


class Mark(Struct, frozen=True):
    """A certificate's worth, in stars and in words."""

    star: int
    """The stars that may be shown; 0 where none may."""
    stars: str
    """The same in words: "5 sao"."""
    lapsed: bool
    state: str
    """In a few words: "Còn hiệu lực đến 08/2028"."""
    told: str
    """In a sentence or two."""
    brief: bool
    """Whether the state alone says what matters at first sight: in force, and until when."""
    note: str
    """For a card; empty while it is plainly in force."""
    issuer: Phrase | None
    reason: Phrase | None
    """Why it was withdrawn."""


def mark(edition: Edition, standing: Standing, formats: Formats) -> Mark:
    """Return what is to be said of *standing*."""
    t = formats.t
    withdrawn = standing.certification.withdrawn
    lapsed = not standing.status.starred
    gone = withdrawn if standing.status is Status.WITHDRAWN else None
    return Mark(
        star=0 if lapsed else standing.star,
        stars=t("star.words", star=standing.star),
        lapsed=lapsed,
        state=_state(standing, formats),
        told=_told(edition, standing, formats),
        brief=standing.status is Status.VALID and standing.first_end == standing.last_end,
        note=_note(standing, formats),
        issuer=edition.say(standing.issuer) if standing.issuer else None,
        reason=edition.say(gone.reason) if gone else None,
    )


def ends(standing: Standing, formats: Formats) -> str:
    """Return when the certificate's term ends, as exactly as that is known; empty: not at all."""
    extended = standing.certification.extended_until
    if standing.last_end is None:
        return ""
    if extended and standing.status is Status.EXTENDED:
        return formats.t("ends.extended", day=formats.day(extended))
    if standing.first_end == standing.last_end:
        return formats.day(standing.last_end)
    return formats.t("ends.year", year=standing.last_end.year)


def _state(standing: Standing, formats: Formats) -> str:  # noqa: PLR0911 - one a status
    """Return the state in a few words."""
    t, last = formats.t, standing.last_end
    exact = last is not None and standing.first_end == last
    match standing.status:
        case Status.VALID if last and exact:
            return t("state.valid", month=formats.month(last))
        case Status.VALID:
            return t("state.valid_some_day")
        case Status.RENEWAL if last and exact:
            return t("state.renewal", month=formats.month(last))
        case Status.RENEWAL:
            return t("state.renewal_some_day")
        case Status.EXTENDED:
            return t("state.extended")
        case Status.EXPIRED:
            return t("state.expired")
        case Status.WITHDRAWN:
            return t("state.withdrawn")
        case _:
            return t("state.undated")


def _told(edition: Edition, standing: Standing, formats: Formats) -> str:
    t, certification = formats.t, standing.certification
    if standing.status is Status.WITHDRAWN and certification.withdrawn:
        day = formats.day(certification.withdrawn.on)
        return t("told.withdrawn", star=standing.star, day=day)
    if certification.issued is None or standing.last_end is None:
        return t("told.undated")
    issued = formats.on(certification.issued)
    if standing.status is Status.EXPIRED:
        return _told_expired(edition, standing, issued, formats)
    if standing.status is Status.EXTENDED:
        return _told_extended(standing, issued, formats)
    if standing.first_end == standing.last_end:
        return t("told.dated", issued=issued, end=formats.day(standing.last_end))
    return t("told.some_day", issued=issued, year=standing.last_end.year)


def _told_extended(standing: Standing, issued: str, formats: Formats) -> str:
    t, until = formats.t, standing.certification.extended_until
    assert standing.last_end is not None  # noqa: S101 - only what has an end is extended
    assert until is not None  # noqa: S101 - as above
    if standing.first_end != standing.last_end:
        year, day = standing.last_end.year, formats.day(until)
        return t("told.extended_some_day", issued=issued, year=year, until=day)
    end = formats.day(standing.last_end)
    return t("told.extended", issued=issued, end=end, until=formats.day(until))


def _told_expired(edition: Edition, standing: Standing, issued: str, formats: Formats) -> str:
    t, certification = formats.t, standing.certification
    assert certification.issued is not None  # noqa: S101 - an undated one never expires
    assert standing.last_end is not None  # noqa: S101 - as above
    months = version_on(edition.catalogue.programme, certification.issued.first).validity_months
    end = formats.day(standing.last_end)
    told = t("told.recognised", star=standing.star, issued=issued)
    if certification.extended_until:
        after = t("told.ended_extended", end=formats.day(certification.extended_until))
    elif standing.first_end == standing.last_end:
        after = t("told.ended", months=months, end=end)
    else:
        after = t("told.ended_at_latest", months=months, end=end)
    return f"{told} {after} {t('told.no_later')}"


def _note(standing: Standing, formats: Formats) -> str:  # noqa: PLR0911 - one a status
    t = formats.t
    match standing.status:
        case Status.VALID:
            return ""
        case Status.RENEWAL if standing.last_end and standing.first_end == standing.last_end:
            return t("note.renewal", day=formats.day(standing.last_end))
        case Status.RENEWAL if standing.last_end:
            return t("note.renewal_some_day", year=standing.last_end.year)
        case Status.EXTENDED:
            return t("note.extended")
        case Status.EXPIRED:
            return t("note.expired", star=standing.star)
        case Status.WITHDRAWN:
            return t("note.withdrawn", star=standing.star)
        case _:
            return t("note.undated")

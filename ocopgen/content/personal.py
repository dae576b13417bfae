"""Find in texts and addresses what belongs to a person: numbers, and addresses of mail."""

import re
from collections.abc import Iterator

_LIKELY = re.compile(r"\d\d|@")
"""Where this is not, nothing personal is; most lines are done with so."""
_GAP = r"\)?[ \u00a0\u202f.\u2010-\u2015-]?"
"""What may stand between two digits; Word and Zalo bring spaces and dashes of their own."""
_PHONE = re.compile(
    r"(?<![^\W_]|[+-])(?<!\d[.,])"
    r"(?:\((?=[^()]{2,9}\)))?"  # around a country, or an area
    rf"(?:(?:\+|00|(?<=\()(?=[^()]{{2,9}}\)))84{_GAP}(?:\(?0{_GAP})?(?:[35789]|[12]{_GAP}\d){_GAP}\d"
    # Three digits stand together, or 03 04 05 06 07 would be a number to call.
    rf"|0(?:[35789]\d|(?:1[2689]|2\d){_GAP}\d))"
    rf"(?:{_GAP}\d){{7}}"
    # What comes after a slash or a hyphen may be another such number.
    r"(?![^\W_]|(?!.0[235789]\d)(?:[/-]\w|[.,]\d))"
)
_REGISTERED = re.compile(
    r"(?<!\w)(?:MST|MSDN|GPKD|ĐKKD|tax (?:code|id|number)|licen[cs]e|certificate|registration"
    r"|(?:mã số|giấy phép|giấy chứng nhận|đăng ký (?:hộ )?(?:kinh doanh|doanh nghiệp))"
    r"(?: (?:đăng ký|hộ|kinh doanh|doanh nghiệp|thuế))*)"
    r":? ?(?:(?:số|no\.?|number):? ?)?\Z",
    re.IGNORECASE,
)
"""What stands before the number of a taxpayer or a licence, which looks like a telephone's."""
_BEFORE = 80
"""Letters before a number in which to look for that."""
_IDENTITY = re.compile(r"(?<![\w.,/+-])0\d{11}(?![\w/-]|[.,]\d)")
"""The twelve digits of a citizen's identity card (Law on Identification 26/2023/QH15)."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?!\w)")
_ADDRESS = re.compile(r"\]\((?!<?(?:tel|mailto):)[^()\s]*|https?://\S+", re.IGNORECASE)
_PHONE_IN_ADDRESS = re.compile(
    r"(?:zalo|viber|whatsapp|telegram|(?<![a-z])(?:wa\.me|t\.me|tel|phone|call|sms|sdt|hotline))"
    r"\D{0,40}(?:%2B)?((?:84|0)\d{9})(?!\d)",
    re.IGNORECASE,
)
"""As in https://zalo.me/0912345678; the number of a shop's goods may look like one, too."""


def phone_in(address: str) -> re.Match[str] | None:
    """Return where *address* holds a telephone number, the number being the group 1, or None."""
    return _PHONE_IN_ADDRESS.search(address)


def without_addresses(line: str) -> str:
    """Return the Markdown of *line* with spaces for each address that is no telephone or mail."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), line)


def personal(line: str) -> Iterator[tuple[int, str, str]]:
    """Yield what the Markdown of *line* tells of a person: where, counted from 0, its code, it."""
    if not _LIKELY.search(line):
        return
    for address in _ADDRESS.finditer(line):
        if found := phone_in(address[0]):
            yield address.start() + found.start(1), "prose.phone", found[1]
    # The rest of an address is no telephone number, whatever its digits.
    said = without_addresses(line)
    for found in _PHONE.finditer(said):
        start = found.start()
        if not _REGISTERED.search(said, max(0, start - _BEFORE), start):
            yield start, "prose.phone", found[0]
    for code, pattern in (("prose.identity", _IDENTITY), ("prose.email", _EMAIL)):
        for found in pattern.finditer(said):
            yield found.start(), code, found[0]

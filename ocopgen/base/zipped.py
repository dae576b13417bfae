"""Zip files, such as workbooks, without the clock that whoever writes them puts in."""

import io
import re
import zipfile

_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def without_clock(content: bytes) -> bytes:
    """Return the workbook *content* with one and the same moment wherever it names one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _NO_CLOCK)
            part.compress_type = zipfile.ZIP_DEFLATED
            inside = old.read(name)
            if name == "docProps/core.xml":
                inside = _DATES.sub(rb"\g<1>1980-01-01T00:00:00Z", inside)
            new.writestr(part, inside)
    return out.getvalue()

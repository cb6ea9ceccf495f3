"""Office files: the right reader for each, and its faults in words."""

from __future__ import annotations

import hashlib
import zipfile

from townclerk.extract.reading.office.opening import Office, demand_reader, office_kind
from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError


def read_office(data: bytes, name: str) -> Document:
    """Read a Word document, a workbook or a presentation.

    Args:
        data: The file's bytes, a zip archive.
        name: Its name, for messages and the record.

    Raises:
        UnreadableError: It is another kind of archive, or damaged.
        MissingComponentError: What reads it is not installed.
    """
    kind = office_kind(data, name)
    demand_reader(kind, name)
    try:
        return _read(kind, data, name, hashlib.sha256(data).hexdigest())
    except (LookupError, ValueError, TypeError, AttributeError, OSError, SyntaxError, zipfile.BadZipFile) as fault:
        raise UnreadableError(
            f"{name}: this is {kind.said}, and it is damaged ({' '.join(str(fault).split()) or type(fault).__name__}); "
            "open it, save it as PDF and give that"
        ) from fault


def _read(kind: Office, data: bytes, name: str, sha256: str) -> Document:
    if kind is Office.WORD:
        from townclerk.extract.reading.office.word import read_word  # noqa: PLC0415 - optional

        return read_word(data, name, sha256)
    if kind is Office.EXCEL:
        from townclerk.extract.reading.office.sheets import read_sheets  # noqa: PLC0415 - optional

        return read_sheets(data, name, sha256)
    from townclerk.extract.reading.office.slides import read_slides  # noqa: PLC0415 - optional

    return read_slides(data, name, sha256)

"""Which office file it is, whether it is safe to unpack, and whether what reads it is installed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from enum import Enum
from importlib import util

from townclerk.models.errors import MissingComponentError, UnreadableError

HOW_TO_INSTALL = "pip install 'townclerk[office]'"
# More than this, unpacked, is no report: a file made to fill the machine's memory, or a book of pictures.
_LARGEST_PART = 400_000_000
_MOST_EXPANSION = 400


class Office(Enum):
    """Office files that can be read: what they are called, the part that tells them, the package that reads them."""

    WORD = ("a Word document", "word/document.xml", "docx", "python-docx")
    EXCEL = ("an Excel workbook", "xl/workbook.xml", "openpyxl", "openpyxl")
    POWERPOINT = ("a PowerPoint presentation", "ppt/presentation.xml", "pptx", "python-pptx")

    @property
    def said(self) -> str:
        """What it is, in words."""
        return self.value[0]


_OTHERS = (
    ("xl/workbook.bin", "a binary Excel workbook"),
    ("mimetype", "an OpenDocument file"),
)


def office_kind(data: bytes, name: str) -> Office:
    """What kind of office file a zip archive is.

    Raises:
        UnreadableError: It is another kind of archive, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one.filename: one for one in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise UnreadableError(f"{name}: this is a damaged or cut off archive ({fault}); fetch it again") from None
    for kind in Office:
        if kind.value[1] in parts:
            _demand_modest(parts.values(), name)
            return kind
    for part, what in _OTHERS:
        if part in parts:
            raise UnreadableError(f"{name}: this is {what}, which cannot be read; save it as PDF and give that")
    raise UnreadableError(
        f"{name}: this is a zip archive; unpack it and give what is inside, or let townclerk convert read it"
    )


def demand_reader(kind: Office, name: str) -> None:
    """Raise where the package that reads a kind of file is missing.

    Raises:
        MissingComponentError: With what to install.
    """
    what, _, module, package = kind.value
    if util.find_spec(module) is None:
        raise MissingComponentError(
            f"{name}: this is {what}; reading it needs {package}, which is not installed: {HOW_TO_INSTALL}"
        )


def _demand_modest(parts: Iterable[zipfile.ZipInfo], name: str) -> None:
    """Raise for an archive that would unpack to more than any report holds."""
    for part in parts:
        if part.file_size > _LARGEST_PART or part.file_size > _MOST_EXPANSION * max(part.compress_size, 50_000):
            raise UnreadableError(
                f"{name}: its part {part.filename} unpacks to {part.file_size // 1_000_000} MB, "
                "more than a report holds; save it as PDF and give that"
            )

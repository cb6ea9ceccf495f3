"""Recognised text with coordinates as a document: laid out as a scan is, without the scan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.reading.coordinates.alto import read_alto
from townclerk.extract.reading.coordinates.hocr import read_hocr
from townclerk.extract.reading.coordinates.sheet import Sheet
from townclerk.extract.reading.ocr.gleaning import askew, to_segments
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.glean import Gleaned
from townclerk.extract.reading.pdf.reader import compose
from townclerk.extract.reading.text.decode import decode
from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError

_HEAD = 4096
_ALTO = re.compile(rb"<(?:\w+:)?alto[\s>]", re.IGNORECASE)
_HOCR = re.compile(rb"""class=['"][^'"]*\bocr_page\b|name=['"]ocr-(?:system|capabilities)['"]""", re.IGNORECASE)
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def is_alto(data: bytes) -> bool:
    """True for an ALTO file."""
    return _ALTO.search(data[:_HEAD]) is not None


def is_hocr(data: bytes) -> bool:
    """True for an hOCR file."""
    return _HOCR.search(data[:_HEAD]) is not None


def read_coordinates(data: bytes, name: str, options: ReadOptions) -> Document:
    """Read an hOCR or ALTO file.

    Args:
        data: The file's bytes.
        name: Its name, for messages and the record.
        options: Limits.

    Raises:
        UnreadableError: It is damaged, or has no page.
    """
    if is_alto(data):
        sheets, media_type = read_alto(data, name), "application/alto+xml"
    else:
        sheets, media_type = read_hocr(decode(data, name)[0]), "text/vnd.hocr+html"
    if not sheets:
        raise UnreadableError(f"{name}: this file of recognised text has no page; check that it is the whole file")
    return compose(data, name, _gleaned(sheets), [""] * len(sheets), options, media_type)


def _gleaned(sheets: Sequence[Sheet]) -> list[tuple[Gleaned | None, str]]:
    pages: list[tuple[Gleaned | None, str]] = []
    for sheet in sheets:
        turn = askew(_PLAIN, sheet.width, sheet.height, sheet.width, sheet.height)
        page = Gleaned(sheet.width, sheet.height, turn)
        page.segments, page.seen = to_segments(sheet.lines)
        pages.append((page, ""))
    return pages

"""Pages that must be looked at: their words, or some of them, are a picture. Other pages pay a glance at their text."""

from __future__ import annotations

import pymupdf

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.glean import Gleaned

_SWITCHED_OFF = "its words are a picture, and reading pictures is switched off; give --ocr auto to read them"

# A page with so many lines and more is read from its text layer if pictures are not read; what it says may be garbage.
_SURELY_TEXT = 60


def see(page: pymupdf.Page, gleaned: Gleaned, options: ReadOptions) -> tuple[Gleaned | None, str]:
    """The page's words, read from its pictures where its text layer does not hold them.

    Args:
        page: The page.
        gleaned: What its text layer holds.
        options: Whether and how pictures are read.

    Returns:
        The page's words, None where it has none that can be read; and what could not be read, in words.

    Raises:
        MissingComponentError: If a picture must be read and the recogniser is not installed.
    """
    if options.ocr == "never" and len(gleaned.segments) > _SURELY_TEXT and not gleaned.behind:
        return gleaned, ""
    from townclerk.extract.reading.ocr import need  # noqa: PLC0415 - knows of pages; a module of this room

    if options.ocr == "always" or need.is_scan(page, gleaned):
        return _read_whole(page, options)
    regions = need.regions(page, gleaned) if options.ocr != "never" else []
    return _read_regions(page, regions, gleaned, options) if regions else (gleaned, "")


def _read_whole(page: pymupdf.Page, options: ReadOptions) -> tuple[Gleaned | None, str]:
    if options.ocr == "never":
        return None, _SWITCHED_OFF
    from townclerk.extract.reading.ocr.scan import read_scan  # noqa: PLC0415 - needs the recogniser
    from townclerk.extract.reading.ocr.tesseract import TookTooLongError  # noqa: PLC0415 - needs the recogniser

    try:
        return read_scan(page, options), ""
    except TookTooLongError as fault:
        return None, str(fault)


def _read_regions(
    page: pymupdf.Page, regions: list[pymupdf.Rect], gleaned: Gleaned, options: ReadOptions
) -> tuple[Gleaned | None, str]:
    from townclerk.extract.reading.ocr.scan import add_region  # noqa: PLC0415 - needs the recogniser
    from townclerk.extract.reading.ocr.tesseract import (  # noqa: PLC0415 - needs the recogniser
        HOW_TO_INSTALL,
        TookTooLongError,
        is_installed,
    )

    if not is_installed():
        return gleaned, f"a picture on it may hold text, and reading pictures needs tesserocr: {HOW_TO_INSTALL}"
    for region in regions:
        try:
            add_region(page, region, gleaned, options)
        except TookTooLongError as fault:
            return gleaned, f"a picture on it was not read: {fault}"
    return gleaned, ""

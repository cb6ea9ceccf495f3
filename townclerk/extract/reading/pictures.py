"""Pictures of pages: PNG, JPEG, TIFF of one page or many, and their like."""

from __future__ import annotations

import pymupdf

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.opening import FAULTS, said
from townclerk.extract.reading.pdf.reader import read_pages
from townclerk.models.document import Document
from townclerk.models.errors import UnreadableError

# A picture that gives no resolution is taken for an A4 page: at the screen's 72 or 96 dots it would be a poster.
_POSTER = 1300.0
_A4_LONG_SIDE = 842.0


def read_pictures(data: bytes, name: str, kind: str, options: ReadOptions) -> Document:
    """Read pictures of pages.

    Args:
        data: The file's bytes.
        name: Its name, for messages and the record.
        kind: What it is, as `png`, `jpeg`, `tiff`, `bmp` or `gif`.
        options: Whether and how pictures are read.

    Raises:
        UnreadableError: It is damaged, or reading pictures is switched off.
        MissingComponentError: No recogniser is installed.
    """
    try:
        pages = as_pages(data, kind)
    except FAULTS as fault:
        raise UnreadableError(f"{name}: the picture is damaged or cut off ({said(fault)}); fetch it again") from None
    return read_pages(pages, data, name, options, f"image/{kind}")


def as_pages(data: bytes, kind: str) -> pymupdf.Document:
    """The pictures of a file as pages of paper size."""
    paper = pymupdf.open()
    with pymupdf.open(stream=data, filetype=kind) as pictures:
        for picture in pictures:
            width, height = picture.rect.width, picture.rect.height
            longest = max(width, height)
            scale = _A4_LONG_SIDE / longest if longest > _POSTER else 1.0
            sheet = paper.new_page(width=width * scale, height=height * scale)
            sheet.insert_image(sheet.rect, pixmap=_levels(picture, width, height), keep_proportion=False)
    return paper


def _levels(picture: pymupdf.Page, width: float, height: float) -> pymupdf.Pixmap:
    """The picture's own pixels."""
    info = picture.get_image_info()
    across = max((one["width"] for one in info), default=round(width))
    down = max((one["height"] for one in info), default=round(height))
    return picture.get_pixmap(matrix=pymupdf.Matrix(across / width, down / height), alpha=False)

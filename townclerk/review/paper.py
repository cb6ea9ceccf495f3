"""A page as it looks and as it reads: its picture, its words with their places, and the blocks it is made of."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

import pymupdf

from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.opening import FAULTS, open_pdf, said
from townclerk.extract.reading.pictures import as_pages
from townclerk.models.document import Document
from townclerk.models.errors import TownclerkError
from townclerk.review.sources import Source, SourceError, Sources

Key = TypeVar("Key")
Kept = TypeVar("Kept")

LARGEST = 4000.0
"""Pixels of a picture's longer side, at most."""
_UNREADABLE: tuple[type[Exception], ...] = (TownclerkError, *FAULTS)
_KEPT_PAGES = 24
_KEPT_PICTURES = 24
_KEPT_PDFS = 4


@dataclass(slots=True, frozen=True)
class Sheet:
    """One page as it was read.

    Attributes:
        document: The document it was read as: the whole one, or the page alone.
        number: The page's number in `document`.
        shift: What a place in `document` lies behind in the text of the whole document.
        faithful: True where the text is the very one that the store's places point into.
    """

    document: Document
    number: int
    shift: int
    faithful: bool

    @property
    def start(self) -> int:
        """The page's first character in `document`."""
        return self.document.pages[self.number - 1].start

    @property
    def end(self) -> int:
        """The end of its text in `document`, exclusive."""
        return self.document.pages[self.number - 1].end


class Paper:
    """Draws and reads pages. MuPDF is used by one thread at a time, as it asks for."""

    def __init__(self, sources: Sources, options: ReadOptions) -> None:
        self.sources = sources
        self._options = options
        self._lock = threading.RLock()
        self._pdfs: OrderedDict[str, pymupdf.Document] = OrderedDict()
        self._sheets: OrderedDict[tuple[str, int], Sheet] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._whole: OrderedDict[str, Document] = OrderedDict()

    def size(self, source: Source, number: int) -> tuple[float, float]:
        """Width and height of a page in points.

        Raises:
            SourceError: If the document or the page cannot be opened.
        """
        with self._lock:
            rect = self._page(source, number).rect
            return float(rect.width), float(rect.height)

    def picture(self, source: Source, number: int, width: int) -> bytes:
        """A page as a PNG picture.

        Args:
            source: The document.
            number: The page, from 1.
            width: Of the picture in pixels; a picture is never larger than `LARGEST`.

        Raises:
            SourceError: If it cannot be drawn.
        """
        key = (source.sha256, number, width)
        with self._lock:
            if (kept := self._pictures.get(key)) is not None:
                self._pictures.move_to_end(key)
                return kept
            page = self._page(source, number)
            rect = page.rect
            scale = min(width / max(1.0, rect.width), LARGEST / max(1.0, rect.width, rect.height))
            try:
                drawn: bytes = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False).tobytes("png")
            except FAULTS as fault:
                raise SourceError(f"Page {number} cannot be drawn ({said(fault)}).") from None
            _keep(self._pictures, key, drawn, _KEPT_PICTURES)
            return drawn

    def sheet(self, source: Source, number: int) -> Sheet:
        """A page with its words and blocks.

        Raises:
            SourceError: If it cannot be read.
        """
        known = source.page(number)
        key = (source.sha256, number)
        with self._lock:
            if (kept := self._sheets.get(key)) is not None:
                self._sheets.move_to_end(key)
                return kept
            sheet = self._alone(source, number) if source.media_type == "application/pdf" else None
            if sheet is None or not sheet.faithful:
                whole = self._read_whole(source)
                if number > len(whole.pages):
                    raise SourceError(f"{source.name} reads differently now; it has no page {number}.")
                page = whole.pages[number - 1]
                faithful = page.end - page.start == known.characters
                sheet = Sheet(whole, number, 0, faithful)
            _keep(self._sheets, key, sheet, _KEPT_PAGES)
            return sheet

    def _alone(self, source: Source, number: int) -> Sheet:
        """The page read by itself, which spares the reading of a long document."""
        known = source.page(number)
        self._page(source, number)
        try:
            with pymupdf.open() as single:
                single.insert_pdf(self._pdfs[source.sha256], from_page=number - 1, to_page=number - 1)
                data = single.tobytes()
            document = read_bytes(data, source.name, self._options)
        except _UNREADABLE as fault:
            raise SourceError(f"Page {number} cannot be read ({fault}).") from None
        page = document.pages[0]
        return Sheet(document, 1, known.start - page.start, page.end - page.start == known.characters)

    def _read_whole(self, source: Source) -> Document:
        if (kept := self._whole.get(source.sha256)) is not None:
            self._whole.move_to_end(source.sha256)
            return kept
        try:
            document = read_bytes(self.sources.data(source), source.name, self._options)
        except TownclerkError as fault:
            raise SourceError(f"The document cannot be read. {fault}") from None
        _keep(self._whole, source.sha256, document, _KEPT_PDFS)
        return document

    def _page(self, source: Source, number: int) -> pymupdf.Page:
        data = self.sources.data(source)  # also looks whether the file is still the same
        pdf = self._pdfs.get(source.sha256)
        try:
            if pdf is None:
                kind = source.media_type.removeprefix("image/")
                pdf = as_pages(data, kind) if kind != source.media_type else self._opened(source, data)
                if (dropped := _keep(self._pdfs, source.sha256, pdf, _KEPT_PDFS)) is not None:
                    dropped.close()
            self._pdfs.move_to_end(source.sha256)
            if not 1 <= number <= len(pdf):
                raise SourceError(f"{source.name} has {len(pdf)} pages; there is no page {number}.")
            return pdf[number - 1]
        except FAULTS as fault:
            raise SourceError(f"Page {number} cannot be opened ({said(fault)}).") from None

    def _opened(self, source: Source, data: bytes) -> pymupdf.Document:
        try:
            return open_pdf(data, source.name, self._options.password)
        except TownclerkError as fault:
            raise SourceError(f"The document cannot be opened. {fault}") from None


def _keep(cache: OrderedDict[Key, Kept], key: Key, value: Kept, most: int) -> Kept | None:
    """Put a value into a cache of the most recently used; what had to make room for it is returned."""
    cache[key] = value
    return cache.popitem(last=False)[1] if len(cache) > most else None

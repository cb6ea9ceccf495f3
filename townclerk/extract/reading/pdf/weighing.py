"""How much memory reading a page would take, told before it is read."""

from __future__ import annotations

import zlib
from typing import Any

import pymupdf
from pymupdf import mupdf

# Words and vectors take about so many times the memory of the drawing instructions they come from: pages of single
# words take 100 times, pages of lines 17 times, as measured with made pages.
_SPREAD = 50
# Deflate packs at most this much into a byte.
_DENSEST = 1032
_MEGABYTE = 1_000_000
_STEP = 1_000_000


def is_too_heavy(pdf: pymupdf.Document, page: pymupdf.Page, megabytes: float) -> bool:
    """True where reading a page would take more than so many megabytes; 0 stands for no limit.

    Most pages are told by the packed size of their instructions alone; others are unpacked as far as the limit allows.
    """
    if not megabytes:
        return False
    room = megabytes * _MEGABYTE / _SPREAD
    streams = _streams(page)
    if sum([_packed_size(stream) for stream in streams]) * _DENSEST <= room:
        return False
    for stream in streams:
        room -= _unpacked_size(pdf.xref_stream_raw(mupdf.pdf_to_num(stream)) or b"", room)
        if room < 0:
            return True
    return False


def _streams(page: pymupdf.Page) -> list[Any]:
    """The streams of a page's instructions, as MuPDF's objects: a page may have many, and their numbers tell less."""
    contents = mupdf.pdf_dict_get(mupdf.pdf_page_from_fz_page(page.this).obj(), mupdf.PDF_ENUM_NAME_Contents)
    if mupdf.pdf_is_array(contents):
        return [mupdf.pdf_array_get(contents, place) for place in range(mupdf.pdf_array_len(contents))]
    return [contents] if contents.m_internal else []


def _packed_size(stream: Any) -> int:
    """A stream's length in the file; as good as endless where the file does not say."""
    size = int(mupdf.pdf_dict_get_int64(stream, mupdf.PDF_ENUM_NAME_Length))
    return size if size > 0 else 1 << 40


def _unpacked_size(raw: bytes, most: float) -> float:
    """The size of a stream when unpacked, up to `most` and a little more; its own size if it is packed otherwise."""
    unpacker = zlib.decompressobj()
    size, rest = 0, raw
    try:
        while rest and size <= most:
            size += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return max(size, len(raw))
    return size

"""How much memory reading a page would take, told before it is read."""

from __future__ import annotations

import zlib

import pymupdf

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
    streams = page.get_contents()
    packed = [_packed_size(pdf, xref) for xref in streams]
    if sum(packed) * _DENSEST <= room:
        return False
    for xref in streams:
        room -= _unpacked_size(pdf.xref_stream_raw(xref) or b"", room)
        if room < 0:
            return True
    return False


def _packed_size(pdf: pymupdf.Document, xref: int) -> int:
    """A stream's length in the file; as good as endless where the file does not say."""
    kind, value = pdf.xref_get_key(xref, "Length")
    if kind == "xref":
        value = pdf.xref_object(int(value.split()[0]))
    return int(value) if value.strip().isdigit() else 1 << 40


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

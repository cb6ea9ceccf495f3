"""Text cleaned for reading, with the way back to the characters it came from.

Reports are torn by line ends, hyphens, markdown marks and page furniture. A `Passage` is the text a person would
read; every character of it knows its place in the document's own text, so that evidence is always quoted verbatim.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from typing import NamedTuple

_start = attrgetter("start")
_FEW = 8


class Piece(NamedTuple):
    """A run of a passage's text that was taken from one run of the document's text.

    Attributes:
        start: First character in the passage.
        end: End in the passage, exclusive.
        source_start: First character in the document's text.
        source_end: End in the document's text, exclusive. Where the two runs differ in length (a ligature, a repaired
            character) the piece maps as a whole.
    """

    start: int
    end: int
    source_start: int
    source_end: int


class Passage(NamedTuple):
    """A stretch of cleaned text and the pieces of the document it was made from, in order.

    Characters that belong to no piece (the blank that replaces a line end) were put in by the reader.
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Passage:
        """The characters `start` to `end` of `source`, unchanged."""
        return _make_passage((source[start:end], (_make_piece((0, end - start, start, end)),)))

    @classmethod
    def printed(cls, text: str, start: int) -> Passage:
        """A text as it stands in the document from `start` on."""
        return _make_passage((text, (_make_piece((0, len(text), start, start + len(text))),)))

    @classmethod
    def join(cls, passages: Iterable[Passage], separator: str = " ") -> Passage:
        """Put passages one behind another with `separator` (part of no piece) between them."""
        texts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for passage in passages:
            if texts:
                length += len(separator)
                pieces.extend([_make_piece((p[0] + length, p[1] + length, p[2], p[3])) for p in passage.pieces])
            else:
                pieces.extend(passage.pieces)
            texts.append(passage.text)
            length += len(passage.text)
        return cls(separator.join(texts), tuple(pieces))

    def slice(self, start: int, end: int) -> Passage:
        """The part from `start` to `end` (exclusive) of this passage."""
        if len(self.pieces) == 1:
            # A line of a text is one piece, and most of what is cut is cut from one.
            first, last, source_start, source_end = self.pieces[0]
            if first <= start < end <= last and last - first == source_end - source_start:
                at = source_start + start - first
                return _make_passage((self.text[start:end], (_make_piece((0, end - start, at, at + end - start)),)))
        pieces: list[Piece] = []
        for piece in self._around(start, end):
            if piece.end <= start or piece.start >= end:
                continue
            if piece.end - piece.start != piece.source_end - piece.source_start:
                pieces.append(Piece(max(piece.start, start) - start, min(piece.end, end) - start, *piece[2:]))
                continue
            cut_left = max(0, start - piece.start)
            cut_right = max(0, piece.end - end)
            pieces.append(
                Piece(
                    piece.start + cut_left - start,
                    piece.end - cut_right - start,
                    piece.source_start + cut_left,
                    piece.source_end - cut_right,
                )
            )
        return Passage(self.text[start:end], tuple(pieces))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the document's text that the characters `start` to `end` (exclusive) came from.

        Raises:
            ValueError: If no character of the span came from the document.
        """
        covered = [p for p in self._around(start, end) if p.start < end and p.end > start]
        if not covered:
            raise ValueError(f"characters {start} to {end} of the passage came from nowhere")
        starts = [_map(p, max(start, p.start))[0] for p in covered]
        ends = [_map(p, min(end, p.end) - 1)[1] for p in covered]
        return min(starts), max(ends)

    def _around(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that the characters `start` to `end` may stand in: of many, no more than those about there."""
        if len(self.pieces) <= _FEW:
            return self.pieces
        first = max(0, bisect_right(self.pieces, start, key=_start) - 1)
        return self.pieces[first : bisect_left(self.pieces, end, first, key=_start)]


# Made as bare tuples, which takes half the time: every cell and line of a report is one.
_make_piece = partial(tuple.__new__, Piece)
_make_passage = partial(tuple.__new__, Passage)


def _map(piece: Piece, position: int) -> tuple[int, int]:
    """The source span of the one character at `position` inside `piece`."""
    if piece.end - piece.start != piece.source_end - piece.source_start:
        return piece.source_start, piece.source_end
    source = piece.source_start + position - piece.start
    return source, source + 1

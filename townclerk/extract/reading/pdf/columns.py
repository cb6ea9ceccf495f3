"""Reading order: which parts of a page are columns of text, and in what order a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.extract.reading.pdf.geometry import Segment, lines_of
from townclerk.models.document import BlockKind

Piece: TypeAlias = Segment | Draft

# A gutter is at least this wide, in sizes of the text beside it.
_GUTTER = 1.3
# Letters a line of running text has at least.
_RUNNING = 14
_DEEPEST = 6
# Running text beside a table: so many letters make a full line, so many lines and rows there are at least; a row is
# level with a line within this share of its size, and most lines follow each other within this many of the least steps.
_FULL, _FEWEST_LINES, _LEVEL, _TIGHT = 30, 4, 0.15, 1.2
# What stands on one side of a gutter only, so near below it, goes on with that side: items of a list are set apart.
_CLOSE = 1.0


@dataclass(slots=True)
class _Band:
    """Pieces whose heights touch."""

    pieces: list[Piece] = field(default_factory=list)
    y0: float = 0.0
    y1: float = 0.0


def read_order(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Divide the pieces of a page into columns, in reading order.

    Returns:
        Groups of pieces, each to be read from the top down.
    """
    if len(pieces) < 4 or depth > _DEEPEST:
        return [list(pieces)] if pieces else []
    bands = _bands(pieces)
    groups: list[list[Piece]] = []
    plain: list[Piece] = []
    index = 0
    while index < len(bands):
        found = _columns_from(bands, index)
        if found is None:
            plain.extend(bands[index].pieces)
            index += 1
            continue
        gutter, end = found
        if plain:
            groups.append(plain)
            plain = []
        inside = [piece for band in bands[index:end] for piece in band.pieces]
        left, right = _sides(inside, gutter)
        groups.extend(read_order(left, depth + 1))
        groups.extend(read_order(right, depth + 1))
        index = end
    if plain:
        groups.append(plain)
    return groups


def _box(piece: Piece) -> tuple[float, float, float, float]:
    if isinstance(piece, Segment):
        return (piece.x0, piece.y0, piece.x1, piece.y1)
    return piece.box


def _sides(pieces: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    """The pieces that end left of a gutter, and the others."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in pieces:
        (left if _box(piece)[2] <= gutter else right).append(piece)
    return left, right


def _bands(pieces: Sequence[Piece]) -> list[_Band]:
    """Group pieces into bands that touch in height."""
    bands: list[_Band] = []
    for piece in sorted(pieces, key=lambda one: _box(one)[1]):
        _, y0, _, y1 = _box(piece)
        # Lines set tightly reach into each other a little.
        slack = 0.25 * (y1 - y0) if isinstance(piece, Segment) else 0.0
        if bands and y0 + slack < bands[-1].y1:
            bands[-1].pieces.append(piece)
            bands[-1].y1 = max(bands[-1].y1, y1)
        else:
            bands.append(_Band([piece], y0, y1))
    return bands


def _columns_from(bands: list[_Band], start: int) -> tuple[float, int] | None:
    """A gutter that begins at a band, and the band behind its last; None where the text there is not in columns."""
    best: tuple[float, int] | None = None
    for gap in _gaps(bands[start]):
        end, low, high = _follow(bands, start, *gap)
        gutter = (low + high) / 2
        if _is_columns([piece for band in bands[start:end] for piece in band.pieces], gutter) and (
            best is None or end > best[1]
        ):
            best = (gutter, end)
    return best


def _gaps(band: _Band) -> list[tuple[float, float]]:
    """Widths that no piece of a band covers."""
    if len(band.pieces) < 2:
        return []
    size = _size(band)
    spans = sorted((_box(piece)[0], _box(piece)[2]) for piece in band.pieces)
    gaps: list[tuple[float, float]] = []
    reach = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - reach >= _GUTTER * size:
            gaps.append((reach, x0))
        reach = max(reach, x1)
    return gaps


def _size(band: _Band) -> float:
    sizes = [piece.size for piece in band.pieces if isinstance(piece, Segment)]
    return min(sizes) if sizes else 10.0


def _follow(bands: list[_Band], start: int, low: float, high: float) -> tuple[int, float, float]:
    """How far down a gutter runs, and how narrow it becomes."""
    end = last_shared = start + 1
    while end < len(bands):
        left = right = False
        narrow_low, narrow_high = low, high
        for piece in bands[end].pieces:
            x0, _, x1, _ = _box(piece)
            if x1 <= high and (x0 < low or x0 - low <= high - x1):
                left, narrow_low = True, max(narrow_low, x1)
            elif x0 >= low:
                right, narrow_high = True, min(narrow_high, x0)
            else:
                narrow_low = narrow_high + 1
        if narrow_high - narrow_low < 0.8 * _size(bands[end]):
            break
        if bands[end].y0 - bands[end - 1].y1 > 6 * _size(bands[end]):
            break
        low, high = narrow_low, narrow_high
        end += 1
        if left and right:
            last_shared = end
    # What stands on one side only carries on that side while it follows closely; then it belongs to the whole page.
    while last_shared < end and bands[last_shared].y0 - bands[last_shared - 1].y1 < _CLOSE * _size(bands[last_shared]):
        last_shared += 1
    return last_shared, low, high


def _is_columns(pieces: Sequence[Piece], gutter: float) -> bool:
    """True where both sides of a gutter hold running text, rather than labels and their values."""
    left, right = _sides(pieces, gutter)
    runs = _runs(left), _runs(right)
    if all(runs):
        return True
    return any(runs) and (_is_beside(left, right) if runs[0] else _is_beside(right, left))


def _is_beside(text: Sequence[Piece], table: Sequence[Piece]) -> bool:
    """True where running text stands beside rows with labels of their own, whose heights are not those of its lines."""
    lines = lines_of(piece for piece in text if isinstance(piece, Segment))
    long = [line for line in lines if len(line.segments) == 1 and len(line.text) >= _FULL]
    rows = [line for line in lines_of(piece for piece in table if isinstance(piece, Segment)) if len(line.segments) > 1]
    if len(long) < _FEWEST_LINES or 2 * len(long) < len(lines) or len(rows) < _FEWEST_LINES:
        return False
    labelled = sum(any(char.isalpha() for char in row.segments[0].text) for row in rows)
    level = sum(any(abs(line.y1 - row.y1) < _LEVEL * row.size for line in lines) for row in rows)
    steps = [after.y1 - before.y1 for before, after in pairwise(lines)]
    close = sum(step < _TIGHT * min(steps) for step in steps)
    return labelled == len(rows) and 2 * level <= len(rows) and 2 * close > len(lines)


def _runs(side: Sequence[Piece]) -> bool:
    """True where one side of a gutter is running text or holds a block of its own; tiles stand in rows."""
    if any(isinstance(piece, Draft) and piece.kind is not BlockKind.TILE for piece in side):
        return True
    segments = [piece for piece in side if isinstance(piece, Segment)]
    long = [segment for segment in segments if segment.letters >= _RUNNING]
    return len(long) >= 3 and 2 * len(long) >= len(segments)

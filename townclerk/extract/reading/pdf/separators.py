"""Where the columns of a table part: in gaps that hardly a row covers, at upright rules, between two heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.geometry import Line, Segment
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.slots import are_two_heads
from townclerk.extract.reading.pdf.vectors import Rule, places_of_long
from townclerk.models.document import Box

_COVERED = 0.06
_NARROWEST = 0.3
_EDGE = 3.0
_TOUCHING = 0.5
# What the upright rules at one place cover of the table where they part columns.
_ENOUGH_OF_HEIGHT = 0.3


def separators_of(
    lines: Sequence[Line], pieces: Sequence[Segment], down: Sequence[Rule], box: Box, layout: Layout
) -> list[float]:
    """Where one column ends and the next begins, from the left."""
    rows = [line.segments for line in lines if len(line.segments) >= 2]
    data = [
        row
        for row in rows
        if any(layout.value.fullmatch(one.text) and not layout.period_head.fullmatch(one.text) for one in row[1:])
    ]
    if len(data) >= 3:
        rows = data
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    gaps = _free_gaps(rows, size, box)
    places = places_of_long(down, 2 * _EDGE, _ENOUGH_OF_HEIGHT * (box.y1 - box.y0))
    found = list(places)
    for low, high in gaps:
        if any(low - 2 <= at <= high + 2 for at in places):
            continue
        if places and not _divides(rows, low, high, places, box):
            continue
        found.append(_between(low, high, pieces, size, layout))
    # Upright rules say themselves where columns are; words of a head may stand apart between them.
    return sorted(found) if places else _head_separators(lines, sorted(found), gaps)


def _between(low: float, high: float, pieces: Sequence[Segment], size: float, layout: Layout) -> float:
    """The place of a separator in a gap: behind the few labels that are longer than the others, before the values."""
    room = _NARROWEST * size
    reaching = [one for one in pieces if one.x0 < low < one.x1 < high - room]
    for one in reaching:
        if (parted := _heads_parted(one, low, layout)) is not None:
            return parted
    behind = max((one.x1 for one in reaching), default=low)
    # What begins where the column before ends and runs on behind the gap is a head of the column behind it.
    before = min((one.x0 for one in pieces if behind - _TOUCHING <= one.x0 < high < one.x1), default=high)
    return (behind + before) / 2


def _heads_parted(segment: Segment, low: float, layout: Layout) -> float | None:
    """The place between a time that ends where its values do and the next head, a blank behind it: "Mar-22 Target"."""
    for cut, (before, word) in enumerate(pairwise(segment.words), start=1):
        if abs(before.x1 - low) <= _EDGE and word.x0 > low and are_two_heads(segment, cut, layout):
            return (before.x1 + word.x0) / 2
    return None


def _head_separators(lines: Sequence[Line], found: list[float], gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Separators of columns that have a head and no words: where two heads stand apart and no row below crosses."""
    rows = [line for line in lines if len(line.segments) > 1]
    for head in lines[:3]:
        if len(head.segments) < 3:
            continue
        for before, one, after in zip(head.segments, head.segments[1:], head.segments[2:], strict=False):
            gap = next((gap for gap in gaps if gap[0] - 1 <= one.x0 and one.x1 <= gap[1] + 1), None)
            if gap is not None and _is_empty_column(before, after, gap, found):
                found = [at for at in found if not gap[0] <= at <= gap[1]]
        for left, right in pairwise(head.segments):
            if any(left.x0 + left.x1 < 2 * at < right.x0 + right.x1 for at in found):
                continue
            low, high = left.x1, right.x0
            for one in (one for line in rows if line is not head for one in line.segments):
                if one.x0 + one.x1 < left.x0 + right.x1:
                    low = max(low, one.x1 if one.x1 > left.x0 else low)
                else:
                    high = min(high, one.x0 if one.x0 < right.x1 else high)
            if right.x0 - left.x1 >= head.size and high - low >= _NARROWEST * head.size:
                found = sorted([*found, (low + high) / 2])
    return found


def _is_empty_column(before: Segment, after: Segment, gap: tuple[float, float], found: Sequence[float]) -> bool:
    """True where the heads beside a head that stands in a gap are those of the columns beside the gap.

    Otherwise it is an upper head that stands over both.
    """
    left = max((at for at in found if at < gap[0]), default=float("-inf"))
    right = min((at for at in found if at > gap[1]), default=float("inf"))
    return before.x0 + before.x1 > 2 * left and after.x0 + after.x1 < 2 * right


def _free_gaps(rows: Sequence[Sequence[Segment]], size: float, box: Box) -> list[tuple[float, float]]:
    """Widths that (nearly) no row covers, with text on both sides."""
    if not rows:
        return []
    typical = sorted(len(row) for row in rows)[int(0.8 * (len(rows) - 1))]
    full = [row for row in rows if len(row) >= max(2, 0.6 * typical)]
    events: list[tuple[float, int]] = []
    for row in full:
        for segment in row:
            events.append((segment.x0, 1))
            events.append((segment.x1, -1))
    events.sort(key=lambda event: (event[0], -event[1]))
    allowed = _COVERED * len(full)
    gaps: list[tuple[float, float]] = []
    depth, start = 0, None
    for place, step in events:
        if start is not None and place - start >= _NARROWEST * size and start > box.x0:
            gaps.append((start, place))
        depth += step
        start = place if depth <= allowed else None
        if gaps and start is not None and gaps[-1][1] == place and depth > 0:
            # A gap goes on behind the few segments that reach into it.
            start = place
    return _merge_gaps(gaps)


def _merge_gaps(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for low, high in gaps:
        if merged and low <= merged[-1][1] + 0.01:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _divides(rows: Sequence[Sequence[Segment]], low: float, high: float, places: Sequence[float], box: Box) -> bool:
    """True where a gap between two upright rules divides values: both its sides are filled in most rows."""
    left = max((place for place in places if place <= low), default=box.x0)
    right = min((place for place in places if place >= high), default=box.x1)
    both = one = 0
    for row in rows:
        inside = [segment for segment in row if segment.x1 > left and segment.x0 < right]
        before = any(segment.x1 <= high for segment in inside)
        after = any(segment.x0 >= low for segment in inside)
        both += before and after
        one += before or after
    return both >= 3 and both >= 0.6 * one

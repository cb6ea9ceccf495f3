"""The words of a printed line under the columns they stand in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.geometry import Line, Segment
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.rows import Slot, TableLine

_WIDER_THAN_BLANK = 0.36


def table_lines(printed: Sequence[Line], separators: Sequence[float], layout: Layout) -> list[TableLine]:
    """The printed lines of a table with their words cut and placed by column.

    Args:
        printed: The lines.
        separators: Where columns part, from the left.
        layout: What the reader of pages knows.
    """
    lines: list[TableLine] = []
    for line in printed:
        known = {id(segment): _is_value(segment, layout) for segment in line.segments}
        values = sum(known.values())
        slots: list[Slot] = []
        for segment in line.segments:
            parts = [segment] if values else _cut_heads(segment, separators, layout)
            for part in parts:
                slots.extend(_place(part, separators, values >= 2))
        counted = 0
        for slot in slots:
            is_value = known.get(id(slot.segment))
            if is_value is None:
                is_value = _is_value(slot.segment, layout)
            slot.period = not is_value and layout.period_head.fullmatch(slot.segment.text) is not None
            counted += is_value and slot.first > 0
        lines.append(TableLine(slots, line.y0, line.y1, counted, line.size))
    return lines


def _is_value(segment: Segment, layout: Layout) -> bool:
    text = segment.text
    return layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None


def are_two_heads(segment: Segment, cut: int, layout: Layout) -> bool:
    """True where a time is all that stands before, or behind, a place in a segment that is more than one time."""
    parts = segment.part(0, cut), segment.part(cut, len(segment.words))
    timed = any(layout.period_head.fullmatch(part.text) for part in parts)
    return timed and layout.period_head.fullmatch(segment.text) is None


def _place(segment: Segment, separators: Sequence[float], divide: bool) -> list[Slot]:
    """The columns of a segment; in a row of values it is cut where a separator passes between two words."""
    slack = 0.25 * segment.size
    left, right = segment.x0 + slack, segment.x1 - slack
    first, last = bisect_right(separators, left), bisect_left(separators, right)
    crossed = separators[first:last]
    if crossed and divide:
        cuts = [0]
        for at in crossed:
            index = _cut_near(segment, at)
            if index is not None and index > cuts[-1]:
                cuts.append(index)
        if len(cuts) > 1:
            cuts.append(len(segment.words))
            parts = [segment.part(first, last) for first, last in pairwise(cuts)]
            return [slot for part in parts for slot in _place(part, separators, False)]
    return [Slot(segment, min(first, last), last)]


def _cut_heads(segment: Segment, separators: Sequence[float], layout: Layout) -> list[Segment]:
    """The heads of two columns that stand a blank apart ("Mar-22 Target"): a time and something else, or two times."""
    if len(segment.words) == 1:
        return [segment]
    first, last = bisect_right(separators, segment.x0), bisect_left(separators, segment.x1)
    for at in separators[first:last]:
        cut = next((number for number, word in enumerate(segment.words) if word.x0 + 1 >= at), 0)
        if not cut or segment.words[cut - 1].x1 - 1 > at:
            continue
        if are_two_heads(segment, cut, layout):
            rest = segment.part(cut, len(segment.words))
            return [segment.part(0, cut), *_cut_heads(rest, separators, layout)]
    return [segment]


def _cut_near(segment: Segment, at: float) -> int | None:
    """The word before which a segment is best cut for a separator at `at`: behind the widest blank close to it."""
    reach = 2.5 * segment.size
    gaps = [
        (word.x0 - before.x1, index)
        for index, (before, word) in enumerate(pairwise(segment.words), start=1)
        if before.x1 - reach <= at <= word.x0 + reach
    ]
    if not gaps:
        return None
    straight = [
        index
        for index, (before, word) in enumerate(pairwise(segment.words), start=1)
        if before.x1 - 1 <= at + 0.25 * segment.size and word.x0 + 1 >= at - 0.25 * segment.size
    ]
    width, index = max(gaps)
    if width >= _WIDER_THAN_BLANK * segment.size:
        return index
    return straight[0] if straight else None

"""Charts with a scale whose labels are certain, as tables: columns over categories, bars beside them.

Several series can be told apart where their columns stand side by side in one order over every category and a legend
names them in that order. Lines that cross, stacks and pies cannot; their labels are set aside with the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.drafts import Draft, DraftCell, DraftTable
from townclerk.extract.reading.pdf.geometry import Line, Segment, Word, bounds, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind, Box

_FEWEST_CATEGORIES = 2
_LONGEST_NAME = 60
# How many lines a category may be wrapped into, and how far below the categories a legend may stand, in lines.
_MOST_LINES, LEGEND_BELOW = 3, 5.0
# How far above a level scale its bars may stand, in heights of the scale.
BARS_ABOVE = 40
# A column stands at its own place over each category to within this share of the distance between categories; two
# columns stand further apart.
_SAME_OFFSET, _LEAST_APART = 0.1, 0.12
_BESIDE = 90.0
# The lines of a wrapped category stand over each other to within this share of the distance between categories, and
# this share of their size below one another.
_OFF_CENTRE, _WRAPPED = 0.2, 0.3

Found = tuple[Draft, list[Segment]]


def column_chart(scale: Box, inside: Sequence[Segment], around: Sequence[Segment], layout: Layout) -> Found | None:
    """A chart of columns as a table of its series over its categories; None where a label may be another's.

    Args:
        scale: The box around the ticks of its upright scale.
        inside: The chart's text without the ticks.
        around: Text of the page that may be its legend.
        layout: What the reader of pages knows.
    """
    below = [one for one in inside if one.upright and one.y0 > scale.y1 - one.size]
    values = [one for one in inside if _is_value(one, layout) and one.y1 < scale.y1 + one.size]
    if len(values) < _FEWEST_CATEGORIES or not below:
        return None
    heads, used = _categories(lines_of(below), layout)
    if len(heads) < _FEWEST_CATEGORIES or len(values) % len(heads):
        return None
    count = len(values) // len(heads)
    ranked = _ranked(heads, values, count)
    if ranked is None:
        return None
    names: list[Segment] = []
    if count > 1:
        taken = {id(one) for one in used}
        names = _legend(count, bounds(heads), scale, [one for one in around if id(one) not in taken], layout)
        if not names:
            return None
    rows = [_row(0, None, heads)]
    rows += [_row(rank + 1, names[rank] if names else None, ranked[rank]) for rank in range(count)]
    held = [*used, *values, *names]
    table = DraftTable(rows, len(heads) + 1, 1, bounds(held))
    return Draft(BlockKind.TABLE, [Line.of(list(heads))], bounds(held), table=table), held


def bar_chart(scale: Box, segments: Sequence[Segment], layout: Layout) -> Found | None:
    """A chart of bars as a table of two columns: the name of each bar and its value.

    Args:
        scale: The box around the ticks of its level scale.
        segments: The page's text without the ticks.
        layout: What the reader of pages knows.
    """
    size = scale.y1 - scale.y0
    above = [one for one in segments if one.upright and scale.y0 - BARS_ABOVE * size < one.middle < scale.y0]
    values = [one for one in above if _is_value(one, layout) and scale.x0 < one.x0 < scale.x1 + _BESIDE]
    values = [one for one in values if one.x1 > scale.x0 + size]
    names = [
        one
        for one in above
        if not _is_value(one, layout) and scale.x0 - 3 * _BESIDE < one.x0 and one.x1 < scale.x0 + size
    ]
    pairs: list[tuple[Segment, Segment]] = []
    for value in sorted(values, key=lambda one: one.middle):
        level = [one for one in names if abs(one.middle - value.middle) < 0.6 * size and len(one.text) <= _LONGEST_NAME]
        if len(level) != 1 or any(level[0] is name for name, _ in pairs):
            return None
        pairs.append((level[0], value))
    if len(pairs) < _FEWEST_CATEGORIES or not _is_even([value.middle for _, value in pairs]):
        return None
    rows = [_row(number, name, [value]) for number, (name, value) in enumerate(pairs)]
    held = [one for pair in pairs for one in pair]
    lines = [Line.of(list(pair)) for pair in pairs]
    return Draft(BlockKind.TABLE, lines[:1], bounds(held), table=DraftTable(rows, 2, 0, bounds(held))), held


def _is_value(segment: Segment, layout: Layout) -> bool:
    text = segment.text
    plain = layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None
    return segment.upright and plain and has_digit(text)


def _categories(lines: Sequence[Line], layout: Layout) -> tuple[list[Segment], list[Segment]]:
    """What stands under the columns, wrapped lines put together, and the segments that are used up by it."""
    if not lines:
        return [], []
    used = list(lines[0].segments)
    first = sorted((part for one in used for part in _apart(one, layout)), key=_centre)
    parts = [[one] for one in first]
    for above, line in pairwise(lines[:_MOST_LINES]):
        placed = _under(first, line.segments)
        if line.y0 - above.y1 > _WRAPPED * line.size or placed is None:
            break
        for at, one in zip(placed, line.segments, strict=True):
            parts[at].append(one)
        used.extend(line.segments)
    return [_joined(part) for part in parts], used


def _apart(segment: Segment, layout: Layout) -> list[Segment]:
    """Times set so tightly that they make one segment, each for itself; one may go on in the next line ("May-")."""
    told = [layout.period_head.fullmatch(word.text) or word.text.endswith("-") for word in segment.words]
    whole = layout.period_head.fullmatch(segment.text) is not None
    if len(told) == 1 or whole or not all(told):
        return [segment]
    return [segment.part(at, at + 1) for at in range(len(told))]


def _under(heads: Sequence[Segment], segments: Sequence[Segment]) -> list[int] | None:
    """Which of the heads above each segment goes on with; None where one stands under none, or two under one."""
    if len(heads) < _FEWEST_CATEGORIES:
        return None
    step = (_centre(heads[-1]) - _centre(heads[0])) / (len(heads) - 1)
    placed: list[int] = []
    for one in segments:
        away, at = min((abs(_centre(head) - _centre(one)), number) for number, head in enumerate(heads))
        if away > _OFF_CENTRE * step or at in placed:
            return None
        placed.append(at)
    return placed


def _joined(parts: Sequence[Segment]) -> Segment:
    """Wrapped lines as one segment; a word broken behind a hyphen that belongs to it ("May-" over "22") is whole."""
    if len(parts) == 1:
        return parts[0]
    words: list[Word] = []
    for part in parts:
        first, *rest = part.words
        if words and words[-1].text.endswith("-"):
            last = words.pop()
            box = (min(last.x0, first.x0), last.y0, max(last.x1, first.x1), first.y1)
            first = Word(*box, last.text + first.text, first.mark)
        words.extend([first, *rest])
    box = bounds(parts)
    return Segment(words, box.x0, box.y0, box.x1, box.y1, parts[0].size, parts[0].bold, parts[0].colour)


def _centre(segment: Segment) -> float:
    return (segment.x0 + segment.x1) / 2


def _ranked(heads: Sequence[Segment], values: Sequence[Segment], count: int) -> list[list[Segment]] | None:
    """The values of each series, in the order of the categories; None where one may be of another."""
    step = (_centre(heads[-1]) - _centre(heads[0])) / (len(heads) - 1)
    if step <= 0 or not _is_even([_centre(head) for head in heads]):
        return None
    groups: list[list[Segment]] = [[] for _ in heads]
    for value in values:
        away, at = min((abs(_centre(head) - _centre(value)), number) for number, head in enumerate(heads))
        if away > 0.5 * step:
            return None
        groups[at].append(value)
    if any(len(group) != count for group in groups):
        return None
    for group in groups:
        group.sort(key=_centre)
    offsets = [[_centre(one) - _centre(head) for one in group] for head, group in zip(heads, groups, strict=True)]
    means = [sum(column) / len(heads) for column in zip(*offsets, strict=True)]
    steady = all(
        abs(one - mean) <= max(_SAME_OFFSET * step, 3.0)
        for row in offsets
        for one, mean in zip(row, means, strict=True)
    )
    apart = all(after - before >= _LEAST_APART * step for before, after in pairwise(means))
    return [list(series) for series in zip(*groups, strict=True)] if steady and apart else None


def _is_even(places: Sequence[float]) -> bool:
    steps = [after - before for before, after in pairwise(places)]
    return bool(steps) and min(steps) > 0 and max(steps) < 1.35 * min(steps)


def _legend(count: int, heads: Box, scale: Box, around: Sequence[Segment], layout: Layout) -> list[Segment]:
    """The names of the series below the categories: as many on one line, or on lines under one another."""
    names = [
        one
        for one in around
        if heads.y1 - 1 < one.middle < heads.y1 + LEGEND_BELOW * one.size
        and scale.x0 - _BESIDE < one.x0 < heads.x1
        and len(one.text) <= _LONGEST_NAME
        and (any(char.isalpha() for char in one.text) or layout.period_head.fullmatch(one.text))
    ]
    lines = lines_of(names)
    for line in lines:
        if len(line.segments) == count:
            return sorted(line.segments, key=lambda one: one.x0)
    starts = {round(one.x0 / 4) for line in lines for one in line.segments}
    stacked = len(lines) == count and len(starts) == 1 and all(len(line.segments) == 1 for line in lines)
    return [line.segments[0] for line in lines] if stacked else []


def _row(number: int, name: Segment | None, values: Sequence[Segment]) -> list[DraftCell]:
    cells = [DraftCell(number, 0, [name.words], box=bounds([name]))] if name is not None else []
    return cells + [DraftCell(number, at, [one.words], box=bounds([one])) for at, one in enumerate(values, start=1)]

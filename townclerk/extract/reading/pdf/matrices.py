"""Rows of values in line beside other parts of a page: what is beside a matrix of a dashboard is none of its cells.

Values that stand at one height and, row for row, end or centre at the same places make a matrix, with the words before
them at their heights and the heads over them. A list of choices at its left or bars at its right share neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.geometry import Line, Segment, lines_of
from townclerk.extract.reading.pdf.knowledge import Layout

_FEWEST_ROWS, _FEWEST_COLUMNS = 4, 3
_LEVEL, _IN_LINE = 0.15, 2.0
# Columns stand no further apart than so many of the usual distances; rows no further than so many sizes of their text.
_FURTHEST, _ROW_GAP, _HEAD_GAP, _LINE_GAP = 2.2, 5.0, 3.0, 1.2
_MOST_HEADS = 5
_SHORTEST_LABEL = 2
_INDENT = 40.0

Row = list[Segment]


def find_matrices(segments: Sequence[Segment], layout: Layout) -> list[list[Segment]]:
    """The text of each matrix on a page that has other text at its rows' heights.

    Args:
        segments: The page's text that is in no table, chart or tile.
        layout: What the reader of pages knows.
    """
    values = [one for one in segments if one.upright and _is_value(one, layout)]
    if len(values) < _FEWEST_ROWS * _FEWEST_COLUMNS:
        return []
    found: list[list[Segment]] = []
    for rows in _runs(_levels(values)):
        held = _matrix(rows, segments, layout)
        if held:
            found.append(held)
    return found


def _is_value(one: Segment, layout: Layout) -> bool:
    text = one.text
    plain = layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None
    return plain and any(char.isdigit() for char in text)


def _levels(values: Sequence[Segment]) -> list[Row]:
    """Values at one height each, from the top."""
    rows: list[Row] = []
    for one in sorted(values, key=lambda value: value.y1):
        if rows and one.y1 - rows[-1][-1].y1 < _LEVEL * one.size and abs(one.size - rows[-1][-1].size) < 1:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [row for row in rows if len(row) > 1]


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of one size that follow each other closely."""
    run: list[Row] = []
    for row in rows:
        near = run and row[0].y0 - run[-1][0].y1 < _ROW_GAP * row[0].size and abs(row[0].size - run[-1][0].size) < 1
        if not near and run:
            yield run
            run = []
        run.append(row)
    yield run


def _matrix(rows: Sequence[Row], segments: Sequence[Segment], layout: Layout) -> list[Segment]:
    """The text of a matrix with its labels and heads; nothing where the rows make none, or nothing stands beside it."""
    places = Counter(round(one.x1) for row in rows for one in row)
    columns = _close(_supported(places))
    if len(columns) < _FEWEST_COLUMNS:
        return []
    inside = [[one for one in row if _at(one.x1, columns)] for row in rows]
    inside = [row for row in inside if len(row) > 1]
    if len(inside) < _FEWEST_ROWS:
        return []
    left = min(one.x0 for row in inside for one in row)
    right = max(one.x1 for row in inside for one in row)
    labels = [label for row in inside if (label := _label(row[0], left, segments, layout)) is not None]
    if len(labels) < 0.8 * len(inside):
        return []
    edge = min(label.x0 for label in labels)
    top, bottom = inside[0][0].y0, max(one.y1 for one in inside[-1])
    size = inside[0][0].size
    held = [
        one
        for one in segments
        if edge - _INDENT / 2 <= one.x0 and one.x1 <= right + size and top - 1 <= one.middle <= bottom + 1
    ]
    beside = [one for one in segments if top <= one.middle <= bottom and (one.x0 > right + size or one.x1 < edge - 1)]
    if not beside:
        return []
    heads = _heads(
        held, [one for one in segments if edge - _INDENT <= one.x0 and one.x1 <= right + 2 * size], top, size
    )
    return [*heads, *held]


def _supported(places: Counter[int]) -> list[int]:
    """Places at which values of several rows end."""
    found: list[int] = []
    for place in sorted(places):
        count = sum(places[place + step] for step in (-1, 0, 1))
        if count >= _FEWEST_ROWS - 1 and (not found or place - found[-1] > 2 * _IN_LINE):
            found.append(place)
    return found


def _close(columns: list[int]) -> list[int]:
    """The longest run of columns with no wide gap between them."""
    if len(columns) < _FEWEST_COLUMNS:
        return []
    steps = sorted(after - before for before, after in pairwise(columns))
    usual = steps[len(steps) // 2]
    runs: list[list[int]] = [[columns[0]]]
    for before, after in pairwise(columns):
        if after - before > _FURTHEST * usual:
            runs.append([])
        runs[-1].append(after)
    return max(runs, key=len)


def _at(place: float, columns: Sequence[int]) -> bool:
    return any(abs(place - column) <= _IN_LINE for column in columns)


def _label(value: Segment, left: float, segments: Sequence[Segment], layout: Layout) -> Segment | None:
    """The words right before a row's values at their height."""
    level = [
        one
        for one in segments
        if one.x1 < left + 1 and abs(one.y1 - value.y1) < 3 * _LEVEL * value.size and not _is_value(one, layout)
    ]
    words = [one for one in level if sum(char.isalpha() for char in one.text) >= _SHORTEST_LABEL]
    return max(words, key=lambda one: one.x1, default=None)


def _heads(held: Sequence[Segment], near: Sequence[Segment], top: float, size: float) -> list[Segment]:
    """The lines right over a matrix up to the highest with several heads; a name of rows may stand between."""
    inside = {id(one) for one in held}
    over = lines_of(one for one in near if id(one) not in inside and one.middle < top)
    taken: list[Line] = []
    reach = top
    for line in reversed(over[-_MOST_HEADS:]):
        if reach - line.y1 > (_HEAD_GAP if not taken else _LINE_GAP) * size:
            break
        taken.append(line)
        reach = line.y0
    while taken and len(taken[-1].segments) < _FEWEST_COLUMNS - 1:
        taken.pop()
    return [one for line in taken for one in line.segments]

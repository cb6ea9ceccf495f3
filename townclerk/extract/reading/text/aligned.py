"""Tables whose columns are held apart by blanks alone."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.joining import is_terminated, starts_lower
from townclerk.extract.reading.text.knowledge import knowledge
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, is_value

_LONGEST_WRAP = 60
_FEWEST_HEADS = 4
_GAP = re.compile(r"(?: {3,}|\t)+")
_RULE = re.compile(r"(?:[-–—_=─]{3,}\s*)+")


def is_aligned_row(line: Line) -> bool:
    """True where three or more blanks divide a line into parts, the last of which are figures or short words."""
    return "   " in line.text and len(_GAP.split(line.text)) >= 2


def is_rule(line: Line) -> bool:
    """True for a line drawn with dashes, under the heads of a table or between its rows."""
    return _RULE.fullmatch(line.text) is not None


def is_wrapped_cell(line: Line) -> bool:
    """True for a short line that can only be the rest of a cell in the row above: it begins in small letters, or so."""
    if len(line.text) > _LONGEST_WRAP or is_terminated(line.text):
        return False
    return starts_lower(line.text) or knowledge().rest_of_label.fullmatch(line.text) is not None


def is_aligned_table(lines: list[Line]) -> bool:
    """True where lines divided by wide gaps make a table: figures behind the first part in half of them.

    One line alone must have three parts at least.
    """
    parts = [_GAP.split(line.text) for line in lines if is_aligned_row(line)]
    with_values = sum(any(is_value(part) for part in row[1:]) for row in parts)
    if len(parts) == 1:
        return len(parts[0]) >= 3 and with_values == 1
    return with_values * 2 >= len(parts)


def is_aligned_heads(lines: list[Line]) -> bool:
    """True for lines of four or more parts, none of them a figure: heads of columns."""
    parts = [_GAP.split(line.text) for line in lines]
    return all(len(row) >= _FEWEST_HEADS and not any(is_value(part) for part in row) for row in parts)


def read_aligned_rows(lines: list[Line]) -> list[Row]:
    """Rows and columns of blank-divided lines: parts that overlap in width stand in one column."""
    segments = [_segments(line) for line in lines]
    usual = sorted(len(row) for row in segments)[len(segments) // 2]
    columns = _merge([span for row in segments if len(row) >= usual for span in row])
    rows: list[Row] = []
    for line, row_segments in zip(lines, segments, strict=True):
        row = Row(width=len(columns))
        if len(row_segments) == 1 and rows and is_wrapped_cell(line):
            column = _nearest(columns, *row_segments[0])
            rows[-1].cells.setdefault(column, []).append((line.start, line.end))
            continue
        taken = -1
        for first, last in row_segments:
            column = min(max(_nearest(columns, first, last), taken + 1), len(columns) - 1)
            taken = column
            row.cells.setdefault(column, []).append((line.raw_start + first, line.raw_start + last))
        rows.append(row)
    return rows


def _segments(line: Line) -> list[tuple[int, int]]:
    """The parts of a line as offsets from the line's beginning."""
    found: list[tuple[int, int]] = []
    position = 0
    for gap in _GAP.finditer(line.text):
        found.append((line.indent + position, line.indent + gap.start()))
        position = gap.end()
    found.append((line.indent + position, line.indent + len(line.text)))
    return found


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping widths."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _nearest(columns: list[tuple[int, int]], first: int, last: int) -> int:
    """The column a part overlaps most, or the nearest one."""
    return max(range(len(columns)), key=lambda index: min(last, columns[index][1]) - max(first, columns[index][0]))

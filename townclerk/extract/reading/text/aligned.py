"""Tables whose columns are held apart by blanks alone."""

from __future__ import annotations

import re
from collections import Counter

from townclerk.extract.reading.text.joining import is_terminated, starts_lower
from townclerk.extract.reading.text.knowledge import knowledge
from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, is_value

_LONGEST_WRAP = 60
_FEWEST_HEADS = 4
_GAP = re.compile(r"(?: {3,}|\t)+")
_NARROW_GAP = re.compile(r" {2,}")
Spot = tuple[int, int]
"""Where a part of a line begins and ends, counted from the line's beginning."""
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
    usual = _usual_length(segments)
    columns = _merge([span for row in segments if len(row) >= usual for span in row])
    rows: list[Row] = []
    for line, row_segments in zip(lines, segments, strict=True):
        row = Row(width=len(columns))
        if len(row_segments) == 1 and rows and is_wrapped_cell(line):
            column = _nearest(columns, *row_segments[0])
            rows[-1].cells.setdefault(column, []).append((line.start, line.end))
            continue
        taken = -1
        for first, last in _apart(line, row_segments, columns):
            column = min(max(_nearest(columns, first, last), taken + 1), len(columns) - 1)
            taken = column
            row.cells.setdefault(column, []).append((line.raw_start + first, line.raw_start + last))
        rows.append(row)
    return rows


def _usual_length(segments: list[list[Spot]]) -> int:
    """How many parts most rows have; of two numbers met as often the greater. Lines of one part are wrapped cells."""
    lengths = Counter(len(row) for row in segments if len(row) > 1)
    return max(lengths, key=lambda length: (lengths[length], length), default=1)


def _segments(line: Line) -> list[Spot]:
    """The parts of a line as offsets from the line's beginning; values stand apart with two blanks between."""
    return [
        spot for part in _parts(line.text, 0, len(line.text), line.indent, _GAP) for spot in _values_apart(line, part)
    ]


def _values_apart(line: Line, part: Spot) -> list[Spot]:
    found = _parts(line.text, part[0] - line.indent, part[1] - line.indent, line.indent, _NARROW_GAP)
    values = len(found) > 1 and all(is_value(line.text[a - line.indent : b - line.indent]) for a, b in found)
    return found if values else [part]


def _parts(text: str, start: int, end: int, indent: int, gap: re.Pattern[str]) -> list[Spot]:
    """What gaps leave of a stretch of a line, as offsets from the line's beginning."""
    bounds = [start, *(place for match in gap.finditer(text, start, end) for place in match.span()), end]
    return [(indent + a, indent + b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]


def _apart(line: Line, segments: list[Spot], columns: list[Spot]) -> list[Spot]:
    """The parts of a row, those cut in two that stand over two columns with two blanks between: "Status  DoT"."""
    result: list[Spot] = []
    for first, last in segments:
        found = _parts(line.text, first - line.indent, last - line.indent, line.indent, _NARROW_GAP)
        over = {_nearest(columns, *spot) for spot in found}
        result.extend(found if len(over) == len(found) else [(first, last)])
    return result


def _merge(spans: list[Spot]) -> list[Spot]:
    """Join overlapping widths."""
    merged: list[Spot] = []
    for first, last in sorted(spans):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _nearest(columns: list[Spot], first: int, last: int) -> int:
    """The column a part overlaps most, or the nearest one."""
    return max(range(len(columns)), key=lambda index: min(last, columns[index][1]) - max(first, columns[index][0]))

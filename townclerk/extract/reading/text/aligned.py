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
_FEWEST_VALUES, _LABEL_PARTS, _DRIFT = 2, 2, 2
# One row in so many may print over the blank between two columns.
_ONE_IN = 8
# The cell that a label's end may touch says which way is better, or the like.
_LONGEST_SIGN = 6
_GAP = re.compile(r"(?: {3,}|\t)+")
_NARROW_GAP = re.compile(r"(?: {2,}|\t)+")
Spot = tuple[int, int]
"""Where a part of a line begins and ends, counted from the line's beginning."""


def is_aligned_row(line: Line) -> bool:
    """True where three or more blanks divide a line into parts, the last of which are figures or short words.

    The key of a scorecard ("KEY   G on target   A within 5%") is set like a row and is none.
    """
    return "   " in line.text and len(_GAP.split(line.text)) >= 2 and not _is_key(line.text)


def _is_key(text: str) -> bool:
    first = _NARROW_GAP.split(text.lstrip("|_-~.,;: "))[0]
    return not text[-1].isdigit() and knowledge().legend_opener.fullmatch(first) is not None


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


def goes_on_below(rows: list[Line], line: Line) -> bool:
    """True where a row of values stands under the columns of those above it.

    Args:
        rows: The nearest rows above, heads among them where they are near.
        line: A row further down, with something else between.
    """
    columns = _columns(rows, [_segments(row) for row in rows])
    parts = _segments(line)
    values = [spot for spot in parts if is_value(_text(line, spot))]
    under = sum(any(_overlap(column, spot) > -_DRIFT for column in columns) for spot in values)
    return len(values) >= _FEWEST_VALUES and under == len(values) and 2 * len(values) >= len(parts)


def read_aligned_rows(lines: list[Line]) -> list[Row]:
    """Rows and columns of blank-divided lines: parts that overlap in width stand in one column."""
    segments = [_segments(line) for line in lines]
    columns = _columns(lines, segments)
    rows: list[Row] = []
    begun: Row | None = None
    for place, (line, found) in enumerate(zip(lines, segments, strict=True)):
        if len(found) == 1 and rows and begun is None and is_wrapped_cell(line):
            column = _nearest(columns, *found[0])
            rows[-1].cells.setdefault(column, []).append((line.start, line.end))
            continue
        row = Row(_cells(line, _apart(line, found, columns), columns), len(columns))
        if _is_begun_label(row, line, lines[place + 1 : place + 2]):
            rows.extend([begun] if begun is not None else [])
            begun = row
            continue
        for column, spots in begun.cells.items() if begun is not None else ():
            row.cells[column] = spots + row.cells.get(column, [])
        begun = None
        rows.append(row)
    return rows


def begins_label(line: Line) -> bool:
    """True for a line of one or two parts without a value: a reference and the first words of a label."""
    parts = _GAP.split(line.text)
    return len(parts) <= _LABEL_PARTS and not any(map(is_value, parts))


def _is_begun_label(row: Row, line: Line, following: list[Line]) -> bool:
    """True for the first line of a label whose row of values stands on the next line, which goes on with the label."""
    if not following or following[0].gap or not is_aligned_row(following[0]) or max(row.cells) >= _LABEL_PARTS:
        return False
    goes_on = starts_lower(following[0].text) or knowledge().rest_of_label.match(following[0].text) is not None
    return goes_on and begins_label(line)


def _columns(lines: list[Line], segments: list[list[Spot]]) -> list[Spot]:
    """Where the columns stand: what the rows of values leave blank between them, and heads that stand over no value.

    Args:
        lines: The lines of a table.
        segments: Their parts.
    """
    rows = [(line, parts) for line, parts in zip(lines, segments, strict=True) if len(parts) > 1]
    valued = [(line, parts) for line, parts in rows if any(is_value(_text(line, part)) for part in parts[1:])]
    heads = [parts for _, parts in rows if len(parts) >= _FEWEST_HEADS]
    columns = _printed(valued or rows, {part[0] - 1 for parts in heads for part in parts})
    alone = [span for parts in heads for span in parts if all(_overlap(column, span) <= 0 for column in columns)]
    return _merge([*columns, *alone])


def _printed(rows: list[tuple[Line, list[Spot]]], edges: set[int]) -> list[Spot]:
    """The stretches that rows print on, a few rows left out.

    Blanks inside parts are printed on, except where they stand at an edge: right before a part of a row with many.
    """
    letters: Counter[int] = Counter()
    within: Counter[int] = Counter()
    for line, parts in rows:
        for first, last in parts:
            within.update(range(first, last))
            letters.update(place for place in range(first, last) if line.text[place - line.indent] != " ")
    few = len(rows) // _ONE_IN
    edges = {place for place in edges if not letters[place]}
    places = [
        place
        for place in sorted(within)
        if letters[place] > few or (2 * within[place] > len(rows) and place not in edges)
    ]
    return _supported(_merge([(place, place + 1) for place in places], touching=True), rows, edges)


def _supported(columns: list[Spot], rows: list[tuple[Line, list[Spot]]], edges: set[int]) -> list[Spot]:
    """The columns, each joined to the one before where more rows run through both than have a part begin in it."""
    kept = columns[:1]
    parts = [part for _, found in rows for part in found]
    for start, end in columns[1:]:
        begun = sum(start - _DRIFT <= first < end for first, _ in parts)
        through = sum(first < kept[-1][1] and last > start for first, last in parts)
        if begun < through and start - 1 not in edges:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def _cells(line: Line, parts: list[Spot], columns: list[Spot]) -> dict[int, list[Spot]]:
    """The parts of a row by the column they stand in, each behind the one before; as many as columns are in order."""
    if len(parts) == len(columns):
        return {column: [(line.raw_start + a, line.raw_start + b)] for column, (a, b) in enumerate(parts)}
    cells: dict[int, list[Spot]] = {}
    taken = 0
    for first, last in parts:
        column = _nearest(columns, first, last)
        if is_value(_text(line, (first, last))):
            column = min(taken + 1, len(columns) - 1) if cells and column <= taken else column
        else:
            # A head over several columns stands over the first of them.
            over = [place for place, spot in enumerate(columns) if _overlap(spot, (first, last)) > 0]
            column = over[0] if len(over) > 1 and over[0] > 0 else column
        taken = max(column, taken)
        cells.setdefault(taken, []).append((line.raw_start + first, line.raw_start + last))
    return cells


def _segments(line: Line) -> list[Spot]:
    """The parts of a line as offsets from the line's beginning, two blanks apart or more."""
    return _parts(line.text, 0, len(line.text), line.indent, _NARROW_GAP)


def _text(line: Line, spot: Spot) -> str:
    return line.text[spot[0] - line.indent : spot[1] - line.indent]


def _parts(text: str, start: int, end: int, indent: int, gap: re.Pattern[str]) -> list[Spot]:
    """What gaps leave of a stretch of a line, as offsets from the line's beginning."""
    bounds = [start, *(place for match in gap.finditer(text, start, end) for place in match.span()), end]
    return [(indent + a, indent + b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]


def _apart(line: Line, segments: list[Spot], columns: list[Spot]) -> list[Spot]:
    """The parts of a row, those cut in two that stand over two columns: "A label to the edge High"."""
    if len(segments) == len(columns):
        return segments
    return [spot for part in segments for spot in _cut_at_column(line, part, columns)]


def _cut_at_column(line: Line, part: Spot, columns: list[Spot]) -> list[Spot]:
    """A part cut where its last word begins with a column and fits in it."""
    first, last = part
    for start, end in columns[1:]:
        fits = first < start < last <= end + _DRIFT and last - start <= _LONGEST_SIGN
        if fits and _text(line, (start - 1, start)) == " " and _text(line, (start, start + 1)) != " ":
            return [(first, start - 1), (start, last)]
    return [part]


def _merge(spans: list[Spot], *, touching: bool = False) -> list[Spot]:
    """Join overlapping widths, and those that touch each other where asked to."""
    merged: list[Spot] = []
    for first, last in sorted(spans):
        if merged and first < merged[-1][1] + touching:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _nearest(columns: list[Spot], first: int, last: int) -> int:
    """The column a part overlaps most, or the nearest one."""
    return max(range(len(columns)), key=lambda index: _overlap(columns[index], (first, last)))


def _overlap(column: Spot, spot: Spot) -> int:
    """How many places two stretches share; below 0 the places between them."""
    return min(spot[1], column[1]) - max(spot[0], column[0])

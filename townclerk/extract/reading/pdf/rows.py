"""Which printed lines of a table are one row: bands between rules, and labels that wrap."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.extract.reading.pdf.geometry import Segment
from townclerk.extract.reading.pdf.vectors import Rule
from townclerk.extract.reading.text.joining import starts_lower


@dataclass(slots=True)
class Slot:
    """A segment and the columns it covers; `period` marks one that is only a period."""

    segment: Segment
    first: int
    last: int
    period: bool = False


@dataclass(slots=True)
class TableLine:
    """A printed line of a table.

    Attributes:
        slots: Its segments with their columns.
        y0: Top.
        y1: Bottom.
        values: How many of its segments behind the first column are values.
        size: The size of its type.
    """

    slots: list[Slot]
    y0: float
    y1: float
    values: int = 0
    size: float = 10.0

    @property
    def label(self) -> str:
        """The text in the first column."""
        return " ".join(slot.segment.text for slot in self.slots if slot.first == 0)

    @property
    def columns(self) -> set[int]:
        """Columns with text."""
        return {column for slot in self.slots for column in range(slot.first, slot.last + 1)}

    @property
    def spans(self) -> bool:
        """True where a segment covers several columns."""
        return any(slot.last > slot.first for slot in self.slots)


@dataclass(slots=True)
class Band:
    """Printed lines between two boundaries."""

    lines: list[TableLine] = field(default_factory=list)
    y0: float = 0.0
    y1: float = 0.0
    ruled: bool = False


def rows_of(lines: Sequence[TableLine], boundaries: Sequence[float], down: Sequence[Rule], columns: int) -> list[Band]:
    """Put a table's lines together as rows.

    Args:
        lines: The lines, from the top.
        boundaries: Heights of the rules that run over most of the table's width.
        down: Upright rules between columns.
        columns: Number of columns.
    """
    bands = _bands(lines, boundaries)
    # A table with a rule under (nearly) every row says itself what its rows are.
    filled = [band for band in bands if band.lines]
    ruled = len(filled) >= 4 or (bool(boundaries) and len(filled) * 2 >= len(lines))
    rows: list[Band] = []
    for band in filled:
        several = _is_several(band.lines) or (len(band.lines) > 1 and any(map(_is_remark, band.lines[1:])))
        boxed = any(rule.start < (band.y0 + band.y1) / 2 < rule.end for rule in down) and bool(boundaries)
        comment = len(filled) > 2 and all(len(line.slots) == 1 and not line.values for line in band.lines)
        if len(band.lines) == 1 or ((ruled or boxed or comment) and not several):
            rows.append(band)
        else:
            rows.extend(_merge_wraps(band.lines, columns))
    return rows


def _bands(lines: Sequence[TableLine], boundaries: Sequence[float]) -> list[Band]:
    bands = [Band(y0=lines[0].y0 if lines else 0.0, ruled=True)]
    edges = [*boundaries, float("inf")]
    at = 0
    for line in lines:
        middle = (line.y0 + line.y1) / 2
        while middle > edges[at]:
            at += 1
            bands.append(Band(y0=edges[at - 1], ruled=True))
        bands[-1].lines.append(line)
        bands[-1].y1 = edges[at] if edges[at] != float("inf") else line.y1
    return bands


def _is_several(lines: Sequence[TableLine]) -> bool:
    """True where lines in one band are rows of their own: at least two of them hold a label and a value."""
    if len(lines) < 2:
        return False
    full = [line for line in lines if line.values and len(line.columns) >= 2 and 0 in line.columns]
    return len(full) >= 2


def _merge_wraps(lines: Sequence[TableLine], columns: int) -> list[Band]:
    """Rows among lines without rules: lines that only go on with the text of a neighbour belong to its row."""
    data = [line.values > 0 for line in lines]
    first_data = next((index for index, is_data in enumerate(data) if is_data), len(lines))
    rows: list[list[TableLine]] = _merge_heads(lines[:first_data]) if any(data) else []
    if not any(data):
        return [_band(row) for row in _merge_texts(lines, columns)]
    gaps = [below.y0 - above.y1 for above, below in itertools.pairwise(lines)]
    pending: list[TableLine] = []
    # The last head line may be the beginning of the first row's label.
    for index in range(first_data, len(lines)):
        line = lines[index]
        if data[index]:
            rows.append([*pending, line])
            pending = []
            continue
        where = _belongs(lines, data, gaps, index)
        if where < 0 and rows and not pending:
            rows[-1].append(line)
        elif where > 0:
            pending.append(line)
        elif rows and not pending and _is_remark(line) and all(map(_is_remark, rows[-1])):
            rows[-1].append(line)
        else:
            rows.append([line])
    if pending:
        rows.append(pending)
    return [_band(row) for row in rows]


def _belongs(lines: Sequence[TableLine], data: Sequence[bool], gaps: Sequence[float], index: int) -> int:
    """Whether a line without values goes on with the row above (-1), begins the row below (1) or stands alone (0)."""
    line = lines[index]
    if _is_remark(line):
        return 0
    after = lines[index + 1] if index + 1 < len(lines) else None
    above = gaps[index - 1] if index else float("inf")
    below = gaps[index] if after is not None else float("inf")
    only_label = line.columns == {0}
    if 0 not in line.columns:
        return -1 if above <= below + 0.5 * line.size else 1
    if starts_lower(line.label) and above < 0.9 * line.size:
        return -1
    closer_above = above < 0.6 * below - 0.5
    if only_label and after is not None and not closer_above and _is_title_of(line, after, lines):
        return 0
    if after is not None and data[index + 1] and only_label:
        if 0 not in after.columns or starts_lower(after.label):
            return 1
        if below < 0.6 * above - 0.5:
            return 1
    return -1 if closer_above else 0


def _is_remark(line: TableLine) -> bool:
    """True for a line of text that runs over the columns: a comment, not a part of a row."""
    return len(line.slots) == 1 and line.slots[0].first == 0 and line.slots[0].last > 0 and not line.values


def _is_title_of(line: TableLine, after: TableLine, lines: Sequence[TableLine]) -> bool:
    """True for a label that names the rows below it: it stops short of its column's width, or is bolder than they."""
    label, below = line.slots[0].segment, after.slots[0].segment
    if after.slots[0].first or starts_lower(below.text):
        return False
    if label.bold and not below.bold:
        return True
    reach = max(slot.segment.x1 for one in lines for slot in one.slots if slot.last == 0)
    return label.x1 + below.words[0].x1 - below.words[0].x0 < reach - 0.5 * line.size


def _merge_heads(lines: Sequence[TableLine]) -> list[list[TableLine]]:
    """Head rows: lines close above each other are one row, unless one spans columns that the next divides."""
    rows: list[list[TableLine]] = []
    for line in lines:
        if not rows:
            rows.append([line])
            continue
        before = rows[-1][-1]
        under_wide = bool(_spanned(rows[-1]) & line.columns)
        meets = bool(before.columns & line.columns) or len(line.columns) <= len(before.columns)
        close = line.y0 - before.y1 < 0.55 * line.size
        if close and meets and not under_wide and not _divides_periods(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _divides_periods(above: Sequence[TableLine], line: TableLine) -> bool:
    """True where months or quarters stand under fewer years: two rows of heads, however close."""
    years = [slot for one in above for slot in one.slots if slot.first > 0]
    parts = [slot for slot in line.slots if slot.first > 0]
    if len(parts) <= len(years) or not years:
        return False
    return all(slot.period for slot in years) and 2 * sum(slot.period for slot in parts) >= len(parts)


def _spanned(lines: Sequence[TableLine]) -> set[int]:
    """Columns under a segment that covers several."""
    wide = [slot for line in lines for slot in line.slots if slot.last > slot.first]
    return {column for slot in wide for column in range(slot.first, slot.last + 1)}


def _merge_texts(lines: Sequence[TableLine], columns: int) -> list[list[TableLine]]:
    """Rows among lines of words alone: a line without a first column, or that begins small, goes on from above."""
    rows: list[list[TableLine]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        close = before is not None and line.y0 - before.y1 < 0.5 * line.size
        partial = 0 not in line.columns or (len(line.columns) < columns and starts_lower(line.slots[0].segment.text))
        if rows and close and partial:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _band(lines: list[TableLine]) -> Band:
    return Band(lines, min(line.y0 for line in lines), max(line.y1 for line in lines))

"""Which lines stand in columns without rules to show it, and where the head of another table begins."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.pdf.geometry import Line
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.text.joining import starts_lower

# A line of so many segments and more may be the head of a table.
FEWEST_HEADS = 3
# So many values in line with its segments make sure that it is one.
_FEWEST_UNDER = 2
# The rest of a label stands no further below it, in sizes of its text.
_WRAPPED = 0.5


def heads_another(lines: Sequence[Line], layout: Layout) -> bool:
    """True where a head stands below rows of values: another table begins there.

    A head holds no value, and is set in bold as no row is, or is made of periods; a heading may stand over it.
    """
    return _next_head(lines, 0, len(lines), layout) < len(lines)


def _is_head(line: Line, plain: bool, layout: Layout) -> bool:
    """True for a line without values whose segments are bold where rows are `plain`, or nothing but periods."""
    if len(line.segments) < FEWEST_HEADS or holds_values(line, layout):
        return False
    return (plain and line.bold) or all(layout.period_head.fullmatch(one.text) for one in line.segments)


def holds_values(line: Line, layout: Layout) -> bool:
    """True where a segment behind the first is a value and no period."""
    return any(
        layout.value.fullmatch(one.text) is not None and layout.period_head.fullmatch(one.text) is None
        for one in line.segments[1:]
    )


def _next_head(lines: Sequence[Line], start: int, end: int, layout: Layout) -> int:
    """Where the rows of a run end because the head of another table stands below them; `end` where none does."""
    plain, last = True, start
    for index in range(start, end):
        line = lines[index]
        if holds_values(line, layout):
            plain, last = plain and not line.bold, index + 1
        elif last > start and (_is_head(line, plain, layout) or _is_repeated(line, lines[start])):
            while last < index and starts_lower(lines[last].text):
                last += 1
            return last
    return end


def _is_repeated(line: Line, first: Line) -> bool:
    """True for a line of several segments that reads as the first of the run."""
    return len(line.segments) > 1 and line.text == first.text


def aligned_runs(lines: Sequence[Line], layout: Layout) -> list[tuple[int, int]]:
    """Runs of lines (first, end exclusive) that stand in columns with figures in them, without rules to show it."""
    runs: list[tuple[int, int]] = []
    kinds = [_row_kind(line, layout) for line in lines]
    index = 0
    while index < len(lines):
        if kinds[index] == 0:
            index += 1
            continue
        end = _next_head(lines, index, _run_end(lines, kinds, index), layout)
        start = _with_head(lines, index, end)
        if _is_table_run(lines[start:end], kinds[start:end]) or _is_headed(lines[start:end], layout):
            end = _with_wraps(lines, start, end)
            runs.append((start, end))
        index = end
    return runs


def _is_contents(rows: Sequence[Line]) -> bool:
    """True for a table of contents: titles with page numbers that never fall."""
    last = [line.segments[-1].text for line in rows]
    if not all(text.isdecimal() and len(text) <= 3 for text in last) or any(len(line.segments) > 3 for line in rows):
        return False
    numbers = [int(text) for text in last]
    dotted = any("...." in line.text or ". . . ." in line.text for line in rows)
    return len(rows) >= (2 if dotted else 5) and numbers == sorted(numbers) and numbers[0] < numbers[-1]


def _row_kind(line: Line, layout: Layout) -> int:
    """0 for a line of one segment, 1 for several, 2 for several with a value behind the first."""
    if len(line.segments) < 2:
        return 0
    values = sum(layout.value.fullmatch(segment.text) is not None for segment in line.segments[1:])
    return 2 if values else 1


def _run_end(lines: Sequence[Line], kinds: Sequence[int], start: int) -> int:
    """Where a run ends; up to two lines of one segment may stand between rows that follow closely."""
    end = start + 1
    lone = 0
    for index in range(start + 1, len(lines)):
        gap = lines[index].y0 - lines[index - 1].y1
        if gap > 2.2 * max(lines[index].size, 6.0):
            break
        if kinds[index] == 0:
            lone += 1
            if lone > 2 or _is_long(lines[index]):
                break
            continue
        lone = 0
        end = index + 1
    return end


def _is_long(line: Line) -> bool:
    return len(line.text) > 70


def _with_head(lines: Sequence[Line], start: int, end: int) -> int:
    """Take in lines of one segment above a run that stand over its right-hand columns: heads that span."""
    first_column = min(line.x0 for line in lines[start:end])
    while start > 0:
        line = lines[start - 1]
        near = lines[start].y0 - line.y1 < 0.8 * max(line.size, 6.0)
        if not near or line.x0 < first_column + 4 * line.size or line.x1 > max(one.x1 for one in lines[start:end]) + 8:
            return start
        start -= 1
    return start


def _with_wraps(lines: Sequence[Line], start: int, end: int) -> int:
    """Take in the lines right below a run that only go on with the label of its last row."""
    label = lines[end - 1].segments[0]
    # Rows whose label stands there: one before it, such as a theme, is in few of them.
    rows = [line for line in lines[start:end] if len(line.segments) > 1 and abs(line.x0 - label.x0) < line.size]
    edge = min(line.segments[1].x0 for line in rows)
    reach = max(line.segments[0].x1 for line in rows)
    while end < len(lines):
        line = lines[end]
        near = line.y0 - lines[end - 1].y1 < _WRAPPED * line.size and abs(line.size - label.size) < 1
        under = len(line.segments) == 1 and abs(line.x0 - label.x0) < _WRAPPED * line.size and line.x1 < edge
        full = lines[end - 1].segments[0].x1 + line.words[0].x1 - line.words[0].x0 > reach
        if not (near and under and line.bold == label.bold and (full or starts_lower(line.text))):
            break
        end += 1
    return end


def _is_table_run(lines: Sequence[Line], kinds: Sequence[int]) -> bool:
    """True for a run of at least three rows, most with values, or of three and more short columns."""
    rows = [line for line, kind in zip(lines, kinds, strict=True) if kind]
    if _is_contents(rows):
        return False
    valued = sum(kind == 2 for kind in kinds)
    if len(rows) < 3:
        return len(rows) == 2 and valued >= 1 and min(len(line.segments) for line in rows) >= 3
    if valued >= 2 and valued * 2 >= len(rows):
        return True
    short = [line for line in rows if len(line.segments) >= 3 and len(line.text) <= 22 * len(line.segments)]
    return len(short) >= 3 and len(short) * 2 >= len(rows)


def _is_headed(lines: Sequence[Line], layout: Layout) -> bool:
    """True for a head with a single row right below it, whose values stand in line with the head's segments."""
    data = [line for line in lines if holds_values(line, layout)]
    heads = lines[: lines.index(data[0])] if data else []
    if not heads or not _is_head(heads[0], not any(line.bold for line in data), layout):
        return False
    under = [
        one
        for one in data[0].segments[1:]
        if any(head.x0 < one.x1 and one.x0 < head.x1 for head in heads[0].segments[1:])
    ]
    return len(under) >= _FEWEST_UNDER and len(under) == len(data[0].segments) - 1

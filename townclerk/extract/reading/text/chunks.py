"""Lines into chunks: runs of lines without a blank line between, and tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from townclerk.extract.reading.text.aligned import (
    begins_label,
    goes_on_below,
    is_aligned_heads,
    is_aligned_row,
    is_aligned_table,
    is_wrapped_cell,
    read_aligned_rows,
)
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.fenced import fenced_rows
from townclerk.extract.reading.text.flat import flat_rows
from townclerk.extract.reading.text.joining import is_terminated
from townclerk.extract.reading.text.lines import Line, is_rule
from townclerk.extract.reading.text.lone_rows import lone_row
from townclerk.extract.reading.text.markup_grids import table_chunk
from townclerk.extract.reading.text.measure_boxes import measure_box
from townclerk.extract.reading.text.named_series import named_series
from townclerk.extract.reading.text.records import find_records
from townclerk.extract.reading.text.stacked import stacked_times
from townclerk.extract.reading.text.tables import (
    Row,
    build_table,
    is_pipe_row,
    is_tab_row,
    is_value,
    may_wrap,
    opens_another,
    read_pipe_rows,
    read_tab_rows,
    width_of,
)
from townclerk.extract.reading.text.timed import timed_rows
from townclerk.extract.reading.text.torn import is_title_over, torn_heads
from townclerk.extract.reading.text.unrolled import spaced_rows, stacked_heads, unrolled_rows
from townclerk.models.document import BlockKind

# A line between two rows names their group where the rows have more tabs than this and the line is no longer than that.
_FEWEST_TABS, _LONGEST_GROUP = 2, 120
# Heads may stand over their rows with so many blank lines, and so many lines of other words, between.
_MOST_HEAD_LINES, _WIDEST_GAP, _MOST_BETWEEN = 3, 2, 3
# So many lines above a row tell where its columns stand: looking at all of them would grow with the square of a table.
_LOOK_BACK = 24
# No group of rows has a longer name.
_LONGEST_NAME = 60


def make_chunks(lines: list[Line], source: str) -> list[Chunk]:
    """Group the lines that are no furniture; each table is a chunk with its draft made."""
    chunks: list[Chunk] = []
    index = 0
    behind_furniture = False
    checked = 0
    records, stacked = find_records(lines)
    torn = {**torn_heads(lines), **stacked}
    while index < len(lines):
        line = lines[index]
        if line.furniture:
            behind_furniture = True
            index += 1
            continue
        if line.table is not None:
            chunks.append(table_chunk(line, source))
            chunks[-1].behind_furniture, behind_furniture = behind_furniture, False
            index += 1
            continue
        if index in torn:
            chunks.append(_heads(lines[index : torn[index]]))
            index = torn[index]
            continue
        if index in records:
            chunks.append(_table(lines[index : records[index].end], source, records[index].rows))
            chunks[-1].behind_furniture = behind_furniture
            behind_furniture = False
            index = records[index].end
            continue
        if behind_furniture:
            line.gap = max(line.gap, 1)
        # A run of lines that is no table is looked at once, not again from each of its lines.
        last, is_table = _table_end(lines, index, source) if index >= checked else (index, False)
        checked = max(checked, last)
        rows: list[Row] = []
        if not is_table:
            rows, last = _loose_table(lines, index, source)
        if is_table or rows:
            is_table = True
            chunks.append(_table(lines[index:last], source, rows))
        elif chunks and line.gap == 0 and chunks[-1].draft is None:
            chunks[-1].lines.append(line)
        else:
            chunks.append(Chunk([line]))
        chunks[-1].behind_furniture = chunks[-1].behind_furniture or behind_furniture
        behind_furniture = False
        index = last if is_table else index + 1
    _continue_tables(chunks)
    return chunks


def _heads(lines: list[Line]) -> Chunk:
    """The chunk of heads that stood one below the other, as one line."""
    over = [is_title_over(line.text, below.text) for line, below in pairwise(lines)]
    spans = [(line.start, line.end) for line, titled in zip(lines, [*over, False], strict=True) if not titled]
    return Chunk(lines, Draft(BlockKind.PARAGRAPH, lines[0].page, lines[0].gap, spans))


def _table_end(lines: list[Line], index: int, source: str) -> tuple[int, bool]:
    """Behind the last line of the run that begins at `index`, and whether it is a table."""
    line = lines[index]
    if is_pipe_row(line):
        last = _run(lines, index, is_pipe_row)
        fenced = line.text[0] == "|" and line.text[-1] == "|"
        return last, fenced or (last - index >= 2 and _have_one_width(lines[index:last]))
    if is_tab_row(line):
        return _tab_end(lines, index, source), True
    if is_aligned_row(line):
        last = _aligned_end(lines, index)
        if not is_aligned_table(_without_rules(lines[index:last])):
            end = _end_below_heads(lines, index, last)
            return end or last, end > 0
        return last, True
    return index, False


def _have_one_width(rows: list[Line]) -> bool:
    """True where the first two rows have as many pipes, or the heads one less than all other rows."""
    heads, *others = (row.text.count("|") for row in rows)
    return heads == others[0] or (len(others) > 1 and {heads + 1} == set(others))


def _aligned_end(lines: list[Line], index: int) -> int:
    """Behind the last row; rules, blank lines and names of groups between rows under the same columns part nothing."""
    last = _run(lines, index, _is_aligned)
    while first := _next_rows(lines, index, last):
        last = _run(lines, first, _is_aligned)
    return last


def _next_rows(lines: list[Line], index: int, last: int) -> int:
    """The first row, behind the end of some, that goes on under their columns; 0 where none does."""
    near = lines[max(index, last - _LOOK_BACK) : last]
    rows = [line for line in near if is_aligned_row(line) and not is_rule(line)]
    for first in range(last, min(len(lines), last + _MOST_BETWEEN + 1)):
        line = lines[first]
        if line.page != lines[index].page or line.gap > 1:
            return 0
        if is_rule(line):
            continue
        if is_aligned_row(line):
            ruled = first == last + 1 and is_rule(lines[last])
            if (ruled and not line.gap) or goes_on_below(rows, line):
                return first
            if begins_label(line):
                continue
            return 0
        if line.furniture or is_terminated(line.text) or len(line.text) > _LONGEST_NAME:
            return 0
    return 0


def _is_aligned(line: Line) -> bool:
    return is_aligned_row(line) or is_wrapped_cell(line)


def _end_below_heads(lines: list[Line], index: int, last: int) -> int:
    """Behind the last row of the table that lines of heads stand over, a blank line or a group's name between; or 0."""
    if last - index > _MOST_HEAD_LINES or not is_aligned_heads(lines[index:last]):
        return 0
    for first in range(last, min(len(lines), last + _MOST_BETWEEN + 1)):
        line = lines[first]
        if line.furniture or line.gap > _WIDEST_GAP or line.page != lines[index].page or is_terminated(line.text):
            return 0
        if is_aligned_row(line):
            end = _aligned_end(lines, first)
            return end if is_aligned_table(_without_rules(lines[first:end])) else 0
    return 0


def _loose_table(lines: list[Line], index: int, source: str) -> tuple[list[Row], int]:
    """The rows of a table without tabs, or of which only the heads have none, and behind its last line."""
    lone = partial(lone_row, source=source)
    for read in (measure_box, partial(fenced_rows, source=source), flat_rows, timed_rows, named_series, lone):
        found, end = read(lines, index)
        if found:
            return found, end
    if rows := spaced_rows(lines, index):
        return rows, index + len(rows)
    if rows := unrolled_rows(lines, index):
        return rows, index + sum(len(spans) for row in rows for spans in row.cells.values())
    if rows := stacked_times(lines, index):
        return rows, index + sum(len(row.cells) for row in rows)
    if heads := stacked_heads(lines, index):
        first = index + len(heads[0].cells)
        last = _tab_end(lines, first, source)
        return [*heads, *read_tab_rows(lines[first:last], source)], last
    return [], index


def _without_rules(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not is_rule(line)]


def _run(lines: list[Line], index: int, belongs: Callable[[Line], bool]) -> int:
    """Behind the last line, without a gap, that belongs."""
    last = index + 1
    while last < len(lines) and lines[last].gap == 0 and not lines[last].furniture and belongs(lines[last]):
        last += 1
    return last


def _tab_end(lines: list[Line], index: int, source: str) -> int:
    """Behind the last row: rows may be a blank line apart, short lines between rows are wrapped cells."""
    last = index + 1
    probe = last
    while probe < len(lines) and not lines[probe].furniture and lines[probe].page == lines[index].page:
        line = lines[probe]
        row = "\t" in source[line.raw_start : line.end] and not _is_marked(line)
        if row and line.gap <= 1 and not (line.gap and opens_another(lines[last - 1], lines[probe:], source)):
            last = probe + 1
        elif not (row or line.gap) and _names_group(lines, probe, source):
            pass
        elif line.gap or not may_wrap(line) or probe - last >= 2:
            break
        probe += 1
    return last


def _names_group(lines: list[Line], index: int, source: str) -> bool:
    """True for one long line between two rows of as many cells: it names the group of the rows below it."""
    if index + 1 >= len(lines):
        return False
    before, line, after = lines[index - 1 : index + 2]
    tabs = width_of(after, source)
    valued = any(is_value(word) for word in line.text.split()[1:])
    alone = after.gap == 0 and not (after.furniture or valued or is_terminated(line.text))
    return alone and width_of(before, source) == tabs >= _FEWEST_TABS and len(line.text) <= _LONGEST_GROUP


def _is_marked(line: Line) -> bool:
    """True where the only tab sets off a bullet: a list below the table."""
    head, _, rest = line.text.partition("\t")
    return bool(rest) and "\t" not in rest and len(head.strip()) <= 3 and is_terminated(rest)


def _table(lines: list[Line], source: str, unrolled: list[Row]) -> Chunk:
    """The chunk of a table; its rows are given where its cells stand one below the other."""
    rows = unrolled
    above = 0
    if rows:
        pass
    elif is_pipe_row(lines[0]):
        rows, above = read_pipe_rows(lines, source)
    elif "\t" in source[lines[0].raw_start : lines[0].end]:
        rows = read_tab_rows(lines, source)
    else:
        lines = _without_rules(lines)
        rows = read_aligned_rows(lines)
    rows = [row for row in rows if row.cells]
    if not rows:
        return Chunk(lines)
    table, passage = build_table(rows, source, above)
    spans = [(line.start, line.end) for line in lines]
    draft = Draft(BlockKind.TABLE, lines[0].page, lines[0].gap, spans, table=table, passage=passage)
    return Chunk(lines, draft)


def _continue_tables(chunks: list[Chunk]) -> None:
    """Let a table without a header carry on the one shortly before it that has as many columns."""
    before: tuple[int, int] | None = None
    for index, chunk in enumerate(chunks):
        table = chunk.draft.table if chunk.draft else None
        if table is None:
            continue
        if before is not None and index - before[0] <= 3 and table.header_rows == 0 and table.columns == before[1]:
            table.continues = True
        before = (index, table.columns)

"""A table's grid: columns from gaps and rules, rows from bands and lines, cells from the words in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.extract.reading.pdf.geometry import Segment, Word, bounds, lines_of
from townclerk.extract.reading.pdf.heads import span_heads
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.rows import Band, TableLine, rows_of
from townclerk.extract.reading.pdf.second import read_again
from townclerk.extract.reading.pdf.separators import separators_of
from townclerk.extract.reading.pdf.slots import table_lines
from townclerk.extract.reading.pdf.spans import join_down, set_colours
from townclerk.extract.reading.pdf.vectors import Fill, Rule, places_of_long
from townclerk.models.document import Box

_CUT = 0.6
_CUT_BETWEEN_VALUES = 0.4
_EDGE = 3.0
# What the level rules that part rows cover of the table.
_MOST_OF_WIDTH = 0.6


def build_table(
    segments: Sequence[Segment], rules: Sequence[Rule], fills: Sequence[Fill], layout: Layout
) -> DraftTable | None:
    """The grid of the words in a region; None where it has no two columns and two rows.

    Args:
        segments: The region's text.
        rules: The rules in it.
        fills: The page's coloured areas.
        layout: What the reader of pages knows.
    """
    if not segments:
        return None
    box = _outer(segments, rules)
    down = _long_rules([rule for rule in rules if not rule.horizontal], box, segments)
    pieces = [part for segment in segments for part in _cut_fine(segment, down, layout)]
    upright = [piece for piece in pieces if piece.upright]
    if not upright:
        return None
    printed = lines_of(upright)
    separators = separators_of(printed, upright, down, box, layout)
    if not separators:
        return None
    lines = table_lines(printed, separators, layout)
    boundaries = places_of_long((rule for rule in rules if rule.horizontal), _EDGE, _MOST_OF_WIDTH * (box.x1 - box.x0))
    boundaries = sorted([*boundaries, *_under_heads(rules, down, separators, lines, boundaries)])
    bands = rows_of(lines, boundaries, down, len(separators) + 1)
    turned = [piece for piece in pieces if not piece.upright]
    if len(bands) < 2 and not turned:
        return None
    edges = [box.x0, *separators, box.x1]
    table = _assemble(bands, turned, edges, box, layout)
    if down:
        join_down(table, bands, rules, edges)
    inside = [fill for fill in fills if fill.x1 > box.x0 and fill.x0 < box.x1 and fill.y1 > box.y0 and fill.y0 < box.y1]
    span_heads(table, bands, edges, down, inside)
    set_colours(table, bands, edges, inside, layout)
    read_again(table, layout)
    return table


def _outer(segments: Sequence[Segment], rules: Sequence[Rule]) -> Box:
    box = bounds(segments)
    if not rules:
        return box
    xs = [rule.at for rule in rules if not rule.horizontal] + [
        x for rule in rules if rule.horizontal for x in (rule.start, rule.end)
    ]
    ys = [rule.at for rule in rules if rule.horizontal] + [
        y for rule in rules if not rule.horizontal for y in (rule.start, rule.end)
    ]
    return Box(min(box.x0, *xs), min(box.y0, *ys), max(box.x1, *xs), max(box.y1, *ys))


def _long_rules(rules: list[Rule], box: Box, segments: Sequence[Segment]) -> list[Rule]:
    """Upright rules inside the box that cut hardly any word."""
    inner = [rule for rule in rules if box.x0 + _EDGE < rule.at < box.x1 - _EDGE]
    kept: list[Rule] = []
    for rule in inner:
        cut = sum(
            1
            for segment in segments
            if segment.x0 < rule.at < segment.x1 and rule.start < segment.y1 and segment.y0 < rule.end
            for word in segment.words
            if word.x0 + 1 < rule.at < word.x1 - 1 and rule.start < (word.y0 + word.y1) / 2 < rule.end
        )
        if cut <= 1:
            kept.append(rule)
    return kept


def _cut_fine(segment: Segment, down: Sequence[Rule], layout: Layout) -> list[Segment]:
    """Cut a segment at wide gaps, between two values, and where an upright rule passes between two words."""
    words = segment.words
    if len(words) == 1 or not segment.upright:
        return [segment]
    cuts = [0]
    rules = [rule.at for rule in down if segment.x0 < rule.at < segment.x1 and rule.start < segment.middle < rule.end]
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        gap = word.x0 - before.x1
        if (
            gap > _CUT * segment.size
            or (gap > _CUT_BETWEEN_VALUES * segment.size and _both_values(before, word, layout))
            or any(before.x1 - 1 <= at <= word.x0 + 1 for at in rules)
        ):
            cuts.append(index)
    if len(cuts) == 1:
        return [segment]
    cuts.append(len(words))
    return [segment.part(first, last) for first, last in pairwise(cuts)]


def _both_values(before: Word, word: Word, layout: Layout) -> bool:
    return layout.value.fullmatch(before.text) is not None and layout.value.fullmatch(word.text) is not None


def _under_heads(
    rules: Sequence[Rule],
    down: Sequence[Rule],
    separators: Sequence[float],
    lines: Sequence[TableLine],
    boundaries: Sequence[float],
) -> list[float]:
    """Heights of short level rules under heads over several columns: what divides the columns begins below the head."""
    if len(lines) < 2:
        return []
    top = lines[0].y0
    first_values = next((line.y0 for line in lines if line.values), lines[-1].y1)
    found: list[float] = []
    for rule in rules:
        if not rule.horizontal or not top < rule.at < first_values:
            continue
        if any(abs(rule.at - height) <= _EDGE for height in (*boundaries, *found)):
            continue
        starting = any(
            rule.start + _EDGE < one.at < rule.end - _EDGE and abs(one.start - rule.at) <= _EDGE for one in down
        )
        if not down:
            starting = any(rule.start + _EDGE < at < rule.end - _EDGE for at in separators)
        if starting and any(line.y0 > rule.at - _EDGE for line in lines):
            found.append(rule.at)
    return found


def _assemble(
    bands: Sequence[Band], turned: Sequence[Segment], edges: Sequence[float], box: Box, layout: Layout
) -> DraftTable:
    columns = len(edges) - 1
    rows = [_row_cells(band, number, edges) for number, band in enumerate(bands)]
    for segment in turned:
        _put_turned(segment, rows, bands, edges)
    header_rows = count_header_rows(rows, columns, layout)
    valued = any(line.values for band in bands for line in band.lines)
    return DraftTable(rows, columns, header_rows, box, list(edges[1:-1]), has_values=valued)


def _row_cells(band: Band, number: int, edges: Sequence[float]) -> list[DraftCell]:
    """The cells of one row: the slots of its lines, put together by column."""
    cells: list[DraftCell] = []
    slots = [(slot, line, place) for line in band.lines for place, slot in enumerate(line.slots, start=-1)]
    for slot, line, place in sorted(slots, key=lambda one: (one[0].first, -one[0].last, one[1].y0)):
        for cell in cells:
            if cell.column <= slot.last and slot.first < cell.column + cell.column_span:
                cell.lines.append(slot.segment.words)
                last = max(cell.column + cell.column_span - 1, slot.last)
                cell.column = min(cell.column, slot.first)
                cell.column_span = last - cell.column + 1
                break
        else:
            cell = DraftCell(number, slot.first, [slot.segment.words], 1, slot.last - slot.first + 1)
            # Which of how many segments behind the first this is.
            cell.place = (place, len(line.slots) - 1) if place >= 0 else None
            cells.append(cell)
    for cell in cells:
        if len(cell.lines) > 1:
            cell.lines.sort(key=lambda words: (round(words[0].y0 + words[0].y1), words[0].x0))
        y0 = min([word[1] for words in cell.lines for word in words])
        y1 = max([word[3] for words in cell.lines for word in words])
        cell.box = Box(
            edges[cell.column], min(y0, band.y0 or y0), edges[cell.column + cell.column_span], max(y1, band.y1)
        )
    return sorted(cells, key=lambda cell: cell.column)


def _put_turned(segment: Segment, rows: list[list[DraftCell]], bands: Sequence[Band], edges: Sequence[float]) -> None:
    """Put a turned head into the row whose band holds its foot, else into the first."""
    middle = (segment.x0 + segment.x1) / 2
    column = max(0, min(len(edges) - 2, sum(edge <= middle for edge in edges) - 1))
    number = next((at for at, band in enumerate(bands) if band.y0 <= segment.middle <= band.y1), 0)
    for cell in rows[number]:
        if cell.column <= column < cell.column + cell.column_span:
            cell.lines.append(segment.words)
            return
    box = Box(edges[column], segment.y0, edges[column + 1], segment.y1)
    rows[number].append(DraftCell(number, column, [segment.words], box=box))
    rows[number].sort(key=lambda cell: cell.column)


def count_header_rows(rows: Sequence[Sequence[DraftCell]], columns: int, layout: Layout) -> int:
    """How many rows at the top hold no values behind the first column (years and the like are no values).

    Rows with nothing but a first column name the rows below them and are no head on their own.
    """
    for number, row in enumerate(rows):
        behind = [cell for cell in row if cell.column > 0]
        values = [
            cell
            for cell in behind
            if layout.value.fullmatch(cell.text) is not None and layout.period_head.fullmatch(cell.text) is None
        ]
        if values and len(values) * 2 >= len(behind):
            return (
                number if any(cell.column or cell.column_span > 1 for above in rows[:number] for cell in above) else 0
            )
    return 1 if len(rows) > 1 and columns > 1 else 0

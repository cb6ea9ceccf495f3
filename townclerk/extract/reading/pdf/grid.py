"""A table's grid: columns from gaps and rules, rows from bands and lines, cells from the words in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.extract.reading.pdf.geometry import Line, Segment, Word, bounds, lines_of
from townclerk.extract.reading.pdf.heads import span_heads
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.rows import Band, Slot, TableLine, rows_of
from townclerk.extract.reading.pdf.second import read_again
from townclerk.extract.reading.pdf.spans import join_down, set_colours
from townclerk.extract.reading.pdf.vectors import Fill, Rule
from townclerk.models.document import Box

_CUT = 0.6
_CUT_BETWEEN_VALUES = 0.4
_COVERED = 0.06
_NARROWEST = 0.3
_WIDER_THAN_BLANK = 0.36
_EDGE = 3.0
_TOUCHING = 0.5


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
    separators = _separators(printed, upright, down, box, layout)
    if not separators:
        return None
    lines = _table_lines(printed, separators, layout)
    boundaries = _boundaries(rules, box)
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


def _separators(
    lines: Sequence[Line], pieces: Sequence[Segment], down: Sequence[Rule], box: Box, layout: Layout
) -> list[float]:
    """Where one column ends and the next begins, from the left."""
    rows = [line.segments for line in lines if len(line.segments) >= 2]
    data = [
        row
        for row in rows
        if any(layout.value.fullmatch(one.text) and not layout.period_head.fullmatch(one.text) for one in row[1:])
    ]
    if len(data) >= 3:
        rows = data
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    gaps = _free_gaps(rows, size, box)
    places = _rule_places(down, box)
    found = list(places)
    for low, high in gaps:
        if any(low - 2 <= at <= high + 2 for at in places):
            continue
        if places and not _divides(rows, low, high, places, box):
            continue
        found.append(_between(low, high, pieces, size, layout))
    # Upright rules say themselves where columns are; words of a head may stand apart between them.
    return sorted(found) if places else _head_separators(lines, sorted(found), gaps)


def _between(low: float, high: float, pieces: Sequence[Segment], size: float, layout: Layout) -> float:
    """The place of a separator in a gap: behind the few labels that are longer than the others, before the values."""
    room = _NARROWEST * size
    reaching = [one for one in pieces if one.x0 < low < one.x1 < high - room]
    for one in reaching:
        if (parted := _heads_parted(one, low, layout)) is not None:
            return parted
    behind = max((one.x1 for one in reaching), default=low)
    # What begins where the column before ends and runs on behind the gap is a head of the column behind it.
    before = min((one.x0 for one in pieces if behind - _TOUCHING <= one.x0 < high < one.x1), default=high)
    return (behind + before) / 2


def _heads_parted(segment: Segment, low: float, layout: Layout) -> float | None:
    """The place between a time that ends where its values do and the next head, a blank behind it: "Mar-22 Target"."""
    for cut, (before, word) in enumerate(pairwise(segment.words), start=1):
        if abs(before.x1 - low) <= _EDGE and word.x0 > low and _are_heads(segment, cut, layout):
            return (before.x1 + word.x0) / 2
    return None


def _are_heads(segment: Segment, cut: int, layout: Layout) -> bool:
    """True where a time is all that stands before, or behind, a place in a segment that is more than one time."""
    parts = segment.part(0, cut), segment.part(cut, len(segment.words))
    timed = any(layout.period_head.fullmatch(part.text) for part in parts)
    return timed and layout.period_head.fullmatch(segment.text) is None


def _head_separators(lines: Sequence[Line], found: list[float], gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Separators of columns that have a head and no words: where two heads stand apart and no row below crosses."""
    rows = [line for line in lines if len(line.segments) > 1]
    for head in lines[:3]:
        if len(head.segments) < 3:
            continue
        for before, one, after in zip(head.segments, head.segments[1:], head.segments[2:], strict=False):
            gap = next((gap for gap in gaps if gap[0] - 1 <= one.x0 and one.x1 <= gap[1] + 1), None)
            if gap is not None and _is_empty_column(before, after, gap, found):
                found = [at for at in found if not gap[0] <= at <= gap[1]]
        for left, right in pairwise(head.segments):
            if any(left.x0 + left.x1 < 2 * at < right.x0 + right.x1 for at in found):
                continue
            low, high = left.x1, right.x0
            for one in (one for line in rows if line is not head for one in line.segments):
                if one.x0 + one.x1 < left.x0 + right.x1:
                    low = max(low, one.x1 if one.x1 > left.x0 else low)
                else:
                    high = min(high, one.x0 if one.x0 < right.x1 else high)
            if right.x0 - left.x1 >= head.size and high - low >= _NARROWEST * head.size:
                found = sorted([*found, (low + high) / 2])
    return found


def _is_empty_column(before: Segment, after: Segment, gap: tuple[float, float], found: Sequence[float]) -> bool:
    """True where the heads beside a head that stands in a gap are those of the columns beside the gap.

    Otherwise it is an upper head that stands over both.
    """
    left = max((at for at in found if at < gap[0]), default=float("-inf"))
    right = min((at for at in found if at > gap[1]), default=float("inf"))
    return before.x0 + before.x1 > 2 * left and after.x0 + after.x1 < 2 * right


def _free_gaps(rows: Sequence[Sequence[Segment]], size: float, box: Box) -> list[tuple[float, float]]:
    """Widths that (nearly) no row covers, with text on both sides."""
    if not rows:
        return []
    typical = sorted(len(row) for row in rows)[int(0.8 * (len(rows) - 1))]
    full = [row for row in rows if len(row) >= max(2, 0.6 * typical)]
    events: list[tuple[float, int]] = []
    for row in full:
        for segment in row:
            events.append((segment.x0, 1))
            events.append((segment.x1, -1))
    events.sort(key=lambda event: (event[0], -event[1]))
    allowed = _COVERED * len(full)
    gaps: list[tuple[float, float]] = []
    depth, start = 0, None
    for place, step in events:
        if start is not None and place - start >= _NARROWEST * size and start > box.x0:
            gaps.append((start, place))
        depth += step
        start = place if depth <= allowed else None
        if gaps and start is not None and gaps[-1][1] == place and depth > 0:
            # A gap goes on behind the few segments that reach into it.
            start = place
    return _merge_gaps(gaps)


def _merge_gaps(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for low, high in gaps:
        if merged and low <= merged[-1][1] + 0.01:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _rule_places(down: Sequence[Rule], box: Box) -> list[float]:
    """Places of upright rules that together run over enough of the table's height."""
    places: list[float] = []
    lengths: list[float] = []
    for rule in sorted(down, key=lambda one: one.at):
        if places and rule.at - places[-1] <= 2 * _EDGE:
            lengths[-1] += rule.end - rule.start
        else:
            places.append(rule.at)
            lengths.append(rule.end - rule.start)
    return [place for place, length in zip(places, lengths, strict=True) if length >= 0.3 * (box.y1 - box.y0)]


def _divides(rows: Sequence[Sequence[Segment]], low: float, high: float, places: Sequence[float], box: Box) -> bool:
    """True where a gap between two upright rules divides values: both its sides are filled in most rows."""
    left = max((place for place in places if place <= low), default=box.x0)
    right = min((place for place in places if place >= high), default=box.x1)
    both = one = 0
    for row in rows:
        inside = [segment for segment in row if segment.x1 > left and segment.x0 < right]
        before = any(segment.x1 <= high for segment in inside)
        after = any(segment.x0 >= low for segment in inside)
        both += before and after
        one += before or after
    return both >= 3 and both >= 0.6 * one


def _table_lines(printed: Sequence[Line], separators: Sequence[float], layout: Layout) -> list[TableLine]:
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
        if _are_heads(segment, cut, layout):
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


def _boundaries(rules: Sequence[Rule], box: Box) -> list[float]:
    """Heights of the level rules that together run over most of the table's width."""
    heights: list[float] = []
    lengths: list[float] = []
    for rule in sorted((rule for rule in rules if rule.horizontal), key=lambda one: one.at):
        if heights and rule.at - heights[-1] <= _EDGE:
            lengths[-1] += rule.end - rule.start
        else:
            heights.append(rule.at)
            lengths.append(rule.end - rule.start)
    return [height for height, length in zip(heights, lengths, strict=True) if length >= 0.6 * (box.x1 - box.x0)]


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

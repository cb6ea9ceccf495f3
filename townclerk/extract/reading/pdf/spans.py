"""What is known of a table's cells once its grid stands: spans over rows, colours, and a second reading of columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.extract.reading.pdf.rows import Band
from townclerk.extract.reading.pdf.vectors import Fill, Rule
from townclerk.models.document import Box
from townclerk.models.units import Rag

_NEAR = 3.0


def join_down(table: DraftTable, bands: Sequence[Band], rules: Sequence[Rule], edges: Sequence[float]) -> None:
    """Join cells under one another where the rule between their rows stops: a label beside several rows."""
    level = [rule for rule in rules if rule.horizontal]
    open_below = [_open_columns(level, above, below, edges) for above, below in pairwise(bands)]
    if not any(any(row) and not all(row) for row in open_below):
        return
    for column in range(table.columns):
        number = 0
        while number < len(bands) - 1:
            end = number
            while end < len(bands) - 1 and open_below[end][column] and not all(open_below[end]):
                end += 1
            if end > number:
                _join(table, column, number, end)
            number = end + 1


def _open_columns(level: Sequence[Rule], above: Band, below: Band, edges: Sequence[float]) -> list[bool]:
    """For each column, True where no rule parts two rows there."""
    if not (above.ruled and below.ruled):
        return [True] * (len(edges) - 1)
    top, bottom = above.y1 - _NEAR, below.y0 + _NEAR
    between = [(rule.start - _NEAR, rule.end + _NEAR) for rule in level if top <= rule.at <= bottom]
    middles = [(x0 + x1) / 2 for x0, x1 in pairwise(edges)]
    return [not any(start <= middle <= end for start, end in between) for middle in middles]


def _join(table: DraftTable, column: int, first: int, last: int) -> None:
    """Make one cell of those in a column from row `first` to `last`, if no cell among them spans columns."""
    held = [
        cell
        for row in table.rows[first : last + 1]
        for cell in row
        if cell.column <= column < cell.column + cell.column_span
    ]
    if not held or any(cell.column_span > 1 for cell in held):
        return
    lines = [line for cell in held for line in cell.lines]
    boxes = [cell.box for cell in held if cell.box is not None]
    box = (
        Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
        if boxes
        else None
    )
    gone = {id(cell) for cell in held}
    for number in range(first, last + 1):
        table.rows[number] = [cell for cell in table.rows[number] if id(cell) not in gone]
    table.rows[first].append(DraftCell(first, column, lines, last - first + 1, 1, box))
    table.rows[first].sort(key=lambda cell: cell.column)


def set_colours(
    table: DraftTable, bands: Sequence[Band], edges: Sequence[float], fills: Sequence[Fill], layout: Layout
) -> None:
    """Give cells below the head the colour of the scale behind them; a coloured cell without words is kept."""
    small = [fill for fill in fills if fill.x1 - fill.x0 < 0.6 * (table.box.x1 - table.box.x0)]
    coloured = [(fill, rag) for fill in small if (rag := layout.rag_of(fill.colour)) is not None]
    if not coloured:
        return
    heads = {fill.colour for fill in small for band in bands[: table.header_rows] if _lies_in(fill, band.y0, band.y1)}
    found: dict[tuple[int, int], Rag] = {}
    tops = [band.y0 for band in bands]
    bottoms = list(accumulate([band.y1 for band in bands], max))
    for fill, rag in coloured:
        if fill.colour in heads:
            continue
        first_row = max(table.header_rows, bisect_left(bottoms, fill.y0 - 1))
        for number in range(first_row, bisect_right(tops, fill.y1 + 1)):
            band = bands[number]
            middle = (band.y0 + band.y1) / 2
            if not (fill.y0 <= middle <= fill.y1 or _lies_in(fill, band.y0, band.y1)):
                continue
            first_column = max(0, bisect_right(edges, fill.x0) - 1)
            for column in range(first_column, min(table.columns, bisect_left(edges, fill.x1))):
                x0, x1 = edges[column], edges[column + 1]
                shared = min(fill.x1, x1) - max(fill.x0, x0)
                if shared > 0.5 * (x1 - x0) or shared > 0.8 * (fill.x1 - fill.x0):
                    found[number, column] = rag
    first = {rag for (_, column), rag in found.items() if column == 0}
    by_row: dict[int, dict[int, Rag]] = {}
    for (number, column), rag in found.items():
        # Labels all on one colour are the council's own colour, not a judgement.
        if column > 0 or len(first) >= 2:
            by_row.setdefault(number, {})[column] = rag
    for number, colours in by_row.items():
        _colour(table, number, colours, bands[number], edges)


def _lies_in(fill: Fill, y0: float, y1: float) -> bool:
    middle = (fill.y0 + fill.y1) / 2
    return y0 - 1 <= middle <= y1 + 1


def _colour(table: DraftTable, number: int, colours: dict[int, Rag], band: Band, edges: Sequence[float]) -> None:
    """Give the cells of a row the colours of their columns."""
    row = table.rows[number]
    held = {column: cell for cell in row for column in range(cell.column, cell.column + cell.column_span)}
    for column, rag in colours.items():
        if column in held:
            held[column].rag = rag
            continue
        box = Box(edges[column], band.y0, edges[column + 1], band.y1)
        row.append(DraftCell(number, column, [], box=box, rag=rag))
    row.sort(key=lambda cell: cell.column)

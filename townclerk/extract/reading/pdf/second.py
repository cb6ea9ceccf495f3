"""A second reading of every table figure that does not use the grid: which head and which label it belongs to.

The grid is made of separators and bands. Here a figure's column is told by the order of the words in its line where
the line has as many as there are heads, else by the head it stands in line with; its row by the label at its height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.extract.reading.pdf.knowledge import Layout
from townclerk.models.digits import has_digit

# A head is in line with a figure if it is nearer than the next best by this many points.
_CLEARLY = 4.0
_SLACK = 2.0


@dataclass(slots=True)
class _Extent:
    """Where a cell's words stand along one direction, and the cell's column or row."""

    low: float
    high: float
    at: int


def read_again(table: DraftTable, layout: Layout) -> None:
    """Fill `line_column` and `line_row` of the figures below the head, where something tells."""
    if not table.header_rows:
        return
    heads = _heads(table)
    labels = _labels(table, layout)
    order = sorted({head.at for head in heads}) if _is_plain(table) else []
    headed = {head.at for head in heads}
    rows: dict[float, int | None] = {}
    for row in table.rows[table.header_rows :]:
        for cell in row:
            if cell.column == 0 or not cell.lines or not _is_figure(cell, layout):
                continue
            cell.line_column = _by_order(cell, order)
            # Where a column has no head of its own the nearest is another's.
            if cell.line_column is None and cell.column in headed:
                cell.line_column = _in_line(cell, heads)
            middle = _middle(cell)
            if middle not in rows:
                rows[middle] = _at_height(middle, labels)
            cell.line_row = rows[middle]


def _is_figure(cell: DraftCell, layout: Layout) -> bool:
    text = cell.text
    return has_digit(text) and layout.value.fullmatch(text) is not None


def _heads(table: DraftTable) -> list[_Extent]:
    """The heads of single columns, the lowest of each column, as wide as their words."""
    found: dict[int, _Extent] = {}
    for row in table.rows[: table.header_rows]:
        for cell in row:
            if cell.column and cell.column_span == 1 and cell.text:
                words = [word for line in cell.lines for word in line]
                found[cell.column] = _Extent(min(w.x0 for w in words), max(w.x1 for w in words), cell.column)
    return [found[column] for column in sorted(found)]


def _is_plain(table: DraftTable) -> bool:
    """True where every head stands over one column, so that the order of a line's words tells their columns."""
    heads = [cell for row in table.rows[: table.header_rows] for cell in row if cell.text and cell.column > 0]
    single = {cell.column for cell in heads if cell.column_span == 1}
    return {column for cell in heads for column in range(cell.column, cell.column + cell.column_span)} <= single


def _by_order(cell: DraftCell, order: Sequence[int]) -> int | None:
    """The column of a figure in a line that has as many words as there are heads."""
    if cell.place is None or not order:
        return None
    index, count = cell.place
    return order[index] if count == len(order) else None


def _in_line(cell: DraftCell, heads: Sequence[_Extent]) -> int | None:
    """The column of the head that a figure is in line with by an edge or its middle; None where no head is clear."""
    words = [word for line in cell.lines for word in line]
    low, high = min([word.x0 for word in words]), max([word.x1 for word in words])
    ranked = sorted(
        [
            (min(abs(low - one.low), abs(high - one.high), abs(low + high - one.low - one.high) / 2), one.at)
            for one in heads
        ]
    )
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _CLEARLY):
        return None
    return ranked[0][1]


def _labels(table: DraftTable, layout: Layout) -> list[_Extent]:
    """The first words of each row that are no figure, as high as they stand."""
    found: list[_Extent] = []
    for row in table.rows[table.header_rows :]:
        first = next((cell for cell in row if cell.text and not _is_figure(cell, layout)), None)
        if first is not None and first.row_span == 1 and any(c.isalpha() for c in first.text):
            words = [word for line in first.lines for word in line]
            found.append(_Extent(min(w.y0 for w in words), max(w.y1 for w in words), first.row))
    return found


def _middle(cell: DraftCell) -> float:
    """The height of the middle of a cell's words."""
    words = cell.lines[0] if len(cell.lines) == 1 else [word for line in cell.lines for word in line]
    if len(words) == 1:
        return (words[0].y0 + words[0].y1) / 2
    return (min([word.y0 for word in words]) + max([word.y1 for word in words])) / 2


def _at_height(middle: float, labels: Sequence[_Extent]) -> int | None:
    """The row of the one label that stands at a height."""
    at = [one.at for one in labels if one.low - _SLACK <= middle <= one.high + _SLACK]
    return at[0] if len(at) == 1 else None

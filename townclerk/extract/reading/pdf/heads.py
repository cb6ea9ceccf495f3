"""Heads over several columns: told by the box around them, by missing rules, by colour, or by their place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.extract.reading.pdf.rows import Band
from townclerk.extract.reading.pdf.vectors import Fill, Rule
from townclerk.models.document import Box

_NEAR = 3.0
# Heads of so many colours are told apart by them; fewer are one bar with the council's own colour.
_TELLING_COLOURS = 3
# A head is centred over its columns to within this share of a column's width.
_OFF_CENTRE = 0.2


def span_heads(
    table: DraftTable, bands: Sequence[Band], edges: Sequence[float], down: Sequence[Rule], fills: Sequence[Fill]
) -> None:
    """Let heads cover the empty columns beside them that are theirs."""
    for number in range(min(table.header_rows, len(bands))):
        middle = (bands[number].y0 + bands[number].y1) / 2
        colours = [_colour_at(fills, (x0 + x1) / 2, middle) for x0, x1 in pairwise(edges)]
        telling = colours if len(set(colours) - {None}) >= _TELLING_COLOURS else [None] * len(colours)
        taken = {c for cell in table.rows[number] for c in range(cell.column, cell.column + cell.column_span)}
        below = table.rows[number + 1 : table.header_rows]
        lower = {cell.column for row in below for cell in row if cell.text and cell.column > 0}
        for cell in table.rows[number]:
            if not cell.text or cell.row_span > 1:
                continue
            first, last = _reach(cell, taken, edges, middle, down, fills, telling)
            if lower and cell.column > 0 and (first, last) == (cell.column, cell.column + cell.column_span - 1):
                first, last = _centred(cell, taken, lower, edges)
            cell.column, cell.column_span = first, last - first + 1
            taken.update(range(first, last + 1))
            if cell.box is not None:
                cell.box = Box(edges[first], cell.box.y0, edges[last + 1], cell.box.y1)


def _reach(
    cell: DraftCell,
    taken: set[int],
    edges: Sequence[float],
    y: float,
    down: Sequence[Rule],
    fills: Sequence[Fill],
    colours: Sequence[int | None],
) -> tuple[int, int]:
    """The columns of a head as its box, missing rules or its colour tell them."""
    first, last = cell.column, cell.column + cell.column_span - 1
    box = _box_around(cell, y, fills)
    width = edges[-1] - edges[0]
    if box is not None and box.x1 - box.x0 > 0.9 * width:
        box = None
    for step in (-1, 1):
        column = first if step < 0 else last
        while 0 < column + step < len(edges) - 1 and column + step not in taken:
            edge = edges[column] if step < 0 else edges[column + 1]
            centre = (edges[column + step] + edges[column + step + 1]) / 2
            boxed = box is not None and box.x0 < centre < box.x1
            same = colours[column] is not None and colours[column] == colours[column + step]
            if not (boxed or same or _is_unruled(edge, y, down)):
                break
            column += step
        first, last = (column, last) if step < 0 else (first, column)
    return first, last


def _centred(cell: DraftCell, taken: set[int], lower: set[int], edges: Sequence[float]) -> tuple[int, int]:
    """The widest run of columns, free here and with heads of their own below, over whose middle a head stands."""
    words = [word for line in cell.lines for word in line]
    centre = (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2
    own_first, own_last = cell.column, cell.column + cell.column_span - 1
    if not set(range(own_first, own_last + 1)) <= lower:
        return own_first, own_last
    low, high = own_first, own_last
    while low - 1 in lower and low - 1 not in taken:
        low -= 1
    while high + 1 in lower and high + 1 not in taken:
        high += 1
    slack = _OFF_CENTRE * (edges[own_last + 1] - edges[own_first])
    fitting = [
        (first, last)
        for first in range(low, own_first + 1)
        for last in range(own_last, high + 1)
        if abs((edges[first] + edges[last + 1]) / 2 - centre) <= slack
    ]
    return max(fitting, key=lambda span: span[1] - span[0], default=(own_first, own_last))


def _box_around(cell: DraftCell, y: float, fills: Sequence[Fill]) -> Fill | None:
    """The smallest coloured area behind a head's words."""
    words = [word for line in cell.lines for word in line]
    x = (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2
    behind = [fill for fill in fills if fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1]
    return min(behind, key=lambda fill: fill.x1 - fill.x0, default=None)


def _colour_at(fills: Sequence[Fill], x: float, y: float) -> int | None:
    """The colour at a point; None for white."""
    behind = [fill.colour for fill in fills if fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1]
    return behind[-1] if behind and behind[-1] != 0xFFFFFF else None


def _is_unruled(edge: float, y: float, down: Sequence[Rule]) -> bool:
    """True where a rule divides two columns further down but not at this height."""
    there = [rule for rule in down if abs(rule.at - edge) <= 2 * _NEAR]
    return bool(there) and not any(rule.start - _NEAR <= y <= rule.end + _NEAR for rule in there)

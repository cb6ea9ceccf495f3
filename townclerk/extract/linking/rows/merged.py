"""Columns that a reader ran together: "Q2 Q3 Q4" over "12.4% 12.8% 13.7%" are three columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import whole_time
from townclerk.models.document import Block, Cell, Table
from townclerk.models.mentions import FigureForm
from townclerk.models.passage import Passage

_WORD = re.compile(r"\S+")
_FEWEST_ROWS = 2


def unmerged(block: Block) -> Block:
    """A table with the columns apart whose every cell holds as many times or values as the others.

    Args:
        block: A table's block.

    Returns:
        The block as it is where no column can be cut.
    """
    table = block.table
    if table is None:
        return block
    columns: list[list[Cell]] = [[] for _ in range(table.columns)]
    for row in table.rows:
        taken: set[int] = set()
        for cell in row:
            if cell.column not in taken and cell.column < table.columns and cell.passage.text.strip():
                taken.add(cell.column)
                columns[cell.column].append(cell)
    widths = [_parts_in(cells) for cells in columns]
    if max(widths, default=1) == 1:
        return block
    firsts = [sum(widths[:column]) for column in range(table.columns + 1)]
    rows = [[part for cell in row for part in _cut(cell, widths, firsts)] for row in table.rows]
    return replace(block, table=Table(rows, firsts[-1], table.header_rows))


def _parts_in(cells: Sequence[Cell]) -> int:
    """Into how many columns one must be cut: as many as all its cells but those of a head above have parts."""
    counts: list[int] = []
    timed = False
    for cell in cells:
        if cell.column_span > 1:
            counts.clear()
            continue
        parts = _pieces(cell.passage)
        whole = len(parts) == 1
        if whole and not counts:
            continue
        counts.append(len(parts))
        timed = timed or (len(parts) > 1 and whole_time(parts[0].text) is not None)
    most = max(counts, default=1)
    agree = most > 1 and timed and len(counts) >= _FEWEST_ROWS and all(count == most for count in counts)
    return most if agree else 1


def _pieces(passage: Passage) -> list[Passage]:
    """The times or values that a cell is made of, if it holds nothing else; else the cell."""
    words = passage.text.split()
    # "December 2017" is one time.
    if len(words) < 2 or whole_time(passage.text) is not None:
        return [passage]
    if all(map(whole_time, words)) or all(map(_is_value, words)):
        return [passage.slice(match.start(), match.end()) for match in _WORD.finditer(passage.text)]
    return [passage]


def _is_value(text: str) -> bool:
    found = read_cell(text)
    return len(found) == 1 and found[0].form in {FigureForm.NUMBER, FigureForm.MARK} and whole_time(text) is None


def _cut(cell: Cell, widths: list[int], firsts: list[int]) -> list[Cell]:
    """A cell in its new place, cut where its column is."""
    last = min(cell.column + cell.column_span, len(widths))
    span = firsts[last] - firsts[cell.column]
    parts = _pieces(cell.passage) if cell.column_span == 1 and widths[cell.column] > 1 else [cell.passage]
    if len(parts) != span:
        return [replace(cell, column=firsts[cell.column], column_span=max(1, span))]
    return [
        replace(cell, column=firsts[cell.column] + place, column_span=1, passage=part)
        for place, part in enumerate(parts)
    ]

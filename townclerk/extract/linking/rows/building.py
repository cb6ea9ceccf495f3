"""Rows found in running text as a table that the table linker can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from townclerk.extract.linking.rows.heads import Header
from townclerk.models.document import Block, BlockKind, Cell, Table
from townclerk.models.passage import Passage


@dataclass(slots=True)
class GatheredRow:
    """A row with its values under columns.

    Attributes:
        label: The words that name it.
        cells: Its values, each with its column.
        blocks: The blocks it was gathered from.
        group: The group label that stands above it, if any.
        over: How many numbers at the end of its label had no column left.
    """

    label: Passage
    cells: list[tuple[int, Passage]]
    blocks: list[int]
    group: Passage | None = None
    over: int = 0


def header_cells(header: Header) -> list[list[Cell]]:
    """The header rows of a table with a header's columns; every column has its text from the first row on."""
    depth = max((len(parts) for parts in header.heads), default=0)
    return [
        [Cell(row, column, parts[row]) for column, parts in enumerate(header.heads) if row < len(parts)]
        for row in range(depth)
    ]


def table_block(first: Block, header: Header, rows: list[GatheredRow]) -> Block:
    """A table block made of rows.

    Args:
        first: The block the first row stands in; the table takes its place on the page.
        header: The heads in force.
        rows: The rows, in order.
    """
    grid = header_cells(header)
    heads = len(grid)
    for row in rows:
        if row.group is not None:
            grid.append([Cell(len(grid), 0, row.group)])
        cells = [Cell(len(grid), 0, row.label)]
        cells.extend(Cell(len(grid), column, passage) for column, passage in row.cells)
        grid.append(cells)
    lines = [Passage.join([row.label, *(passage for _, passage in row.cells)], "\t") for row in rows]
    table = Table(grid, len(header.columns), heads)
    return Block(BlockKind.TABLE, first.page, Passage.join(lines, "\n"), box=first.box, table=table)


def table_of_passages(first: Block, rows: Sequence[Sequence[Passage]], header_rows: int = 0) -> Block:
    """A table block made of lines that were cut into cells.

    Args:
        first: The block the first row stands in; the table takes its place on the page.
        rows: The cells' words, row by row, from the first column on.
        header_rows: How many rows at the top are heads.
    """
    cells = [[Cell(row, column, part) for column, part in enumerate(parts)] for row, parts in enumerate(rows)]
    text = Passage.join([Passage.join(parts, "\t") for parts in rows], "\n")
    table = Table(cells, max(map(len, rows)), header_rows)
    return Block(BlockKind.TABLE, first.page, text, box=first.box, table=table)

"""Pieces of tables: a table's own header, and a piece without one put under the header in force."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.assign import assign, takes
from townclerk.extract.linking.rows.building import header_cells
from townclerk.extract.linking.rows.heads import Header, make_header
from townclerk.extract.linking.rows.tokens import Token, TokenKind, tokens_of
from townclerk.extract.linking.tables.grid import Grid, head_passages, read_heads
from townclerk.models.document import Block, Cell, Table

_LEAST_FITTING = 0.6


def header_of_table(table: Table, knowledge: Knowledge) -> Header | None:
    """The header a table brings with it; None for a table without one.

    Args:
        table: The reader's grid.
        knowledge: For places in heads.
    """
    grid: Grid = read_heads(table, knowledge)
    if not grid.header_rows:
        return None
    heads = [head_passages(column, grid) for column in range(grid.columns)]
    header = make_header(heads, knowledge)
    told = [c for c in header.columns[1:] if c.kind or c.period or c.area]
    return header if told else None


def with_header(block: Block, header: Header) -> Block | None:
    """A headless piece of a table under the heads in force.

    Args:
        block: The piece.
        header: The heads.

    Returns:
        The table with heads; None where its rows do not fit under them.
    """
    if block.table is None:
        return None
    heads = header_cells(header)
    rows: list[list[Cell]] = []
    fitting = 0
    for number, row in enumerate(block.table.rows):
        placed = _placed(row, block.table.columns, header)
        fitting += placed is not None
        rows.append([replace(cell, row=len(heads) + number) for cell in (row if placed is None else placed)])
    valued = sum(any(char.isdigit() for cell in row for char in cell.passage.text) for row in block.table.rows)
    if not fitting or fitting < _LEAST_FITTING * max(1, valued):
        return None
    table = Table([*heads, *rows], len(header.columns), len(heads))
    return replace(block, table=table)


def _placed(row: list[Cell], width: int, header: Header) -> list[Cell] | None:
    """A row's cells under the columns they belong to: by place where the widths agree, else by order and kind."""
    filled = [cell for cell in row if cell.passage.text.strip()]
    tokens = [_token(cell, header) for cell in filled]
    words = [cell for cell, token in zip(filled, tokens, strict=True) if token.kind is TokenKind.TEXT]
    values = [(cell, token) for cell, token in zip(filled, tokens, strict=True) if token.kind is not TokenKind.TEXT]
    if not words or not any(token.kind is TokenKind.VALUE for _, token in values):
        return None
    label = words[-1]
    values = [
        (cell, token) for cell, token in values if cell.column > label.column or token.kind is not TokenKind.VALUE
    ]
    shift = len(header.columns) - width
    if width >= len(header.columns) or _is_left_aligned(header, width):
        shift = len(header.columns) - max(width, len(header.columns))
        by_place = [(cell, cell.column + shift) for cell, _ in values if cell.column + shift >= 1]
        if all(
            0 < place < len(header.columns) and takes(token, header.columns[place])
            for (cell, place), (_, token) in zip(by_place, values, strict=False)
        ):
            return [*_labels(words), *(replace(cell, column=place) for cell, place in by_place)]
    columns = assign([token for _, token in values], header)
    if columns is None:
        return None
    cells = [replace(cell, column=c) for (cell, _), c in zip(values, columns, strict=True) if c is not None]
    return [*_labels(words), *cells]


def _labels(words: list[Cell]) -> list[Cell]:
    """The row's label in the first column; words before it (a group, a number) stay with it."""
    return [replace(words[-1], column=0)]


def _is_left_aligned(header: Header, width: int) -> bool:
    """True where the columns that a short row lacks can only be those at its end."""
    return width < len(header.columns) and all(c.period is not None for c in header.columns[1:])


def _token(cell: Cell, header: Header) -> Token:
    tokens = tokens_of(cell.passage.text.strip(), header)
    if len(tokens) == 1:
        return tokens[0]
    numbers = [token for token in tokens if token.kind is not TokenKind.TEXT]
    kind = numbers[0].kind if numbers and len(numbers) == len(tokens) else TokenKind.TEXT
    return Token(0, len(cell.passage.text), kind, any(token.is_number for token in numbers))

"""Cards of one measure laid out as a table: its name across the top, rows of times over values, heads beside values.

    CIC 4: Children in care with three or more placements
    Definition  | Percentage of children in care at period end ...
    Q1 22/23    | Q2 22/23 | Q3 22/23         | Target
    11.7%       | 11.0%    | 10.5%            | 9.0%
    Neighbours  | 10.0%    | England          | 10.2%

No row of it has a label and no column one head; laid out as one row under its heads it is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.tables.grid import GridCell, heads_of_values, read_cell_of
from townclerk.models.document import Cell, Table
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import table_words

_FEWEST_COLUMNS, _LONGEST_NAME, _LONGEST_HEAD = 3, 24, 60
_PAIR = 2
_FEWEST_TILES = 4
# A value and, behind it, words that are no unit or time of it alone.
_NAMED_VALUE = re.compile(r"(£?\d[\d,]*(?:\.\d+)?%?)\s+((?!of\b|in\b|out\b|per\b)[^\W\d_][^\n]{2,80})")

Headed = list[tuple[Cell, Cell]]


def lay_out_cards(table: Table, knowledge: Knowledge) -> list[Table]:
    """The tables that a table's cards are when laid out; the table itself where it holds none.

    Args:
        table: The reader's grid.
        knowledge: For places in heads.
    """
    if (pairs := _cells_apart(table)) is not None:
        return [pairs]
    if table.columns < _FEWEST_COLUMNS or not table.rows or table.title_at(0, _LONGEST_NAME) is None:
        return [table]
    cards: list[list[list[Cell]]] = []
    for number, row in enumerate(table.rows):
        if table.title_at(number, _LONGEST_NAME) is not None and (not cards or len(cards[-1]) > 1):
            cards.append([])
        cards[-1].append(row)
    laid = [_laid_out(card, knowledge) for card in cards]
    return [one for one in laid if one is not None] if all(laid) else [table]


def _cells_apart(table: Table) -> Table | None:
    """A table used to lay out tiles, each cell a value and its name ("389 Children looked after"), as two columns."""
    filled = [cell for row in table.rows for cell in row if cell.passage.text.strip()]
    if table.columns < _PAIR or len(filled) < _FEWEST_TILES or not filled[0].passage.text[0].isdigit():
        return None
    parted = [_NAMED_VALUE.fullmatch(cell.passage.text.strip()) for cell in filled]
    if not all(parted):
        return None
    rows = [
        [Cell(number, 0, cell.passage.slice(*found.span(2))), Cell(number, 1, cell.passage.slice(*found.span(1)))]
        for number, (cell, found) in enumerate(zip(filled, parted, strict=True))
        if found is not None
    ]
    return Table(rows, _PAIR, 0)


def _laid_out(card: Sequence[Sequence[Cell]], knowledge: Knowledge) -> Table | None:
    """A card as one row under its heads; None for rows that are no card."""
    rows = [[cell for cell in map(read_cell_of, row) if cell.text.strip()] for row in card]
    headed: Headed = []
    stacked = False
    number = 1
    while number < len(rows):
        row, below = rows[number], rows[number + 1] if number + 1 < len(rows) else []
        if found := _stacked(row, below, knowledge):
            headed.extend(found)
            stacked = True
            number += 1
        elif found := _beside(row):
            headed.extend(found)
        elif any(cell.is_number for cell in row):
            return None
        number += 1
    if not stacked or len(headed) < _PAIR:
        return None
    name = next(cell for cell in card[0] if cell.passage.text.strip())
    heads = [_put(head, 0, column) for column, (head, _) in enumerate(headed, start=1)]
    values = [_put(value, 1, column) for column, (_, value) in enumerate(headed, start=1)]
    blank = Cell(0, 0, Passage("", ()))
    return Table([[blank, *heads], [_put(name, 1, 0), *values]], len(headed) + 1, 1)


def _put(cell: Cell, row: int, column: int) -> Cell:
    return replace(cell, row=row, column=column, row_span=1, column_span=1, line_column=None, line_row=None)


def _stacked(row: Sequence[GridCell], below: Sequence[GridCell], knowledge: Knowledge) -> Headed:
    """The cells of a row of heads with the values right below each, the first column among them."""
    first = [cell for cell in below if cell.cell.column == 0]
    if not (first and first[0].is_value and any(cell.is_number for cell in below)):
        return []
    if len(row) < _PAIR or not heads_of_values(row, knowledge):
        return []
    under = {cell.cell.column: cell for cell in below}
    return [(head.cell, under[head.cell.column].cell) for head in row if head.cell.column in under]


def _beside(row: Sequence[GridCell]) -> Headed:
    """The heads of a row with the value, or the words, right of each; nothing where they do not alternate."""
    heads, values = row[::2], row[1::2]
    if len(heads) != len(values) or any(head.is_number or len(head.text) > _LONGEST_HEAD for head in heads):
        return []
    if len(row) > _PAIR and not all(value.is_value or len(value.text) <= _LONGEST_HEAD for value in values):
        return []
    told = [(head, value) for head, value in zip(heads, values, strict=True) if not table_words().explains(head.text)]
    return [(head.cell, value.cell) for head, value in told]

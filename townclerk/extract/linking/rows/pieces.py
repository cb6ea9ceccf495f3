"""Pieces of tables: a table's own header, and a piece without one put under the header in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.assign import assign, takes
from townclerk.extract.linking.rows.building import header_cells
from townclerk.extract.linking.rows.fitting import ends_label
from townclerk.extract.linking.rows.heads import Header, is_head, make_header
from townclerk.extract.linking.rows.tokens import Token, TokenKind, tokens_of
from townclerk.extract.linking.tables.grid import Grid, head_passages, read_heads
from townclerk.extract.linking.tables.stacking import year_sources
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, Cell, Table
from townclerk.patterns.table_words import ROLE_KINDS, ColumnKind, table_words

_LABEL_AND_VALUE = 2
_FEWEST_ALIKE = 2
_LEAST_FITTING = 0.6
_LEAST_WORDED = 0.7
_MARKED = frozenset({ColumnKind.RAG, ColumnKind.DIRECTION})
# Tables of many authorities are aligned by their ranks (linking/tables/alignment).
_NEIGHBOURS = 3

_Places = list[tuple[Cell, int]]
"""The cells of a row, each with the column it belongs to."""


def header_of_table(table: Table, knowledge: Knowledge) -> tuple[Header, int] | None:
    """The header a table brings with it and how many rows it takes; None for a table without one.

    Args:
        table: The reader's grid.
        knowledge: For places in heads.
    """
    grid: Grid = read_heads(table, knowledge)
    if not grid.header_rows:
        return None
    heads = [head_passages(column, grid) for column in range(grid.columns)]
    printed = [[part.text for part in parts] for parts in heads]
    moved = {column: heads[source][:-1] for column, source in year_sources(printed).items()}
    heads = [[*moved[column], parts[-1]] if column in moved else parts for column, parts in enumerate(heads)]
    header = make_header(heads, knowledge, labelled=_is_labelled(grid, knowledge))
    told = [c for c in header.columns[1:] if c.kind or c.period or c.area]
    return (replace(header, full=True), grid.header_rows) if told else None


def without_doubles(header: Header, table: Table, head_rows: int) -> Header:
    """A table's header without a column that has the head of the next one and no cell: the head stood over both.

    Args:
        header: The table's own.
        table: The table.
        head_rows: How many rows its heads take.
    """
    # The columns of references and labels are one in the header.
    over = table.columns - len(header.columns)
    filled = {cell.column for row in table.rows[head_rows:] for cell in row if cell.passage.text.strip()}
    heads = [column.head for column in header.columns]
    doubled = {
        at for at, (one, after) in enumerate(pairwise(heads)) if one and one == after and at + over not in filled
    }
    if not doubled:
        return header
    kept = [at for at in range(len(heads)) if at not in doubled]
    columns = [replace(header.columns[at], index=number) for number, at in enumerate(kept)]
    return replace(header, heads=[header.heads[at] for at in kept], columns=columns)


def _is_labelled(grid: Grid, knowledge: Knowledge) -> bool:
    """True where the cells of the first column are words, times, places or units: it holds the labels."""
    first = [cell for row in grid.body() for cell in row if cell.cell.column == 0 and cell.text.strip()]
    words = [cell.text for cell in first if not cell.is_value]
    worded = sum(len(text.split()) > 1 or _is_no_role(text.strip(), knowledge) for text in words)
    return bool(first) and worded >= _LEAST_WORDED * len(first)


def _is_no_role(text: str, knowledge: Knowledge) -> bool:
    """True for a word that is a time, a place or a unit; "Actual" and "Target" are rows of a table of one measure."""
    kinds = table_words().column_kinds(text)
    return is_head(text, knowledge) and (not kinds or kinds[0][0] not in ROLE_KINDS)


def refitted(block: Block, header: Header, head_rows: int) -> Block | None:
    """A table with rows that do not stand under its own heads, moved to where they fit.

    Args:
        block: The table's block, heads included.
        header: Its own heads.
        head_rows: How many rows they take.

    Returns:
        The table under its heads; None where every row stands well, or none could be moved.
    """
    if block.table is None or _is_of_authorities(header):
        return None
    width = block.table.columns
    # The heads of references and labels have become one, or a head was put in over labels without one: what cannot
    # be placed keeps its place under its own heads.
    over = width - len(header.columns)
    rows: list[_Places] = []
    body = block.table.rows[head_rows:]
    lost = lacks_head(block.table.rows[:head_rows], body, width)
    reach = max(map(_end, block.table.rows[:head_rows]), default=0)
    ragged = not any(_has_blank(row) for row in body)
    moved = 0
    for row in body:
        split = _split(row, header)
        if lost:
            rows.append([(replace(cell, doubt="heads_short"), max(0, cell.column - over)) for cell in row])
            moved += 1
            continue
        placed = split and _by_place(*split, header, width, len(header.columns))
        if split and placed and ragged and _end(row) < reach:
            placed = _doubted(placed, split, header)
            moved += any(cell.doubt for cell, _ in placed)
        if split and placed is None:
            placed = _by_order(*split, header)
            if placed is not None and len(placed) < _LABEL_AND_VALUE:
                # Where a value has no one column, nothing shows that the row stands wrong.
                placed = None
            moved += placed is not None
        rows.append(placed or [(cell, max(0, cell.column - over)) for cell in row])
    return _under(block, header, rows) if moved else None


def _end(row: Sequence[Cell]) -> int:
    return max((cell.column + cell.column_span for cell in row), default=0)


def _has_blank(row: Sequence[Cell]) -> bool:
    """True for a row with an empty cell between others: the conversion kept the places of its blanks."""
    filled = {column for c in row if c.passage.text.strip() for column in range(c.column, c.column + c.column_span)}
    return bool(filled) and len(filled) < max(filled) - min(filled) + 1


def lacks_head(heads: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]], width: int) -> bool:
    """True where the heads stand side by side and yet leave the last column without one, over values like the others.

    Nor do all have their own where numbers stand under the head of arrows or colours, and these behind them.

    Args:
        heads: The rows of heads.
        body: The rows below them.
        width: Number of columns.
    """
    headed = {column for row in heads for c in row for column in range(c.column, c.column + c.column_span)}
    if not headed or headed != set(range(width - 1)) or any(c.column_span > 1 for row in heads for c in row):
        return False
    if _heads_marks(heads, width - 2) and _are_all_levels(body, width - 2) and not _are_all_levels(body, width - 1):
        return True
    last = [(row, cell) for row in body for cell in row if cell.column == width - 1 and has_digit(cell.passage.text)]
    alike = sum(_is_like(cell, row) for row, cell in last)
    return alike >= _FEWEST_ALIKE and alike >= _LEAST_FITTING * len(body)


def _heads_marks(heads: Sequence[Sequence[Cell]], column: int) -> bool:
    """True for a head of arrows or colours over a column."""
    said = " ".join(cell.passage.text for row in heads for cell in row if cell.column == column)
    return table_words().main_kind(said) in _MARKED


def _are_all_levels(body: Sequence[Sequence[Cell]], column: int) -> bool:
    """True where all cells of a column are percentages or decimals, and there are two at least."""
    held = [cell.passage.text for row in body for cell in row if cell.column == column]
    return len(held) >= _FEWEST_ALIKE and not any(map(ends_label, held))


def _is_like(last: Cell, row: Sequence[Cell]) -> bool:
    """True for a percentage beside percentages, or a decimal beside decimals."""
    values = [cell.passage.text.strip() for cell in row if cell is not last and has_digit(cell.passage.text)][-2:]
    text = last.passage.text.strip()
    return any(sign in text and all(sign in value for value in values) for sign in "%.") and len(values) > 1


def _doubted(placed: _Places, split: tuple[Cell, list[tuple[Cell, Token]]], header: Header) -> _Places:
    """A row left where it is printed, with a doubt on each value that order and kind allow under another head too."""
    columns = assign([token for _, token in split[1]], header)
    if columns is None:
        return placed
    told = zip(placed[1:], columns, strict=True)
    sure = [(cell, at) if column == at else (replace(cell, doubt="row_short"), at) for (cell, at), column in told]
    return [placed[0], *sure]


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
    rows: list[_Places] = []
    fitting = 0
    for row in block.table.rows:
        placed = _placed(row, block.table.columns, header)
        fitting += placed is not None
        rows.append([(cell, cell.column) for cell in row] if placed is None else placed)
    valued = sum(any(has_digit(cell.passage.text) for cell in row) for row in block.table.rows)
    if not fitting or fitting < _LEAST_FITTING * max(1, valued):
        return None
    return _under(block, header, rows)


def _under(block: Block, header: Header, rows: Sequence[_Places]) -> Block:
    """A table's rows, their cells where they were placed, under heads."""
    heads = header_cells(header)
    body = [
        [replace(cell, row=number, column=column) for cell, column in row]
        for number, row in enumerate(rows, start=len(heads))
    ]
    return replace(block, table=Table([*heads, *body], len(header.columns), len(heads)))


def _placed(row: list[Cell], width: int, header: Header) -> _Places | None:
    """A row's cells under the columns they belong to: by place where the widths agree, else by order and kind."""
    split = _split(row, header)
    # In a row that has a cell for every head, "1 7.5%" is one value that was torn.
    short = split is None or len(split[1]) < len(header.columns) - 1
    if short and any(len(_parts(cell, header)) > 1 for cell in row):
        return _parted(row, header)
    if split is None:
        return None
    by_place = None
    if _is_of_authorities(header) and width != len(header.columns):
        # One column too many or too few, and every figure is another council's.
        return _by_order(*split, header) if len(split[1]) == len(header.columns) - 1 else None
    if width >= len(header.columns) or _is_left_aligned(header, width):
        by_place = _by_place(*split, header, width, len(header.columns))
    return by_place or _by_order(*split, header)


def _parted(row: list[Cell], header: Header) -> _Places | None:
    """A row of which some cells hold several values, each for itself; its places say nothing, and none may be left."""
    split = _split([part for cell in row for part in _parts(cell, header)], header)
    placed = _by_order(*split, header) if split is not None else None
    told = sum(bool(column.kind or column.period or column.area) for column in header.columns[1:])
    return placed if placed is not None and len(placed) >= told else None


def _parts(cell: Cell, header: Header) -> list[Cell]:
    """The values of a cell that holds several and no words ("79.5% 81.3%", "66.0%64.8%"), else the cell."""
    passage = cell.passage
    tokens = tokens_of(passage.text, header)
    if len(tokens) < _FEWEST_ALIKE or any(token.kind is TokenKind.TEXT for token in tokens):
        return [cell]
    return [replace(cell, passage=passage.slice(token.start, token.end)) for token in tokens]


def _split(row: list[Cell], header: Header) -> tuple[Cell, list[tuple[Cell, Token]]] | None:
    """The cell that names a row and the cells with something to place; None for a row without values or name."""
    filled = [(cell, _token(cell, header)) for cell in row if cell.passage.text.strip(" .,;:")]
    words = [cell for cell, token in filled if token.kind is TokenKind.TEXT]
    values = [(cell, token) for cell, token in filled if token.kind is not TokenKind.TEXT]
    if not words or not any(token.kind is TokenKind.VALUE for _, token in values):
        return None
    label = _label(words, values)
    return label, [(c, t) for c, t in values if c.column > label.column or t.kind is not TokenKind.VALUE]


def _by_place(
    label: Cell, values: list[tuple[Cell, Token]], header: Header, width: int, columns: int
) -> _Places | None:
    """Cells under the columns they are printed at, where each column can take its cell."""
    shift = columns - max(width, columns)
    places = [(cell, token, cell.column + shift) for cell, token in values]
    if not all(0 < place < columns and takes(token, header.columns[place]) for _, token, place in places):
        return None
    return [(label, 0), *((cell, place) for cell, _, place in places)]


def _by_order(label: Cell, values: list[tuple[Cell, Token]], header: Header) -> _Places | None:
    """Cells under the only columns that order and kind allow."""
    columns = assign([token for _, token in values], header)
    if columns is None:
        return None
    moved = [(cell, c) for (cell, _), c in zip(values, columns, strict=True) if c is not None]
    return [(label, 0), *moved]


def _label(words: list[Cell], values: list[tuple[Cell, Token]]) -> Cell:
    """The cell that names the row: the last of several words before the values, else the longest there or behind."""
    columns = sorted(cell.column for cell, token in values if token.kind is TokenKind.VALUE)
    first = columns[0]
    if len(columns) > 1 and any(columns[0] < cell.column < columns[1] for cell in words):
        # A theme, the row's number, the label: "Adoption | 9 | Children adopted | 2 | 3".
        first = columns[1]
    before = [cell for cell in words if cell.column < first]
    several = [cell for cell in before if len(cell.passage.text.split()) > 1]
    return several[-1] if several else max(before or words, key=lambda cell: len(cell.passage.text))


def _is_of_authorities(header: Header) -> bool:
    return sum(column.is_authority for column in header.columns) >= _NEIGHBOURS


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
